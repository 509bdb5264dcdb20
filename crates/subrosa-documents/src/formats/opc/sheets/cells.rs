//! Reads the cells of worksheets into segments.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use subrosa_core::segment::Segment;

use super::formula::Formula;
use super::headers;
use super::number;
use super::rich::{self, Item, RichReader, Strings};
use super::styles::Styles;
use super::tables::{Table, letters, reference};
use crate::document::Record;
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::{Name, Slot, Tag, TextKind, Visitor, XmlText, escape};

use super::super::story::Story;
use crate::flow::Collector;

/// What a cell's segment is, small since a workbook has millions of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) sheet: u32,
    pub(super) row: u32,
    pub(super) column: u32,
    /// The `c` element in its part.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) content: Content,
}

impl Cell {
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Which text of a cell it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A shared string.
    Shared(u32),
    /// A string in the cell: inline, or the cached result of a formula.
    Text,
    /// A number, perhaps shown as a date, by the number of its style.
    Number(u32),
    /// The formula without its literals.
    Code,
    /// The literals of the formula.
    Literals,
}

/// Where a cell's segment stands.
pub(crate) struct At {
    /// The part of its sheet.
    pub(crate) part: usize,
    pub(crate) row: u32,
    pub(crate) column: u32,
    /// Whether it is of the formula, not of the value.
    pub(crate) formula: bool,
}

/// A worksheet.
pub(super) struct Sheet {
    pub(super) part: usize,
    /// Its place in the workbook, from 1.
    number: usize,
}

/// A cell whose formula belongs to a group that is written once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grouped {
    pub(super) sheet: u32,
    pub(super) group: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// It holds the formula of the group.
    pub(super) first: bool,
}

/// A shared string, without its text.
pub(super) struct Shared {
    pub(super) range: Range<usize>,
    pub(super) inside: Range<usize>,
    /// How many cells show it.
    pub(super) uses: u32,
}

/// A header cell whose text a column of a table has as its name.
pub(super) struct Header {
    /// The segment of the cell.
    pub(super) segment: usize,
    /// The table's number, and the column's name in the table part.
    pub(super) table: usize,
    pub(super) slot: Slot,
}

/// The cells of a workbook and the way back to them. Their segments are the document's first.
#[derive(Default)]
pub(crate) struct Book {
    pub(super) cells: Vec<Cell>,
    pub(super) sheets: Vec<Sheet>,
    pub(super) styles: Styles,
    pub(super) since_1904: bool,
    pub(super) strings_part: Option<usize>,
    pub(super) strings: Vec<Shared>,
    pub(super) groups: Vec<Grouped>,
    pub(super) headers: Vec<Header>,
    /// The names of the columns of tables, by the table's number, and where they stand.
    pub(super) table_names: Vec<(usize, String, Slot)>,
    /// Formulas that became values when the workbook was written last.
    pub(super) frozen: AtomicUsize,
    /// While reading: the texts of the strings.
    texts: Vec<String>,
    /// While reading: bytes of text that cells have in common with cells before them.
    repeated: usize,
}

/// Most bytes of text that cells may repeat from the shared strings: a long string in many cells is a small file.
const REPEATED: usize = 256 << 20;

impl Book {
    /// Reads the shared strings and styles.
    pub(crate) fn read(
        strings: Option<(usize, &str, &str)>,
        styles: Option<(&str, &str)>,
        since_1904: bool,
        limits: &Limits,
    ) -> Result<Self, Refusal> {
        let mut book = Self { since_1904, ..Self::default() };
        if let Some((name, text)) = styles {
            book.styles = Styles::read(name, text, limits)?;
        }
        if let Some((part, name, text)) = strings {
            book.strings_part = Some(part);
            for Item { range, inside, text } in Strings::read(part, name, text, limits)? {
                book.strings.push(Shared { range, inside, uses: 0 });
                book.texts.push(text);
            }
        }
        Ok(book)
    }

    /// Whether a part is the one of the shared strings.
    pub(crate) fn is_strings(&self, part: usize) -> bool {
        self.strings_part == Some(part)
    }

