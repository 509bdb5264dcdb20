//! From a plan and its document to edits.

use std::collections::BTreeSet;
use std::sync::Mutex;

use sha2::{Digest as _, Sha256};
use subrosa_core::apply::{Applier, PLAIN, Tally};
use subrosa_core::confidence::Confidence;
use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::explanation::Explanation;
use subrosa_core::finding::Finding;
use subrosa_core::fold::{self, Folded, fold};
use subrosa_core::operators::review;
use subrosa_core::overlap;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;
use subrosa_documents::view::Rectangle;
use subrosa_documents::{Document, Refusal, Source};

use super::file::{Action, Origin, PlanFile, Planned, text_hash};
use super::log::Log;
use crate::engine::Engine;
use crate::redact::{Decide, Decided, untreated};
use subrosa_core::hex::hex;

/// The operator that reports name where a decision and no policy made the label.
const LABEL: &str = "label";

/// Stands in an edit for [`Entity::DENIED_TERM`] where a person kept the same term elsewhere: verification then counts it as
/// it does other values, and does not ask that it be nowhere.
const DENIED_HERE: Entity = Entity::new("DENIED_TERM_HERE");

/// Least letters and digits of a value that a reason must not hold.
const LEAST: usize = 4;

/// Carries out a plan.
pub struct Decisions<'a> {
    engine: &'a Engine,
    plan: &'a PlanFile,
    /// Whether what is undecided gets a label.
    label_undecided: bool,
    /// What is painted over, whatever the plan says.
    areas: Vec<Rectangle>,
    /// What was decided, once it was.
    log: Mutex<Option<Log>>,
    logged: bool,
}

impl<'a> Decisions<'a> {
    /// Of a plan whose entities are known.
    pub fn new(engine: &'a Engine, plan: &'a PlanFile, label_undecided: bool) -> Self {
        Self { engine, plan, label_undecided, areas: Vec::new(), log: Mutex::new(None), logged: true }
    }

    /// With areas of pages and pictures that are painted over.
    #[must_use]
    pub fn covering(self, areas: Vec<Rectangle>) -> Self {
        Self { areas, ..self }
    }

    /// Without a log of every decision, which for a long document takes more memory than its text.
    #[must_use]
    pub fn unlogged(self) -> Self {
        Self { logged: false, ..self }
    }

    /// What was decided. Nothing when the document was refused before.
    pub fn log(self) -> Option<Log> {
        self.log.into_inner().unwrap_or_default()
    }

    /// Whether a span goes.
    fn goes(&self, planned: &Planned) -> bool {
        match planned.decision.action {
            Action::Redact => true,
            Action::Keep => false,
            Action::Undecided => self.label_undecided,
        }
    }
}

impl Decide for Decisions<'_> {
    fn decide(&self, source: &Source<'_>, document: &Document) -> Result<Decided, Refusal> {
        if hex(Sha256::digest(source.bytes)) != self.plan.input.sha256 {
            return Err(Refusal::Plan("it is for another file: the SHA-256 differs".to_owned()));
        }
        if text_hash(&document.segments) != self.plan.input.text_sha256 {
            let why = "the document reads otherwise than when the plan was made";
            return Err(Refusal::Plan(format!("{why}: another version of the program, other passwords, or text recognition")));
        }
        let segments = &document.segments;
        let planned = sorted(&self.plan.findings, segments)?;
        let mut findings: Vec<Vec<Finding>> = Vec::with_capacity(segments.len());
        for (segment, planned) in segments.iter().zip(&planned) {
            let going = planned.iter().filter(|planned| self.goes(planned)).map(|planned| finding(planned));
            let mut going = going.collect::<Result<Vec<Finding>, Refusal>>()?;
            overlap::resolve(&mut going);
            debug_assert!(going.iter().all(|finding| segment.text.get(finding.span.range()).is_some()));
            findings.push(going);
        }
        let mut applier = self.engine.applier();
        let by_policy = applier.apply(segments, &findings).map_err(|error| untreated(&error))?;
        let mut edits = Vec::with_capacity(segments.len());
        for (((segment, planned), findings), by_policy) in segments.iter().zip(&planned).zip(&findings).zip(by_policy) {
            edits.push(self.edits(&applier, segment, planned, findings, by_policy));
        }
        let values = Values::collect(segments, &planned, &mut edits);
        values.refuse_in_words(&self.plan.findings)?;
        let log = Log::new(self.plan, document, self.label_undecided, values.parted.len() as u64, self.logged);
        let notes = log.notes();
        let tally = self.tally(&planned, &edits);
        *self.log.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(log);
        let proof = (!values.parted.is_empty()).then(|| values.all_gone(segments, &planned, &edits));
        Ok(Decided { edits, tally, notes, areas: self.areas.clone(), proof })
    }

    /// Who draws areas has the picture before them.
    fn looked(&self) -> bool {
        !self.areas.is_empty()
    }
}

