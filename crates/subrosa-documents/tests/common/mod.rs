//! What the tests of the text formats share.
// Each test program uses its own part of this module; and what is no test function here is still a test.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

pub mod bars;
pub mod view;

use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::{Document, Format, Limits, Refusal, Source, formats};

/// The format that claims the bytes, and the document it reads, whose view is whole.
pub fn open(name: &str, bytes: &[u8]) -> Result<(&'static dyn Format, Document), Refusal> {
    let source = Source::new(bytes, name);
    let format = formats::sniff(&source)?;
    let document = format.read(&source, &Limits::default())?;
    view::view(&document);
    Ok((format, document))
}

/// The document, where it must be readable.
pub fn read(name: &str, bytes: &[u8]) -> Document {
    open(name, bytes).unwrap().1
}

/// An edit of a person's name.
pub fn edit(start: usize, end: usize, replacement: &str) -> Edit {
    let span = Span::new(start, end);
    Edit { span, replacement: replacement.to_owned(), entity: Entity::PERSON, operator: "replace" }
}

/// Edits that replace every occurrence of `value` in every segment.
pub fn replace_all(document: &Document, value: &str, replacement: &str) -> Vec<Vec<Edit>> {
    let edits = document
        .segments
        .iter()
        .map(|segment| segment.text.match_indices(value).map(|(at, found)| edit(at, at + found.len(), replacement)).collect());
    edits.collect()
}

/// The bytes with every occurrence of `value` replaced.
pub fn replaced(name: &str, bytes: &[u8], value: &str, replacement: &str) -> Vec<u8> {
    let document = read(name, bytes);
    let edits = replace_all(&document, value, replacement);
    assert!(edits.iter().any(|edits| !edits.is_empty()), "the value is in no segment of {name}");
    document.body.write(&edits).unwrap()
}

/// The texts of all segments.
pub fn texts(document: &Document) -> Vec<&str> {
    document.segments.iter().map(|segment| segment.text.as_str()).collect()
}

/// The first label of the segment with this text.
pub fn labels<'a>(document: &'a Document, text: &str) -> Vec<&'a str> {
    let segment = document.segments.iter().find(|segment| segment.text == text).unwrap();
    segment.labels.iter().map(AsRef::as_ref).collect()
}

/// The refusal, where there must be one.
pub fn refusal(name: &str, bytes: &[u8]) -> Refusal {
    open(name, bytes).err().expect("must be refused")
}
