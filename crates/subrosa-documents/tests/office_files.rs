//! Real files of the office formats, looked for in `../shared/documents` beside the repository: each is read, loses words of its
//! own, and is verified, or is refused for a reason known here. Without the files the test says that it is skipped.

#![allow(clippy::disallowed_methods, clippy::print_stderr, clippy::unwrap_used, reason = "a test reads files")]

use std::path::Path;

use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::formats::sniff;
use subrosa_documents::{Document, Limits, Refusal, Source, verify};

/// Three pairs of words that stand together in running text or cells, from the beginning, the middle and the end.
fn phrases(document: &Document) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for segment in document.segments.iter().filter(|segment| !segment.structural && !segment.text.contains("://")) {
        let words: Vec<&str> = segment.text.split_whitespace().collect();
        let long = |word: &str| word.chars().filter(|char| char.is_alphabetic()).count() >= 4;
        let pairs = words.windows(2).filter(|pair| pair.iter().all(|word| long(word))).map(|pair| pair.join(" "));
        // `personalView` is the name of an attribute and `greaterThan` the value of one, which stay.
        found.extend(pairs.filter(|pair| !matches!(pair.as_str(), "Personal View" | "Greater than" | "Less than")));
    }
    let picks = [0, found.len() / 2, found.len().saturating_sub(1)];
    let mut picked: Vec<String> = picks.iter().filter_map(|at| found.get(*at).cloned()).collect();
    picked.sort();
    picked.dedup();
    picked
}

fn edits(document: &Document, phrases: &[String]) -> Vec<Vec<Edit>> {
    let of = |text: &str| {
        let mut edits: Vec<Edit> = Vec::new();
        for phrase in phrases {
            for (at, found) in text.match_indices(phrase.as_str()) {
                let span = Span::new(at, at + found.len());
                edits.push(Edit { span, replacement: "[X]".to_owned(), entity: Entity::ORGANIZATION, operator: "label" });
            }
        }
        edits.sort_by_key(|edit| edit.span.start);
        edits.dedup_by(|next, last| next.span.start < last.span.end);
        edits
    };
    document.segments.iter().map(|segment| of(&segment.text)).collect()
}

fn redact(name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let source = Source::new(bytes, name);
    let limits = Limits::default();
    let format = sniff(&source)?;
    let document = format.read(&source, &limits)?;
    if let Some(unread) = document.unread.first() {
        return Err(Refusal::uninspectable(&*unread.part, &*unread.reason));
    }
    let edits = edits(&document, &phrases(&document));
    let written = document.body.write(&edits)?;
    verify::verify(format, &document, &edits, &Source::nameless(&written), &limits)?;
    // Nothing is lost but the edits: written once more, the package stays as it is.
    let again = format.read(&Source::new(&written, name), &limits)?;
    assert_eq!(again.body.write(&[])?, written, "{name}");
    Ok(())
}

#[test]
fn real_workbooks_and_presentations() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/documents");
    let mut seen = 0;
    for kind in ["xlsx", "pptx"] {
        let Ok(entries) = std::fs::read_dir(root.join(kind)) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let result = redact(&name, &std::fs::read(&path).unwrap());
            assert!(result.is_ok(), "{name}: {result:?}");
            seen += 1;
        }
    }
    if seen == 0 {
        eprintln!("skipped: no real files of these kinds");
    }
}
