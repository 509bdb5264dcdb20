//! Runs `cases/*.toml` on the library: what is found, what redaction makes of it, and that redacting again changes nothing.

#![allow(clippy::disallowed_methods, clippy::format_push_string, clippy::unwrap_used, reason = "tests read their own files")]

#[path = "cases/format.rs"]
mod format;

use std::sync::Arc;

use format::Case;
use subrosa_core::apply::Applier;
use subrosa_core::detector::{Detector, Options};
use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::finding::Finding;
use subrosa_core::key::Key;
use subrosa_core::policy::{DEFAULT, PRESETS, Policy};
use subrosa_core::secrets::Secrets;
use subrosa_core::segment::Segment;

struct Run {
    policy: Policy,
    detector: Detector,
    labels: Vec<Arc<str>>,
}

impl Run {
    fn new(case: &Case) -> Self {
        let policy = match case.policy_file() {
            Some(source) => Policy::parse(&source, &[]).unwrap_or_else(|error| panic!("{}: {error}", case.name)),
            None => Policy::preset(case.policy.as_deref().unwrap_or(DEFAULT)).expect("a preset"),
        };
        let policy = policy.with_parameters(&case.parameters).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        assert_eq!(policy.lint(), Ok(()), "{}", case.name);
        let entities = case.entities.iter().map(|id| Entity::parse(id).expect("an entity")).collect();
        let minimum = policy.lowest_threshold();
        let options = Options { entities, minimum, deny: case.deny.clone(), allow: case.allow.clone(), case: None };
        let labels = case.labels.iter().map(|label| Arc::from(label.as_str())).collect();
        Self { policy, detector: Detector::new(&options), labels }
    }

    fn segments(&self, texts: &[String]) -> Vec<Segment> {
        let mut segments: Vec<_> = texts.iter().map(|text| Segment::new(text.as_str())).collect();
        if let Some(first) = segments.first_mut() {
            first.labels.clone_from(&self.labels);
        }
        segments
    }

    fn find(&self, segments: &[Segment]) -> Vec<Vec<Finding>> {
        let mut findings = self.detector.detect(segments);
        for findings in &mut findings {
            findings.retain(|finding| finding.confidence >= self.policy.threshold(&finding.entity));
        }
        findings
    }

    /// The redacted texts, and which entities are left to a person.
    fn redact(&self, texts: &[String]) -> (Vec<String>, Vec<String>) {
        let segments = self.segments(texts);
        let key = Key::parse(format::KEY).expect("a key");
        let secrets = Secrets { key: Some(&key), ..Secrets::default() };
        let mut applier = Applier::new(&self.policy).with(secrets);
        let edits = applier.apply(&segments, &self.find(&segments)).expect("a key is enough");
        let open = applier.tally().undecided.iter();
        let open = open.flat_map(|(entity, count)| (0..*count).map(|_| entity.to_string())).collect();
        (segments.iter().zip(edits).map(|(segment, edits)| made(&segment.text, &edits)).collect(), open)
    }
}

fn made(text: &str, edits: &[Edit]) -> String {
    let mut result = String::new();
    let mut done = 0;
    for edit in edits {
        result.push_str(&text[done..edit.span.start]);
        result.push_str(&edit.replacement);
        done = edit.span.end;
    }
    result + &text[done..]
}

#[test]
fn every_case_is_found_and_redacted_as_it_says() {
    let mut wrong = Vec::new();
    for case in format::all() {
        let run = Run::new(&case);
        let texts: Vec<String> = case.marked.all().iter().map(|marked| format::unmark(marked).0).collect();
        let segments = run.segments(&texts);
        let found = run.find(&segments);
        for ((text, marked), found) in texts.iter().zip(case.marked.all()).zip(&found) {
            let shown = format::mark(text, found.iter().map(|finding| (finding.span, finding.entity.id())));
            if shown != *marked {
                wrong.push(format!("{}\n  wanted {marked:?}\n  found  {shown:?}", case.name));
            }
        }
        let (redacted, undecided) = run.redact(&texts);
        if let Some(wanted) = &case.redacted
            && redacted != wanted.all()
        {
            wrong.push(format!("{}\n  wanted {:?}\n  made   {redacted:?}", case.name, wanted.all()));
        }
        if undecided != case.undecided {
            wrong.push(format!("{}\n  wanted to be decided {:?}\n  left {undecided:?}", case.name, case.undecided));
        }
        let (again, _) = run.redact(&redacted);
        if again != redacted && !case.changes_again {
            wrong.push(format!("{}\n  redacted twice, {redacted:?}\n  became {again:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Every preset that is written for a law is tested by what the law says.
#[test]
fn every_law_has_its_cases() {
    let cases = format::all();
    for preset in PRESETS {
        let policy = Policy::preset(preset.name).expect("a preset");
        let cited = |case: &&Case| case.citation.is_some() && case.policy.as_deref() == Some(preset.name);
        let count = cases.iter().filter(cited).count();
        assert!(policy.law().is_none() || count > 0, "{} has no case with a citation", preset.name);
    }
}
