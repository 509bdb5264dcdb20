//! Names of named properties: what numbers from 0x8000 on mean in this file.
//!
//! A name that must go is painted over in place, so that no number changes its meaning; the table that finds names by their
//! checksum gets a zero there.
//!
//! Written to [MS-OXMSG] 2.2.3.

use std::borrow::Cow;

use subrosa_core::edit::Edit;

use super::names;
use super::object::{NAMES, value_name};
use crate::compound::{Storage, Stream};

/// Number of the first named property.
const FIRST: u16 = 0x8000;
/// Streams of the storage: entries, and the texts of names.
const ENTRIES: u16 = 0x0003;
const TEXTS: u16 = 0x0004;
/// Streams from here on are the table by checksum.
const BUCKETS: std::ops::RangeInclusive<u16> = 0x1000..=0x101E;
/// The set of names that people and programs make up as they like.
const PUBLIC: u16 = 2;

/// The storage of names, taken apart.
#[derive(Default)]
pub(super) struct Names {
    storage: Storage<'static>,
    names: Vec<Name>,
}

struct Name {
    text: Option<Text>,
    number: u32,
    public: bool,
}

/// A name that is text.
struct Text {
    name: String,
    /// Where it stands in the stream of texts.
    start: usize,
    segment: Option<usize>,
}

impl Names {
    /// Takes the storage of names apart. Names that cannot be read are no names.
    pub(super) fn parse(storage: Storage<'static>) -> Self {
        let stream = |id: u16| {
            let is = |stream: &&Stream<'_>| value_name(&stream.name).is_some_and(|(found, kind, _)| found == id && kind == 0x102);
            storage.streams.iter().find(is).map(|stream| &*stream.data).unwrap_or_default()
        };
        let texts = stream(TEXTS);
        let name = |entry: &[u8; 8]| {
            let number = u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]);
            let flags = u16::from_le_bytes([entry[4], entry[5]]);
            let text = (flags & 1 == 1).then(|| text_at(texts, number as usize)).flatten();
            Name { text, number, public: flags >> 1 == PUBLIC }
        };
        let names = stream(ENTRIES).as_chunks::<8>().0.iter().map(name).collect();
        Self { storage, names }
    }

    fn get(&self, id: u16) -> Option<&Name> {
        self.names.get(usize::from(id.checked_sub(FIRST)?))
    }

    /// What a property is called.
    pub(super) fn label(&self, id: u16) -> Option<Cow<'_, str>> {
        if id < FIRST {
            return names::tag(id).map(Cow::from);
        }
        let name = self.get(id)?;
        match &name.text {
            Some(text) => Some(Cow::from(text.name.as_str())),
            None => names::number(name.number).map(Cow::from),
        }
    }

    /// Whether a property is one that somebody made up, so that its number may say something of a person.
    pub(super) fn is_made_up(&self, id: u16) -> bool {
        self.get(id).is_some_and(|name| name.public && name.text.is_some())
    }

    /// Gives every name that is text a segment: `add` takes the text and gives the segment's number.
    pub(super) fn segments(&mut self, mut add: impl FnMut(&str) -> usize) {
        for text in self.names.iter_mut().filter_map(|name| name.text.as_mut()) {
            text.segment = Some(add(&text.name));
        }
    }

    /// The storage with the edits made. The numbers of the streams say nothing of anybody.
    pub(super) fn write(&self, edits: &[Vec<Edit>]) -> Storage<'_> {
        let edited = |text: &&Text| {
            let segment = text.segment.and_then(|segment| edits.get(segment));
            segment.is_some_and(|edits| edits.iter().any(|edit| edit.replacement != text.name))
        };
        let gone: Vec<(usize, &Text)> =
            self.names.iter().enumerate().filter_map(|(index, name)| Some((index, name.text.as_ref().filter(edited)?))).collect();
        let streams = self.storage.streams.iter().filter_map(|stream| {
            let (id, ..) = value_name(&stream.name)?;
            let mut data = Cow::from(&*stream.data);
            if id == TEXTS {
                for (_, text) in &gone {
                    paint(data.to_mut(), text);
                }
            } else if BUCKETS.contains(&id) && !gone.is_empty() {
                for entry in data.to_mut().as_chunks_mut::<8>().0 {
                    let index = usize::from(u16::from_le_bytes([entry[6], entry[7]]));
                    if gone.iter().any(|(gone, _)| *gone == index) {
                        entry[..4].fill(0);
                    }
                }
            }
            Some(Stream { name: Cow::from(&*stream.name), data })
        });
        let streams = streams.collect();
        Storage { name: NAMES.into(), class: self.storage.class, state: self.storage.state, storages: Vec::new(), streams }
    }
}

fn text_at(texts: &[u8], at: usize) -> Option<Text> {
    let length = texts.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)?;
    let start = at + 4;
    let bytes = texts.get(start..start.checked_add(length as usize)?)?;
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|&pair| u16::from_le_bytes(pair)).collect();
    Some(Text { name: String::from_utf16_lossy(&units), start, segment: None })
}

/// Paints a name over with letters that say nothing.
fn paint(texts: &mut [u8], name: &Text) {
    let length = name.name.encode_utf16().count() * 2;
    if let Some(place) = texts.get_mut(name.start..name.start + length) {
        place.as_chunks_mut::<2>().0.iter_mut().for_each(|pair| *pair = [b'x', 0]);
    }
}
