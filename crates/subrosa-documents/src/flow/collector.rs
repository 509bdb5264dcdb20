//! Gathers what the parts of a package hold into segments, and keeps the way back from each segment to its slots.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use subrosa_core::segment::Segment;

use crate::formats::opc::Formula;
use crate::xml::{Kind, Slot, escape};

/// A stretch of a segment's text and the slot it comes from, whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// First byte in the segment's text.
    pub(crate) start: usize,
    /// First byte after.
    pub(crate) end: usize,
    /// Where it stands.
    pub(crate) slot: Slot,
    /// Which readings of the text it belongs to.
    pub(crate) reading: Reading,
}

/// Which readings of a text a piece of it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reading {
    /// All of them.
    #[default]
    Every,
    /// The one before the tracked changes: deleted or moved away.
    Before,
    /// The one after the tracked changes: inserted or moved here.
    After,
    /// None that a person reads as one line: ruby text over its base.
    Aside,
}

/// Where a segment's text stands.
pub(crate) enum Carrier {
    /// In slots one after the other; what lies between the pieces (ends of lines) has no place.
    Run(Vec<Piece>),
    /// The same text in each of the slots.
    Same(Vec<Slot>),
    /// The name of a sheet: what refers to it follows.
    SheetName(Slot),
    /// The bare name of a sheet of this workbook.
    SheetReference(Slot),
    /// A formula: the text is its code without literals.
    Formula(Slot),
    /// A name that formulas use: it stays one word.
    Identifier(Vec<Slot>),
    /// The stem of a part's file name, and the places that refer to the part by it.
    PartName(Vec<Slot>),
    /// In a document inside this one.
    Nested {
        /// The part that holds it.
        part: usize,
        /// The number of the segment there.
        index: usize,
    },
}

/// Segment, its place for people, and its slots.
pub(crate) struct Entry {
    pub(crate) segment: Segment,
    pub(crate) part: usize,
    pub(crate) place: String,
    pub(crate) carrier: Carrier,
}

/// The segments of a package as they are found.
#[derive(Default)]
pub(crate) struct Collector {
    /// Flows, in the order of the parts.
    pub(crate) runs: Vec<Entry>,
    /// Fields: attributes, properties, and other text that stands alone.
    pub(crate) values: Vec<Entry>,
    /// Text of the format's own naming (styles, fonts), last in the document.
    pub(crate) structural: Vec<Entry>,
    /// Attributes (part and offset of the value) that follow another place and are no segments of their own.
    pub(crate) claimed: HashSet<(usize, usize)>,
    identifiers: HashMap<String, usize>,
    known: HashMap<(Arc<str>, String), usize>,
    known_structural: HashMap<String, usize>,
    labels: HashMap<String, Arc<str>>,
}

impl Collector {
    /// One shared copy of a label.
    pub(crate) fn label(&mut self, label: &str) -> Arc<str> {
        if let Some(known) = self.labels.get(label) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = Arc::from(label);
        self.labels.insert(label.to_owned(), Arc::clone(&shared));
        shared
    }

    /// A value that is one field: an attribute, a property. Equal values under one label are one segment.
    pub(crate) fn value(&mut self, slot: Slot, label: &str, text: String) {
        let label = self.label(label);
        let key = (label, text);
        if let Some(index) = self.known.get(&key) {
            if let Some(Entry { carrier: Carrier::Same(slots), .. }) = self.values.get_mut(*index) {
                slots.push(slot);
            }
            return;
        }
        let segment = Segment { text: key.1.clone(), labels: labels_of(&key.0), structural: false };
        self.values.push(Entry {
            segment,
            part: slot.part,
            place: describe(slot.kind, &key.0),
            carrier: Carrier::Same(vec![slot]),
        });
        self.known.insert(key, self.values.len() - 1);
    }

    /// A value of the format's own naming.
    pub(crate) fn structural(&mut self, slot: Slot, label: &'static str, text: String) {
        if let Some(index) = self.known_structural.get(&text) {
            if let Some(Entry { carrier: Carrier::Same(slots), .. }) = self.structural.get_mut(*index) {
                slots.push(slot);
            }
            return;
        }
        self.known_structural.insert(text.clone(), self.structural.len());
        let segment = Segment::structural(text);
        self.structural.push(Entry {
            segment,
            part: slot.part,
            place: describe(slot.kind, label),
            carrier: Carrier::Same(vec![slot]),
        });
    }

