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

mod fhir;
mod members;
mod strings;
mod tokens;

use std::collections::HashMap;
use std::sync::Arc;

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use crate::document::{Body, Document, Part, Record, Records, UnreadPart};
use crate::encoding::{self, Decoded, Splice};
use crate::formats::html::base64;
use crate::formats::{Aids, Format, Source, looks};
use crate::limits::Limits;
use crate::lines::{Lines, line_ends};
use crate::nested::{self, Children};
use crate::refusal::Refusal;
use crate::stream::{Cut, Prologue, Streamable};

use members::Members;
use tokens::{Fault, Text, Token};

/// The reader and writer of JSON: one value, or several in a row.
pub(crate) struct Json;

/// The reader and writer of JSON Lines.
pub(crate) struct JsonLines;

/// Digits from which on a number is a segment.
const DIGITS: usize = 2;

/// Keys that say nothing of their value, so that the key around them counts too.
const SAYS_NOTHING: &[&str] = &["value", "values", "text", "display", "content", "data", "string", "_", "#text", "$", "0"];

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

/// Turns tokens into segments.
struct Reader<'t> {
    text: &'t str,
    source: &'t Source<'t>,
    limits: &'t Limits,
    segments: Vec<Segment>,
    places: Vec<Place>,
    keys: Keys,
    /// The key of each open object or array.
    path: Vec<Option<Arc<str>>>,
    /// The key that waits for its value.
    key: Option<Arc<str>>,
    /// What is known of the open objects of a FHIR resource.
    resource: Option<fhir::Resource>,
    unread: Vec<UnreadPart>,
    children: Children,
    kids: Vec<Kid>,
    /// Bytes that documents inside may still expand to.
    left: u64,
    /// The raw parts of documents inside, where only those are wanted.
    raw: Option<Vec<Part>>,
    records: Records,
    members: Members,
}

/// A document inside a string.
struct Kid {
    part: &'static str,
    /// Its number among the children; nothing when it cannot be read.
    child: Option<usize>,
    place: Text,
    /// Whether it stands in base64.
    encoded: bool,
    removed: bool,
}

/// What a segment is in the text.
#[derive(Clone, Copy)]
enum Place {
    /// The content of a string.
    String(Text),
    /// A number.
    Number(Text),
    /// A key, by the first place where it stands.
    Key(Text),
    /// In a document inside.
    Inside,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, source: &'t Source<'t>, limits: &'t Limits) -> Self {
        Self {
            text,
            source,
            limits,
            segments: Vec::new(),
            places: Vec::new(),
            keys: Keys::default(),
            path: Vec::new(),
            key: None,
            resource: fhir::is(text).then(fhir::Resource::default),
            unread: Vec::new(),
            children: Children::default(),
            kids: Vec::new(),
            left: limits.expanded_bytes,
            raw: None,
            records: Records::default(),
            members: Members::default(),
        }
    }

    fn take(&mut self, token: Token) {
        match token {
            Token::Open { object } => {
                let key = self.key.take();
                self.members.open(object, self.path.last().and_then(Option::as_deref), &mut self.records, self.segments.len());
                self.path.push(key);
                if let Some(resource) = &mut self.resource {
                    resource.open();
                }
            }
            Token::Close => {
                self.path.pop();
                self.members.close(&mut self.records, self.segments.len());
                self.key = None;
                self.close_resource();
            }
            Token::Key(place) => {
                let (label, new) = self.keys.label(raw(self.text, place), place.escaped);
                if new && !label.is_empty() {
                    self.segments.push(Segment::new(&*label));
                    self.places.push(Place::Key(place));
                }
                self.key = Some(label);
            }
            Token::String(place) if place.start < place.end => {
                let raw = raw(self.text, place);
                let text = if place.escaped { strings::decode(raw) } else { raw.to_owned() };
                self.value(text, Place::String(place));
            }
            Token::Number(place) if raw(self.text, place).bytes().filter(u8::is_ascii_digit).count() >= DIGITS => {
                self.value(raw(self.text, place).to_owned(), Place::Number(place));
            }
            Token::String(_) | Token::Number(_) | Token::Literal => self.key = None,
        }
    }

    fn value(&mut self, text: String, place: Place) {
        let key = self.key.take();
        if self.resource.is_some() {
            return self.resource_value(text, place, key.as_deref().unwrap_or_default());
        }
        let mut labels = Vec::with_capacity(1);
        // The nearest key that tells something: what is around it (`patient`) is not what this value is.
        for label in key.iter().chain(self.path.iter().rev().flatten()) {
            labels.push(Arc::clone(label));
            if !SAYS_NOTHING.contains(&&**label) {
                break;
            }
        }
        self.segments.push(Segment { text, labels, structural: false });
        self.places.push(place);
    }

    /// A value of a FHIR resource.
    fn resource_value(&mut self, text: String, place: Place, own: &str) {
        let Some(resource) = &mut self.resource else { return };
        if let Place::String(place) = place {
            if own == "div" && text.trim_start().starts_with("<div") {
                return self.inside("narrative", "div.xhtml", text.as_bytes(), place, false);
            }
            if own == "data" && (base64::kind(&text).is_some() || base64::looks(&text)) {
                return resource.data(place);
            }
        }
        let labels = resource.value(&self.path, own, &text, self.segments.len());
        let structural = fhir::is_vocabulary(&text);
        let labels = if structural { Vec::new() } else { labels.into_iter().map(Arc::from).collect() };
        self.segments.push(Segment { text, labels, structural });
        self.places.push(place);
    }

    /// Ends an object of a FHIR resource.
    fn close_resource(&mut self) {
        let Some(resource) = &mut self.resource else { return };
        let fhir::Context { system, values, media, data } = resource.close();
        if let Some(system) = system {
            for value in values {
                if let Some(segment) = self.segments.get_mut(value) {
                    segment.labels.insert(0, Arc::clone(&system));
                }
            }
        }
        let Some(place) = data else { return };
        let media = media.unwrap_or_default();
        let raw = raw(self.text, place);
        let text = if place.escaped { strings::decode(raw) } else { raw.to_owned() };
        if media.is_empty() && base64::kind(&text).is_none() {
            // No attachment: a value like others.
            self.segments.push(Segment::labelled(text, "data"));
            self.places.push(Place::String(place));
            return;
        }
        if let Some(document) = base64::document(&text, &media) {
            self.inside("attachment", &document.name, &document.bytes, place, true);
        } else {
            self.unread.push(UnreadPart { part: "attachment".to_owned(), reason: "it is no valid base64".to_owned() });
            self.kids.push(Kid { part: "attachment", child: None, place, encoded: true, removed: false });
        }
    }

    /// A document inside a string.
    fn inside(&mut self, part: &'static str, name: &str, bytes: &[u8], place: Text, encoded: bool) {
        if let Some(parts) = &mut self.raw {
            // What is refused now was an unread part when the document was read.
            let _ = nested::raw_parts(self.source, name, bytes, self.limits, parts);
            return;
        }
        let read = nested::read(self.source, name, bytes, self.limits, self.left);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        let child = match read {
            Ok(document) => Some(self.children.adopt(part, document, &mut self.segments, &mut self.unread)),
            Err(refusal) => {
                self.unread.push(UnreadPart { part: part.to_owned(), reason: refusal.to_string() });
                None
            }
        };
        self.places.resize(self.segments.len(), Place::Inside);
        self.kids.push(Kid { part, child, place, encoded, removed: false });
    }
}

