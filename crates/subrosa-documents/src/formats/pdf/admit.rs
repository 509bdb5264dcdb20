//! Loads a file into objects, or says why not.
//!
//! The object parser is lenient where leniency loses text: it gives an empty document for a missing password, an empty stream
//! for a missing length, nothing for an object it cannot parse. Each of these is turned into a refusal or repaired here.
//!
//! A file that is encrypted but opens without a password, or with one that the caller brings, is read; the writer protects it
//! again in the same way.

use std::collections::{BTreeSet, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::budget::Budget;
use super::carriers::Carriers;
use super::filters::{self, Decoded};
use super::interpreter::object_name;
use super::store::Store;
use crate::limits::Limits;
use crate::refusal::Refusal;

/// Deepest page tree.
const MAX_TREE_DEPTH: usize = 64;

/// Loads the objects of a file.
///
/// A protected file is opened without a password where that goes, else with the first of `passwords` that does.
pub(super) fn load(bytes: &[u8], passwords: &[String], limits: &Limits, budget: &Budget) -> Result<Store, Refusal> {
    let mut ended = open(bytes, None, limits, budget);
    for password in passwords {
        if !matches!(ended, Err(Refusal::Encrypted(_))) {
            break;
        }
        ended = open(bytes, Some(password), limits, budget);
    }
    ended
}

fn open(bytes: &[u8], password: Option<&String>, limits: &Limits, budget: &Budget) -> Result<Store, Refusal> {
    let options =
        LoadOptions { password: password.cloned(), max_decompressed_size: Some(budget.stream_limit()), ..LoadOptions::default() };
    // The parser is not ours: should it panic on hostile bytes, that is a damaged file and not the end of a batch.
    let loaded = catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(bytes, options)));
    let mut document = match loaded {
        Ok(Ok(document)) => document,
        Ok(Err(lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword)) => {
            return Err(needs_password());
        }
        Ok(Err(lopdf::Error::Decompress(_))) => {
            return Err(Refusal::Limit("a stream expands to too much".to_owned()));
        }
        Ok(Err(_)) if memchr::memmem::find(bytes, b"/Encrypt").is_some() => {
            return Err(Refusal::Encrypted("the file is protected in a way that cannot be undone".to_owned()));
        }
        Ok(Err(_)) | Err(_) => return Err(Refusal::damaged("file", "its objects cannot be found")),
    };
    // The parser forgets the entry once it has decrypted the file; it does not know one that stands in the trailer itself.
    if document.trailer.has(b"Encrypt") {
        return Err(needs_password());
    }
    if document.objects.len() > limits.parts {
        return Err(Refusal::Limit("too many objects".to_owned()));
    }
    recover_lengths(&mut document, bytes);
    Ok(Store { document, attached: BTreeSet::new() })
}

fn needs_password() -> Refusal {
    Refusal::Encrypted("a password is needed".to_owned())
}

/// A stream without a length is read as empty. Its data go to the next `endstream`.
fn recover_lengths(document: &mut Document, bytes: &[u8]) {
    let header = memchr::memmem::find(bytes, b"%PDF-").unwrap_or(0);
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else {
            continue;
        };
        if !stream.content.is_empty() {
            continue;
        }
        let Some(rest) = stream.start_position.and_then(|start| bytes.get(header.checked_add(start)?..)) else {
            continue;
        };
        let Some(end) = memchr::memmem::find(rest, b"endstream") else {
            continue;
        };
        let data = &rest[..end];
        let data = data.strip_suffix(b"\n").unwrap_or(data);
        let data = data.strip_suffix(b"\r").unwrap_or(data);
        stream.content = data.to_vec();
    }
}

/// Refuses a file with an object that is referred to and in the file, but could not be read.
pub(super) fn require_objects(store: &Store, carriers: &Carriers) -> Result<(), Refusal> {
    for id in &carriers.reached {
        let listed =
            matches!(store.document.reference_table.get(id.0), Some(XrefEntry::Normal { .. } | XrefEntry::Compressed { .. }));
        let any = store.document.objects.range((id.0, 0)..=(id.0, u16::MAX)).next().is_some();
        if listed && !any {
            return Err(Refusal::damaged(object_name(*id), "it cannot be read"));
        }
    }
    Ok(())
}

/// A page with what it inherits.
pub(super) struct Page<'a> {
    pub id: ObjectId,
    pub dict: &'a Dictionary,
    pub resources: Option<&'a Dictionary>,
    /// Left, bottom, right, top.
    pub area: [f64; 4],
}