    /// The name of a sheet.
    pub(crate) fn sheet_name(&mut self, slot: Slot, text: String) {
        let segment = Segment::labelled(text, self.label("sheet name"));
        self.values.push(Entry { segment, part: slot.part, place: "sheet name".to_owned(), carrier: Carrier::SheetName(slot) });
    }

    /// The name of a sheet where nothing but it stands.
    pub(crate) fn sheet_reference(&mut self, slot: Slot, text: String) {
        let (segment, place) = (Segment::structural(text), "sheet reference".to_owned());
        self.structural.push(Entry { segment, part: slot.part, place, carrier: Carrier::SheetReference(slot) });
    }

    /// A name that formulas use. Equal names are one segment.
    pub(crate) fn identifier(&mut self, slot: Slot, label: &str, text: String) {
        if let Some(index) = self.identifiers.get(&text) {
            if let Some(Entry { carrier: Carrier::Identifier(slots), .. }) = self.structural.get_mut(*index) {
                slots.push(slot);
            }
            return;
        }
        self.identifiers.insert(text.clone(), self.structural.len());
        let segment = Segment::structural(text);
        let carrier = Carrier::Identifier(vec![slot]);
        self.structural.push(Entry { segment, part: slot.part, place: label.to_owned(), carrier });
    }

    /// The stem of the file name of `part`, which stands in these slots.
    pub(crate) fn part_name(&mut self, part: usize, slots: Vec<Slot>, text: String) {
        let (segment, place) = (Segment::structural(text), "its file name".to_owned());
        self.structural.push(Entry { segment, part, place, carrier: Carrier::PartName(slots) });
    }

    /// A formula that is no cell's. `raw` is what stands in the slot.
    pub(crate) fn formula(&mut self, slot: Slot, raw: &str, text: &str) {
        let Formula { code, literals } = Formula::of(text);
        if code.chars().filter(|char| char.is_alphanumeric()).count() >= 2 {
            let (segment, place) = (Segment::structural(code), "formula".to_owned());
            self.structural.push(Entry { segment, part: slot.part, place, carrier: Carrier::Formula(slot) });
        }
        let mut offsets = escape::Offsets::new(raw);
        let mut flow = Segment::default();
        let mut pieces = Vec::new();
        for literal in literals {
            let Some(inside) = text.get(literal.clone()) else { continue };
            let verbatim = slot.kind == Kind::Cdata;
            let start = slot.start + if verbatim { literal.start } else { offsets.advance(literal.start) };
            let end = slot.start + if verbatim { literal.end } else { offsets.advance(literal.end) };
            if !flow.text.is_empty() {
                flow.text.push('\n');
            }
            let from = flow.text.len();
            flow.text.push_str(inside);
            let kind = if let Kind::Element { .. } = slot.kind { Kind::Element { preserve: None } } else { slot.kind };
            let slot = Slot { part: slot.part, start, end, kind };
            pieces.push(Piece { start: from, end: flow.text.len(), slot, reading: Reading::Every });
        }
        if !pieces.is_empty() {
            self.run(slot.part, "formula".to_owned(), flow, pieces);
        }
    }

    /// A flow of text.
    pub(crate) fn run(&mut self, part: usize, place: String, segment: Segment, pieces: Vec<Piece>) {
        self.runs.push(Entry { segment, part, place, carrier: Carrier::Run(pieces) });
    }
}

/// The label, and `author` beside the names that office formats have for one.
pub(crate) fn labels_of(label: &Arc<str>) -> Vec<Arc<str>> {
    match &**label {
        "creator" | "lastModifiedBy" | "initials" | "userId" => {
            vec![Arc::clone(label), Arc::from("author")]
        }
        _ => vec![Arc::clone(label)],
    }
}

fn describe(kind: Kind, label: &str) -> String {
    match kind {
        Kind::Attribute | Kind::DateAttribute { .. } | Kind::RequiredDate | Kind::NumberAttribute => {
            format!("attribute \"{label}\"")
        }
        Kind::Uri => label.to_owned(),
        _ => format!("\"{label}\""),
    }
}
