//! The preset `safe-harbor` on annotated clinical notes, letter by letter: what is left, and by whose mistake.
//!
//! Runs where `../shared/corpora/dev` lies beside the repository, and says that it is skipped elsewhere. Nothing may be left but what
//! the rule lets stay, and years have to stay.

#![allow(clippy::disallowed_methods, clippy::print_stderr, clippy::unwrap_used, reason = "a test reads a corpus and reports")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use subrosa_core::apply::Applier;
use subrosa_core::detector::{Detector, Options};
use subrosa_core::edit::Edit;
use subrosa_core::finding::Finding;
use subrosa_core::policy::Policy;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

/// The letter of 45 CFR 164.514(b)(2)(i) that a label of the corpus is under; nothing for what the rule does not list.
fn letter(label: &str) -> Option<char> {
    Some(match label {
        "PATIENT" | "RELATIVE" | "ORGANIZATION" => 'A',
        "CITY" | "STREET" | "ZIP" | "HOSPITAL" => 'B',
        "DATE" | "AGE" => 'C',
        "PHONE" => 'D',
        "SSN" => 'G',
        "MEDICALRECORD" => 'H',
        "HEALTHPLAN" => 'I',
        "LICENSE" => 'K',
        "DEVICE" => 'M',
        "URL" => 'N',
        "IDNUM" => 'R',
        // Providers, occupations and States are not listed.
        _ => return None,
    })
}

#[derive(Default)]
struct Count {
    gold: u32,
    /// Nothing was found there, or not over all of it.
    missed: u32,
    /// Found as a kind that the policy keeps.
    as_another: u32,
    /// Found as its kind, and more is left than may be.
    mistaken: u32,
}

#[test]
fn nothing_listed_is_left_of_what_is_found_and_years_stay() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/dev/synth_clinical.dev.jsonl");
    let Ok(text) = std::fs::read_to_string(&corpus) else {
        eprintln!("skipped: {} is not there", corpus.display());
        return;
    };
    let given = BTreeMap::from([("reference_year".to_owned(), "2020".to_owned())]);
    let policy = Policy::preset("safe-harbor").unwrap().with_parameters(&given).unwrap();
    let detector = Detector::new(&Options { minimum: policy.lowest_threshold(), ..Options::default() });
    let mut counts: BTreeMap<char, Count> = BTreeMap::new();
    let (mut years, mut years_kept) = (0, 0);
    let mut mistakes = Vec::new();
    for line in text.lines() {
        let document: Value = serde_json::from_str(line).unwrap();
        let segments = [Segment::new(document["text"].as_str().unwrap())];
        let text = &segments[0].text;
        let mut findings = detector.detect(&segments);
        findings[0].retain(|finding| finding.confidence >= policy.threshold(&finding.entity));
        let edits = Applier::new(&policy).apply(&segments, &findings).unwrap().remove(0);
        for gold in document["spans"].as_array().unwrap() {
            let label = gold["label"].as_str().unwrap();
            let Some(letter) = letter(label) else { continue };
            let mut span = bytes(text, gold["start"].as_u64().unwrap(), gold["end"].as_u64().unwrap());
            // The corpus takes the word before a serial number as part of it.
            if label == "DEVICE" && span.of(text).starts_with("SN ") {
                span.start += "SN ".len();
            }
            let value = span.of(text);
            if label == "AGE" && value.parse::<u32>().is_ok_and(|age| age < 90) {
                continue;
            }
            let count = counts.entry(letter).or_default();
            count.gold += 1;
            let found: Vec<&Finding> = findings[0].iter().filter(|finding| finding.span.overlaps(span)).collect();
            let edited: Vec<&Edit> = edits.iter().filter(|edit| edit.span.overlaps(span)).collect();
            let covered = |spans: &[Span]| uncovered(text, span, spans).is_empty();
            if !covered(&found.iter().map(|finding| finding.span).collect::<Vec<_>>()) {
                count.missed += 1;
            } else if label == "DATE" && value.len() == 4 {
                // A year alone may stay.
            } else if !covered(&edited.iter().map(|edit| edit.span).collect::<Vec<_>>()) {
                let kinds: Vec<_> = found.iter().map(|finding| finding.entity.id()).collect();
                count.as_another += 1;
                mistakes.push(format!("kept: {label} found as {}", kinds.join(" and ")));
            } else if let Some(edit) = edited.iter().find(|edit| !may_stay(label, value, &edit.replacement)) {
                count.mistaken += 1;
                mistakes.push(format!("left: {label} by {} as {}", edit.operator, edit.entity));
            }
            let year = (label == "DATE").then(|| year(value)).flatten();
            if let (Some(year), false) = (year, edited.is_empty()) {
                years += 1;
                years_kept += u32::from(edited.iter().any(|edit| edit.replacement.contains(year)));
            }
        }
    }
    for (letter, Count { gold, missed, as_another, mistaken }) in &counts {
        eprintln!(
            "{letter} {gold:>4} in the gold, {missed} not found whole, {as_another} kept as another kind, {mistaken} left by an operator"
        );
    }
    eprintln!("years kept of the dates found that have one: {years_kept} of {years}");
    for mistake in &mistakes {
        eprintln!("{mistake}");
    }
    assert!(counts.values().all(|count| count.mistaken == 0), "an operator leaves what may not stay");
    assert!(years_kept * 100 >= years * 95, "{years_kept} of {years} years are kept");
    let (gold, left) = counts.values().fold((0, 0), |(gold, left), of| (gold + of.gold, left + of.missed + of.as_another));
    assert_eq!(left, 0, "of {gold}");
}

/// Whether a replacement holds no more than the rule lets stay.
fn may_stay(label: &str, value: &str, replacement: &str) -> bool {
    let digits: String = replacement.chars().filter(char::is_ascii_digit).collect();
    match label {
        // Years and spans of years; the labels of births have one.
        "DATE" => {
            let bare = replacement.trim_matches(|sign: char| "[]".contains(sign)).trim_start_matches("BORN_BY-");
            digits.is_empty() || bare.split('-').all(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
        }
        "ZIP" => digits.is_empty() || (replacement.len() == 3 && (value.starts_with(&digits) || digits == "000")),
        "AGE" => !digits.contains(value),
        _ => !replacement.to_lowercase().contains(&value.to_lowercase()),
    }
}

/// A year of four digits in a date.
fn year(value: &str) -> Option<&str> {
    value
        .split(|sign: char| !sign.is_ascii_digit())
        .find(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))
}

/// The letters and digits of a span outside the others.
fn uncovered<'t>(text: &'t str, span: Span, others: &[Span]) -> Vec<&'t str> {
    let signs = span.of(text).char_indices().map(|(at, sign)| (span.start + at, sign));
    let outside = signs.filter(|(at, sign)| sign.is_alphanumeric() && !others.iter().any(|other| other.range().contains(at)));
    outside.map(|(at, sign)| &text[at..at + sign.len_utf8()]).collect()
}

/// A span counted in characters as one counted in bytes.
fn bytes(text: &str, start: u64, end: u64) -> Span {
    let at = |characters: u64| text.char_indices().nth(characters as usize).map_or(text.len(), |(at, _)| at);
    Span::new(at(start), at(end))
}