    /// Takes the names of the columns of all tables.
    pub(crate) fn set_table_names<'t>(&mut self, tables: impl Iterator<Item = (usize, &'t Table)>) {
        let names = tables.flat_map(|(number, table)| table.names.iter().map(move |(name, slot)| (number, name.clone(), *slot)));
        self.table_names = names.collect();
    }

    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Where a cell's segment stands, for people.
    pub(crate) fn place(&self, segment: usize) -> Option<String> {
        let cell = self.cells.get(segment)?;
        let sheet = self.sheets.get(cell.sheet as usize).map_or(0, |sheet| sheet.number);
        let what = if matches!(cell.content, Content::Code | Content::Literals) { ", formula" } else { "" };
        Some(format!("sheet {sheet}, cell {}{}{what}", letters(cell.column), cell.row))
    }

    /// The sheets: their parts and numbers.
    pub(crate) fn sheets(&self) -> impl Iterator<Item = (usize, usize)> {
        self.sheets.iter().map(|sheet| (sheet.part, sheet.number))
    }

    /// What the sheet shows where a cell's segment says `text`, if that is something else.
    pub(crate) fn as_shown(&self, segment: usize, text: &str) -> Option<String> {
        match self.cells.get(segment)?.content {
            Content::Number(style) => self.styles.shown(style, text, self.since_1904),
            _ => None,
        }
    }

    /// Where a cell's segment stands, for a view.
    pub(crate) fn at(&self, segment: usize) -> Option<At> {
        let cell = self.cells.get(segment)?;
        let part = self.sheets.get(cell.sheet as usize)?.part;
        let formula = matches!(cell.content, Content::Code | Content::Literals);
        Some(At { part, row: cell.row, column: cell.column, formula })
    }

    /// The row that a cell's segment stands in.
    pub(crate) fn record(&self, segment: usize) -> Option<Record> {
        let cell = self.cells.get(segment).filter(|cell| !matches!(cell.content, Content::Code | Content::Literals))?;
        let sheet = self.sheets.get(cell.sheet as usize).map_or(0, |sheet| sheet.number);
        Some(Record { table: format!("sheet {sheet}"), row: u64::from(cell.row), column: cell.column })
    }

    /// What people should know of the workbook that was written last.
    pub(crate) fn notes(&self) -> Vec<String> {
        match self.frozen.load(Ordering::Relaxed) {
            0 => Vec::new(),
            1 => vec!["1 formula was replaced by its value".to_owned()],
            many => vec![format!("{many} formulas were replaced by their values")],
        }
    }

    /// Shared strings that no cell shows, and the phonetic readings of all: segments of the shared strings part.
    pub(crate) fn rest(&mut self, parts: &[Option<XmlText>], collector: &mut Collector) {
        let Some(part) = self.strings_part else { return };
        let Some(Some(XmlText { text, .. })) = parts.get(part) else { return };
        for (shared, shown) in self.strings.iter().zip(std::mem::take(&mut self.texts)) {
            let unused = shared.uses == 0 && !shown.is_empty();
            let markup = text.get(shared.range.clone()).unwrap_or_default();
            if (unused || markup.contains("rPh"))
                && let Some(rich) = rich::item(part, text, &shared.range)
            {
                if unused {
                    collector.run(part, "string that no cell shows".to_owned(), Segment::new(rich.text), rich.pieces);
                }
                for (reading, slot) in rich.phonetic {
                    collector.value(slot, "phonetic", reading);
                }
            }
        }
    }
}

/// An open cell.
struct Open<'a> {
    start: usize,
    place: (u32, u32),
    kind: &'a str,
    style: Option<&'a str>,
    value: Option<(Range<usize>, TextKind)>,
    formula: Option<(Range<usize>, TextKind)>,
    group: Option<(u32, bool)>,
    rich: Option<RichReader>,
    inside: Inside,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Cell,
    Value,
    Formula,
    Rich,
}

/// The visitor of a worksheet: cells here, everything else as in any part.
pub(crate) struct SheetReader<'a, 'c, 'b> {
    pub(crate) story: Story<'a, 'c>,
    part_name: &'a str,
    part: usize,
    text: &'a str,
    book: &'b mut Book,
    segments: &'b mut Vec<Segment>,
    sheet: u32,
    first: usize,
    row: u32,
    column: u32,
    in_data: bool,
    cell: Option<Open<'a>>,
    /// Elements in a cell that are no cell's: how many are open.
    foreign: usize,
}

