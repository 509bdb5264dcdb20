//! vCards (2.1, 3.0, 4.0) and calendars (iCalendar, vCalendar).
//!
//! Segments are the values of properties under their names and what these mean to people (`TEL` is a phone), each component
//! of names and addresses by itself, and parameters that hold text (`CN`). Folded lines are one, escapes are undone,
//! quoted-printable is decoded. Files in base64 (photos, attachments) are read as documents of their own where that is
//! possible, HTML descriptions too. Names of properties and groups are no segments: a name in them refuses the file.
//!
//! A line that is edited is written anew and folded at 75 octets; all others stay as they are. Not read: files that no
//! format here reads, which the policy may leave out with their lines; an `AGENT` inside a vCard is read as text.
//!
//! References: RFC 6350, RFC 2426, the vCard 2.1 specification of versit; RFC 5545, RFC 6868 is not applied.

mod line;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use self::line::{Form, Item, Line, Unescaped};
use super::mail::{base64, charset, quoted_printable};
use crate::document::{Body, Document, Part, Record, Records, UnreadPart};
use crate::encoding::{self, Decoded, Splice};
use crate::formats::{Format, Source, looks};
use crate::limits::Limits;
use crate::lines::Lines;
use crate::nested::{self, Children};
use crate::refusal::Refusal;
use crate::view::Block;

/// The reader and writer of vCards.
pub(crate) struct Vcard;

/// The reader and writer of calendars.
pub(crate) struct Calendar;

fn begins(source: &Source<'_>, what: &str) -> bool {
    let head = looks::head_text(source.bytes.get(..256).unwrap_or(source.bytes));
    let head = head.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    let line = head.lines().next().unwrap_or_default();
    line.trim_end().eq_ignore_ascii_case(what)
}

impl Format for Vcard {
    fn id(&self) -> &'static str {
        "vcf"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        begins(source, "BEGIN:VCARD")
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        document(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        raw_parts(source, limits)
    }
}

impl Format for Calendar {
    fn id(&self) -> &'static str {
        "ics"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        begins(source, "BEGIN:VCALENDAR")
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        document(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        raw_parts(source, limits)
    }
}

/// What a segment is.
#[derive(Clone, Copy)]
enum Slot {
    /// A text: its line and its number there.
    Item(usize, usize),
    /// Text of a file inside.
    Child,
}

/// A file in a line.
struct File {
    line: usize,
    item: usize,
    /// Its number among the children; nothing when it was not read.
    child: Option<usize>,
    removed: bool,
}

struct CardBody {
    decoded: Decoded,
    lines: Vec<Line>,
    slots: Vec<Slot>,
    files: Vec<File>,
    children: Children,
    numbers: Lines,
    records: Records,
}

/// The text of an item.
fn text_of(raw: &str, item: &Item) -> String {
    let source = raw.get(item.place.clone()).unwrap_or_default();
    match &item.form {
        Form::Escaped | Form::Html => Unescaped::read(source).text,
        Form::Parameter | Form::Name => source.to_owned(),
        Form::QuotedPrintable(label) => quoted_printable_text(source, label),
        Form::Base64(_) => String::new(),
    }
}

fn quoted_printable_text(source: &str, label: &str) -> String {
    let bytes = quoted_printable::decode(source.as_bytes());
    charset::decode(&bytes, Some(label))
        .map_or_else(|_| String::from_utf8_lossy(&bytes).into_owned(), |text| text.text().to_owned())
}

/// The file name by which a file of a type is read.
fn file_name(media: &str) -> String {
    let end = media.rsplit(['/', '.', '+']).next().unwrap_or_default();
    let end = if end.is_empty() || !end.bytes().all(|byte| byte.is_ascii_alphanumeric()) { "bin" } else { end };
    format!("part.{end}")
}

