//! From the parts of a message to segments and documents inside it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use encoding_rs::Encoding;
use subrosa_core::segment::Segment;

use super::body::{FilePart, Leaf, LeafKind, MailBody, Message, Slot};
use super::charset;
use super::names::{self, Kind};
use super::parse::{Content, Entity, Parser};
use super::story::{Flow, Story};
use super::uuencode;
use super::value::{Reading, Value};
use crate::document::{Document, UnreadPart};
use crate::formats::Source;
use crate::limits::Limits;
use crate::nested::{self, Children};
use crate::refusal::Refusal;

/// Turns messages into a document.
pub(super) struct Reader<'s> {
    source: Source<'s>,
    limits: Limits,
    /// Messages have numbers, from this one on.
    numbered: Option<u64>,
    /// Bytes that documents inside may still expand to.
    left: u64,
    segments: Vec<Segment>,
    slots: Vec<Slot>,
    unread: Vec<UnreadPart>,
    children: Children,
    leaves: Vec<Leaf>,
    messages: Vec<Message>,
    labels: HashMap<String, Arc<str>>,
    known: HashSet<String>,
}

/// The document of the messages that stand in `ranges`.
///
/// # Errors
/// [`Refusal::Limit`] for depth, parts or size.
pub(super) fn document(
    source: &Source<'_>,
    ranges: Vec<Range<usize>>,
    numbered: Option<u64>,
    limits: &Limits,
) -> Result<Document, Refusal> {
    if u32::try_from(source.bytes.len()).is_err() {
        return Err(Refusal::Limit("a mail file of 4 GiB or more in one piece".to_owned()));
    }
    let mut reader = Reader {
        source: *source,
        limits: *limits,
        numbered,
        left: limits.expanded_bytes,
        segments: Vec::new(),
        slots: Vec::new(),
        unread: Vec::new(),
        children: Children::default(),
        leaves: Vec::new(),
        messages: Vec::new(),
        labels: HashMap::new(),
        known: HashSet::new(),
    };
    let mut parser = Parser::new(source.bytes, limits);
    for range in ranges {
        let first = parser.entities.len();
        let root = parser.message(range)?;
        let fallback = fallback(source.bytes, parser.entities.get(first..).unwrap_or_default());
        reader.messages.push(Message { first, fallback });
        reader.entity(&parser.entities, root, false)?;
    }
    let Reader { segments, slots, unread, children, leaves, messages, .. } = reader;
    let bytes = source.bytes.to_vec();
    let body = MailBody { bytes, entities: parser.entities, messages, numbered, slots, leaves, children };
    Ok(Document { segments, unread, body: Box::new(body) })
}

/// What bytes above ASCII in headers are in: the charset of the first part that names one.
fn fallback(bytes: &[u8], entities: &[Entity]) -> Option<&'static Encoding> {
    entities.iter().find_map(|entity| charset::named(&charset_of(bytes, entity)?))
}

/// The charset that a part names.
pub(super) fn charset_of(bytes: &[u8], entity: &Entity) -> Option<String> {
    entity.parameters(bytes, "Content-Type")?.text(bytes, "charset")
}

/// How the lines of a part follow each other.
pub(super) fn flow_of(bytes: &[u8], entity: &Entity) -> Flow {
    let Some(parameters) = entity.parameters(bytes, "Content-Type") else { return Flow::default() };
    let is = |name, value: &str| parameters.text(bytes, name).is_some_and(|text| text.trim().eq_ignore_ascii_case(value));
    Flow { flowed: entity.media == "text/plain" && is("format", "flowed"), delsp: is("delsp", "yes") }
}

/// The file name that a part has.
pub(super) fn file_of(bytes: &[u8], entity: &Entity) -> Option<String> {
    let named = |field, name| entity.parameters(bytes, field).and_then(|parameters| parameters.text(bytes, name));
    let file = named("Content-Disposition", "filename").or_else(|| named("Content-Type", "name"));
    file.filter(|file| !file.trim().is_empty())
}

