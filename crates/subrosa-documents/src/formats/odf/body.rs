//! The way back: edits of segments become splices of parts, and the parts a package or a flat file again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::base64;
use super::cells::{self, Link, Role};
use super::manifest::Manifest;
use crate::document::{Body, Record};
use crate::flow::Carrier;
use crate::flow::edits::{apply, distribute, splices};
use crate::flow::tables;
use crate::formats::picture::blanked;
use crate::image::metafile::MetaText;
use crate::limits::Limits;
use crate::nested::Children;
use crate::package::part_name::{self, PICTURES};
use crate::package::{Member, Method, PackageWriter};
use crate::refusal::Refusal;
use crate::view::Block;
use crate::xml::slot::SlotEdit;
use crate::xml::{Kind, Slot, Splice, XmlText, escape, foreign};

/// What becomes of a part.
pub(super) enum Fate {
    /// Markup: its text is in the segments, its edits are written in place.
    Xml(Box<XmlPart>),
    /// The list of the parts.
    Manifest(Box<(XmlText, Manifest)>),
    /// Not text: copied as it is.
    Keep,
    /// A picture that nobody looked into, without its metadata.
    Picture(Vec<u8>),
    /// A metafile: its texts are overwritten in place.
    Metafile(Vec<u8>),
    /// A document of its own, by its number among the children.
    Child(usize),
    /// Not carried over.
    Drop,
}

/// A part that is markup.
pub(super) struct XmlPart {
    /// The decoded markup.
    pub(super) text: XmlText,
    /// What it loses in any case.
    pub(super) cuts: Vec<Splice>,
    /// The slots of its cells that hold more than text, ascending.
    pub(super) links: Vec<Link>,
    /// Pictures in its markup that were read: where their base64 stands, and their numbers among the children.
    pub(super) pictures: Vec<(Range<usize>, usize)>,
}

impl XmlPart {
    pub(super) fn new(text: XmlText) -> Self {
        Self { text, cuts: Vec::new(), links: Vec::new(), pictures: Vec::new() }
    }
}

/// A part of the document.
pub(super) struct Part {
    pub(super) name: String,
    /// The member of the package; nothing in a flat file.
    pub(super) member: Option<Member>,
    pub(super) fate: Fate,
    /// Whether it could not be read.
    pub(super) unread: bool,
}

/// Where a segment stands.
pub(super) struct Place {
    pub(super) part: usize,
    pub(super) detail: String,
    pub(super) carrier: Carrier,
    /// For a flow: the text's line ends.
    pub(super) lines: Vec<usize>,
}

/// A document that was read.
pub(super) struct OdfBody {
    pub(super) bytes: Vec<u8>,
    pub(super) parts: Vec<Part>,
    pub(super) places: Vec<Place>,
    pub(super) children: Children,
    /// Whether pictures that nobody looked into are painted over.
    pub(super) blank: bool,
    pub(super) notes: Vec<String>,
}

/// The edits of one part.
#[derive(Default)]
struct Changes {
    slots: Vec<(Slot, SlotEdit)>,
    /// Start tags of cells that become text.
    cells: BTreeSet<usize>,
    /// Start tags of cells that lose their formula only.
    formulas: BTreeSet<usize>,
    /// Cells whose value is edited, with the edits that make what they show say the same.
    values: Vec<(usize, Vec<(Slot, SlotEdit)>)>,
}

impl OdfBody {
    fn links(&self, part: usize) -> Option<(&str, &[Link])> {
        match self.parts.get(part).map(|part| &part.fate) {
            Some(Fate::Xml(xml)) => Some((&xml.text.text, &xml.links)),
            _ => None,
        }
    }

    /// The cell that a slot belongs to.
    fn link(&self, slot: &Slot) -> Option<Link> {
        let (_, links) = self.links(slot.part)?;
        let at = links.partition_point(|link| link.slot.start < slot.start);
        links.get(at).filter(|link| link.slot.start == slot.start).copied()
    }

    fn changes(&self, edits: &[Vec<Edit>]) -> Vec<Changes> {
        let mut runs: Vec<Vec<(Slot, SlotEdit)>> = vec![Vec::new(); self.parts.len()];
        let mut changes: Vec<Changes> = Vec::new();
        changes.resize_with(self.parts.len(), Changes::default);
        for (place, edits) in self.places.iter().zip(edits).filter(|(_, edits)| !edits.is_empty()) {
            match &place.carrier {
                Carrier::Run(pieces) => distribute(pieces, edits, &mut runs),
                Carrier::Same(slots) => {
                    for slot in slots {
                        let Some(change) = changes.get_mut(slot.part) else { continue };
                        match self.link(slot) {
                            Some(Link { tag, role: Role::Formula, .. }) => {
                                change.formulas.insert(tag);
                            }
                            Some(Link { tag, role: Role::Value, .. }) => {
                                change.values.push((tag, self.shown(slot, tag, edits)));
                            }
                            _ => change.slots.extend(edits.iter().map(|edit| (*slot, slot_edit(edit)))),
                        }
                    }
                }
                _ => {}
            }
        }
        for (change, run) in changes.iter_mut().zip(runs) {
            let cells = run.iter().filter_map(|(slot, _)| self.link(slot)).map(|link| link.tag);
            change.cells.extend(cells);
            change.slots.extend(run);
            // What a cell shows has been edited by itself where something was found in it.
            for (tag, shown) in std::mem::take(&mut change.values) {
                if change.cells.insert(tag) {
                    change.slots.extend(shown);
                }
            }
        }
        changes
    }

