//! Edits of a cell as changes of the table's text.

use subrosa_core::edit::Edit;

use super::dialect::Dialect;
use super::records::{Cell, Quoting};
use crate::encoding::Splice;
use crate::refusal::Refusal;

/// Adds the changes that make `edits` in `cell`.
///
/// # Errors
/// [`Refusal::Uninspectable`] when the new content cannot stand in a table without quotes, [`Refusal::Internal`] when an
/// edit does not lie in the cell.
pub(super) fn cell(table: &str, cell: Cell, dialect: Dialect, edits: &[Edit], splices: &mut Vec<Splice>) -> Result<(), Refusal> {
    let content = cell.text(table);
    let edited = apply(&content, edits)?;
    let guard = if formula(&edited) && !formula(&content) { "'" } else { "" };
    let special = |text: &str| text.bytes().any(|byte| byte == dialect.delimiter || matches!(byte, b'"' | b'\n' | b'\r'));
    let comes = edits.iter().any(|edit| special(&edit.replacement));
    let opens = |text: &str| text.trim_start_matches(' ').starts_with('"');
    match cell.quoting {
        Quoting::Plain if comes || opens(&edited) => {
            splices.push(whole(cell, format!("\"{guard}{}\"", edited.replace('"', "\"\""))));
            return Ok(());
        }
        Quoting::Bare if comes || !quotes_stay(&content, &edited) => {
            let reason = "an edit would need quotes, and in this table or this rest of it quotes are text";
            return Err(Refusal::uninspectable("table", reason));
        }
        Quoting::Plain | Quoting::Bare if !guard.is_empty() => {
            splices.push(whole(cell, format!("{guard}{edited}")));
            return Ok(());
        }
        Quoting::Plain | Quoting::Bare => {}
        Quoting::Quoted | Quoting::Doubled | Quoting::Loose => {
            if !guard.is_empty() || cell.quoting == Quoting::Loose {
                splices.push(whole(cell, format!("{guard}{}", edited.replace('"', "\"\""))));
                return Ok(());
            }
        }
    }
    let start = cell.start as usize;
    let mut map = Unquoted { raw: cell.raw(table).as_bytes(), text: 0, at: 0 };
    for edit in edits {
        let (from, to) = if cell.quoting == Quoting::Doubled {
            (map.at(edit.span.start), map.at(edit.span.end))
        } else {
            (edit.span.start, edit.span.end)
        };
        let quoted = matches!(cell.quoting, Quoting::Quoted | Quoting::Doubled);
        let text = if quoted { edit.replacement.replace('"', "\"\"") } else { edit.replacement.clone() };
        splices.push(Splice { range: start + from..start + to, text });
    }
    Ok(())
}

/// Whether the quotes of a cell, which are text only because the first of the table's rest is never closed, stay as many and
/// take no place where they would open or close a cell.
fn quotes_stay(content: &str, edited: &str) -> bool {
    let count = |text: &str| text.matches('"').count();
    let opens = |text: &str| text.trim_start_matches(' ').starts_with('"');
    count(content) == count(edited) && (opens(content) || !opens(edited)) && !edited.trim_end_matches(' ').ends_with('"')
}

fn whole(cell: Cell, text: String) -> Splice {
    Splice { range: cell.start as usize..cell.end as usize, text }
}

fn apply(content: &str, edits: &[Edit]) -> Result<String, Refusal> {
    let mut out = String::with_capacity(content.len() + 16);
    let mut done = 0;
    for edit in edits {
        let kept = content.get(done..edit.span.start);
        let kept = kept.filter(|_| content.is_char_boundary(edit.span.end) && edit.span.end >= edit.span.start);
        out.push_str(kept.ok_or_else(|| Refusal::Internal("an edit lies outside its cell".to_owned()))?);
        out.push_str(&edit.replacement);
        done = edit.span.end;
    }
    out.push_str(content.get(done..).unwrap_or_default());
    Ok(out)
}

/// What a spreadsheet may take for a formula.
fn formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Walks content in quotes from places in its text to places as written; places must not decrease.
struct Unquoted<'r> {
    raw: &'r [u8],
    text: usize,
    at: usize,
}

impl Unquoted<'_> {
    fn at(&mut self, text: usize) -> usize {
        while self.text < text && self.at < self.raw.len() {
            self.at += if self.raw.get(self.at) == Some(&b'"') { 2 } else { 1 };
            self.text += 1;
        }
        self.at
    }
}
