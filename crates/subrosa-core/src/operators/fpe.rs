//! `fpe`: a number becomes another of the same form: `555-12-3456` becomes `918-40-7735`. Who has the key can read it back.
//!
//! Format-preserving encryption by FF1 (NIST SP 800-38G) with AES-256. Digits become digits, small letters small letters,
//! capitals capitals; everything between them stays, so the length and the punctuation do too. A value of digits only is
//! encrypted as a number string of radix 10. Where letters stand among them, the value is counted among all of its form, and
//! that number encrypted in radix 2, again until it is the number of one of them (cycle walking).
//!
//! *Not encrypted but labelled*: a value whose form has fewer than 1,000,000 others, the least that SP 800-38G Revision 1
//! allows (five digits, four letters); one with letters or digits outside ASCII, more than 64 digits, or letters and more
//! forms than 2^127; one that would become itself.
//!
//! *Not kept*: check digits, letters that say which country, dates that exist. What comes out looks like a number of the kind
//! and is none, and may by chance be somebody's: use it where a program insists on the form, and
//! [`surrogate`](super::surrogate) where people read.
//!
//! *What is left*: which mentions read the same, and the form. *The law*: as [`encrypt`](super::encrypt).
//!
//! *A second run* encrypts the new number again: nothing tells it from the old.

use aes::Aes256;
use fpe::ff1::{FF1, FlexibleNumeralString};

use super::keyed;
use super::{Context, Leaves, Operator, Outcome, labelled};
use crate::entity::Entity;
use crate::key::Key;
use crate::secrets::Needs;

/// Puts an encrypted value of the same form in the value's place.
pub struct Fpe;

/// The fewest values of one form that are encrypted among each other.
const LEAST_DOMAIN: u128 = 1_000_000;
/// The most digits of a value.
const MOST_DIGITS: usize = 64;

impl Operator for Fpe {
    fn id(&self) -> &'static str {
        "fpe"
    }

    fn description(&self) -> &'static str {
        "Encrypts a number to another of the same form, which the key opens again; labels short ones. Check digits become wrong."
    }

    fn needs(&self) -> Needs {
        Needs::Key
    }

    fn leaves(&self) -> Leaves {
        Leaves::Derived
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let Some(key) = context.secrets.key else { return Outcome::Refuse("there is no key".to_owned()) };
        match crypt(context.value, context.entity, key, Direction::Encrypt) {
            Some(text) if text != context.value => Outcome::Replace(text),
            _ => labelled(context),
        }
    }
}

/// The value that this operator made `text` of under `key`, if it was found as the same entity then. Every text of a form that
/// is encrypted decrypts to something: nothing tells whether it was ever encrypted.
pub fn decrypt(text: &str, entity: &Entity, key: &Key) -> Option<String> {
    crypt(text, entity, key, Direction::Decrypt)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Encrypt,
    Decrypt,
}

/// The first of the characters that a character is encrypted among, and how many there are.
fn alphabet(sign: char) -> Option<(u8, u128)> {
    match sign {
        '0'..='9' => Some((b'0', 10)),
        'A'..='Z' => Some((b'A', 26)),
        'a'..='z' => Some((b'a', 26)),
        _ => None,
    }
}

fn crypt(value: &str, entity: &Entity, key: &Key, direction: Direction) -> Option<String> {
    if value.chars().any(|sign| sign.is_alphanumeric() && !sign.is_ascii()) {
        return None;
    }
    let key = keyed::derived(key, "fpe");
    let tweak = keyed::class(entity).as_bytes();
    let signs = || value.chars().filter_map(|sign| alphabet(sign).map(|(first, size)| (sign as u8 - first, size)));
    let new: Vec<u8> = if signs().all(|(_, size)| size == 10) {
        let digits: Vec<u16> = signs().map(|(digit, _)| u16::from(digit)).collect();
        if digits.len() < 6 || digits.len() > MOST_DIGITS {
            return None;
        }
        numerals(key.bytes(), tweak, 10, digits, direction)?.into_iter().map(|digit| digit as u8).collect()
    } else {
        mixed(&signs().collect::<Vec<_>>(), key.bytes(), tweak, direction)?
    };
    let mut new = new.into_iter();
    value
        .chars()
        .map(|sign| match alphabet(sign) {
            Some((first, _)) => new.next().map(|place| char::from(first + place)),
            None => Some(sign),
        })
        .collect()
}

