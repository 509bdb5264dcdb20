//! Numbers, in digits or words, that stand before a unit: `18`, `1,950.50`, `twenty-four`, `two and a half`, `treinta y cinco`.

use crate::block::Block;
use crate::keyword::{Classes, classes};
use crate::token::{Gap, Kind};

/// Most tokens of a number.
const LONGEST: usize = 12;

/// The first token of the number that ends right before token `at`, past a hyphen that touches.
pub fn before(block: &Block<'_>, at: usize) -> Option<usize> {
    let mut last = at.checked_sub(1)?;
    if block.token(at)?.gap > Gap::Line {
        return None;
    }
    if block.tokens[last].is_byte(b'-') && last > 0 {
        last -= 1;
    }
    in_digits(block, last).or_else(|| in_words(block, last))
}

/// The first token of the number in digits that ends with `last`.
pub fn in_digits(block: &Block<'_>, last: usize) -> Option<usize> {
    let token = block.token(last)?;
    if !token.is_digits() || token.len() > 15 {
        return None;
    }
    let mut first = last;
    while last - first < LONGEST
        && first >= 2
        && block.tokens[first].gap == Gap::None
        && matches!(block.tokens[first - 1].kind, Kind::Punctuation(b'.' | b',' | b'\''))
        && block.tokens[first - 1].gap == Gap::None
        && block.tokens[first - 2].is_digits()
    {
        first -= 2;
    }
    // `1 950`: groups of three.
    while first >= 1 && last - first < LONGEST && block.tokens[first].len() == 3 && block.tokens[first].gap == Gap::Blank {
        let before = &block.tokens[first - 1];
        if !before.is_digits() || before.len() > 3 {
            break;
        }
        first -= 1;
    }
    let touched = block.tokens[first].gap == Gap::None
        && block
            .before(first)
            .is_some_and(|before| matches!(before.kind, Kind::Punctuation(b'/' | b'-' | b'_' | b':' | b'.' | b',')));
    let range = touched
        && block.before(first).is_some_and(|before| before.is_byte(b'-'))
        && block.before(first - 1).is_some_and(|low| low.is_digits() && low.len() <= 3);
    if range {
        return first.checked_sub(2);
    }
    (!touched).then_some(first)
}

/// The first token of the number in words that ends with `last`.
pub fn in_words(block: &Block<'_>, last: usize) -> Option<usize> {
    let mut at = last;
    // `two and a half`
    if block.str(at).eq_ignore_ascii_case("half") {
        at = at.checked_sub(3)?;
    }
    let is_number = |index: usize| block.token(index).is_some_and(|token| classes(token).any(Classes::NUMBER));
    if !is_number(at) {
        return None;
    }
    let mut first = at;
    while last - first < LONGEST && block.tokens[first].gap <= Gap::Line {
        let Some(before) = first.checked_sub(1) else { break };
        if is_number(before) {
            first = before;
        } else if (block.tokens[before].is_byte(b'-') || matches!(block.str(before), "and" | "y" | "et" | "e" | "und" | "en"))
            && before.checked_sub(1).is_some_and(is_number)
        {
            first = before - 1;
        } else {
            break;
        }
    }
    Some(first)
}
