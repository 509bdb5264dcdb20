//! Images beside text: logos, screenshots, stamps, signatures; those of objects of their own, and those in content streams.
//!
//! With a reader of text at hand their pixels are read one image at a time, whatever page, form or appearance shows them.
//! Where something of one has to go, it is painted over and the image is written anew, without loss or as JPEG; what it can be
//! looked through stays, but not where it was painted over. Images of pages that are read as a whole (see
//! [`raster`](super::raster)) are left to that.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write as _;

use image::{DynamicImage, GrayImage};
use lopdf::{Dictionary, Object, ObjectId, Stream};
use subrosa_core::edit::Edit;

use super::admit::Page;
use super::carriers::Carriers;
use super::interpreter::place_name;
use super::pixels;
use super::raster;
use super::store::Store;
use super::unit::{Place, Unit};
use super::write::File;
use crate::ocr::Ocr;
use crate::picture::look::{Seen, look};
use crate::picture::{can_hold_text, paint};
use crate::refusal::Refusal;

/// Images with more pixels are not looked into.
const MOST_PIXELS: u64 = 60_000_000;
/// An image refers to its colour space, its mask, its profile, and not to much else.
const MOST_OBJECTS: usize = 256;
/// The number that the image has in the file that is made of it.
const IMAGE: u32 = 4;
const DEEPEST: usize = 16;

/// Which image of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Which {
    Object(ObjectId),
    /// One that stands in a content stream, by the unit and its number there.
    Inline {
        unit: usize,
        image: usize,
    },
}

/// An image that was read.
pub(super) struct Figure {
    pub which: Which,
    /// The first page that shows it.
    pub page: Option<usize>,
    /// Where it is, for people.
    pub place: String,
    pub seen: Seen,
}

/// What reading the images gave.
#[derive(Default)]
pub(super) struct Figures {
    pub read: Vec<Figure>,
    /// How many were read, those without text too.
    pub looked: usize,
    /// The others that may hold text.
    pub unseen: Vec<Which>,
}

impl Figures {
    /// Reads an image of page `page`, or notes that nobody did.
    fn look(
        &mut self,
        ocr: Option<&dyn Ocr>,
        which: Which,
        page: Option<usize>,
        name: &str,
        file: impl FnOnce() -> Option<Vec<u8>>,
    ) {
        let seen = ocr.ok_or("").and_then(|ocr| {
            let picture = pixels::shown(file().ok_or("")?)?;
            look(ocr, &picture).map_err(|_| "")
        });
        match seen {
            Ok(seen) => {
                self.looked += 1;
                let place = page.map_or_else(String::new, |page| format!("page {}, ", page + 1));
                let place = format!("{place}{name}");
                if !seen.text.is_empty() {
                    self.read.push(Figure { which, page, place, seen });
                }
            }
            Err(_) => self.unseen.push(which),
        }
    }

    /// Reads the images that stand in content streams, but for those of units that `left` says are looked at otherwise.
    pub(super) fn read_inline(
        &mut self,
        store: &Store,
        ocr: Option<&dyn Ocr>,
        places: &Places<'_>,
        left: &dyn Fn(usize) -> bool,
    ) {
        for (index, unit) in places.units.iter().enumerate() {
            for (number, image) in unit.images.iter().enumerate().filter(|(_, image)| image.may_hold_text(unit)) {
                let (width, height) = image.size();
                if left(index) || u64::from(width) * u64::from(height) > MOST_PIXELS {
                    continue;
                }
                let page = if let Place::Page(page) = unit.place { Some(page) } else { None };
                let name = format!("inline image {}", number + 1);
                let name = if page.is_some() { name } else { format!("{}, {name}", place_name(unit.place)) };
                let which = Which::Inline { unit: index, image: number };
                self.look(ocr, which, page, &name, || places.file(store, which));
            }
        }
    }
}

/// What images that stand in content streams are found by.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    pub units: &'a [Unit],
    pub resources: &'a dyn Fn(usize) -> Option<&'a Dictionary>,
}

