//! Cells of tables and forms that are drawn in plain text, and the label that each stands under.
//!
//! ```text
//! | MRN   | Patient   |      Patient      Born          Blood group | A
//! |-------|-----------|      Ada Poe      03/04/1970    Ward        | 7
//! | 48201 | Ada Poe   |
//! ```
//!
//! Rows are lines with `|` between their cells, or with columns parted by several blanks or a tab. A first row of nothing but
//! words is a header for the rows below it. Without one, and in a table of two columns, the cell to the left is the label. The
//! detector looks at every labelled cell as at a segment of its own, so what holds for the columns of a spreadsheet holds here.
//!
//! Not done: cells of several lines, headers of several rows, tables in which a cell stands under two columns.

use crate::recognizers::cue::Words;
use crate::span::Span;
use crate::token::{Gap, Kind, Token};

/// Most words of a label.
const LABEL: usize = 6;
/// Most columns of a table; further ones have no label.
const COLUMNS: usize = 64;

/// Words of which one in the second cell of a row says that the row is a header, not a label and its value.
static FIELDS: Words = Words::new(&[
    "date",
    "birth",
    "dob",
    "born",
    "name",
    "surname",
    "number",
    "no",
    "id",
    "mrn",
    "ssn",
    "address",
    "street",
    "city",
    "town",
    "state",
    "country",
    "zip",
    "postcode",
    "phone",
    "telephone",
    "tel",
    "mobile",
    "fax",
    "email",
    "mail",
    "sex",
    "gender",
    "age",
    "status",
    "type",
    "code",
    "value",
    "result",
    "description",
    "comment",
    "notes",
    "reason",
    "amount",
    "total",
    "time",
    "role",
    "title",
    "nombre",
    "fecha",
    "nacimiento",
    "número",
    "edad",
    "sexo",
    "dirección",
    "nom",
    "prénom",
    "naissance",
    "numéro",
    "vorname",
    "nachname",
    "geburtsdatum",
    "nummer",
    "adresse",
    "telefon",
    "wert",
]);

/// A cell and its labels, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The cell's text.
    pub span: Span,
    /// The text of its labels.
    pub labels: [Option<Span>; 2],
}

/// One row: the first and last token of each cell, and the byte its line starts at.
#[derive(Default)]
struct Row {
    cells: Vec<(usize, usize)>,
    line: usize,
    drawn: bool,
    tabs: bool,
}

/// The labelled cells of `text`, in order. `parting` are the tokens that may part columns: only lines with such are read, and
/// those after them.
pub fn cells(text: &str, tokens: &[Token], parting: &[u32]) -> Vec<Cell> {
    let mut parting = parting;
    let mut found = Vec::new();
    let mut table = Table::default();
    let mut row = Row::default();
    let mut first = 0;
    while first < tokens.len() {
        if table.rows == 0 {
            let Some(next) = parting.first() else { break };
            let line = (first..=*next as usize).rev().find(|at| tokens.get(*at).is_some_and(|token| token.gap >= Gap::Line));
            first = line.unwrap_or(first);
        }
        let mut end = first + 1;
        while tokens.get(end).is_some_and(|token| token.gap < Gap::Line) {
            end += 1;
        }
        let here = parting.iter().take_while(|index| (**index as usize) < end).count();
        let (here, further) = parting.split_at(here);
        parting = further;
        if tokens[first].gap >= Gap::Paragraph {
            table.end(&mut found);
        }
        if is_rule(&tokens[first..end]) {
            table.rule();
        } else if read(text, tokens, (first, end), here, &mut row) {
            table.add(tokens, &row, &mut found);
        } else {
            table.end(&mut found);
        }
        first = end;
    }
    table.end(&mut found);
    found
}

/// A line of `|---|:--:|` or `+----+`.
fn is_rule(tokens: &[Token]) -> bool {
    tokens.len() >= 3
        && tokens.iter().all(|token| matches!(token.kind, Kind::Punctuation(b'-' | b'|' | b'+' | b':' | b'=' | b'_')))
}

