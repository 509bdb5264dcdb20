//! Makes findings disjoint: the strongest wins, and covers every byte of what it beats.

use crate::explanation::Step;
use crate::finding::Finding;

/// Sorts findings by start and joins those that overlap, in place.
///
/// Of findings that overlap, the most confident gives entity and explanation; at equal confidence one that passed a check, then
/// the longest, then the earliest, then the entity first in the alphabet: a total order, so the result does not hang on the order
/// of proposals.
/// The joined finding covers the union, so no byte of a loser stays.
pub fn resolve(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| {
        (a.span.start, std::cmp::Reverse(a.span.end)).cmp(&(b.span.start, std::cmp::Reverse(b.span.end))).then_with(|| rank(a, b))
    });
    findings.dedup_by(|next, kept| {
        if !kept.span.overlaps(next.span) {
            return false;
        }
        let union = kept.span.union(next.span);
        if rank(next, kept).is_lt() {
            std::mem::swap(kept, next);
        }
        if kept.span != union {
            kept.span = union;
            // Once says it, and ten thousand in a chain cost no more than two.
            if kept.explanation.steps.last() != Some(&Step::Merged) {
                kept.explanation.steps.push(Step::Merged);
            }
        }
        true
    });
}

/// Whether the value passed a check of its own: of two that are as sure it is the more telling.
fn is_checked(finding: &Finding) -> bool {
    finding.explanation.steps.iter().any(|step| matches!(step, Step::Valid { .. }))
}

/// `Less` when `a` wins.
fn rank(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    b.confidence
        .cmp(&a.confidence)
        .then_with(|| is_checked(b).cmp(&is_checked(a)))
        .then_with(|| b.span.len().cmp(&a.span.len()))
        .then_with(|| a.span.start.cmp(&b.span.start))
        .then_with(|| a.entity.cmp(&b.entity))
        .then_with(|| a.explanation.pattern.cmp(b.explanation.pattern))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confidence::Confidence;
    use crate::entity::Entity;
    use crate::explanation::Explanation;
    use crate::span::Span;

    fn finding(start: usize, end: usize, entity: Entity, confidence: u16) -> Finding {
        Finding {
            span: Span::new(start, end),
            entity,
            confidence: Confidence::new(confidence),
            explanation: Explanation { recognizer: "test", pattern: "test", base: Confidence::NONE, steps: Vec::new() },
        }
    }

    fn resolved(mut findings: Vec<Finding>) -> Vec<(usize, usize, String)> {
        resolve(&mut findings);
        findings.into_iter().map(|finding| (finding.span.start, finding.span.end, finding.entity.to_string())).collect()
    }

    #[test]
    fn the_winner_covers_the_union() {
        let findings = vec![finding(0, 6, Entity::LOCATION, 600), finding(4, 9, Entity::PERSON, 700)];
        assert_eq!(resolved(findings), [(0, 9, "PERSON".to_owned())]);
    }

    #[test]
    fn order_of_proposals_does_not_matter() {
        let all = [
            finding(0, 6, Entity::LOCATION, 600),
            finding(4, 9, Entity::PERSON, 700),
            finding(0, 6, Entity::PERSON, 600),
            finding(12, 15, Entity::AGE, 600),
        ];
        let forward = resolved(all.to_vec());
        let backward = resolved(all.iter().rev().cloned().collect());
        assert_eq!(forward, backward);
        assert_eq!(forward, [(0, 9, "PERSON".to_owned()), (12, 15, "AGE".to_owned())]);
    }

    #[test]
    fn neighbours_stay_apart() {
        let findings = vec![finding(0, 4, Entity::PERSON, 500), finding(4, 8, Entity::AGE, 500)];
        assert_eq!(resolved(findings).len(), 2);
    }
}