/// The distinct keys of a text.
#[derive(Default)]
struct Keys {
    known: HashMap<Arc<str>, usize>,
    /// By number, with the number of the key that came next the last time: records of one kind repeat their keys in order.
    list: Vec<(Arc<str>, usize)>,
    last: usize,
}

impl Keys {
    /// The key as a label, and whether it is new.
    fn label(&mut self, raw: &str, escaped: bool) -> (Arc<str>, bool) {
        let decoded;
        let text = if escaped {
            decoded = strings::decode(raw);
            decoded.as_str()
        } else {
            raw
        };
        let expected = self.list.get(self.last).map_or(0, |&(_, next)| next);
        if let Some((key, _)) = self.list.get(expected)
            && **key == *text
        {
            self.last = expected;
            return (Arc::clone(key), false);
        }
        let known = self.known.get(text).copied();
        let number = known.unwrap_or(self.list.len());
        if let Some((_, next)) = self.list.get_mut(self.last) {
            *next = number;
        }
        self.last = number;
        if let Some((key, _)) = self.list.get(number) {
            return (Arc::clone(key), false);
        }
        let key: Arc<str> = Arc::from(text);
        self.known.insert(Arc::clone(&key), number);
        self.list.push((Arc::clone(&key), 0));
        (key, true)
    }
}

fn raw(text: &str, place: Text) -> &str {
    text.get(place.start as usize..place.end as usize).unwrap_or_default()
}

struct JsonBody {
    decoded: Decoded,
    /// One for each segment.
    places: Vec<Place>,
    shape: Shape,
    depth: usize,
    lines: Lines,
    children: Children,
    kids: Vec<Kid>,
    records: Records,
}

impl Body for JsonBody {
    /// The line, and the byte in it, since a whole file is often one line. No keys: people's names are keys too.
    fn place(&self, segment: usize, span: Span) -> String {
        let (Some(&(Place::String(text) | Place::Number(text) | Place::Key(text))), decoded) =
            (self.places.get(segment), self.decoded.text.as_str())
        else {
            return self.children.place(segment, span).unwrap_or_else(|| "unknown place".to_owned());
        };
        let inside = if text.escaped { strings::Map::new(raw(decoded, text)).at(span.start).unwrap_or(0) } else { span.start };
        let at = text.start as usize + inside;
        self.lines.line_and_byte(decoded, at)
    }

