//! Checks that tell an identifier from other numbers of its layout: check digits, dates, ranges.
//!
//! A [`Check`] says how often a random value passes. What many share is here, by the name of the method ([`luhn`], [`mod97`],
//! [`verhoeff`], [`weights`], [`iso7064`], [`birth`]); what one identifier has alone is in its recognizer's file.

pub mod baltic;
pub mod birth;
pub mod iso7064;
pub mod keccak;
pub mod korea;
pub mod luhn;
pub mod mod97;
pub mod parcel;
pub mod verhoeff;
pub mod vin;
pub mod wallet;
pub mod weights;

#[cfg(test)]
mod chance;

use crate::verdict::Verdict;

/// What tells a value from others of its layout, and how well.
///
/// Its functions see the letters and digits alone, in capitals.
pub struct Check {
    /// What is checked, for people: `Luhn`, `date, modulo 11`.
    pub method: &'static str,
    /// One random value of the layout in this many passes all of it. 1 when there is no check to speak of.
    pub chance: u32,
    form: fn(&[u8]) -> bool,
    digits: fn(&[u8]) -> bool,
    always: bool,
}

impl Check {
    /// No check.
    pub const NONE: Self = Self { method: "none", chance: 1, form: anything, digits: anything, always: true };

    /// A check that every value passes. One random value in `chance` passes it too.
    pub const fn new(method: &'static str, chance: u32, digits: fn(&[u8]) -> bool) -> Self {
        Self { method, chance, form: anything, digits, always: true }
    }

    /// A rule that every value keeps and that proves nothing: parts that were never given out.
    pub const fn form(method: &'static str, form: fn(&[u8]) -> bool) -> Self {
        Self { method, chance: 1, form, digits: anything, always: true }
    }

    /// This check where `form` holds; what breaks it is no such value.
    #[must_use]
    pub const fn with_form(mut self, form: fn(&[u8]) -> bool) -> Self {
        self.form = form;
        self
    }

    /// This check for identifiers of which some have no check digit: failing it proves nothing.
    #[must_use]
    pub const fn not_always(mut self) -> Self {
        self.always = false;
        self
    }

    /// What it says of a value.
    pub fn verdict(&self, signs: &[u8]) -> Verdict {
        if !(self.form)(signs) || self.always && !(self.digits)(signs) {
            Verdict::Invalid
        } else if self.chance > 1 && (self.digits)(signs) {
            Verdict::Valid { chance: self.chance }
        } else {
            Verdict::Unknown
        }
    }

    /// Whether every value passes it, so that a value that does not is none.
    pub const fn is_always(&self) -> bool {
        self.always
    }
}

fn anything(_: &[u8]) -> bool {
    true
}

/// The letters and digits of a value, in capitals. What does not fit is left out, so that no check passes.
pub struct Signs {
    signs: [u8; 40],
    len: usize,
}

impl Signs {
    /// Of a value with its separators.
    pub fn of(value: &str) -> Self {
        let mut of = Self { signs: [0; 40], len: 0 };
        for (place, sign) in of.signs.iter_mut().zip(value.bytes().filter(u8::is_ascii_alphanumeric)) {
            *place = sign.to_ascii_uppercase();
            of.len += 1;
        }
        of
    }
}

impl std::ops::Deref for Signs {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.signs[..self.len]
    }
}

/// The value of a sign: a digit's own, a letter's place in the alphabet from 10.
pub const fn value(sign: u8) -> u32 {
    match sign {
        b'0'..=b'9' => (sign - b'0') as u32,
        b'A'..=b'Z' => (sign - b'A') as u32 + 10,
        _ => 0,
    }
}

/// The digits from `from` up to `to` as a number; 0 when they are none.
pub fn number(signs: &[u8], from: usize, to: usize) -> u32 {
    let digits = signs.get(from..to).unwrap_or_default();
    digits.iter().fold(0_u32, |sum, digit| sum.saturating_mul(10).saturating_add(value(*digit)))
}

/// Whether all signs are the same: such numbers pass many checks and stand for nothing.
pub fn is_repeated(signs: &[u8]) -> bool {
    signs.windows(2).all(|pair| pair[0] == pair[1])
}

/// Whether the value has these letters and digits: `A` stands for a letter, `9` for a digit, `*` for either.
pub fn has_form(signs: &[u8], form: &[u8]) -> bool {
    signs.len() == form.len()
        && signs.iter().zip(form).all(|(sign, form)| match form {
            b'A' => sign.is_ascii_alphabetic(),
            b'9' => sign.is_ascii_digit(),
            _ => true,
        })
}
