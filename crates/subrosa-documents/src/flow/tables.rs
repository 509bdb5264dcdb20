//! Tables: where each cell stands, and which other cells name it.

use std::sync::Arc;

use super::{Collector, Flow};
use crate::document::Record;

/// A label is short and has no digits.
const LONGEST_LABEL: usize = 40;
/// A label has few words.
const MOST_WORDS: usize = 5;

/// A table under construction.
pub(crate) struct Table {
    number: usize,
    /// Per row the first column and the flow of each cell.
    rows: Vec<Vec<(usize, usize)>>,
    /// The column where the next cell begins.
    column: usize,
}

impl Table {
    /// The table with this number.
    pub(crate) fn new(number: usize) -> Self {
        Self { number, rows: Vec::new(), column: 0 }
    }

    /// A row begins.
    pub(crate) fn row(&mut self) {
        self.rows.push(Vec::new());
        self.column = 0;
    }

    /// A cell begins, with this flow.
    pub(crate) fn cell(&mut self, flow: usize) {
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push((self.column, flow));
        }
        self.column += 1;
    }

    /// The cell that has begun last takes so many columns.
    pub(crate) fn span(&mut self, columns: usize) {
        self.column = self.column.saturating_add(columns.clamp(1, 1024) - 1);
    }

    /// Where the cell that begins next stands.
    pub(crate) fn next_place(&self) -> String {
        format!("table {}, row {}, column {}", self.number, self.rows.len().max(1), self.column + 1)
    }

    /// Gives every cell its labels: in a table of two columns the cell to the left comes first, in a wider one the header.
    pub(crate) fn label(self, flows: &mut [Flow], collector: &mut Collector) {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut labels_of_header: Vec<(usize, Arc<str>)> = Vec::new();
        for (row_number, row) in self.rows.iter().enumerate() {
            let mut left: Option<Arc<str>> = None;
            for (column, index) in row {
                let own = flows.get(*index).and_then(|flow| label_in(&flow.text)).map(|label| collector.label(&label));
                let header = labels_of_header
                    .binary_search_by_key(column, |(column, _)| *column)
                    .ok()
                    .and_then(|found| labels_of_header.get(found))
                    .map(|(_, label)| Arc::clone(label));
                let both = if width > 2 { [header, left.take()] } else { [left.take(), header] };
                if let Some(flow) = flows.get_mut(*index) {
                    for label in both.into_iter().flatten() {
                        if !flow.labels.contains(&label) {
                            flow.labels.push(label);
                        }
                    }
                }
                if row_number == 0
                    && let Some(own) = &own
                {
                    labels_of_header.push((*column, Arc::clone(own)));
                }
                left = own;
            }
        }
    }
}

/// The row that a place in a part names: `table 1, row 2, column 3` as [`Table::next_place`] has it, or `sheet 1, cell B2`.
pub(crate) fn record_at(part: &str, place: &str) -> Option<Record> {
    let mut words = place.split(", ");
    let table = words.find(|word| word.starts_with("table ") || word.starts_with("sheet "))?;
    let next = words.next()?;
    let (row, column) = match next.strip_prefix("cell ") {
        Some(cell) => {
            let digits = cell.find(|sign: char| sign.is_ascii_digit())?;
            let (letters, row) = cell.split_at(digits);
            let number = |number: u32, letter: u8| {
                let digit = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
                number.checked_mul(26)?.checked_add(digit)
            };
            (row.parse().ok()?, letters.bytes().try_fold(0, number)?)
        }
        None => (next.strip_prefix("row ")?.parse().ok()?, words.next()?.strip_prefix("column ")?.parse().ok()?),
    };
    let record = Record { table: table.to_owned(), row, column };
    Some(if part.is_empty() { record } else { record.inside(part) })
}

/// The text as a field name, if it looks like one.
pub(crate) fn label_in(text: &str) -> Option<String> {
    let label = text.trim().trim_end_matches([':', '*', ' ']);
    let fits = (2..=LONGEST_LABEL).contains(&label.chars().count())
        && !label.contains(['\n', '\t', '@'])
        && label.split_whitespace().count() <= MOST_WORDS
        && label.chars().any(char::is_alphabetic)
        && !label.chars().any(char::is_numeric);
    fits.then(|| label.to_owned())
}
