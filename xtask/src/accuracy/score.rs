//! Counts over annotated documents.
//!
//! *Leak*: share of the characters of personal data that no finding covers, whatever it was taken for. *Over*: share of all
//! other characters that findings cover. White space counts in neither. *F1* of a type is over spans, and a span is right
//! when it shares a character with one of the same type on the other side.

use std::collections::{BTreeMap, BTreeSet};

use subrosa_core::span::Span;

use super::corpora::{Gold, Kind};

/// A finding.
pub(crate) struct Found {
    pub(crate) span: Span,
    pub(crate) kind: &'static str,
}

/// What was missed (`FN`) and found in error (`FP`).
#[derive(Default)]
pub(crate) struct Errors(pub(crate) Vec<(&'static str, &'static str, Span)>);

/// The counts of a corpus.
#[derive(Default)]
pub(crate) struct Score {
    gold: u64,
    gold_covered: u64,
    other: u64,
    other_covered: u64,
    kinds: BTreeMap<&'static str, Counts>,
}

/// The counts of one type.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    gold: u64,
    touched: u64,
    found: u64,
    right: u64,
    /// Characters annotated, those of them that no finding covers, and those covered by findings of this type in plain text.
    characters: u64,
    left: u64,
    taken: u64,
}

impl Counts {
    /// Percent of the findings that touch an annotation of their type.
    pub(crate) fn precision(self) -> f64 {
        percent(self.right, self.found)
    }

    /// Percent of the annotations that a finding of their type touches.
    pub(crate) fn recall(self) -> f64 {
        percent(self.touched, self.gold)
    }

    /// Harmonic mean of the two, percent.
    pub(crate) fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }

    /// Percent of the characters of this type left uncovered.
    pub(crate) fn leak(self) -> f64 {
        percent(self.left, self.characters)
    }

    /// How many annotations there are.
    pub(crate) fn gold(self) -> u64 {
        self.gold
    }
}

fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

