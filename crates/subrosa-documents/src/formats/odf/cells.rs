//! Cells whose text is also held by attributes: a number, a date, the result of a formula.
//!
//! What a cell shows and what its attributes hold are one value. When either is edited the cell becomes one of text: the
//! attributes that hold the value, and the formula that would compute it again, go.

use std::ops::Range;

use subrosa_core::edit::Edit;
use subrosa_core::span::Span;

use crate::xml::{Slot, Splice};

/// What a slot of such a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// What the cell shows.
    Shown,
    /// The value behind it.
    Value,
    /// The formula that computes it.
    Formula,
}

/// A slot and its cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// The slot.
    pub(super) slot: Slot,
    /// Where the cell's start tag begins.
    pub(super) tag: usize,
    /// What the slot holds.
    pub(super) role: Role,
}

/// Attributes that say what a cell's value is and go when it becomes text.
const VALUES: &[&str] = &["value", "date-value", "time-value", "boolean-value", "string-value", "currency"];
const FORMULAS: &[&str] = &["formula", "number-matrix-columns-spanned", "number-matrix-rows-spanned"];

/// Whether an attribute holds a value of its cell, and in what role.
pub(super) fn role(local: &str) -> Option<Role> {
    match local {
        "formula" => Some(Role::Formula),
        _ if VALUES.contains(&local) => Some(Role::Value),
        _ => None,
    }
}

/// The splices that make a cell one of text; `formula_only` leaves the value as it is.
pub(super) fn convert(text: &str, tag: usize, formula_only: bool) -> Vec<Splice> {
    let mut out = Vec::new();
    for (name, whole, value) in attributes(text, tag) {
        let local = text.get(name).and_then(|name| name.rsplit(':').next()).unwrap_or_default();
        if FORMULAS.contains(&local) || (!formula_only && VALUES.contains(&local)) {
            out.push(Splice { range: whole, text: String::new() });
        } else if !formula_only && local == "value-type" {
            out.push(Splice { range: value, text: "string".to_owned() });
        }
    }
    out
}

/// The attributes of a well-formed start tag: name, all of it with the white space before, value.
fn attributes(text: &str, tag: usize) -> Vec<(Range<usize>, Range<usize>, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = text.get(tag..).and_then(|rest| rest.find(|character: char| character.is_whitespace() || character == '>'));
    while let Some(from) = at.map(|offset| tag + offset) {
        let Some(rest) = text.get(from..) else { break };
        let name_start = from + (rest.len() - rest.trim_start().len());
        let Some(equals) = text.get(name_start..).and_then(|rest| rest.find(['=', '>'])).map(|offset| name_start + offset) else {
            break;
        };
        let Some(after) = text.get(equals + 1..).filter(|_| text.as_bytes().get(equals) == Some(&b'=')) else { break };
        let open = equals + 1 + (after.len() - after.trim_start().len());
        let Some(quote @ ('"' | '\'')) = text.get(open..).and_then(|rest| rest.chars().next()) else { break };
        let Some(length) = text.get(open + 1..).and_then(|rest| rest.find(quote)) else { break };
        let end = open + 1 + length;
        let name_end = name_start + text.get(name_start..equals).map_or(0, |name| name.trim_end().len());
        out.push((name_start..name_end, from..end + 1, open + 1..end));
        at = Some(end + 1 - tag);
    }
    out
}

/// The edits by which a cell, whose text has these slots and lengths, shows what stands for its value after `edits`: the
/// replacements alone, since what is left of the value was never shown in that form.
pub(super) fn shown_as(edits: &[Edit], shown: &[(Slot, usize)]) -> Vec<(Slot, Edit)> {
    let Some(first) = edits.first() else { return Vec::new() };
    let mut text = Some(edits.iter().map(|edit| edit.replacement.as_str()).collect::<Vec<&str>>().join(" "));
    let whole = shown.iter().filter(|(_, length)| *length > 0);
    whole
        .map(|(slot, length)| {
            let replacement = text.take().unwrap_or_default();
            (*slot, Edit { span: Span::new(0, *length), replacement, ..first.clone() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_becomes_text() {
        let text = "<r><t:c s:n='x'\n o:value-type = \"float\" o:value=\"1>2\" t:formula=\"a\"/><t:d a='b'>";
        let mut out = text.to_owned();
        for splice in convert(text, 3, false).into_iter().rev() {
            out.replace_range(splice.range, &splice.text);
        }
        assert_eq!(out, "<r><t:c s:n='x'\n o:value-type = \"string\"/><t:d a='b'>");
        assert_eq!(convert(text, 3, true).len(), 1);
        for cut in 0..text.len() {
            let _ = convert(&text[..cut], 3, false);
        }
    }
}
