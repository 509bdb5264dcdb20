//! OpenDocument: automatic and common styles of text, and filled shapes (ODF 1.3 part 3, 16, 19 and 20).

use std::collections::HashMap;

use super::word::covers;
use super::{Found, Way, is_alike, is_dark, is_white, rgb};
use crate::audit::markup::{Event, walk, within};
use crate::audit::subject::Parts;
use crate::limits::Limits;

/// What a style says.
#[derive(Clone, Copy, Default)]
struct Look {
    colour: Option<[u8; 3]>,
    ground: Option<[u8; 3]>,
    hidden: bool,
    tiny: bool,
    fill: Option<[u8; 3]>,
    behind: bool,
}

fn styles(parts: &Parts, limits: &Limits) -> HashMap<String, Look> {
    let mut styles: HashMap<String, Look> = HashMap::new();
    for name in ["styles.xml", "content.xml"] {
        let Some(text) = parts.find(name) else { continue };
        let mut style = String::new();
        let _ = walk(name, text, limits, |_, event| {
            let Event::Open(local, attribute) = event else { return };
            if local == "style" {
                style = attribute("name").unwrap_or_default();
                let parent = attribute("parent-style-name").and_then(|parent| styles.get(&parent).copied());
                styles.insert(style.clone(), parent.unwrap_or_default());
                return;
            }
            let Some(look) = styles.get_mut(&style) else { return };
            if local.ends_with("-properties") {
                if let Some(colour) = attribute("color").filter(|_| local == "text-properties") {
                    look.colour = rgb(&colour);
                }
                if let Some(ground) = attribute("background-color") {
                    look.ground = rgb(&ground);
                }
                look.hidden |= local == "text-properties" && attribute("display").as_deref() == Some("none");
                if let Some(size) = attribute("font-size").and_then(|size| size.strip_suffix("pt")?.parse::<f64>().ok()) {
                    look.tiny = size < 2.0;
                }
                if local == "graphic-properties" {
                    if attribute("fill").as_deref() == Some("solid") {
                        look.fill = attribute("fill-color").and_then(|colour| rgb(&colour)).or(look.fill);
                    }
                    look.behind |= attribute("run-through").as_deref() == Some("background");
                }
            }
        });
    }
    styles
}

/// Text that is formatted so that nobody sees it.
pub(super) fn runs(parts: &Parts, limits: &Limits) -> Vec<(Way, Found)> {
    let styles = styles(parts, limits);
    let mut found = Vec::new();
    for name in ["content.xml", "styles.xml"] {
        let Some(text) = parts.find(name) else { continue };
        // For every open element, the look that holds inside it.
        let mut looks: Vec<Look> = vec![Look::default()];
        let mut paragraph = 0;
        let _ = walk(name, text, limits, |open, event| match event {
            Event::Open(local, attribute) => {
                let mut look = looks.last().copied().unwrap_or_default();
                if let Some(own) = attribute("style-name").and_then(|style| styles.get(&style)) {
                    look.colour = own.colour.or(look.colour);
                    look.ground = own.ground.or(look.ground);
                    look.fill = own.fill.or(look.fill);
                    look.hidden |= own.hidden;
                    look.tiny = own.tiny;
                }
                look.hidden |= matches!(local, "hidden-text" | "hidden-paragraph");
                if local == "hidden-text" {
                    let text = attribute("string-value").unwrap_or_default();
                    found.extend(
                        Found::new(format!("{name}, paragraph {paragraph}"), "hidden", &text).map(|one| (Way::Hidden, one)),
                    );
                }
                paragraph += usize::from(matches!(local, "p" | "h"));
                looks.push(look);
            }
            Event::Close(_) => {
                looks.pop();
            }
            Event::Text(text) if (within(open, "p") || within(open, "h")) && !within(open, "tracked-changes") => {
                if let Some((way, what)) = looks.last().and_then(judge) {
                    found.extend(Found::new(format!("{name}, paragraph {paragraph}"), what, text).map(|one| (way, one)));
                }
            }
            _ => {}
        });
    }
    found
}

fn judge(look: &Look) -> Option<(Way, &'static str)> {
    let ground = look.ground.or(look.fill);
    if let Some(ground) = ground {
        let same = look.colour.map_or(ground == [0; 3], |colour| is_alike(colour, ground) || is_dark(colour) && is_dark(ground));
        if same && !is_white(ground) {
            return Some((Way::Boxed, "its background"));
        }
    }
    if look.hidden {
        return Some((Way::Hidden, "hidden"));
    }
    if look.tiny {
        return Some((Way::Hidden, "tiny"));
    }
    (look.colour.is_some_and(is_white) && ground.is_none_or(is_white)).then_some((Way::Hidden, "white"))
}

/// Filled shapes without text in front of the text.
pub(super) fn shapes(parts: &Parts, limits: &Limits) -> Vec<(String, usize)> {
    let styles = styles(parts, limits);
    let name = "content.xml";
    let Some(text) = parts.find(name) else { return Vec::new() };
    let (mut count, mut filled, mut written) = (0, false, false);
    let _ = walk(name, text, limits, |open, event| match event {
        Event::Open("rect" | "custom-shape" | "polygon" | "ellipse", attribute) => {
            let look = attribute("style-name").and_then(|style| styles.get(&style).copied()).unwrap_or_default();
            filled = look.fill.is_some_and(covers) && !look.behind;
            written = false;
        }
        Event::Text(text) if !text.trim().is_empty() && within(open, "p") => written = true,
        Event::Close("rect" | "custom-shape" | "polygon" | "ellipse") => {
            count += usize::from(filled && !written);
            filled = false;
        }
        _ => {}
    });
    if count > 0 { vec![(name.to_owned(), count)] } else { Vec::new() }
}
