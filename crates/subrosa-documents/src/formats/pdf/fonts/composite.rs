//! Composite fonts: codes of one to four bytes, by way of a character map to glyphs.

use std::collections::HashMap;

use hayro_cmap::{BfString, CMap as Predefined, CMapName, CidFamily};
use lopdf::{Dictionary, Object};

use super::super::filters::{self, Decoded};
use super::super::store::{Store, as_number};
use super::cmap::CMap;
use super::{Code, Reading, program, to_unicode};

/// How codes become CIDs.
enum Encoding {
    /// Two bytes, the CID itself.
    Identity,
    /// A map of a predefined collection.
    Predefined(Box<Predefined>),
    /// A map embedded in the file, perhaps over a predefined one.
    Embedded(CMap, Option<Box<Predefined>>),
    /// A name that is not known: nothing can be said of any code.
    Unknown,
}

/// A composite font.
pub(super) struct Composite {
    encoding: Encoding,
    vertical: bool,
    unicode: Option<CMap>,
    /// Codes are UTF-16 themselves.
    codes_are_unicode: bool,
    /// CID to text of an Adobe collection.
    collection: Option<Box<Predefined>>,
    /// CID to glyph, where it is not the identity.
    glyphs: Option<HashMap<u32, u16>>,
    /// Glyph to text, from the embedded program.
    texts: HashMap<u16, String>,
    widths: HashMap<u32, f64>,
    default_width: f64,
    /// Advance in vertical writing.
    down: HashMap<u32, f64>,
    default_down: f64,
}

#[cfg(not(feature = "further"))]
fn predefined(_: CMapName<'_>) -> Option<Box<Predefined>> {
    crate::formats::elsewhere::ask();
    None
}

#[cfg(feature = "further")]
fn predefined(name: CMapName<'_>) -> Option<Box<Predefined>> {
    Predefined::parse(hayro_cmap::load_embedded(name)?, hayro_cmap::load_embedded).map(Box::new)
}

impl Composite {
    pub(super) fn load(store: &Store, dict: &Dictionary, limit: usize) -> Self {
        let descendant = store
            .array(dict, b"DescendantFonts")
            .and_then(|all| all.first())
            .and_then(|first| store.resolve(first).as_dict().ok());
        let empty = Dictionary::new();
        let descendant = descendant.unwrap_or(&empty);
        let (encoding, vertical, codes_are_unicode) = encoding(store, dict, limit);
        let unicode = to_unicode(store, dict, limit);
        let system = store.dict(descendant, b"CIDSystemInfo");
        let part = |key: &[u8]| system.and_then(|info| store.get(info, key).as_str().ok()).unwrap_or_default();
        let family = CidFamily::from_registry_ordering(part(b"Registry"), part(b"Ordering"));
        let collection = family.ucs2_cmap().and_then(predefined);
        let (glyphs, texts) = glyph_texts(store, descendant, limit);
        let (widths, down) = (width_table(store, descendant, b"W", 1), width_table(store, descendant, b"W2", 3));
        let default_down = store.numbers(descendant, b"DW2").and_then(|pair| pair.get(1).copied()).unwrap_or(-1000.0) / 1000.0;
        let default_width = store.number(descendant, b"DW").unwrap_or(1000.0) / 1000.0;
        Self {
            encoding,
            vertical,
            unicode,
            codes_are_unicode,
            collection,
            glyphs,
            texts,
            widths,
            default_width,
            down,
            default_down,
        }
    }

    pub(super) fn vertical(&self) -> bool {
        self.vertical
    }

    pub(super) fn decode(&self, bytes: &[u8], each: &mut dyn FnMut(Code)) {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let length = self.code_length(rest).clamp(1, rest.len());
            let code = rest[..length].iter().take(4).fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte));
            let cid = self.cid(length, code);
            let (reading, other) = self.readings(code, cid);
            let advance = if self.vertical {
                cid.and_then(|cid| self.down.get(&cid)).copied().unwrap_or(self.default_down)
            } else {
                cid.and_then(|cid| self.widths.get(&cid)).copied().unwrap_or(self.default_width)
            };
            each(Code { bytes: at..at + length, reading, other, advance, word_space: length == 1 && code == 32 });
            at += length;
        }
    }

    fn code_length(&self, bytes: &[u8]) -> usize {
        match &self.encoding {
            Encoding::Identity | Encoding::Unknown => 2,
            Encoding::Predefined(map) => predefined_length(map, bytes),
            Encoding::Embedded(map, base) => {
                let by_base = || base.as_ref().map(|base| predefined_length(base, bytes));
                map.code_length(bytes).or_else(by_base).unwrap_or(2)
            }
        }
    }

    fn cid(&self, length: usize, code: u32) -> Option<u32> {
        match &self.encoding {
            Encoding::Identity => Some(code),
            Encoding::Predefined(map) => map.lookup_cid_code(code, length as u8),
            Encoding::Embedded(map, base) => map
                .cid(length, code)
                .or_else(|| base.as_ref().and_then(|base| base.lookup_cid_code(code, length as u8)))
                .or_else(|| (!map.has_cids() && base.is_none()).then_some(code)),
            Encoding::Unknown => None,
        }
    }

    fn readings(&self, code: u32, cid: Option<u32>) -> (Reading, Reading) {
        let by_table = self.unicode.as_ref().and_then(|map| map.text(code)).map_or(Reading::Unknown, Reading::from_text);
        let own = self.own_reading(code, cid);
        if !by_table.is_known() {
            return (own, Reading::Unknown);
        }
        let other = if own == by_table { Reading::Unknown } else { own };
        (by_table, other)
    }

    /// The reading without ToUnicode.
    fn own_reading(&self, code: u32, cid: Option<u32>) -> Reading {
        if self.codes_are_unicode {
            let units = [(code >> 16) as u16, code as u16];
            let units = if code > 0xffff { &units[..] } else { &units[1..] };
            return String::from_utf16(units).map_or(Reading::Unknown, |text| Reading::from_text(&text));
        }
        let Some(cid) = cid else {
            return Reading::Unknown;
        };
        match self.collection.as_ref().and_then(|map| map.lookup_bf_string(cid)) {
            Some(BfString::Char(one)) => return Reading::from_text(one.encode_utf8(&mut [0; 4])),
            Some(BfString::String(text)) => return Reading::from_text(&text),
            None => {}
        }
        let glyph = match &self.glyphs {
            Some(map) => map.get(&cid).copied(),
            None => u16::try_from(cid).ok(),
        };
        glyph.and_then(|glyph| self.texts.get(&glyph)).map_or(Reading::Unknown, |text| Reading::from_text(text))
    }
}

