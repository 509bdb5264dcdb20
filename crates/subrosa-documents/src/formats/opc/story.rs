//! Reads one XML part into segments: what reads on as text becomes one flow, every other text node and attribute its own.
//!
//! A flow is a story (a part, a cell, a text box, a note, a comment). Runs are joined without a separator, since a word may
//! be split over any number of them; paragraphs end in `\n`. Deleted, moved and ruby text reads on where it stands, and once
//! more as the [`readings`] without it. Field codes and text boxes do not belong to the sentence around them
//! and are flows of their own.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use subrosa_core::segment::Segment;

use super::attributes::{Class, classify};
use super::leaf::Leaf;
use super::page_header;
use crate::flow::{Collector, Flow, Piece, Reading, Table, readings};
use crate::refusal::Refusal;
use crate::xml::{Family, Kind, Name, Slot, Splice, Tag, TextKind, Visitor};
use crate::xml::{escape, foreign};

/// Elements that begin a story of their own.
const STORIES: &[&str] = &["tc", "txbxContent", "comment", "footnote", "endnote", "docPart", "txBody", "rich"];

/// Elements whose only use is to bring in another part, and that may go together with it.
const REFERENCES: &[&str] =
    &["OLEObject", "objectEmbed", "oleObject", "control", "customPr", "externalData", "printerSettings", "toolbarData"];

/// Elements that have no use, or are not allowed, without an element in them: they go with the last one.
const HOLDERS: &[&str] = &["oleObjects", "controls", "customProperties", "AlternateContent", "Choice", "Fallback"];

/// Elements that stay without their reference: they hold the picture that is shown, or other settings.
const UNTIED: &[&str] = &["oleObj", "pageSetup"];

/// An open element.
struct Frame<'a> {
    name: Name<'a>,
    /// Whether it began a flow.
    flow: bool,
    /// Where ` xml:space` could be inserted, if it is not there.
    space: Option<usize>,
    /// Where its tag begins.
    start: usize,
    /// Its elements, and how many of them go.
    children: (usize, usize),
}

/// An open field.
struct Field {
    /// The flow of its code.
    flow: usize,
    /// Whether its code has ended and what follows is the result.
    in_result: bool,
}

/// The visitor of one part.
pub(crate) struct Story<'a, 'c> {
    part: usize,
    text: &'a str,
    collector: &'c mut Collector,
    frames: Vec<Frame<'a>>,
    /// All flows in the order they began.
    flows: Vec<Flow>,
    /// The flows that are open.
    open: Vec<usize>,
    /// The fields that are open.
    fields: Vec<Field>,
    tables: Vec<Table>,
    table_count: usize,
    /// The readings of the elements that are open and change it.
    readings: Vec<Reading>,
    /// The readings of the ends of the paragraphs that are open.
    ends: Vec<Reading>,
    /// The name of the custom property that is open.
    property: Option<String>,
    /// Relationships of this part whose targets go away.
    dropped: &'c HashSet<String>,
    /// Depth and start of the element that goes with one of them.
    cutting: Option<(usize, usize)>,
    /// What the part loses: references to dropped parts.
    pub(crate) cuts: Vec<Splice>,
    /// Dropped relationships that an element needs which cannot go.
    pub(crate) needed: Vec<String>,
    /// Whether the part loses data that programs keep behind fields and shapes.
    pub(crate) data_cut: bool,
}

impl<'a, 'c> Story<'a, 'c> {
    /// A visitor of `part`, whose markup is `text`.
    pub(crate) fn new(part: usize, text: &'a str, collector: &'c mut Collector, dropped: &'c HashSet<String>) -> Self {
        Self {
            part,
            text,
            collector,
            frames: Vec::new(),
            flows: vec![Flow::default()],
            open: vec![0],
            fields: Vec::new(),
            tables: Vec::new(),
            table_count: 0,
            readings: Vec::new(),
            ends: Vec::new(),
            property: None,
            dropped,
            cutting: None,
            cuts: Vec::new(),
            needed: Vec::new(),
            data_cut: false,
        }
    }