/// FF1 over a string of numerals. Nothing when the string is too short for the radix.
fn numerals(key: &[u8], tweak: &[u8], radix: u32, text: Vec<u16>, direction: Direction) -> Option<Vec<u16>> {
    let cipher = FF1::<Aes256>::new(key, radix).ok()?;
    let text = FlexibleNumeralString::from(text);
    let done = match direction {
        Direction::Encrypt => cipher.encrypt(tweak, &text),
        Direction::Decrypt => cipher.decrypt(tweak, &text),
    };
    done.ok().map(Vec::from)
}

/// The places of the characters in their alphabets after encryption as one number.
fn mixed(signs: &[(u8, u128)], key: &[u8], tweak: &[u8], direction: Direction) -> Option<Vec<u8>> {
    let size = signs.iter().try_fold(1_u128, |product, (_, size)| product.checked_mul(*size))?;
    if !(LEAST_DOMAIN..=1 << 127).contains(&size) {
        return None;
    }
    let bits = 128 - (size - 1).leading_zeros();
    let mut number = signs.iter().fold(0, |number, (place, size)| number * size + u128::from(*place));
    // A permutation of all numbers of so many bits: from a number of a value it comes to one again, after two steps on average.
    loop {
        let binary: Vec<u16> = (0..bits).rev().map(|bit| (number >> bit & 1) as u16).collect();
        let done = numerals(key, tweak, 2, binary, direction)?;
        number = done.iter().fold(0, |number, bit| number << 1 | u128::from(*bit));
        if number < size {
            break;
        }
    }
    let mut places = vec![0; signs.len()];
    for (place, (_, size)) in places.iter_mut().zip(signs).rev() {
        *place = (number % size) as u8;
        number /= size;
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::testing::{key, replaced};

    /// NIST's examples for FF1-AES256: key, tweak, radix, plain and encrypted text.
    #[test]
    fn the_standard_s_examples_hold() {
        const KEY: &str = "2b7e151628aed2a6abf7158809cf4f3cef4359d8d580aa4f7f036d6f04fc6a94";
        let bytes = |hex: &str| -> Vec<u8> {
            (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect()
        };
        let text = |text: &str| -> Vec<u16> { text.chars().map(|sign| sign.to_digit(36).unwrap() as u16).collect() };
        for (tweak, radix, plain, encrypted) in [
            ("", 10, "0123456789", "6657667009"),
            ("39383736353433323130", 10, "0123456789", "1001623463"),
            ("3737373770717273373737", 36, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
        ] {
            let done = numerals(&bytes(KEY), &bytes(tweak), radix, text(plain), Direction::Encrypt).unwrap();
            assert_eq!(done, text(encrypted));
            assert_eq!(numerals(&bytes(KEY), &bytes(tweak), radix, done, Direction::Decrypt).unwrap(), text(plain));
        }
    }

    fn made(value: &str) -> String {
        replaced(&Fpe, &Entity::new("US_SSN"), value, &[])
    }

    #[test]
    fn the_form_stays_and_the_key_opens_it() {
        for value in ["000-12-3456", "X1234567L", "DE89 3704 0044 0532 0130 00", "abc.DEF-12", "Jane Doe", "123456"] {
            let new = made(value);
            let form =
                |text: &str| -> Vec<_> { text.chars().map(|sign| alphabet(sign).ok_or(sign)).map(|a| a.map(|a| a.0)).collect() };
            assert_eq!(form(&new), form(value), "{new}");
            assert_ne!(new, value);
            assert_eq!(decrypt(&new, &Entity::new("US_SSN"), &key()).as_deref(), Some(value));
            assert_ne!(decrypt(&new, &Entity::new("US_EIN"), &key()).as_deref(), Some(value));
        }
    }

    #[test]
    fn what_it_makes_never_changes() {
        assert_eq!(made("000-12-3456"), "049-66-8405");
        assert_eq!(made("X1234567L"), "F5468280K");
    }

    #[test]
    fn what_is_too_short_or_foreign_is_labelled() {
        let long = "1".repeat(65);
        let letters = "a".repeat(60);
        for value in ["12345", "abcd", "A1", "", "---", "Zoë Müller 123456", "١٢٣٤٥٦٧", &long, &letters] {
            assert_eq!(made(value), "[US_SSN]", "{value}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_value_comes_back(value in "[0-9A-Za-z -]{0,24}") {
            let entity = Entity::new("US_SSN");
            let new = made(&value);
            if new != "[US_SSN]" {
                proptest::prop_assert_eq!(decrypt(&new, &entity, &key()), Some(value));
            }
        }

        #[test]
        fn any_text_can_be_tried(value in "\\PC{0,80}") {
            let _ = made(&value);
        }
    }
}