fn predefined_length(map: &Predefined, bytes: &[u8]) -> usize {
    let mut code = 0_u32;
    for (index, &byte) in bytes.iter().take(4).enumerate() {
        code = code << 8 | u32::from(byte);
        if map.lookup_cid_code(code, index as u8 + 1).is_some() {
            return index + 1;
        }
    }
    if bytes.first().is_some_and(|&byte| byte < 0x80) && map.lookup_cid_code(0x20, 1).is_some() { 1 } else { 2 }
}

/// The encoding, whether it writes downwards, and whether its codes are UTF-16.
fn encoding(store: &Store, dict: &Dictionary, limit: usize) -> (Encoding, bool, bool) {
    match store.get(dict, b"Encoding") {
        Object::Name(name) => {
            let vertical = name.ends_with(b"-V") || name == b"V";
            if name == b"Identity-H" || name == b"Identity-V" {
                return (Encoding::Identity, vertical, false);
            }
            let unicode = name.starts_with(b"Uni")
                && (memchr::memmem::find(name, b"UCS2").is_some() || memchr::memmem::find(name, b"UTF16").is_some());
            match predefined(CMapName::from_bytes(name)) {
                Some(map) => (Encoding::Predefined(map), vertical, unicode),
                None => (Encoding::Unknown, vertical, unicode),
            }
        }
        Object::Stream(stream) => {
            let Ok(Decoded::Bytes(bytes)) = filters::decode(store, stream, limit) else {
                return (Encoding::Unknown, false, false);
            };
            let map = CMap::parse(&bytes);
            let named = map.base.clone().or_else(|| store.name(&stream.dict, b"UseCMap").map(<[u8]>::to_vec));
            let base =
                named.filter(|name| !name.starts_with(b"Identity")).and_then(|name| predefined(CMapName::from_bytes(&name)));
            let vertical = map.vertical || store.number(&stream.dict, b"WMode") == Some(1.0);
            (Encoding::Embedded(map, base), vertical, false)
        }
        _ => (Encoding::Unknown, false, false),
    }
}

/// CID to glyph and glyph to text, from the embedded program.
fn glyph_texts(store: &Store, descendant: &Dictionary, limit: usize) -> (Option<HashMap<u32, u16>>, HashMap<u16, String>) {
    let Some(descriptor) = store.dict(descendant, b"FontDescriptor") else {
        return (None, HashMap::new());
    };
    let bytes = |dict: &Dictionary, key: &[u8]| match filters::decode(store, store.stream(dict, key)?, limit) {
        Ok(Decoded::Bytes(bytes)) => Some(bytes),
        _ => None,
    };
    if let Some(program) = bytes(descriptor, b"FontFile2") {
        let map = bytes(descendant, b"CIDToGIDMap").map(|table| {
            let pairs = table.chunks_exact(2).take(1 << 16).enumerate();
            pairs.map(|(cid, pair)| (cid as u32, u16::from_be_bytes([pair[0], pair[1]]))).collect()
        });
        return (map, program::texts_by_glyph(&program));
    }
    if let Some(program) = bytes(descriptor, b"FontFile3") {
        let cids = program::cff_cids(&program);
        return (Some(cids).filter(|cids| !cids.is_empty()), program::texts_by_glyph(&program));
    }
    (None, HashMap::new())
}

/// The tables `W` (one number a CID) and `W2` (three, of which the first is the advance).
fn width_table(store: &Store, descendant: &Dictionary, key: &[u8], numbers: usize) -> HashMap<u32, f64> {
    let mut table = HashMap::new();
    let Some(items) = store.array(descendant, key) else {
        return table;
    };
    let mut items = items.iter().map(|item| store.resolve(item));
    while let Some(first) = items.next() {
        let Some(first) = as_number(first).filter(|value| (0.0..65536.0).contains(value)) else {
            continue;
        };
        match items.next() {
            Some(Object::Array(listed)) => {
                for (step, group) in listed.chunks(numbers).enumerate() {
                    if let Some(width) = group.first().and_then(|one| as_number(store.resolve(one))) {
                        table.insert(first as u32 + step as u32, width / 1000.0);
                    }
                }
            }
            Some(last) => {
                let last = as_number(last).unwrap_or(first).clamp(first, 65535.0);
                let width = items.next().and_then(as_number);
                for _ in 1..numbers {
                    items.next();
                }
                if let Some(width) = width {
                    table.extend((first as u32..=last as u32).map(|cid| (cid, width / 1000.0)));
                }
            }
            None => break,
        }
        if table.len() > 1 << 17 {
            break;
        }
    }
    table
}
