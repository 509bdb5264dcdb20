//! From a message's properties to segments and documents inside.

use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use subrosa_core::segment::Segment;

use super::body::{MessageBody, Place};
use super::codec::{Codec, code_page, of_language};
use super::named::Names;
use super::object::{Fate, Kind, NAMES, Object, Value, Wrap, id, kind};
use super::{date, names, rtf};
use crate::compound;
use crate::document::{Document, UnreadPart};
use crate::formats::Source;
use crate::limits::Limits;
use crate::nested::{self, Children};
use crate::refusal::Refusal;

/// The mark that makes every reader take the text behind it for UTF-8.
pub(super) const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What Outlook puts before the headers; no header itself.
pub(super) const PREAMBLE: &str = "Microsoft Mail Internet Headers Version 2.0\r\n";

/// Classes of messages whose content is signed or encrypted as a whole.
const SECURED: &[&str] = &["ipm.note.smime", "ipm.note.secure", "ipm.infopathform.smime"];

/// The beginning of object identifiers of Microsoft: 1.2.840.113556.
const MICROSOFT: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x14];

/// Reads a message file.
pub(super) fn read(source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
    let mut root = compound::read(source.bytes, limits)?;
    let names = root.storages.iter().position(|storage| storage.name == NAMES).map(|at| root.storages.swap_remove(at));
    let mut strange = 0;
    let mut message = Object::parse(root, Kind::Message, &mut strange)?;
    let mut reader = Reader {
        source,
        limits,
        names: names.map(Names::parse).unwrap_or_default(),
        segments: Vec::new(),
        places: Vec::new(),
        unread: Vec::new(),
        children: Children::default(),
        notes: Vec::new(),
        dropped: 0,
    };
    reader.message(&mut message, "")?;
    reader.names();
    if reader.dropped > 0 {
        reader.note("entry ids, search keys and other binary properties are left out");
    }
    if strange > 0 {
        reader.note("parts of the file that are no part of the message are left out");
    }
    let Reader { names, segments, places, unread, children, notes, .. } = reader;
    Ok(Document { segments, unread, body: Box::new(MessageBody { message, names, places, children, notes }) })
}

struct Reader<'a> {
    source: &'a Source<'a>,
    limits: &'a Limits,
    names: Names,
    segments: Vec<Segment>,
    places: Vec<Place>,
    unread: Vec<UnreadPart>,
    children: Children,
    notes: Vec<String>,
    /// Binary values that are left out.
    dropped: usize,
}

