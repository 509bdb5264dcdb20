//! From edits back to a message file.

use std::borrow::Cow;

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::named::Names;
use super::object::{ATTACHMENT, Entry, Fate, Kind, Object, PROPERTIES, RECIPIENT, Value, Wrap, id, kind};
use super::read::{MARK, PREAMBLE};
use super::rtf;
use crate::compound::{self, Storage, Stream};
use crate::document::{Body, Record};
use crate::nested::Children;
use crate::refusal::Refusal;
use crate::view::Block;

/// Where a segment of the message's own stands.
pub(super) struct Place {
    pub(super) segment: usize,
    pub(super) name: String,
    /// Where its lines end.
    pub(super) lines: Vec<usize>,
}

/// A message that was read.
pub(super) struct MessageBody {
    pub(super) message: Object,
    pub(super) names: Names,
    pub(super) places: Vec<Place>,
    pub(super) children: Children,
    pub(super) notes: Vec<String>,
}

impl Body for MessageBody {
    fn place(&self, segment: usize, span: Span) -> String {
        if let Some(place) = self.children.place(segment, span) {
            return place;
        }
        let place = self.places.binary_search_by_key(&segment, |place| place.segment).ok();
        let Some(place) = place.and_then(|at| self.places.get(at)) else { return "message".to_owned() };
        if place.lines.is_empty() {
            return place.name.clone();
        }
        format!("{}, line {}", place.name, place.lines.partition_point(|end| *end < span.start) + 1)
    }

    fn record(&self, segment: usize) -> Option<Record> {
        self.children.record(segment)
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        self.view(segments)
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        match on_unread {
            OnUnread::Keep => self.children.settle(on_unread),
            OnUnread::Fail => false,
            OnUnread::Remove | OnUnread::Blank => {
                settle(&mut self.message, "", on_unread, &mut self.children, &mut self.notes);
                true
            }
        }
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let writer = Writer { children: &self.children, edits };
        let mut root = writer.object(&self.message, Cow::from(""))?;
        root.storages.insert(0, self.names.write(edits));
        compound::write(&root)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.children.notes();
        notes.extend_from_slice(&self.notes);
        notes
    }
}

/// Leaves out what could not be read: attachments whose content cannot do it itself, and bodies.
fn settle(message: &mut Object, prefix: &str, on_unread: OnUnread, children: &mut Children, notes: &mut Vec<String>) {
    for value in message.values.iter_mut().filter(|value| matches!(value.fate, Fate::Unread)) {
        value.fate = Fate::Drop;
        notes.push(format!("{prefix}a body that could not be read is left out"));
    }
    let mut number = 0;
    for attachment in message.objects.iter_mut().filter(|object| object.kind == Kind::Attachment) {
        number += 1;
        let place = format!("{prefix}attachment {number}");
        if let Some(inner) = attachment.objects.first_mut() {
            settle(inner, &format!("{place}, "), on_unread, children, notes);
        } else if attachment.unread {
            let child = attachment.values.iter().find_map(|value| match value.fate {
                Fate::Child { child, .. } => Some(child),
                _ => None,
            });
            attachment.removed = !child.is_some_and(|child| children.settle_one(child, on_unread));
            if attachment.removed {
                notes.push(format!("{place} could not be read and is left out"));
            }
        }
    }
}

struct Writer<'a> {
    children: &'a Children,
    edits: &'a [Vec<Edit>],
}

impl<'a> Writer<'a> {
    fn object(&self, object: &'a Object, name: Cow<'a, str>) -> Result<Storage<'a>, Refusal> {
        let mut entries = object.entries.clone();
        let mut streams = Vec::with_capacity(object.values.len() + 1);
        for value in &object.values {
            if let Some(data) = self.value(value)? {
                grow(&mut entries, value, data.len());
                streams.push(Stream { name: value.stream_name().into(), data });
            }
        }
        lengths(object, &mut streams);
        let kept = entries.iter().filter(|entry| self.is_kept(entry, object));