impl Places<'_> {
    /// A file whose one page shows this image and nothing else.
    fn file(&self, store: &Store, which: Which) -> Option<Vec<u8>> {
        match which {
            Which::Object(id) => file(store, id),
            Which::Inline { unit, image } => {
                let resources = (self.resources)(unit).and_then(|resources| resources.get(b"ColorSpace").ok());
                let unit = self.units.get(unit)?;
                let bytes = unit.bytes.get(unit.images.get(image)?.range.clone())?;
                let mut numbers = BTreeMap::from([((0, 0), IMAGE)]);
                let mut queue = Vec::new();
                let mut own = Dictionary::new();
                if let Some(spaces) = resources {
                    own.set("ColorSpace", renumbered(spaces, &mut numbers, &mut queue, 0)?);
                }
                around(store, own, bytes.to_vec(), numbers, queue)
            }
        }
    }
}

/// Reads the images of a file but for those that only pages of `looked` show.
pub(super) fn read(
    store: &Store,
    ocr: Option<&dyn Ocr>,
    pages: &[Page<'_>],
    carriers: &Carriers,
    looked: &dyn Fn(usize) -> bool,
) -> Figures {
    let mut as_pages = HashSet::new();
    let mut first: HashMap<ObjectId, usize> = HashMap::new();
    let mut beside: HashSet<ObjectId> = HashSet::new();
    let mut known: HashMap<usize, HashSet<ObjectId>> = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        let Some(resources) = page.resources else { continue };
        // Pages often share their resources.
        let shown = known.entry(std::ptr::from_ref(resources).addr()).or_insert_with(|| {
            let mut shown = HashSet::new();
            raster::drawn_objects(store, resources, &mut shown);
            shown
        });
        if looked(index) {
            as_pages.extend(shown.iter().copied());
        } else {
            beside.extend(shown.iter().copied());
        }
        let new: Vec<ObjectId> = shown.iter().filter(|id| !first.contains_key(id)).copied().collect();
        first.extend(new.into_iter().map(|id| (id, index)));
    }
    let mut figures = Figures::default();
    for id in &carriers.reached {
        let Some(Object::Stream(stream)) = store.document.objects.get(id) else { continue };
        let mask = carriers.trails.get(id).is_some_and(|trail| matches!(trail.key.as_slice(), b"SMask" | b"Mask" | b"Thumb"));
        let elsewhere = as_pages.contains(id) && !beside.contains(id);
        if store.name(&stream.dict, b"Subtype") != Some(b"Image") || mask || elsewhere || !may_hold_text(store, &stream.dict) {
            continue;
        }
        figures.look(ocr, Which::Object(*id), first.get(id).copied(), &format!("image {}", id.0), || file(store, *id));
    }
    figures
}

fn may_hold_text(store: &Store, dict: &Dictionary) -> bool {
    let size = |key: &[u8]| store.number(dict, key).filter(|size| (1.0..65_536.0).contains(size)).map_or(0, |size| size as u32);
    let (width, height) = (size(b"Width"), size(b"Height"));
    can_hold_text(width, height) && u64::from(width) * u64::from(height) <= MOST_PIXELS
}

/// A file whose one page shows this image and nothing else.
fn file(store: &Store, id: ObjectId) -> Option<Vec<u8>> {
    let mut objects = Dictionary::new();
    objects.set("I", Object::Reference((IMAGE, 0)));
    let mut resources = Dictionary::new();
    resources.set("XObject", Object::Dictionary(objects));
    around(store, resources, b"/I Do".to_vec(), BTreeMap::from([(id, IMAGE)]), vec![id])
}

