//! Ages that a sentence tells without a word for years: `She is 38.`, `my son's 7 now`, `Jane Roe, 41, of Springfield`.

use crate::block::Block;
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind};

/// Who can have an age.
static SUBJECTS: Words = Words::new(&["he", "she", "who", "i", "you"]);
/// Relatives and others, after `my` or `her`.
static KIN: Words = Words::new(&[
    "son",
    "daughter",
    "child",
    "baby",
    "kid",
    "boy",
    "girl",
    "twins",
    "mother",
    "father",
    "mom",
    "mum",
    "dad",
    "parent",
    "wife",
    "husband",
    "spouse",
    "partner",
    "girlfriend",
    "boyfriend",
    "sister",
    "brother",
    "sibling",
    "aunt",
    "uncle",
    "cousin",
    "niece",
    "nephew",
    "grandmother",
    "grandfather",
    "grandma",
    "grandpa",
    "granddaughter",
    "grandson",
    "stepson",
    "stepdaughter",
    "stepmother",
    "stepfather",
    "patient",
    "client",
    "neighbor",
    "neighbour",
]);
static OWNERS: Words = Words::new(&["my", "his", "her", "their", "our", "your", "the", "this", "oldest", "youngest", "eldest"]);
static BE: Words = Words::new(&["is", "was", "am", "are", "were", "s", "m", "turns", "be"]);
static NEARLY: Words = Words::new(&["now", "only", "just", "about", "almost", "nearly", "already", "still", "over"]);
/// What goes on after an age as after nothing else that a person can be.
static GOES_ON: Words = Words::new(&["and", "but", "now", "when", "today", "or", "so", "then", "yet"]);
/// What goes on after an age between commas: `Jane Roe, 41, of`.
static APPOSED: Words = Words::new(&[
    "of", "from", "who", "whose", "was", "is", "has", "had", "said", "says", "a", "an", "the", "and", "died", "lives", "lived",
    "told", "works", "worked", "faces", "appeared", "admitted", "pleaded", "suffered", "remains", "went",
]);

/// Whether the number at token `at` is an age by its sentence, and by which pattern.
pub(super) fn told(block: &Block<'_>, at: usize, value: u32) -> Option<(u16, &'static str)> {
    let near = |index: usize| block.token(index).filter(|token| token.gap <= Gap::Line);
    near(at)?;
    if (1..=110).contains(&value) && ends(block, at + 1) && subject(block, at) {
        return Some((560, "told"));
    }
    let apposed = (14..=110).contains(&value)
        && near(at + 1).is_some_and(|comma| comma.is_byte(b',') && comma.gap == Gap::None)
        && near(at + 2).is_some_and(|next| next.gap != Gap::None && !next.is_capitalised() && APPOSED.has(next))
        && at.checked_sub(2).is_some_and(|name| block.tokens[name + 1].is_byte(b',') && is_name(block, name));
    apposed.then_some((560, "apposed"))
}

/// Whether the sentence, or what it says of the age, ends before token `next`.
fn ends(block: &Block<'_>, next: usize) -> bool {
    let Some(token) = block.token(next) else { return true };
    match token.kind {
        _ if token.gap >= Gap::Paragraph => true,
        Kind::Punctuation(b'.' | b'!' | b'?' | b';' | b',') => {
            token.gap == Gap::None && block.token(next + 1).is_none_or(|after| after.gap != Gap::None)
        }
        _ => GOES_ON.has(token),
    }
}

/// Whether somebody who can have an age `is` before the number at token `at`.
fn subject(block: &Block<'_>, at: usize) -> bool {
    let mut verb = at;
    let back = |index: &mut usize| {
        if *index == 0 || block.tokens[*index].gap > Gap::Line {
            return false;
        }
        *index -= 1;
        true
    };
    if !back(&mut verb) || NEARLY.at(block, verb) && !back(&mut verb) || !BE.at(block, verb) {
        return false;
    }
    let mut who = verb;
    if !back(&mut who) || block.tokens[who].is_byte(b'\'') && !back(&mut who) {
        return false;
    }
    // The year or the place in a list is `it`, and `there`.
    if SUBJECTS.at(block, who) {
        return true;
    }
    let owner = who.checked_sub(1).filter(|_| block.tokens[who].gap <= Gap::Line);
    KIN.at(block, who) && owner.is_some_and(|owner| OWNERS.at(block, owner))
}

/// Whether the capitalised word at `index` is a name of people and nothing else.
fn is_name(block: &Block<'_>, index: usize) -> bool {
    let name = block.lexeme(index).name;
    (name.given >= 2 || name.surname >= 2) && !name.common_word
}
