//! Simple fonts: one byte, one glyph.

use std::collections::HashMap;

use lopdf::{Dictionary, Object};
use pdf_encoding::Encoding;

use super::super::filters::{self, Decoded};
use super::super::store::{Store, as_number};
use super::{Code, Reading, metrics, names, program, to_unicode, type3_scale};

/// A simple font, with everything looked up beforehand.
pub(super) struct Simple {
    codes: Vec<(Reading, Reading, f64)>,
}

impl Simple {
    pub(super) fn load(store: &Store, dict: &Dictionary, limit: usize) -> Self {
        let unicode = to_unicode(store, dict, limit);
        let encoding = encoding(store, dict, limit);
        let widths = widths(store, dict, &encoding);
        let font_name = store.name(dict, b"BaseFont").unwrap_or_default();
        let type3 = store.name(dict, b"Subtype") == Some(b"Type3");
        let symbols = is_named(font_name, b"Symbol") || is_named(font_name, b"ZapfDingbats");
        let codes = (0..=255_u8)
            .map(|code| {
                let by_table =
                    unicode.as_ref().and_then(|map| map.text(u32::from(code))).map_or(Reading::Unknown, Reading::from_text);
                let by_encoding = encoding.get(&code).map_or(Reading::Unknown, |text| Reading::from_text(text));
                let (first, other) = if by_table.is_known() { (by_table, by_encoding) } else { (by_encoding, Reading::Unknown) };
                let other = if other == first { Reading::Unknown } else { other };
                // Text set in a symbol font by mistake shows Greek or ornaments, and of glyphs drawn as marks copying may give
                // the codes; these still spell it.
                let mark = type3 && !first.first().is_some_and(char::is_alphanumeric);
                let spelled = (symbols || mark) && code.is_ascii_alphanumeric() && !other.is_known();
                let other = if spelled { Reading::Char(char::from(code)) } else { other };
                (first, other, widths.get(usize::from(code)).copied().unwrap_or(0.0))
            })
            .collect();
        Self { codes }
    }

    pub(super) fn decode(&self, bytes: &[u8], each: &mut dyn FnMut(Code)) {
        for (at, &byte) in bytes.iter().enumerate() {
            if let Some((reading, other, advance)) = self.codes.get(usize::from(byte)) {
                let (reading, other, advance) = (reading.clone(), other.clone(), *advance);
                each(Code { bytes: at..at + 1, reading, other, advance, word_space: byte == 32 });
            }
        }
    }
}

/// The text of each code by the font's encoding, without ToUnicode.
fn encoding(store: &Store, dict: &Dictionary, limit: usize) -> HashMap<u8, String> {
    let descriptor = store.dict(dict, b"FontDescriptor");
    let symbolic = descriptor.and_then(|found| store.number(found, b"Flags")).is_some_and(|flags| (flags as i64) & 4 != 0);
    let font_name = store.name(dict, b"BaseFont").unwrap_or_default();
    let type3 = store.name(dict, b"Subtype") == Some(b"Type3");
    let entry = store.get(dict, b"Encoding");
    let (base, differences) = match entry {
        Object::Name(name) => (names::base(name), None),
        Object::Dictionary(found) => {
            (store.name(found, b"BaseEncoding").and_then(names::base), store.array(found, b"Differences"))
        }
        _ => (None, None),
    };
    let mut map = HashMap::new();
    let mut fill = |encoding: Encoding| {
        for code in 0..=255 {
            if let Some(one) = names::char_in(encoding, code) {
                map.insert(code, one.to_string());
            }
        }
    };
    match base {
        Some(encoding) => fill(encoding),
        None if type3 => {}
        None if is_named(font_name, b"Symbol") => fill(Encoding::AdobeSymbol),
        None if is_named(font_name, b"ZapfDingbats") => fill(Encoding::AdobeZdingbat),
        None => match built_in(store, descriptor, limit, symbolic) {
            Some(own) => map = own,
            None => fill(Encoding::AdobeStandard),
        },
    }
    if base.is_some() && symbolic && store.name(dict, b"Subtype") == Some(b"TrueType") && differences.is_none() {
        // Viewers differ on a symbolic TrueType font that names an encoding; its own table fills what the encoding leaves.
        let mut own = built_in(store, descriptor, limit, symbolic).unwrap_or_default();
        own.extend(map);
        map = own;
    }
    let mut code = 0_u8;
    for item in differences.unwrap_or_default() {
        match store.resolve(item) {
            Object::Name(name) => {
                match names::text_of(name).or_else(|| dingbat(font_name, name)) {
                    Some(text) => map.insert(code, text),
                    None => map.remove(&code),
                };
                code = code.wrapping_add(1);
            }
            other => code = as_number(other).filter(|value| (0.0..256.0).contains(value)).map_or(code, |value| value as u8),
        }
    }
    map
}