impl Page<'_> {
    /// The rotation of the page, its own or inherited: 0, 90, 180 or 270, clockwise.
    pub(super) fn turn(&self, store: &Store) -> u16 {
        let turn = self.inherited(store, |dict| store.number(dict, b"Rotate")).unwrap_or(0.0);
        (turn as i64).rem_euclid(360) as u16
    }

    /// What a viewer shows of the page: its crop box within its media box.
    pub(super) fn shown(&self, store: &Store) -> [f64; 4] {
        let sorted = |area: Vec<f64>| {
            let [x0, y0, x1, y1] = <[f64; 4]>::try_from(area).ok()?;
            Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)])
        };
        let media = self.inherited(store, |dict| sorted(store.numbers(dict, b"MediaBox")?));
        let media = media.unwrap_or([0.0, 0.0, 612.0, 792.0]);
        let crop = self.inherited(store, |dict| sorted(store.numbers(dict, b"CropBox")?)).unwrap_or(media);
        let both = [crop[0].max(media[0]), crop[1].max(media[1]), crop[2].min(media[2]), crop[3].min(media[3])];
        if both[2] > both[0] && both[3] > both[1] { both } else { media }
    }

    /// What the page or the nearest node above it says.
    fn inherited<T>(&self, store: &Store, say: impl Fn(&Dictionary) -> Option<T>) -> Option<T> {
        let mut dict = self.dict;
        for _ in 0..MAX_TREE_DEPTH {
            if let Some(said) = say(dict) {
                return Some(said);
            }
            dict = store.dict(dict, b"Parent")?;
        }
        None
    }
}

/// The pages in order.
pub(super) fn pages<'a>(store: &'a Store, limits: &Limits) -> Result<Vec<Page<'a>>, Refusal> {
    let damaged = |reason: &str| Refusal::damaged("page tree", reason);
    let root = store.root().ok_or_else(|| damaged("the file has no catalog"))?;
    let (Some(top), _) = root.get(b"Pages").map_or((None, &Object::Null), |pages| store.resolve_with_id(pages)) else {
        return Err(damaged("the catalog names no pages"));
    };
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    // A node, its depth, and the resources and box it inherits.
    let mut stack = vec![(top, 0_usize, None::<&Dictionary>, None::<Vec<f64>>)];
    while let Some((id, depth, resources, area)) = stack.pop() {
        if !seen.insert(id) || depth > MAX_TREE_DEPTH {
            return Err(damaged("it runs in a circle, or too deep"));
        }
        if seen.len() > limits.parts {
            return Err(Refusal::Limit("too many pages".to_owned()));
        }
        let Some(dict) = store.document.objects.get(&id).and_then(|object| object.as_dict().ok()) else {
            continue;
        };
        let resources = store.dict(dict, b"Resources").or(resources);
        let area = store.numbers(dict, b"CropBox").or_else(|| store.numbers(dict, b"MediaBox")).or(area);
        if let Some(kids) = store.array(dict, b"Kids") {
            for kid in kids.iter().rev() {
                match kid {
                    Object::Reference(kid) => stack.push((*kid, depth + 1, resources, area.clone())),
                    Object::Null => {}
                    _ => return Err(damaged("a page is not an object of its own")),
                }
            }
        } else {
            let [x0, y0, x1, y1] = area.and_then(|area| <[f64; 4]>::try_from(area).ok()).unwrap_or([0.0, 0.0, 612.0, 792.0]);
            let area = [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)];
            pages.push(Page { id, dict, resources, area });
        }
    }
    if pages.is_empty() { Err(damaged("the file has no pages")) } else { Ok(pages) }
}

/// The contents of a page, its streams decoded and joined.
pub(super) fn contents(store: &Store, page: &Page<'_>, number: usize, budget: &Budget) -> Result<Vec<u8>, Refusal> {
    let part = || format!("page {number}");
    let entry = store.get(page.dict, b"Contents");
    let streams: Vec<&Object> = match entry {
        Object::Array(items) => items.iter().map(|item| store.resolve(item)).collect(),
        other => vec![other],
    };
    let mut joined = Vec::new();
    for object in streams {
        let Object::Stream(stream) = object else {
            continue;
        };
        match filters::decode(store, stream, budget.stream_limit()) {
            Ok(Decoded::Bytes(bytes)) => {
                budget.expand(bytes.len())?;
                if !joined.is_empty() {
                    joined.push(b'\n');
                }
                joined.extend_from_slice(&bytes);
            }
            Ok(Decoded::Image) => {
                return Err(Refusal::damaged(part(), "an image filter on the page's content"));
            }
            Err(reason) => return Err(Refusal::damaged(part(), reason)),
        }
    }
    Ok(joined)
}
