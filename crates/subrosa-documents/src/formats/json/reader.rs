//! From tokens to segments.

use std::collections::HashMap;
use std::sync::Arc;

use subrosa_core::segment::Segment;

use super::members::Members;
use super::tokens::{Text, Token};
use super::{fhir, strings};
use crate::document::{Part, Records, UnreadPart};
use crate::formats::Source;
use crate::formats::html::base64;
use crate::limits::Limits;
use crate::nested::{self, Children};

/// Digits from which on a number is a segment.
const DIGITS: usize = 2;

/// Keys that say nothing of their value, so that the key around them counts too.
const SAYS_NOTHING: &[&str] = &["value", "values", "text", "display", "content", "data", "string", "_", "#text", "$", "0"];

/// Turns tokens into segments.
pub(super) struct Reader<'t> {
    text: &'t str,
    source: &'t Source<'t>,
    limits: &'t Limits,
    pub(super) segments: Vec<Segment>,
    pub(super) places: Vec<Place>,
    keys: Keys,
    /// The key of each open object or array.
    path: Vec<Option<Arc<str>>>,
    /// The key that waits for its value.
    key: Option<Arc<str>>,
    /// What is known of the open objects of a FHIR resource.
    resource: Option<fhir::Resource>,
    pub(super) unread: Vec<UnreadPart>,
    pub(super) children: Children,
    pub(super) kids: Vec<Kid>,
    /// Bytes that documents inside may still expand to.
    left: u64,
    /// The raw parts of documents inside, where only those are wanted.
    pub(super) raw: Option<Vec<Part>>,
    pub(super) records: Records,
    pub(super) members: Members,
}

/// A document inside a string.
pub(super) struct Kid {
    pub(super) part: &'static str,
    /// Its number among the children; nothing when it cannot be read.
    pub(super) child: Option<usize>,
    pub(super) place: Text,
    /// Whether it stands in base64.
    pub(super) encoded: bool,
    pub(super) removed: bool,
}

/// What a segment is in the text.
#[derive(Clone, Copy)]
pub(super) enum Place {
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
    pub(super) fn new(text: &'t str, source: &'t Source<'t>, limits: &'t Limits) -> Self {
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

    pub(super) fn take(&mut self, token: Token) {
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

pub(super) fn raw(text: &str, place: Text) -> &str {
    text.get(place.start as usize..place.end as usize).unwrap_or_default()
}
