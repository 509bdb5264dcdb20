//! Comma-, semicolon-, tab- and bar-separated tables.
//!
//! One segment for each cell that is not empty, header cells included, labelled by its column's header. The dialect
//! (delimiter, whether `"` quotes, whether there is a header) is told from the beginning of the file; ragged rows, blank
//! lines, line breaks and delimiters in quotes, quotes in quotes and a quote that is never closed are all read, none
//! refused, since programs write all of them.
//!
//! An edit changes its own characters. The cell is put into quotes, or its quotes are doubled, only where the table would
//! otherwise fall apart. A cell that an edit would make begin with `=`, `+`, `-` or `@`, and so a formula to a spreadsheet,
//! gets an apostrophe before it.
//!
//! Not read: other quotes than `"`, backslash escapes (`\"` in a quoted cell is a backslash and a quote), comments, number
//! and date formats. References: RFC 4180; the CSV dialects that Python's `csv` and Excel write.

mod dialect;
pub(crate) mod header;
mod records;
mod write;

use std::sync::Arc;

use subrosa_core::edit::Edit;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use crate::document::{Body, Document, Part, Record};
use crate::encoding::{self, Decoded};
use crate::formats::{Aids, Format, Source, looks};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::stream::{Cut, Prologue, Streamable};

use dialect::Dialect;
use records::{Cell, Event, Records};

/// The reader and writer of tables.
pub(crate) struct Csv {
    id: &'static str,
    extensions: &'static [&'static str],
    /// Names that tell nothing, for which the content may.
    untold: &'static [&'static str],
}

/// Tables by any delimiter.
pub(crate) static CSV: Csv = Csv { id: "csv", extensions: &["csv", "psv"], untold: &["", "txt", "dat", "data", "asc"] };

/// Tables that are most likely separated by tabs.
pub(crate) static TSV: Csv = Csv { id: "tsv", extensions: &["tsv", "tab"], untold: &[] };

impl Format for Csv {
    fn id(&self) -> &'static str {
        self.id
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        if looks::unsupported(source).is_some() {
            return false;
        }
        let extension = source.extension();
        self.extensions.contains(&extension.as_str())
            || (self.untold.contains(&extension.as_str()) && Layout::certain(&looks::head_text(source.bytes)))
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let decoded = encoding::decode(source.bytes)?;
        let layout = Layout::of(&decoded.text, &source.extension());
        document(decoded, Arc::new(layout), 1, limits)
    }

    fn raw_parts(&self, _: &Source<'_>, _: &Limits) -> Result<Vec<Part>, Refusal> {
        Ok(Vec::new())
    }

    fn stream(&self) -> Option<&dyn Streamable> {
        Some(self)
    }
}

impl Streamable for Csv {
    fn prologue(&self, head: &str, extension: &str) -> Prologue {
        Prologue { layout: Some(Arc::new(Layout::of(head, extension))) }
    }

    /// Up to the last row's end before a quote that the text does not close.
    fn whole_records(&self, prologue: &Prologue, text: &str) -> Option<Cut> {
        let mut records = Records::new(text, prologue.layout.as_ref()?.dialect);
        let mut cut = None;
        let mut rows = 0;
        while let Some(event) = records.next() {
            if records.broken() {
                break;
            }
            if matches!(event, Event::End) {
                rows += 1;
                cut = Some(Cut { length: records.at(), records: rows });
            }
        }
        cut
    }

    fn breakable(&self) -> bool {
        false
    }

    fn read_piece(
        &self,
        piece: Decoded,
        prologue: &Prologue,
        first: u64,
        _: Aids<'_>,
        limits: &Limits,
    ) -> Result<Document, Refusal> {
        let layout = prologue.layout.clone();
        document(
            piece,
            layout.ok_or_else(|| Refusal::Internal("a piece of a table without its layout".to_owned()))?,
            first,
            limits,
        )
    }
}

/// What the beginning of a table tells of all its rows.
pub(crate) struct Layout {
    dialect: Dialect,
    /// One for each column, nothing where the header is empty or there is none.
    headers: Vec<Option<Arc<str>>>,
    /// Rows before the first row of data, blank ones too.
    preamble: u64,
}

/// Longest header that is taken for a field name.
const HEADER_BYTES: usize = 200;

