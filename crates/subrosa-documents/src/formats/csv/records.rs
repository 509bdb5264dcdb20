//! The rows and cells of a table, by their places in its text.

use super::dialect::Dialect;

/// How a cell is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// Without quotes.
    Plain,
    /// Without quotes, in a table or a rest of one where quotes are text.
    Bare,
    /// In quotes, none inside.
    Quoted,
    /// In quotes, with quotes inside that are all doubled.
    Doubled,
    /// In quotes, with a quote inside that is not doubled. Taken as text, as most readers do.
    Loose,
}

/// A cell's content: what stands between its delimiters, or between its quotes.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    /// First byte.
    pub(crate) start: u32,
    /// First byte after.
    pub(crate) end: u32,
    /// Column, from 0.
    pub(crate) column: u32,
    /// How it is written.
    pub(crate) quoting: Quoting,
}

impl Cell {
    /// The content as it is written.
    pub(crate) fn raw<'t>(&self, table: &'t str) -> &'t str {
        table.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// The content as it is meant: doubled quotes are one.
    pub(crate) fn text(&self, table: &str) -> String {
        let raw = self.raw(table);
        match self.quoting {
            Quoting::Plain | Quoting::Bare | Quoting::Quoted => raw.to_owned(),
            Quoting::Doubled | Quoting::Loose => raw.replace("\"\"", "\""),
        }
    }
}

/// What [`Records`] gives, in order.
pub(crate) enum Event {
    /// A cell, empty ones too.
    Cell(Cell),
    /// The end of a row that more text may follow.
    End,
}

/// Walks the cells of a table.
pub(crate) struct Records<'t> {
    bytes: &'t [u8],
    at: usize,
    column: u32,
    delimiter: u8,
    quotes: bool,
    broken: bool,
    /// Behind a delimiter, a cell follows even if it is empty.
    open: bool,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Cell,
    End,
}

impl<'t> Records<'t> {
    /// The cells of `table`, which is under 4 GiB as every decoded text.
    pub(crate) fn new(table: &'t str, dialect: Dialect) -> Self {
        let Dialect { delimiter, quotes } = dialect;
        Self { bytes: table.as_bytes(), at: 0, column: 0, delimiter, quotes, broken: false, open: false, state: State::Cell }
    }

    /// The byte behind what was given so far.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Whether a quote was seen that is never closed, so that quotes are text from there on.
    pub(crate) fn broken(&self) -> bool {
        self.broken
    }

    /// A quoted cell whose opening quote is at `quote`: its content, and the place behind its closing quote and the blanks
    /// that follow it. Nothing when it is never closed.
    fn quoted(&self, quote: usize) -> Option<(usize, usize, Quoting)> {
        let start = quote + 1;
        let mut quoting = Quoting::Quoted;
        let mut at = start;
        loop {
            let found = at + memchr::memchr(b'"', self.bytes.get(at..)?)?;
            if self.bytes.get(found + 1) == Some(&b'"') {
                // `""` closes an empty cell when it is all there is; anywhere else it is a quote.
                quoting = if quoting == Quoting::Loose { quoting } else { Quoting::Doubled };
                at = found + 2;
                continue;
            }
            let rest = self.bytes.get(found + 1..).unwrap_or_default();
            let blanks = if self.delimiter == b'\t' { 0 } else { rest.iter().take_while(|&&byte| byte == b' ').count() };
            let next = found + 1 + blanks;
            match self.bytes.get(next) {
                Some(&byte) if byte != self.delimiter && byte != b'\n' && byte != b'\r' => {
                    quoting = Quoting::Loose;
                    at = found + 1;
                }
                _ => return Some((found, next, quoting)),
            }
        }
    }

    fn cell(&mut self) -> Cell {
        let begin = self.at;
        let column = self.column;
        self.column = self.column.saturating_add(1);
        if self.quotes {
            let rest = self.bytes.get(begin..).unwrap_or_default();
            let blanks = if rest.first() == Some(&b' ') { rest.iter().take_while(|&&byte| byte == b' ').count() } else { 0 };
            if rest.get(blanks) == Some(&b'"') {
                if let Some((end, next, quoting)) = self.quoted(begin + blanks) {
                    self.at = next;
                    return Cell { start: (begin + blanks + 1) as u32, end: end as u32, column, quoting };
                }
                // Never closed: from here on, quotes are text. Tried once, so that the cost stays linear.
                self.quotes = false;
                self.broken = true;
            }
        }
        let rest = self.bytes.get(begin..).unwrap_or_default();
        let delimiter = self.delimiter;
        let length = rest.iter().position(|&byte| byte == delimiter || byte == b'\n' || byte == b'\r');
        self.at = begin + length.unwrap_or(rest.len());
        let quoting = if self.quotes { Quoting::Plain } else { Quoting::Bare };
        Cell { start: begin as u32, end: self.at as u32, column, quoting }
    }
}

impl Iterator for Records<'_> {
    type Item = Event;

    #[inline]
    fn next(&mut self) -> Option<Event> {
        if self.state == State::Cell {
            match self.bytes.get(self.at) {
                None if !self.open => return None,
                Some(b'\n' | b'\r') if !self.open => self.state = State::End,
                _ => {
                    let cell = self.cell();
                    self.open = self.bytes.get(self.at) == Some(&self.delimiter);
                    if self.open {
                        self.at += 1;
                    } else if self.at < self.bytes.len() {
                        self.state = State::End;
                    }
                    return Some(Event::Cell(cell));
                }
            }
        }
        self.at += if self.bytes.get(self.at..self.at + 2) == Some(b"\r\n") { 2 } else { 1 };
        self.column = 0;
        self.state = State::Cell;
        Some(Event::End)
    }
}

/// The first rows that are not blank, as text, with their numbers from 1.
pub(super) fn rows(table: &str, dialect: Dialect, most: usize) -> Vec<(u64, Vec<String>)> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut number = 1;
    for event in Records::new(table, dialect) {
        match event {
            Event::Cell(cell) => row.push(cell.text(table)),
            Event::End => {
                if !row.is_empty() {
                    rows.push((number, std::mem::take(&mut row)));
                }
                number += 1;
                if rows.len() == most {
                    return rows;
                }
            }
        }
    }
    if !row.is_empty() {
        rows.push((number, row));
    }
    rows
}
