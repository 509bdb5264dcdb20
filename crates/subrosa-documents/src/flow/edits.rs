//! The way back: edits of a segment's text become edits of slots, and those become splices of a part.

use subrosa_core::edit::Edit;

use super::Piece;
use crate::refusal::Refusal;
use crate::xml::slot::SlotEdit;
use crate::xml::{Slot, Splice, splice};

/// Gives each edit of a flow to the pieces it touches: the replacement to the first, deletion to the others.
pub(crate) fn distribute(pieces: &[Piece], edits: &[Edit], by_part: &mut [Vec<(Slot, SlotEdit)>]) {
    for edit in edits {
        let mut replacement = Some(edit.replacement.clone());
        let first = pieces.partition_point(|piece| piece.end <= edit.span.start);
        let touched = pieces[first..].iter().take_while(|piece| piece.start < edit.span.end);
        for piece in touched {
            let from = edit.span.start.max(piece.start) - piece.start;
            let until = edit.span.end.min(piece.end) - piece.start;
            if from < until
                && let Some(part) = by_part.get_mut(piece.slot.part)
            {
                part.push((piece.slot, SlotEdit { range: from..until, text: replacement.take().unwrap_or_default() }));
            }
        }
    }
}

/// The splices of one part: edits by slot, joined where readings overlap, the cuts, and what is replaced as a whole.
pub(crate) fn splices(text: &str, edits: &mut [(Slot, SlotEdit)], cuts: &[Splice], replaced: &[Splice]) -> Vec<Splice> {
    let mut covers: Vec<&Splice> = cuts.iter().chain(replaced).collect();
    covers.sort_by_key(|cover| (cover.range.start, std::cmp::Reverse(cover.range.end)));
    // The ones inside others are void.
    let mut end = 0;
    covers.retain(|cover| {
        let inside = cover.range.end <= end && !cover.range.is_empty();
        end = end.max(cover.range.end);
        !inside
    });
    edits.sort_by_key(|(slot, edit)| (slot.start, edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut out = Vec::new();
    for group in edits.chunk_by(|(a, _), (b, _)| a.start == b.start && a.end == b.end) {
        let Some((slot, _)) = group.first() else {
            continue;
        };
        // An element that goes takes what is in it along.
        let before = covers.partition_point(|cover| cover.range.start <= slot.start);
        if before.checked_sub(1).and_then(|last| covers.get(last)).is_some_and(|cover| slot.end <= cover.range.end) {
            continue;
        }
        let mut joined: Vec<SlotEdit> = Vec::new();
        for (_, edit) in group {
            match joined.last_mut() {
                // The same text found in two readings: all of it goes, the first replacement stays.
                Some(last) if edit.range.start < last.range.end => last.range.end = last.range.end.max(edit.range.end),
                _ => joined.push(edit.clone()),
            }
        }
        splice(slot, text, &joined, &mut out);
    }
    out.extend(covers.into_iter().cloned());
    out.sort_by_key(|splice| (splice.range.start, splice.range.end));
    out.dedup();
    out
}

/// `text` with the splices made, which are sorted.
///
/// # Errors
/// [`Refusal::Internal`] when they overlap.
pub(crate) fn apply(text: &str, splices: &[Splice], part: &str) -> Result<String, Refusal> {
    let overlap = || Refusal::Internal(format!("overlapping edits in {part}"));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for splice in splices {
        out.push_str(text.get(at..splice.range.start).ok_or_else(overlap)?);
        out.push_str(&splice.text);
        at = splice.range.end;
    }
    out.push_str(text.get(at..).ok_or_else(overlap)?);
    Ok(out)
}