impl<'a, 'c, 'b> SheetReader<'a, 'c, 'b> {
    /// A reader of `part`, the sheet `number` of the workbook; `segments` are the document's first.
    pub(crate) fn new(
        story: Story<'a, 'c>,
        (part, part_name, text): (usize, &'a str, &'a str),
        number: usize,
        book: &'b mut Book,
        segments: &'b mut Vec<Segment>,
    ) -> Self {
        let sheet = book.sheets.len() as u32;
        book.sheets.push(Sheet { part, number });
        let first = segments.len();
        Self {
            story,
            part_name,
            part,
            text,
            book,
            segments,
            sheet,
            first,
            row: 0,
            column: 0,
            in_data: false,
            cell: None,
            foreign: 0,
        }
    }

    /// Gives the cells their labels and the story back; `tables` are those of this sheet, with their numbers.
    pub(crate) fn finish(self, tables: &[(usize, &Table)]) -> Story<'a, 'c> {
        let Self { mut story, book, segments, first, .. } = self;
        let mut claimed = HashSet::new();
        headers::label(book, segments, first, tables, &mut |label| story.label(label), &mut claimed);
        story.claim(claimed);
        story
    }

    fn damaged(&self, at: usize, what: &str) -> Refusal {
        Refusal::damaged(self.part_name, format!("byte {at}: {what}"))
    }

    fn emit(&mut self, cell: &Open<'a>, end: usize, content: Content, segment: Segment) -> Result<(), Refusal> {
        let too_long = |_| Refusal::Limit(format!("{}: over 4 GiB", self.part_name));
        self.book.cells.push(Cell {
            sheet: self.sheet,
            row: cell.place.0,
            column: cell.place.1,
            start: u32::try_from(cell.start).map_err(too_long)?,
            end: u32::try_from(end).map_err(too_long)?,
            content,
        });
        self.segments.push(segment);
        Ok(())
    }

    fn decoded(&self, (range, kind): &(Range<usize>, TextKind)) -> std::borrow::Cow<'a, str> {
        let raw = self.text.get(range.clone()).unwrap_or_default();
        if *kind == TextKind::Plain { escape::decode(raw).unwrap_or_default() } else { raw.into() }
    }

    fn close_cell(&mut self, mut cell: Open<'a>, end: usize) -> Result<(), Refusal> {
        if let Some(RichReader { rich, .. }) = cell.rich.take() {
            if cell.value.is_some() {
                return Err(self.damaged(cell.start, "a cell with two values"));
            }
            for (reading, slot) in rich.phonetic {
                self.story.value(slot, "phonetic", reading);
            }
            if !rich.text.is_empty() {
                self.emit(&cell, end, Content::Text, Segment::new(rich.text))?;
            }
        } else if let Some(value) = &cell.value {
            let value = self.decoded(value);
            let (content, text) = match cell.kind {
                "s" => {
                    let index: usize =
                        value.trim().parse().map_err(|_| self.damaged(cell.start, "a shared string without its number"))?;
                    let missing = || self.damaged(cell.start, "a shared string that is not there");
                    let text = self.book.texts.get(index).ok_or_else(missing)?.clone();
                    if let Some(shared) = self.book.strings.get_mut(index) {
                        self.book.repeated += if shared.uses > 0 { text.len() } else { 0 };
                        shared.uses += 1;
                    }
                    if self.book.repeated > REPEATED {
                        let repeated = REPEATED >> 20;
                        return Err(Refusal::Limit(format!("{}: cells repeat over {repeated} MiB of text", self.part_name)));
                    }
                    (Content::Shared(index as u32), text)
                }
                "b" | "e" => (Content::Text, String::new()),
                "" | "n" if is_number(&value) => {
                    let display = self.book.styles.display(cell.style);
                    (Content::Number(Styles::number(cell.style)), number::show(&value, display, self.book.since_1904))
                }
                _ => (Content::Text, value.into_owned()),
            };
            if !text.is_empty() {
                self.emit(&cell, end, content, Segment::new(text))?;
            }
        }
        if let Some(formula) = &cell.formula {
            let text = self.decoded(formula);
            let Formula { code, literals } = Formula::of(&text);
            if !code.is_empty() {
                self.emit(&cell, end, Content::Code, Segment::structural(code))?;
            }
            let literals = telling(&text, &literals);
            if !literals.is_empty() {
                self.emit(&cell, end, Content::Literals, Segment::new(literals))?;
            }
        }
        if let Some((group, first)) = cell.group {
            self.book.groups.push(Grouped { sheet: self.sheet, group, start: cell.start as u32, end: end as u32, first });
        }
        Ok(())
    }
}

fn is_number(value: &str) -> bool {
    value.trim().parse::<f64>().is_ok()
}

