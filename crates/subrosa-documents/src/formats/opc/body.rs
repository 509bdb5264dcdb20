//! The way back: edits of segments become splices of parts, and the parts a package again.

use std::collections::{BTreeMap, BTreeSet};

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::fate::Fate;
use super::sheets::{self, Book, Parts, Renaming, edited, elsewhere, whole};
use crate::document::{Body, Record};
use crate::flow::Carrier;
use crate::flow::edits::{apply, distribute, splices};
use crate::flow::tables;
use crate::formats::picture::blanked;
use crate::image::metafile::MetaText;
use crate::limits::Limits;
use crate::package::{Budget, Member, Method, Package, PackageWriter, part_name};
use crate::refusal::Refusal;
use crate::view::Block;
use crate::xml::slot::SlotEdit;
use crate::xml::{Kind, Slot, Splice, escape, foreign};

/// The part that says in which order formulas are calculated. It goes when a formula does; programs make it anew.
pub(super) struct CalcChain {
    pub(super) part: usize,
    /// What names it: its relationships and its content type.
    pub(super) traces: Vec<(usize, Splice)>,
}

/// Where a segment stands, for people and for the writer.
pub(super) struct Place {
    pub(super) part: usize,
    pub(super) detail: String,
    pub(super) carrier: Carrier,
    /// For a story: the text's line ends, so that a place can name the paragraph.
    pub(super) lines: Vec<usize>,
}

/// The pictures of a package that nobody looked into.
pub(super) struct Pictures {
    /// Those that may stay, and those that count as unread parts; by part.
    pub(super) unseen: Vec<usize>,
    pub(super) unread: Vec<usize>,
    /// Whether parts that are no pictures could not be read.
    pub(super) other_unread: bool,
    /// Whether all of them are blanked.
    pub(super) blank: bool,
    pub(super) limits: Limits,
}

/// A package that was read.
pub(super) struct PackageBody {
    pub(super) bytes: Vec<u8>,
    pub(super) parts: Vec<(Member, Fate)>,
    /// The cells, whose segments come first.
    pub(super) book: Book,
    pub(super) calc_chain: Option<CalcChain>,
    /// The places of the segments after the cells'.
    pub(super) places: Vec<Place>,
    pub(super) pictures: Pictures,
    pub(super) notes: Vec<String>,
}

impl PackageBody {
    /// The markup of a part.
    pub(super) fn markup(&self, part: usize) -> Option<&str> {
        match self.parts.get(part) {
            Some((_, Fate::Xml(xml))) => Some(&xml.text.text),
            _ => None,
        }
    }

    /// The decoded text of a slot.
    fn slot_text(&self, slot: &Slot) -> String {
        let raw = self.markup(slot.part).and_then(|text| text.get(slot.start..slot.end)).unwrap_or_default();
        if slot.kind == Kind::Cdata { raw.to_owned() } else { escape::decode(raw).unwrap_or_default().into_owned() }
    }

