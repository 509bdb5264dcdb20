//! The way back: redacted text and what was removed in, edits that put it back out.
//!
//! Two ways, for two situations. A document that is byte for byte what was written is restored from its *record*
//! ([`Removed`]): every occurrence as it was written, `Mr Roe` and `Jane` as well, even where labels are alike or nothing was
//! left. A document that somebody went on working with is restored by its *codes*: what each stands for, wherever it stands.
//!
//! Whether somebody may have a value back is the vault's to say; here nothing is secret any more.

mod places;

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
    /// Letters and digits before the replacement in the redacted text, at most [`CONTEXT`], those of earlier segments too.
    pub before: String,
    /// Letters and digits behind it, those of later segments too.
    pub after: String,
}

/// Letters and digits that are kept of what stands around a replacement.
pub const CONTEXT: usize = 16;

/// The place and the kind: the value is what was removed.
impl std::fmt::Debug for Removed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Removed({} in segment {} at {}..{})", self.entity, self.segment, self.span.start, self.span.end)
    }
}

/// The record of a redaction: what `edits` remove from `segments`, in order.
pub fn record(segments: &[Segment], edits: &[Vec<Edit>]) -> Vec<Removed> {
    let mut record = Vec::new();
    let mut redacted = Whole::default();
    for (index, segment) in segments.iter().enumerate() {
        redacted.starts.push(redacted.text.len());
        let start = redacted.text.len();
        let mut done = 0;
        for edit in edits.get(index).into_iter().flatten() {
            redacted.text.push_str(segment.text.get(done..edit.span.start).unwrap_or_default());
            let from = redacted.text.len() - start;
            redacted.text.push_str(&edit.replacement);
            done = edit.span.end;
            record.push(Removed {
                segment: index,
                span: Span::new(from, redacted.text.len() - start),
                entity: edit.entity.clone(),
                value: edit.span.of(&segment.text).to_owned(),
                replacement: edit.replacement.clone(),
                before: String::new(),
                after: String::new(),
            });
        }
        redacted.text.push_str(segment.text.get(done..).unwrap_or_default());
    }
    for removed in &mut record {
        (removed.before, removed.after) = redacted.around(removed.segment, removed.span);
    }
    record
}

/// The texts of all segments, one behind the other: what stands around a cell are the cells beside it.
#[derive(Default)]
struct Whole {
    text: String,
    /// Where each segment begins.
    starts: Vec<usize>,
}

impl Whole {
    fn of(segments: &[Segment]) -> Self {
        let mut whole = Self::default();
        for segment in segments {
            whole.starts.push(whole.text.len());
            whole.text.push_str(&segment.text);
        }
        whole
    }

    /// Letters and digits on either side of a span of a segment.
    fn around(&self, segment: usize, span: Span) -> (String, String) {
        let start = self.starts.get(segment).copied().unwrap_or(self.text.len());
        around(&self.text, Span::new(start + span.start, start + span.end))
    }
}

/// Characters that are looked at for letters and digits: runs of blanks can be long.
const REACH: usize = 256;

/// Letters and digits on either side of a span.
fn around(text: &str, span: Span) -> (String, String) {
    let sign = |sign: &char| sign.is_alphanumeric();
    let before = text.get(..span.start).unwrap_or_default().chars().rev().take(REACH).filter(sign).take(CONTEXT);
    let after = text.get(span.end..).unwrap_or_default().chars().take(REACH).filter(sign).take(CONTEXT);
    let before: Vec<char> = before.collect();
    (before.into_iter().rev().collect(), after.collect())
}

/// What can be put back into a document.
#[derive(Default)]
pub struct Restoration {
    /// For each segment, what is put back; sorted and disjoint.
    pub edits: Vec<Vec<Edit>>,
    /// Entries of the record whose place was not found, although it is there or nothing of its value came back.
    pub lost: usize,
}

