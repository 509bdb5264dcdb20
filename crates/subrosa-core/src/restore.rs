//! The way back: redacted text and what was removed in, edits that put it back out.
//!
//! Two ways, for two situations. A document that is byte for byte what was written is restored from its *record*
//! ([`Removed`]): every occurrence as it was written, `Mr Roe` and `Jane` as well, even where labels are alike or nothing was
//! left. A document that somebody went on working with is restored by its *codes*: what each stands for, wherever it stands.
//!
//! Whether somebody may have a value back is the vault's to say; here nothing is secret any more.

use std::collections::BTreeSet;

use crate::edit::Edit;
use crate::entity::Entity;
use crate::segment::Segment;
use crate::span::Span;

/// The operator of edits that put something back, for reports.
pub const OPERATOR: &str = "restore";

/// What one edit removed.
#[derive(Clone, PartialEq, Eq)]
pub struct Removed {
    /// The segment it stood in.
    pub segment: usize,
    /// Where its replacement stands in the redacted segment.
    pub span: Span,
    /// What the value was.
    pub entity: Entity,
    /// The value, as it stood in the text.
    pub value: String,
    /// What stands in its place.
    pub replacement: String,
}

/// The place and the kind: the value is what was removed.
impl std::fmt::Debug for Removed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Removed({} in segment {} at {}..{})", self.entity, self.segment, self.span.start, self.span.end)
    }
}

/// The record of a redaction: what `edits` remove from `segments`, in order.
pub fn record(segments: &[Segment], edits: &[Vec<Edit>]) -> Vec<Removed> {
    let mut record = Vec::new();
    for (index, (segment, edits)) in segments.iter().zip(edits).enumerate() {
        // Where an offset of the segment stands in the redacted one.
        let (mut done, mut written) = (0, 0);
        for edit in edits {
            let start = written + edit.span.start.saturating_sub(done);
            let end = start + edit.replacement.len();
            (done, written) = (edit.span.end, end);
            record.push(Removed {
                segment: index,
                span: Span::new(start, end),
                entity: edit.entity.clone(),
                value: edit.span.of(&segment.text).to_owned(),
                replacement: edit.replacement.clone(),
            });
        }
    }
    record
}

/// What can be put back into a document.
#[derive(Default)]
pub struct Restoration {
    /// For each segment, what is put back; sorted and disjoint.
    pub edits: Vec<Vec<Edit>>,
    /// Entries of the record whose place was not found.
    pub lost: usize,
}

/// Puts a record back into the document it was made of: `segments` as the redacted file was read again.
///
/// A format may divide its text otherwise when it reads it again. Replacements of segments that are not as they were are then
/// looked for in the order of the record; what left nothing in its place cannot be found that way.
pub fn from_record(segments: &[Segment], record: &[Removed]) -> Restoration {
    let stands = |removed: &Removed| {
        let text = segments.get(removed.segment).map_or("", |segment| segment.text.as_str());
        text.get(removed.span.range()) == Some(removed.replacement.as_str())
    };
    let mut restoration = Restoration { edits: vec![Vec::new(); segments.len()], lost: 0 };
    // A segment is where it was when everything in it is; one replacement alone may stand at its place by chance.
    let elsewhere: BTreeSet<usize> = record.iter().filter(|removed| !stands(removed)).map(|removed| removed.segment).collect();
    let (mut segment, mut from) = (0, 0);
    for removed in record {
        let place = if !elsewhere.contains(&removed.segment) && (removed.segment, removed.span.start) >= (segment, from) {
            Some((removed.segment, removed.span))
        } else if removed.replacement.is_empty() {
            None
        } else {
            next_place(segments, segment, from, &removed.replacement)
        };
        let Some((at, span)) = place else {
            restoration.lost += 1;
            continue;
        };
        (segment, from) = (at, span.end);
        if let Some(edits) = restoration.edits.get_mut(at) {
            edits.push(Edit { span, replacement: removed.value.clone(), entity: removed.entity.clone(), operator: OPERATOR });
        }
    }
    restoration
}

fn next_place(segments: &[Segment], segment: usize, from: usize, sought: &str) -> Option<(usize, Span)> {
    segments.iter().enumerate().skip(segment).find_map(|(index, of)| {
        let from = if index == segment { from } else { 0 };
        let at = of.text.get(from..)?.find(sought)? + from;
        Some((index, Span::new(at, at + sought.len())))
    })
}

/// Puts back what codes stand for. `value_of` is asked for each thing in brackets, brackets included, and tells what it stands
/// for or nothing.
///
/// # Errors
/// Whatever `value_of` fails with.
pub fn from_codes<E>(
    segments: &[Segment],
    mut value_of: impl FnMut(&str) -> Result<Option<(Entity, String)>, E>,
) -> Result<Restoration, E> {
    let mut restoration = Restoration::default();
    for segment in segments {
        let mut edits = Vec::new();
        let mut from = 0;
        while let Some(span) = bracketed(&segment.text, from) {
            from = span.end;
            if let Some((entity, value)) = value_of(span.of(&segment.text))? {
                edits.push(Edit { span, replacement: value, entity, operator: OPERATOR });
            } else {
                // The bracket may hold another that is a code.
                from = span.start + 1;
            }
        }
        restoration.edits.push(edits);
    }
    Ok(restoration)
}

