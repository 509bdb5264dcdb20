//! The Luhn check digit (ISO/IEC 7812-1, annex B): payment cards and many national numbers.

use super::value;

/// Whether the digits of an identifier, the check digit last, pass. One random number in ten does.
pub fn luhn(digits: &[u8]) -> bool {
    passes(digits.iter().copied())
}

/// Whether `digits`, the check digit last, pass.
pub fn passes(digits: impl DoubleEndedIterator<Item = u8>) -> bool {
    let sum: u32 = digits
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, value(digit)) {
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
        assert!(luhn(b"4111111111111111") && luhn(b"79927398713"));
        assert!(!luhn(b"79927398710"));
    }
}
