//! Other readings of a text with tracked changes or ruby: as it was before the changes, and as it is after them.
//!
//! Everything in the order of the file reads `Joehn` where `Jo`, a deleted `e` and an inserted `hn` follow each other, and
//! nobody would find John. Paragraphs without changes have one reading only.

use super::{Flow, Piece, Reading};

/// The readings that differ from the text as it stands in the file, each over the stretches of lines that changes touch.
pub(crate) fn of(flow: &Flow) -> Vec<Flow> {
    if flow.changed_ends.is_empty() && flow.pieces.iter().all(|piece| piece.reading == Reading::Every) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut from = 0;
    let mut pieces = flow.pieces.as_slice();
    while from < flow.text.len() {
        let until = stretch_end(flow, from);
        let here = pieces.partition_point(|piece| piece.end <= until);
        let (inside, rest) = pieces.split_at(here);
        pieces = rest;
        if inside.iter().any(|piece| piece.reading != Reading::Every) || changed_end(flow, from, until) {
            let stands = &flow.text[from..until];
            let before = read(flow, inside, from, until, Reading::Before);
            let after = read(flow, inside, from, until, Reading::After);
            let twice = before.text.trim() == after.text.trim();
            for (reading, wanted) in [(before, true), (after, !twice)] {
                if wanted && !reading.pieces.is_empty() && reading.text.trim() != stands.trim() {
                    out.push(reading);
                }
            }
        }
        from = until;
    }
    out
}

/// The end of the first line from `from` on whose end every reading has.
fn stretch_end(flow: &Flow, from: usize) -> usize {
    memchr::memchr_iter(b'\n', &flow.text.as_bytes()[from..])
        .map(|at| from + at)
        .find(|at| flow.changed_ends.binary_search_by_key(at, |(at, _)| *at).is_err())
        .map_or(flow.text.len(), |at| at + 1)
}

fn changed_end(flow: &Flow, from: usize, until: usize) -> bool {
    let first = flow.changed_ends.partition_point(|(at, _)| *at < from);
    flow.changed_ends.get(first).is_some_and(|(at, _)| *at < until)
}

/// One reading of the text from `from` to `until`.
fn read(flow: &Flow, pieces: &[Piece], from: usize, until: usize, wanted: Reading) -> Flow {
    let place = match wanted {
        Reading::Before => "before tracked changes",
        _ => "after tracked changes",
    };
    let place = if flow.place.is_empty() { place.to_owned() } else { format!("{}, {place}", flow.place) };
    let mut reading = Flow { labels: flow.labels.clone(), place, ..Flow::default() };
    let mut at = from;
    // What lies between pieces are tabs and ends of lines.
    let between = |text: &mut String, from: usize, until: usize| {
        for (offset, character) in flow.text.get(from..until).unwrap_or_default().char_indices() {
            let changed = flow.changed_ends.binary_search_by_key(&(from + offset), |(at, _)| *at);
            let other = changed.is_ok_and(|found| flow.changed_ends[found].1 != wanted);
            if !other {
                text.push(character);
            }
        }
    };
    for piece in pieces {
        between(&mut reading.text, at, piece.start);
        at = piece.end;
        if piece.reading == Reading::Every || piece.reading == wanted {
            let start = reading.text.len();
            reading.text.push_str(flow.text.get(piece.start..piece.end).unwrap_or_default());
            reading.pieces.push(Piece { start, end: reading.text.len(), ..*piece });
        }
    }
    between(&mut reading.text, at, until);
    reading
}
