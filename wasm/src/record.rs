//! What was removed, so that it can be brought back. It holds values; the caller keeps it.

use serde::{Deserialize, Serialize};
use subrosa_core::entity::Entity;
use subrosa_core::restore::{self, Removed};
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;
#[cfg(feature = "documents")]
use subrosa_documents::{Aids, Limits, Source, formats::sniff};

use crate::failure::Failure;

/// The version of the format.
const SCHEMA: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    schema: u32,
    removed: Vec<Entry>,
}

/// A value with its place in the redacted text.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    segment: usize,
    start: usize,
    end: usize,
    entity: String,
    value: String,
    replacement: String,
    before: String,
    after: String,
}

/// As text.
pub fn write(removed: &[Removed]) -> String {
    let entry = |removed: &Removed| Entry {
        segment: removed.segment,
        start: removed.span.start,
        end: removed.span.end,
        entity: removed.entity.id().to_owned(),
        value: removed.value.clone(),
        replacement: removed.replacement.clone(),
        before: removed.before.clone(),
        after: removed.after.clone(),
    };
    let record = Record { schema: SCHEMA, removed: removed.iter().map(entry).collect() };
    serde_json::to_string(&record).unwrap_or_default()
}

fn read(record: &str) -> Result<Vec<Removed>, Failure> {
    let wrong = || Failure::options("the record is not one of this version");
    let record: Record = serde_json::from_str(record).map_err(|_| wrong())?;
    if record.schema != SCHEMA || record.removed.iter().any(|entry| entry.start > entry.end) {
        return Err(wrong());
    }
    let removed = record.removed.into_iter().map(|entry| {
        Ok(Removed {
            segment: entry.segment,
            span: Span::new(entry.start, entry.end),
            entity: Entity::parse(&entry.entity).map_err(|_| wrong())?,
            value: entry.value,
            replacement: entry.replacement,
            before: entry.before,
            after: entry.after,
        })
    });
    removed.collect()
}

/// The values back into a text, and how many were not found.
///
/// # Errors
/// A record that is none.
pub fn restore_text(text: &str, record: &str) -> Result<(String, usize), Failure> {
    let segments = [Segment::new(text)];
    let restoration = restore::from_record(&segments, &read(record)?);
    let edits = restoration.edits.first().map_or(&[][..], Vec::as_slice);
    Ok((crate::session::edited(text, edits), restoration.lost))
}

/// The values back into a document, and how many were not found.
///
/// # Errors
/// A record that is none, a document that cannot be read or written.
#[cfg(feature = "documents")]
pub fn restore_file(bytes: &[u8], name: &str, record: &str, passwords: &[String]) -> Result<(Vec<u8>, usize), Failure> {
    let record = read(record)?;
    let source = Source::new(bytes, name).with(Aids { ocr: None, passwords });
    let document = sniff(&source)?.read(&source, &Limits::default())?;
    let restoration = restore::from_record(&document.segments, &record);
    Ok((document.body.write(&restoration.edits)?, restoration.lost))
}