impl Reader<'_> {
    /// Reads an entity and all in it. `signed`: it is in `multipart/signed`, whose signatures are left out.
    fn entity(&mut self, entities: &[Entity], number: usize, signed: bool) -> Result<(), Refusal> {
        let Some(entity) = entities.get(number) else { return Ok(()) };
        let bytes = self.source.bytes;
        if let Some(envelope) = &entity.envelope {
            // Without the `From ` that makes it one.
            let words = envelope_words(bytes, envelope.clone());
            let text = String::from_utf8_lossy(bytes.get(words).unwrap_or_default()).into_owned();
            let label = self.label("From");
            self.text(Segment::labelled(text, label), Slot::Envelope(number));
        }
        for index in 0..entity.fields.len() {
            self.field(entity, number, index);
        }
        match &entity.content {
            Content::Multipart { boundary, parts, preamble, epilogue, .. } => {
                self.text(Segment::structural(boundary.as_str()), Slot::Boundary(number));
                self.between(entity, preamble, Slot::Preamble(number));
                let signed = entity.media == "multipart/signed";
                for part in parts {
                    self.entity(entities, *part, signed)?;
                }
                self.between(entity, epilogue, Slot::Epilogue(number));
            }
            Content::Message(inner) => self.entity(entities, *inner, false)?,
            Content::Leaf => self.leaf(entity, number, signed)?,
        }
        Ok(())
    }

    fn text(&mut self, segment: Segment, slot: Slot) {
        if !segment.text.trim().is_empty() {
            self.segments.push(segment);
            self.slots.push(slot);
        }
    }

    /// Text before the first and behind the last part, for which there is no charset.
    fn between(&mut self, entity: &Entity, range: &Range<usize>, slot: Slot) {
        let raw = self.source.bytes.get(range.clone()).unwrap_or_default();
        match charset::decode(raw, None) {
            Ok(text) => self.text(Segment::new(text.text()), slot),
            Err(reason) => {
                let part = format!("{}, text around its parts", self.part(entity));
                self.unread.push(UnreadPart { part, reason });
            }
        }
    }

    fn label(&mut self, name: &str) -> Arc<str> {
        if let Some(label) = self.labels.get(name) {
            return Arc::clone(label);
        }
        let label: Arc<str> = Arc::from(name);
        self.labels.insert(name.to_owned(), Arc::clone(&label));
        label
    }

    fn field(&mut self, entity: &Entity, number: usize, index: usize) {
        let bytes = self.source.bytes;
        let Some(field) = entity.fields.get(index) else { return };
        let name = field.name(bytes);
        if !names::is_known(name) && !self.known.contains(name) {
            self.known.insert(name.to_owned());
            self.text(Segment::structural(name), Slot::Name(number, index));
        }
        let label = self.label(name);
        let lower = name.to_ascii_lowercase();
        if matches!(lower.as_str(), "content-type" | "content-disposition") {
            let parameters = entity.fields.get(index).map(|field| super::params::read(bytes, field.value_range()));
            let Some(parameters) = parameters else { return };
            let main = String::from_utf8_lossy(bytes.get(parameters.main.clone()).unwrap_or_default()).into_owned();
            if !names::is_syntax(&main) {
                self.text(Segment::structural(main), Slot::Main(number, index));
            }
            for (which, name) in parameters.names().into_iter().enumerate() {
                if names::TECHNICAL.contains(&name) {
                    // The boundary is read with the parts it stands between.
                    let known = name == "boundary" && matches!(entity.content, Content::Multipart { .. });
                    let plain = |text: &String| names::is_syntax(text) || text.len() < 4;
                    for (nth, text) in parameters.texts(bytes, name).into_iter().enumerate() {
                        if !known && !plain(&text) && !(name == "charset" && charset::named(&text).is_some()) {
                            self.text(Segment::structural(text), Slot::Parameter(number, index, which as u16, nth as u16));
                        }
                    }
                    continue;
                }
                for (nth, text) in parameters.texts(bytes, name).into_iter().enumerate() {
                    let label = self.label(name);
                    self.text(Segment::labelled(text, label), Slot::Parameter(number, index, which as u16, nth as u16));
                }
            }
            return;
        }
        let fallback = self.messages.last().and_then(|message| message.fallback);
        let value = Value::read(bytes, field.value_range(), Reading::of(name, fallback));
        let structural = matches!(lower.as_str(), "content-transfer-encoding" | "mime-version");
        if structural && names::is_syntax(&value.text) {
            return;
        }
        let structural = structural || names::is_signature(name);
        self.text(Segment { text: value.text, labels: vec![label], structural }, Slot::Value(number, index));
    }

    fn leaf(&mut self, entity: &Entity, number: usize, signed: bool) -> Result<(), Refusal> {
        let raw = self.source.bytes.get(entity.body.clone()).unwrap_or_default();
        if raw.trim_ascii().is_empty() {
            return Ok(());
        }
        let file = file_of(self.source.bytes, entity);
        let kind = match names::kind(&entity.media, file.as_deref()) {
            Kind::Signature if !signed => Kind::Story,
            kind => kind,
        };
        let place = self.part(entity);
        let read = match kind {
            Kind::Signature => Ok(LeafKind::Signature),
            Kind::Unread(reason) => Err(reason.to_owned()),
            Kind::Story => self.story(entity, raw, &place),
            Kind::Document(name) => self.inner(entity, raw, &place, &name),
        };
        let kind = read.unwrap_or_else(|reason| {
            self.unread.push(UnreadPart { part: place, reason });
            LeafKind::Unread
        });
        self.leaves.push(Leaf { entity: number, kind, removed: false });
        Ok(())
    }

    /// How a part is called.
    fn part(&self, entity: &Entity) -> String {
        let message = self.numbered.map(|first| format!("message {}", first + self.messages.len() as u64 - 1));
        match (message, entity.path.as_str()) {
            (None, "") => "body".to_owned(),
            (None, path) => path.to_owned(),
            (Some(message), "") => message,
            (Some(message), path) => format!("{message}, {path}"),
        }
    }

    fn story(&mut self, entity: &Entity, raw: &[u8], place: &str) -> Result<LeafKind, String> {
        let decoded = entity.transfer.decode(raw)?;
        let label = charset_of(self.source.bytes, entity);
        let text = charset::decode(&decoded, label.as_deref())?;
        let story = Story::read(text.text(), flow_of(self.source.bytes, entity));
        let leaf = self.leaves.len();
        let unread = !story.unread.is_empty();
        for (_, what) in &story.unread {
            self.unread.push(UnreadPart { part: place.to_owned(), reason: (*what).to_owned() });
        }
        let mut files = Vec::new();
        for (index, block) in story.files.iter().enumerate() {
            let file_place = format!("{place}, file {}", index + 1);
            files.push(self.file(text.text(), block, &file_place));
        }
        self.text(Segment::new(story.text), Slot::Story(leaf));
        Ok(LeafKind::Story { files, unread, lines: OnceLock::new() })
    }

    /// A uuencoded file in a text.
    fn file(&mut self, text: &str, block: &uuencode::Block, place: &str) -> FilePart {
        let Some(bytes) = uuencode::decode(text.as_bytes(), block) else { return FilePart::default() };
        let name = text.get(block.name.clone()).unwrap_or_default();
        let name = match names::kind("application/octet-stream", Some(name)) {
            Kind::Document(name) => name,
            _ => "part.bin".to_owned(),
        };
        match self.adopt(&bytes, place, &name) {
            Ok(child) => FilePart { child: Some(child), removed: false },
            Err(reason) => {
                self.unread.push(UnreadPart { part: place.to_owned(), reason });
                FilePart::default()
            }
        }
    }

    fn inner(&mut self, entity: &Entity, raw: &[u8], place: &str, name: &str) -> Result<LeafKind, String> {
        let decoded = entity.transfer.decode(raw)?;
        if decoded.is_empty() {
            return Err("it is empty".to_owned());
        }
        let label = charset_of(self.source.bytes, entity).filter(|_| entity.media.starts_with("text/"));
        let told = label.and_then(|label| charset::told(&decoded, &label));
        let child = match &told {
            Some((_, text)) => self.adopt(text, place, name)?,
            None => self.adopt(&decoded, place, name)?,
        };
        Ok(LeafKind::Document(child, told.map(|(encoding, _)| encoding)))
    }

    fn adopt(&mut self, bytes: &[u8], place: &str, name: &str) -> Result<usize, String> {
        let document = nested::read(&self.source, name, bytes, &self.limits, self.left).map_err(|refusal| refusal.to_string())?;
        let text: usize = document.segments.iter().map(|segment| segment.text.len()).sum();
        self.left = self.left.saturating_sub(text as u64);
        let child = self.children.adopt(place, document, &mut self.segments, &mut self.unread);
        self.slots.resize(self.segments.len(), Slot::Child);
        Ok(child)
    }
}

/// The words of an envelope line, behind `From `.
pub(super) fn envelope_words(bytes: &[u8], line: Range<usize>) -> Range<usize> {
    let content = bytes.get(line.clone()).unwrap_or_default();
    let lead = if content.starts_with(b">From ") { 6 } else { 5 };
    (line.start + lead).min(line.end)..line.end
}
