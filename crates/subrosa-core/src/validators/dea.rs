//! The check digit of registration numbers of the US Drug Enforcement Administration.
//!
//! Two letters and seven digits; the last digit of (d1 + d3 + d5) + 2 (d2 + d4 + d6) is d7.

use crate::verdict::Verdict;

/// One random number in ten passes.
pub const CHANCE: u32 = 10;

/// Whether the seven digits of `value` pass.
pub fn dea(value: &str) -> Verdict {
    let digits: [u32; 7] = {
        let mut digits = [0; 7];
        let mut count = 0;
        for digit in value.bytes().filter(u8::is_ascii_digit) {
            let Some(place) = digits.get_mut(count) else { return Verdict::Invalid };
            *place = u32::from(digit - b'0');
            count += 1;
        }
        if count != 7 {
            return Verdict::Invalid;
        }
        digits
    };
    let sum: u32 = digits[..6].iter().zip([1, 2].iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    if sum % 10 == digits[6] { Verdict::Valid { chance: CHANCE } } else { Verdict::Invalid }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn textbook_number() {
        assert_eq!(dea("AB1234563"), Verdict::Valid { chance: CHANCE });
        assert_eq!(dea("AB1234564"), Verdict::Invalid);
        assert_eq!(dea("AB123456"), Verdict::Invalid);
    }
}
