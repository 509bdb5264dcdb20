//! What annotations paint over the page: their appearance streams, or what a viewer draws for those without one.
//! ISO 32000-2, 12.5.

use lopdf::{Dictionary, Object, ObjectId};

use super::{Blend, Ink, Manner, Painted, Region, Shape};
use crate::formats::pdf::admit::Page;
use crate::formats::pdf::geometry::{Matrix, Point};
use crate::formats::pdf::interpreter::Interpreter;
use crate::formats::pdf::store::Store;
use crate::refusal::Refusal;

/// Most annotations of a page that are drawn.
const MAX_ANNOTATIONS: usize = 20_000;

/// An annotation as it is drawn.
pub(super) struct Drawn {
    /// Its kind: `Square`, `FreeText`.
    pub subtype: String,
    pub content: Content,
    pub hidden: bool,
}

/// What is drawn.
pub(super) enum Content {
    /// A unit and its map to the page.
    Appearance(usize, Matrix),
    /// What a viewer draws by itself.
    Plain(Painted),
}

/// The annotations of a page that are shown, in drawing order.
pub(super) fn collect<'a>(store: &'a Store, page: &Page<'a>, interpreter: &mut Interpreter<'a>) -> Result<Vec<Drawn>, Refusal> {
    let mut drawn = Vec::new();
    for entry in store.array(page.dict, b"Annots").unwrap_or_default().iter().take(MAX_ANNOTATIONS) {
        let Ok(dict) = store.resolve(entry).as_dict() else { continue };
        let flags = store.number(dict, b"F").unwrap_or(0.0) as i64;
        let subtype = store.name(dict, b"Subtype").unwrap_or_default();
        // Hidden, or not for the screen.
        if flags & 2 != 0 || flags & 32 != 0 || subtype == b"Popup" {
            continue;
        }
        let subtype = String::from_utf8_lossy(subtype).into_owned();
        let layer = dict.get(b"OC").ok();
        let hidden = layer.is_some_and(|layer| interpreter.recording.as_ref().is_some_and(|layers| layers.hides(store, layer)));
        let Some(rect) = rectangle(store, dict) else { continue };
        let appearance = store.dict(dict, b"AP").and_then(|all| all.get(b"N").ok());
        let content = match appearance.map(|entry| store.resolve_with_id(entry)) {
            Some((Some(id), Object::Stream(stream))) => {
                let unit = interpreter.stream(id, stream, None)?;
                Content::Appearance(unit, placed(store, &stream.dict, rect))
            }
            Some((_, Object::Dictionary(states))) => {
                let state = store.name(dict, b"AS").and_then(|state| states.get(state).ok());
                let Some((Some(id), Object::Stream(stream))) = state.map(|entry| store.resolve_with_id(entry)) else {
                    continue;
                };
                let unit = interpreter.stream(id, stream, None)?;
                Content::Appearance(unit, placed(store, &stream.dict, rect))
            }
            _ => match plain(store, dict, &subtype, rect) {
                Some(painted) => Content::Plain(painted),
                None => continue,
            },
        };
        drawn.push(Drawn { subtype, content, hidden });
    }
    Ok(drawn)
}

/// The appearances that a viewer draws on a page, with the ways from their space to the page's.
pub(in crate::formats::pdf) fn appearances(store: &Store, page: &Page<'_>) -> Vec<(ObjectId, Matrix)> {
    let annotations = store.array(page.dict, b"Annots").unwrap_or_default().iter().take(MAX_ANNOTATIONS);
    let drawn = annotations.filter_map(|entry| {
        let dict = store.resolve(entry).as_dict().ok()?;
        let flags = store.number(dict, b"F").unwrap_or(0.0) as i64;
        if flags & 2 != 0 || flags & 32 != 0 || store.name(dict, b"Subtype") == Some(b"Popup") {
            return None;
        }
        let rect = rectangle(store, dict)?;
        let entry = store.dict(dict, b"AP")?.get(b"N").ok()?;
        let (id, stream) = match store.resolve_with_id(entry) {
            (Some(id), Object::Stream(stream)) => (id, stream),
            (_, Object::Dictionary(states)) => {
                let state = states.get(store.name(dict, b"AS")?).ok()?;
                let (Some(id), Object::Stream(stream)) = store.resolve_with_id(state) else { return None };
                (id, stream)
            }
            _ => return None,
        };
        Some((id, placed(store, &stream.dict, rect)))
    });
    drawn.collect()
}