impl Layout {
    /// The layout of a table that begins with `text`.
    pub(crate) fn of(text: &str, extension: &str) -> Self {
        let dialect = Dialect::sniff(text, extension);
        let mut rows = records::rows(text, dialect, header::ROWS);
        let mut preamble = 0;
        if dialect::separator_line(text).is_some() && !rows.is_empty() {
            preamble = rows.remove(0).0;
        }
        let mut headers = Vec::new();
        let cells: Vec<&[String]> = rows.iter().map(|(_, cells)| cells.as_slice()).collect();
        if let (true, Some((row, cells))) = (header::present(&cells), rows.first()) {
            preamble = *row;
            headers.extend(cells.iter().map(|cell| {
                let name = cell.trim();
                (!name.is_empty() && name.len() <= HEADER_BYTES).then(|| Arc::from(name))
            }));
        }
        Self { dialect, headers, preamble }
    }

    /// Whether the text is a table beyond doubt, so that it is read as one without an extension that says so.
    fn certain(text: &str) -> bool {
        let dialect = Dialect::sniff(text, "");
        let rows = records::rows(text, dialect, header::ROWS);
        let rows: Vec<&[String]> = rows.iter().map(|(_, cells)| cells.as_slice()).collect();
        let width = rows.first().map_or(0, |row| row.len());
        // The last row of the sample may be cut.
        let whole = rows.split_last().map(|(_, whole)| whole).unwrap_or_default();
        let least = if dialect.delimiter == b',' { 3 } else { 2 };
        whole.len() >= 3 && width >= least && whole.iter().all(|row| row.len() == width) && header::present(whole)
    }

    fn label(&self, column: u32) -> Option<&Arc<str>> {
        self.headers.get(column as usize).and_then(Option::as_ref)
    }
}

/// The document of a table or of a piece of one. `first_row` is the number of its first row in the whole table.
pub(crate) fn document(decoded: Decoded, layout: Arc<Layout>, first_row: u64, _: &Limits) -> Result<Document, Refusal> {
    let text = decoded.text.as_str();
    let guess = (text.len() / 16).min(1 << 16);
    let (mut segments, mut cells) = (Vec::with_capacity(guess), Vec::with_capacity(guess));
    let mut rows: Vec<u32> = vec![0];
    let mut row = first_row;
    for event in Records::new(text, layout.dialect) {
        match event {
            Event::Cell(cell) if cell.start == cell.end => {}
            Event::Cell(cell) => {
                let labels = match layout.label(cell.column) {
                    Some(label) if row > layout.preamble => vec![Arc::clone(label)],
                    _ => Vec::new(),
                };
                segments.push(Segment { text: cell.text(text), labels, structural: false });
                cells.push(cell);
            }
            Event::End => {
                row += 1;
                rows.push(u32::try_from(cells.len()).map_err(|_| Refusal::Limit("cells in one table".to_owned()))?);
            }
        }
    }
    Ok(Document { segments, unread: Vec::new(), body: Box::new(Table { decoded, layout, first_row, cells, rows }) })
}

struct Table {
    decoded: Decoded,
    layout: Arc<Layout>,
    first_row: u64,
    /// One for each segment.
    cells: Vec<Cell>,
    /// Segments before each row.
    rows: Vec<u32>,
}

impl Table {
    /// The number of the row that a segment stands in.
    fn row(&self, segment: usize) -> u64 {
        self.rows.partition_point(|&first| first as usize <= segment).saturating_sub(1) as u64 + self.first_row
    }
}

impl Body for Table {
    fn place(&self, segment: usize, _: Span) -> String {
        let row = self.row(segment);
        let Some(cell) = self.cells.get(segment) else { return format!("row {row}") };
        match self.layout.label(cell.column) {
            Some(name) if row > self.layout.preamble => format!("row {row}, column \"{name}\""),
            _ => format!("row {row}, column {}", u64::from(cell.column) + 1),
        }
    }

    fn record(&self, segment: usize) -> Option<Record> {
        let cell = self.cells.get(segment)?;
        Some(Record { table: String::new(), row: self.row(segment), column: cell.column.saturating_add(1) })
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let mut splices = Vec::new();
        for (edits, &cell) in edits.iter().zip(&self.cells) {
            if !edits.is_empty() {
                write::cell(&self.decoded.text, cell, self.layout.dialect, edits, &mut splices)?;
            }
        }
        self.decoded.splice(&splices)
    }
}
