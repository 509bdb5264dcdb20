//! A package for people to read: which part is what, and in which order the parts read.
//!
//! Nothing here is kept while a document is read; it is told from the parts when somebody asks.

mod marks;
mod sheets;
mod styles;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use subrosa_core::segment::Segment;

use super::body::{PackageBody, Place};
use super::fate::Fate;
use super::relations::{self, CONTENT_TYPES, ContentTypes};
use crate::flow::Carrier;
use crate::flow::tables;
use crate::flow::view::{Marks, Ordered, Paragraph, Stretch};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::view::{Block, Face, Shape, Views};
use crate::xml::{Family, Kind, Name, Tag, TextKind, Visitor, scan};
use sheets::Sheets;
use styles::Styles;

/// What a part is to a reader.
#[derive(Clone, Debug)]
struct Role {
    /// Its place among the parts.
    rank: u8,
    /// Among parts of one rank.
    order: usize,
    section: String,
    visible: bool,
}

/// Which of a part's texts, in their order.
const RUNS: u8 = 0;
const READINGS: u8 = 1;
const CODES: u8 = 2;
const VALUES: u8 = 3;

/// The rank of the format's own names, behind those of parts.
const NAMES: u8 = 90;

/// Pieces of content types, and what such a part is: its rank, its section, whether it is seen.
#[rustfmt::skip] // one a line
const ROLES: &[(&str, u8, &str, bool)] = &[
    ("document.glossary+xml",     32, "Building blocks", false),
    (".header+xml",               10, "Header", true),
    (".footer+xml",               11, "Footer", true),
    ("footnotes+xml",             12, "Footnotes", true),
    ("endnotes+xml",              13, "Endnotes", true),
    ("diagramdrawing",            33, "Diagrams", false),
    ("diagramdata",               20, "Diagrams", true),
    ("diagram",                   40, "Settings", false),
    ("drawingml.chart+xml",       21, "Charts", true),
    ("ms-office.chartex+xml",     21, "Charts", true),
    ("drawing+xml",               22, "Drawings", true),
    ("drawingml.chartshapes+xml", 22, "Drawings", true),
    ("notesslide+xml",            30, "Notes", false),
    ("slidelayout+xml",           41, "Layouts", false),
    ("slidemaster+xml",           41, "Layouts", false),
    ("notesmaster+xml",           41, "Layouts", false),
    ("handoutmaster+xml",         41, "Layouts", false),
    ("comment",                   31, "Comments", false),
    ("people+xml",                31, "Comments", false),
    ("person+xml",                31, "Comments", false),
    ("vmldrawing",                31, "Comments", false),
    ("pivot",                     34, "Pivot tables", false),
    ("spreadsheetml.table+xml",   35, "Tables", false),
    ("querytable",                35, "Tables", false),
    ("connections",               35, "Connections", false),
    ("sharedstrings",             36, "Texts that no cell shows", false),
    ("core-properties+xml",       42, "Properties", false),
    ("extended-properties+xml",   42, "Properties", false),
    ("custom-properties+xml",     42, "Properties", false),
    ("customxmlproperties",       44, "Custom XML", false),
    ("relationships+xml",         43, "Links", false),
];

/// What a part with this name (in small letters) usually is, for packages whose content types do not say it.
#[rustfmt::skip] // one a line
const BY_NAME: &[(&str, &str)] = &[
    (".rels",              "relationships+xml"),
    ("word/header",        ".header+xml"),
    ("word/footer",        ".footer+xml"),
    ("word/footnotes",     "footnotes+xml"),
    ("word/endnotes",      "endnotes+xml"),
    ("comment",            "comments+xml"),
    ("ppt/slides/",        "presentationml.slide+xml"),
    ("ppt/notesslides/",   "notesslide+xml"),
    ("ppt/slidelayouts/",  "slidelayout+xml"),
    ("ppt/slidemasters/",  "slidemaster+xml"),
    ("/charts/chart",      "drawingml.chart+xml"),
    ("xl/drawings/",       "drawing+xml"),
    ("docprops/core",      "core-properties+xml"),
    ("docprops/app",       "extended-properties+xml"),
    ("docprops/custom",    "custom-properties+xml"),
];

/// The content type of a part in small letters, or what its name tells.
fn kind_of(types: &ContentTypes, name: &str) -> String {
    let kind = types.of(name).to_ascii_lowercase();
    if !matches!(kind.as_str(), "" | "application/xml" | "text/xml") {
        return kind;
    }
    let name = name.to_ascii_lowercase();
    BY_NAME.iter().find(|(piece, _)| name.contains(piece)).map_or(kind, |(_, kind)| (*kind).to_owned())
}

