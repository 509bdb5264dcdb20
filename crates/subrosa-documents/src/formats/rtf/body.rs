//! The way back: edits of segments become replacements of bytes.

use std::ops::Range;

use subrosa_core::edit::Edit;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use crate::document::{Body, Record};
use crate::flow::Carrier;
use crate::flow::edits::distribute;
use crate::flow::tables;
use crate::image::metafile::MetaText;
use crate::nested::Children;
use crate::refusal::Refusal;
use crate::view::Block;
use crate::xml::slot::SlotEdit;
use crate::xml::{Kind, Slot};

/// Characters that stand in the file as they are.
pub(super) const PLAIN: Kind = Kind::Fixed { wide: false };
/// One character that is written with several.
pub(super) const UNIT: Kind = Kind::Symbol { prefix: 0 };

/// Where a segment stands.
pub(super) struct Place {
    pub(super) detail: String,
    pub(super) carrier: Carrier,
    pub(super) lines: Vec<usize>,
}

/// A picture whose bytes are written anew.
pub(super) struct Picture {
    /// Its digits or bytes in the file.
    pub(super) range: Range<usize>,
    /// What it shall be.
    pub(super) data: Vec<u8>,
    /// Whether it has to be written even without edits.
    pub(super) changed: bool,
}

/// A document that was read.
pub(super) struct RtfBody {
    /// The file up to its last brace.
    pub(super) bytes: Vec<u8>,
    pub(super) places: Vec<Place>,
    /// Metafiles and pictures with metadata; the first is part 1.
    pub(super) pictures: Vec<Picture>,
    /// Pictures that were read: their digits or bytes in the file, and their numbers among the children.
    pub(super) looked: Vec<(Range<usize>, usize)>,
    pub(super) children: Children,
    /// What goes in any case.
    pub(super) cuts: Vec<Range<usize>>,
    pub(super) notes: Vec<String>,
}

impl Body for RtfBody {
    fn place(&self, segment: usize, span: Span) -> String {
        let Some(place) = self.places.get(segment) else {
            return self.children.place(segment, span).unwrap_or_default();
        };
        let mut text = if place.detail.is_empty() { "body".to_owned() } else { place.detail.clone() };
        if place.lines.len() > 1 || place.detail.is_empty() {
            let line = place.lines.partition_point(|end| *end < span.start) + 1;
            text.push_str(", line ");
            text.push_str(&line.to_string());
        }
        text
    }

    fn record(&self, segment: usize) -> Option<Record> {
        let Some(place) = self.places.get(segment) else { return self.children.record(segment) };
        tables::record_at("", &place.detail)
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        self.view(segments)
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let mut parts: Vec<Vec<(Slot, SlotEdit)>> = vec![Vec::new(); self.pictures.len() + 1];
        for (place, edits) in self.places.iter().zip(edits) {
            if let Carrier::Run(pieces) = &place.carrier {
                distribute(pieces, edits, &mut parts);
            }
        }
        let mut parts = parts.into_iter();
        let mut changes = splices(parts.next().unwrap_or_default());
        for (picture, edits) in self.pictures.iter().zip(parts) {
            if picture.changed || !edits.is_empty() {
                let mut data = picture.data.clone();
                for (slot, edit) in &edits {
                    let wide = slot.kind == Kind::Fixed { wide: true };
                    let text = MetaText { range: slot.start..slot.end, wide, line: None, names_font: false };
                    text.overwrite(&mut data, edit.range.clone(), &edit.text);
                }
                changes.push((picture.range.clone(), hexadecimal(&data)));
            }
        }
        for (range, child) in &self.looked {
            if self.children.is_edited(*child, edits) || self.children.is_changed(*child) {
                changes.push((range.clone(), hexadecimal(&self.children.write(*child, edits)?)));
            }
        }
        changes.extend(self.cuts.iter().map(|cut| (cut.clone(), Vec::new())));
        // What goes as a whole takes what is in it along.
        changes.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut out = Vec::with_capacity(self.bytes.len());
        let mut at = 0;
        for (range, text) in changes {
            if range.start < at {
                if range.end <= at {
                    continue;
                }
                return Err(Refusal::Internal("overlapping edits".to_owned()));
            }
            let between = self.bytes.get(at..range.start);
            join(&mut out, between.ok_or_else(|| Refusal::Internal("an edit lies outside the file".to_owned()))?);
            join(&mut out, &text);
            at = range.end;
        }
        join(&mut out, self.bytes.get(at..).unwrap_or_default());
        Ok(out)
    }