    /// The pictures whose file names are edited, with their new ones.
    fn renamed(&self, edits: &[Vec<Edit>]) -> Result<BTreeMap<&str, String>, Refusal> {
        let mut renamed: BTreeMap<&str, String> = BTreeMap::new();
        for (place, edits) in self.places.iter().zip(edits).filter(|(_, edits)| !edits.is_empty()) {
            let Carrier::Same(slots) = &place.carrier else { continue };
            let slot = slots.iter().find(|slot| slot.kind == Kind::Name);
            let Some(stem) = slot.and_then(|slot| self.links(slot.part)?.0.get(slot.start..slot.end)) else { continue };
            let mut new = String::new();
            let mut done = 0;
            for edit in edits {
                new.push_str(stem.get(done..edit.span.start).unwrap_or_default());
                new.push_str(&edit.replacement);
                done = edit.span.end;
            }
            new.push_str(stem.get(done..).unwrap_or_default());
            for part in &self.parts {
                let (folder, own, extension) = part_name::cut(&part.name);
                if own == stem && folder.ends_with(PICTURES) {
                    let name = format!("{folder}{}{extension}", foreign::as_name(&new));
                    if self.parts.iter().any(|other| other.name == name) || renamed.values().any(|other| *other == name) {
                        return Err(Refusal::uninspectable(&*part.name, "its new file name is another part's"));
                    }
                    renamed.insert(&part.name, name);
                }
            }
        }
        Ok(renamed)
    }

    /// The edits by which a cell shows its edited value.
    fn shown(&self, slot: &Slot, tag: usize, edits: &[Edit]) -> Vec<(Slot, SlotEdit)> {
        let Some((text, links)) = self.links(slot.part) else { return Vec::new() };
        let from = links.partition_point(|link| link.slot.start < tag);
        let own = links.get(from..).unwrap_or_default().iter();
        // A cell may hold others, but never more than all that follow.
        let own = own.take_while(|link| link.tag >= tag).filter(|link| link.tag == tag && link.role == Role::Shown);
        let length = |slot: &Slot| match slot.kind {
            Kind::Cdata => slot.end.saturating_sub(slot.start),
            _ => text.get(slot.start..slot.end).and_then(escape::decode).map_or(0, |text| text.len()),
        };
        let slots: Vec<(Slot, usize)> = own.map(|link| (link.slot, length(&link.slot))).collect();
        cells::shown_as(edits, &slots).into_iter().map(|(slot, edit)| (slot, slot_edit(&edit))).collect()
    }

    /// A part that is markup with its changes made; nothing when there are none.
    fn xml(&self, part: &Part, xml: &XmlPart, change: &mut Changes, edits: &[Vec<Edit>]) -> Result<Option<Vec<u8>>, Refusal> {
        let text = &xml.text.text;
        let mut cuts = xml.cuts.clone();
        for (range, child) in &xml.pictures {
            let picture = self.children.write(*child, edits)?;
            if text.get(range.clone()).and_then(base64::decode).as_ref() != Some(&picture) {
                cuts.push(Splice { range: range.clone(), text: base64::encode(&picture) });
            }
        }
        for tag in &change.cells {
            cuts.extend(cells::convert(text, *tag, false));
        }
        for tag in change.formulas.difference(&change.cells) {
            cuts.extend(cells::convert(text, *tag, true));
        }
        let splices = splices(text, &mut change.slots, &cuts, &[]);
        if splices.is_empty() {
            return Ok(None);
        }
        apply(text, &outermost(splices), &part.name).map(|edited| Some(xml.text.encode(&edited)))
    }
}

/// Without splices inside others that take the whole place away.
fn outermost(splices: Vec<Splice>) -> Vec<Splice> {
    let mut out: Vec<Splice> = Vec::with_capacity(splices.len());
    for splice in splices {
        match out.last() {
            Some(last) if splice.range.end <= last.range.end && last.text.is_empty() && splice.range.start < last.range.end => {}
            Some(last)
                if last.range.start == splice.range.start && last.range.end < splice.range.end && splice.text.is_empty() =>
            {
                out.pop();
                out.push(splice);
            }
            _ => out.push(splice),
        }
    }
    out
}

fn slot_edit(edit: &Edit) -> SlotEdit {
    SlotEdit { range: edit.span.range(), text: edit.replacement.clone() }
}

