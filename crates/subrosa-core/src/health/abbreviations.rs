//! Abbreviations that a text explains: `familial adenomatous polyposis (FAP)`.
//!
//! *Misses by design*: abbreviations explained in another block (64 KiB) of the text, and those put before what they stand
//! for.

use crate::dictionary::HealthKind;
use crate::token::{Gap, Kind, Token};

use super::{HealthTerm, Origin};

/// Most different abbreviations of a block.
const MOST: usize = 256;
/// Most tokens of an abbreviation: `HPT-JT`, `5-HT1A`.
const PARTS: usize = 5;

/// An abbreviation, and what it is short for.
struct Short<'a> {
    text: &'a str,
    kind: HealthKind,
}

/// Adds the abbreviations explained in the text to its terms, wherever they stand.
pub(super) fn find(text: &str, tokens: &[Token], terms: &mut Vec<HealthTerm>) {
    let mut known: Vec<Short<'_>> = Vec::new();
    for term in terms.iter() {
        if known.len() == MOST {
            break;
        }
        let Some(last) = bracketed(text, tokens, term.last) else { continue };
        let written = text.get(tokens[term.last + 2].start as usize..tokens[last].end as usize).unwrap_or_default();
        // Words in small letters before a term may belong to what is abbreviated; one with a capital may be somebody's name,
        // and its initials in brackets that somebody's.
        let from = (term.first.saturating_sub(4)..term.first)
            .rev()
            .take_while(|at| !tokens[*at].is_capitalised() && tokens[*at].gap < Gap::Paragraph)
            .last()
            .unwrap_or(term.first);
        let long = text.get(tokens[from].start as usize..tokens[term.last].end as usize).unwrap_or_default();
        if stands_for(written, long) && !known.iter().any(|short| short.text == written) {
            known.push(Short { text: written, kind: term.kind });
        }
    }
    if known.is_empty() {
        return;
    }
    known.sort_by(|a, b| a.text.cmp(b.text));
    // Nearly every word is told off by its first byte.
    let mut begins = [false; 256];
    for short in &known {
        begins[usize::from(short.text.as_bytes().first().copied().unwrap_or_default())] = true;
    }
    let mut added = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = text.as_bytes().get(tokens[at].start as usize).is_some_and(|byte| begins[usize::from(*byte)]);
        if begins && let Some((last, kind)) = matching(text, tokens, at, &known) {
            added.push(HealthTerm { first: at, last, kind, ambiguous: false, origin: Origin::Abbreviated });
            at = last;
        }
        at += 1;
    }
    merge(terms, &added);
}

/// The last token of the abbreviation in brackets after `last`: `( FAP )` or `( FAP ;`.
fn bracketed(text: &str, tokens: &[Token], last: usize) -> Option<usize> {
    let open = tokens.get(last + 1).filter(|open| open.is_byte(b'(') || open.is_byte(b'['))?;
    if open.gap > Gap::Line {
        return None;
    }
    let first = last + 2;
    for at in first..first + PARTS {
        let token = tokens.get(at)?;
        if at > first && token.gap != Gap::None {
            return None;
        }
        let closes = tokens.get(at + 1).is_some_and(|next| matches!(next.kind, Kind::Punctuation(b')' | b']' | b';' | b',')));
        if closes && token.kind != Kind::Punctuation(b'-') {
            let short = text.get(tokens[first].start as usize..token.end as usize)?;
            let capitals = short.bytes().filter(u8::is_ascii_uppercase).count();
            return (capitals >= 2 && short.len() <= 10 || capitals == 1 && (2..=4).contains(&short.len())).then_some(at);
        }
    }
    None
}

/// Whether the letters of `short` come in order in `long`, the first at the start of a word: `CsA` and `cyclosporin A`.
fn stands_for(short: &str, long: &str) -> bool {
    let mut letters = short.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).peekable();
    // A plural's `s` says nothing.
    let plural = short.len() > 2 && short.ends_with('s');
    let mut left = short.bytes().filter(u8::is_ascii_alphanumeric).count() - usize::from(plural);
    let mut first = true;
    let mut before = b' ';
    for byte in long.bytes() {
        let Some(wanted) = letters.peek() else { break };
        let starts = !before.is_ascii_alphanumeric();
        if left > 0 && byte.to_ascii_lowercase() == *wanted && (!first || starts) {
            letters.next();
            left -= 1;
            first = false;
        }
        before = byte;
    }
    left == 0
}

/// The known abbreviation at `at`, in the same capitals. A plural's `s` may follow.
fn matching(text: &str, tokens: &[Token], at: usize, known: &[Short<'_>]) -> Option<(usize, HealthKind)> {
    let token = &tokens[at];
    if !matches!(token.kind, Kind::Word | Kind::Number) {
        return None;
    }
    let start = token.start as usize;
    // The longest first: `HPT-JT` before `HPT`.
    for last in (at..(at + PARTS).min(tokens.len())).rev() {
        let end = tokens[last].end as usize;
        if end - start > 11 || tokens[at + 1..=last].iter().any(|token| token.gap != Gap::None) {
            continue;
        }
        let written = text.get(start..end)?;
        for form in [written, written.strip_suffix('s').unwrap_or(written)] {
            if let Ok(index) = known.binary_search_by(|short| short.text.cmp(form)) {
                return Some((last, known[index].kind));
            }
        }
    }
    None
}

/// Puts the abbreviations among the terms. One that lies in a term is nothing new; one that touches a term's end is kept out.
fn merge(terms: &mut Vec<HealthTerm>, added: &[HealthTerm]) {
    let mut kept = Vec::with_capacity(added.len());
    for new in added {
        let at = terms.partition_point(|term| term.last < new.first);
        if terms.get(at).is_none_or(|term| term.first > new.last) {
            kept.push(*new);
        } else if let Some(term) = terms.get_mut(at)
            && term.first == new.first
            && term.last == new.last
        {
            term.ambiguous = false;
        }
    }
    terms.extend(kept);
    terms.sort_by_key(|term| term.first);
}
