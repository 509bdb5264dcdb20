//! Broken, hostile and real files: each is refused with a reason or written, none makes the library panic, and what is
//! written no longer holds what was to go.
//!
//! Real files are looked for in `../shared/documents` beside the repository, and a search for residue with other programs in
//! `../shared/checks/residue.py`; without them those tests say that they are skipped.

#![allow(clippy::disallowed_methods, clippy::print_stderr, clippy::unwrap_used, reason = "tests read files and run programs")]

#[path = "../crates/subrosa-documents/tests/common/view.rs"]
mod view;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

use subrosa_core::detector::{Detector, Options};
use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_documents::formats::sniff;
use subrosa_documents::{Document, Limits, Refusal, Source, verify};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Takes `terms` out of the document, as `subrosa redact --deny` does. Unread parts refuse it.
fn without(bytes: &[u8], name: &str, terms: &dyn Fn(&Document) -> Vec<String>) -> Result<(Vec<u8>, Vec<String>), Refusal> {
    let source = Source::new(bytes, name);
    let limits = Limits::default();
    let format = sniff(&source)?;
    let document = format.read(&source, &limits)?;
    view::view(&document);
    if let Some(unread) = document.unread.first() {
        return Err(Refusal::uninspectable(unread.part.as_str(), unread.reason.as_str()));
    }
    let terms = terms(&document);
    let detector = Detector::with(&[], &Options { deny: terms.clone(), ..Options::default() });
    let edits: Vec<Vec<Edit>> = detector
        .detect(&document.segments)
        .into_iter()
        .map(|findings| {
            let edit = |span| Edit { span, replacement: "[X]".to_owned(), entity: Entity::DENIED_TERM, operator: "label" };
            findings.into_iter().map(|finding| edit(finding.span)).collect()
        })
        .collect();
    let written = document.body.write(&edits)?;
    verify::verify(format, &document, &edits, &Source::nameless(&written), &limits)?;
    Ok((written, terms))
}

/// The written document and the terms that were taken out of it, or why there is none.
type Outcome = Result<(Vec<u8>, Vec<String>), Refusal>;

/// As [`without`], with a panic told apart from a refusal.
fn survives(bytes: &[u8], name: &str, terms: &dyn Fn(&Document) -> Vec<String>) -> Option<Outcome> {
    catch_unwind(AssertUnwindSafe(|| without(bytes, name, terms))).ok()
}

/// Three pairs of neighbouring words of running text: one word alone is too often one of the format's own, and there for ever.
fn three_phrases(document: &Document) -> Vec<String> {
    let mut phrases: BTreeMap<String, usize> = BTreeMap::new();
    for segment in document.segments.iter().filter(|segment| !segment.structural) {
        // Running text only: names of schemas and styles are the format's own, and there for ever.
        let tokens: Vec<_> = segment.text.split_whitespace().collect();
        if tokens.len() < 5 || segment.text.contains("://") {
            continue;
        }
        for pair in tokens.windows(2) {
            let plain = |word: &str| word.len() >= 4 && word.chars().all(|sign| sign.is_ascii_alphabetic());
            if plain(pair[0]) && plain(pair[1]) && pair[0].len() + pair[1].len() <= 30 {
                *phrases.entry(format!("{} {}", pair[0], pair[1])).or_default() += 1;
            }
        }
    }
    phrases.retain(|phrase, _| !SYNTAX.contains(&phrase.replace(' ', "").to_lowercase().as_str()));
    // The rarest, and from everywhere.
    let mut phrases: Vec<_> = phrases.into_iter().collect();
    phrases.sort_by_key(|(phrase, times)| (*times, std::cmp::Reverse(phrase.len())));
    let step = (phrases.len() / 3).max(1);
    phrases.into_iter().step_by(step).take(3).map(|(phrase, _)| phrase).collect()
}

/// Pairs that a format writes itself, as one word: the type of a relationship in DOCX.
const SYNTAX: &[&str] = &["attachedtemplate"];

/// What is done to a good file to make a bad one.
fn broken(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut variants = Vec::new();
    for part in 0..12 {
        variants.push(bytes[..bytes.len() * part / 12].to_vec());
    }
    let mut state = 0x9e37_79b9_u32;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize
    };
    for flips in [1, 4, 64] {
        for _ in 0..8 {
            let mut variant = bytes.to_vec();
            for _ in 0..flips {
                let at = random() % variant.len().max(1);
                if let Some(byte) = variant.get_mut(at) {
                    *byte = random() as u8;
                }
            }
            variants.push(variant);
        }
    }
    // A piece taken out, a piece twice, another file's end.
    let (third, half) = (bytes.len() / 3, bytes.len() / 2);
    variants.push([&bytes[..third], &bytes[half..]].concat());
    variants.push([&bytes[..half], &bytes[third..]].concat());
    variants.push([bytes, bytes].concat());
    variants
}