    fn notes(&self) -> Vec<String> {
        [self.notes.clone(), self.children.notes()].concat()
    }
}

/// Appends, with a space where a control word would otherwise run into what follows it.
fn join(out: &mut Vec<u8>, next: &[u8]) {
    let Some(first) = next.first() else { return };
    if (first.is_ascii_alphanumeric() || matches!(first, b' ' | b'-')) && ends_in_word(out) {
        out.push(b' ');
    }
    out.extend_from_slice(next);
}

/// Whether the bytes end in a control word that nothing delimits.
fn ends_in_word(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(80)..).unwrap_or_default();
    let digits = tail.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let head = tail.get(..tail.len() - digits).unwrap_or_default();
    let head = if digits > 0 { head.strip_suffix(b"-").unwrap_or(head) } else { head };
    let letters = head.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let head = head.get(..head.len() - letters).unwrap_or_default();
    let slashes = head.iter().rev().take_while(|byte| **byte == b'\\').count();
    letters > 0 && slashes % 2 == 1
}

/// The changes of the file's bytes: edits of one slot that overlap (found in two readings) are joined.
fn splices(mut edits: Vec<(Slot, SlotEdit)>) -> Vec<(Range<usize>, Vec<u8>)> {
    edits.sort_by_key(|(slot, edit)| (slot.start, edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut out: Vec<(Range<usize>, Vec<u8>)> = Vec::with_capacity(edits.len());
    for (slot, edit) in edits {
        let range = if slot.kind == PLAIN {
            slot.start + edit.range.start..(slot.start + edit.range.end).min(slot.end)
        } else {
            slot.start..slot.end
        };
        match out.last_mut() {
            Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push((range, escape(&edit.text))),
        }
    }
    out
}

/// `text` as RTF.
fn escape(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\\' | '{' | '}' => out.extend_from_slice(&[b'\\', char as u8]),
            '\n' => out.extend_from_slice(b"\\line "),
            '\t' => out.extend_from_slice(b"\\tab "),
            ' '..='~' => out.push(char as u8),
            _ => {
                out.extend_from_slice(b"{\\uc1");
                for unit in char.encode_utf16(&mut [0; 2]) {
                    out.extend_from_slice(format!("\\u{}?", *unit as i16).as_bytes());
                }
                out.push(b'}');
            }
        }
    }
    out
}

fn hexadecimal(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() * 2 + data.len() / 32);
    for line in data.chunks(64) {
        for byte in line {
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(nibble), 16).map_or(b'0', |digit| digit as u8));
            }
        }
        out.push(b'\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_words_are_kept_apart_from_what_follows() {
        for (before, next, joined) in [
            ("\\b", "Jane", "\\b Jane"),
            ("\\b0", " x", "\\b0  x"),
            ("\\b ", "Jane", "\\b Jane"),
            ("\\'e9", "a", "\\'e9a"),
            ("\\\\b", "a", "\\\\ba"),
            ("\\par", "\\b", "\\par\\b"),
            ("\\li-3", "4", "\\li-3 4"),
        ] {
            let mut out = before.as_bytes().to_vec();
            join(&mut out, next.as_bytes());
            assert_eq!(String::from_utf8(out).unwrap(), joined);
        }
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("a{\\}é\n"), b"a\\{\\\\\\}{\\uc1\\u233?}\\line ");
    }
}
