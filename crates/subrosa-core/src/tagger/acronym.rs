//! Abbreviations that a text explains by common words: `body mass index (BMI)`. Whatever they look like, nobody is called so.
//!
//! The words before the bracket are matched to the letters from the end, as by A. Schwartz and M. Hearst, *A simple algorithm
//! for identifying abbreviation definitions in biomedical text* (Pacific Symposium on Biocomputing, 2003).
//!
//! *Misses by design*: `World Health Organization (WHO)`, whose words have capitals, since that is a body's name.

use crate::block::Block;
use crate::dictionary::word_hash;
use crate::token::{Gap, Kind, Token};

/// Fewest and most characters of an abbreviation.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=8;

/// Appends the hash of the abbreviation at `index`, and of its plural, if it stands in brackets behind what it means.
pub(super) fn note(block: &Block<'_>, index: usize, explained: &mut Vec<u64>) {
    let bracketed = index.checked_sub(1).is_some_and(|open| block.tokens[open].is_byte(b'('))
        && block.token(index + 1).is_some_and(|close| matches!(close.kind, Kind::Punctuation(b')' | b';' | b',')));
    if !bracketed {
        return;
    }
    let word = block.str(index);
    let word = word.strip_suffix('s').unwrap_or(word);
    if LENGTH.contains(&word.len()) && is_abbreviation(word) && is_explained(block, index - 1, word) {
        explained.push(word_hash(word));
        explained.push(word_hash(&format!("{word}s")));
    }
}

/// Two capitals at least, more than all else.
fn is_abbreviation(word: &str) -> bool {
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    capitals >= 2 && capitals * 2 > word.len()
}

/// Whether words in small letters before the bracket at `open` begin with, or hold, the letters of `word`, the first of which
/// begins the first of them.
fn is_explained(block: &Block<'_>, open: usize, word: &str) -> bool {
    let letters = word.as_bytes();
    let mut left = letters.len();
    let most = (letters.len() + 5).min(letters.len() * 2);
    let mut small = 0;
    let words = (0..open).rev().take_while(|at| block.tokens[at + 1].gap < Gap::Paragraph);
    for at in words.filter(|at| !is_joint(&block.tokens[*at])).take(most) {
        let token = &block.tokens[at];
        if !matches!(token.kind, Kind::Word | Kind::Number) {
            return false;
        }
        let capital = token.is_capitalised();
        if capital && (small == 0 || !block.begins_sentence(at)) {
            return false;
        }
        small += usize::from(!capital);
        for (place, byte) in block.str(at).bytes().enumerate().rev() {
            if byte.eq_ignore_ascii_case(&letters[left - 1]) && (left > 1 || place == 0) {
                left -= 1;
                if left == 0 {
                    return true;
                }
            }
        }
    }
    false
}

/// What ties two words: `spin-echo`, `and/or`.
fn is_joint(token: &Token) -> bool {
    matches!(token.kind, Kind::Punctuation(b'-' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenise;

    fn is_noted(text: &str, word: &str) -> bool {
        let mut tokens = Vec::new();
        tokenise(text, &mut tokens);
        let block = Block::new(text, &tokens, &[]);
        let mut explained = Vec::new();
        (0..tokens.len()).for_each(|index| note(&block, index, &mut explained));
        explained.contains(&word_hash(word))
    }

    #[test]
    fn common_words_explain() {
        assert!(is_noted("with a high body mass index (BMI).", "BMI"));
        assert!(is_noted("Premature ventricular contractions (PVCs) were seen", "PVC"));
        assert!(is_noted("spontaneously hypertensive rats (SHR; n = 8)", "SHR"));
        assert!(is_noted("a directed acyclic graph (DAG), ", "DAG"));
    }

    #[test]
    fn names_do_not() {
        assert!(!is_noted("the World Health Organization (WHO) said", "WHO"));
        assert!(!is_noted("said John Smith (JS) of the", "JS"));
        assert!(!is_noted("the body (BMI) of", "BMI"));
        assert!(!is_noted("he was born in May (IBM)", "IBM"));
        assert!(!is_noted("the company (ACME) paid", "ACME"));
    }
}
