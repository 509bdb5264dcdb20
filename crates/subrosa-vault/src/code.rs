//! How codes of a vault look: `CLIENT-7F3K9` by chance, `CLIENT-12` counted.
//!
//! The signs of a random code are those of [`subrosa_core::code`], the last of them a check sign. A code says nothing of the
//! value it stands for. There are four signs before the check sign while the vault has few codes and more later ([`length`]): a
//! code made up by guessing is hardly ever one that was given.

use subrosa_core::code;

use crate::error::{Result, VaultError};
use crate::seal::random;

/// Longest word before a code.
const LONGEST_WORD: usize = 48;
/// Fewest signs before the check sign.
const FEWEST: u32 = 4;
/// Most: 60 bits.
const MOST: u32 = 12;
/// Most digits of a counted code.
const LONGEST_NUMBER: usize = 19;

/// How many signs before the check sign a code of a vault with `count` codes has: so many that at most one in 1024 is taken.
pub(crate) fn length(count: u64) -> u32 {
    (FEWEST..MOST).find(|signs| (1_u64 << (5 * signs)) >> 10 > count).unwrap_or(MOST)
}

/// A new random code with `signs` signs and the check sign.
pub(crate) fn draw(word: &str, signs: u32) -> Result<String> {
    loop {
        let code = code::code(&random::<8>()?, signs as usize + 1);
        // Neither a word nor a number.
        if code::is_code(&code) {
            return Ok(format!("{word}-{code}"));
        }
    }
}

/// The counted code of a number.
pub(crate) fn counted(word: &str, number: u64) -> String {
    format!("{word}-{number}")
}

/// The word, if codes can start with it.
pub(crate) fn word(word: &str) -> Result<&str> {
    let inside = |sign: u8| sign.is_ascii_uppercase() || sign.is_ascii_digit() || matches!(sign, b'_' | b'-');
    let starts = word.bytes().next().is_some_and(|first| first.is_ascii_uppercase());
    let ends = word.bytes().next_back().is_some_and(|last| last.is_ascii_uppercase() || last.is_ascii_digit());
    if starts && ends && word.len() <= LONGEST_WORD && word.bytes().all(inside) {
        return Ok(word);
    }
    let expected = "the word before a code has capitals, digits, _ and -, starts with a capital, and has 48 signs at most";
    Err(VaultError::Invalid(expected.to_owned()))
}

/// The code that somebody wrote, as the vault writes it: brackets off, capitals, I and L for 1 and O for 0 after the word.
/// Nothing where it cannot be one, or its check sign says that a sign is wrong.
pub(crate) fn parse(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches('[').trim_end_matches(']').to_ascii_uppercase();
    let (before, signs) = bare.rsplit_once('-')?;
    word(before).ok()?;
    let numbers = (1..=LONGEST_NUMBER).contains(&signs.len()) && signs.bytes().all(|sign| sign.is_ascii_digit());
    if numbers && !signs.starts_with('0') {
        return Some(bare);
    }
    let signs = code::read(signs).filter(|signs| signs.len() <= MOST as usize + 1)?;
    Some(format!("{before}-{signs}"))
}

/// Whether a text is a random code, in brackets or not, of this vault or another: the check sign fits.
pub fn is_random(text: &str) -> bool {
    let counted = |code: &str| code.rsplit_once('-').is_some_and(|(_, number)| number.bytes().all(|sign| sign.is_ascii_digit()));
    parse(text).is_some_and(|code| !counted(&code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_grow_with_the_vault() {
        assert_eq!((length(0), length(1023), length(1024), length(40_000), length(1 << 22)), (4, 4, 5, 6, 7));
        assert_eq!(length(u64::MAX), 12);
    }

    #[test]
    fn a_drawn_code_is_read_back_and_is_no_counted_one() {
        for signs in 4..=12 {
            for _ in 0..500 {
                let code = draw("CLIENT", signs).unwrap();
                assert_eq!(parse(&format!("[{}]", code.to_lowercase())).unwrap(), code);
                let body = code.strip_prefix("CLIENT-").unwrap();
                assert_eq!(body.len(), signs as usize + 1);
                assert!(
                    body.contains(|sign: char| sign.is_ascii_digit()) && body.contains(|sign: char| sign.is_ascii_uppercase())
                );
            }
        }
        assert_eq!(parse(&counted("PERSON", 12)).unwrap(), "PERSON-12");
        assert!(is_random(&draw("CLIENT", 4).unwrap()) && !is_random("[PERSON-12]") && !is_random("[PHONE_NUMBER]"));
    }

    #[test]
    fn what_is_no_code() {
        for wrong in
            ["", "-", "CLIENT", "CLIENT-", "client 7", "CLIENT-0", "CLIENT-UUUUU", "1-7F3K9", "CLIENT-7F", "É-1", "CLIENT--1"]
        {
            assert!(parse(wrong).is_none(), "{wrong}");
        }
        for wrong in ["", "client", "-A", "A-", "A B", &"A".repeat(49)] {
            assert!(word(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in ".{0,40}") {
            let _ = parse(&text);
        }
    }
}