impl Reader<'_> {
    fn note(&mut self, note: &str) {
        self.notes.push(note.to_owned());
    }

    fn add(&mut self, segment: Segment, place: String) -> usize {
        let lines = memchr::memchr_iter(b'\n', segment.text.as_bytes()).collect();
        self.places.push(Place { segment: self.segments.len(), name: place, lines });
        self.segments.push(segment);
        self.segments.len() - 1
    }

    fn message(&mut self, message: &mut Object, prefix: &str) -> Result<(), Refusal> {
        let narrow = narrow(message);
        let secured = message.text(id::CLASS, narrow).is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            SECURED.iter().any(|secured| class.starts_with(secured))
        });
        self.bodies(message, narrow, prefix);
        self.properties(message, narrow, prefix);
        let (mut recipients, mut attachments) = (0, 0);
        for object in &mut message.objects {
            if object.kind == Kind::Recipient {
                recipients += 1;
                self.properties(object, narrow, &format!("{prefix}recipient {recipients}, "));
            } else {
                attachments += 1;
                self.attachment(object, narrow, &format!("{prefix}attachment {attachments}"), secured)?;
            }
        }
        Ok(())
    }

    /// The bodies that are documents of their own, and the headers. One that cannot be read is left out where another body
    /// says the same.
    fn bodies(&mut self, message: &mut Object, narrow: Codec, prefix: &str) {
        let html = html_encoding(message);
        let plain = message.text(id::BODY, narrow).is_some_and(|text| !text.trim().is_empty());
        let mut readable = usize::from(plain);
        let mut failed = Vec::new();
        for at in 0..message.values.len() {
            let Some(value) = message.values.get(at).filter(|value| value.index.is_none()) else { continue };
            let codec = if value.kind == kind::WIDE { Codec::Wide } else { narrow };
            let (name, file, content) = match (value.id, value.kind) {
                (id::RTF, kind::BINARY) if !value.data.is_empty() => {
                    ("RTF body", "body.rtf", rtf::expand(&value.data).map(|rtf| (Wrap::Rtf, rtf)))
                }
                (id::HTML, kind::BINARY) if !value.data.is_empty() => {
                    ("HTML body", "body.html", Ok(html_content(&value.data, html)))
                }
                (id::HTML, kind::NARROW | kind::WIDE) => {
                    let text = [MARK, codec.decode(&value.data).as_bytes()].concat();
                    ("HTML body", "body.html", Ok((Wrap::Text(codec), text)))
                }
                (id::HEADERS, kind::NARROW | kind::WIDE) => {
                    let text = codec.decode(&value.data);
                    let headers = text.strip_prefix(PREAMBLE).unwrap_or(&text).as_bytes().to_vec();
                    ("headers", "headers.eml", Ok((Wrap::Headers(codec), headers)))
                }
                _ => continue,
            };
            let is_body = value.id != id::HEADERS;
            let place = format!("{prefix}{name}");
            let document = content.and_then(|(wrap, bytes)| {
                let document = nested::read(self.source, file, &bytes, self.limits, self.limits.expanded_bytes)?;
                // A body that could be read in part only is no more than one that could not.
                match document.unread.first() {
                    Some(unread) => Err(Refusal::uninspectable(&unread.part, &unread.reason)),
                    None => Ok((wrap, document)),
                }
            });
            let fate = match document {
                Ok((wrap, document)) => {
                    readable += usize::from(is_body);
                    let child = self.children.adopt(&place, document, &mut self.segments, &mut self.unread);
                    Fate::Child { child, wrap }
                }
                Err(refusal) if is_body => {
                    failed.push((at, place, refusal));
                    Fate::Unread
                }
                Err(refusal) => {
                    self.notes.push(format!("{place} left out: {refusal}"));
                    Fate::Drop
                }
            };
            message.values[at].fate = fate;
        }
        for (at, part, refusal) in failed {
            if readable > 0 {
                message.values[at].fate = Fate::Drop;
                self.notes.push(format!("{part} left out, as the message has another body: {refusal}"));
            } else {
                self.unread.push(UnreadPart { part, reason: refusal.to_string() });
            }
        }
    }

    fn attachment(&mut self, attachment: &mut Object, narrow: Codec, place: &str, secured: bool) -> Result<(), Refusal> {
        let name = file_name(attachment, narrow, place);
        self.properties(attachment, narrow, &format!("{place}, "));
        if let Some(inner) = attachment.objects.first_mut() {
            return self.message(inner, &format!("{place}, "));
        }
        let unread = |reason: &str| UnreadPart { part: place.to_owned(), reason: reason.to_owned() };
        if attachment.foreign.is_some() {
            attachment.unread = true;
            self.unread.push(unread("an embedded object of a program"));
            return Ok(());
        }
        let data = attachment.values.iter_mut().find(|value| is_data(value));
        let Some(data) = data.filter(|value| !value.data.is_empty()) else { return Ok(()) };
        if secured {
            attachment.unread = true;
            self.unread.push(unread("the message is signed or encrypted (S/MIME)"));
            return Ok(());
        }
        match nested::read(self.source, &name, &data.data, self.limits, self.limits.expanded_bytes) {
            Ok(document) => {
                attachment.unread = !document.unread.is_empty();
                let child = self.children.adopt(place, document, &mut self.segments, &mut self.unread);
                data.fate = Fate::Child { child, wrap: Wrap::Plain };
            }
            Err(refusal) => {
                attachment.unread = true;
                self.unread.push(unread(&refusal.to_string()));
            }
        }
        Ok(())
    }

    /// The properties of any object: text and dates are segments, numbers stay, binary values go.
    fn properties(&mut self, object: &mut Object, narrow: Codec, prefix: &str) {
        for at in 0..object.values.len() {
            let Some(value) = object.values.get(at).filter(|value| matches!(value.fate, Fate::Keep)) else { continue };
            let fate = self.value(value, object.kind, narrow, prefix);
            self.dropped += usize::from(matches!(fate, Fate::Drop) && !value.data.is_empty());
            object.values[at].fate = fate;
        }
        for at in 0..object.entries.len() {
            let Some(entry) = object.entries.get(at) else { continue };
            let text = match entry.kind {
                kind::TIME => date::text(entry.long()),
                _ if !self.names.is_made_up(entry.id) => None,
                kind::INTEGER => Some((entry.word() as i32).to_string()),
                kind::LONG => Some((entry.long() as i64).to_string()),
                kind::FLOAT => Some(f32::from_bits(entry.word()).to_string()),
                kind::DOUBLE => Some(f64::from_bits(entry.long()).to_string()),
                kind::CURRENCY => Some((entry.long() as i64 / 10_000).to_string()),
                _ => None,
            };
            // One digit says nothing.
            let Some(text) = text.filter(|text| text.bytes().filter(u8::is_ascii_digit).count() >= 2) else { continue };
            let id = entry.id;
            let segment = self.segment(text, id, prefix);
            object.entries[at].segment = Some(segment);
        }
    }

    fn value(&mut self, value: &Value, object: Kind, narrow: Codec, prefix: &str) -> Fate {
        if value.is_text() {
            let codec = if value.kind & !kind::SEVERAL == kind::WIDE { Codec::Wide } else { narrow };
            let text = codec.decode(&value.data);
            if text.is_empty() || names::structural(value.id) && names::is_syntax(&text) {
                return Fate::Keep;
            }
            return Fate::Text { segment: self.segment(text, value.id, prefix), codec };
        }
        let lengths = matches!(value.kind & !kind::SEVERAL, kind::NARROW | kind::WIDE);
        // How an attachment is encoded is an object identifier of Microsoft's.
        let encoding = value.id == id::DATA_ENCODING && value.data.len() <= 16 && value.data.starts_with(MICROSOFT);
        let needed = object == Kind::Attachment && (is_data(value) || encoding);
        if lengths || needed || value.kind == kind::GUID { Fate::Keep } else { Fate::Drop }
    }

    fn segment(&mut self, text: String, id: u16, prefix: &str) -> usize {
        let label = self.names.label(id);
        // Names of named properties are somebody's words and have no place in a report.
        let known = names::tag(id).unwrap_or(if label.is_some() { "named property" } else { "property" });
        let place =
            if id < 0x8000 && known == "property" { format!("{prefix}property {id:04X}") } else { format!("{prefix}{known}") };
        let labels: Vec<Arc<str>> = label.filter(|_| id != id::BODY).map(|label| Arc::from(&*label)).into_iter().collect();
        self.add(Segment { text, labels, structural: names::structural(id) }, place)
    }

    /// The names of named properties: words of programs, mostly.
    fn names(&mut self) {
        let mut names = std::mem::take(&mut self.names);
        names.segments(|text| {
            let segment = Segment::structural(text);
            self.add(segment, "name of a property".to_owned())
        });
        self.names = names;
    }
}