    /// Hands the flows to the collector. To be called when the part has been walked.
    pub(crate) fn finish(self) {
        let Self { part, collector, flows, .. } = self;
        for flow in flows {
            if !flow.pieces.is_empty() {
                let others = readings::of(&flow);
                collector.run(part, flow.place, Segment { text: flow.text, labels: flow.labels, structural: false }, flow.pieces);
                for other in others {
                    collector.run(
                        part,
                        other.place,
                        Segment { text: other.text, labels: other.labels, structural: false },
                        other.pieces,
                    );
                }
            }
        }
    }

    fn slot(&self, range: &Range<usize>, kind: Kind) -> Slot {
        Slot { part: self.part, start: range.start, end: range.end, kind }
    }

    fn flow(&mut self) -> Option<&mut Flow> {
        let index = *self.open.last()?;
        self.flows.get_mut(index)
    }

    fn begin(&mut self, flow: Flow) -> usize {
        self.flows.push(flow);
        self.flows.len() - 1
    }

    /// Adds text with a place to a flow.
    fn add(&mut self, flow: usize, text: &str, slot: Slot) {
        let reading = self.readings.last().copied().unwrap_or_default();
        let Some(flow) = self.flows.get_mut(flow) else {
            return;
        };
        let start = flow.text.len();
        flow.text.push_str(text);
        flow.pieces.push(Piece { start, end: flow.text.len(), slot, reading });
    }

    fn push(&mut self, text: &str) {
        if let Some(flow) = self.flow() {
            flow.text.push_str(text);
        }
    }

