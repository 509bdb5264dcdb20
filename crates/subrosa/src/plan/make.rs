//! A plan of a document: findings, near misses, and what the policy would do.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use subrosa_core::confidence::Confidence;
use subrosa_core::detector::Detector;
use subrosa_core::edit::Edit;
use subrosa_core::finding::Finding;
use subrosa_core::fold::fold;
use subrosa_core::operators::review;
use subrosa_core::policy::Circumstances;
use subrosa_core::report::{Tool, Unread};
use subrosa_core::segment::Segment;
use subrosa_documents::{Document, Refusal, Source};

use super::file::{Action, Decision, InputFile, Origin, PlanFile, Planned, PolicyOf, SCHEMA, text_hash};
use crate::engine::Engine;
use crate::redact::untreated;
use subrosa_core::hex::hex;

/// Characters of context on either side of a value.
const CONTEXT: usize = 40;

/// What is asked of a plan.
pub struct Wishes<'a> {
    /// Finds near misses too.
    pub wide: &'a Detector,
    /// Findings below this confidence are left for a person to decide.
    pub ask_below: Confidence,
    /// Whether the plan holds text.
    pub text: bool,
}

/// The plan of a document.
///
/// # Errors
/// [`Refusal::Untreated`] where the policy could not be kept to.
pub fn plan(
    engine: &Engine,
    wishes: &Wishes<'_>,
    source: &Source<'_>,
    format: &str,
    document: &Document,
) -> Result<PlanFile, Refusal> {
    let mut findings = Vec::new();
    each(engine, wishes, document, |planned| findings.push(planned))?;
    Ok(PlanFile { findings, ..empty(engine, source, format, document) })
}

/// A plan of a document without findings.
pub fn empty(engine: &Engine, source: &Source<'_>, format: &str, document: &Document) -> PlanFile {
    let unread = document.unread.iter();
    PlanFile {
        schema: SCHEMA,
        tool: Tool { name: "subrosa".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        input: InputFile {
            name: source.name.unwrap_or_default().to_owned(),
            format: format.to_owned(),
            bytes: source.bytes.len() as u64,
            sha256: hex(Sha256::digest(source.bytes)),
            text_sha256: text_hash(&document.segments),
        },
        policy: PolicyOf {
            name: engine.policy.name().to_owned(),
            sha256: engine.policy.hash(),
            parameters: engine.policy.given().clone(),
        },
        unread: unread.map(|unread| Unread { part: unread.part.clone(), reason: unread.reason.clone() }).collect(),
        findings: Vec::new(),
    }
}

/// Everything that the plan of a document has, in order, one at a time: for those who cannot keep all of it in memory.
///
/// # Errors
/// [`Refusal::Untreated`] where the policy could not be kept to.
pub fn each(engine: &Engine, wishes: &Wishes<'_>, document: &Document, mut take: impl FnMut(Planned)) -> Result<(), Refusal> {
    let segments = &document.segments;
    let found = engine.find(segments);
    let edits = engine.applier().apply(segments, &found).map_err(|error| untreated(&error))?;
    let near = wishes.wide.detect(segments);
    let mut groups = Groups::default();
    let mut number = 0_usize;
    for (index, segment) in segments.iter().enumerate() {
        let found = found.get(index).map_or(&[][..], Vec::as_slice);
        let edits = edits.get(index).map_or(&[][..], Vec::as_slice);
        let near = near.get(index).map_or(&[][..], Vec::as_slice);
        // Both are sorted and disjoint; a near miss beside a finding is one, under it is not.
        let near = near.iter().filter(|near| {
            let at = found.partition_point(|finding| finding.span.end <= near.span.start);
            near.confidence < engine.policy.threshold(&near.entity)
                && found.get(at).is_none_or(|finding| !finding.span.overlaps(near.span))
        });
        let mut all: Vec<(Origin, &Finding)> =
            found.iter().map(|finding| (Origin::Found, finding)).chain(near.map(|near| (Origin::Near, near))).collect();
        all.sort_by_key(|(_, finding)| finding.span);
        for (origin, finding) in all {
            let edit = edits.binary_search_by_key(&finding.span, |edit| edit.span).ok().and_then(|at| edits.get(at));
            let edit = edit.filter(|_| origin == Origin::Found);
            number += 1;
            let mut planned = planned(engine, segment, finding, origin, edit);
            planned.id = number.to_string();
            planned.segment = index;
            planned.place = Some(document.body.place(index, finding.span));
            planned.group = Some(groups.of(finding.span.of(&segment.text)));
            let asked = edit.is_some_and(|edit| edit.operator == review::ID) || finding.confidence < wishes.ask_below;
            if planned.decision.action == Action::Redact && asked {
                planned.decision.action = Action::Undecided;
            }
            if !wishes.text {
                planned = Planned { before: None, value: None, after: None, replacement: None, ..planned };
            }
            take(planned);
        }
    }
    Ok(())
}

fn planned(engine: &Engine, segment: &Segment, finding: &Finding, origin: Origin, edit: Option<&Edit>) -> Planned {
    let text = segment.text.as_str();
    let threshold = engine.policy.threshold(&finding.entity);
    let plain = Circumstances::plain(&finding.entity, finding.confidence);
    let treatment = engine.policy.rule_for(&Circumstances { labels: &segment.labels, ..plain });
    let mut why: Vec<String> = finding
        .explanation
        .reasons()
        .into_iter()
        .map(|(weight, reason)| format!("{weight} {reason}").trim_start().to_owned())
        .collect();
    if origin == Origin::Near {
        why.push(format!("{} is below the threshold {threshold}", finding.confidence));
    }
    let action = match edit {
        Some(edit) if edit.operator == review::ID => Action::Undecided,
        Some(_) => Action::Redact,
        None => Action::Keep,
    };
    Planned {
        id: String::new(),
        segment: 0,
        start: finding.span.start,
        end: finding.span.end,
        origin,
        entity: finding.entity.id().to_owned(),
        decision: Decision::of(action),
        place: None,
        confidence: Some(finding.confidence.unit()),
        why,
        operator: Some(edit.map_or_else(|| treatment.operator.id(), |edit| edit.operator).to_owned()),
        group: None,
        before: text.get(..finding.span.start).map(ending),
        value: text.get(finding.span.range()).map(str::to_owned),
        after: text.get(finding.span.end..).map(beginning),
        replacement: edit.map(|edit| edit.replacement.clone()),
    }
}

/// The last 40 characters of a text: what a person sees before a value.
pub fn ending(text: &str) -> String {
    let start = text.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or_default().to_owned()
}

/// The first 40 characters of a text: what a person sees behind a value.
pub fn beginning(text: &str) -> String {
    let end = text.char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default().to_owned()
}

/// Numbers for values, however they are written.
#[derive(Default)]
struct Groups(BTreeMap<String, u32>);

impl Groups {
    fn of(&mut self, value: &str) -> u32 {
        let next = self.0.len() as u32 + 1;
        *self.0.entry(fold(value)).or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_keeps_to_characters() {
        let long = "é".repeat(50);
        assert_eq!((ending(&long).chars().count(), beginning(&long).chars().count()), (CONTEXT, CONTEXT));
        assert_eq!(
            (ending("ab"), beginning("ab"), ending(""), beginning("")),
            ("ab".into(), "ab".into(), String::new(), String::new())
        );
    }
}
