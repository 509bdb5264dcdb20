//! Which objects are records: the members of an array at the top or under a key that names a list of people or records
//! (`patients`), and each value of a file that has one on a line.
//!
//! What the object at the top holds besides is a record too. Other arrays, and all inside a record of an array, belong to the
//! record around them: a person's telephones are no people.

use super::Shape;
use crate::document::Records;

/// Keys of arrays whose members are records of their own.
const LISTS: &[&str] = &[
    "accounts",
    "applicants",
    "cases",
    "children",
    "claimants",
    "clients",
    "contact",
    "contacts",
    "customers",
    "data",
    "dependents",
    "employees",
    "entries",
    "entry",
    "features",
    "items",
    "members",
    "orders",
    "parents",
    "participants",
    "patients",
    "people",
    "persons",
    "records",
    "relatives",
    "residents",
    "respondents",
    "results",
    "rows",
    "staff",
    "students",
    "subjects",
    "tickets",
    "users",
    "witnesses",
];

/// Counts records as objects and arrays open and close.
#[derive(Default)]
pub(super) struct Members {
    /// Each object at the top is a record of its own, and so are no others.
    by_line: bool,
    last: u64,
    /// The record of the object at the top.
    top: Option<u64>,
    /// How many objects and arrays were open when the open member began.
    member: Option<usize>,
    /// What is open: objects or not.
    open: Vec<bool>,
}

impl Members {
    /// For text in which the first record follows those of the lines before `first_line`.
    pub(super) fn new(shape: Shape, first_line: u64) -> Self {
        // A line has one record at most, so that numbers of pieces do not meet.
        Self { by_line: shape == Shape::Lines, last: first_line.saturating_sub(1), ..Self::default() }
    }

    /// An object or array opens before this segment; `around` is the key of what it opens in.
    pub(super) fn open(&mut self, object: bool, around: Option<&str>, records: &mut Records, segment: usize) {
        let at_top = self.open.is_empty();
        let is_list = || around.is_none_or(|key| LISTS.contains(&key.to_ascii_lowercase().as_str()));
        let in_array = self.open.last() == Some(&false) && is_list();
        if object && self.member.is_none() && (at_top || in_array) {
            self.last += 1;
            if at_top && !self.by_line {
                self.top = Some(self.last);
            } else {
                self.member = Some(self.open.len());
            }
            records.begin(segment, Some(self.last));
        }
        self.open.push(object);
    }

    /// The last one that opened closes.
    pub(super) fn close(&mut self, records: &mut Records, segment: usize) {
        self.open.pop();
        if self.member == Some(self.open.len()) {
            self.member = None;
            records.begin(segment, self.top);
        }
        if self.open.is_empty() {
            self.top = None;
            records.begin(segment, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Json, JsonLines};
    use crate::formats::{Format, Source};
    use crate::limits::Limits;

    #[track_caller]
    fn rows(format: &dyn Format, text: &str) -> Vec<(String, u64)> {
        let document = format.read(&Source::nameless(text.as_bytes()), &Limits::default()).unwrap();
        let records = document.segments.iter().enumerate();
        records.filter_map(|(at, segment)| Some((segment.text.clone(), document.body.record(at)?.row))).collect()
    }

    fn owned(rows: &[(&str, u64)]) -> Vec<(String, u64)> {
        rows.iter().map(|(text, row)| ((*text).to_owned(), *row)).collect()
    }

    #[test]
    fn members_of_the_outermost_array_are_records() {
        let text = r#"{"clinic": "North", "patients": [{"name": "Ada", "tel": ["55", "66"], "kin": [{"name": "Max"}]}, {"name": "Bo"}],
            "by": "Cy", "sites": [{"name": "West"}]}"#;
        let expected = [("North", 1), ("Ada", 2), ("55", 2), ("66", 2), ("Max", 2), ("Bo", 3), ("Cy", 1), ("West", 1)];
        assert_eq!(rows(&Json, text), owned(&expected));
        assert_eq!(rows(&Json, r#"["Ada", {"n": "Bo"}]"#), owned(&[("Bo", 1)]));
    }

    #[test]
    fn lines_are_records() {
        assert_eq!(
            rows(&JsonLines, "{\"n\": \"Ada\", \"k\": [{\"n\": \"Bo\"}]}\n{\"n\": \"Cy\"}\n"),
            owned(&[("Ada", 1), ("Bo", 1), ("Cy", 2)])
        );
    }
}