impl PackageBody {
    /// The roles of all parts.
    fn roles(&self, sheets: &Sheets) -> Vec<Role> {
        let limits = Limits::default();
        let list = self.parts.iter().position(|(member, _)| member.name.eq_ignore_ascii_case(CONTENT_TYPES));
        let types = list.and_then(|list| ContentTypes::read(self.markup(list)?, &limits).ok()).unwrap_or_default();
        let slides = self.slides(&types);
        let main = self.main();
        let text = if !slides.is_empty() {
            "Presentation"
        } else if sheets.is_empty() {
            "Text"
        } else {
            "Workbook"
        };
        let role = |(index, (member, fate)): (usize, &(crate::package::Member, Fate))| {
            let name = member.name.to_ascii_lowercase();
            let kind = kind_of(&types, &name);
            let role = |rank, order, section: &str, visible| Role { rank, order, section: section.to_owned(), visible };
            if main == Some(index) {
                return role(0, 0, text, true);
            }
            if let Some((number, sheet)) = sheets.of(index) {
                return role(1, number, &sheet.section, sheet.visible);
            }
            if let Some(number) = slides.get(&index) {
                return role(2, *number, &format!("Slide {number}"), true);
            }
            if matches!(fate, Fate::Metafile(_)) {
                return role(23, index, "Pictures", true);
            }
            let known = ROLES.iter().find(|(piece, ..)| kind.contains(piece));
            if let Some((_, rank, section, visible)) = known {
                return role(*rank, index, section, *visible);
            }
            if name.starts_with("customxml/") {
                return role(44, index, "Custom XML", false);
            }
            role(45, index, "Settings", false)
        };
        self.parts.iter().enumerate().map(role).collect()
    }

    /// The relationships of a part, or of the package itself: identifiers, kinds and targets.
    fn relations(&self, of: Option<usize>) -> Vec<(String, String, usize)> {
        let names: HashMap<String, usize> =
            self.parts.iter().enumerate().map(|(index, (member, _))| (member.name.to_ascii_lowercase(), index)).collect();
        let own = of.and_then(|of| self.parts.get(of)).map(|(member, _)| member.name.to_ascii_lowercase()).unwrap_or_default();
        let file = self.parts.iter().position(|(member, _)| relations::source_name(&member.name).as_deref() == Some(&*own));
        let read = file.and_then(|file| {
            let (member, _) = self.parts.get(file)?;
            relations::read(file, &member.name, self.markup(file)?, &names, &Limits::default()).ok()
        });
        let told = read.unwrap_or_default().into_iter();
        told.filter_map(|relation| Some((relation.id, relation.kind, relation.target?))).collect()
    }

    /// The targets of a part's relationships, by their identifiers.
    fn targets(&self, of: usize) -> HashMap<String, usize> {
        self.relations(Some(of)).into_iter().map(|(id, _, target)| (id, target)).collect()
    }

    /// The main part.
    fn main(&self) -> Option<usize> {
        self.relations(None).into_iter().find(|(_, kind, _)| kind == "officeDocument").map(|(.., target)| target)
    }

    /// The part of the styles of a text.
    fn style_part(&self) -> Option<usize> {
        let relations = self.relations(Some(self.main()?));
        relations.into_iter().find(|(_, kind, _)| kind == "styles").map(|(.., target)| target)
    }

    /// The numbers of the slides, from 1: in the order of the presentation, then those that it does not name.
    fn slides(&self, types: &ContentTypes) -> BTreeMap<usize, usize> {
        let mut slides = BTreeMap::new();
        let kind = |index: usize| self.parts.get(index).map(|(member, _)| kind_of(types, &member.name));
        let is_slide = |index: &usize| kind(*index).is_some_and(|kind| kind.contains("presentationml.slide+xml"));
        if let Some(main) = self.main() {
            let targets = self.targets(main);
            let mut order = References { element: "sldId", found: Vec::new() };
            let _ = scan("view", self.markup(main).unwrap_or_default(), &Limits::default(), &mut order);
            for index in order.found.iter().filter_map(|(id, ..)| targets.get(id)).copied().filter(is_slide) {
                let number = slides.len() + 1;
                slides.entry(index).or_insert(number);
            }
        }
        for index in (0..self.parts.len()).filter(is_slide) {
            let number = slides.len() + 1;
            slides.entry(index).or_insert(number);
        }
        slides
    }