/// The literals that say something, and long numbers among the code, one a line.
pub(super) fn telling(text: &str, literals: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut add = |text: &str| {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(text);
    };
    for literal in literals.iter().cloned().chain(std::iter::once(text.len()..text.len())) {
        let code = text.get(at..literal.start).unwrap_or_default();
        code.split(|char: char| !char.is_ascii_digit()).filter(|digits| digits.len() >= 7).for_each(&mut add);
        let inside = text.get(literal.clone()).unwrap_or_default();
        if inside.chars().filter(|char| char.is_alphanumeric()).count() >= 2 {
            add(inside);
        }
        at = literal.end;
    }
    out
}

impl<'a> Visitor<'a> for SheetReader<'a, '_, '_> {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        if !self.in_data {
            self.in_data = tag.name.local == "sheetData";
            return self.story.open(tag);
        }
        let Some(cell) = &mut self.cell else {
            match tag.name.local {
                "row" => {
                    self.row = tag.raw("r").and_then(|row| row.parse().ok()).unwrap_or(self.row.saturating_add(1));
                    self.column = 0;
                }
                "c" => {
                    let mut open = Open {
                        start: tag.range.start,
                        place: (self.row, self.column.saturating_add(1)),
                        kind: "",
                        style: None,
                        value: None,
                        formula: None,
                        group: None,
                        rich: None,
                        inside: Inside::Cell,
                    };
                    for attribute in &tag.attributes {
                        let value = self.text.get(attribute.value.clone()).unwrap_or_default();
                        match attribute.name.local {
                            "r" => open.place = reference(value).unwrap_or(open.place),
                            "s" => open.style = Some(value),
                            "t" => open.kind = value,
                            _ => {}
                        }
                    }
                    self.column = open.place.1;
                    self.cell = Some(open);
                }
                _ => return self.story.open(tag),
            }
            return Ok(());
        };
        if self.foreign > 0 {
            self.foreign += 1;
            return self.story.open(tag);
        }
        match (cell.inside, tag.name.local) {
            (Inside::Rich, _) => {
                if let Some(reader) = &mut cell.rich {
                    reader.open(tag);
                }
            }
            (Inside::Cell, "v") => cell.inside = Inside::Value,
            (Inside::Cell, "is") if cell.rich.is_none() => {
                cell.rich = Some(RichReader::default());
                cell.inside = Inside::Rich;
            }
            (Inside::Cell, "f") => {
                cell.inside = Inside::Formula;
                if tag.raw("t") == Some("shared") {
                    let group = tag.raw("si").and_then(|group| group.parse().ok());
                    cell.group = group.map(|group| (group, tag.raw("ref").is_some()));
                }
            }
            _ => {
                self.foreign += 1;
                return self.story.open(tag);
            }
        }
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, end: usize) -> Result<(), Refusal> {
        if !self.in_data {
            return self.story.close(name, end);
        }
        if self.foreign > 0 {
            self.foreign -= 1;
            return self.story.close(name, end);
        }
        let Some(cell) = &mut self.cell else {
            if name.local == "sheetData" {
                self.in_data = false;
            }
            return if name.local == "row" { Ok(()) } else { self.story.close(name, end) };
        };
        match (cell.inside, name.local) {
            (Inside::Cell, _) => {
                if let Some(cell) = self.cell.take() {
                    return self.close_cell(cell, end);
                }
            }
            (Inside::Rich, local) if local != "is" => {
                if let Some(reader) = &mut cell.rich {
                    reader.close(name, end);
                }
            }
            _ => cell.inside = Inside::Cell,
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal> {
        let Some(cell) = self.cell.as_mut().filter(|_| self.foreign == 0 && matches!(kind, TextKind::Plain | TextKind::Cdata))
        else {
            return self.story.text(range, kind);
        };
        let slot = match cell.inside {
            Inside::Value => &mut cell.value,
            Inside::Formula => &mut cell.formula,
            Inside::Rich => {
                let raw = self.text.get(range.clone()).unwrap_or_default();
                if let Some(reader) = &mut cell.rich {
                    reader.text(self.part, raw, &range, kind);
                }
                return Ok(());
            }
            Inside::Cell => return Ok(()),
        };
        if slot.is_some() {
            let start = cell.start;
            return Err(self.damaged(start, "a cell whose value is in pieces"));
        }
        *slot = Some((range, kind));
        Ok(())
    }
}
