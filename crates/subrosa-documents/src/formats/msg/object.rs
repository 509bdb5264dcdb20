//! The objects of a message file: the message, its recipients and attachments, messages inside attachments.

use crate::compound::{Storage, Stream};
use crate::formats::msg::codec::Codec;
use crate::refusal::Refusal;

/// Types of properties, the lower half of a tag.
pub(super) mod kind {
    pub(crate) const INTEGER: u16 = 0x0003;
    pub(crate) const FLOAT: u16 = 0x0004;
    pub(crate) const DOUBLE: u16 = 0x0005;
    pub(crate) const CURRENCY: u16 = 0x0006;
    pub(crate) const OBJECT: u16 = 0x000D;
    pub(crate) const LONG: u16 = 0x0014;
    pub(crate) const NARROW: u16 = 0x001E;
    pub(crate) const WIDE: u16 = 0x001F;
    pub(crate) const TIME: u16 = 0x0040;
    pub(crate) const GUID: u16 = 0x0048;
    pub(crate) const BINARY: u16 = 0x0102;
    /// Set where a property has several values.
    pub(crate) const SEVERAL: u16 = 0x1000;
}

/// Numbers of properties that are treated apart.
pub(super) mod id {
    pub(crate) const CLASS: u16 = 0x001A;
    pub(crate) const HEADERS: u16 = 0x007D;
    pub(crate) const BODY: u16 = 0x1000;
    pub(crate) const RTF: u16 = 0x1009;
    pub(crate) const HTML: u16 = 0x1013;
    pub(crate) const DATA: u16 = 0x3701;
    pub(crate) const DATA_ENCODING: u16 = 0x3702;
    pub(crate) const EXTENSION: u16 = 0x3703;
    pub(crate) const FILE_NAME: u16 = 0x3704;
    pub(crate) const LONG_FILE_NAME: u16 = 0x3707;
    pub(crate) const INTERNET_CODE_PAGE: u16 = 0x3FDE;
    pub(crate) const LOCALE: u16 = 0x3FF1;
    pub(crate) const CODE_PAGE: u16 = 0x3FFD;
    /// What tells how the RTF body belongs to the others; goes when it goes.
    pub(crate) const ABOUT_RTF: &[u16] = &[0x0E1F, 0x1006, 0x1007, 0x1008, 0x1010, 0x1011, 0x1016];
}

/// Name of the stream of properties in every object.
pub(super) const PROPERTIES: &str = "__properties_version1.0";
/// Name of the storage of names.
pub(super) const NAMES: &str = "__nameid_version1.0";
/// What the names of streams of values begin with.
const VALUE: &str = "__substg1.0_";
/// What the names of storages of recipients begin with.
pub(super) const RECIPIENT: &str = "__recip_version1.0_#";
/// What the names of storages of attachments begin with.
pub(super) const ATTACHMENT: &str = "__attach_version1.0_#";

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The message that the file is.
    Message,
    /// A message in an attachment.
    Embedded,
    Recipient,
    Attachment,
}

impl Kind {
    /// Bytes before the entries of the stream of properties.
    fn header(self) -> usize {
        match self {
            Self::Message => 32,
            Self::Embedded => 24,
            Self::Recipient | Self::Attachment => 8,
        }
    }
}

/// A message, recipient or attachment.
pub(super) struct Object {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) class: [u8; 16],
    pub(super) state: u32,
    pub(super) header: Vec<u8>,
    pub(super) entries: Vec<Entry>,
    pub(super) values: Vec<Value>,
    pub(super) objects: Vec<Object>,
    /// In an attachment: an object of a program, kept as it is.
    pub(super) foreign: Option<Storage<'static>>,
    /// An attachment that could not be read, or whose content could not in part.
    pub(super) unread: bool,
    /// It is left out.
    pub(super) removed: bool,
}

/// An entry of the stream of properties.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) id: u16,
    pub(super) kind: u16,
    pub(super) flags: [u8; 4],
    pub(super) value: [u8; 8],
    /// The segment that its value is.
    pub(super) segment: Option<usize>,
}

/// A stream of a value.
pub(super) struct Value {
    pub(super) id: u16,
    pub(super) kind: u16,
    /// Which of several values.
    pub(super) index: Option<u32>,
    pub(super) data: Vec<u8>,
    pub(super) fate: Fate,
}

/// What becomes of a value.
#[derive(Clone, Copy)]
pub(super) enum Fate {
    Keep,
    /// It is left out, together with its entry.
    Drop,
    /// It could not be read.
    Unread,
    /// It is a segment.
    Text {
        segment: usize,
        codec: Codec,
    },
    /// It is a document of its own.
    Child {
        child: usize,
        wrap: Wrap,
    },
}

/// How a document stands in a value.
#[derive(Clone, Copy)]
pub(super) enum Wrap {
    /// As it is.
    Plain,
    /// As text in this encoding; given out as UTF-8 behind a byte order mark.
    Text(Codec),
    /// As text in this encoding; given out as UTF-8.
    Unmarked(Codec),
    /// Compressed.
    Rtf,
}