    /// What sheets, names and columns are called after the edits; the new names go into `parts`.
    fn rename(&self, cells: &[Vec<Edit>], others: &[Vec<Edit>], parts: &mut Parts<'_>) -> Result<Renaming, Refusal> {
        let mut renaming = Renaming::default();
        if others.iter().chain(cells).all(Vec::is_empty) {
            return Ok(renaming);
        }
        let mut sheets: BTreeSet<String> = BTreeSet::new();
        let mut words: BTreeSet<String> = BTreeSet::new();
        let own = |index: usize| others.get(index).map(Vec::as_slice).unwrap_or_default();
        for (index, place) in self.places.iter().enumerate() {
            if let Carrier::SheetName(slot) = &place.carrier
                && own(index).is_empty()
            {
                sheets.insert(self.slot_text(slot).to_lowercase());
            }
        }
        for (index, place) in self.places.iter().enumerate().filter(|(index, _)| !own(*index).is_empty()) {
            match &place.carrier {
                Carrier::SheetName(slot) => {
                    let old = self.slot_text(slot);
                    let new = sheets::sheet_name(&edited(&old, own(index))?, &|name| sheets.contains(&name.to_lowercase()));
                    sheets.insert(new.to_lowercase());
                    parts.put(whole(slot, &new), slot.part);
                    renaming.sheets.insert(old.to_lowercase(), new);
                }
                Carrier::Identifier(slots) => {
                    let Some(first) = slots.first() else { continue };
                    let old = self.slot_text(first);
                    let word: String = edited(&old, own(index))?
                        .chars()
                        .map(|char| if char.is_ascii_alphanumeric() || char == '.' { char } else { '_' })
                        .collect();
                    let word = if word.starts_with(|char: char| char.is_ascii_alphabetic()) { word } else { format!("_{word}") };
                    let mut numbered = std::iter::once(word.clone()).chain((2_u32..).map(|number| format!("{word}_{number}")));
                    let new = numbered.find(|word| words.insert(word.to_lowercase())).unwrap_or_default();
                    for slot in slots {
                        parts.put(whole(slot, &new), slot.part);
                    }
                    renaming.gone.push(old.to_lowercase());
                }
                _ => {}
            }
        }
        renaming.gone.extend(self.book.gone_columns(&|part| self.markup(part), cells));
        Ok(renaming)
    }
}