/// Reads the line of tokens `first..end`, of which `parting` may part columns; whether it is a row of several cells.
fn read(text: &str, tokens: &[Token], (first, end): (usize, usize), parting: &[u32], row: &mut Row) -> bool {
    row.cells.clear();
    row.drawn = parting.iter().any(|index| tokens[*index as usize].is_byte(b'|'));
    let parts = |index: &usize| if row.drawn { tokens[*index].is_byte(b'|') } else { tokens[*index].gap == Gap::Wide };
    let mut start = first;
    for index in parting.iter().map(|index| *index as usize).filter(parts) {
        if index > first || row.drawn {
            if index > start {
                row.cells.push((start, index - 1));
            } else if index > first && row.drawn {
                row.cells.push((index, index)); // empty: the bar itself
            }
            start = if row.drawn { index + 1 } else { index };
        }
    }
    if start < end {
        row.cells.push((start, end - 1));
    }
    if row.cells.len() < 2 || row.cells.len() > COLUMNS {
        return false;
    }
    let from = tokens[first].start as usize;
    row.line = memchr::memrchr(b'\n', &text.as_bytes()[..from]).map_or(0, |at| at + 1);
    row.tabs = !row.drawn && text.as_bytes()[from..tokens[end - 1].end as usize].contains(&b'\t');
    true
}

/// The table that is being read.
#[derive(Default)]
struct Table {
    rows: usize,
    /// A rule stands under the first row.
    ruled: bool,
    drawn: bool,
    header: Vec<Column>,
    /// What the first row says if it is no header.
    held: Vec<Cell>,
}

struct Column {
    span: Span,
    /// From the start of its line, in bytes.
    from: usize,
    to: usize,
}

impl Table {
    fn end(&mut self, found: &mut Vec<Cell>) {
        if self.rows == 1 {
            found.append(&mut self.held);
        }
        *self = Self::default();
    }

    /// A rule follows: what stands above it, if it is the first row, is a header.
    fn rule(&mut self) {
        if self.rows == 1 {
            self.ruled = true;
            self.held.clear();
        }
    }

    fn add(&mut self, tokens: &[Token], row: &Row, found: &mut Vec<Cell>) {
        if self.rows > 0 && row.drawn != self.drawn {
            self.end(found);
        }
        if self.rows == 1 && self.header.len() == 2 {
            found.append(&mut self.held);
        }
        self.held.clear();
        self.rows += 1;
        self.drawn = row.drawn;
        let span = |(first, last): (usize, usize)| Span::new(tokens[first].start as usize, tokens[last].end as usize);
        let is_label = |cell: (usize, usize)| is_label(&tokens[cell.0..=cell.1]);
        // What ends in a colon is the label of a form, and no header.
        let is_empty = |cell: (usize, usize)| row.drawn && cell.0 == cell.1 && tokens[cell.0].is_byte(b'|');
        let is_header = |cell: (usize, usize)| is_empty(cell) || is_label(cell) && !tokens[cell.1].is_byte(b':');
        if self.rows == 1 && row.cells.iter().all(|cell| is_header(*cell)) {
            self.header = row
                .cells
                .iter()
                .map(|cell| {
                    let span = span(*cell);
                    Column { span, from: span.start - row.line, to: span.end - row.line }
                })
                .collect();
        }
        let two = row.cells.len() == 2;
        let is_field = |cell: (usize, usize)| (cell.0..=cell.1).any(|token| FIELDS.has(&tokens[token]));
        // Whether this may be a header, so that what it says of its own cells has to wait.
        let waits = self.rows == 1 && !self.header.is_empty();
        for (index, cell) in row.cells.iter().enumerate() {
            let place = span(*cell);
            if is_empty(*cell) {
                continue;
            }
            let left =
                index.checked_sub(1).and_then(|left| row.cells.get(left)).filter(|left| is_label(**left)).map(|left| span(*left));
            let above = if self.rows > 1 { self.above(row, index, place) } else { None };
            let labels = match (left, above) {
                // Two columns without a rule are labels and values; the first row is one of them.
                (left, above) if two => {
                    let above = above.filter(|_| self.ruled || !row.drawn);
                    [left.or(above), above.filter(|_| left.is_some())]
                }
                (_, Some(above)) => [Some(above), None],
                (left, None) if row.drawn && (self.header.is_empty() || self.rows == 1 && !self.ruled) => [left, None],
                _ => [None, None],
            };
            // The labels of a form that has no header stand under one another.
            let below_label = two && index == 0 && !self.ruled && is_field(*cell);
            if labels == [None, None] || below_label || has_own_label(&tokens[cell.0..=cell.1]) {
                continue;
            }
            match waits {
                false => found.push(Cell { span: place, labels }),
                true if !is_field(*cell) => self.held.push(Cell { span: place, labels }),
                true => {}
            }
        }
    }

