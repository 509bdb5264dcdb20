//! What questions need of a PDF's objects.

use lopdf::{Dictionary, Object, ObjectId};

use crate::formats::pdf::filters::{self, Decoded};
use crate::formats::pdf::store::Store;
use crate::formats::pdf::strings;

/// Most bytes of one stream that a question looks into.
pub(super) const MAX_STREAM: usize = 64 << 20;
/// Deepest page tree.
const MAX_DEPTH: usize = 64;

/// Every dictionary of the file, those of streams too, with the number of the object it stands in.
pub(super) fn dictionaries(store: &Store) -> impl Iterator<Item = (ObjectId, &Dictionary)> {
    store.document.objects.iter().flat_map(|(id, object)| {
        let mut found = Vec::new();
        gather(object, &mut found, 0);
        found.into_iter().map(|dict| (*id, dict))
    })
}

fn gather<'a>(object: &'a Object, found: &mut Vec<&'a Dictionary>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    let dict = match object {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        Object::Array(items) => {
            for item in items {
                gather(item, found, depth + 1);
            }
            return;
        }
        _ => return,
    };
    found.push(dict);
    for (_, value) in dict {
        gather(value, found, depth + 1);
    }
}

/// A text string of a dictionary that is not blank.
pub(super) fn text(store: &Store, dict: &Dictionary, key: &[u8]) -> Option<String> {
    let text = strings::decode(store.get(dict, key).as_str().ok()?);
    Some(text).filter(|text| !text.trim().is_empty())
}

/// The bytes of a stream under a key.
pub(super) fn stream(store: &Store, dict: &Dictionary, key: &[u8]) -> Option<Vec<u8>> {
    match filters::decode(store, store.stream(dict, key)?, MAX_STREAM) {
        Ok(Decoded::Bytes(bytes)) => Some(bytes),
        _ => None,
    }
}

/// The pages in order. The tree has been walked before, so it holds no circle.
pub(super) fn pages(store: &Store) -> Vec<&Dictionary> {
    let mut pages = Vec::new();
    if let Some(top) = store.root().and_then(|root| store.dict(root, b"Pages")) {
        collect(store, top, &mut pages, 0);
    }
    pages
}

fn collect<'a>(store: &'a Store, node: &'a Dictionary, pages: &mut Vec<&'a Dictionary>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match store.array(node, b"Kids") {
        Some(kids) => {
            for kid in kids {
                if let Ok(kid) = store.resolve(kid).as_dict() {
                    collect(store, kid, pages, depth + 1);
                }
            }
        }
        None => pages.push(node),
    }
}

/// An annotation with the number of its page, from 1.
pub(super) struct Annotation<'a> {
    pub page: usize,
    pub dict: &'a Dictionary,
    pub subtype: String,
    /// Left, bottom, right, top.
    pub area: Option<[f64; 4]>,
}

/// Every annotation of every page.
pub(super) fn annotations(store: &Store) -> Vec<Annotation<'_>> {
    let mut found = Vec::new();
    for (index, page) in pages(store).into_iter().enumerate() {
        for entry in store.array(page, b"Annots").unwrap_or_default() {
            let Ok(dict) = store.resolve(entry).as_dict() else { continue };
            let subtype = String::from_utf8_lossy(store.name(dict, b"Subtype").unwrap_or_default()).into_owned();
            let area = match store.numbers(dict, b"Rect").as_deref() {
                Some(&[x0, y0, x1, y1]) => Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)]),
                _ => None,
            };
            found.push(Annotation { page: index + 1, dict, subtype, area });
        }
    }
    found
}
