//! PresentationML: runs (ECMA-376 part 1, 21.1.2.3), shapes over other shapes (19.3.1).

use super::word::covers;
use super::{Found, Way, is_alike, is_dark, rgb};
use crate::audit::markup::{Event, walk, within};
use crate::audit::subject::Parts;
use crate::limits::Limits;

/// A shape of a slide, in drawing order.
#[derive(Default)]
struct Shape {
    /// Left, top, right, bottom; nothing when it is inherited from the layout.
    area: Option<[f64; 4]>,
    fill: Option<[u8; 3]>,
    picture: bool,
    letters: usize,
}

/// The members that show slides.
fn slides(parts: &Parts) -> impl Iterator<Item = (&str, &str)> {
    parts.xml("ppt/slides/slide")
}

/// Text that is formatted so that nobody sees it.
pub(super) fn runs(parts: &Parts, limits: &Limits) -> Vec<(Way, Found)> {
    let mut found = Vec::new();
    for (name, text) in slides(parts) {
        let (mut fill, mut colour, mut highlight, mut tiny, mut run) = (None, None, None, false, String::new());
        let _ = walk(name, text, limits, |open, event| match event {
            Event::Open("sp" | "tc", _) => fill = None,
            Event::Open("r", _) => {
                (colour, highlight, tiny) = (None, None, false);
                run.clear();
            }
            Event::Open("rPr", attribute) => {
                tiny = attribute("sz").and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size < 200.0);
            }
            Event::Open("srgbClr", attribute) => {
                let value = attribute("val").and_then(|value| rgb(&value));
                if within(open, "rPr") {
                    if within(open, "highlight") {
                        highlight = value;
                    } else if within(open, "solidFill") && !within(open, "ln") {
                        colour = value;
                    }
                } else if (within(open, "spPr") || within(open, "tcPr")) && within(open, "solidFill") && !within(open, "ln") {
                    fill = value;
                }
            }
            Event::Text(text) if within(open, "t") => run.push_str(text),
            Event::Close("r") => {
                let under_highlight = highlight.is_some_and(|ground| {
                    colour.map_or(is_dark(ground), |colour| is_alike(colour, ground) || is_dark(colour) && is_dark(ground))
                });
                let way = if under_highlight {
                    Some((Way::Boxed, "its highlight"))
                } else if fill.zip(colour).is_some_and(|(fill, colour)| is_alike(fill, colour)) {
                    Some((Way::Boxed, "its shape"))
                } else if tiny {
                    Some((Way::Hidden, "tiny"))
                } else {
                    None
                };
                if let Some((way, what)) = way {
                    found.extend(Found::new(name.to_owned(), what, &run).map(|one| (way, one)));
                }
            }
            // The fill of a table's cell stands after its text.
            _ => {}
        });
    }
    found
}

/// Filled shapes and pictures over shapes with text.
pub(super) fn shapes(parts: &Parts, limits: &Limits) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (name, text) in slides(parts) {
        let shapes = drawn(name, text, limits);
        let mut count = 0;
        for (index, cover) in shapes.iter().enumerate() {
            let solid = cover.picture || cover.fill.is_some();
            let before = shapes.get(..index).unwrap_or_default();
            if cover.letters == 0 && solid && before.iter().any(|under| under.letters > 0 && hides(cover, under)) {
                count += 1;
            }
        }
        if count > 0 {
            found.push((name.to_owned(), count));
        }
    }
    found
}

/// Whether a shape lies on the text of another.
fn hides(cover: &Shape, under: &Shape) -> bool {
    let dark_or_white = cover.fill.is_some_and(covers);
    match (cover.area, under.area) {
        (Some(cover_area), Some(under_area)) => {
            let shared = overlap(cover_area, under_area);
            let most_of_cover = shared >= 0.6 * size(cover_area) && size(cover_area) < 0.98 * size(under_area);
            let most_of_text = shared >= 0.9 * size(under_area);
            dark_or_white && most_of_cover && shared > 0.0 || (most_of_text && (dark_or_white || cover.picture))
        }
        // A placeholder that stands where the layout puts it: a black box elsewhere on the slide would be rare.
        (Some(_), None) => cover.fill.is_some_and(is_dark),
        _ => false,
    }
}

