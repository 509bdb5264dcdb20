//! Reads one XML part of an OpenDocument file into segments: paragraphs that read on are one flow, every other text node and
//! attribute its own.
//!
//! A flow is the body, a cell, a shape, a note, a comment, a header. White space in paragraphs reads as spaces, as programs
//! show it. Text that was deleted under tracked changes is kept apart by the format and is read again at the place where it
//! stood, so that the [readings](crate::flow::readings) before and after the changes are both there.

mod values;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use subrosa_core::segment::Segment;

use super::cells::{Link, Role};
use super::references::References;
use super::sheet::Sheet;
use crate::flow::{Collector, Flow, Piece, Reading, Table, readings};
use crate::refusal::Refusal;
use crate::xml::{Family, Kind, Name, Odf, Slot, Splice, Tag, TextKind, Visitor, escape, foreign};

/// Shapes: each is a story.
const SHAPES: &[&str] = &[
    "text-box",
    "custom-shape",
    "rect",
    "line",
    "polyline",
    "polygon",
    "regular-polygon",
    "path",
    "circle",
    "ellipse",
    "connector",
    "caption",
    "measure",
];

/// Elements that go when what they refer to goes.
const BRINGS_IN: &[&str] = &["object", "object-ole", "image", "plugin", "applet"];

/// Settings that describe somebody's printer.
const PRINTER: &[&str] = &["PrinterName", "PrinterSetup"];

/// Spaces that one `text:s` is taken for at most.
const MOST_SPACES: usize = 64;

/// Digits behind the point from which on a number is taken for a computed one, of which the shown digits are enough.
const COMPUTED: usize = 10;

/// An open element.
struct Frame<'a> {
    name: Name<'a>,
    /// Whether it began a flow.
    flow: bool,
    /// Whether text in it belongs to the open flow.
    inline: bool,
    /// Start tag of the cell whose value the text in it shows, if attributes hold it, too.
    cell: Option<usize>,
    /// For a cell of a sheet: how many columns it takes.
    columns: u64,
    /// Values of the cell, until it is known what it shows.
    values: Vec<(Slot, Arc<str>, String)>,
    /// Label and kind of a field of the metadata.
    field: Option<(String, Kind)>,
    /// Whether it changed the reading.
    reading: bool,
    /// Whether it holds an object or a table, of which a picture would only be a copy.
    shown_otherwise: bool,
}

enum Grid {
    Sheet(Sheet),
    Table(Table),
}

/// What was deleted, until its place is found.
struct Deleted {
    flow: Flow,
    used: bool,
}

/// The visitor of one part.
pub(super) struct Story<'a, 'c> {
    part: usize,
    text: &'a str,
    collector: &'c mut Collector,
    references: &'c References,
    frames: Vec<Frame<'a>>,
    flows: Vec<Flow>,
    open: Vec<usize>,
    grids: Vec<Grid>,
    tables: usize,
    sheets: usize,
    pages: usize,
    /// The changes that the text belongs to, with their identifiers.
    changes: Vec<(String, Reading)>,
    /// The identifier of the tracked change that is open.
    region: String,
    deleted: Vec<Deleted>,
    deleted_by_id: HashMap<String, usize>,
    inserted: HashMap<String, Reading>,
    /// Depth and start of the element that goes.
    cutting: Option<(usize, usize)>,
    /// The setting that is open, when it goes.
    printer: bool,
    pub(super) links: Vec<Link>,
    pub(super) cuts: Vec<Splice>,
    /// Binary data in the markup, and whether it goes: an embedded object, or the picture of one that is kept.
    pub(super) binary: Vec<(Range<usize>, bool)>,
    /// What could not be read, and why.
    pub(super) unread: Vec<&'static str>,
    /// Whether something about a printer was taken out.
    pub(super) printer_removed: bool,
}

impl<'a, 'c> Story<'a, 'c> {
    /// A visitor of `part`, whose markup is `text`.
    pub(super) fn new(part: usize, text: &'a str, collector: &'c mut Collector, references: &'c References) -> Self {
        Self {
            part,
            text,
            collector,
            references,
            frames: Vec::new(),
            flows: vec![Flow::default()],
            open: vec![0],
            grids: Vec::new(),
            tables: 0,
            sheets: 0,
            pages: 0,
            changes: Vec::new(),
            region: String::new(),
            deleted: Vec::new(),
            deleted_by_id: HashMap::new(),
            inserted: HashMap::new(),
            cutting: None,
            printer: false,
            links: Vec::new(),
            cuts: Vec::new(),
            binary: Vec::new(),
            unread: Vec::new(),
            printer_removed: false,
        }
    }