/// A glyph of a font of ornaments is a mark, whatever its name.
fn dingbat(font_name: &[u8], glyph: &[u8]) -> Option<String> {
    let ornament = memchr::memmem::find(font_name, b"Dingbats").is_some();
    (ornament && glyph.starts_with(b"a") && glyph.len() <= 4).then(|| "\u{2022}".to_owned())
}

fn is_named(font_name: &[u8], name: &[u8]) -> bool {
    font_name == name || font_name.split(|&byte| byte == b'+').next_back().is_some_and(|rest| rest.starts_with(name))
}

/// The encoding inside the font program; nothing where there is no program.
fn built_in(store: &Store, descriptor: Option<&Dictionary>, limit: usize, symbolic: bool) -> Option<HashMap<u8, String>> {
    let descriptor = descriptor?;
    let bytes = |key: &[u8]| match filters::decode(store, store.stream(descriptor, key)?, limit) {
        Ok(Decoded::Bytes(bytes)) => Some(bytes),
        _ => None,
    };
    if let Some(program) = bytes(b"FontFile") {
        return Some(program::type1_encoding(&program)).filter(|map| !map.is_empty());
    }
    if let Some(program) = bytes(b"FontFile3") {
        return Some(program::cff_encoding(&program)).filter(|map| !map.is_empty());
    }
    let program = bytes(b"FontFile2").filter(|_| symbolic)?;
    let font = program::TrueType::parse(&program);
    let mut map = HashMap::new();
    for code in 0..=255_u8 {
        let Some(glyph) = font.by_code.get(&code) else {
            continue;
        };
        let text = font.by_glyph.get(glyph).cloned().or_else(|| {
            let printable = (33..127).contains(&code);
            let latin = if font.macintosh {
                names::char_in(Encoding::MacRomanEncoding, code)
            } else {
                Some(char::from(code)).filter(|_| printable)
            };
            latin.map(String::from)
        });
        if let Some(text) = text {
            map.insert(code, text);
        }
    }
    Some(map).filter(|map| !map.is_empty())
}

/// The advance of each code for a font size of one.
fn widths(store: &Store, dict: &Dictionary, encoding: &HashMap<u8, String>) -> Vec<f64> {
    let type3 = store.name(dict, b"Subtype") == Some(b"Type3");
    let scale = if type3 { type3_scale(store, dict) } else { 0.001 };
    let first = store.number(dict, b"FirstChar").unwrap_or(0.0).clamp(0.0, 255.0) as usize;
    let descriptor = store.dict(dict, b"FontDescriptor");
    let missing = descriptor.and_then(|found| store.number(found, b"MissingWidth")).unwrap_or(0.0);
    let mut widths = vec![missing * scale; 256];
    match store.array(dict, b"Widths") {
        Some(listed) => {
            for (place, item) in widths.iter_mut().skip(first).zip(listed) {
                if let Some(value) = as_number(store.resolve(item)).filter(|value| value.is_finite()) {
                    *place = value * scale;
                }
            }
        }
        None if !type3 => {
            let name = store.name(dict, b"BaseFont").unwrap_or_default();
            for (code, place) in widths.iter_mut().enumerate() {
                let one = encoding.get(&(code as u8)).and_then(|text| text.chars().next());
                *place = metrics::standard_width(name, one) * 0.001;
            }
        }
        None => {}
    }
    widths
}
