//! WordprocessingML: run properties (ECMA-376 part 1, 17.3.2), shapes in front of text (20.4, and VML).

use std::collections::HashSet;

use super::{Found, Way, is_alike, is_dark, is_white, rgb};
use crate::audit::markup::{Event, is_on, walk, within};
use crate::audit::subject::Parts;
use crate::limits::Limits;

/// What a run says of itself.
#[derive(Clone, Default)]
struct Run {
    hidden: bool,
    colour: Option<[u8; 3]>,
    fill: Option<[u8; 3]>,
    black_highlight: bool,
    tiny: bool,
    text: String,
}

/// Text that is formatted so that nobody sees it.
pub(super) fn runs(parts: &Parts, limits: &Limits) -> Vec<(Way, Found)> {
    let hidden_styles = hidden_styles(parts, limits);
    let mut found = Vec::new();
    for (name, text) in parts.xml("word/") {
        if name.starts_with("word/styles") || name.starts_with("word/numbering") || name.starts_with("word/glossary") {
            continue;
        }
        let mut paragraph = 0;
        let mut run = Run::default();
        let (mut paragraph_fill, mut cell_fills, mut paragraph_hidden) = (None, Vec::new(), false);
        // Tables with a style, which may colour their cells.
        let mut styled_tables: Vec<bool> = Vec::new();
        let _ = walk(name, text, limits, |open, event| match event {
            Event::Open("p", _) if !within(open, "r") => {
                paragraph += 1;
                paragraph_fill = None;
                paragraph_hidden = false;
            }
            Event::Open("tbl", _) => styled_tables.push(false),
            Event::Close("tbl") => {
                styled_tables.pop();
            }
            Event::Open("tblStyle", _) => {
                if let Some(styled) = styled_tables.last_mut() {
                    *styled = true;
                }
            }
            Event::Open("tc", _) => cell_fills.push(None),
            Event::Close("tc") => {
                cell_fills.pop();
            }
            Event::Open("r", _) => run = Run { hidden: paragraph_hidden, ..Run::default() },
            Event::Open("pStyle" | "rStyle", attribute) => {
                let hides = attribute("val").is_some_and(|style| hidden_styles.contains(&style));
                if within(open, "r") {
                    run.hidden |= hides;
                } else {
                    paragraph_hidden |= hides;
                }
            }
            Event::Open("shd", attribute) => {
                let fill = attribute("fill").and_then(|fill| rgb(&fill));
                // A solid pattern paints in its own colour.
                let solid = attribute("val").filter(|pattern| pattern == "solid");
                let fill = solid.and_then(|_| attribute("color")).map_or(fill, |colour| rgb(&colour).or(Some([0; 3])));
                if within(open, "tcPr") {
                    if let Some(cell) = cell_fills.last_mut() {
                        *cell = fill;
                    }
                } else if within(open, "r") {
                    run.fill = fill;
                } else if within(open, "pPr") && !within(open, "rPr") {
                    paragraph_fill = fill;
                }
            }
            Event::Open(local, attribute) if within(open, "r") && within(open, "rPr") => match local {
                "vanish" | "webHidden" => run.hidden |= is_on(attribute("val").as_deref()),
                "color" => run.colour = attribute("val").and_then(|colour| rgb(&colour)),
                "highlight" => run.black_highlight = attribute("val").as_deref() == Some("black"),
                "sz" => run.tiny = attribute("val").and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size < 4.0),
                _ => {}
            },
            Event::Text(text) if within(open, "t") || within(open, "delText") => run.text.push_str(text),
            Event::Close("r") => {
                let fill = run.fill.or(paragraph_fill).or(cell_fills.last().copied().flatten());
                let in_styled_table = styled_tables.contains(&true);
                let in_shape = within(open, "txbxContent") || within(open, "textbox");
                let way = judge(&run, fill, in_styled_table || in_shape);
                if let Some((way, what)) = way {
                    found.extend(Found::new(format!("{name}, paragraph {paragraph}"), what, &run.text).map(|one| (way, one)));
                }
                run = Run::default();
            }
            _ => {}
        });
    }
    found
}

fn judge(run: &Run, fill: Option<[u8; 3]>, on_unknown_ground: bool) -> Option<(Way, &'static str)> {
    let light = run.colour.is_some_and(|colour| !is_dark(colour));
    if run.black_highlight && !light {
        return Some((Way::Boxed, "its black highlight"));
    }
    if let (Some(fill), Some(colour)) = (fill, run.colour)
        && (is_alike(fill, colour) && !is_white(fill) || is_dark(fill) && is_dark(colour))
    {
        return Some((Way::Boxed, "its shading"));
    }
    if run.hidden {
        return Some((Way::Hidden, "hidden"));
    }
    if run.tiny {
        return Some((Way::Hidden, "tiny"));
    }
    let bare = !on_unknown_ground && !run.black_highlight && fill.is_none_or(is_white);
    (bare && run.colour.is_some_and(is_white)).then_some((Way::Hidden, "white"))
}

/// The names of styles that hide their text.
fn hidden_styles(parts: &Parts, limits: &Limits) -> HashSet<String> {
    let mut hidden = HashSet::new();
    for (name, text) in parts.xml("word/styles") {
        let mut style = String::new();
        let _ = walk(name, text, limits, |open, event| match event {
            Event::Open("style", attribute) => style = attribute("styleId").unwrap_or_default(),
            Event::Open("vanish", attribute) if within(open, "style") && is_on(attribute("val").as_deref()) => {
                hidden.insert(style.clone());
            }
            _ => {}
        });
    }
    hidden
}

/// Filled shapes without text that float in front of the text.
pub(super) fn shapes(parts: &Parts, limits: &Limits) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (name, text) in parts.xml("word/") {
        let (mut count, mut filled, mut written, mut in_front) = (0, false, false, false);
        let _ = walk(name, text, limits, |open, event| match event {
            Event::Open("anchor", attribute) => in_front = !attribute("behindDoc").is_some_and(|value| is_on(Some(&value))),
            Event::Open("wsp", _) => (filled, written) = (false, false),
            Event::Open("srgbClr", attribute) => {
                let fill = within(open, "spPr") && within(open, "solidFill") && !within(open, "ln");
                filled |= fill && attribute("val").and_then(|colour| rgb(&colour)).is_some_and(covers);
            }
            Event::Open("schemeClr", attribute) => {
                let fill = within(open, "spPr") && within(open, "solidFill") && !within(open, "ln");
                filled |= fill && matches!(attribute("val").as_deref(), Some("tx1" | "dk1" | "bg1" | "lt1"));
            }
            Event::Text(text) if within(open, "txbxContent") && !text.trim().is_empty() => written = true,
            Event::Close("wsp") => count += usize::from(filled && !written && in_front && !within(open, "Fallback")),
            Event::Open("rect" | "roundrect" | "oval" | "shape", attribute) if !within(open, "Fallback") => {
                let colour = attribute("fillcolor").unwrap_or_default();
                let colour = colour.split(' ').next().unwrap_or_default();
                let dark = colour == "black" || rgb(colour).is_some_and(covers);
                let behind = attribute("style").is_some_and(|style| style.contains("z-index:-"));
                count += usize::from(dark && !behind && is_on(attribute("filled").as_deref()));
            }
            _ => {}
        });
        if count > 0 {
            found.push((name.to_owned(), count));
        }
    }
    found
}

/// The colours that redactions are drawn in.
pub(super) fn covers(colour: [u8; 3]) -> bool {
    is_dark(colour) || is_white(colour)
}