    /// The package for people to read.
    pub(super) fn view(&self, segments: &[Segment]) -> Vec<Block> {
        let sheets = Sheets::read(self);
        let roles = self.roles(&sheets);
        let mut views = Views::of(segments);
        let cells = segments.get(..self.book.len()).unwrap_or_default();
        let mut ordered = Ordered::default();
        self.cells(&sheets, cells, &mut views);
        let styles = self.style_part().and_then(|part| self.markup(part));
        let styles = styles.map(Styles::read).unwrap_or_default();
        let mut marks: HashMap<usize, Marks> = HashMap::new();
        let mut nested: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (index, place) in self.places.iter().enumerate() {
            let number = index + self.book.len();
            let (Some(segment), Some(role)) = (segments.get(number), roles.get(place.part)) else { continue };
            match &place.carrier {
                Carrier::Nested { part, index } => nested.entry(*part).or_default().push((*index, number)),
                Carrier::Run(pieces) => {
                    let marks =
                        self.markup(place.part).map(|text| &*marks.entry(place.part).or_insert_with(|| marks::of(text, &styles)));
                    let record =
                        tables::record_at(self.parts.get(place.part).map_or("", |(member, _)| &member.name), &place.detail);
                    let cell = record.and_then(|record| views.cell(&record));
                    let (which, note, visible) = told(place, role);
                    let label = segment.labels.first().cloned();
                    let mut face = |paragraph: Paragraph| {
                        let section = paragraph.section.filter(|_| which == RUNS).unwrap_or(&role.section);
                        let section =
                            if note.is_empty() { views.section(section) } else { views.section(&format!("{section}, {note}")) };
                        let face = Face::text(section).shaped(paragraph.shape).seen(visible);
                        Face { label: label.clone(), shape: cell.unwrap_or(face.shape), again: which == READINGS, ..face }
                    };
                    ordered.flow(
                        (role.rank, role.order, which),
                        (number, segment),
                        pieces.iter().map(Stretch::from),
                        marks,
                        &mut face,
                    );
                }
                carrier => {
                    let shown = shows(carrier, role);
                    let section =
                        if role.visible && !shown { format!("{}, not shown", role.section) } else { role.section.clone() };
                    let at = slot(carrier);
                    let (rank, section) = if segment.structural { (NAMES, "Names".to_owned()) } else { (role.rank, section) };
                    let which = if shown { RUNS } else { VALUES };
                    let shape = if segment.structural { Shape::Line } else { Shape::Paragraph };
                    let face = Face::text(views.section(&section)).shaped(shape).field(segment.labels.first().cloned());
                    ordered.whole((rank, role.order, which, at), number, segment, &face.seen(shown));
                }
            }
        }
        ordered.into_views(&mut views);
        for (count, (part, indices)) in nested.into_iter().enumerate() {
            self.inside(part, &indices, count + 1, segments, &mut views);
        }
        views.finish()
    }

    /// Adds the view of a document inside, of which `indices` gives the segments' numbers there and here.
    fn inside(&self, part: usize, indices: &[(usize, usize)], count: usize, segments: &[Segment], views: &mut Views<'_>) {
        let Some((member, Fate::Nested(body))) = self.parts.get(part) else { return };
        let length = indices.iter().map(|(inner, _)| inner + 1).max().unwrap_or(0);
        // As many as the inner document had; a hostile number is not to be believed.
        if length > segments.len() {
            return;
        }
        let mut own = vec![Segment::default(); length];
        let mut outer = vec![None; length];
        for (inner, number) in indices {
            if let (Some(place), Some(segment), Some(outer)) = (own.get_mut(*inner), segments.get(*number), outer.get_mut(*inner))
            {
                *place = segment.clone();
                *outer = Some(*number);
            }
        }
        let name = member.name.to_ascii_lowercase();
        let name = if name.contains("/media/") { format!("Picture {count}") } else { format!("Embedded document {count}") };
        views.adopt(body.blocks(&own), &name, true, |inner| outer.get(inner).copied().flatten());
    }
}

/// Which of a part's texts a flow is, what is said of it, and whether it is seen.
fn told(place: &Place, role: &Role) -> (u8, &'static str, bool) {
    match place.detail.as_str() {
        "field code" => (CODES, "field codes", false),
        "formula" => (CODES, "formulas", false),
        "string that no cell shows" => (RUNS, "", false),
        detail if detail.ends_with("before tracked changes") => (READINGS, "before tracked changes", false),
        detail if detail.ends_with("after tracked changes") => (READINGS, "after tracked changes", role.visible),
        _ => (RUNS, "", role.visible),
    }
}

/// Whether a reader sees a text that stands alone: names of sheets, what charts say.
fn shows(carrier: &Carrier, role: &Role) -> bool {
    match carrier {
        Carrier::SheetName(_) => true,
        Carrier::Same(slots) => {
            role.section == "Charts" && slots.iter().any(|slot| matches!(slot.kind, Kind::Element { .. } | Kind::NumberElement))
        }
        _ => false,
    }
}

fn slot(carrier: &Carrier) -> usize {
    match carrier {
        Carrier::SheetName(slot) | Carrier::SheetReference(slot) | Carrier::Formula(slot) => slot.start,
        Carrier::Same(slots) | Carrier::Identifier(slots) => slots.first().map_or(0, |slot| slot.start),
        Carrier::Run(_) | Carrier::PartName(_) | Carrier::Nested { .. } => 0,
    }
}

/// The relationships that elements of one name refer to, with their names and states.
struct References {
    element: &'static str,
    found: Vec<(String, String, bool)>,
}

impl<'a> Visitor<'a> for References {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        if tag.name.local == self.element {
            let id = tag.attributes.iter().find(|attribute| attribute.name.is(Family::Relation, "id"));
            let id = id.and_then(|id| tag.text.get(id.value.clone())).unwrap_or_default();
            let hidden = matches!(tag.raw("state"), Some("hidden" | "veryHidden"));
            self.found.push((id.to_owned(), tag.value("name").unwrap_or_default(), hidden));
        }
        Ok(())
    }

    fn close(&mut self, _: &Name<'a>, _: usize) -> Result<(), Refusal> {
        Ok(())
    }

    fn text(&mut self, _: Range<usize>, _: TextKind) -> Result<(), Refusal> {
        Ok(())
    }
}
