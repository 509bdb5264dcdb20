//! A document for people to read: its text with headings, lists, tables and emphasis, its sheets or pages, then headers,
//! comments and properties.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use subrosa_core::segment::Segment;

use super::body::{Fate, OdfBody};
use crate::flow::Carrier;
use crate::flow::tables;
use crate::flow::view::{Look, Marks, Ordered, Paragraph, Stretch};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::view::{Block, Face, Shape, Views};
use crate::xml::{Family, Name, Odf, Tag, TextKind, Visitor, scan};

/// Deepest level of a heading or an item that is told apart.
const DEEPEST: u8 = 9;
/// Longest chain of styles that build on each other.
const CHAIN: usize = 24;

/// What a style says.
#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    struck: Option<bool>,
    hidden: Option<bool>,
    /// Of a table, a row or a column.
    collapsed: bool,
}

/// The styles of a document, by name; those of the text win over those of the document.
type Styles = HashMap<String, Style>;

fn look(styles: &Styles, name: &str) -> Look {
    let mut look = Style::default();
    let mut next = Some(name.to_owned());
    for _ in 0..CHAIN {
        let Some(style) = next.as_deref().and_then(|name| styles.get(name)) else { break };
        look.bold = look.bold.or(style.bold);
        look.italic = look.italic.or(style.italic);
        look.underline = look.underline.or(style.underline);
        look.struck = look.struck.or(style.struck);
        look.hidden = look.hidden.or(style.hidden);
        next.clone_from(&style.parent);
    }
    let on = |said: Option<bool>| said.unwrap_or(false);
    Look {
        bold: on(look.bold),
        italic: on(look.italic),
        underline: on(look.underline),
        struck: on(look.struck),
        hidden: on(look.hidden),
    }
}

/// Reads the styles of a part.
struct StyleReader<'s> {
    styles: &'s mut Styles,
    open: Option<(String, Style)>,
}

impl<'a> Visitor<'a> for StyleReader<'_> {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let Family::Odf(Odf::Style) = tag.name.family else { return Ok(()) };
        match (tag.name.local, &mut self.open) {
            ("style", open) => {
                let style = Style { parent: tag.value("parent-style-name"), ..Style::default() };
                *open = Some((tag.value("name").unwrap_or_default(), style));
            }
            ("text-properties", Some((_, style))) => {
                let weight = tag.raw("font-weight");
                style.bold = weight.map(|weight| weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600));
                style.italic = tag.raw("font-style").map(|slant| slant != "normal");
                style.underline = tag.raw("text-underline-style").map(|line| line != "none");
                style.struck = tag.raw("text-line-through-style").map(|line| line != "none");
                style.hidden = tag.raw("display").map(|display| display == "none");
            }
            ("table-properties", Some((_, style))) => style.collapsed = tag.raw("display") == Some("false"),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, _: usize) -> Result<(), Refusal> {
        if name.is(Family::Odf(Odf::Style), "style")
            && let Some((name, style)) = self.open.take()
        {
            self.styles.insert(name, style);
        }
        Ok(())
    }

    fn text(&mut self, _: Range<usize>, _: TextKind) -> Result<(), Refusal> {
        Ok(())
    }
}

/// What a walk over a part finds.
#[derive(Default)]
struct Found {
    marks: Marks,
    /// The names of the sheets, in order, and whether each is seen.
    sheets: Vec<(String, bool)>,
}

struct Frame<'a> {
    name: Name<'a>,
    style: Look,
    hidden: bool,
    section: Option<&'static str>,
    paragraph: bool,
}

struct Walk<'a, 's> {
    styles: &'s Styles,
    found: Found,
    frames: Vec<Frame<'a>>,
    paragraphs: Vec<usize>,
    /// Columns of the open sheet that are not shown, from 0, and where the next column and cell begin.
    columns: Vec<(u64, u64)>,
    column: u64,
    cell: u64,
    title: bool,
}

