//! The way back: edits of segments become splices of parts, and the parts a package again.

use subrosa_core::edit::Edit;
use subrosa_core::span::Span;

use super::collector::{Carrier, Piece};
use super::fate::Fate;
use crate::document::Body;
use crate::image::metafile::MetaText;
use crate::package::{Member, Method, PackageWriter};
use crate::refusal::Refusal;
use crate::xml::slot::SlotEdit;
use crate::xml::{Kind, Slot, Splice, splice};

/// Where a segment stands, for people and for the writer.
pub(super) struct Place {
    pub(super) part: usize,
    pub(super) detail: String,
    pub(super) carrier: Carrier,
    /// For a story: the text's line ends, so that a place can name the paragraph.
    pub(super) lines: Vec<usize>,
}

/// A package that was read.
pub(super) struct PackageBody {
    pub(super) bytes: Vec<u8>,
    pub(super) parts: Vec<(Member, Fate)>,
    pub(super) places: Vec<Place>,
    pub(super) notes: Vec<String>,
}

impl Body for PackageBody {
    fn place(&self, segment: usize, span: Span) -> String {
        let Some(place) = self.places.get(segment) else {
            return String::new();
        };
        let Some((member, fate)) = self.parts.get(place.part) else {
            return String::new();
        };
        if let (Carrier::Nested { index, .. }, Fate::Nested(body)) = (&place.carrier, fate) {
            return format!("{}, {}", member.name, body.place(*index, span));
        }
        let mut text = member.name.clone();
        if !place.detail.is_empty() {
            text.push_str(", ");
            text.push_str(&place.detail);
        }
        if !place.lines.is_empty() {
            let line = place.lines.partition_point(|end| *end < span.start) + 1;
            text.push_str(", line ");
            text.push_str(&line.to_string());
        }
        text
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        if edits.len() > self.places.len() {
            return Err(Refusal::Internal("edits for more segments than there are".to_owned()));
        }
        let mut by_part: Vec<Vec<(Slot, SlotEdit)>> = vec![Vec::new(); self.parts.len()];
        let mut nested: Vec<Vec<Vec<Edit>>> = vec![Vec::new(); self.parts.len()];
        for (place, edits) in self.places.iter().zip(edits) {
            if edits.is_empty() {
                continue;
            }
            match &place.carrier {
                Carrier::Nested { part, index } => {
                    if let Some(inner) = nested.get_mut(*part) {
                        inner.resize_with(inner.len().max(index + 1), Vec::new);
                        inner[*index].clone_from(edits);
                    }
                }
                Carrier::Same(slots) => {
                    for slot in slots {
                        let all = edits
                            .iter()
                            .map(|edit| (*slot, SlotEdit { range: edit.span.range(), text: edit.replacement.clone() }));
                        by_part[slot.part].extend(all);
                    }
                }
                Carrier::Run(pieces) => distribute(pieces, edits, &mut by_part),
            }
        }
        let mut writer = PackageWriter::with_capacity(self.bytes.len());
        for (index, (member, fate)) in self.parts.iter().enumerate() {
            match fate {
                Fate::Drop => {}
                Fate::Keep => writer.copy(member, &self.bytes)?,
                Fate::Clean(data) => writer.add(&member.name, data, member.method)?,
                Fate::Metafile(data) => {
                    let mut data = data.clone();
                    for (slot, edit) in &by_part[index] {
                        let wide = slot.kind == Kind::Fixed { wide: true };
                        let text = MetaText { range: slot.start..slot.end, wide, line: None };
                        text.overwrite(&mut data, edit.range.clone(), &edit.text);
                    }
                    writer.add(&member.name, &data, Method::Deflated)?;
                }
                Fate::Nested(body) => writer.add(&member.name, &body.write(&nested[index])?, Method::Deflated)?,
                Fate::Xml(xml) => {
                    let splices = splices(&xml.text.text, &mut by_part[index], &xml.cuts);
                    if splices.is_empty() {
                        writer.copy(member, &self.bytes)?;
                    } else {
                        let edited = apply(&xml.text.text, &splices, &member.name)?;
                        writer.add(&member.name, &xml.text.encode(&edited), Method::Deflated)?;
                    }
                }
            }
        }
        writer.finish()
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }
}

/// Gives each edit of a flow to the pieces it touches: the replacement to the first, deletion to the others.
fn distribute(pieces: &[Piece], edits: &[Edit], by_part: &mut [Vec<(Slot, SlotEdit)>]) {
    for edit in edits {
        let mut replacement = Some(edit.replacement.clone());
        let first = pieces.partition_point(|piece| piece.end <= edit.span.start);
        let touched = pieces[first..].iter().take_while(|piece| piece.start < edit.span.end);
        for piece in touched {
            let from = edit.span.start.max(piece.start) - piece.start;
            let until = edit.span.end.min(piece.end) - piece.start;
            if from < until
                && let Some(part) = by_part.get_mut(piece.slot.part)
            {
                part.push((piece.slot, SlotEdit { range: from..until, text: replacement.take().unwrap_or_default() }));
            }
        }
    }
}

/// The splices of one part: edits by slot, joined where readings overlap, and the cuts.
fn splices(text: &str, edits: &mut [(Slot, SlotEdit)], cuts: &[Splice]) -> Vec<Splice> {
    edits.sort_by_key(|(slot, edit)| (slot.start, edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut out = Vec::new();
    for group in edits.chunk_by(|(a, _), (b, _)| a.start == b.start && a.end == b.end) {
        let Some((slot, _)) = group.first() else {
            continue;
        };
        // An element that goes takes what is in it along.
        if cuts.iter().any(|cut| cut.range.start <= slot.start && slot.end <= cut.range.end) {
            continue;
        }
        let mut joined: Vec<SlotEdit> = Vec::new();
        for (_, edit) in group {
            match joined.last_mut() {
                // The same text found in two readings: all of it goes, the first replacement stays.
                Some(last) if edit.range.start < last.range.end => last.range.end = last.range.end.max(edit.range.end),
                _ => joined.push(edit.clone()),
            }
        }
        splice(slot, text, &joined, &mut out);
    }
    out.extend_from_slice(cuts);
    out.sort_by_key(|splice| (splice.range.start, splice.range.end));
    out.dedup();
    out
}

/// `text` with the splices made.
fn apply(text: &str, splices: &[Splice], part: &str) -> Result<String, Refusal> {
    let overlap = || Refusal::Internal(format!("overlapping edits in {part}"));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for splice in splices {
        out.push_str(text.get(at..splice.range.start).ok_or_else(overlap)?);
        out.push_str(&splice.text);
        at = splice.range.end;
    }
    out.push_str(text.get(at..).ok_or_else(overlap)?);
    Ok(out)
}