impl Body for OdfBody {
    fn place(&self, segment: usize, span: Span) -> String {
        let Some(place) = self.places.get(segment) else {
            return self.children.place(segment, span).unwrap_or_default();
        };
        let name = self.parts.get(place.part).map_or("", |part| part.name.as_str());
        let mut text = name.to_owned();
        if !place.detail.is_empty() {
            text.push_str(if text.is_empty() { "" } else { ", " });
            text.push_str(&place.detail);
        }
        if place.lines.len() > 1 || place.detail.is_empty() {
            let line = place.lines.partition_point(|end| *end < span.start) + 1;
            text.push_str(if text.is_empty() { "" } else { ", " });
            text.push_str("line ");
            text.push_str(&line.to_string());
        }
        text
    }

    fn record(&self, segment: usize) -> Option<Record> {
        let Some(place) = self.places.get(segment) else { return self.children.record(segment) };
        tables::record_at(self.parts.get(place.part).map_or("", |part| part.name.as_str()), &place.detail)
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        if matches!(on_unread, OnUnread::Remove | OnUnread::Blank) {
            for part in &mut self.parts {
                if let Fate::Picture(data) = &mut part.fate {
                    *data = blanked(data, &Limits::default());
                }
            }
            self.blank = true;
        }
        match on_unread {
            OnUnread::Keep => self.children.settle(on_unread),
            OnUnread::Remove => {
                if self.parts.iter().any(|part| part.unread && part.member.is_none()) || !self.children.settle(on_unread) {
                    return false;
                }
                for part in self.parts.iter_mut().filter(|part| part.unread) {
                    if matches!(part.fate, Fate::Xml(_)) {
                        return false;
                    }
                    part.fate = Fate::Drop;
                    self.notes.push(format!("{}: removed: it could not be read", part.name));
                }
                true
            }
            _ => self.parts.iter().all(|part| !part.unread) && self.children.settle(on_unread),
        }
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        self.view(segments)
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let mut changes = self.changes(edits.get(..self.places.len()).unwrap_or(edits));
        let kept: Vec<&str> =
            self.parts.iter().filter(|part| !matches!(part.fate, Fate::Drop)).map(|part| part.name.as_str()).collect();
        let renamed = self.renamed(edits)?;
        let mut writer = PackageWriter::with_capacity(self.bytes.len());
        for (part, change) in self.parts.iter().zip(&mut changes) {
            let Some(member) = &part.member else {
                let Fate::Xml(xml) = &part.fate else {
                    return Err(Refusal::Internal("a flat document that is no markup".to_owned()));
                };
                return Ok(self.xml(part, xml, change, edits)?.unwrap_or_else(|| self.bytes.clone()));
            };
            let name = renamed.get(part.name.as_str()).unwrap_or(&member.name);
            match &part.fate {
                Fate::Drop => {}
                Fate::Keep if member.name == "mimetype" && member.method != Method::Stored => {
                    writer.add(&member.name, super::mimetype(&self.bytes, member)?.as_bytes(), Method::Stored)?;
                }
                Fate::Keep => writer.copy_as(name, None, member, &self.bytes)?,
                Fate::Picture(data) => writer.add(name, data, member.method)?,
                Fate::Metafile(data) => {
                    let mut data = data.clone();
                    for (slot, edit) in &change.slots {
                        let wide = slot.kind == Kind::Fixed { wide: true };
                        let text = MetaText { range: slot.start..slot.end, wide, line: None, names_font: false };
                        text.overwrite(&mut data, edit.range.clone(), &edit.text);
                    }
                    writer.add(name, &data, Method::Deflated)?;
                }
                Fate::Child(child) if self.children.is_edited(*child, edits) => {
                    writer.add(name, &self.children.write(*child, edits)?, Method::Deflated)?;
                }
                Fate::Child(child) => writer.add(name, &self.children.write(*child, &[])?, Method::Deflated)?,
                Fate::Manifest(list) => {
                    let (text, manifest) = list.as_ref();
                    let cuts = manifest.cuts(&kept);
                    if cuts.is_empty() && renamed.is_empty() {
                        writer.copy(member, &self.bytes)?;
                    } else {
                        let mut edited = apply(&text.text, &cuts, &member.name)?;
                        for (old, new) in &renamed {
                            edited = edited.replace(&format!("full-path=\"{old}\""), &format!("full-path=\"{new}\""));
                        }
                        writer.add(&member.name, &text.encode(&edited), Method::Deflated)?;
                    }
                }
                Fate::Xml(xml) => match self.xml(part, xml, change, edits)? {
                    Some(data) => writer.add(&member.name, &data, Method::Deflated)?,
                    None => writer.copy(member, &self.bytes)?,
                },
            }
        }
        writer.finish()
    }

    fn notes(&self) -> Vec<String> {
        let what = if self.blank { "painted over, as its text could not be read" } else { "not looked into" };
        let pictures = self.parts.iter().filter(|part| matches!(part.fate, Fate::Picture(_)));
        let mut notes = self.notes.clone();
        notes.extend(pictures.map(|part| format!("{}: picture, {what}", part.name)));
        notes.extend(self.children.notes());
        notes
    }
}