impl Decisions<'_> {
    /// The edits of a segment: the policy's, but the exemption's label where one is named, and a plain label where the policy
    /// would have kept what a person wants gone.
    fn edits(
        &self,
        applier: &Applier<'_>,
        segment: &Segment,
        planned: &[&Planned],
        findings: &[Finding],
        by_policy: Vec<Edit>,
    ) -> Vec<Edit> {
        let mut by_policy = by_policy.into_iter().peekable();
        let mut edits = Vec::with_capacity(findings.len());
        for finding in findings {
            let own = by_policy.next_if(|edit| edit.span == finding.span);
            let from = planned.partition_point(|planned| planned.start < finding.span.start);
            let members = planned.get(from..).unwrap_or_default().iter().take_while(|planned| planned.start < finding.span.end);
            let members: Vec<_> = members.filter(|planned| self.goes(planned)).collect();
            let code = members.iter().find_map(|planned| planned.decision.code.as_deref());
            let undecided = members.iter().any(|planned| planned.decision.action == Action::Undecided);
            let label = |text: &str| Edit {
                span: finding.span,
                replacement: applier.label(segment.text.get(finding.span.range()).unwrap_or_default(), text),
                entity: finding.entity.clone(),
                operator: LABEL,
            };
            edits.push(match (code, own) {
                (Some(code), _) => label(code),
                (None, Some(edit)) if !undecided && edit.operator != review::ID => edit,
                (None, _) => label(finding.entity.id()),
            });
        }
        edits
    }

    fn tally(&self, planned: &[Vec<&Planned>], edits: &[Vec<Edit>]) -> Tally {
        let mut tally = Tally::default();
        for edit in edits.iter().flatten() {
            let entity = if edit.entity == DENIED_HERE { Entity::DENIED_TERM } else { edit.entity.clone() };
            *tally.by_entity.entry(entity).or_default() += 1;
            *tally.by_operator.entry(edit.operator).or_default() += 1;
        }
        for planned in planned.iter().flatten().filter(|planned| !self.goes(planned)) {
            match planned.origin {
                Origin::Found => {
                    if let Ok(entity) = Entity::parse(&planned.entity) {
                        *tally.by_entity.entry(entity).or_default() += 1;
                    }
                    *tally.by_operator.entry("keep").or_default() += 1;
                }
                Origin::Near => tally.below_threshold += 1,
                Origin::Added => {}
            }
        }
        tally
    }
}

/// The spans of each segment, by where they begin.
///
/// # Errors
/// [`Refusal::Plan`] for one that does not lie in its segment on the bounds of characters.
fn sorted<'p>(planned: &'p [Planned], segments: &[Segment]) -> Result<Vec<Vec<&'p Planned>>, Refusal> {
    let mut sorted: Vec<Vec<&Planned>> = segments.iter().map(|_| Vec::new()).collect();
    for planned in planned {
        let text = segments.get(planned.segment).map(|segment| segment.text.get(planned.start..planned.end));
        let wrong = match text {
            None => "names a segment that is not there",
            Some(None) if planned.start <= planned.end => "lies outside its segment, or begins or ends within a character",
            Some(None) => "ends before it begins",
            Some(Some("")) => "is empty",
            Some(Some(_)) => {
                sorted.get_mut(planned.segment).into_iter().for_each(|of_segment| of_segment.push(planned));
                continue;
            }
        };
        return Err(Refusal::Plan(format!("finding {} {wrong}", planned.id)));
    }
    for of_segment in &mut sorted {
        of_segment.sort_by_key(|planned| (planned.start, planned.end));
    }
    Ok(sorted)
}

