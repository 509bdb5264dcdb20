//! Health terms as proposals, for the recognizers of this folder.

use crate::confidence::Confidence;
use crate::dictionary::HealthKind;
use crate::health::{HealthTerm, Origin};
use crate::recognizer::{Proposal, Site};
use crate::verdict::Verdict;

/// Proposes every term of `kind`.
pub(super) fn propose(site: &Site<'_>, kind: HealthKind, proposals: &mut Vec<Proposal>) {
    let block = site.block;
    let terms = block.health_terms();
    for (index, term) in terms.iter().enumerate().filter(|(_, term)| term.kind == kind) {
        let (base, pattern) = confidence(term, || among_terms(terms, index));
        let span = block.span(term.first, term.last);
        proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
    }
}

/// Most tokens between an everyday word and the term that tells its sense.
const NEAR: usize = 10;

/// Whether a term that is no everyday word stands near, or two that are.
fn among_terms(terms: &[HealthTerm], index: usize) -> bool {
    let term = &terms[index];
    let near =
        |other: &&HealthTerm| other.first.saturating_sub(term.last) <= NEAR && term.first.saturating_sub(other.last) <= NEAR;
    let around = terms[index.saturating_sub(2)..index].iter().chain(terms.iter().skip(index + 1).take(2));
    around.filter(near).map(|other| if other.ambiguous { 1 } else { 2 }).sum::<usize>() >= 2
}

/// An everyday word or short abbreviation alone (`cold`, `MS`) stays below every threshold until context speaks for it.
fn confidence(term: &HealthTerm, among_terms: impl Fn() -> bool) -> (u16, &'static str) {
    match (term.origin, term.ambiguous, term.first == term.last) {
        (Origin::Abbreviated, ..) => (750, "abbreviation"),
        (Origin::Composed, ..) => (750, "composed"),
        (_, true, true) if among_terms() => (520, "everyday-term-among-terms"),
        (_, true, true) => (300, "everyday-term"),
        (Origin::Formed, ..) => (600, "formed"),
        (Origin::Listed, _, false) => (800, "phrase"),
        (Origin::Listed, false, true) => (700, "term"),
    }
}