impl<'a> Walk<'a, '_> {
    fn mark(&mut self, at: usize) {
        let mut look = Look::default();
        for frame in &self.frames {
            let style = frame.style;
            look = Look {
                bold: look.bold || style.bold,
                italic: look.italic || style.italic,
                underline: look.underline || style.underline,
                struck: look.struck || style.struck,
                hidden: look.hidden || style.hidden || frame.hidden,
            };
        }
        let paragraph = self.paragraphs.last().copied().unwrap_or(0);
        self.found.marks.mark(at, paragraph, look);
    }

    fn shape(&self, tag: &Tag<'a>) -> Shape {
        let lists = self.frames.iter().filter(|frame| frame.name.is(Family::Odf(Odf::Text), "list")).count();
        match tag.name.local {
            "h" => {
                let level = tag.raw("outline-level").and_then(|level| level.parse::<u8>().ok()).unwrap_or(1);
                Shape::Heading(level.clamp(1, DEEPEST))
            }
            _ if self.title => Shape::Heading(1),
            _ if lists > 0 => Shape::Item(lists.min(usize::from(DEEPEST)) as u8),
            _ => Shape::Paragraph,
        }
    }

    /// Whether a table, a column, a row or a cell is not shown.
    fn table(&mut self, tag: &Tag<'a>) -> bool {
        let collapsed = || matches!(tag.raw("visibility"), Some("collapse" | "filter"));
        let repeated = |name: &str| tag.raw(name).and_then(|count| count.parse::<u64>().ok()).unwrap_or(1).max(1);
        match tag.name.local {
            "table" => {
                let hidden = tag.raw("style-name").and_then(|style| self.styles.get(style)).is_some_and(|style| style.collapsed);
                if self.frames.last().is_some_and(|frame| frame.name.is(Family::Odf(Odf::Office), "spreadsheet")) {
                    self.found.sheets.push((tag.value("name").unwrap_or_default(), !hidden));
                    (self.column, self.cell) = (0, 0);
                    self.columns.clear();
                }
                hidden
            }
            "table-column" => {
                let end = self.column.saturating_add(repeated("number-columns-repeated"));
                if collapsed() {
                    self.columns.push((self.column, end));
                }
                self.column = end;
                false
            }
            "table-row" => {
                self.cell = 0;
                collapsed()
            }
            "table-cell" | "covered-table-cell" => {
                let at = self.cell;
                self.cell = at.saturating_add(repeated("number-columns-repeated"));
                self.columns.iter().any(|(from, to)| (*from..*to).contains(&at))
            }
            _ => false,
        }
    }
}