impl Value {
    /// The name of its stream.
    pub(super) fn stream_name(&self) -> String {
        let name = format!("{VALUE}{:04X}{:04X}", self.id, self.kind);
        self.index.map_or_else(|| name.clone(), |index| format!("{name}-{index:08X}"))
    }

    /// Whether it is text.
    pub(super) fn is_text(&self) -> bool {
        let several = kind::SEVERAL;
        let single = matches!(self.kind, kind::NARROW | kind::WIDE) && self.index.is_none();
        single || self.index.is_some() && matches!(self.kind & !several, kind::NARROW | kind::WIDE)
    }
}

impl Entry {
    fn read(bytes: &[u8; 16]) -> Self {
        let mut flags = [0; 4];
        let mut value = [0; 8];
        flags.copy_from_slice(&bytes[4..8]);
        value.copy_from_slice(&bytes[8..]);
        let (kind, id) = (u16::from_le_bytes([bytes[0], bytes[1]]), u16::from_le_bytes([bytes[2], bytes[3]]));
        Self { id, kind, flags, value, segment: None }
    }

    /// The low half of the value.
    pub(super) fn word(&self) -> u32 {
        let [a, b, c, d, ..] = self.value;
        u32::from_le_bytes([a, b, c, d])
    }

    /// The whole value.
    pub(super) fn long(&self) -> u64 {
        u64::from_le_bytes(self.value)
    }

    /// Whether the value of the property stands in a stream.
    pub(super) fn in_stream(&self) -> bool {
        self.kind & kind::SEVERAL != 0
            || matches!(self.kind, kind::OBJECT | kind::NARROW | kind::WIDE | kind::GUID | 0x00FB..=0x00FE | kind::BINARY)
    }
}

impl Object {
    /// Takes a storage apart. Counts in `strange` what is no part of a message, and leaves it out.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when it has no properties.
    pub(super) fn parse(storage: Storage<'static>, kind: Kind, strange: &mut usize) -> Result<Self, Refusal> {
        let mut object = Self {
            name: storage.name.clone().into_owned(),
            kind,
            class: storage.class,
            state: storage.state,
            header: Vec::new(),
            entries: Vec::new(),
            values: Vec::new(),
            objects: Vec::new(),
            foreign: None,
            unread: false,
            removed: false,
        };
        let mut found = false;
        for Stream { name, data } in storage.streams {
            let data = data.into_owned();
            if name == PROPERTIES {
                let cut_off = || Refusal::damaged("message", "its properties are cut off");
                let (header, entries) = data.split_at_checked(kind.header()).ok_or_else(cut_off)?;
                object.header = header.to_vec();
                object.entries = entries.as_chunks::<16>().0.iter().map(Entry::read).collect();
                found = true;
            } else if let Some((id, kind, index)) = value_name(&name) {
                object.values.push(Value { id, kind, index, data, fate: Fate::Keep });
            } else {
                *strange += 1;
            }
        }
        if !found {
            return Err(Refusal::damaged("message", "one of its objects has no properties"));
        }
        for inner in storage.storages {
            let name = &*inner.name;
            let is_message = matches!(kind, Kind::Message | Kind::Embedded);
            if is_message && name.starts_with(RECIPIENT) {
                object.objects.push(Self::parse(inner, Kind::Recipient, strange)?);
            } else if is_message && name.starts_with(ATTACHMENT) {
                object.objects.push(Self::parse(inner, Kind::Attachment, strange)?);
            } else if kind == Kind::Attachment && value_name(name) == Some((id::DATA, kind::OBJECT, None)) {
                if inner.streams.iter().any(|stream| stream.name == PROPERTIES) {
                    object.objects.push(Self::parse(inner, Kind::Embedded, strange)?);
                } else {
                    object.foreign = Some(inner);
                }
            } else if name != NAMES {
                *strange += 1;
            }
        }
        object.objects.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(object)
    }

    /// The entry of a property.
    pub(super) fn entry(&self, id: u16, kind: u16) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id && entry.kind == kind)
    }

    /// The text of a property of one value.
    pub(super) fn text(&self, id: u16, narrow: Codec) -> Option<String> {
        let value = self.values.iter().find(|value| value.id == id && value.index.is_none() && value.is_text())?;
        Some(if value.kind == kind::WIDE { Codec::Wide.decode(&value.data) } else { narrow.decode(&value.data) })
    }
}

/// The parts of the name of a stream or storage of a value: number, type, and which of several.
pub(super) fn value_name(name: &str) -> Option<(u16, u16, Option<u32>)> {
    let rest = name.strip_prefix(VALUE)?;
    let hex = |range: std::ops::Range<usize>| {
        let digits = rest.get(range).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u32::from_str_radix(digits, 16).ok()
    };
    let tag = hex(0..8)?;
    let index = match rest.len() {
        8 => None,
        17 if rest.as_bytes().get(8) == Some(&b'-') => Some(hex(9..17)?),
        _ => return None,
    };
    Some(((tag >> 16) as u16, tag as u16, index))
}
