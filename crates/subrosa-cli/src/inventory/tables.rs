//! How many rows of a table share the values that tell people apart together: k-anonymity.
//!
//! Columns count as quasi-identifiers by their header, or when at least half of their cells hold values of such a kind. Rows
//! with no value in any of these columns are left out; a missing value is a value like others. Values are compared without
//! case and surrounding space, as they are written: nothing is generalised.

use std::collections::BTreeMap;

use serde::Serialize;

use super::columns::Quasi;

/// Classes smaller than this count as small.
const SMALL: u32 = 5;

/// One table of a file.
pub struct Table {
    columns: Vec<(String, Quasi)>,
    /// How many rows have these values.
    classes: BTreeMap<Box<str>, u32>,
}

/// What a report says of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Anonymity {
    /// Which table of the file; nothing when it has one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub table: String,
    /// The columns that count.
    pub columns: Vec<Column>,
    /// Rows with a value in one of them.
    pub rows: u64,
    /// How many rows the smallest group of equal rows has: k.
    pub smallest_class: u32,
    /// Rows that no other equals.
    pub unique_rows: u64,
    /// Rows that fewer than four others equal.
    pub rows_in_small_classes: u64,
}

/// A column that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its header, or its number.
    pub name: String,
    /// What it is.
    pub is: &'static str,
}

impl Table {
    /// A table of which these columns count.
    pub fn new(columns: Vec<(String, Quasi)>) -> Self {
        Self { columns, classes: BTreeMap::new() }
    }

    /// The columns that count.
    pub fn columns(&self) -> &[(String, Quasi)] {
        &self.columns
    }

    /// A row: for each of the columns its value, empty when missing.
    pub fn row(&mut self, values: &[&str]) {
        if values.iter().all(|value| value.trim().is_empty()) {
            return;
        }
        let key: Vec<String> = values.iter().map(|value| value.trim().to_lowercase()).collect();
        *self.classes.entry(key.join("\u{1f}").into_boxed_str()).or_default() += 1;
    }

    /// What there is to say; nothing of tables with fewer than two rows or no column that counts.
    pub fn anonymity(&self, table: &str) -> Option<Anonymity> {
        let rows: u64 = self.classes.values().map(|size| u64::from(*size)).sum();
        let smallest_class = *self.classes.values().min()?;
        if rows < 2 || self.columns.is_empty() {
            return None;
        }
        let within = |most: u32| self.classes.values().filter(|size| **size <= most).map(|size| u64::from(*size)).sum();
        Some(Anonymity {
            table: table.to_owned(),
            columns: self.columns.iter().map(|(name, is)| Column { name: name.clone(), is: is.name() }).collect(),
            rows,
            smallest_class,
            unique_rows: within(1),
            rows_in_small_classes: within(SMALL - 1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 3]]) -> Table {
        let columns = [("dob", Quasi::BirthDate), ("zip", Quasi::PostalCode), ("sex", Quasi::Sex)];
        let mut table = Table::new(columns.map(|(name, is)| (name.to_owned(), is)).to_vec());
        for row in rows {
            table.row(row);
        }
        table
    }

    #[track_caller]
    fn case(rows: &[[&str; 3]], expected: Option<(u64, u32, u64, u64)>) {
        let found = table(rows).anonymity("").map(|of| (of.rows, of.smallest_class, of.unique_rows, of.rows_in_small_classes));
        assert_eq!(found, expected);
    }

    #[test]
    fn classes_counted_by_hand() {
        // Two and two: k is 2.
        case(
            &[["1980", "43004", "F"], ["1980", "43004", "f "], ["1981", "43004", "M"], ["1981", "43004", "M"]],
            Some((4, 2, 0, 4)),
        );
        // One alone among six: k is 1, one row unique, the class of five is not small.
        let mut rows = vec![["1980", "43004", "F"]; 5];
        rows.push(["1980", "43005", "F"]);
        case(&rows, Some((6, 1, 1, 1)));
        // A missing value is a value, a row without any is no row.
        case(&[["1980", "", "F"], ["1980", "43004", "F"], ["", " ", ""]], Some((2, 1, 2, 2)));
        case(&[["1980", "43004", "F"]], None);
        case(&[], None);
    }

    #[test]
    fn values_do_not_run_together() {
        case(&[["a", "b", ""], ["a b", "", ""]], Some((2, 1, 2, 2)));
    }
}