    fn parent(&self) -> &'a str {
        self.frames.last().map_or("", |frame| frame.name.local)
    }

    /// Elements that stand for characters or that arrange the flows.
    fn mark(&mut self, tag: &Tag<'a>) -> bool {
        let local = tag.name.local;
        let in_run = self.parent() == "r";
        match (tag.name.family, local) {
            (Family::Word, "tab" | "ptab") if in_run => self.push("\t"),
            (Family::Word, "br" | "cr") if in_run => self.push("\n"),
            (Family::Drawing, "br") => self.push("\n"),
            (Family::Word, "noBreakHyphen") => self.symbol(tag, '\u{2011}'),
            (Family::Word, "sym") => {
                let code = tag.raw("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                // Symbol fonts stand in the private area with the code of the key in the low byte.
                let code = code.map(|code| if (0xF020..=0xF0FF).contains(&code) { code - 0xF000 } else { code });
                if let Some(character) = code.and_then(char::from_u32).filter(|character| !character.is_control()) {
                    self.symbol(tag, character);
                }
            }
            (Family::Word, "fldChar") => match tag.raw("fldCharType") {
                Some("begin") => {
                    let field = self.begin(Flow::at("field code"));
                    self.fields.push(Field { flow: field, in_result: false });
                }
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        field.in_result = true;
                    }
                }
                Some("end") => {
                    self.fields.pop();
                }
                _ => {}
            },
            (Family::Word | Family::Drawing, "tbl") => {
                self.table_count += 1;
                self.tables.push(Table::new(self.table_count));
            }
            (Family::Word | Family::Drawing, "tr") => {
                if let Some(table) = self.tables.last_mut() {
                    table.row();
                }
            }
            (Family::Word, "gridSpan") => {
                let span = tag.raw("val").and_then(|span| span.parse().ok()).unwrap_or(1);
                if let Some(table) = self.tables.last_mut() {
                    table.span(span);
                }
            }
            _ => {}
        }
        let family = tag.name.family;
        if !matches!(family, Family::Word | Family::Drawing | Family::Chart | Family::Sheet | Family::Slide | Family::Other)
            || !STORIES.contains(&local)
            || (local == "txBody" && self.parent() == "tc")
        {
            return false;
        }
        let place = match local {
            "tc" => self.tables.last().map_or_else(String::new, Table::next_place),
            "txbxContent" | "txBody" => "text box".to_owned(),
            "docPart" => "building block".to_owned(),
            other => other.to_owned(),
        };
        let flow = self.begin(Flow::at(place));
        if local == "tc"
            && let Some(table) = self.tables.last_mut()
        {
            table.cell(flow);
        }
        self.open.push(flow);
        true
    }

    fn symbol(&mut self, tag: &Tag<'a>, character: char) {
        let prefix = if tag.name.prefix.is_empty() { 0 } else { tag.name.prefix.len() + 1 };
        // Only an empty-element tag can be replaced as one range.
        if !self.text[tag.range.clone()].ends_with("/>") {
            self.push(character.encode_utf8(&mut [0; 4]));
            return;
        }
        let slot = self.slot(&tag.range, Kind::Symbol { prefix });
        if let Some(flow) = self.open.last().copied() {
            self.add(flow, character.encode_utf8(&mut [0; 4]), slot);
        }
    }

    fn attributes(&mut self, tag: &Tag<'a>) {
        for attribute in &tag.attributes {
            let raw = &self.text[attribute.value.clone()];
            let Some(value) = escape::decode(raw) else {
                continue;
            };
            if self.collector.claimed.contains(&(self.part, attribute.value.start)) {
                continue;
            }
            match classify(self.parent(), &tag.name, &attribute.name, &value) {
                Class::Skip => {}
                Class::Content(label) => {
                    let label = match (label, &self.property) {
                        ("val", _) => tag.raw("name").unwrap_or(label),
                        ("value", Some(property)) if tag.name.family == Family::Sheet => property,
                        _ => label,
                    }
                    .to_owned();
                    let slot = self.slot(&attribute.value, Kind::Attribute);
                    self.collector.value(slot, &label, value.into_owned());
                }
                Class::Date(label) => {
                    let slot = self.slot(&attribute.value, Kind::DateAttribute { from: attribute.range.start });
                    self.collector.value(slot, label, value.into_owned());
                }
                Class::RequiredDate(label) => {
                    let slot = self.slot(&attribute.value, Kind::RequiredDate);
                    self.collector.value(slot, label, value.into_owned());
                }
                Class::Number(label) => {
                    let slot = self.slot(&attribute.value, Kind::NumberAttribute);
                    let label = self.property.clone().unwrap_or_else(|| label.to_owned());
                    self.collector.value(slot, &label, value.into_owned());
                }
                Class::Structural(label) => {
                    let slot = self.slot(&attribute.value, Kind::Attribute);
                    self.collector.structural(slot, label, value.into_owned());
                }
                Class::SheetName => {
                    let slot = self.slot(&attribute.value, Kind::Attribute);
                    self.collector.sheet_name(slot, value.into_owned());
                }
                Class::SheetReference => {
                    let slot = self.slot(&attribute.value, Kind::Attribute);
                    self.collector.sheet_reference(slot, value.into_owned());
                }
                Class::Formula => {
                    let slot = self.slot(&attribute.value, Kind::Attribute);
                    self.collector.formula(slot, raw, &value);
                }
                Class::Identifier(label) => {
                    let slot = self.slot(&attribute.value, Kind::Attribute);
                    self.collector.identifier(slot, label, value.into_owned());
                }
            }
        }
    }

    /// Which reading the content of an element belongs to, when it is not every one.
    fn reading(name: &Name<'_>) -> Option<Reading> {
        if name.is(Family::Sheet, "rPh") {
            return Some(Reading::Aside);
        }
        if name.family != Family::Word {
            return None;
        }
        match name.local {
            "del" | "moveFrom" => Some(Reading::Before),
            "ins" | "moveTo" => Some(Reading::After),
            "rt" => Some(Reading::Aside),
            _ => None,
        }
    }

    /// Cuts an element of the one that is open.
    fn cut(&mut self, range: Range<usize>) {
        self.cuts.retain(|cut| cut.range.start < range.start);
        self.cuts.push(Splice { range, text: String::new() });
        if let Some(parent) = self.frames.last_mut() {
            parent.children.1 += 1;
        }
    }

    /// Cuts what programs keep behind a field or a shape in base64: beside settings the names in a citation, and the shape with
    /// its text once more.
    fn data(&mut self, tag: &Tag<'a>) {
        if self.cutting.is_some() {
            return;
        }
        if tag.name.is(Family::Word, "fldData") {
            self.cutting = Some((self.frames.len(), tag.range.start));
            self.data_cut = true;
        }
        for attribute in tag.attributes.iter().filter(|attribute| attribute.name.is(Family::Vml, "gfxdata")) {
            self.cuts.push(Splice { range: attribute.range.clone(), text: String::new() });
            self.data_cut = true;
        }
    }

    /// Begins to cut an element that brings in a dropped part.
    fn references(&mut self, tag: &Tag<'a>) {
        if self.dropped.is_empty() || self.cutting.is_some() {
            return;
        }
        for attribute in &tag.attributes {
            let value = &self.text[attribute.value.clone()];
            if attribute.name.family == Family::Relation && self.dropped.contains(value) {
                if UNTIED.contains(&tag.name.local) {
                    self.cuts.push(Splice { range: attribute.range.clone(), text: String::new() });
                } else if REFERENCES.contains(&tag.name.local) {
                    self.cutting = Some((self.frames.len(), tag.range.start));
                } else {
                    self.needed.push(value.to_owned());
                }
            }
        }
    }

    /// A header or footer of a printed sheet: its text between the codes that begin with `&`.
    fn page_header(&mut self, range: &Range<usize>, place: &str, kind: Kind) {
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let flow = self.begin(Flow::at(place));
        for stretch in page_header::stretches(raw, kind == Kind::Cdata) {
            match stretch {
                page_header::Stretch::Text(inside) => {
                    let text = raw.get(inside.clone()).unwrap_or_default();
                    let slot = self.slot(&(range.start + inside.start..range.start + inside.end), kind);
                    let decoded = if kind == Kind::Cdata { text.into() } else { escape::decode(text).unwrap_or_default() };
                    self.add(flow, &decoded, slot);
                }
                page_header::Stretch::Break => {
                    if let Some(flow) = self.flows.get_mut(flow).filter(|flow| !flow.text.is_empty()) {
                        flow.text.push('\n');
                    }
                }
            }
        }
    }

    /// One shared copy of a label.
    pub(crate) fn label(&mut self, label: &str) -> Arc<str> {
        self.collector.label(label)
    }

    /// Leaves attributes (part and offset of the value) to another place.
    pub(crate) fn claim(&mut self, claimed: HashSet<(usize, usize)>) {
        self.collector.claimed.extend(claimed);
    }

    /// A value that stands outside the story.
    pub(crate) fn value(&mut self, slot: Slot, label: &str, text: String) {
        self.collector.value(slot, label, text);
    }

    /// Names of vocabularies that somebody made up.
    fn made_up(&mut self, names: Vec<(Range<usize>, Kind)>) {
        for (range, kind) in names {
            let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
            self.collector.structural(self.slot(&range, kind), "name in the markup", text);
        }
    }

    /// A text node that does not read on in a story.
    fn leaf(&mut self, range: &Range<usize>, kind: Option<Kind>, text: &str) {
        let kind = kind.unwrap_or(Kind::Element { preserve: None });
        match Leaf::of(&self.frames.iter().map(|frame| frame.name), kind, text) {
            Leaf::Nothing => {}
            Leaf::Formula => {
                let slot = self.slot(range, kind);
                self.collector.formula(slot, self.text.get(range.clone()).unwrap_or_default(), text);
            }
            Leaf::Structural(label) => {
                let slot = self.slot(range, kind);
                self.collector.structural(slot, label, text.to_owned());
            }
            Leaf::PageHeader(place) => self.page_header(range, place, kind),
            Leaf::Value(kind, label) => {
                let slot = self.slot(range, kind);
                let label = self.property.clone().unwrap_or_else(|| label.to_owned());
                self.collector.value(slot, &label, text.to_owned());
            }
        }
    }
}

