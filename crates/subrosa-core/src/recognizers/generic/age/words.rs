//! Ages with the number in words: `forty-five-year-old`, `aged nine`, `in her seventies`.

use crate::block::Block;
use crate::keyword::Classes;
use crate::recognizers::cue::Words;
use crate::span::Span;

use super::foreign::{FOREIGN, in_foreign_words};
use super::{DECADE, old_after, on_line, past_hyphen};

/// Numbers in words, by hash.
static TENS: Words =
    Words::new(&["twenty", "thirty", "forty", "fourty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"]);
static ONES: Words = Words::new(&[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]);

/// What ends or begins an age in words.
static ENDS: Words = Words::new(&["old", "age"]);
static AGED: Words = Words::new(&["aged"]);
static DECADES: Words =
    Words::new(&["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]);
/// Tokens from the first word of a number to `old`: `forty-five - years - of age`.
const REACH: usize = 8;

/// `forty-five-year-old`, `nine months old`, `aged forty-five`, `in her seventies`, `niño de siete años`. Looks around the few
/// words that say so.
pub(super) fn in_words(block: &Block<'_>, push: &mut impl FnMut(Span, u16, &'static str)) {
    for keyword in block.keywords(Classes::AGE.and(Classes::UNIT)) {
        let index = keyword.token;
        let token = &block.tokens[index];
        if keyword.classes.any(Classes::UNIT) {
            if FOREIGN.has(token) {
                in_foreign_words(block, index, push);
            }
            continue;
        }
        match token.len() {
            3 if ENDS.has(token) => {
                for first in index.saturating_sub(REACH)..index {
                    if let Some(last) = number_in_words(block, first).and_then(|last| old_after(block, last)) {
                        push(block.span(first, last), 750, "words");
                    }
                }
                // `at the age of seven`
                if block.str(index) == "age"
                    && block.str(index + 1) == "of"
                    && let Some(last) = number_in_words(block, index + 2)
                {
                    push(block.span(index + 2, last), 650, "words");
                }
            }
            4 if AGED.has(token) => {
                if let Some(last) = number_in_words(block, index + 1) {
                    push(block.span(index + 1, last), 650, "words");
                }
            }
            6.. if DECADES.has(token) && in_decade(block, index) => {
                push(block.span(index, index), 600, "decade");
            }
            _ => {}
        }
    }
}

/// `in her seventies`, `in his mid-forties`.
fn in_decade(block: &Block<'_>, at: usize) -> bool {
    let word = at.checked_sub(1).map(|before| if block.tokens[before].is_byte(b'-') { before.saturating_sub(1) } else { before });
    word.is_some_and(|word| DECADE.at(block, word) && block.str(word) != "the")
}

/// The last token of the number in words that starts at `index`.
fn number_in_words(block: &Block<'_>, index: usize) -> Option<usize> {
    let token = block.token(index)?;
    if TENS.has(token) {
        let unit = past_hyphen(block, index + 1);
        let joined = on_line(block, unit).is_some_and(|unit| ONES.has(unit) && unit.len() <= 5);
        return Some(if joined { unit } else { index });
    }
    let before =
        index.checked_sub(1).map(|before| if block.tokens[before].is_byte(b'-') { before.saturating_sub(1) } else { before });
    // The ones of a number whose tens come before were seen with those.
    (ONES.has(token) && !before.is_some_and(|before| TENS.at(block, before))).then_some(index)
}