/// Whether a value is what is attached.
pub(super) fn is_data(value: &Value) -> bool {
    value.id == id::DATA && value.kind == kind::BINARY && value.index.is_none()
}

/// The encoding of text that is not UTF-16.
fn narrow(message: &Object) -> Codec {
    let number = |id| message.entry(id, kind::INTEGER).map(super::object::Entry::word);
    let told = number(id::CODE_PAGE)
        .and_then(code_page)
        .or_else(|| number(id::LOCALE).and_then(of_language))
        .or_else(|| number(id::INTERNET_CODE_PAGE).and_then(code_page));
    let mut texts = message.values.iter().filter(|value| value.kind == kind::NARROW);
    let untold = || if texts.all(|value| std::str::from_utf8(&value.data).is_ok()) { UTF_8 } else { WINDOWS_1252 };
    Codec::Narrow(told.unwrap_or_else(untold))
}

/// The encoding of an HTML body that is kept as bytes.
fn html_encoding(message: &Object) -> &'static Encoding {
    let number = message.entry(id::INTERNET_CODE_PAGE, kind::INTEGER).map(super::object::Entry::word);
    number.and_then(code_page).unwrap_or(WINDOWS_1252)
}

/// An HTML body as its reader should see it: where it does not say its encoding itself, the message does.
fn html_content(data: &[u8], told: &'static Encoding) -> (Wrap, Vec<u8>) {
    let head = data.get(..2048).unwrap_or(data).to_ascii_lowercase();
    if data.is_ascii() || data.starts_with(MARK) || data.starts_with(b"\xFF\xFE") {
        return (Wrap::Plain, data.to_vec());
    }
    let codec = if std::str::from_utf8(data).is_ok() {
        Codec::Narrow(UTF_8)
    } else if memchr::memmem::find(&head, b"charset=").is_some() {
        return (Wrap::Plain, data.to_vec());
    } else {
        Codec::Narrow(told)
    };
    (Wrap::Text(codec), [MARK, codec.decode(data).as_bytes()].concat())
}

/// A name with the extension of the attached file, which alone says something of its kind.
fn file_name(attachment: &Object, narrow: Codec, place: &str) -> String {
    let named = |id| attachment.text(id, narrow);
    let extension = [id::LONG_FILE_NAME, id::FILE_NAME, id::EXTENSION].into_iter().filter_map(named).find_map(|name| {
        let (_, extension) = name.rsplit_once('.')?;
        let plain = (1..=8).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
        plain.then(|| extension.to_ascii_lowercase())
    });
    extension.map_or_else(|| place.to_owned(), |extension| format!("{place}.{extension}"))
}
