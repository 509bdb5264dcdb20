//! JSON, and JSON Lines (a value on each line).
//!
//! Segments are: each string; each number of two or more digits, since an age, a year or an account may be one; each
//! *distinct* key once, so that a term that must go is found in keys too. Strings and numbers are labelled by their key, and
//! where that says nothing (`value`) by the keys around it up to the first that does; the members of an array are under the
//! array's key. `true`, `false` and `null` are no text.
//!
//! Layout, order, number formats, escapes and repeated keys stay byte for byte. An edited number becomes a string; an edited
//! key is edited wherever it stands. Text that is itself JSON inside a string is read as text.
//!
//! Resources of FHIR, told by their `resourceType`, are labelled by their elements' paths, and documents inside them are read
//! as such: see the module `fhir`.
//!
//! Reference: RFC 8259; what is read beyond it is said in the module of the tokens.

mod body;
mod fhir;
mod members;
mod reader;
mod strings;
mod tokens;

use crate::document::{Document, Part};
use crate::encoding::{self, Decoded};
use crate::formats::{Aids, Format, Source, looks};
use crate::limits::Limits;
use crate::lines::{Lines, line_ends};
use crate::refusal::Refusal;
use crate::stream::{Cut, Prologue, Streamable};

use body::JsonBody;
use members::Members;
use reader::Reader;
use tokens::{Fault, Token};

/// The reader and writer of JSON: one value, or several in a row.
pub(crate) struct Json;

/// The reader and writer of JSON Lines.
pub(crate) struct JsonLines;

impl Format for Json {
    fn id(&self) -> &'static str {
        "json"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        let extensions = ["json", "geojson", "topojson", "jsonld", "ipynb", "har", "webmanifest"];
        claims(source, &extensions, |text| tokens::walk(text.as_bytes(), 0, text.len(), DEPTH_TOLD, |_| ()) == Ok(1))
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        document(encoding::decode(source.bytes)?, Shape::Values, 1, limits, source)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        raw_parts(source, Shape::Values, limits)
    }
}

impl Format for JsonLines {
    fn id(&self) -> &'static str {
        "jsonl"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        claims(source, &["jsonl", "ndjson", "jsonlines", "ldjson"], |text| {
            walk_lines(text, DEPTH_TOLD, |_| ()).is_ok_and(|values| values > 0)
        })
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        document(encoding::decode(source.bytes)?, Shape::Lines, 1, limits, source)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        raw_parts(source, Shape::Lines, limits)
    }

    fn stream(&self) -> Option<&dyn Streamable> {
        Some(self)
    }
}

impl Streamable for JsonLines {
    fn prologue(&self, _: &str, _: &str) -> Prologue {
        Prologue::default()
    }

    fn whole_records(&self, _: &Prologue, text: &str) -> Option<Cut> {
        let length = text.rfind('\n')? + 1;
        Some(Cut { length, records: line_ends(text.as_bytes().get(..length)?) })
    }

    fn breakable(&self) -> bool {
        false
    }

    fn read_piece(&self, piece: Decoded, _: &Prologue, first: u64, aids: Aids<'_>, limits: &Limits) -> Result<Document, Refusal> {
        document(piece, Shape::Lines, first, limits, &Source::nameless(b"").with(aids))
    }
}

/// Nesting up to which content without a telling extension is taken for JSON.
const DEPTH_TOLD: usize = 256;

/// By extension; or, for names that tell nothing, when the whole content is objects or arrays and parses. The whole, since
/// a text that only begins like JSON would then be refused where it can be read as text.
fn claims(source: &Source<'_>, extensions: &[&str], parses: impl Fn(&str) -> bool) -> bool {
    let extension = source.extension();
    if looks::unsupported(source).is_some() {
        return false;
    }
    if extensions.contains(&extension.as_str()) {
        return true;
    }
    let untold = matches!(extension.as_str(), "" | "txt" | "log" | "dat" | "data");
    let begins = |text: &str| text.trim_start().starts_with(['{', '[']);
    untold
        && begins(looks::head_text(source.bytes).trim_start_matches('\u{feff}'))
        && encoding::decode(source.bytes).is_ok_and(|decoded| begins(&decoded.text) && parses(&decoded.text))
}

/// How values follow each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Anyhow.
    Values,
    /// One on each line.
    Lines,
}

/// Walks a text of which each line that is not blank is one value.
fn walk_lines(text: &str, depth: usize, mut sink: impl FnMut(Token)) -> Result<usize, Fault> {
    let bytes = text.as_bytes();
    let (mut start, mut values) = (0, 0);
    while start < bytes.len() {
        let rest = bytes.get(start..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).map_or(bytes.len(), |found| start + found + 1);
        match tokens::walk(bytes, start, end, depth, &mut sink)? {
            0 => {}
            1 => values += 1,
            _ => return Err(Fault { at: start, reason: "more than one value" }),
        }
        start = end;
    }
    Ok(values)
}

fn walk(text: &str, shape: Shape, depth: usize, sink: impl FnMut(Token)) -> Result<usize, Fault> {
    match shape {
        Shape::Values => tokens::walk(text.as_bytes(), 0, text.len(), depth, sink),
        Shape::Lines => walk_lines(text, depth, sink),
    }
}

/// The document of a text or of a piece of one, whose first line has the number `first_line`.
///
/// # Errors
/// [`Refusal::Damaged`] naming the line, [`Refusal::Limit`] for its depth.
pub(crate) fn document(
    decoded: Decoded,
    shape: Shape,
    first_line: u64,
    limits: &Limits,
    source: &Source<'_>,
) -> Result<Document, Refusal> {
    let lines = Lines::starting_at(first_line);
    let text = decoded.text.as_str();
    let mut reader = Reader::new(text, source, limits);
    reader.members = Members::new(shape, first_line);
    walk(text, shape, limits.depth, |token| reader.take(token)).map_err(|fault| refusal(fault, text, &lines, limits))?;
    let Reader { segments, places, unread, children, kids, records, .. } = reader;
    let body = JsonBody { places, shape, depth: limits.depth, lines, children, kids, records, decoded };
    Ok(Document { segments, unread, body: Box::new(body) })
}

/// The raw parts of the documents inside; the segments are the rest of the file.
fn raw_parts(source: &Source<'_>, shape: Shape, limits: &Limits) -> Result<Vec<Part>, Refusal> {
    let decoded = encoding::decode(source.bytes)?;
    let text = decoded.text.as_str();
    if !fhir::is(text) {
        return Ok(Vec::new());
    }
    let mut reader = Reader::new(text, source, limits);
    reader.raw = Some(Vec::new());
    walk(text, shape, limits.depth, |token| reader.take(token))
        .map_err(|fault| refusal(fault, text, &Lines::starting_at(1), limits))?;
    Ok(reader.raw.unwrap_or_default())
}

fn refusal(fault: Fault, text: &str, lines: &Lines, limits: &Limits) -> Refusal {
    let place = lines.line(text, fault.at);
    if fault.reason == tokens::TOO_DEEP {
        return Refusal::Limit(format!("{place}: nested deeper than {}", limits.depth));
    }
    Refusal::damaged(place, fault.reason)
}