impl<'a> Visitor<'a> for Story<'a, '_> {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        self.references(tag);
        self.data(tag);
        self.attributes(tag);
        self.made_up(foreign::of_tag(tag));
        if tag.name.is(Family::Property, "property") || tag.name.is(Family::Sheet, "cacheField") {
            self.property = tag.value("name");
        }
        let flow = self.mark(tag);
        if matches!((tag.name.family, tag.name.local), (Family::Word | Family::Drawing, "p")) {
            self.ends.push(Reading::Every);
        }
        if let Some(reading) = Self::reading(&tag.name) {
            // In the properties of a paragraph's mark it is the mark that was deleted or inserted.
            if self.parent() == "rPr"
                && self.frames.iter().rev().nth(1).is_some_and(|frame| frame.name.local == "pPr")
                && let Some(end) = self.ends.last_mut()
            {
                *end = reading;
            }
            self.readings.push(reading);
        }
        let spaced = tag.attributes.iter().any(|attribute| attribute.name.is(Family::Xml, "space"));
        if let Some(parent) = self.frames.last_mut() {
            parent.children.0 += 1;
        }
        let space = (!spaced).then_some(tag.name_end);
        self.frames.push(Frame { name: tag.name, flow, space, start: tag.range.start, children: (0, 0) });
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, end: usize) -> Result<(), Refusal> {
        self.made_up(foreign::of_end(self.text, name, end));
        let frame = self.frames.pop();
        let begun = frame.as_ref().is_some_and(|frame| frame.flow);
        if let Some((depth, start)) = self.cutting
            && depth == self.frames.len()
        {
            self.cut(start..end);
            self.cutting = None;
        } else if let Some(Frame { start, children: (all, gone), .. }) = frame
            && self.cutting.is_none()
            && gone > 0
            && gone == all
            && HOLDERS.contains(&name.local)
        {
            self.cut(start..end);
        }
        match (name.family, name.local) {
            (Family::Word | Family::Drawing, "p") => {
                let reading = self.ends.pop().unwrap_or_default();
                if let Some(flow) = self.flow() {
                    flow.end_line(reading);
                }
            }
            (Family::Word | Family::Drawing, "tbl") => {
                if let Some(table) = self.tables.pop() {
                    table.label(&mut self.flows, self.collector);
                }
            }
            (Family::Property, "property") | (Family::Sheet, "cacheField") => self.property = None,
            _ => {}
        }
        if Self::reading(name).is_some() {
            self.readings.pop();
        }
        if begun {
            self.open.pop();
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal> {
        let raw = &self.text[range.clone()];
        if self.frames.last().is_some_and(|frame| frame.name.is(Family::Word, "fldData")) {
            return Ok(());
        }
        if raw.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            // White space counts only inside runs of text.
            if !self.frames.last().is_some_and(|frame| matches!(frame.name.local, "t" | "delText" | "instrText" | "delInstrText"))
            {
                return Ok(());
            }
        }
        let decoded = match kind {
            TextKind::Plain => escape::decode(raw).unwrap_or_default(),
            _ => raw.into(),
        };
        match kind {
            TextKind::Comment => {
                let slot = self.slot(&range, Kind::Comment);
                self.collector.value(slot, "XML comment", decoded.into_owned());
                return Ok(());
            }
            TextKind::Instruction => {
                let slot = self.slot(&range, Kind::Instruction);
                self.collector.structural(slot, "processing instruction", decoded.into_owned());
                return Ok(());
            }
            TextKind::Plain | TextKind::Cdata => {}
        }
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let cdata = (kind == TextKind::Cdata).then_some(Kind::Cdata);
        let preserve = if matches!(frame.name.family, Family::Word | Family::Sheet) { frame.space } else { None };
        let slot_kind = cdata.unwrap_or(Kind::Element { preserve });
        match (frame.name.family, frame.name.local) {
            (Family::Word, "t" | "delText") | (Family::Drawing | Family::Math | Family::Sheet, "t") => {
                let slot = self.slot(&range, slot_kind);
                if let Some(flow) = self.open.last().copied() {
                    self.add(flow, &decoded, slot);
                }
            }
            (Family::Word, "instrText" | "delInstrText") => {
                let slot = self.slot(&range, slot_kind);
                let field = match self.fields.last() {
                    Some(field) if !field.in_result => field.flow,
                    _ => self.begin(Flow::at("field code")),
                };
                self.add(field, &decoded, slot);
            }
            _ => self.leaf(&range, cdata, &decoded),
        }
        Ok(())
    }
}