    fn record(&self, segment: usize) -> Option<Record> {
        // Keys are no values.
        let own = !matches!(self.places.get(segment), Some(Place::Key(_)));
        self.children.record(segment).or_else(|| self.records.of(segment).filter(|_| own))
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let text = self.decoded.text.as_str();
        let mut splices = Vec::new();
        let mut keys: HashMap<String, &[Edit]> = HashMap::new();
        for (edits, &place) in edits.iter().zip(&self.places).filter(|(edits, _)| !edits.is_empty()) {
            match place {
                Place::String(place) => string(text, place, edits, &mut splices)?,
                Place::Number(place) => splices.push(number(text, place, edits)?),
                Place::Key(place) => {
                    keys.insert(strings::decode(raw(text, place)), edits);
                }
                Place::Inside => {}
            }
        }
        if !keys.is_empty() {
            self.keys(&keys, &mut splices)?;
        }
        self.kids(edits, &mut splices)?;
        if !keys.is_empty() || !self.kids.is_empty() {
            splices.sort_by_key(|splice| splice.range.start);
        }
        self.decoded.splice(&splices)
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        match on_unread {
            OnUnread::Keep => true,
            OnUnread::Remove => {
                self.kids.iter_mut().filter(|kid| kid.child.is_none()).for_each(|kid| kid.removed = true);
                self.children.settle(on_unread)
            }
            _ => false,
        }
    }

    fn notes(&self) -> Vec<String> {
        let removed = self.kids.iter().filter(|kid| kid.removed);
        let mut notes: Vec<String> = removed.map(|kid| format!("{} is left out: it could not be read", kid.part)).collect();
        notes.extend(self.children.notes());
        notes
    }
}

impl JsonBody {
    /// Writes the documents inside that are edited or left out.
    fn kids(&self, edits: &[Vec<Edit>], splices: &mut Vec<Splice>) -> Result<(), Refusal> {
        for kid in &self.kids {
            let mut text = String::new();
            match kid.child {
                _ if kid.removed => {}
                Some(child) if self.children.is_edited(child, edits) => {
                    let bytes = self.children.write(child, edits)?;
                    if kid.encoded {
                        text = base64::encode(&bytes);
                    } else {
                        let written = std::str::from_utf8(&bytes);
                        let written = written.map_err(|_| Refusal::Internal("a narrative was not written as text".to_owned()))?;
                        strings::encode(written, &mut text);
                    }
                }
                _ => continue,
            }
            splices.push(Splice { range: kid.place.start as usize..kid.place.end as usize, text });
        }
        Ok(())
    }

    /// Edits keys wherever they stand.
    fn keys(&self, edited: &HashMap<String, &[Edit]>, splices: &mut Vec<Splice>) -> Result<(), Refusal> {
        let text = self.decoded.text.as_str();
        let mut result = Ok(());
        let walked = walk(text, self.shape, self.depth, |token| {
            if let (Token::Key(place), Ok(())) = (token, &result)
                && let Some(edits) = edited.get(strings::decode(raw(text, place)).as_str())
            {
                result = string(text, place, edits, splices);
            }
        });
        walked.map_err(|_| Refusal::Internal("a JSON text was read once and not twice".to_owned()))?;
        result
    }
}

fn outside() -> Refusal {
    Refusal::Internal("an edit lies outside its string".to_owned())
}

fn string(text: &str, place: Text, edits: &[Edit], splices: &mut Vec<Splice>) -> Result<(), Refusal> {
    let raw = raw(text, place);
    let mut map = strings::Map::new(raw);
    let start = place.start as usize;
    for edit in edits {
        let (from, to) = if place.escaped {
            (map.at(edit.span.start).ok_or_else(outside)?, map.at(edit.span.end).ok_or_else(outside)?)
        } else {
            (edit.span.start, edit.span.end)
        };
        if to > raw.len() {
            return Err(outside());
        }
        let mut text = String::with_capacity(edit.replacement.len());
        strings::encode(&edit.replacement, &mut text);
        splices.push(Splice { range: start + from..start + to, text });
    }
    Ok(())
}

/// A number with edits is a number no more.
fn number(text: &str, place: Text, edits: &[Edit]) -> Result<Splice, Refusal> {
    let raw = raw(text, place);
    let mut out = String::from("\"");
    let mut done = 0;
    for edit in edits {
        out.push_str(raw.get(done..edit.span.start).filter(|_| edit.span.end <= raw.len()).ok_or_else(outside)?);
        strings::encode(&edit.replacement, &mut out);
        done = edit.span.end;
    }
    out.push_str(raw.get(done..).ok_or_else(outside)?);
    out.push('"');
    Ok(Splice { range: place.start as usize..place.end as usize, text: out })
}
