//! Check digits of parcel numbers: UPS `1Z`, the postal union's S10, USPS and FedEx.
//!
//! *References*: UPS tracking number format (weights 1 and 2 on the characters after `1Z`); UPU S10 (weights 8 6 4 2 3 5 9 7,
//! modulus 11); USPS Publication 199 (GS1 modulus 10); FedEx Ground 96 and 12-digit check digits.

use crate::verdict::Verdict;

/// A number of any of the carriers.
pub fn parcel(value: &str) -> Verdict {
    let plain: Vec<u8> = value.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase()).collect();
    let valid = |holds: bool, chance: u32| if holds { Verdict::Valid { chance } } else { Verdict::Invalid };
    match plain.as_slice() {
        [b'1', b'Z', rest @ ..] if rest.len() == 16 => valid(ups(rest), 10),
        [_, _, digits @ .., _, _] if plain.len() == 13 && digits.iter().all(u8::is_ascii_digit) && !plain[0].is_ascii_digit() => {
            valid(s10(digits), 11)
        }
        digits if !digits.iter().all(u8::is_ascii_digit) => Verdict::Invalid,
        digits if digits.len() == 12 => valid(fedex12(digits), 11),
        digits if matches!(digits.len(), 15 | 20 | 22) => valid(gs1(digits), 10),
        _ => Verdict::Invalid,
    }
}

fn ups(rest: &[u8]) -> bool {
    let [body @ .., check] = rest else { return false };
    let value = |byte: u8| if byte.is_ascii_digit() { u32::from(byte - b'0') } else { (u32::from(byte) - 63) % 10 };
    let sum: u32 = body.iter().enumerate().map(|(place, byte)| value(*byte) * (1 + place as u32 % 2)).sum();
    check.is_ascii_digit() && (10 - sum % 10) % 10 == u32::from(check - b'0')
}

fn s10(digits: &[u8]) -> bool {
    let [body @ .., check] = digits else { return false };
    let sum: u32 = body.iter().zip([8, 6, 4, 2, 3, 5, 9, 7]).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let wanted = match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        digit => digit,
    };
    wanted == u32::from(check - b'0')
}

fn fedex12(digits: &[u8]) -> bool {
    let [body @ .., check] = digits else { return false };
    let sum: u32 = body.iter().zip([3, 1, 7].into_iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    sum % 11 % 10 == u32::from(check - b'0')
}

/// The check digit of GS1 keys: weights 3 and 1 from the right.
pub fn gs1(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(digit.wrapping_sub(b'0')) * if place % 2 == 0 { 1 } else { 3 })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers() {
        for valid in ["1Z999AA10123456784", "RB123456785GB", "9400 1000 0000 0000 0000 06", "986578788855"] {
            assert!(matches!(parcel(valid), Verdict::Valid { .. }), "{valid}");
        }
        for invalid in ["1Z999AA10123456785", "RB123456786GB", "9400100000000000000001", "1Z", ""] {
            assert_eq!(parcel(invalid), Verdict::Invalid, "{invalid}");
        }
        assert!(gs1(b"00012345600012"));
    }
}
