//! The check digit of vehicle identification numbers, ninth of seventeen characters (49 CFR 565.15, ISO 3779).
//!
//! North America and China require it; elsewhere the place is free, so a wrong digit does not prove anything.

use crate::verdict::Verdict;

/// One random number in eleven passes.
pub const CHANCE: u32 = 11;

const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/// Invalid when `value` cannot be a VIN at all, Unknown when only the check digit is wrong.
pub fn vin(value: &str) -> Verdict {
    let bytes = value.as_bytes();
    let serial_is_numeric = bytes.len() == 17 && bytes[13..].iter().all(u8::is_ascii_digit);
    if !serial_is_numeric || !bytes[..13].iter().any(u8::is_ascii_alphabetic) {
        return Verdict::Invalid;
    }
    let mut sum = 0;
    for (byte, weight) in bytes.iter().zip(WEIGHTS) {
        let Some(value) = transliterated(*byte) else { return Verdict::Invalid };
        sum += value * weight;
    }
    let check = match sum % 11 {
        10 => b'X',
        digit => b'0' + digit as u8,
    };
    if bytes[8].to_ascii_uppercase() == check { Verdict::Valid { chance: CHANCE } } else { Verdict::Unknown }
}

/// The value of a character; `I`, `O` and `Q` are not used.
fn transliterated(byte: u8) -> Option<u32> {
    Some(match byte.to_ascii_uppercase() {
        digit @ b'0'..=b'9' => u32::from(digit - b'0'),
        letter @ b'A'..=b'H' => u32::from(letter - b'A' + 1),
        letter @ b'J'..=b'N' => u32::from(letter - b'J' + 1),
        b'P' => 7,
        b'R' => 9,
        letter @ b'S'..=b'Z' => u32::from(letter - b'S' + 2),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers() {
        assert_eq!(vin("1M8GDM9AXKP042788"), Verdict::Valid { chance: CHANCE });
        assert_eq!(vin("1M8GDM9A1KP042788"), Verdict::Unknown);
        assert_eq!(vin("1M8GDM9AXKPO42788"), Verdict::Invalid);
        assert_eq!(vin("11111111111111111"), Verdict::Invalid);
    }
}
