//! Tables of a worksheet (list objects): their place, and the names of their columns, which have to be the texts of their
//! header cells. Written to ECMA-376-1, 18.5.

use std::ops::Range;

use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::{Kind, Name, Slot, Tag, TextKind, Visitor, escape, scan};

/// A table, rows and columns counted from 1.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    part: usize,
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
    pub(super) has_header: bool,
    /// The names of the columns, and where they stand.
    pub(super) names: Vec<(String, Slot)>,
}

impl Table {
    /// Reads a table part.
    pub(crate) fn read(part: usize, name: &str, text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let mut table = Self { part, ..Self::default() };
        scan(name, text, limits, &mut table)?;
        Ok(table)
    }
}

impl<'a> Visitor<'a> for Table {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        match tag.name.local {
            "table" => {
                self.has_header = tag.raw("headerRowCount").is_none_or(|count| count != "0");
                if let Some((from, to)) = tag.raw("ref").and_then(area) {
                    self.columns = (from.1, to.1);
                    self.rows = (from.0, to.0);
                }
            }
            "tableColumn" => {
                let name = tag.attributes.iter().find(|attribute| attribute.name.local == "name");
                if let Some(value) = name.map(|attribute| attribute.value.clone())
                    && let Some(text) = tag.text.get(value.clone()).and_then(escape::decode)
                {
                    let slot = Slot { part: self.part, start: value.start, end: value.end, kind: Kind::Attribute };
                    self.names.push((text.into_owned(), slot));
                }
            }
            _ => {}
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

/// Row and column of `B7`, counted from 1.
pub(super) fn reference(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = text.split_at_checked(letters)?;
    if column.is_empty() || column.len() > 3 || row.is_empty() || row.len() > 7 || !row.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let column = column.bytes().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((row.parse().ok()?, column))
}

/// The corners of `A1:B7`.
fn area(text: &str) -> Option<((u32, u32), (u32, u32))> {
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    Some((reference(from)?, reference(to)?))
}

/// The letters of a column counted from 1.
pub(super) fn letters(mut column: u32) -> String {
    let mut out = Vec::new();
    while column > 0 {
        out.push(char::from(b'A' + ((column - 1) % 26) as u8));
        column = (column - 1) / 26;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_letters() {
        for (text, place) in [("A1", (1, 1)), ("Z10", (10, 26)), ("aa3", (3, 27)), ("XFD1048576", (1_048_576, 16_384))] {
            assert_eq!(reference(text), Some(place));
            assert_eq!(letters(place.1), text.trim_end_matches(char::is_numeric).to_uppercase());
        }
        for text in ["", "A", "1", "ABCD1", "A-1", "A99999999"] {
            assert_eq!(reference(text), None, "{text}");
        }
    }
}
