//! Pages as pictures: scans, and pages whose fonts do not say which characters they show.
//!
//! With a reader of text at hand such a page is drawn and its picture read. Where something of it has to go, the whole page is
//! replaced by the picture with the place painted over: what lies under the pixels (a scan's text layer, hidden drawings,
//! the scan itself) is then not in the file any more. A page of which nothing has to go stays as it is.

#![expect(clippy::many_single_char_names, reason = "the six numbers of a matrix are called a to f in the standard")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Write as _;

use image::{DynamicImage, GrayImage};
use lopdf::{Dictionary, Object, ObjectId, Stream};
use subrosa_core::edit::Edit;

use super::geometry::{Matrix, number};
use super::store::Store;
use super::text::Mapped;
use super::unit::{Item, Unit};
use crate::picture::look::{Area, Seen};
use crate::picture::paint;
use crate::refusal::Refusal;

/// Sharpness of pages that are better kept as JPEG, of 100.
const QUALITY: u8 = 85;
/// Pixels to the inch, and most pixels along an edge.
const RESOLUTION: f64 = 200.0;
const LONGEST: f64 = 4500.0;
/// The resource name of a page's picture.
const NAME: &str = "SubrosaPage";
/// Deepest nesting of forms.
const DEEPEST: usize = 24;

/// A drawn page.
pub(super) struct Drawn {
    pub picture: DynamicImage,
    /// From the page's space to pixels.
    pub to_pixels: Matrix,
}

/// Pixels to the point of a page whose longer edge is so many points.
pub(super) fn scale(longest: f64) -> f64 {
    (RESOLUTION / 72.0).min(LONGEST / longest)
}

/// The streams that a page shows, by unit, with the ways from their space to the page's.
pub(super) fn shown(units: &[Unit], root: usize) -> BTreeMap<usize, Vec<Matrix>> {
    let mut shown: BTreeMap<usize, Vec<Matrix>> = BTreeMap::new();
    let mut stack = vec![(root, Matrix::IDENTITY, 0)];
    let mut steps = 0;
    while let Some((index, matrix, depth)) = stack.pop() {
        steps += 1;
        let Some(unit) = units.get(index).filter(|_| depth < DEEPEST && steps < 100_000) else { continue };
        shown.entry(index).or_default().push(matrix);
        for item in &unit.items {
            if let Item::Use(inner, way) = item {
                stack.push((*inner, way.then(matrix), depth + 1));
            }
        }
    }
    shown
}

/// What has to go from a page.
#[derive(Default)]
pub(super) struct Cover<'a> {
    /// Read from its picture.
    pub seen: Vec<(&'a Seen, &'a [Edit])>,
    /// Glyphs of streams that it shows.
    pub glyphs: Vec<&'a Mapped>,
}

impl Drawn {
    /// Paints over what has to go.
    pub(super) fn cover(&mut self, cover: &Cover<'_>, units: &[Unit], ways: &BTreeMap<usize, Vec<Matrix>>) {
        let mut areas: Vec<Area> = cover.seen.iter().flat_map(|(seen, edits)| seen.under(edits)).collect();
        for mapped in &cover.glyphs {
            let index = mapped.unit as usize;
            let Some(glyph) = units.get(index).and_then(|unit| unit.glyphs.get(mapped.glyph as usize)) else { continue };
            for way in ways.get(&index).into_iter().flatten() {
                let way = way.then(self.to_pixels);
                let size = glyph.size * way.determinant().abs().sqrt();
                let (start, end) = (way.apply(glyph.origin.x, glyph.origin.y), way.apply(glyph.end.x, glyph.end.y));
                // Whichever way the line runs: a text layer lies on its scan only roughly.
                let edge = |at: f64| at.clamp(0.0, f64::from(u32::MAX)) as u32;
                areas.push(Area {
                    left: edge(start.x.min(end.x) - size * 0.3),
                    top: edge(start.y.min(end.y) - size),
                    right: edge(start.x.max(end.x) + size * 0.3),
                    bottom: edge(start.y.max(end.y) + size * 0.35),
                });
            }
        }
        paint::over(&mut self.picture, &areas);
    }