/// Longest thing in brackets that is taken for a code: an encrypted value of some hundred letters.
const LONGEST: usize = 4096;

/// The next `[` at or behind `from` with what stands before its `]`, if that is near and on the same line.
fn bracketed(text: &str, from: usize) -> Option<Span> {
    let mut from = from;
    loop {
        let start = from + text.get(from..)?.find('[')?;
        let inside = text.get(start + 1..)?;
        match inside.find(['[', ']', '\n']) {
            Some(length) if length <= LONGEST && inside.as_bytes().get(length) == Some(&b']') => {
                return Some(Span::new(start, start + length + 2));
            }
            _ => from = start + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, replacement: &str) -> Edit {
        Edit { span: Span::new(start, end), replacement: replacement.to_owned(), entity: Entity::PERSON, operator: "test" }
    }

    fn made(text: &str, edits: &[Edit]) -> String {
        let mut text = text.to_owned();
        for edit in edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.replacement);
        }
        text
    }

    fn all_made(segments: &[Segment], edits: &[Vec<Edit>]) -> Vec<Segment> {
        segments.iter().zip(edits).map(|(segment, edits)| Segment::new(made(&segment.text, edits))).collect()
    }

    fn texts(segments: &[Segment]) -> Vec<&str> {
        segments.iter().map(|segment| segment.text.as_str()).collect()
    }

    #[test]
    fn a_record_brings_every_writing_back() {
        let before = [Segment::new("Mr Roe, Jane"), Segment::new("none"), Segment::new("Jane Roe!")];
        let edits = vec![vec![edit(0, 6, "[A]"), edit(8, 12, "")], Vec::new(), vec![edit(0, 8, "[A]")]];
        let redacted = all_made(&before, &edits);
        let restoration = from_record(&redacted, &record(&before, &edits));
        assert_eq!(texts(&all_made(&redacted, &restoration.edits)), texts(&before));
        assert_eq!(restoration.lost, 0);
    }

    #[test]
    fn replacements_are_found_where_segments_are_divided_otherwise() {
        let before = [Segment::new("Roe and Poe"), Segment::new("gone")];
        let edits = vec![vec![edit(0, 3, "[A]"), edit(8, 11, "[A]")], vec![edit(0, 4, "")]];
        let redacted = [Segment::new("[A]"), Segment::new("and [A]")];
        let restoration = from_record(&redacted, &record(&before, &edits));
        assert_eq!(texts(&all_made(&redacted, &restoration.edits)), ["Roe", "and Poe"]);
        assert_eq!(restoration.lost, 1);
    }

    #[test]
    fn codes_are_found_wherever_they_stand() {
        let known = |code: &str| Ok::<_, ()>((code == "[A-1]").then(|| (Entity::PERSON, "Roe".to_owned())));
        let redacted = [Segment::new("[A-1] and [[A-1]], [A-2], [A-\n1], ["), Segment::new("")];
        let restoration = from_codes(&redacted, known).unwrap();
        assert_eq!(texts(&all_made(&redacted, &restoration.edits)), ["Roe and [Roe], [A-2], [A-\n1], [", ""]);
    }

    #[test]
    fn debug_shows_no_value() {
        let before = [Segment::new("Canary")];
        assert!(!format!("{:?}", record(&before, &[vec![edit(0, 6, "x")]])).contains("Canary"));
    }

    proptest::proptest! {
        #[test]
        fn restore_after_redact_is_identity(
            texts in proptest::collection::vec("[a-zé \\[\\]]{0,30}", 1..5),
            cuts in proptest::collection::vec((0usize..30, 1usize..6, "[\\[\\]A-Z1]{0,6}"), 0..8),
        ) {
            let before: Vec<Segment> = texts.iter().map(Segment::new).collect();
            let mut edits: Vec<Vec<Edit>> = vec![Vec::new(); before.len()];
            for (index, (start, length, replacement)) in cuts.iter().enumerate() {
                let at = index % before.len();
                let text = &before[at].text;
                let (start, end) = (*start, start + length);
                let after = edits[at].last().map_or(0, |edit: &Edit| edit.span.end);
                if start >= after && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end) {
                    edits[at].push(edit(start, end, replacement));
                }
            }
            let redacted = all_made(&before, &edits);
            let restoration = from_record(&redacted, &record(&before, &edits));
            proptest::prop_assert_eq!(texts_of(&all_made(&redacted, &restoration.edits)), texts_of(&before));
        }
    }

    fn texts_of(segments: &[Segment]) -> Vec<String> {
        segments.iter().map(|segment| segment.text.clone()).collect()
    }
}