    /// Hands the flows to the collector. To be called when the part has been walked.
    pub(super) fn finish(&mut self) {
        for flow in std::mem::take(&mut self.flows) {
            self.emit(flow);
        }
        for deleted in std::mem::take(&mut self.deleted) {
            if !deleted.used {
                self.emit(deleted.flow);
            }
        }
    }

    fn emit(&mut self, flow: Flow) {
        if flow.pieces.is_empty() {
            return;
        }
        let others = readings::of(&flow);
        for flow in std::iter::once(flow).chain(others) {
            let segment = Segment { text: flow.text, labels: flow.labels, structural: false };
            self.collector.run(self.part, flow.place, segment, flow.pieces);
        }
    }

    fn slot(&self, range: &Range<usize>, kind: Kind) -> Slot {
        Slot { part: self.part, start: range.start, end: range.end, kind }
    }

    fn flow(&mut self) -> Option<&mut Flow> {
        let index = *self.open.last()?;
        self.flows.get_mut(index)
    }

    fn reading(&self) -> Reading {
        self.changes.last().map(|(_, reading)| *reading).unwrap_or_default()
    }

    fn push(&mut self, text: &str) {
        if let Some(flow) = self.flow() {
            flow.text.push_str(text);
        }
    }

    /// Names of vocabularies that somebody made up.
    fn made_up(&mut self, names: Vec<(Range<usize>, Kind)>) {
        for (range, kind) in names {
            let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
            self.collector.structural(self.slot(&range, kind), "name in the markup", text);
        }
    }

    /// Elements that stand for characters or for places of changes.
    fn mark(&mut self, tag: &Tag<'a>) {
        if tag.name.family != Family::Odf(Odf::Text) {
            return;
        }
        let inline = self.frames.last().is_some_and(|frame| frame.inline);
        match tag.name.local {
            "s" if inline => {
                let count = tag.raw("c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.push(&" ".repeat(count.min(MOST_SPACES)));
            }
            "tab" if inline => self.push("\t"),
            "line-break" if inline => self.push("\n"),
            "changed-region" => self.region = tag.value("id").unwrap_or_default(),
            "insertion" => {
                self.inserted.insert(self.region.clone(), Reading::After);
            }
            "change-start" => {
                let id = tag.value("change-id").unwrap_or_default();
                if let Some(reading) = self.inserted.get(&id) {
                    self.changes.push((id, *reading));
                }
            }
            "change-end" => {
                let id = tag.value("change-id").unwrap_or_default();
                self.changes.retain(|(open, _)| *open != id);
            }
            "change" => self.put_back(&tag.value("change-id").unwrap_or_default()),
            _ => {}
        }
    }

    /// Reads deleted text where it stood.
    fn put_back(&mut self, id: &str) {
        let deleted = self.deleted_by_id.get(id).copied().and_then(|index| self.deleted.get_mut(index));
        let Some(deleted) = deleted.filter(|deleted| !deleted.used) else { return };
        let Some(flow) = self.open.last().copied().and_then(|index| self.flows.get_mut(index)) else { return };
        deleted.used = true;
        let from = flow.text.len();
        // The end of its last paragraph is that of the paragraph it stood in.
        let text = deleted.flow.text.strip_suffix('\n').unwrap_or(&deleted.flow.text);
        let moved = |piece: &Piece| Piece { start: from + piece.start, end: from + piece.end, ..*piece };
        flow.changed_ends.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| (from + at, Reading::Before)));
        flow.pieces.extend(deleted.flow.pieces.iter().map(moved).map(|piece| Piece { reading: Reading::Before, ..piece }));
        flow.text.push_str(text);
    }

    /// The flow that an element begins, and for a cell of a sheet how many columns it takes.
    fn story(&mut self, tag: &Tag<'a>) -> Option<(Flow, u64)> {
        let Family::Odf(family) = tag.name.family else { return None };
        let repeated = |name: &str| tag.raw(name).and_then(|count| count.parse::<u64>().ok()).unwrap_or(1);
        let flow = match (family, tag.name.local) {
            (Odf::Table, "table") => {
                let sheet = self.frames.last().is_some_and(|frame| frame.name.is(Family::Odf(Odf::Office), "spreadsheet"));
                if sheet {
                    self.sheets += 1;
                    self.grids.push(Grid::Sheet(Sheet::new(self.sheets)));
                } else {
                    self.tables += 1;
                    self.grids.push(Grid::Table(Table::new(self.tables)));
                }
                return None;
            }
            (Odf::Table, "table-row") => {
                match self.grids.last_mut() {
                    Some(Grid::Sheet(sheet)) => sheet.begin_row(repeated("number-rows-repeated")),
                    Some(Grid::Table(table)) => table.row(),
                    None => {}
                }
                return None;
            }
            (Odf::Table, "table-cell" | "covered-table-cell") => {
                let columns = repeated("number-columns-repeated");
                let next = self.flows.len();
                let flow = match self.grids.last_mut() {
                    Some(Grid::Sheet(sheet)) => {
                        let (place, labels) = sheet.begin_cell();
                        Flow { labels, ..Flow::at(place) }
                    }
                    Some(Grid::Table(table)) => {
                        let place = table.next_place();
                        table.cell(next);
                        table.span(usize::try_from(columns).unwrap_or(usize::MAX));
                        Flow::at(place)
                    }
                    None => Flow::default(),
                };
                return Some((flow, columns));
            }
            (Odf::Table, "change-track-table-cell") => Flow::at("cell before a change"),
            (Odf::Table, "help-message" | "error-message") => Flow::at("message of a cell"),
            (Odf::Text, "note-body") => Flow::at("note"),
            (Odf::Text, "deletion") => Flow::at("deleted text"),
            (Odf::Office, "annotation") => Flow::at("comment"),
            (Odf::Draw, "page") => {
                self.pages += 1;
                Flow::at(format!("page {}", self.pages))
            }
            (Odf::Draw, shape) if SHAPES.contains(&shape) => Flow::at(self.on_page("text box")),
            (Odf::Presentation, "notes") => Flow::at(self.on_page("notes")),
            (Odf::Chart, "title" | "subtitle" | "footer") => Flow::at("chart title"),
            (Odf::Style, "header" | "header-left" | "header-first") => Flow::at("header"),
            (Odf::Style, "footer" | "footer-left" | "footer-first") => Flow::at("footer"),
            (Odf::Style, "region-left" | "region-center" | "region-right") => Flow::at("header or footer"),
            (Odf::Style, "master-page") => Flow::at("master page"),
            _ => return None,
        };
        Some((flow, 0))
    }

    fn on_page(&self, what: &str) -> String {
        if self.pages == 0 { what.to_owned() } else { format!("page {}, {what}", self.pages) }
    }
}

