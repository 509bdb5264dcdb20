//! `cargo xtask accuracy`: how much personal data detection leaves, how much else it takes, and how well it names what it
//! takes, on annotated text.
//!
//! The figures of each corpus are a text in `tests/accuracy/`. A change that makes one worse by more than [`TOLERANCE`]
//! fails the check; a change that makes it better writes the better figure, which then is the floor. The project's own
//! corpus, `tests/accuracy/own/`, is always there. Public corpora are measured when they lie beside the repository. `--errors`
//! lists what went wrong in one corpus, `--html` makes a page of it ([`browser`]).

mod browser;
mod corpora;
mod marked;
mod score;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use subrosa_core::detector::{Detector, Options};
use subrosa_core::explanation::Explanation;
use subrosa_core::finding::Finding;
use subrosa_core::policy::{self, Policy};
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use crate::project::root;
use browser::{Browser, Figures, Row};
use corpora::{Corpus, Gold, Kind};
use score::{Errors, Found, Score};

/// How many percentage points a figure may be worse than the committed one.
const TOLERANCE: f64 = 0.3;

/// What to measure, and what to do with the figures.
#[derive(Default, clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail when a figure is worse than the committed one
    #[arg(long)]
    pub(crate) check: bool,
    /// The folder that holds corpora/dev/, instead of ../shared
    #[arg(long, value_name = "DIR")]
    pub(crate) shared: Option<PathBuf>,
    /// Only this corpus
    #[arg(long, value_name = "NAME")]
    pub(crate) corpus: Option<String>,
    /// List what was missed (FN) and what was found in error (FP) in this corpus; write no figures
    #[arg(long, value_name = "CORPUS", conflicts_with_all = ["check", "corpus"])]
    pub(crate) errors: Option<String>,
    /// Make a page to look at all errors with a browser; write no figures
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "errors"])]
    pub(crate) html: Option<PathBuf>,
}

/// Measures. Writes the figures, or compares them with the committed ones, or shows the errors.
///
/// # Errors
/// A corpus that there is not, or that cannot be read; a figure that got worse; a file that cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let shared = arguments.shared.clone().unwrap_or_else(|| root().join("../shared"));
    let only = arguments.errors.as_ref().or(arguments.corpus.as_ref());
    if let Some(only) = only
        && !corpora::ALL.iter().any(|corpus| corpus.name == only)
    {
        let names: Vec<_> = corpora::ALL.iter().map(|corpus| corpus.name).collect();
        bail!("there is no corpus `{only}`; there are {}", names.join(", "));
    }
    let policy = Policy::preset(policy::DEFAULT).context("there is no default policy")?;
    let detector = Detector::new(&Options { minimum: policy.lowest_threshold(), ..Options::default() });
    let mut browser = Browser::default();
    let mut worse = Vec::new();
    println!("{:<16} {:>6} {:>7} {:>7} {:>7}", "corpus", "docs", "leak", "over", "F1");
    for corpus in corpora::ALL.iter().filter(|corpus| only.is_none_or(|only| only == corpus.name)) {
        let Some(documents) = corpus.load(&shared)? else {
            println!("{:<16} skipped: {} is not there", corpus.name, shared.join("corpora/dev").display());
            continue;
        };
        let (score, rows) = measure(corpus, &documents, &detector, &policy);
        println!(
            "{:<16} {:>6} {:>7.2} {:>7.2} {:>7.2}",
            corpus.name,
            documents.len(),
            score.leak(),
            score.over(),
            score.micro().f1()
        );
        let text = text(documents.len(), &score);
        if arguments.html.is_some() {
            browser.rows.extend(rows);
            browser.figures.push(Figures { corpus: corpus.name, text });
        } else if arguments.errors.is_some() {
            for row in rows {
                println!("{} {:<12} {:<24} {}", row.what, row.kind, row.id, row.value.replace('\n', "⏎"));
            }
        } else {
            let path = root().join(format!("tests/accuracy/{}.txt", corpus.name));
            if arguments.check {
                let committed = std::fs::read_to_string(&path)
                    .with_context(|| format!("{} is not committed; run `cargo xtask accuracy`", path.display()))?;
                worse.extend(drops(&committed, &text).into_iter().map(|drop| format!("{}: {drop}", corpus.name)));
            } else {
                std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
            }
        }
    }
    if let Some(path) = &arguments.html {
        browser.write(path)?;
    }
    if !worse.is_empty() {
        bail!("worse than the committed figures by more than {TOLERANCE} points:\n{}", worse.join("\n"));
    }
    Ok(())
}

/// The counts of a corpus, and each error in it.
fn measure(corpus: &Corpus, documents: &[Gold], detector: &Detector, policy: &Policy) -> (Score, Vec<Row>) {
    let mut score = Score::default();
    let mut rows = Vec::new();
    for document in documents {
        let segment = Segment::new(document.text.as_str());
        let mut findings = detector.detect(std::slice::from_ref(&segment)).pop().unwrap_or_default();
        findings.retain(|finding| {
            finding.confidence >= policy.threshold(&finding.entity) && corpus.counts(corpora::kind_of_entity(finding.entity.id()))
        });
        let found: Vec<Found> = findings
            .iter()
            .map(|finding| Found { span: finding.span, kind: corpora::kind_of_entity(finding.entity.id()) })
            .collect();
        let mut errors = Errors::default();
        score.add(document, &found, &mut errors);
        rows.extend(errors.0.into_iter().map(|(what, kind, span)| row(corpus, document, &findings, what, kind, span)));
    }
    (score, rows)
}

/// An error with what stands there instead.
fn row(corpus: &Corpus, document: &Gold, findings: &[Finding], what: &'static str, kind: &'static str, span: Span) -> Row {
    let touching: Vec<&Finding> = findings.iter().filter(|finding| finding.span.overlaps(span)).collect();
    let mut instead: Vec<&str> = if what == "FN" {
        touching.iter().map(|finding| finding.entity.id()).collect()
    } else {
        let annotated = document.spans.iter().filter(|(other, _)| other.overlaps(span));
        annotated.map(|(_, kind)| if let Kind::Of(kind) = kind { *kind } else { "not judged" }).collect()
    };
    instead.sort_unstable();
    instead.dedup();
    let why = touching.first().map(|finding| {
        let Explanation { recognizer, pattern, .. } = &finding.explanation;
        format!("{recognizer}: {pattern}, {}", finding.confidence)
    });
    let (before, value, after) = browser::context(&document.text, span);
    Row {
        corpus: corpus.name,
        what,
        kind,
        id: document.id.clone(),
        before,
        value,
        after,
        instead: instead.join(", "),
        why: why.unwrap_or_default(),
    }
}

/// The committed text.
fn text(documents: usize, score: &Score) -> String {
    let mut text = format!("# {documents} documents. Percent. Written by `cargo xtask accuracy`.\n");
    _ = writeln!(text, "leak         {:>6.2}", score.leak());
    _ = writeln!(text, "over         {:>6.2}", score.over());
    _ = writeln!(text, "\n# type           F1  precision  recall    leak    over  gold");
    for (kind, of_kind) in score.kinds() {
        _ = writeln!(
            text,
            "{kind:<12} {:>6.2} {:>10.2} {:>7.2} {:>7.2} {:>7.2} {:>5}",
            of_kind.f1(),
            of_kind.precision(),
            of_kind.recall(),
            of_kind.leak(),
            score.over_by(of_kind),
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
