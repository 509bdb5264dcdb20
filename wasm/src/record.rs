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

/// An entry as it is written, without a copy of it.
#[derive(Serialize)]
struct Borrowed<'a> {
    segment: usize,
    start: usize,
    end: usize,
    entity: &'a str,
    value: &'a str,
    replacement: &'a str,
    before: &'a str,
    after: &'a str,
}

/// As text. Of a long document it is longer than the document, so it is measured first and takes no more room than it needs.
pub fn write(removed: &[Removed]) -> String {
    let mut length = Length(0);
    write_to(&mut length, removed);
    let mut record = Vec::with_capacity(length.0);
    write_to(&mut record, removed);
    String::from_utf8(record).unwrap_or_default()
}

fn write_to(out: &mut impl std::io::Write, removed: &[Removed]) {
    // Neither memory nor a number refuses to be written to.
    let _ = write!(out, "{{\"schema\":{SCHEMA},\"removed\":[");
    for (index, removed) in removed.iter().enumerate() {
        let entry = Borrowed {
            segment: removed.segment,
            start: removed.span.start,
            end: removed.span.end,
            entity: removed.entity.id(),
            value: &removed.value,
            replacement: &removed.replacement,
            before: &removed.before,
            after: &removed.after,
        };
        let _ = out.write_all(if index > 0 { b"," } else { b"" });
        let _ = serde_json::to_writer(&mut *out, &entry);
    }
    let _ = out.write_all(b"]}");
}

/// Counts the bytes that are written to it.
struct Length(usize);

impl std::io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
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