/// What a person decided is certain, so that no threshold is asked again; what only stood in the plan is as sure as it was.
fn finding(planned: &Planned) -> Result<Finding, Refusal> {
    let id = planned.decision.entity.as_deref().unwrap_or(&planned.entity);
    let entity = Entity::parse(id).map_err(|_| Refusal::Plan(format!("finding {}: no entity", planned.id)))?;
    let as_found = planned.origin == Origin::Found && planned.decision.entity.is_none();
    let confidence = planned.confidence.filter(|_| as_found).map_or(Confidence::FULL, Confidence::from_unit);
    let explanation = Explanation { recognizer: "review", pattern: "decision", base: confidence, steps: Vec::new() };
    Ok(Finding { span: Span::new(planned.start, planned.end), entity, confidence, explanation })
}

/// The findings of a segment that stay, by their spans: no edit touches them.
fn kept<'a>(planned: &'a [&Planned], edits: &'a [Edit]) -> impl Iterator<Item = Span> + 'a {
    let found = planned.iter().filter(|planned| planned.origin == Origin::Found);
    found.map(|planned| Span::new(planned.start, planned.end)).filter(|span| {
        let at = edits.partition_point(|edit| edit.span.end <= span.start);
        edits.get(at).is_none_or(|edit| !edit.span.overlaps(*span))
    })
}

/// What goes and what stays, folded. Never printed.
struct Values {
    gone: BTreeSet<String>,
    /// Values that go in one place and stay in another.
    parted: Vec<String>,
}

impl Values {
    /// Also sees to it that a denied term that somebody kept in one place can be removed in another.
    fn collect(segments: &[Segment], planned: &[Vec<&Planned>], edits: &mut [Vec<Edit>]) -> Self {
        let mut stay = BTreeSet::new();
        for ((segment, planned), edits) in segments.iter().zip(planned).zip(edits.iter()) {
            stay.extend(kept(planned, edits).map(|span| fold(segment.text.get(span.range()).unwrap_or_default())));
        }
        let mut gone = BTreeSet::new();
        for (segment, edits) in segments.iter().zip(edits.iter_mut()) {
            for edit in edits {
                let value = fold(segment.text.get(edit.span.range()).unwrap_or_default());
                if edit.entity == Entity::DENIED_TERM && stay.contains(&value) {
                    edit.entity = DENIED_HERE;
                }
                gone.insert(value);
            }
        }
        // One text to look in: folding leaves no control character out of a value, and none has this one.
        let stay = stay.into_iter().collect::<Vec<_>>().join("\u{1}");
        let parted = gone.iter().filter(|value| !value.is_empty() && stay.contains(value.as_str())).cloned().collect();
        Self { gone, parted }
    }

    /// The edits, and one for each finding that was kept and holds a value that goes elsewhere.
    fn all_gone(&self, segments: &[Segment], planned: &[Vec<&Planned>], edits: &[Vec<Edit>]) -> Vec<Vec<Edit>> {
        let mut all = edits.to_vec();
        for ((segment, planned), edits) in segments.iter().zip(planned).zip(&mut all) {
            let mut more = Vec::new();
            for span in kept(planned, edits) {
                let value = fold(segment.text.get(span.range()).unwrap_or_default());
                if self.parted.iter().any(|parted| value.contains(parted)) {
                    more.push(Edit { span, replacement: PLAIN.to_owned(), entity: DENIED_HERE, operator: LABEL });
                }
            }
            edits.append(&mut more);
            edits.sort_by_key(|edit| edit.span);
        }
        all
    }

    /// The log holds reasons and codes, and no values.
    fn refuse_in_words(&self, planned: &[Planned]) -> Result<(), Refusal> {
        let mut looked_at = BTreeSet::new();
        for planned in planned {
            for (what, text) in [("reason", &planned.decision.reason), ("code", &planned.decision.code)] {
                let Some(text) = text.as_deref().filter(|text| looked_at.insert(*text)) else { continue };
                let folded = Folded::new(text);
                let holds = |value: &String| {
                    fold::alphanumerics(value) >= LEAST
                        && folded
                            .text()
                            .match_indices(value.as_str())
                            .any(|(at, found)| folded.bounded(&folded.place(at..at + found.len())))
                };
                if self.gone.iter().any(holds) {
                    return Err(Refusal::Plan(format!("the {what} of finding {} holds a value that is removed", planned.id)));
                }
            }
        }
        Ok(())
    }
}
