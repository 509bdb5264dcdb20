//! The way back: edits of segments become splices of parts, and the parts a package again.

use subrosa_core::edit::Edit;
use subrosa_core::span::Span;

use super::fate::Fate;
use crate::document::Body;
use crate::flow::Carrier;
use crate::flow::edits::{apply, distribute, splices};
use crate::image::metafile::MetaText;
use crate::package::{Member, Method, PackageWriter};
use crate::refusal::Refusal;
use crate::xml::slot::SlotEdit;
use crate::xml::{Kind, Slot};

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