/// Left, bottom, right, top.
pub(super) fn rectangle(store: &Store, dict: &Dictionary) -> Option<[f64; 4]> {
    let &[x0, y0, x1, y1] = store.numbers(dict, b"Rect")?.as_slice() else { return None };
    Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)])
}

/// The map from an appearance's space to the page: its turned box is stretched to the rectangle.
fn placed(store: &Store, form: &Dictionary, [left, bottom, right, top]: [f64; 4]) -> Matrix {
    let matrix = store.matrix(form, b"Matrix").unwrap_or(Matrix::IDENTITY);
    let Some(&[x0, y0, x1, y1]) = store.numbers(form, b"BBox").as_deref() else { return matrix };
    let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map(|(x, y)| matrix.apply(x, y));
    let least = |pick: fn(&Point) -> f64| corners.iter().map(pick).fold(f64::INFINITY, f64::min);
    let most = |pick: fn(&Point) -> f64| corners.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
    let (low_x, high_x, low_y, high_y) = (least(|p| p.x), most(|p| p.x), least(|p| p.y), most(|p| p.y));
    let stretch = |low: f64, high: f64, from: f64, to: f64| if high - low > 1e-9 { (to - from) / (high - low) } else { 1.0 };
    let (wide, high) = (stretch(low_x, high_x, left, right), stretch(low_y, high_y, bottom, top));
    matrix.then(Matrix([wide, 0.0, 0.0, high, left - low_x * wide, bottom - low_y * high]))
}

/// What a viewer draws for an annotation without an appearance, where that can hide text.
fn plain(store: &Store, dict: &Dictionary, subtype: &str, [left, bottom, right, top]: [f64; 4]) -> Option<Painted> {
    let colour = |key: &[u8]| match store.numbers(dict, key)?.as_slice() {
        [gray] => Some(Ink::Rgb([channel(*gray); 3])),
        [red, green, blue] => Some(Ink::Rgb([channel(*red), channel(*green), channel(*blue)])),
        [_, _, _, _] => Some(Ink::Unknown),
        _ => None,
    };
    let corners = |left: f64, bottom: f64, right: f64, top: f64| {
        [(left, bottom), (right, bottom), (right, top), (left, top)].map(|(x, y)| Point { x, y }).to_vec()
    };
    let (polygons, ink, blend) = match subtype {
        "Square" | "Circle" => (vec![corners(left, bottom, right, top)], colour(b"IC")?, Blend::Normal),
        "FreeText" => (vec![corners(left, bottom, right, top)], colour(b"C")?, Blend::Normal),
        "Polygon" => {
            let vertices = store.numbers(dict, b"Vertices")?;
            let points = vertices.chunks_exact(2).filter_map(|pair| Some(Point { x: *pair.first()?, y: *pair.last()? }));
            (vec![points.collect()], colour(b"IC")?, Blend::Normal)
        }
        "Highlight" => {
            let quads = store.numbers(dict, b"QuadPoints")?;
            let boxed = |quad: &[f64]| {
                let xs = || quad.iter().step_by(2).copied();
                let ys = || quad.iter().skip(1).step_by(2).copied();
                corners(
                    xs().fold(f64::INFINITY, f64::min),
                    ys().fold(f64::INFINITY, f64::min),
                    xs().fold(f64::NEG_INFINITY, f64::max),
                    ys().fold(f64::NEG_INFINITY, f64::max),
                )
            };
            (quads.chunks_exact(8).map(boxed).collect(), colour(b"C")?, Blend::Darkens)
        }
        _ => return None,
    };
    let alpha = store.number(dict, b"CA").unwrap_or(1.0);
    let manner = Manner { ink, alpha, blend, masked: false, clip: None, hidden: false };
    Some(Painted { shape: Shape::Area(Region { polygons, even_odd: false }), manner })
}

fn channel(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}
