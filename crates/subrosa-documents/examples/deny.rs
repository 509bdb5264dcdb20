//! Takes terms out of a document: `deny IN OUT TERM...`. Without terms it only reads and writes.
//!
//! A term is found in every segment without regard to case, white space and hyphens, and goes as whole words. Prints counts
//! and notes, never text. Exit 0 written, 3 refused.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, missing_docs)]

use std::process::ExitCode;

use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::formats::sniff;
use subrosa_documents::{Limits, Refusal, Source};
use unicode_normalization::UnicodeNormalization;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, terms @ ..] = arguments.as_slice() else {
        eprintln!("deny IN OUT TERM...");
        return ExitCode::from(2);
    };
    let bytes = std::fs::read(input).unwrap();
    match redact(&bytes, input, terms) {
        Ok(written) => {
            std::fs::write(output, written).unwrap();
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            println!("refused\t{}\t{refusal}", refusal.kind());
            ExitCode::from(3)
        }
    }
}

fn redact(bytes: &[u8], name: &str, terms: &[String]) -> Result<Vec<u8>, Refusal> {
    let source = Source::new(bytes, name);
    let limits = Limits::default();
    let started = std::time::Instant::now();
    let format = sniff(&source)?;
    let document = format.read(&source, &limits)?;
    let read = started.elapsed();
    for note in document.body.notes() {
        println!("note\t{note}");
    }
    if let Some(unread) = document.unread.first() {
        for unread in &document.unread {
            println!("unread\t{}\t{}", unread.part, unread.reason);
        }
        return Err(Refusal::uninspectable(unread.part.clone(), unread.reason.clone()));
    }
    let terms: Vec<String> = terms.iter().map(|term| fold(term).0).filter(|term| !term.is_empty()).collect();
    let edits: Vec<Vec<Edit>> = document.segments.iter().map(|segment| edits(&segment.text, &terms)).collect();
    for (index, edits) in edits.iter().enumerate() {
        for edit in edits {
            println!("place\t{}", document.body.place(index, edit.span));
        }
    }
    let started = std::time::Instant::now();
    let written = document.body.write(&edits)?;
    let structural = document.segments.iter().filter(|segment| segment.structural).count();
    println!(
        "written\t{} segments\t{structural} structural\t{} edits\tread {:.1} ms\twrite {:.1} ms",
        document.segments.len(),
        edits.iter().map(Vec::len).sum::<usize>(),
        read.as_secs_f64() * 1e3,
        started.elapsed().as_secs_f64() * 1e3,
    );
    for part in format.raw_parts(&Source::nameless(&written), &limits)? {
        let folded = fold(&part.text).0;
        for (number, term) in terms.iter().enumerate() {
            if folded.contains(term.as_str()) {
                println!("residue\tterm {}\t{}", number + 1, part.name);
            }
        }
    }
    Ok(written)
}

fn edits(text: &str, terms: &[String]) -> Vec<Edit> {
    let (folded, map) = fold(text);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for term in terms {
        let mut at = 0;
        while let Some(found) = folded[at..].find(term.as_str()) {
            let start = at + found;
            let (mut from, _) = map[start];
            let (_, mut until) = map[start + term.len() - 1];
            from = text[..from].char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last().map_or(from, |(at, _)| at);
            until += text[until..].chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum::<usize>();
            spans.push((from, until));
            at = start + folded[start..].chars().next().map_or(1, char::len_utf8);
        }
    }
    spans.sort_unstable();
    let mut edits: Vec<Edit> = Vec::new();
    for (start, end) in spans {
        match edits.last_mut() {
            Some(last) if start < last.span.end => last.span.end = last.span.end.max(end),
            _ => edits.push(Edit {
                span: Span::new(start, end),
                replacement: "[DENIED]".to_owned(),
                entity: Entity::DENIED_TERM,
                operator: "redact",
            }),
        }
    }
    edits
}

/// Folded text, and for each of its bytes the range of the character it comes from.
fn fold(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut folded = String::new();
    let mut map = Vec::new();
    for (at, character) in text.char_indices() {
        for part in std::iter::once(character).nfkc().flat_map(char::to_lowercase) {
            let dropped = part.is_whitespace()
                || matches!(part, '-' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2010}'..='\u{2015}' | '\u{2060}' | '\u{FEFF}');
            if !dropped {
                folded.push(part);
                map.resize(folded.len(), (at, at + character.len_utf8()));
            }
        }
    }
    (folded, map)
}
