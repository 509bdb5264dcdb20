//! Health terms of the dictionary as proposals, for the recognizers of this folder.

use crate::confidence::Confidence;
use crate::dictionary::HealthKind;
use crate::recognizer::{Proposal, Site};
use crate::verdict::Verdict;

/// Proposes every term of one of `kinds`. An everyday word alone (`cold`, `stroke`) stays below every threshold.
pub(super) fn propose(site: &Site<'_>, kinds: &[HealthKind], proposals: &mut Vec<Proposal>) {
    let block = site.block;
    for term in block.health_terms().iter().filter(|term| term.info.kind.is_some_and(|kind| kinds.contains(&kind))) {
        let (base, pattern) = match (term.info.ambiguous, term.first == term.last) {
            (true, true) => (300, "everyday-term"),
            (_, false) => (800, "phrase"),
            (false, true) => (700, "term"),
        };
        let span = block.span(term.first, term.last);
        proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
    }
}
