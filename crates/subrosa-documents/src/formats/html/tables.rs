//! Tables: which cells name which others.

use std::sync::Arc;

use subrosa_core::segment::Segment;

/// A name of a field is short.
const LONGEST_LABEL: usize = 60;
/// A name of a field has few words.
const MOST_WORDS: usize = 6;
/// More columns than a table that a person reads.
const MOST_COLUMNS: usize = 1 << 12;

/// A table under construction.
pub(crate) struct Table {
    /// How many frames were open when it began.
    pub(crate) frames: usize,
    rows: Vec<Vec<Cell>>,
    /// For each column, the rows that a cell above still reaches into.
    above: Vec<usize>,
    column: usize,
}

/// A cell, and the segments that were found in it.
struct Cell {
    column: usize,
    columns: usize,
    heading: bool,
    segment: usize,
    end: usize,
    label: Option<Arc<str>>,
    /// Whether the label says by a colon that something follows.
    colon: bool,
}

impl Table {
    pub(crate) fn new(frames: usize) -> Self {
        Self { frames, rows: Vec::new(), above: Vec::new(), column: 0 }
    }

    pub(crate) fn row(&mut self) {
        self.rows.push(Vec::new());
        self.column = 0;
        for rows in &mut self.above {
            *rows = rows.saturating_sub(1);
        }
    }

    /// A cell begins, whose text is `segment`.
    pub(crate) fn cell(&mut self, segment: usize, heading: bool, columns: usize, rows: usize) {
        if self.rows.is_empty() {
            self.row();
        }
        while self.above.get(self.column).is_some_and(|&rows| rows > 0) {
            self.column += 1;
        }
        let (column, columns) = (self.column, columns.clamp(1, 1000));
        self.column = column.saturating_add(columns);
        if self.column <= MOST_COLUMNS && rows > 1 {
            self.above.resize(self.above.len().max(self.column), 0);
            for above in self.above.iter_mut().skip(column).take(columns) {
                *above = rows.min(1 << 16);
            }
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(Cell { column, columns, heading, segment, end: segment + 1, label: None, colon: false });
        }
    }

    /// The cell that began last ends before segment `end`.
    pub(crate) fn close(&mut self, end: usize, text: &str, mut share: impl FnMut(&str) -> Arc<str>) {
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            cell.end = end;
            let label = label(text, cell.heading);
            cell.colon = label.as_ref().is_some_and(|label| label.ends_with(':'));
            cell.label = label.map(|label| share(label.trim_end_matches([':', ' ', '\u{a0}'])));
        }
    }

    /// Gives the segments of every cell their labels.
    pub(crate) fn label(self, segments: &mut [Segment]) {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let headings = self.rows.iter().take_while(|row| !row.is_empty() && row.iter().all(|cell| cell.heading)).count();
        let plain = headings == 0
            && self.rows.len() > 1
            && width > 2
            && self.rows.first().is_some_and(|row| row.len() == width && row.iter().all(|cell| cell.label.is_some()));
        let headings = if headings == self.rows.len() { 0 } else { headings.max(usize::from(plain)) };
        let mut names: Vec<Vec<Arc<str>>> = Vec::new();
        for cell in self.rows.iter().take(headings).rev().flatten() {
            let end = (cell.column + cell.columns).min(MOST_COLUMNS);
            names.resize(names.len().max(end), Vec::new());
            if let Some(label) = &cell.label {
                names.iter_mut().take(end).skip(cell.column).for_each(|names| names.push(Arc::clone(label)));
            }
        }
        for row in self.rows.iter().skip(headings) {
            let first = row.first().filter(|cell| cell.heading).and_then(|cell| cell.label.clone());
            let mut left: Option<Arc<str>> = None;
            for (number, cell) in row.iter().enumerate() {
                let mut labels: Vec<Arc<str>> = names.get(cell.column).cloned().unwrap_or_default();
                match (left.take(), width) {
                    (Some(left), 2) => labels.insert(0, left),
                    (Some(left), _) => labels.push(left),
                    _ => {}
                }
                labels.extend(first.clone().filter(|_| number > 0));
                for segment in segments.get_mut(cell.segment..cell.end).unwrap_or_default() {
                    for label in &labels {
                        if !segment.structural && !segment.text.is_empty() && !segment.labels.contains(label) {
                            segment.labels.push(Arc::clone(label));
                        }
                    }
                }
                let names_next = width == 2 && headings == 0 || cell.heading || cell.colon;
                left = cell.label.clone().filter(|_| names_next);
            }
        }
    }
}

/// The text as the name of a field, if it looks like one. A colon at its end stays.
pub(crate) fn label(text: &str, heading: bool) -> Option<String> {
    let label = text.trim().trim_end_matches(['*', ' ', '\u{a0}']);
    let fits = label.len() <= LONGEST_LABEL * 2
        && (2..=LONGEST_LABEL).contains(&label.chars().count())
        && !label.contains(['\n', '\t', '@'])
        && label.split_whitespace().count() <= MOST_WORDS
        && label.chars().any(char::is_alphabetic)
        && (heading || !label.chars().any(char::is_numeric));
    fits.then(|| label.to_owned())
}