    /// The header of the column that cell `index` of `row`, at `place`, stands in.
    fn above(&self, row: &Row, index: usize, place: Span) -> Option<Span> {
        if row.drawn || row.tabs {
            return (self.header.len() == row.cells.len()).then(|| self.header.get(index)).flatten().map(|column| column.span);
        }
        let (from, to) = (place.start - row.line, place.end - row.line);
        self.header.iter().find(|column| column.from < to && from < column.to).map(|column| column.span)
    }
}

/// Whether a cell starts with a label of its own: `Born: 1970`.
fn has_own_label(tokens: &[Token]) -> bool {
    let colon = tokens.iter().position(|token| token.is_byte(b':'));
    colon.is_some_and(|colon| tokens[..colon].iter().any(|token| token.kind == Kind::Word))
}

/// Whether the tokens of a cell are words, and few of them, without a sentence's end or a value after a colon.
fn is_label(tokens: &[Token]) -> bool {
    let inner_colon = tokens.iter().position(|token| token.is_byte(b':')).is_some_and(|colon| colon + 1 < tokens.len());
    let sentence = matches!(tokens, [.., word, stop] if stop.is_byte(b'.') && word.len() > 5);
    if inner_colon || sentence {
        return false;
    }
    let words = tokens.iter().filter(|token| token.kind == Kind::Word).count();
    (1..=LABEL).contains(&words)
        && tokens.iter().all(|token| match token.kind {
            Kind::Word => true,
            Kind::Number => false,
            Kind::Punctuation(byte) => {
                matches!(byte, b'#' | b'/' | b'-' | b'\'' | b'(' | b')' | b'.' | b'_' | b':' | b'*' | b'&')
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::notable::Notable;

    fn shown(text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        let notable = Notable::read(text, &mut tokens, &Lexicon::default());
        cells(text, &tokens, &notable.parting)
            .into_iter()
            .map(|cell| {
                let labels: Vec<_> = cell.labels.iter().flatten().map(|label| label.of(text)).collect();
                format!("{}={}", labels.join("/"), cell.span.of(text))
            })
            .collect()
    }

    #[test]
    fn drawn_tables() {
        assert_eq!(shown("| MRN | Name |\n|---|---|\n| 12 | Ada Poe |"), ["MRN=12", "Name=Ada Poe"]);
        assert_eq!(shown("| A | B | C |\n+---+---+---+\n| 1 | | 3 |\n\n| x | 4 |"), ["A=1", "C=3", "x=4"]);
    }

    #[test]
    fn columns_of_blanks() {
        assert_eq!(
            shown("Patient      Born         MRN\nAda Poe      1970-01-02   77\nBen Low      1980         8\n\nnothing here"),
            ["Patient=Ada Poe", "Born=1970-01-02", "MRN=77", "Patient=Ben Low", "Born=1980", "MRN=8"]
        );
    }

    #[test]
    fn forms() {
        assert_eq!(shown("SSN | 219\nSex | f"), ["SSN=219", "Sex=f"]);
        assert_eq!(shown("SSN      219 09"), ["SSN=219 09"]);
        assert_eq!(shown("Patient      Ada Poe\nSex          f"), ["Patient=Ada Poe", "Sex/Ada Poe=f"]);
        assert_eq!(shown("Name         Date of birth\nAda Poe      1970"), ["Name=Ada Poe", "Ada Poe/Date of birth=1970"]);
        assert_eq!(shown("no table at all, 1 | 2 | 3"), Vec::<String>::new());
    }
}
