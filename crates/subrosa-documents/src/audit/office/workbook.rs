//! SpreadsheetML: cell formats (ECMA-376 part 1, 18.8), drawings over cells (20.5).

use super::word::covers;
use super::{Found, Way, is_alike, is_white, rgb};
use crate::audit::markup::{Event, walk, within};
use crate::audit::subject::Parts;
use crate::limits::Limits;

/// A cell format: what its text and its ground look like.
#[derive(Clone, Copy, Default)]
struct Look {
    font: Option<[u8; 3]>,
    fill: Option<[u8; 3]>,
    /// The number format shows nothing.
    blank: bool,
}

/// Text that is formatted so that nobody sees it.
pub(super) fn runs(parts: &Parts, limits: &Limits) -> Vec<(Way, Found)> {
    let looks = looks(parts, limits);
    let hides = |look: &Look| judge(*look).is_some();
    if !looks.iter().any(hides) {
        return Vec::new();
    }
    let strings = shared_strings(parts, limits);
    let mut found = Vec::new();
    for (name, text) in parts.xml("xl/worksheets/sheet") {
        let (mut look, mut shared, mut value, mut cell) = (Look::default(), false, String::new(), String::new());
        let _ = walk(name, text, limits, |open, event| match event {
            Event::Open("c", attribute) => {
                let style = attribute("s").and_then(|index| index.parse::<usize>().ok()).unwrap_or(0);
                look = looks.get(style).copied().unwrap_or_default();
                shared = attribute("t").as_deref() == Some("s");
                cell = attribute("r").unwrap_or_default();
                value.clear();
            }
            Event::Text(text) if within(open, "v") || within(open, "is") => value.push_str(text),
            Event::Close("c") => {
                if let Some((way, what)) = judge(look) {
                    let resolved = if shared {
                        value.trim().parse::<usize>().ok().and_then(|index| strings.get(index)).cloned().unwrap_or_default()
                    } else {
                        std::mem::take(&mut value)
                    };
                    found.extend(Found::new(format!("{name}, cell {cell}"), what, &resolved).map(|one| (way, one)));
                }
            }
            _ => {}
        });
    }
    found
}

fn judge(look: Look) -> Option<(Way, &'static str)> {
    let font = look.font.unwrap_or([0; 3]);
    match look.fill {
        _ if look.blank => Some((Way::Hidden, "hidden")),
        Some(fill) if is_alike(fill, font) && !is_white(fill) => Some((Way::Boxed, "its cell")),
        fill if fill.is_none_or(is_white) && is_white(font) => Some((Way::Hidden, "white")),
        _ => None,
    }
}

/// The formats of cells, in the order of their numbers.
fn looks(parts: &Parts, limits: &Limits) -> Vec<Look> {
    let Some(text) = parts.find("xl/styles.xml") else { return Vec::new() };
    let mut fonts: Vec<Option<[u8; 3]>> = Vec::new();
    let mut fills: Vec<Option<[u8; 3]>> = Vec::new();
    let mut blanks: Vec<String> = Vec::new();
    let mut solid = false;
    let mut looks = Vec::new();
    let _ = walk("xl/styles.xml", text, limits, |open, event| {
        let Event::Open(local, attribute) = event else { return };
        match local {
            "font" if within(open, "fonts") => fonts.push(None),
            "color" if within(open, "fonts") => {
                if let Some(font) = fonts.last_mut() {
                    *font = colour(attribute);
                }
            }
            "fill" if within(open, "fills") => fills.push(None),
            "patternFill" => solid = attribute("patternType").as_deref() == Some("solid"),
            "fgColor" if solid && within(open, "fills") => {
                if let Some(fill) = fills.last_mut() {
                    *fill = colour(attribute);
                }
            }
            "numFmt" => {
                let shows_nothing = attribute("formatCode").is_some_and(|code| code.trim_matches('"') == ";;;");
                blanks.extend(attribute("numFmtId").filter(|_| shows_nothing));
            }
            "xf" if within(open, "cellXfs") => {
                let index = |key: &str| attribute(key).and_then(|value| value.parse::<usize>().ok());
                looks.push(Look {
                    font: index("fontId").and_then(|font| fonts.get(font).copied().flatten()),
                    fill: index("fillId").and_then(|fill| fills.get(fill).copied().flatten()),
                    blank: attribute("numFmtId").is_some_and(|id| blanks.contains(&id)),
                });
            }
            _ => {}
        }
    });
    looks
}

/// A colour as RGB, of the theme's first two, or of the old table's first two.
fn colour(attribute: &dyn Fn(&str) -> Option<String>) -> Option<[u8; 3]> {
    if let Some(value) = attribute("rgb") {
        return rgb(&value);
    }
    if attribute("tint").is_some_and(|tint| tint.parse::<f64>().is_ok_and(|tint| tint.abs() > 0.05)) {
        return None;
    }
    match (attribute("theme").as_deref(), attribute("indexed").as_deref()) {
        (Some("0"), _) | (_, Some("1" | "9" | "65")) => Some([255; 3]),
        (Some("1"), _) | (_, Some("0" | "8" | "64")) => Some([0; 3]),
        _ => None,
    }
}

fn shared_strings(parts: &Parts, limits: &Limits) -> Vec<String> {
    let Some(text) = parts.find("xl/sharedStrings.xml") else { return Vec::new() };
    let mut strings = Vec::new();
    let _ = walk("xl/sharedStrings.xml", text, limits, |open, event| match event {
        Event::Open("si", _) => strings.push(String::new()),
        Event::Text(text) if within(open, "t") && !within(open, "rPh") => {
            if let Some(last) = strings.last_mut() {
                last.push_str(text);
            }
        }
        _ => {}
    });
    strings
}

/// Filled shapes without text over the cells.
pub(super) fn shapes(parts: &Parts, limits: &Limits) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (name, text) in parts.xml("xl/drawings/drawing") {
        let (mut count, mut filled, mut written) = (0, false, false);
        let _ = walk(name, text, limits, |open, event| match event {
            Event::Open("sp", _) => (filled, written) = (false, false),
            Event::Open("srgbClr", attribute) if within(open, "spPr") && within(open, "solidFill") && !within(open, "ln") => {
                filled |= attribute("val").and_then(|colour| rgb(&colour)).is_some_and(covers);
            }
            Event::Open("schemeClr", attribute) if within(open, "spPr") && within(open, "solidFill") && !within(open, "ln") => {
                filled |= matches!(attribute("val").as_deref(), Some("tx1" | "dk1" | "bg1" | "lt1"));
            }
            Event::Text(text) if within(open, "txBody") && !text.trim().is_empty() => written = true,
            Event::Close("sp") => count += usize::from(filled && !written),
            _ => {}
        });
        if count > 0 {
            found.push((name.to_owned(), count));
        }
    }
    found
}