        let mut storages = Vec::new();
        if let Some(foreign) = &object.foreign {
            storages.push(borrow(foreign));
        }
        let (mut recipients, mut attachments) = (0_u32, 0_u32);
        for inner in object.objects.iter().filter(|inner| !inner.removed) {
            let (start, number) = match inner.kind {
                Kind::Recipient => (RECIPIENT, &mut recipients),
                Kind::Attachment => (ATTACHMENT, &mut attachments),
                Kind::Message | Kind::Embedded => {
                    storages.push(self.object(inner, Cow::from(&*inner.name))?);
                    continue;
                }
            };
            storages.push(self.object(inner, Cow::from(format!("{start}{number:08X}")))?);
            *number += 1;
        }
        let mut properties = header(object, recipients, attachments);
        for entry in kept {
            entry.write(&mut properties);
        }
        streams.push(Stream { name: PROPERTIES.into(), data: properties.into() });
        Ok(Storage { name, class: object.class, state: object.state, storages, streams })
    }

    /// Whether an entry is written: not when its value is left out, and not when its value was edited and is a number or a
    /// date, which cannot hold a label.
    fn is_kept(&self, entry: &Entry, object: &Object) -> bool {
        let edited = entry.segment.and_then(|segment| self.edits.get(segment)).is_some_and(|edits| !edits.is_empty());
        let value = object.values.iter().find(|value| value.id == entry.id && value.kind == entry.kind);
        let dropped = value.is_some_and(|value| matches!(value.fate, Fate::Drop));
        let absent = value.is_none() && entry.in_stream() && entry.kind != kind::OBJECT;
        let no_rtf = || object.values.iter().any(|value| value.id == id::RTF && matches!(value.fate, Fate::Drop));
        !(edited || dropped || absent || id::ABOUT_RTF.contains(&entry.id) && no_rtf())
    }

    /// The bytes of a value; nothing where it is left out.
    fn value(&self, value: &'a Value) -> Result<Option<Cow<'a, [u8]>>, Refusal> {
        let original = Cow::from(&*value.data);
        Ok(match value.fate {
            Fate::Drop => None,
            Fate::Keep | Fate::Unread => Some(original),
            Fate::Text { segment, codec } => match self.edits.get(segment).filter(|edits| !edits.is_empty()) {
                Some(edits) => Some(codec.edit(&value.data, edits)?.into()),
                None => Some(original),
            },
            Fate::Child { child, wrap } => {
                let hides = matches!(wrap, Wrap::Rtf) && rtf::has_more(&value.data);
                if !self.children.is_edited(child, self.edits) && !self.children.is_changed(child) && !hides {
                    return Ok(Some(original));
                }
                let written = self.children.write(child, self.edits)?;
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let written = match wrap {
                    Wrap::Plain => written,
                    Wrap::Rtf => rtf::wrap(&written)?,
                    Wrap::Text(codec) => codec.encode(&text(written.strip_prefix(MARK).unwrap_or(&written))),
                    Wrap::Headers(codec) => {
                        let preamble = codec.decode(&value.data).starts_with(PREAMBLE);
                        let preamble = if preamble { PREAMBLE } else { "" };
                        codec.encode(&format!("{preamble}{}", text(&written)))
                    }
                };
                Some(written.into())
            }
        })
    }
}

/// Says in the entry of a value how long it is now.
fn grow(entries: &mut [Entry], value: &Value, length: usize) {
    let by = (length as u32).wrapping_sub(value.data.len() as u32);
    let entry = entries.iter_mut().find(|entry| entry.id == value.id && entry.kind == value.kind);
    if let Some(entry) = entry.filter(|entry| by != 0 && value.index.is_none() && entry.in_stream()) {
        let size = entry.word().wrapping_add(by);
        entry.value[..4].copy_from_slice(&size.to_le_bytes());
    }
}

/// Says in the lists of lengths how long the values of properties of several texts are now.
fn lengths(object: &Object, streams: &mut [Stream<'_>]) {
    let several = object.values.iter().filter(|value| value.index.is_some());
    for value in several {
        let name = value.stream_name();
        let new = streams.iter().find(|stream| stream.name == name).map(|stream| stream.data.len() as u32);
        let (Some(new), Some(index)) = (new, value.index) else { continue };
        let by = new.wrapping_sub(value.data.len() as u32);
        let Some(list) = streams.iter_mut().find(|stream| name.get(..name.len() - 9) == Some(&stream.name)) else { continue };
        if by == 0 {
            continue;
        }
        if let Some(length) = list.data.to_mut().as_chunks_mut::<4>().0.get_mut(index as usize) {
            *length = u32::from_le_bytes(*length).wrapping_add(by).to_le_bytes();
        }
    }
}

/// The beginning of a stream of properties: how many recipients and attachments there are; the rest of it means nothing.
fn header(object: &Object, recipients: u32, attachments: u32) -> Vec<u8> {
    let mut header = vec![0; object.header.len()];
    if matches!(object.kind, Kind::Message | Kind::Embedded) {
        for (at, number) in [(8, recipients), (12, attachments), (16, recipients), (20, attachments)] {
            if let Some(place) = header.get_mut(at..at + 4) {
                place.copy_from_slice(&number.to_le_bytes());
            }
        }
    }
    header
}

impl Entry {
    /// Writes the entry. Bytes of the value that its type does not use are what was in memory once, and become zero.
    fn write(&self, out: &mut Vec<u8>) {
        let mut value = self.value;
        let used = match self.kind {
            0x0002 | 0x000B => 2,
            kind::INTEGER | kind::FLOAT | 0x000A => 4,
            _ => 8,
        };
        value[used..].fill(0);
        out.extend_from_slice(&self.kind.to_le_bytes());
        out.extend_from_slice(&self.id.to_le_bytes());
        out.extend_from_slice(&self.flags);
        out.extend_from_slice(&value);
    }
}

fn borrow<'a>(storage: &'a Storage<'_>) -> Storage<'a> {
    let stream = |stream: &'a Stream<'_>| Stream { name: Cow::from(&*stream.name), data: Cow::from(&*stream.data) };
    Storage {
        name: Cow::from(&*storage.name),
        class: storage.class,
        state: storage.state,
        storages: storage.storages.iter().map(borrow).collect(),
        streams: storage.streams.iter().map(stream).collect(),
    }
}
