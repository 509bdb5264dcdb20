//! How codes look: `CLIENT-7F3K9` by chance, `CLIENT-12` counted.
//!
//! The signs of a random code are the 32 of Crockford's base 32 (digits and capitals without I, L, O and U), at least one of
//! them a digit and one a letter, so that a code is neither a word nor a counted one. The last is a check sign: a weighted sum
//! over the field of 32 elements, which every wrong sign and every exchange of two neighbours changes. A code says nothing of
//! the value it stands for. There are four signs before the check sign while the vault has few codes and more later
//! ([`length`]): a code made up by guessing is hardly ever one that was given.

use crate::error::{Result, VaultError};
use crate::seal::random;

const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Longest word before a code.
const LONGEST_WORD: usize = 48;
/// Fewest signs before the check sign.
const FEWEST: u32 = 4;
/// Most: 60 bits.
const MOST: u32 = 12;

/// How many signs before the check sign a code of a vault with `count` codes has: so many that at most one in 1024 is taken.
pub(crate) fn length(count: u64) -> u32 {
    (FEWEST..MOST).find(|signs| (1_u64 << (5 * signs)) >> 10 > count).unwrap_or(MOST)
}

/// A new random code with `signs` signs and the check sign.
pub(crate) fn draw(word: &str, signs: u32) -> Result<String> {
    loop {
        let drawn = random::<{ MOST as usize }>()?;
        let mut body: Vec<u8> = drawn.iter().take(signs as usize).map(|byte| byte & 31).collect();
        body.push(check(&body));
        let digits = body.iter().filter(|value| **value < 10).count();
        if digits > 0 && digits < body.len() {
            let signs: String = body.iter().map(|value| char::from(SIGNS[usize::from(*value & 31)])).collect();
            return Ok(format!("{word}-{signs}"));
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
///
/// # Errors
/// [`VaultError::Mistyped`] where it cannot be a code, or its check sign says that a sign is wrong.
pub(crate) fn parse(text: &str) -> Result<String> {
    let bare = text.trim().trim_start_matches('[').trim_end_matches(']').to_ascii_uppercase();
    let (before, body) = bare.rsplit_once('-').ok_or(VaultError::Mistyped("a word, `-` and signs make one"))?;
    word(before).map_err(|_| VaultError::Mistyped("its word cannot be one"))?;
    let counted = !body.is_empty() && body.len() < 20 && body.bytes().all(|sign| sign.is_ascii_digit()) && !body.starts_with('0');
    if counted {
        return Ok(bare);
    }
    let body: Vec<u8> = body
        .bytes()
        .map(|sign| match sign {
            b'I' | b'L' => b'1',
            b'O' => b'0',
            sign => sign,
        })
        .collect();
    let values: Option<Vec<u8>> =
        body.iter().map(|sign| SIGNS.iter().position(|known| known == sign).map(|value| value as u8)).collect();
    let values = values.ok_or(VaultError::Mistyped("its signs are 0 to 9 and A to Z without I, L, O and U"))?;
    match values.split_last() {
        Some((last, before)) if before.len() >= FEWEST as usize && check(before) == *last => {
            Ok(format!("{before_word}-{signs}", before_word = before_of(&bare), signs = String::from_utf8_lossy(&body)))
        }
        Some((_, before)) if before.len() >= FEWEST as usize => {
            Err(VaultError::Mistyped("its check sign does not fit; one of its signs was misread"))
        }
        _ => Err(VaultError::Mistyped("it is too short")),
    }
}

fn before_of(code: &str) -> &str {
    code.rsplit_once('-').map_or(code, |(word, _)| word)
}

/// The check sign: the sum of the signs, the one before the last times x, the one before that times x², and so on, in the field
/// of polynomials over two elements modulo x⁵ + x² + 1, of which x generates all 31 units.
fn check(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| times_x(sum ^ value))
}

fn times_x(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 32 == 0 { shifted } else { shifted ^ 0b10_0101 }
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
    }

    #[test]
    fn one_wrong_sign_or_two_exchanged_are_noticed() {
        let code = draw("X", 6).unwrap();
        let signs: Vec<u8> = code.as_bytes()[2..].to_vec();
        let read = |signs: &[u8]| parse(&format!("X-{}", std::str::from_utf8(signs).unwrap()));
        for at in 0..signs.len() {
            for sign in SIGNS {
                let mut wrong = signs.clone();
                wrong[at] = *sign;
                let counted = wrong.iter().all(u8::is_ascii_digit);
                assert!(wrong == signs || counted || read(&wrong).is_err());
            }
            let mut wrong = signs.clone();
            wrong.swap(at, (at + 1).min(signs.len() - 1));
            assert!(wrong == signs || read(&wrong).is_err());
        }
    }

    #[test]
    fn what_is_no_code() {
        for wrong in
            ["", "-", "CLIENT", "CLIENT-", "client 7", "CLIENT-0", "CLIENT-UUUUU", "1-7F3K9", "CLIENT-7F", "É-1", "CLIENT--1"]
        {
            assert!(parse(wrong).is_err(), "{wrong}");
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