/// A file of one page with these contents and resources; the objects of `queue` and what they refer to get the numbers.
fn around(
    store: &Store,
    resources: Dictionary,
    contents: Vec<u8>,
    mut numbers: BTreeMap<ObjectId, u32>,
    mut queue: Vec<ObjectId>,
) -> Option<Vec<u8>> {
    let mut out = File::begin("1.7", None);
    while let Some(id) = queue.pop() {
        let object = renumbered(store.document.objects.get(&id)?, &mut numbers, &mut queue, 0)?;
        out.object(*numbers.get(&id)?, object).ok()?;
    }
    let reference = |number: u32| Object::Reference((number, 0));
    let name = |name: &str| Object::Name(name.as_bytes().to_vec());
    let dictionary = |entries: Vec<(&str, Object)>| {
        let mut dict = Dictionary::new();
        for (key, value) in entries {
            dict.set(key, value);
        }
        Object::Dictionary(dict)
    };
    let area = Object::Array([0, 0, 1, 1].map(Object::Integer).to_vec());
    let page = vec![
        ("Type", name("Page")),
        ("Parent", reference(2)),
        ("MediaBox", area),
        ("Resources", Object::Dictionary(resources)),
        ("Contents", reference(5)),
    ];
    out.object(1, dictionary(vec![("Type", name("Catalog")), ("Pages", reference(2))])).ok()?;
    let kids = Object::Array(vec![reference(3)]);
    out.object(2, dictionary(vec![("Type", name("Pages")), ("Count", Object::Integer(1)), ("Kids", kids)])).ok()?;
    out.object(3, dictionary(page)).ok()?;
    let contents = Stream { dict: Dictionary::new(), content: contents, allows_compression: false, start_position: None };
    out.object(5, Object::Stream(contents)).ok()?;
    out.finish(1, None, None).ok()
}

/// An object whose references are to the numbers of the file that is made; what it refers to is still to be written.
fn renumbered(object: &Object, numbers: &mut BTreeMap<ObjectId, u32>, queue: &mut Vec<ObjectId>, depth: usize) -> Option<Object> {
    if depth > DEEPEST {
        return None;
    }
    let entries = |dict: &Dictionary, numbers: &mut BTreeMap<ObjectId, u32>, queue: &mut Vec<ObjectId>| {
        let mut copy = Dictionary::new();
        for (key, value) in dict {
            // Neither has pixels that are shown.
            if !matches!(key.as_slice(), b"Metadata" | b"OC" | b"Alternates" | b"OPI" | b"AF" | b"Parent") {
                copy.set(key.clone(), renumbered(value, numbers, queue, depth + 1)?);
            }
        }
        Some(copy)
    };
    Some(match object {
        Object::Reference(id) => {
            let next = 5 + u32::try_from(numbers.len()).ok()?;
            let number = *numbers.entry(*id).or_insert_with(|| {
                queue.push(*id);
                next
            });
            if numbers.len() > MOST_OBJECTS {
                return None;
            }
            Object::Reference((number, 0))
        }
        Object::Array(items) => {
            Object::Array(items.iter().map(|item| renumbered(item, numbers, queue, depth + 1)).collect::<Option<_>>()?)
        }
        Object::Dictionary(dict) => Object::Dictionary(entries(dict, numbers, queue)?),
        Object::Stream(stream) => Object::Stream(Stream { dict: entries(&stream.dict, numbers, queue)?, ..stream.clone() }),
        other => other.clone(),
    })
}

/// An image as it is written anew.
pub(super) struct Repainted {
    pub image: Stream,
    /// What it can be looked through.
    pub alpha: Option<Stream>,
}

impl Figure {
    /// The image with what is under the edits painted over.
    ///
    /// # Errors
    /// [`Refusal::Uninspectable`] when its pixels cannot be had any more.
    pub(super) fn repainted(&self, store: &Store, id: ObjectId, edits: &[Edit]) -> Result<Repainted, Refusal> {
        let Some(Object::Stream(old)) = store.document.objects.get(&id) else { return Err(self.again()) };
        let mut picture = file(store, id).ok_or("").and_then(pixels::shown).map_err(|_| self.again())?;
        paint::over(&mut picture, &self.seen.under(edits));
        let mut dict = Dictionary::new();
        for key in [b"Name".as_slice(), b"StructParent", b"OC", b"Interpolate"] {
            if let Ok(value) = old.dict.get(key) {
                dict.set(key, value.clone());
            }
        }
        let stencil = matches!(store.get(&old.dict, b"ImageMask"), Object::Boolean(true));
        let repainted = if stencil { stencil_of(&picture, dict) } else { image_of(&picture, dict) };
        repainted.ok_or_else(|| self.again())
    }

    fn again(&self) -> Refusal {
        Refusal::uninspectable(&*self.place, "it cannot be written again")
    }

