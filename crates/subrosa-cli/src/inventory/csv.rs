//! One table for a spreadsheet: what was not looked into first, then a row for each person and kind, then what belongs to nobody
//! in particular, by file.
//!
//! RFC 4180 with line feeds. A cell that a spreadsheet would take for a formula gets an apostrophe before it.

use std::borrow::Cow;
use std::io::Write;

use subrosa_core::entity::Entity;

use super::kinds::breach_type;
use super::report::{Named, Report};
use crate::scan::write_line;

const HEADER: &str = "row,person,name,role,state,kind,type,values,mentions,guessed,how,shown,files,reason";

/// Prints the table.
///
/// # Errors
/// The output cannot be written.
pub fn print(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    write_line(out, format_args!("{HEADER}"))?;
    for not in &report.not_looked_into {
        let reason = not.part.as_deref().map_or_else(|| not.reason.clone(), |part| format!("{part}: {}", not.reason));
        line(out, ["not looked into", "", "", "", "", "", "", "", "", "", "", "", &not.path, &reason])?;
    }
    for person in &report.people {
        let files = person.files.join("; ");
        for kind in &person.kinds {
            let entity = Entity::parse(&kind.entity).map(|entity| breach_type(&entity, person.named == Named::Full));
            let [values, mentions, guessed] = [kind.values, kind.mentions, kind.guessed].map(|count| count.to_string());
            let (name, role, state) = (person.name.as_deref(), person.role, person.state);
            line(
                out,
                [
                    "person",
                    &person.id,
                    name.unwrap_or_default(),
                    role.unwrap_or_default(),
                    state.unwrap_or_default(),
                    &kind.entity,
                    entity.unwrap_or_default(),
                    &values,
                    &mentions,
                    &guessed,
                    kind.how,
                    &kind.shown.join(" | "),
                    &files,
                    "",
                ],
            )?;
        }
    }
    for file in &report.files {
        for kind in file.counts.iter().filter(|kind| kind.unassigned > 0) {
            let entity = Entity::parse(&kind.entity).map(|entity| breach_type(&entity, false)).unwrap_or_default();
            let mentions = kind.unassigned.to_string();
            line(out, ["unassigned", "", "", "", "", &kind.entity, entity, "", &mentions, "", "", "", &file.path, ""])?;
        }
    }
    Ok(())
}

fn line(out: &mut impl Write, cells: [&str; 14]) -> anyhow::Result<()> {
    let cells: Vec<Cow<'_, str>> = cells.iter().map(|cell| quoted(cell)).collect();
    write_line(out, format_args!("{}", cells.join(",")))
}

/// A cell as it has to stand.
pub fn quoted(cell: &str) -> Cow<'_, str> {
    let safe = match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    };
    if safe.contains(['"', ',', '\n', '\r']) { Cow::Owned(format!("\"{}\"", safe.replace('"', "\"\""))) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        for (cell, expected) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"a\"", "\"say \"\"a\"\"\""),
            ("=1+1", "'=1+1"),
            ("+1 555, 0100", "\"'+1 555, 0100\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(quoted(cell), expected);
        }
    }
}