fn document(source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
    let decoded = encoding::decode(source.bytes)?;
    let lines = line::lines(&decoded.text);
    let numbers = Lines::starting_at(1);
    let (mut segments, mut slots, mut unread, mut files) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut children = Children::default();
    let mut known: BTreeMap<String, Arc<str>> = BTreeMap::new();
    let mut left = limits.expanded_bytes;
    let (mut records, mut cards) = (Records::default(), 0);
    for (number, line) in lines.iter().enumerate() {
        if line::begins_record(&line.raw) {
            cards += 1;
            records.begin(segments.len(), Some(cards));
        }
        for (index, item) in line::items(&line.raw).into_iter().enumerate() {
            let text = text_of(&line.raw, &item);
            // By its number, which edits do not change; lines may be folded otherwise.
            let place = || format!("property {}", number + 1);
            if let Form::Base64(media) = &item.form {
                let data = line.raw.get(item.place.clone()).unwrap_or_default();
                if data.trim().is_empty() {
                    continue;
                }
                let read = base64::decode(data.as_bytes()).ok_or_else(|| "its base64 is broken".to_owned());
                let read = read.and_then(|bytes| {
                    nested::read(source, &file_name(media), &bytes, limits, left).map_err(|refusal| refusal.to_string())
                });
                let child = adopt(read, &place(), &mut children, &mut segments, &mut unread, &mut left);
                files.push(File { line: number, item: index, child, removed: false });
                slots.resize(segments.len(), Slot::Child);
                continue;
            }
            if text.trim().is_empty() {
                continue;
            }
            if item.form == Form::Html {
                let read =
                    nested::read(source, "part.html", text.as_bytes(), limits, left).map_err(|refusal| refusal.to_string());
                let child = adopt(read, &place(), &mut children, &mut segments, &mut unread, &mut left);
                files.push(File { line: number, item: index, child, removed: false });
                slots.resize(segments.len(), Slot::Child);
                continue;
            }
            let labels = item
                .labels
                .into_iter()
                .map(|label| Arc::clone(known.entry(label).or_insert_with_key(|label| Arc::from(label.as_str()))));
            let structural = item.form == Form::Name;
            segments.push(Segment { text, labels: labels.collect(), structural });
            slots.push(Slot::Item(number, index));
        }
    }
    let body = CardBody { decoded, lines, slots, files, children, numbers, records };
    Ok(Document { segments, unread, body: Box::new(body) })
}

fn adopt(
    read: Result<Document, String>,
    place: &str,
    children: &mut Children,
    segments: &mut Vec<Segment>,
    unread: &mut Vec<UnreadPart>,
    left: &mut u64,
) -> Option<usize> {
    match read {
        Ok(document) => {
            let text: usize = document.segments.iter().map(|segment| segment.text.len()).sum();
            *left = left.saturating_sub(text as u64);
            Some(children.adopt(place, document, segments, unread))
        }
        Err(reason) => {
            unread.push(UnreadPart { part: place.to_owned(), reason });
            None
        }
    }
}

/// The unfolded lines without files, and what the files hold.
fn raw_parts(source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
    let decoded = encoding::decode(source.bytes)?;
    let mut parts = Vec::new();
    let mut text = String::with_capacity(decoded.text.len());
    for line in line::lines(&decoded.text) {
        let items = line::items(&line.raw);
        let file = items.iter().find(|item| matches!(item.form, Form::Base64(_)));
        let end = file.map_or(line.raw.len(), |file| file.place.start);
        let head = line.raw.get(..end).unwrap_or_default();
        text.push_str(head);
        if head.contains('\\') || head.contains('=') {
            text.push('\n');
            text.push_str(&Unescaped::read(&String::from_utf8_lossy(&quoted_printable::decode(head.as_bytes()))).text);
        }
        text.push('\n');
        if let Some(Item { place, form: Form::Base64(media), .. }) = file {
            let data = line.raw.get(place.clone()).unwrap_or_default();
            if let Some(bytes) = base64::decode(data.as_bytes()) {
                nested::raw_parts_or_views(source, "file", &file_name(media), &bytes, limits, &mut parts);
            }
        }
    }
    parts.push(Part { name: "properties".to_owned(), text });
    Ok(parts)
}