/// Whether text in an element belongs to the open flow: nothing when it does as it does around it.
fn inline(name: &Name<'_>) -> Option<bool> {
    match (name.family, name.local) {
        (Family::Odf(Odf::Text), "p" | "h") => Some(true),
        (
            Family::Odf(Odf::Text),
            "note-citation" | "number" | "linenumbering-separator" | "index-title-template" | "tracked-changes",
        )
        | (Family::Property | Family::Odf(Odf::Meta | Odf::Svg | Odf::Config | Odf::Script | Odf::Form), _)
        | (Family::Odf(Odf::Office), "binary-data" | "event-listeners" | "scripts") => Some(false),
        _ => None,
    }
}

impl<'a> Visitor<'a> for Story<'a, '_> {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let is_cell = tag.name.family == Family::Odf(Odf::Table)
            && matches!(tag.name.local, "table-cell" | "covered-table-cell" | "change-track-table-cell");
        let scripts = matches!(tag.name.local, "event-listeners" | "scripts") && tag.name.family == Family::Odf(Odf::Office);
        if scripts && self.references.macros_go() && self.cutting.is_none() {
            self.cutting = Some((self.frames.len(), tag.range.start));
        }
        self.made_up(foreign::of_tag(tag));
        self.mark(tag);
        let field = self.field(tag);
        let story = self.story(tag);
        let linked = self.links.len();
        let labels = story.as_ref().map(|(flow, _)| flow.labels.clone()).unwrap_or_default();
        let values = self.attributes(tag, is_cell, &labels);
        let around = self.frames.last();
        let cell = match &story {
            Some(_) if is_cell => (self.links.len() > linked).then_some(tag.range.start),
            Some(_) => None,
            None => around.and_then(|frame| frame.cell),
        };
        let inline = inline(&tag.name).unwrap_or(story.is_none() && around.is_some_and(|frame| frame.inline));
        let ruby = tag.name.is(Family::Odf(Odf::Text), "ruby-text");
        if ruby {
            self.changes.push((String::new(), Reading::Aside));
        }
        let flow = story.is_some();
        let mut columns = 0;
        if let Some((flow, taken)) = story {
            columns = taken;
            self.open.push(self.flows.len());
            self.flows.push(flow);
        }
        self.frames.push(Frame {
            name: tag.name,
            flow,
            inline,
            cell,
            columns,
            values,
            field,
            reading: ruby,
            shown_otherwise: false,
        });
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, end: usize) -> Result<(), Refusal> {
        self.made_up(foreign::of_end(self.text, name, end));
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        if let Some((depth, start)) = self.cutting
            && depth == self.frames.len()
        {
            self.cuts.push(Splice { range: start..end, text: String::new() });
            self.cutting = None;
        }
        if frame.reading {
            self.changes.pop();
        }
        if matches!((name.family, name.local), (Family::Odf(Odf::Draw), "object") | (Family::Odf(Odf::Table), "table"))
            && let Some(around) = self.frames.last_mut()
        {
            around.shown_otherwise = true;
        }
        match (name.family, name.local) {
            (Family::Odf(Odf::Text), "p" | "h") => {
                let reading = self.reading();
                let deleting = self.frames.last().is_some_and(|frame| frame.name.local == "deletion");
                if let Some(flow) = self.flow() {
                    if deleting {
                        flow.text.push('\n');
                    } else {
                        flow.end_line(reading);
                    }
                }
            }
            (Family::Odf(Odf::Table), "table") => match self.grids.pop() {
                Some(Grid::Table(table)) => table.label(&mut self.flows, self.collector),
                Some(Grid::Sheet(_)) | None => {}
            },
            (Family::Odf(Odf::Table), "table-row") => {
                if let Some(Grid::Sheet(sheet)) = self.grids.last_mut() {
                    sheet.end_row();
                }
            }
            (Family::Odf(Odf::Config), "config-item") => self.printer = false,
            _ => {}
        }
        if !frame.flow {
            return Ok(());
        }
        let Some(index) = self.open.pop() else { return Ok(()) };
        if !frame.values.is_empty() {
            let shown = self.flows.get(index).map(|flow| flow.text.clone()).unwrap_or_default();
            self.settle_values(frame.values, &shown);
        }
        if name.local == "deletion" {
            if let Some(flow) = self.flows.get_mut(index).map(std::mem::take) {
                self.deleted_by_id.insert(self.region.clone(), self.deleted.len());
                self.deleted.push(Deleted { flow, used: false });
            }
        } else if frame.columns > 0
            && let Some(Grid::Sheet(sheet)) = self.grids.last_mut()
            && let Some(flow) = self.flows.get_mut(index).map(std::mem::take)
        {
            sheet.end_cell(frame.columns, &flow.text, self.collector);
            self.emit(flow);
            // Millions of empty flows would stay otherwise.
            while self.flows.len() > 1 && self.flows.last().is_some_and(|flow| flow.text.is_empty()) {
                self.flows.pop();
            }
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal> {
        let raw = &self.text[range.clone()];
        let Some(frame) = self.frames.last() else { return Ok(()) };
        if !frame.inline && raw.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            return Ok(());
        }
        let decoded = match kind {
            TextKind::Plain => escape::decode(raw).unwrap_or_default(),
            _ => raw.into(),
        };
        match kind {
            TextKind::Comment => {
                let slot = self.slot(&range, Kind::Comment);
                self.collector.value(slot, "XML comment", decoded.into_owned());
            }
            TextKind::Instruction => {
                let slot = self.slot(&range, Kind::Instruction);
                self.collector.structural(slot, "processing instruction", decoded.into_owned());
            }
            TextKind::Plain | TextKind::Cdata if frame.inline => {
                let kind = if kind == TextKind::Cdata { Kind::Cdata } else { Kind::Element { preserve: None } };
                let slot = self.slot(&range, kind);
                if let Some(tag) = frame.cell {
                    self.links.push(Link { slot, tag, role: Role::Shown });
                }
                let reading = self.reading();
                if let Some(flow) = self.flow() {
                    let start = flow.text.len();
                    flow.text.extend(decoded.chars().map(|char| if matches!(char, '\n' | '\t') { ' ' } else { char }));
                    flow.pieces.push(Piece { start, end: flow.text.len(), slot, reading });
                }
            }
            TextKind::Plain => self.leaf(&range, None, decoded.into_owned()),
            TextKind::Cdata => self.leaf(&range, Some(Kind::Cdata), decoded.into_owned()),
        }
        Ok(())
    }
}