    /// An image that stands in a content stream, with what is under the edits painted over, as it is written there.
    ///
    /// # Errors
    /// As [`Figure::repainted`].
    pub(super) fn repainted_inline(&self, store: &Store, places: &Places<'_>, edits: &[Edit]) -> Result<Vec<u8>, Refusal> {
        let mut picture = places.file(store, self.which).ok_or("").and_then(pixels::shown).map_err(|_| self.again())?;
        paint::over(&mut picture, &self.seen.under(edits));
        // Only a stencil can be looked through here.
        let stencil = picture.has_alpha();
        let pixels = if stencil { bits_of(&picture) } else { picture.to_rgb8().into_raw() };
        let kind = if stencil { "/IM true /BPC 1" } else { "/BPC 8 /CS /RGB" };
        let packed = deflated(&pixels).ok_or_else(|| self.again())?;
        let mut out = format!("BI /W {} /H {} {kind} /F /Fl ID ", picture.width(), picture.height()).into_bytes();
        out.extend(packed);
        out.extend_from_slice(b"\nEI");
        Ok(out)
    }
}

/// An image of one black pixel, in the place of one that nobody looked into.
pub(super) fn blank() -> Repainted {
    let mut dict = Dictionary::new();
    dict.set("ColorSpace", Object::Name(b"DeviceGray".to_vec()));
    let dot = DynamicImage::ImageLuma8(GrayImage::new(1, 1));
    Repainted { image: described(dict, &dot, 8, "FlateDecode", deflated(&[0]).unwrap_or_default()), alpha: None }
}

/// A black area, in the place of an image in a content stream that nobody looked into.
pub(super) const BLANK_INLINE: &[u8] = b"q 0 g 0 0 1 1 re f Q";

/// One bit a pixel: painted where it is 0.
fn bits_of(picture: &DynamicImage) -> Vec<u8> {
    let stencil = picture.to_luma_alpha8();
    let mut bits = Vec::with_capacity((stencil.width() as usize).div_ceil(8) * stencil.height() as usize);
    for row in stencil.rows() {
        let row: Vec<bool> = row.map(|pixel| pixel.0[1] < 128).collect();
        bits.extend(
            row.chunks(8).map(|chunk| chunk.iter().enumerate().fold(0_u8, |byte, (at, free)| byte | u8::from(*free) << (7 - at))),
        );
    }
    bits
}

fn stencil_of(picture: &DynamicImage, mut dict: Dictionary) -> Option<Repainted> {
    dict.set("ImageMask", Object::Boolean(true));
    let image = described(dict, picture, 1, "FlateDecode", deflated(&bits_of(picture))?);
    Some(Repainted { image, alpha: None })
}

fn image_of(picture: &DynamicImage, dict: Dictionary) -> Option<Repainted> {
    let image = raster::packed(&DynamicImage::ImageRgb8(picture.to_rgb8()), dict)?;
    let alpha = if picture.has_alpha() {
        let pixels = picture.to_luma_alpha8();
        let levels: Vec<u8> = pixels.pixels().map(|pixel| pixel.0[1]).collect();
        let levels = GrayImage::from_raw(pixels.width(), pixels.height(), levels)?;
        let mut dict = Dictionary::new();
        dict.set("ColorSpace", Object::Name(b"DeviceGray".to_vec()));
        Some(described(dict, picture, 8, "FlateDecode", deflated(levels.as_raw())?))
    } else {
        None
    };
    Some(Repainted { image, alpha })
}

fn described(mut dict: Dictionary, picture: &DynamicImage, bits: i64, filter: &str, content: Vec<u8>) -> Stream {
    dict.set("Type", Object::Name(b"XObject".to_vec()));
    dict.set("Subtype", Object::Name(b"Image".to_vec()));
    dict.set("Width", Object::Integer(i64::from(picture.width())));
    dict.set("Height", Object::Integer(i64::from(picture.height())));
    dict.set("BitsPerComponent", Object::Integer(bits));
    dict.set("Filter", Object::Name(filter.as_bytes().to_vec()));
    Stream { dict, content, allows_compression: false, start_position: None }
}

fn deflated(data: &[u8]) -> Option<Vec<u8>> {
    let mut flate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    flate.write_all(data).ok()?;
    flate.finish().ok()
}