/// The text of an item with its edits made, as it is written.
fn edit(raw: &str, item: &Item, edits: &[Edit]) -> Result<String, Refusal> {
    let outside = || Refusal::Internal("an edit lies outside its property".to_owned());
    let source = raw.get(item.place.clone()).unwrap_or_default();
    let mut out = String::with_capacity(source.len());
    let mut done = 0;
    match &item.form {
        Form::Escaped => {
            let read = Unescaped::read(source);
            for edit in edits {
                out.push_str(source.get(done..read.place(edit.span.start)).ok_or_else(outside)?);
                out.push_str(&line::escape(&edit.replacement));
                done = read.place(edit.span.end);
            }
            out.push_str(source.get(done..).ok_or_else(outside)?);
        }
        // Letters, digits and hyphens alone make a name.
        Form::Name => {
            for edit in edits {
                out.push_str(source.get(done..edit.span.start).ok_or_else(outside)?);
                out.extend(
                    edit.replacement
                        .chars()
                        .map(|char| if char == '_' { '-' } else { char })
                        .filter(|char| char.is_ascii_alphanumeric() || *char == '-'),
                );
                done = edit.span.end;
            }
            out.push_str(source.get(done..).ok_or_else(outside)?);
            if out.is_empty() {
                out.push('X');
            }
        }
        Form::Parameter => {
            let quoted = raw.get(..item.place.start).is_some_and(|head| head.ends_with('"'));
            for edit in edits {
                out.push_str(source.get(done..edit.span.start).ok_or_else(outside)?);
                out.push_str(&edit.replacement.replace('"', "'").replace(['\r', '\n'], " "));
                done = edit.span.end;
            }
            out.push_str(source.get(done..).ok_or_else(outside)?);
            if !quoted && out.contains([':', ';', ',']) {
                out = format!("\"{out}\"");
            }
        }
        Form::QuotedPrintable(label) => {
            let text = quoted_printable_text(source, label);
            let mut new = String::new();
            for edit in edits {
                new.push_str(text.get(done..edit.span.start).ok_or_else(outside)?);
                new.push_str(&edit.replacement.replace(';', ","));
                done = edit.span.end;
            }
            new.push_str(text.get(done..).ok_or_else(outside)?);
            let encoding = charset::named(label).unwrap_or(encoding_rs::UTF_8);
            let (bytes, _, unmappable) = encoding.encode(&new);
            if unmappable {
                return Err(Refusal::uninspectable("property", "a replacement has a character that its charset cannot write"));
            }
            for &byte in bytes.as_ref() {
                if matches!(byte, b' '..=b'<' | b'>'..=b'~') {
                    out.push(char::from(byte));
                } else {
                    let _ = write!(out, "={byte:02X}");
                }
            }
        }
        Form::Base64(_) | Form::Html => out.push_str(source),
    }
    Ok(out)
}

impl CardBody {
    /// What comes in the place of a file, when that is anything else.
    fn file(&self, file: &File, item: &Item, edits: &[Vec<Edit>]) -> Result<Option<String>, Refusal> {
        let (Some(child), Some(line)) = (file.child, self.lines.get(file.line)) else { return Ok(None) };
        if !self.children.is_edited(child, edits) && !self.children.is_changed(child) {
            return Ok(None);
        }
        let bytes = self.children.write(child, edits)?;
        let source = line.raw.get(item.place.clone()).unwrap_or_default();
        if item.form == Form::Html {
            let text = String::from_utf8(bytes).map_err(|_| Refusal::Internal("HTML was not written as text".to_owned()))?;
            return Ok((text != Unescaped::read(source).text).then(|| line::escape(&text)));
        }
        let same = base64::decode(source.as_bytes()).as_ref() == Some(&bytes);
        Ok((!same).then(|| String::from_utf8_lossy(&base64::encode(&bytes)).into_owned()))
    }
}

