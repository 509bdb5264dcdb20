//! The check digit of NHS numbers: weights 10 to 2, modulo 11 (NHS Data Model and Dictionary, NHS NUMBER).

use crate::verdict::Verdict;

/// One random number in eleven passes.
pub const CHANCE: u32 = 11;

/// Whether the ten digits of `value` pass. A remainder of ten never is a check digit; ten equal digits stand for nothing.
pub fn nhs(value: &str) -> Verdict {
    let mut digits = [0_u32; 10];
    let mut count = 0;
    for digit in value.bytes().filter(u8::is_ascii_digit) {
        let Some(place) = digits.get_mut(count) else { return Verdict::Invalid };
        *place = u32::from(digit - b'0');
        count += 1;
    }
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        check => check,
    };
    let repeated = digits.iter().all(|digit| *digit == digits[0]);
    if count == 10 && check == digits[9] && !repeated { Verdict::Valid { chance: CHANCE } } else { Verdict::Invalid }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_range() {
        assert_eq!(nhs("999 000 0018"), Verdict::Valid { chance: CHANCE });
        assert_eq!(nhs("9990000026"), Verdict::Valid { chance: CHANCE });
        assert_eq!(nhs("9990000019"), Verdict::Invalid);
        assert_eq!(nhs("0000000000"), Verdict::Invalid);
    }
}