    /// The page's new content and its picture.
    ///
    /// # Errors
    /// [`Refusal::Internal`] when the picture cannot be packed.
    pub(super) fn replacement(&self) -> Result<Replacement, Refusal> {
        let failed = || Refusal::Internal("the picture of a page cannot be packed".to_owned());
        let (width, height) = (f64::from(self.picture.width()), f64::from(self.picture.height()));
        let way = Matrix([width, 0.0, 0.0, -height, 0.0, height]).then(inverse(self.to_pixels).ok_or_else(failed)?);
        let [a, b, c, d, e, f] = way.0.map(number);
        let contents = format!("q {a} {b} {c} {d} {e} {f} cm /{NAME} Do Q").into_bytes();
        let picture = packed(&self.picture, Dictionary::new()).ok_or_else(failed)?;
        Ok(Replacement { contents, picture: Some(picture) })
    }
}

fn inverse(matrix: Matrix) -> Option<Matrix> {
    let [a, b, c, d, e, f] = matrix.0;
    let determinant = matrix.determinant();
    let [a, b, c, d] = [d / determinant, -b / determinant, -c / determinant, a / determinant];
    let inverse = Matrix([a, b, c, d, -(e * a + f * c), -(e * b + f * d)]);
    inverse.is_finite().then_some(inverse)
}

/// A page's new content.
#[derive(Default)]
pub(super) struct Replacement {
    pub contents: Vec<u8>,
    /// The picture that it shows.
    pub picture: Option<Stream>,
}

impl Replacement {
    /// The resources of the page when its picture has this number.
    pub(super) fn resources(picture: Option<u32>) -> Dictionary {
        let mut objects = Dictionary::new();
        if let Some(picture) = picture {
            objects.set(NAME, Object::Reference((picture, 0)));
        }
        let mut resources = Dictionary::new();
        resources.set("XObject", Object::Dictionary(objects));
        resources
    }
}

/// The picture as an image, packed without loss or as JPEG, whichever is clearly shorter.
pub(super) fn packed(picture: &DynamicImage, mut dict: Dictionary) -> Option<Stream> {
    let grey = picture.as_rgb8()?.pixels().all(|pixel| pixel.0[0].abs_diff(pixel.0[1]).max(pixel.0[1].abs_diff(pixel.0[2])) < 3);
    let (plain, space) = if grey {
        let levels =
            GrayImage::from_raw(picture.width(), picture.height(), picture.as_rgb8()?.pixels().map(|p| p.0[1]).collect());
        (DynamicImage::ImageLuma8(levels?), "DeviceGray")
    } else {
        (picture.clone(), "DeviceRGB")
    };
    let mut flate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    flate.write_all(plain.as_bytes()).ok()?;
    let flate = flate.finish().ok()?;
    let mut jpeg = Vec::new();
    plain.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, QUALITY)).ok()?;
    let (filter, content) = if flate.len() <= jpeg.len() * 3 / 2 { ("FlateDecode", flate) } else { ("DCTDecode", jpeg) };
    let mut set = |key: &str, value: Object| dict.set(key, value);
    let name = |name: &str| Object::Name(name.as_bytes().to_vec());
    set("Type", name("XObject"));
    set("Subtype", name("Image"));
    set("Width", Object::Integer(i64::from(picture.width())));
    set("Height", Object::Integer(i64::from(picture.height())));
    set("ColorSpace", name(space));
    set("BitsPerComponent", Object::Integer(8));
    set("Filter", name(filter));
    Some(Stream { dict, content, allows_compression: false, start_position: None })
}

/// The forms and images that are reached from these resources, forms in forms too.
pub(super) fn drawn_objects(store: &Store, resources: &Dictionary, found: &mut HashSet<ObjectId>) {
    let mut stack = vec![resources];
    let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
    while let Some(resources) = stack.pop() {
        let Some(objects) = store.dict(resources, b"XObject") else { continue };
        for (_, object) in objects {
            if let (Some(id), Object::Stream(stream)) = store.resolve_with_id(object)
                && seen.insert(id)
            {
                found.insert(id);
                stack.extend(store.dict(&stream.dict, b"Resources"));
            }
        }
    }
}
