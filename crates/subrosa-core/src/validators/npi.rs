//! The check digit of US National Provider Identifiers: Luhn over `80840` and the ten digits (45 CFR 162.406).

use super::luhn;
use crate::verdict::Verdict;

/// One random number in ten passes the check digit, and two of ten start with 1 or 2.
pub const CHANCE: u32 = 50;

/// Whether the ten digits of `value` pass.
pub fn npi(value: &str) -> Verdict {
    let digits = || value.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0');
    let sound = digits().count() == 10 && matches!(digits().next(), Some(1 | 2));
    let mut all = [8, 0, 8, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    all[5..].iter_mut().zip(digits()).for_each(|(place, digit)| *place = digit);
    if sound && luhn::passes(all.into_iter()) { Verdict::Valid { chance: CHANCE } } else { Verdict::Invalid }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_number() {
        assert_eq!(npi("1234567893"), Verdict::Valid { chance: CHANCE });
        assert_eq!(npi("1234567890"), Verdict::Invalid);
        assert_eq!(npi("3234567893"), Verdict::Invalid);
    }
}