impl Body for PackageBody {
    fn place(&self, segment: usize, span: Span) -> String {
        if let Some(place) = self.book.place(segment) {
            return place;
        }
        let Some(place) = self.places.get(segment - self.book.len()) else {
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

    fn record(&self, segment: usize) -> Option<Record> {
        if segment < self.book.len() {
            return self.book.record(segment);
        }
        let place = self.places.get(segment - self.book.len())?;
        let (member, fate) = self.parts.get(place.part)?;
        if let (Carrier::Nested { index, .. }, Fate::Nested(body)) = (&place.carrier, fate) {
            return body.record(*index).map(|record| record.inside(&member.name));
        }
        tables::record_at(&member.name, &place.detail)
    }

    /// Pictures are blanked; what is no picture can neither go nor be blanked.
    fn settle(&mut self, on_unread: OnUnread) -> bool {
        match on_unread {
            OnUnread::Fail => return false,
            OnUnread::Keep => return true,
            OnUnread::Remove | OnUnread::Blank => {}
        }
        if self.pictures.other_unread {
            return false;
        }
        let limits = self.pictures.limits;
        let Ok(package) = Package::open(&self.bytes, &limits) else { return false };
        for index in self.pictures.unseen.iter().chain(&self.pictures.unread) {
            let Some((member, fate)) = self.parts.get_mut(*index) else { continue };
            let data = match fate {
                Fate::Clean(data) => std::mem::take(data),
                _ => package.expand(member, &mut Budget::new(&limits, self.bytes.len())).unwrap_or_default(),
            };
            *fate = Fate::Clean(blanked(&data, &limits));
        }
        self.pictures.blank = true;
        true
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        self.view(segments)
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        if edits.len() > self.book.len() + self.places.len() {
            return Err(Refusal::Internal("edits for more segments than there are".to_owned()));
        }
        let (cells, edits) = edits.split_at(edits.len().min(self.book.len()));
        let mut by_part: Vec<Vec<(Slot, SlotEdit)>> = vec![Vec::new(); self.parts.len()];
        let mut nested: Vec<Vec<Vec<Edit>>> = vec![Vec::new(); self.parts.len()];
        let mut replaced: Vec<Vec<Splice>> = vec![Vec::new(); self.parts.len()];
        let mut renamed: BTreeMap<usize, String> = BTreeMap::new();
        let mut parts = Parts { slots: &mut by_part, whole: &mut replaced };
        let renaming = self.rename(cells, edits, &mut parts)?;
        let frozen = self.book.plan(&|part| self.markup(part), cells, &renaming, &mut parts)?;
        for (index, place) in self.places.iter().enumerate() {
            let edits = edits.get(index).map(Vec::as_slice).unwrap_or_default();
            if let Carrier::Formula(slot) = &place.carrier
                && let Some(new) = elsewhere(&self.slot_text(slot), edits, &renaming)
            {
                replaced[slot.part].push(whole(slot, &new));
            }
            if let Carrier::SheetReference(slot) = &place.carrier {
                if let Some(new) = renaming.sheets.get(&self.slot_text(slot).to_lowercase()) {
                    replaced[slot.part].push(whole(slot, new));
                } else if !edits.is_empty() {
                    replaced[slot.part].push(whole(slot, &edited(&self.slot_text(slot), edits)?));
                }
            }
            if edits.is_empty() {
                continue;
            }
            match &place.carrier {
                Carrier::SheetName(_) | Carrier::SheetReference(_) | Carrier::Formula(_) | Carrier::Identifier(_) => {}
                Carrier::Nested { part, index } => {
                    if let Some(inner) = nested.get_mut(*part) {
                        inner.resize_with(inner.len().max(index + 1), Vec::new);
                        inner[*index] = edits.to_vec();
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
                Carrier::PartName(slots) => {
                    let Some((member, _)) = self.parts.get(place.part) else { continue };
                    let (folder, stem, extension) = part_name::cut(&member.name);
                    let new = format!("{folder}{}{extension}", foreign::as_name(&edited(stem, edits)?));
                    let taken = |name: &&String| name.eq_ignore_ascii_case(&new);
                    let mut others = self.parts.iter().map(|(member, _)| &member.name).chain(renamed.values());
                    if others.any(|name| taken(&name)) {
                        return Err(Refusal::uninspectable(&*member.name, "its new file name is another part's"));
                    }
                    for slot in slots {
                        by_part[slot.part].extend(
                            edits
                                .iter()
                                .map(|edit| (*slot, SlotEdit { range: edit.span.range(), text: edit.replacement.clone() })),
                        );
                    }
                    renamed.insert(place.part, new);
                }
            }
        }
        let dropped = self.calc_chain.as_ref().filter(|_| frozen);
        for (part, trace) in dropped.iter().flat_map(|chain| &chain.traces) {
            if let Some(replaced) = replaced.get_mut(*part) {
                replaced.push(trace.clone());
            }
        }
        let mut writer = PackageWriter::with_capacity(self.bytes.len());
        for (index, (member, fate)) in self.parts.iter().enumerate() {
            if dropped.is_some_and(|chain| chain.part == index) {
                continue;
            }
            let name = renamed.get(&index).unwrap_or(&member.name);
            match fate {
                Fate::Drop => {}
                Fate::Keep => writer.copy_as(name, None, member, &self.bytes)?,
                Fate::Clean(data) => writer.add(name, data, member.method)?,
                Fate::Metafile(data) => {
                    let mut data = data.clone();
                    for (slot, edit) in &by_part[index] {
                        let wide = slot.kind == Kind::Fixed { wide: true };
                        let text = MetaText { range: slot.start..slot.end, wide, line: None, names_font: false };
                        text.overwrite(&mut data, edit.range.clone(), &edit.text);
                    }
                    writer.add(name, &data, Method::Deflated)?;
                }
                Fate::Nested(body) => writer.add(name, &body.write(&nested[index])?, Method::Deflated)?,
                Fate::Xml(xml) => {
                    let splices = splices(&xml.text.text, &mut by_part[index], &xml.cuts, &replaced[index]);
                    if splices.is_empty() {
                        writer.copy_as(name, None, member, &self.bytes)?;
                    } else {
                        let edited = apply(&xml.text.text, &splices, &member.name)?;
                        writer.add(name, &xml.text.encode(&edited), Method::Deflated)?;
                    }
                }
            }
        }
        writer.finish()
    }

    fn notes(&self) -> Vec<String> {
        let Pictures { unseen, unread, blank, .. } = &self.pictures;
        let (listed, what): (Vec<&usize>, _) = if *blank {
            (unseen.iter().chain(unread).collect(), "painted over, as its text could not be read")
        } else {
            (unseen.iter().collect(), "not looked into")
        };
        let pictures =
            listed.into_iter().filter_map(|index| Some(format!("{}: picture, {what}", self.parts.get(*index)?.0.name)));
        self.notes.iter().cloned().chain(pictures).chain(self.book.notes()).collect()
    }
}