impl<'a> Visitor<'a> for Walk<'a, '_> {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let styled = |tag: &Tag<'a>| tag.value("style-name").map(|style| look(self.styles, &style)).unwrap_or_default();
        let (mut style, mut hidden, mut section, mut paragraph) = (Look::default(), false, None, false);
        match (tag.name.family, tag.name.local) {
            (Family::Odf(Odf::Text), "p" | "h") => {
                style = styled(tag);
                let shape = self.shape(tag);
                let section = self.frames.iter().rev().find_map(|frame| frame.section);
                let number = self.found.marks.begin(Paragraph { shape, section, hidden: false });
                self.paragraphs.push(number);
                paragraph = true;
            }
            (Family::Odf(Odf::Text), "span" | "a") => style = styled(tag),
            (Family::Odf(Odf::Text), "section") => hidden = matches!(tag.raw("display"), Some("none")),
            (Family::Odf(Odf::Text), "hidden-text" | "hidden-paragraph") => hidden = true,
            (Family::Odf(Odf::Text), "deletion") => (style.struck, hidden) = (true, true),
            (Family::Odf(Odf::Draw), "frame") => {
                let class = tag.raw("class").unwrap_or_default();
                self.title = matches!(class, "title");
            }
            (Family::Odf(Odf::Table), _) => hidden = self.table(tag),
            _ => {}
        }
        if tag.name.is(Family::Odf(Odf::Draw), "text-box") && !self.title {
            section = Some("Text box");
        }
        self.frames.push(Frame { name: tag.name, style, hidden, section, paragraph });
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, _: usize) -> Result<(), Refusal> {
        if self.frames.pop().is_some_and(|frame| frame.paragraph) {
            self.paragraphs.pop();
        }
        if name.is(Family::Odf(Odf::Draw), "frame") {
            self.title = false;
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal> {
        if matches!(kind, TextKind::Plain | TextKind::Cdata) {
            self.mark(range.start);
        }
        Ok(())
    }
}

/// What a place in a part is: its order among the texts of the part, its section, whether it is seen.
fn told(detail: &str) -> (u8, Option<&'static str>, bool) {
    let last = detail.rsplit(", ").next().unwrap_or_default();
    match last {
        "before tracked changes" => (1, Some("Text, before tracked changes"), false),
        "after tracked changes" => (1, Some("Text, after tracked changes"), true),
        "deleted text" => (1, Some("Deleted text"), false),
        "cell before a change" => (1, Some("Cells before changes"), false),
        "header" | "header or footer" | "footer" | "master page" => (2, Some("Header and footer"), true),
        "note" => (3, Some("Notes"), true),
        "comment" => (4, Some("Comments"), false),
        "notes" => (5, Some("Notes of pages"), false),
        "message of a cell" => (6, Some("Messages of cells"), false),
        _ => (0, None, true),
    }
}

impl OdfBody {
    /// The document for people to read.
    pub(super) fn view(&self, segments: &[Segment]) -> Vec<Block> {
        let mut views = Views::of(segments);
        let mut ordered = Ordered::default();
        let styles = self.styles();
        let mut found: BTreeMap<usize, Found> = BTreeMap::new();
        for ((number, segment), place) in segments.iter().enumerate().zip(&self.places) {
            let name = self.parts.get(place.part).map_or("", |part| part.name.as_str());
            let label = segment.labels.first().cloned();
            let slots = match &place.carrier {
                Carrier::Run(pieces) => pieces.first().map_or(0, |piece| piece.slot.start),
                Carrier::Same(slots) => slots.first().map_or(0, |slot| slot.start),
                _ => 0,
            };
            let rank = match name {
                "" | "content.xml" => 0,
                "styles.xml" => 2,
                "meta.xml" => 4,
                "settings.xml" => 5,
                _ if name.ends_with("content.xml") => 1,
                _ => 3,
            };
            if segment.structural {
                let face = Face::text(views.section("Names")).shaped(Shape::Line).field(label).seen(false);
                ordered.whole((90, place.part, 0, slots), number, segment, &face);
                continue;
            }
            let Carrier::Run(pieces) = &place.carrier else {
                let part = found.entry(place.part).or_insert_with(|| self.walk(place.part, &styles));
                let is_sheet = label.as_deref() == Some("object name")
                    && part.sheets.iter().any(|(name, visible)| *visible && *name == segment.text);
                let section = match name {
                    _ if is_sheet => "Sheets",
                    "meta.xml" => "Properties",
                    "settings.xml" => "Settings",
                    _ => "Text, not shown",
                };
                let face = Face::text(views.section(section)).field(label).seen(is_sheet);
                ordered.whole((rank, place.part, 9, slots), number, segment, &face);
                continue;
            };
            let part = found.entry(place.part).or_insert_with(|| self.walk(place.part, &styles));
            let (which, told, visible) = told(&place.detail);
            let record = tables::record_at(name, &place.detail);
            let sheet = place.detail.strip_prefix("sheet ").and_then(|rest| rest.split(',').next()?.parse::<usize>().ok());
            let sheet = sheet.and_then(|sheet| part.sheets.get(sheet.checked_sub(1)?));
            let page = place.detail.strip_prefix("page ").and_then(|rest| rest.split(',').next()?.parse::<usize>().ok());
            let section = match (told, sheet, page) {
                (Some(section), ..) => section.to_owned(),
                (None, Some((name, _)), _) => format!("Sheet {name}"),
                (None, None, Some(page)) => format!("Page {page}"),
                _ if rank == 1 => "Embedded objects".to_owned(),
                _ if rank > 1 => "Styles".to_owned(),
                _ => "Text".to_owned(),
            };
            let visible = visible && sheet.is_none_or(|(_, visible)| *visible);
            let cell = record.and_then(|record| views.cell(&record));
            let inner = told.is_none() && sheet.is_none() && page.is_none();
            let mut face = |paragraph: Paragraph| {
                let section = paragraph.section.filter(|_| inner).unwrap_or(&section);
                let face = Face::text(views.section(section)).shaped(paragraph.shape).seen(visible);
                Face {
                    label: label.clone(),
                    shape: cell.unwrap_or(face.shape),
                    again: which == 1 && place.detail.ends_with("changes"),
                    ..face
                }
            };
            // Pages and sheets read one after the other, notes of all pages come later.
            let key = (rank, place.part, which);
            ordered.flow(key, (number, segment), pieces.iter().map(Stretch::from), Some(&part.marks), &mut face);
        }
        ordered.into_views(&mut views);
        self.children.view_all(&mut views);
        views.finish()
    }

    fn markup(&self, part: usize) -> Option<&str> {
        match self.parts.get(part).map(|part| &part.fate) {
            Some(Fate::Xml(xml)) => Some(&xml.text.text),
            _ => None,
        }
    }

    fn styles(&self) -> Styles {
        let mut styles = Styles::new();
        // The styles of the document first, so that those of the text win.
        let mut order: Vec<usize> = (0..self.parts.len()).collect();
        order.sort_by_key(|part| self.parts.get(*part).is_some_and(|part| part.name == "content.xml"));
        for part in order {
            let name = self.parts.get(part).map_or("", |part| part.name.as_str());
            if let Some(text) = self.markup(part).filter(|_| matches!(name, "" | "styles.xml" | "content.xml")) {
                let _ = scan(
                    "view",
                    &super::read::undeclared(text),
                    &Limits::default(),
                    &mut StyleReader { styles: &mut styles, open: None },
                );
            }
        }
        styles
    }

    fn walk(&self, part: usize, styles: &Styles) -> Found {
        let mut found = Found::default();
        found.marks.begin(Paragraph::default());
        let Some(text) = self.markup(part) else { return found };
        let text = super::read::undeclared(text);
        let mut walk = Walk {
            styles,
            found,
            frames: Vec::new(),
            paragraphs: Vec::new(),
            columns: Vec::new(),
            column: 0,
            cell: 0,
            title: false,
        };
        let _ = scan("view", &text, &Limits::default(), &mut walk);
        walk.found
    }
}
