//! Attached files: each is a document of its own, read and written by its format.
//!
//! A file that no format reads completely does not stay: neither it, nor its entry in the list of attachments, nor its
//! annotation.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};

use super::budget::Budget;
use super::filters::{self, Decoded};
use super::store::Store;
use super::strings;
use crate::document::{Document, Part};
use crate::formats::Source;
use crate::limits::Limits;
use crate::nested;
use crate::refusal::Refusal;

/// Deepest nesting that is looked into for file specifications.
const MAX_DEPTH: usize = 32;

/// An attached file that a format reads.
pub(super) struct Attachment {
    /// The embedded file, a stream.
    pub file: ObjectId,
    /// How it is called in places: by number, since its name is text of the document.
    pub part: String,
    pub document: Document,
}

/// The attached files that can be read completely.
pub(super) fn read(source: &Source<'_>, store: &Store, budget: &Budget, limits: &Limits) -> Vec<Attachment> {
    let mut found = Vec::new();
    for (number, (file, name)) in (1..).zip(files(store)) {
        let Some(bytes) = contents(store, file, budget) else { continue };
        let document = nested::read(source, &name, &bytes, limits, budget.stream_limit() as u64);
        if let Ok(document) = document
            && document.unread.is_empty()
        {
            found.push(Attachment { file, part: part(number), document });
        }
    }
    found
}

/// Adds the raw parts of every attached file.
///
/// # Errors
/// As [`nested::raw_parts`].
pub(super) fn raw_parts(
    source: &Source<'_>,
    store: &Store,
    budget: &Budget,
    limits: &Limits,
    parts: &mut Vec<Part>,
) -> Result<(), Refusal> {
    for (number, (file, name)) in (1..).zip(files(store)) {
        if let Some(bytes) = contents(store, file, budget) {
            nested::raw_parts_of(source, &part(number), &name, &bytes, limits, parts)?;
        }
    }
    Ok(())
}

fn part(number: usize) -> String {
    format!("attachment {number}")
}

fn contents(store: &Store, file: ObjectId, budget: &Budget) -> Option<Vec<u8>> {
    let Some(Object::Stream(stream)) = store.document.objects.get(&file) else { return None };
    match filters::decode(store, stream, budget.stream_limit()) {
        Ok(Decoded::Bytes(bytes)) => budget.expand(bytes.len()).ok().map(|()| bytes),
        _ => None,
    }
}

/// The embedded files of all file specifications, with the name that the specification gives.
fn files(store: &Store) -> BTreeMap<ObjectId, String> {
    let mut files = BTreeMap::new();
    let mut stack: Vec<(&Object, usize)> = store.document.objects.values().map(|object| (object, 0)).collect();
    while let Some((object, depth)) = stack.pop() {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            Object::Array(items) if depth < MAX_DEPTH => {
                stack.extend(items.iter().map(|item| (item, depth + 1)));
                continue;
            }
            _ => continue,
        };
        for file in store.embedded_files(dict) {
            files.entry(file).or_insert_with(|| name(store, dict));
        }
        if depth < MAX_DEPTH {
            stack.extend(dict.iter().map(|(_, value)| (value, depth + 1)));
        }
    }
    files
}

fn name(store: &Store, specification: &Dictionary) -> String {
    let name = [b"UF".as_slice(), b"F"].into_iter().find_map(|key| store.get(specification, key).as_str().ok());
    name.map(strings::decode).unwrap_or_default()
}
