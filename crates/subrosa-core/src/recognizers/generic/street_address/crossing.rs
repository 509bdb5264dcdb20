//! Where two streets meet: `the corner of Elm Street and 5th Avenue`, `esquina de Mayor y Olivos`, `Ecke Lindenweg/Am Markt`.

use crate::block::Block;
use crate::recognizer::Proposal;
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind, Token};

use super::push;
use super::tail::rest;

/// What stands between the word and the first street.
static OF: Words = Words::new(&["of", "at", "de", "del", "di", "da", "du", "von", "van", "der", "la", "las", "los", "the", "l"]);
/// What stands between the streets.
static AND: Words = Words::new(&["and", "y", "con", "und", "et", "e", "en", "with"]);
/// Words in small letters inside the name of a street.
static INSIDE: Words =
    Words::new(&["of", "the", "de", "del", "la", "las", "los", "el", "du", "des", "di", "da", "do", "der", "den", "van", "von"]);

/// Most tokens of a street.
const LONGEST: usize = 7;

/// The crossing that the word at `at` announces.
pub(super) fn from_word(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) {
    let mut first = at + 1;
    while first <= at + 3 && block.token(first).is_some_and(|token| token.gap <= Gap::Line && OF.has(token)) {
        first += 1;
    }
    let Some(one) = street(block, first) else { return };
    let tied = block.token(one + 1).is_some_and(|and| AND.has(and) || and.is_byte(b'&') || and.is_byte(b'/'));
    if !tied {
        return;
    }
    let mut second = one + 2;
    while OF.at(block, second) && second < one + 4 {
        second += 1;
    }
    if let Some(other) = street(block, second) {
        push(block, first, rest(block, other).0, 640, "crossing", proposals);
    }
}

/// The last token of the street that begins at `first`: words with capitals and numbers, among them small words.
fn street(block: &Block<'_>, first: usize) -> Option<usize> {
    let mut last = None;
    let mut capital = false;
    for index in first..first + LONGEST {
        let Some(token) = block.token(index).filter(|token| token.gap <= Gap::Line || index == first) else { break };
        let named = token.is_capitalised() || token.kind == Kind::Number;
        if AND.has(token) && !token.is_capitalised() || !named && !is_inside(block, token, index) {
            break;
        }
        capital |= token.is_capitalised() || is_ordinal(block, index);
        if named {
            last = Some(index);
        }
    }
    last.filter(|_| capital)
}

/// `5th`, `42nd`.
fn is_ordinal(block: &Block<'_>, index: usize) -> bool {
    block.token(index).is_some_and(|token| token.kind == Kind::Number)
        && block.str(index).ends_with(|letter: char| letter.is_ascii_lowercase())
}

fn is_inside(block: &Block<'_>, token: &Token, index: usize) -> bool {
    INSIDE.has(token) || token.gap == Gap::None && token.is_byte(b'.') && block.is_abbreviation(index)
}
