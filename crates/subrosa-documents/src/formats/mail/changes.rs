//! Changes of a file, put together; and small texts with their edits made.

use subrosa_core::edit::Edit;

use super::value::Change;
use crate::encoding::Splice;
use crate::refusal::Refusal;

/// In order, without those that lie inside another.
pub(super) fn ordered(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by(|(a, _), (b, _)| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    let mut end = 0;
    changes.retain(|(range, _)| {
        let inside = range.end <= end && range.start < end;
        end = end.max(range.end);
        !inside
    });
    changes
}

/// The bytes with the changes made.
pub(super) fn apply(bytes: &[u8], changes: Vec<Change>) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut done = 0;
    for (range, new) in ordered(changes) {
        let kept = bytes.get(done..range.start).ok_or_else(|| Refusal::Internal("changes of a message overlap".to_owned()))?;
        out.extend_from_slice(kept);
        out.extend_from_slice(&new);
        done = range.end;
    }
    out.extend_from_slice(bytes.get(done..).unwrap_or_default());
    Ok(out)
}

pub(super) fn splices(edits: &[Edit]) -> Vec<Splice> {
    edits.iter().map(|edit| Splice { range: edit.span.range(), text: edit.replacement.clone() }).collect()
}

/// A text with its edits made.
pub(super) fn edited(text: &str, edits: &[Edit]) -> Result<String, Refusal> {
    let outside = || Refusal::Internal("an edit lies outside its text".to_owned());
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(text.get(done..edit.span.start).ok_or_else(outside)?);
        out.push_str(&edit.replacement);
        done = edit.span.end;
    }
    out.push_str(text.get(done..).ok_or_else(outside)?);
    Ok(out)
}

/// What may stand as a name: visible ASCII without a colon.
pub(super) fn token(text: &str) -> String {
    text.chars().map(|char| if matches!(char, '!'..='~') && !matches!(char, ':' | ';') { char } else { '-' }).collect()
}
