//! Findings in one text.

use serde::Serialize;
use subrosa::Engine;
use subrosa_core::confidence::Confidence;
use subrosa_core::edit::Edit;
use subrosa_core::finding::Finding;
use subrosa_core::operators::review;

use crate::utf16::Offsets;

/// As `Finding` in `types.ts`.
#[derive(Debug, Serialize)]
pub struct Found {
    id: String,
    entity: String,
    start: usize,
    end: usize,
    confidence: f64,
    near: bool,
    decision: &'static str,
    why: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<String>,
}

/// Findings of a text with what the policy does about them. `edits` are those of the findings.
pub fn found(engine: &Engine, text: &str, findings: &[Finding], edits: &[Edit]) -> Vec<Found> {
    let offsets = Offsets::new(text);
    let one = |(index, finding): (usize, &Finding)| {
        let threshold = engine.policy.threshold(&finding.entity);
        let near = finding.confidence < threshold;
        let edit = edits.binary_search_by_key(&finding.span, |edit| edit.span).ok().and_then(|at| edits.get(at));
        Found {
            id: (index + 1).to_string(),
            entity: finding.entity.id().to_owned(),
            start: offsets.of_byte(finding.span.start),
            end: offsets.of_byte(finding.span.end),
            confidence: finding.confidence.unit(),
            near,
            decision: decision(edit, near),
            why: why(finding, threshold),
            replacement: edit.map(|edit| edit.replacement.clone()),
        }
    };
    findings.iter().enumerate().map(one).collect()
}

/// What a policy decides by an edit, or by none.
fn decision(edit: Option<&Edit>, near: bool) -> &'static str {
    match edit {
        Some(edit) if edit.operator == review::ID => "undecided",
        Some(_) => "redact",
        None if near => "undecided",
        None => "keep",
    }
}

/// Why something was found, or only nearly.
fn why(finding: &Finding, threshold: Confidence) -> Vec<String> {
    let reasons = finding.explanation.reasons().into_iter();
    let mut why: Vec<String> = reasons.map(|(weight, reason)| format!("{weight} {reason}").trim_start().to_owned()).collect();
    if finding.confidence < threshold {
        why.push(format!("{} is below the threshold {threshold}", finding.confidence));
    }
    why
}
