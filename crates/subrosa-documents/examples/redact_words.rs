//! Removes given words from a document, wherever they stand: `redact_words IN OUT WORD...`
//!
//! Shows the library's joints: read, search the segments, make edits, write. Words are compared without case, white space and
//! hyphens. Prints one line of figures; the exit code is 3 when the file is refused or holds parts that could not be read.

#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use std::process::ExitCode;

use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::{Limits, Source, formats, verify};
use unicode_normalization::UnicodeNormalization;

const DENIED: Entity = Entity::new("DENIED");

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, words @ ..] = arguments.as_slice() else {
        println!("redact_words IN OUT WORD...");
        return ExitCode::from(2);
    };
    let Ok(bytes) = std::fs::read(input) else {
        println!("cannot read {input}");
        return ExitCode::from(2);
    };
    let words: Vec<Vec<char>> = words.iter().map(|word| fold(word).into_iter().map(|(one, _)| one).collect()).collect();
    match redact(input, &bytes, &words) {
        Ok((written, edits, segments)) => {
            if std::fs::write(output, written).is_err() {
                println!("cannot write {output}");
                return ExitCode::from(2);
            }
            println!("written: {edits} edits in {segments} segments");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            println!("{reason}");
            ExitCode::from(3)
        }
    }
}

fn redact(name: &str, bytes: &[u8], words: &[Vec<char>]) -> Result<(Vec<u8>, usize, usize), String> {
    let limits = Limits::default();
    let source = Source::new(bytes, name);
    let format = formats::sniff(&source).map_err(|refusal| format!("refused: {refusal}"))?;
    let document = format.read(&source, &limits).map_err(|refusal| format!("refused: {refusal}"))?;
    if let Some(part) = document.unread.first() {
        return Err(format!("unread: {} parts, first {}: {}", document.unread.len(), part.part, part.reason));
    }
    let edits: Vec<Vec<Edit>> = document.segments.iter().map(|segment| find(&segment.text, words)).collect();
    let count = edits.iter().map(Vec::len).sum();
    let written = document.body.write(&edits).map_err(|refusal| format!("refused on writing: {refusal}"))?;
    verify::verify(format, &document, &edits, &Source::nameless(&written), &limits)
        .map_err(|refusal| format!("refused on verifying: {refusal}"))?;
    Ok((written, count, document.segments.len()))
}

/// The characters that count, with their byte range in the text.
fn fold(text: &str) -> Vec<(char, Span)> {
    let skipped = |one: char| {
        one.is_whitespace()
            || matches!(one, '-' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{2060}' | '\u{feff}')
    };
    text.char_indices()
        .flat_map(|(at, one)| {
            let span = Span::new(at, at + one.len_utf8());
            one.nfkc().flat_map(char::to_lowercase).filter(move |one| !skipped(*one)).map(move |one| (one, span))
        })
        .collect()
}

fn find(text: &str, words: &[Vec<char>]) -> Vec<Edit> {
    let folded = fold(text);
    let characters: Vec<char> = folded.iter().map(|(one, _)| *one).collect();
    let mut spans: Vec<Span> = Vec::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        for (at, window) in characters.windows(word.len()).enumerate() {
            if window == word.as_slice() {
                spans.push(Span::new(folded[at].1.start, folded[at + word.len() - 1].1.end));
            }
        }
    }
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if last.end > span.start => *last = last.union(span),
            _ => merged.push(span),
        }
    }
    merged.into_iter().map(|span| Edit { span, replacement: "[DENIED]".to_owned(), entity: DENIED, operator: "redact" }).collect()
}