#[test]
fn broken_examples_never_panic() {
    let mut panicked = Vec::new();
    let mut refused = 0;
    let mut written = 0;
    for path in files(&root().join("examples")) {
        let bytes = std::fs::read(&path).unwrap();
        for (number, variant) in broken(&bytes).iter().enumerate() {
            match survives(variant, &name(&path), &three_phrases) {
                None => panicked.push(format!("{} variant {number}", name(&path))),
                Some(Err(_)) => refused += 1,
                Some(Ok(_)) => written += 1,
            }
        }
    }
    eprintln!("{refused} refused, {written} written");
    assert!(panicked.is_empty(), "{}", panicked.join("\n"));
    assert!(refused > 0 && written > 0);
}

#[test]
fn garbage_under_any_name_never_panics() {
    let heads: &[&[u8]] = &[
        b"",
        b"\0",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"{",
        b"[[[[[",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"<?xml ",
        b"a,b\n\"",
        b"{\\rtf1",
    ];
    let mut bytes = Vec::new();
    for (number, head) in heads.iter().enumerate() {
        for length in [0_usize, 1, 7, 400] {
            bytes.clear();
            bytes.extend_from_slice(head);
            bytes.extend((0..length).map(|at| (at.wrapping_mul(167) ^ (at >> 3) ^ number) as u8));
            for extension in ["txt", "csv", "tsv", "json", "jsonl", "md", "log", "docx", "pdf", "bin"] {
                let name = format!("x.{extension}");
                assert!(survives(&bytes, &name, &three_phrases).is_some(), "head {number}, {length} bytes, as {extension}");
            }
        }
    }
}

#[test]
fn deep_nesting_is_refused_or_read() {
    for (name, text) in [
        ("x.json", "[".repeat(200_000)),
        ("x.json", format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000))),
        ("x.csv", "\"".repeat(100_000)),
        ("x.txt", "[PERSON-1] ".repeat(10_000)),
    ] {
        assert!(survives(text.as_bytes(), name, &three_phrases).is_some(), "{name}");
    }
}

#[test]
fn real_documents_are_refused_or_free_of_what_was_to_go() {
    let shared = root().join("../shared");
    let documents = files(&shared.join("documents"));
    if documents.is_empty() {
        eprintln!("skipped: no documents in ../shared/documents");
        return;
    }
    let checker = shared.join("checks/residue.py");
    let checks = checker.exists() && Command::new("python3").arg("--version").output().is_ok();
    if !checks {
        eprintln!("skipped in part: no ../shared/checks/residue.py, or no python3");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let mut refusals: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_kind: BTreeMap<String, usize> = BTreeMap::new();
    let mut written = 0;
    for path in &documents {
        let bytes = std::fs::read(path).unwrap();
        let shown = path.strip_prefix(&shared).unwrap_or(path).display();
        match survives(&bytes, &name(path), &three_phrases) {
            None => wrong.push(format!("{shown}: panicked")),
            Some(Err(refusal)) => *refusals.entry(refusal.kind()).or_default() += 1,
            Some(Ok((redacted, terms))) => {
                written += 1;
                // The other programs take seconds a file: some of each kind are enough here.
                let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
                let looked_at = by_kind.entry(kind).or_default();
                if !checks || *looked_at >= MOST_LOOKED_AT {
                    continue;
                }
                *looked_at += 1;
                let (list, file) = (folder.path().join("values.txt"), folder.path().join(name(path)));
                std::fs::write(&list, terms.join("\n")).unwrap();
                std::fs::write(&file, redacted).unwrap();
                let output = Command::new("python3").arg(&checker).arg(&list).arg(&file).output().unwrap();
                match output.status.code() {
                    Some(0) => {}
                    Some(1) => {
                        // Pictures stay as they are, which is documented.
                        let said = String::from_utf8_lossy(&output.stdout);
                        wrong.extend(said.lines().filter(|line| !line.contains(":ocr: ")).map(str::to_owned));
                    }
                    _ => eprintln!("{shown}: could not be looked into"),
                }
            }
        }
    }
    eprintln!("{written} of {} written, looked into with other programs: {by_kind:?}, refused: {refusals:?}", documents.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!refusals.contains_key("internal"), "{refusals:?}");
}

/// Files of one kind that other programs look into.
const MOST_LOOKED_AT: usize = 25;