impl Body for CardBody {
    fn place(&self, segment: usize, span: Span) -> String {
        if let Some(place) = self.children.place(segment, span) {
            return place;
        }
        match self.slots.get(segment) {
            Some(Slot::Item(line, _)) => {
                self.numbers.line(&self.decoded.text, self.lines.get(*line).map_or(0, |line| line.place.start))
            }
            _ => "unknown place".to_owned(),
        }
    }

    fn record(&self, segment: usize) -> Option<Record> {
        self.records.of(segment)
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        self.children.among(segments, &mut |number, views| views.plain(number, self.records.of(number)))
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        if matches!(on_unread, OnUnread::Fail | OnUnread::Keep) {
            return on_unread == OnUnread::Keep;
        }
        for file in &mut self.files {
            file.removed = !file.child.is_some_and(|child| self.children.settle_one(child, on_unread));
        }
        on_unread == OnUnread::Remove || self.files.iter().all(|file| !file.removed)
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let missing = || Refusal::Internal("a line of the file is missing".to_owned());
        // New texts by line and number.
        let mut texts: BTreeMap<usize, BTreeMap<usize, String>> = BTreeMap::new();
        // The line that was taken apart last: a line has any number of items, and those of one line follow each other.
        let mut apart: Option<(usize, Vec<Item>)> = None;
        for (slot, edits) in self.slots.iter().zip(edits).filter(|(_, edits)| !edits.is_empty()) {
            let Slot::Item(number, index) = *slot else { continue };
            let line = self.lines.get(number).ok_or_else(missing)?;
            if apart.as_ref().is_none_or(|(of, _)| *of != number) {
                apart = Some((number, line::items(&line.raw)));
            }
            let item = apart.as_ref().and_then(|(_, items)| items.get(index)).ok_or_else(missing)?;
            texts.entry(number).or_default().insert(index, edit(&line.raw, item, edits)?);
        }
        let mut splices = Vec::new();
        let mut removed = Vec::new();
        for file in &self.files {
            let line = self.lines.get(file.line).ok_or_else(missing)?;
            if file.removed {
                let rest = self.decoded.text.get(line.place.end..).unwrap_or_default();
                let end = line.place.end + rest.find('\n').map_or(rest.len(), |end| end + 1);
                splices.push(Splice { range: line.place.start..end, text: String::new() });
                removed.push(file.line);
                continue;
            }
            let items = line::items(&line.raw);
            let item = items.get(file.item).ok_or_else(missing)?;
            if let Some(text) = self.file(file, item, edits)? {
                texts.entry(file.line).or_default().insert(file.item, text);
            }
        }
        let eol = if self.decoded.text.contains("\r\n") { "\r\n" } else { "\n" };
        for (number, new) in texts.into_iter().filter(|(number, _)| !removed.contains(number)) {
            let line = self.lines.get(number).ok_or_else(missing)?;
            let items = line::items(&line.raw);
            let mut raw = String::with_capacity(line.raw.len());
            let mut done = 0;
            for (index, text) in new {
                let place = items.get(index).ok_or_else(missing)?.place.clone();
                raw.push_str(line.raw.get(done..place.start).ok_or_else(missing)?);
                raw.push_str(&text);
                done = place.end;
            }
            raw.push_str(line.raw.get(done..).ok_or_else(missing)?);
            splices.push(Splice { range: line.place.clone(), text: line::fold(&raw, eol) });
        }
        splices.sort_by_key(|splice| splice.range.start);
        self.decoded.splice(&splices)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for file in &self.files {
            let property = format!("property {}", file.line + 1);
            if file.removed {
                notes.push(format!("{property}: a file in it could not be read and is left out"));
            } else if file.child.is_none() {
                notes.push(format!("{property}: a file in it could not be read and is as it was"));
            }
        }
        notes.extend(self.children.notes());
        notes
    }
}
