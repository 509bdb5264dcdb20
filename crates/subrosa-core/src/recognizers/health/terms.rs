//! Health terms as proposals, for the recognizers of this folder.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::HealthKind;
use crate::health::{HealthTerm, Origin};
use crate::machine;
use crate::recognizer::{Proposal, Site};
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Proposes every term of `kind`.
pub(super) fn propose(site: &Site<'_>, kind: HealthKind, proposals: &mut Vec<Proposal>) {
    let block = site.block;
    let terms = block.health_terms();
    for (index, term) in terms.iter().enumerate().filter(|(_, term)| term.kind == kind) {
        let alone = term.first == term.last;
        if alone && (term.ambiguous && is_no_abbreviation(block, term.first) || is_of_code(block, term)) {
            continue;
        }
        let (base, pattern) = confidence(term, || among_terms(terms, index));
        let span = block.span(term.first, term.last);
        proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
    }
}

/// Whether a word in capitals is part of an identifier (`TT_MAC_ID`) or of a line in capitals (`INCLUDING ALL IMPLIED`).
fn is_no_abbreviation(block: &Block<'_>, at: usize) -> bool {
    let long = |index: Option<usize>| {
        index
            .and_then(|index| block.token(index))
            .is_some_and(|token| token.kind == Kind::Word && token.shape.is_upper() && token.len() >= 5)
    };
    let blank = |index: usize| block.token(index).is_some_and(|token| token.gap == Gap::Blank);
    let within = blank(at) && blank(at + 1) && long(at.checked_sub(1)) && long(Some(at + 1));
    block.token(at).is_some_and(|token| token.shape.is_upper()) && (within || machine::is_identifier(block, at))
}

/// Whether source code has the word as part of an identifier, or one that is only formed like a term: `noargs`.
fn is_of_code(block: &Block<'_>, term: &HealthTerm) -> bool {
    block.is_source() && (term.origin == Origin::Formed || machine::is_identifier(block, term.first))
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