fn size([left, top, right, bottom]: [f64; 4]) -> f64 {
    (right - left).max(0.0) * (bottom - top).max(0.0)
}

fn overlap(a: [f64; 4], b: [f64; 4]) -> f64 {
    size([a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])])
}

/// How a group maps its shapes: offset and scale.
type Map = [f64; 4];

fn drawn(name: &str, text: &str, limits: &Limits) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    let mut groups: Vec<Map> = vec![[0.0, 0.0, 1.0, 1.0]];
    // off, ext, chOff, chExt of the transform that is being read.
    let mut transform = [None::<(f64, f64)>; 4];
    let mut in_shape = false;
    let _ = walk(name, text, limits, |open, event| match event {
        Event::Open("grpSp", _) => groups.push(groups.last().copied().unwrap_or([0.0, 0.0, 1.0, 1.0])),
        Event::Close("grpSp") => {
            groups.pop();
        }
        Event::Open(local @ ("sp" | "pic" | "graphicFrame"), _) => {
            in_shape = true;
            shapes.push(Shape { picture: local == "pic", ..Shape::default() });
        }
        Event::Close("sp" | "pic" | "graphicFrame") => in_shape = false,
        Event::Open("xfrm", _) => transform = [None; 4],
        Event::Open(local @ ("off" | "ext" | "chOff" | "chExt"), attribute) if within(open, "xfrm") => {
            let number = |key: &str| attribute(key).and_then(|value| value.parse::<f64>().ok());
            let pair = number("x").zip(number("y")).or(number("cx").zip(number("cy")));
            let slot = ["off", "ext", "chOff", "chExt"].iter().position(|one| *one == local).unwrap_or(0);
            if let Some(slot) = transform.get_mut(slot) {
                *slot = pair;
            }
        }
        Event::Close("xfrm") => {
            let [Some((x, y)), Some((wide, high)), inner_offset, inner_size] = transform else { return };
            let [left, top, scale_x, scale_y] = groups.last().copied().unwrap_or([0.0, 0.0, 1.0, 1.0]);
            if in_shape {
                if let Some(shape) = shapes.last_mut() {
                    let (x, y) = (left + x * scale_x, top + y * scale_y);
                    shape.area = Some([x, y, x + wide * scale_x, y + high * scale_y]);
                }
            } else if let (Some((inner_x, inner_y)), Some((inner_wide, inner_high)), Some(group)) =
                (inner_offset, inner_size, groups.last_mut())
            {
                let (grow_x, grow_y) = (wide / inner_wide.max(1.0), high / inner_high.max(1.0));
                *group = [
                    left + (x - inner_x * grow_x) * scale_x,
                    top + (y - inner_y * grow_y) * scale_y,
                    scale_x * grow_x,
                    scale_y * grow_y,
                ];
            }
        }
        Event::Open("srgbClr", attribute) if within(open, "spPr") && within(open, "solidFill") && !within(open, "ln") => {
            if let Some(shape) = shapes.last_mut() {
                shape.fill = attribute("val").and_then(|colour| rgb(&colour));
            }
        }
        Event::Open("schemeClr", attribute) if within(open, "spPr") && within(open, "solidFill") && !within(open, "ln") => {
            let colour = match attribute("val").as_deref() {
                Some("tx1" | "dk1") => Some([0; 3]),
                Some("bg1" | "lt1") => Some([255; 3]),
                // Some colour of the theme: it hides as well, when it lies on all of a text.
                _ => None,
            };
            if let Some(shape) = shapes.last_mut() {
                shape.fill = colour;
            }
        }
        // A see-through fill hides nothing.
        Event::Open("alpha", attribute) if within(open, "spPr") => {
            let opaque = attribute("val").and_then(|value| value.parse::<f64>().ok()).is_some_and(|value| value >= 90_000.0);
            if let Some(shape) = shapes.last_mut().filter(|_| !opaque) {
                shape.fill = None;
            }
        }
        Event::Text(text) if within(open, "t") => {
            if let Some(shape) = shapes.last_mut() {
                shape.letters += text.chars().filter(|sign| sign.is_alphanumeric()).count();
            }
        }
        _ => {}
    });
    shapes
}
