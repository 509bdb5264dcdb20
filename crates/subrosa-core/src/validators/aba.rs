//! The check digit of US bank routing numbers: weights 3, 7, 1 (ABA Routing Number Administrative Rules).

use crate::verdict::Verdict;

/// One random number of nine digits in ten passes the check digit; one in twenty-five has a prefix in use as well.
pub const CHANCE: u32 = 25;

/// Whether the nine digits of `value` pass and start with a Federal Reserve routing symbol in use.
pub fn aba(value: &str) -> Verdict {
    let mut digits = [0_u32; 9];
    let mut count = 0;
    for digit in value.bytes().filter(u8::is_ascii_digit) {
        let Some(place) = digits.get_mut(count) else { return Verdict::Invalid };
        *place = u32::from(digit - b'0');
        count += 1;
    }
    let prefix = digits[0] * 10 + digits[1];
    let known = matches!(prefix, 1..=12 | 21..=32 | 61..=72 | 80);
    let sum: u32 = digits.iter().zip([3, 7, 1].iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    if count == 9 && known && sum.is_multiple_of(10) { Verdict::Valid { chance: CHANCE } } else { Verdict::Invalid }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers() {
        assert_eq!(aba("111000025"), Verdict::Valid { chance: CHANCE });
        assert_eq!(aba("111000024"), Verdict::Invalid);
        assert_eq!(aba("511000025"), Verdict::Invalid);
        assert_eq!(aba("11100002"), Verdict::Invalid);
    }
}
