//! Sheets: where each cell stands, and which other cells name it. Rows and cells that are repeated are counted, never expanded.

use std::sync::Arc;

use crate::flow::Collector;
use crate::flow::tables::label_in;

/// A sheet that is being read, row by row.
pub(super) struct Sheet {
    number: usize,
    /// The row that is open, from 1.
    row: u64,
    /// How many rows it stands for.
    rows: u64,
    /// The column where the next cell begins, from 0.
    column: u64,
    /// Whether the row of the headers has been found or is known to be missing.
    decided: bool,
    /// First and last column of each header, ascending.
    header: Vec<(u64, u64, Arc<str>)>,
    /// The cells with text of the open row, while the headers are not decided.
    first: Vec<(u64, u64, Option<Arc<str>>)>,
    left: Option<Arc<str>>,
}

impl Sheet {
    /// The sheet with this number, from 1.
    pub(super) fn new(number: usize) -> Self {
        Self { number, row: 0, rows: 1, column: 0, decided: false, header: Vec::new(), first: Vec::new(), left: None }
    }

    /// A row begins that stands for so many.
    pub(super) fn begin_row(&mut self, repeated: u64) {
        self.row = self.row.saturating_add(self.rows);
        self.rows = repeated.max(1);
        self.column = 0;
        self.left = None;
        self.first.clear();
    }

    /// A row ends: the first one with at least two texts holds the headers, if all of them read like field names.
    pub(super) fn end_row(&mut self) {
        if self.decided || self.first.len() < 2 {
            return;
        }
        self.decided = true;
        if self.first.iter().all(|(.., label)| label.is_some()) {
            let header = self.first.drain(..).filter_map(|(from, until, label)| Some((from, until, label?)));
            self.header = header.collect();
        }
    }

    /// A cell begins that takes so many columns: its place, and the labels that hold for it, nearest first.
    pub(super) fn begin_cell(&self) -> (String, Vec<Arc<str>>) {
        let place = format!("sheet {}, cell {}{}", self.number, letters(self.column), self.row.max(1));
        let after = self.header.partition_point(|(from, ..)| *from <= self.column);
        let header = after.checked_sub(1).and_then(|index| self.header.get(index));
        let header = header.filter(|(_, until, _)| self.column < *until).map(|(.., label)| Arc::clone(label));
        let left = self.left.clone();
        let both = if self.header.len() > 2 { [header, left] } else { [left, header] };
        let mut labels: Vec<Arc<str>> = Vec::new();
        for label in both.into_iter().flatten() {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        (place, labels)
    }

    /// The cell that began last ends with this text.
    pub(super) fn end_cell(&mut self, repeated: u64, text: &str, collector: &mut Collector) {
        let from = self.column;
        self.column = self.column.saturating_add(repeated.max(1));
        if text.trim().is_empty() {
            return;
        }
        let label = label_in(text).map(|label| collector.label(&label));
        self.left.clone_from(&label);
        if !self.decided {
            self.first.push((from, self.column, label));
        }
    }
}

/// The letters of a column counted from 0: `A`, `Z`, `AA`.
fn letters(column: u64) -> String {
    let mut column = column.saturating_add(1);
    let mut letters = Vec::new();
    while column > 0 {
        let digit = (column - 1) % 26;
        letters.push(char::from(b'A' + digit as u8));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
        assert!(letters(u64::MAX).len() < 20);
    }

    #[test]
    fn headers_reach_over_repeated_columns_and_rows_are_counted() {
        let mut collector = Collector::default();
        let mut sheet = Sheet::new(1);
        sheet.begin_row(1);
        sheet.end_cell(1, "Title of the list", &mut collector);
        sheet.end_row();
        sheet.begin_row(1);
        sheet.end_cell(1, "Surname", &mut collector);
        sheet.end_cell(2, "Phone:", &mut collector);
        sheet.end_cell(1, "Ward", &mut collector);
        sheet.end_row();
        sheet.begin_row(1_000_000);
        sheet.end_row();
        sheet.begin_row(1);
        sheet.end_cell(2, "", &mut collector);
        let (place, labels) = sheet.begin_cell();
        assert_eq!(place, "sheet 1, cell C1000003");
        assert_eq!(labels.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["Phone"]);
    }
}