impl Score {
    /// Adds one document.
    pub(crate) fn add(&mut self, document: &Gold, found: &[Found], errors: &mut Errors) {
        let text = &document.text;
        let gold: Vec<(Span, &'static str)> = document
            .spans
            .iter()
            .filter_map(|(span, kind)| match kind {
                Kind::Of(kind) => Some((*span, *kind)),
                Kind::DoNotCare => None,
            })
            .collect();
        let do_not_care = cover(text, document.spans.iter().filter(|(_, kind)| *kind == Kind::DoNotCare).map(|(span, _)| *span));
        let in_gold = cover(text, gold.iter().map(|(span, _)| *span));
        let covered = cover(text, found.iter().map(|found| found.span));
        for (at, character) in text.char_indices() {
            if character.is_whitespace() {
                continue;
            }
            if in_gold[at] {
                self.gold += 1;
                self.gold_covered += u64::from(covered[at]);
            } else if !do_not_care[at] {
                self.other += 1;
                self.other_covered += u64::from(covered[at]);
            }
        }

        let kinds: BTreeSet<&'static str> =
            gold.iter().map(|(_, kind)| *kind).chain(found.iter().map(|found| found.kind)).collect();
        for kind in kinds {
            let gold: BTreeSet<Span> = gold.iter().filter(|(_, of)| *of == kind).map(|(span, _)| *span).collect();
            let found: BTreeSet<Span> = found.iter().filter(|found| found.kind == kind).map(|found| found.span).collect();
            let touches = |span: Span, others: &BTreeSet<Span>| others.iter().any(|other| other.overlaps(span));
            let of_kind = cover(text, gold.iter().copied());
            let taken = cover(text, found.iter().copied());
            let counts = self.kinds.entry(kind).or_default();
            for (at, _) in text.char_indices().filter(|(_, character)| !character.is_whitespace()) {
                counts.characters += u64::from(of_kind[at]);
                counts.left += u64::from(of_kind[at] && !covered[at]);
                counts.taken += u64::from(taken[at] && !in_gold[at] && !do_not_care[at]);
            }
            for span in &gold {
                let touched = touches(*span, &found);
                counts.gold += 1;
                counts.touched += u64::from(touched);
                if !touched {
                    errors.0.push(("FN", kind, *span));
                }
            }
            for span in found {
                let right = touches(span, &gold);
                // What lies mostly in text that nobody judged is neither right nor wrong.
                let characters = || span.of(text).char_indices().map(|(at, _)| span.start + at);
                let unjudged = characters().filter(|at| do_not_care[*at]).count();
                if !right && unjudged * 2 > characters().count() {
                    continue;
                }
                counts.found += 1;
                counts.right += u64::from(right);
                if !right {
                    errors.0.push(("FP", kind, span));
                }
            }
        }
    }

    /// Percent of the characters of personal data left uncovered.
    pub(crate) fn leak(&self) -> f64 {
        percent(self.gold - self.gold_covered, self.gold)
    }

    /// Percent of the other characters covered.
    pub(crate) fn over(&self) -> f64 {
        percent(self.other_covered, self.other)
    }

    /// Percent of the other characters covered by findings of one type.
    pub(crate) fn over_by(&self, counts: Counts) -> f64 {
        percent(counts.taken, self.other)
    }

    /// The types that are annotated anywhere, and last their sum. Findings of other types are no errors here: their
    /// characters show in [`over`](Self::over).
    pub(crate) fn kinds(&self) -> Vec<(&'static str, Counts)> {
        let mut kinds: Vec<_> =
            self.kinds.iter().filter(|(_, counts)| counts.gold > 0).map(|(kind, counts)| (*kind, *counts)).collect();
        kinds.push(("ALL", self.micro()));
        kinds
    }

    /// The sum over the annotated types.
    pub(crate) fn micro(&self) -> Counts {
        let annotated = self.kinds.values().filter(|counts| counts.gold > 0);
        annotated.fold(Counts::default(), |sum, counts| Counts {
            gold: sum.gold + counts.gold,
            touched: sum.touched + counts.touched,
            found: sum.found + counts.found,
            right: sum.right + counts.right,
            characters: sum.characters + counts.characters,
            left: sum.left + counts.left,
            taken: sum.taken + counts.taken,
        })
    }
}

/// Whether each byte lies in one of the spans.
fn cover(text: &str, spans: impl Iterator<Item = Span>) -> Vec<bool> {
    let mut covered = vec![false; text.len()];
    for span in spans {
        let end = span.end.min(text.len());
        if span.start < end {
            covered[span.start..end].fill(true);
        }
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(found: &[(usize, usize, &'static str)]) -> Score {
        // PERSON 0..7, ignored 12..18, the rest plain.
        let text = "Ada Poe met Edison in May".to_owned();
        let spans = vec![(Span::new(0, 7), Kind::Of("PERSON")), (Span::new(12, 18), Kind::DoNotCare)];
        let document = Gold { id: "1".to_owned(), text, spans };
        let found: Vec<_> = found.iter().map(|(start, end, kind)| Found { span: Span::new(*start, *end), kind }).collect();
        let mut score = Score::default();
        score.add(&document, &found, &mut Errors::default());
        score
    }

    #[track_caller]
    fn close(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-9, "{left} is not {right}");
    }

    #[test]
    fn a_part_leaks_and_white_space_does_not_count() {
        let score = score(&[(0, 4, "ID")]);
        close(score.leak(), 50.0);
        close(score.over(), 0.0);
        close(score.micro().f1(), 0.0);
    }

    #[test]
    fn a_type_has_its_own_leak_and_over() {
        let score = score(&[(0, 4, "ID"), (8, 11, "PERSON")]);
        let (kind, person) = score.kinds()[0];
        assert_eq!(kind, "PERSON");
        close(person.leak(), 50.0);
        close(score.over_by(person), 100.0 * 3.0 / 8.0);
    }

    #[test]
    fn over_is_of_plain_characters_only() {
        let score = score(&[(0, 7, "PERSON"), (12, 18, "PERSON"), (22, 25, "PERSON")]);
        close(score.leak(), 0.0);
        close(score.over(), 100.0 * 3.0 / 8.0);
        close(score.micro().precision(), 50.0);
        close(score.micro().recall(), 100.0);
    }

    #[test]
    fn a_touch_is_enough_for_a_span() {
        close(score(&[(6, 9, "PERSON")]).micro().f1(), 100.0);
    }
}
