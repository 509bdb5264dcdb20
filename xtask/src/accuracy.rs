//! `cargo xtask accuracy`: how much personal data detection leaves, how much else it takes, and how well it names what it
//! takes, on annotated text.
//!
//! The figures of each corpus are a text in `tests/accuracy/`. A change that makes one worse by more than [`TOLERANCE`]
//! fails the check; a change that makes it better writes the better figure, which then is the floor. The project's own
//! corpus, `tests/accuracy/own/`, is always there. Public corpora are measured when they lie beside the repository.

mod corpora;
mod marked;
mod score;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use subrosa_core::detector::{Detector, Options};
use subrosa_core::policy::{self, Policy};
use subrosa_core::segment::Segment;

use crate::project::root;
use corpora::{Corpus, Gold};
use score::{Errors, Found, Score};

/// How many percentage points a figure may be worse than the committed one.
const TOLERANCE: f64 = 0.3;

/// Measures. `check` compares with the committed figures instead of writing them.
pub(crate) fn run(check: bool, shared: Option<PathBuf>, errors: Option<&str>) -> Result<()> {
    let shared = shared.unwrap_or_else(|| root().join("../shared"));
    let policy = Policy::preset(policy::DEFAULT).context("there is no default policy")?;
    let detector = Detector::new(&Options { minimum: policy.lowest_threshold(), ..Options::default() });
    let mut worse = Vec::new();
    println!("{:<16} {:>6} {:>7} {:>7} {:>7}", "corpus", "docs", "leak", "over", "F1");
    for corpus in corpora::ALL {
        if errors.is_some_and(|only| only != corpus.name) {
            continue;
        }
        let Some(documents) = corpus.load(&shared)? else {
            println!("{:<16} skipped: {} is not there", corpus.name, shared.join("corpora/dev").display());
            continue;
        };
        let score = measure(corpus, &documents, &detector, &policy, errors.is_some());
        println!(
            "{:<16} {:>6} {:>7.2} {:>7.2} {:>7.2}",
            corpus.name,
            documents.len(),
            score.leak(),
            score.over(),
            score.micro().f1()
        );
        if errors.is_some() {
            continue;
        }
        let path = root().join(format!("tests/accuracy/{}.txt", corpus.name));
        let text = text(documents.len(), &score);
        if check {
            let committed = std::fs::read_to_string(&path)
                .with_context(|| format!("{} is not committed; run `cargo xtask accuracy`", path.display()))?;
            worse.extend(drops(&committed, &text).into_iter().map(|drop| format!("{}: {drop}", corpus.name)));
        } else {
            std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    if !worse.is_empty() {
        bail!("worse than the committed figures by more than {TOLERANCE} points:\n{}", worse.join("\n"));
    }
    Ok(())
}

fn measure(corpus: &Corpus, documents: &[Gold], detector: &Detector, policy: &Policy, show: bool) -> Score {
    let mut score = Score::default();
    for document in documents {
        let segment = Segment::new(document.text.as_str());
        let findings = detector.detect(std::slice::from_ref(&segment)).pop().unwrap_or_default();
        let found: Vec<Found> = findings
            .iter()
            .filter(|finding| finding.confidence >= policy.threshold(&finding.entity))
            .map(|finding| Found { span: finding.span, kind: corpora::kind_of_entity(finding.entity.id()) })
            .filter(|found| corpus.counts(found.kind))
            .collect();
        let mut errors = Errors::default();
        score.add(document, &found, &mut errors);
        if show {
            for (what, kind, span) in errors.0 {
                println!("{what} {kind:<12} {:<24} {}", document.id, span.of(&document.text).replace('\n', "⏎"));
            }
        }
    }
    score
}

/// The committed text.
fn text(documents: usize, score: &Score) -> String {
    let mut text = format!("# {documents} documents. Percent. Written by `cargo xtask accuracy`.\n");
    _ = writeln!(text, "leak         {:>6.2}", score.leak());
    _ = writeln!(text, "over         {:>6.2}", score.over());
    _ = writeln!(text, "\n# type           F1  precision  recall  gold");
    for (kind, of_kind) in score.kinds() {
        _ = writeln!(
            text,
            "{kind:<12} {:>6.2} {:>10.2} {:>7.2} {:>5}",
            of_kind.f1(),
            of_kind.precision(),
            of_kind.recall(),
            of_kind.gold()
        );
    }
    text
}

/// The figures by name: the first number of each line.
fn figures(text: &str) -> BTreeMap<&str, f64> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(name, rest)| {
            let number = rest.split_whitespace().next()?.parse().ok()?;
            Some((name, number))
        })
        .collect()
}

/// What got worse by more than the tolerance, in words.
fn drops(committed: &str, now: &str) -> Vec<String> {
    let now = figures(now);
    let mut drops = Vec::new();
    for (name, before) in figures(committed) {
        let less_is_better = matches!(name, "leak" | "over");
        let Some(after) = now.get(name) else {
            drops.push(format!("{name} is no longer measured"));
            continue;
        };
        let loss = if less_is_better { after - before } else { before - after };
        if loss > TOLERANCE {
            drops.push(format!("{name} was {before:.2}, is {after:.2}"));
        }
    }
    drops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drop_is_told_and_a_gain_is_not() {
        let before = "# 3 documents\nleak  10.00\nover   2.00\nPERSON  80.00 90.00 70.00 12\n";
        assert!(drops(before, "leak 10.29\nover 1.00\nPERSON 99.00 1 1 1\n").is_empty());
        assert_eq!(drops(before, "leak 10.31\nover 2.00\nPERSON 79.69 1 1 1\n").len(), 2);
        assert_eq!(drops(before, "leak 10.00\nover 2.00\n"), ["PERSON is no longer measured"]);
    }
}
