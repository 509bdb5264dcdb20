//! Images that stand in a content stream itself (ISO 32000-2, 8.9.7): what of them is text or can be read, and how they are
//! written.
//!
//! Their pixels are copied as they are. What a camera or a program wrote beside them is left out, as is what stands between their
//! data and their end.

use lopdf::{Dictionary, Object, Stream};

use super::filters;
use super::splice::Splice;
use super::store::Store;
use super::tokenizer::{Operand, Tokenizer, plain_length};
use super::unit::{InlineImage, Unit};
use super::write;
use crate::image;
use crate::picture::can_hold_text;

/// Most bytes that the filters of one such image may give.
const LIMIT: usize = 1 << 28;

impl InlineImage {
    fn get(&self, long: &[u8], short: &[u8]) -> Option<&Operand> {
        self.entries.iter().find(|(key, _)| key == long || key == short).map(|(_, value)| value)
    }

    /// Width and height, where they are any.
    pub(super) fn size(&self) -> (u32, u32) {
        let whole = |long: &[u8], short: &[u8]| {
            let value = self.get(long, short).and_then(Operand::number);
            value.filter(|value| (1.0..65_536.0).contains(value)).map_or(0, |value| value as u32)
        };
        (whole(b"Width", b"W"), whole(b"Height", b"H"))
    }

    /// Whether its pixels can show text. Those of glyphs are letters by themselves, and known by their codes.
    pub(super) fn may_hold_text(&self, unit: &Unit) -> bool {
        let (width, height) = self.size();
        !unit.glyph && can_hold_text(width, height)
    }

    /// A new way to write it, where something stands beside its pixels or behind its data.
    fn cleaned(&self, store: &Store, bytes: &[u8]) -> Option<Vec<u8>> {
        let data = bytes.get(self.data.clone())?;
        let mut dict = Dictionary::new();
        for (long, short, key) in [(b"Filter".as_slice(), b"F".as_slice(), "Filter"), (b"DecodeParms", b"DP", "DecodeParms")] {
            if let Some(value) = self.get(long, short) {
                dict.set(key, object(value));
            }
        }
        if !dict.has(b"Filter") {
            let length = plain_length(&self.entries).filter(|length| *length < data.len())?;
            let (pixels, rest) = data.split_at(length);
            return rest.iter().any(|byte| !byte.is_ascii_whitespace()).then(|| written(&self.entries, pixels));
        }
        let stream = Stream { dict, content: data.to_vec(), allows_compression: false, start_position: None };
        let of_filters = |key: &[u8]| matches!(key, b"Filter" | b"F" | b"DecodeParms" | b"DP");
        let of_length = |key: &[u8]| matches!(key, b"Length" | b"L");
        let without = |left_out: &dyn Fn(&[u8]) -> bool| -> Vec<(Vec<u8>, Operand)> {
            self.entries.iter().filter(|(key, _)| !left_out(key)).cloned().collect()
        };
        if let Ok((picture, Some(_))) = filters::unpacked(store, &stream, LIMIT) {
            let clean = image::salvaged(&picture).filter(|clean| clean.as_slice() != picture.trim_ascii_end())?;
            let mut entries = without(&|key| of_filters(key) || of_length(key));
            entries.push((b"F".to_vec(), Operand::Name(b"DCT".to_vec())));
            return Some(written(&entries, &clean));
        }
        let length = filters::deflated_length(store, &stream)?;
        let (pixels, rest) = data.split_at_checked(length)?;
        rest.iter().any(|byte| !byte.is_ascii_whitespace()).then(|| written(&without(&of_length), pixels))
    }
}

fn written(entries: &[(Vec<u8>, Operand)], data: &[u8]) -> Vec<u8> {
    let mut out = b"BI ".to_vec();
    for (key, value) in entries {
        write::serialise_name(key, &mut out);
        out.push(b' ');
        super::body::write_operand(value, &[], &mut 0, &mut out);
        out.push(b' ');
    }
    out.extend_from_slice(b"ID ");
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nEI");
    out
}

fn object(operand: &Operand) -> Object {
    match operand {
        Operand::Number(value) => Object::Real(*value as f32),
        Operand::Name(name) => Object::Name(name.clone()),
        Operand::String(bytes) => Object::string_literal(bytes.clone()),
        Operand::Array(items) => Object::Array(items.iter().map(|(item, _)| object(item)).collect()),
        Operand::Dictionary(entries) => {
            let mut dict = Dictionary::new();
            for (key, value) in entries {
                dict.set(key.clone(), object(value));
            }
            Object::Dictionary(dict)
        }
        Operand::Boolean(value) => Object::Boolean(*value),
        Operand::Other => Object::Null,
    }
}

/// What of the images of a unit is written otherwise, whatever is edited.
pub(super) fn cleaned(store: &Store, unit: &Unit) -> Vec<Splice> {
    let images = unit.images.iter();
    images.filter_map(|image| Some(Splice { range: image.range.clone(), bytes: image.cleaned(store, &unit.bytes)? })).collect()
}

/// The text of a stretch of a content stream that no operator shows: a comment, an entry of an image, operands of nothing.
pub(super) fn loose_text(bytes: &[u8]) -> String {
    if bytes.starts_with(b"%") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let source = [bytes, b" q"].concat();
    let mut tokenizer = Tokenizer::new(&source);
    let mut texts = Vec::new();
    while let Ok(Some(operation)) = tokenizer.next_operation() {
        operation.operands.iter().for_each(|(operand, _)| gather(operand, &mut texts));
        if operation.range.end < source.len() {
            texts.push(String::from_utf8_lossy(operation.operator).into_owned());
        }
    }
    texts.join(" ")
}

fn gather(operand: &Operand, texts: &mut Vec<String>) {
    match operand {
        Operand::String(bytes) => texts.push(super::strings::decode(bytes)),
        Operand::Name(name) => texts.push(String::from_utf8_lossy(name).into_owned()),
        Operand::Array(items) => items.iter().for_each(|(item, _)| gather(item, texts)),
        Operand::Dictionary(entries) => {
            for (key, value) in entries {
                texts.push(String::from_utf8_lossy(key).into_owned());
                gather(value, texts);
            }
        }
        Operand::Number(_) | Operand::Boolean(_) | Operand::Other => {}
    }
}
