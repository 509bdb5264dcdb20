//! The Luhn check digit (ISO/IEC 7812-1, annex B): payment cards, US NPI, Canadian SIN, IMEI.

use crate::verdict::Verdict;

/// One random number in ten passes.
pub const CHANCE: u32 = 10;

/// Whether the digits of `value` pass; other characters are skipped.
pub fn luhn(value: &str) -> Verdict {
    if passes(value.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0')) {
        Verdict::Valid { chance: CHANCE }
    } else {
        Verdict::Invalid
    }
}

/// Whether `digits`, the check digit last, pass.
pub fn passes(digits: impl DoubleEndedIterator<Item = u8>) -> bool {
    let sum: u32 = digits
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers() {
        assert_eq!(luhn("4111 1111 1111 1111"), Verdict::Valid { chance: 10 });
        assert_eq!(luhn("79927398713"), Verdict::Valid { chance: 10 });
        assert_eq!(luhn("79927398710"), Verdict::Invalid);
    }
}