/// Puts a record back into the document it was made of: `segments` as the redacted file was read again.
///
/// A format may divide its text otherwise when it reads it again. Where a segment is not as it was, its replacements are looked
/// for in the order of the record, each where the text around agrees with what stood there (module `places`); what left nothing
/// in its place cannot be found that way. A place in doubt stays redacted: a wrong value misleads more than a code.
pub fn from_record(segments: &[Segment], record: &[Removed]) -> Restoration {
    // Neighbours may have changed: only what stands in the same segment has to agree.
    let stands = |removed: &&Removed| {
        let Some(text) = segments.get(removed.segment).map(|segment| segment.text.as_str()) else { return false };
        let (before, after) = around(text, removed.span);
        text.get(removed.span.range()) == Some(removed.replacement.as_str())
            && removed.before.ends_with(&before)
            && removed.after.starts_with(&after)
    };
    // A segment is where it was when everything in it is; one replacement alone may stand at its place by chance.
    let mut elsewhere: BTreeSet<usize> =
        record.iter().filter(|removed| !stands(removed)).map(|removed| removed.segment).collect();
    if !elsewhere.is_empty() {
        // Nothing stands by its place alone where other segments have moved.
        elsewhere.extend(record.iter().filter(|removed| removed.replacement.is_empty()).map(|removed| removed.segment));
    }
    let (moved, there): (Vec<&Removed>, Vec<&Removed>) = record.iter().partition(|removed| elsewhere.contains(&removed.segment));
    let mut restoration = Restoration { edits: vec![Vec::new(); segments.len()], lost: 0 };
    let mut taken = vec![Vec::new(); segments.len()];
    let mut put = |removed: &Removed, segment: usize, span: Span| {
        if let Some(edits) = restoration.edits.get_mut(segment) {
            edits.push(Edit { span, replacement: removed.value.clone(), entity: removed.entity.clone(), operator: OPERATOR });
        }
    };
    for removed in there {
        put(removed, removed.segment, removed.span);
        if let Some(taken) = taken.get_mut(removed.segment) {
            taken.push(removed.span);
        }
    }
    let found = places::of(segments, &moved, &mut taken);
    for (removed, (segment, span)) in found.pairs {
        put(removed, segment, span);
    }
    restoration.lost = found.lost;
    for edits in &mut restoration.edits {
        edits.sort_by_key(|edit| edit.span);
    }
    restoration
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
    fn equal_labels_are_told_by_what_stands_around_them() {
        let before = [Segment::new("Office 555-0101, home 555-0102, mobile 555-0103.")];
        let at = |number: &str| before[0].text.find(number).unwrap();
        let edits = vec!["555-0101", "555-0102", "555-0103"]
            .into_iter()
            .map(|number| edit(at(number), at(number) + number.len(), "[PHONE]"))
            .collect::<Vec<_>>();
        let record = record(&before, &[edits]);
        // One line went, another came, and the text is divided otherwise.
        let redacted = [Segment::new("New: [PHONE]"), Segment::new("home [PHONE],"), Segment::new("mobile [PHONE].")];
        let restoration = from_record(&redacted, &record);
        assert_eq!(texts(&all_made(&redacted, &restoration.edits)), ["New: [PHONE]", "home 555-0102,", "mobile 555-0103."]);
        assert_eq!(restoration.lost, 1);
    }

    #[test]
    fn one_value_comes_back_wherever_its_label_stands() {
        let before = [Segment::new("Roe, Roe"), Segment::new("Roe")];
        let edits = vec![vec![edit(0, 3, "[A]"), edit(5, 8, "[A]")], vec![edit(0, 3, "[A]")]];
        let redacted = [Segment::new("x"), Segment::new("[A]"), Segment::new("y [A]")];
        let restoration = from_record(&redacted, &record(&before, &edits));
        assert_eq!(texts(&all_made(&redacted, &restoration.edits)), ["x", "Roe", "y Roe"]);
        assert_eq!(restoration.lost, 0);
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
