//! Everything a written file holds, for the search for residue: every string and stream of every
//! object, reached or not, and the names whose values are free.
//!
//! This looks at the file as loaded anew and shares nothing with the writer but the object parser and the filters.

use std::borrow::Cow;

use lopdf::{Object, ObjectId};

use super::admit;
use super::attachments;
use super::budget::Budget;
use super::filters::{self, Decoded};
use super::interpreter::object_name;
use super::store::Store;
use super::strings;
use crate::document::Part;
use crate::formats::Source;
use crate::image;
use crate::limits::Limits;
use crate::nested;
use crate::refusal::Refusal;

/// The fonts that every viewer has (ISO 32000-1, 9.6.2.2). Whoever is called Times is not named by them.
const STANDARD_FONTS: &[&[u8]] = &[
    b"Courier",
    b"Courier-Bold",
    b"Courier-BoldOblique",
    b"Courier-Oblique",
    b"Helvetica",
    b"Helvetica-Bold",
    b"Helvetica-BoldOblique",
    b"Helvetica-Oblique",
    b"Symbol",
    b"Times-Bold",
    b"Times-BoldItalic",
    b"Times-Italic",
    b"Times-Roman",
    b"ZapfDingbats",
];

/// Lists the parts of a file.
pub(super) fn list(source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
    let store = admit::load(source.bytes, source.aids.passwords, limits, &Budget::new(limits, source.bytes.len()))?;
    of(&store, source, limits)
}

/// Lists the parts of a file whose objects are loaded.
pub(super) fn of(store: &Store, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
    let bytes = source.bytes;
    let budget = Budget::new(limits, bytes.len());
    let mut parts = Vec::new();
    for (id, object) in &store.document.objects {
        let mut texts = String::new();
        gather(object, &mut texts, 0);
        if !texts.is_empty() {
            parts.push(Part { name: object_name(*id), text: texts });
        }
        if let Object::Stream(stream) = object {
            add_stream(store, *id, stream, &budget, &mut parts)?;
        }
    }
    let mut trailer = String::new();
    gather_entries(&store.document.trailer, &mut trailer, 0);
    parts.push(Part { name: "trailer".to_owned(), text: trailer });
    parts.push(Part { name: "end of file".to_owned(), text: latin(after_end(bytes)) });
    let header = memchr::memmem::find(bytes, b"%PDF-").unwrap_or(0);
    parts.push(Part { name: "before the header".to_owned(), text: latin(&bytes[..header]) });
    attachments::raw_parts(source, store, &budget, limits, &mut parts)?;
    Ok(parts)
}

fn after_end(bytes: &[u8]) -> &[u8] {
    memchr::memmem::rfind(bytes, b"startxref").map_or(&[], |at| &bytes[at..])
}

fn latin(bytes: &[u8]) -> String {
    encoding_rs::mem::decode_latin1(bytes).into_owned()
}

fn gather(object: &Object, texts: &mut String, depth: usize) {
    if depth > 128 {
        return;
    }
    match object {
        Object::String(bytes, _) => {
            texts.push_str(&strings::decode(bytes));
            texts.push('\n');
        }
        Object::Array(items) => items.iter().for_each(|item| gather(item, texts, depth + 1)),
        Object::Dictionary(dict) => gather_entries(dict, texts, depth),
        Object::Stream(stream) => gather_entries(&stream.dict, texts, depth),
        _ => {}
    }
}

fn gather_entries(dict: &lopdf::Dictionary, texts: &mut String, depth: usize) {
    for (key, value) in dict {
        // Names with prescribed values (types, filters, tags) are the format's own words and no residue.
        if let Object::Name(name) = value
            && !(matches!(key.as_slice(), b"BaseFont" | b"FontName") && STANDARD_FONTS.contains(&name.as_slice()))
            && matches!(key.as_slice(), b"V" | b"DV" | b"AS" | b"BaseFont" | b"FontName" | b"D" | b"Dest" | b"Name" | b"CMapName")
        {
            texts.push_str(&String::from_utf8_lossy(name));
            texts.push('\n');
        }
        // Keys of two words or with foreign letters are not the format's.
        if key.iter().any(|byte| !byte.is_ascii_alphanumeric()) {
            texts.push_str(&String::from_utf8_lossy(key));
            texts.push('\n');
        }
        gather(value, texts, depth + 1);
    }
}

fn add_stream(
    store: &Store,
    id: ObjectId,
    stream: &lopdf::Stream,
    budget: &Budget,
    parts: &mut Vec<Part>,
) -> Result<(), Refusal> {
    let name = format!("{}: stream", object_name(id));
    // Pixels hold no text that a search could find; what stands beside them does.
    if store.name(&stream.dict, b"Subtype") == Some(b"Image") {
        if let Ok((picture, filter)) = filters::unpacked(store, stream, budget.stream_limit()) {
            for (beside, bytes) in image::beside_pixels(&picture) {
                nested::views(&format!("{name}, {beside}"), bytes, parts);
            }
            // Not packed, whatever stands in it can be read in the file as it is.
            if filter.is_none() && matches!(picture, Cow::Borrowed(_)) {
                nested::views(&name, &picture, parts);
            }
        }
        return Ok(());
    }
    let bytes = match filters::decode(store, stream, budget.stream_limit()) {
        Ok(Decoded::Bytes(bytes)) => bytes,
        Ok(Decoded::Image) => return Ok(()),
        Err(reason) => return Err(Refusal::damaged(object_name(id), reason)),
    };
    budget.expand(bytes.len())?;
    nested::views(&name, &bytes, parts);
    Ok(())
}
