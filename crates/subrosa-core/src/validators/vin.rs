//! The check digit of vehicle identification numbers, ninth of seventeen characters (49 CFR 565.15, ISO 3779).
//!
//! North America and China require it; elsewhere the place is free, so a wrong digit does not prove anything.

const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/// Whether `signs` can be a VIN at all: letters and digits in use, the last four digits.
pub fn form(signs: &[u8]) -> bool {
    let [first @ .., _, _, _, _] = signs else { return false };
    signs.len() == WEIGHTS.len()
        && signs[first.len()..].iter().all(u8::is_ascii_digit)
        && first.iter().any(u8::is_ascii_alphabetic)
        && signs.iter().all(|sign| transliterated(*sign).is_some())
}

/// Whether the ninth sign is the check digit.
pub fn check_digit(signs: &[u8]) -> bool {
    let sum: u32 = signs.iter().zip(WEIGHTS).map(|(sign, weight)| transliterated(*sign).unwrap_or_default() * weight).sum();
    let check = match sum % 11 {
        10 => b'X',
        digit => b'0' + digit as u8,
    };
    signs.get(8) == Some(&check)
}

/// The value of a character; `I`, `O` and `Q` are not used.
fn transliterated(byte: u8) -> Option<u32> {
    Some(match byte {
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
        assert!(form(b"1M8GDM9AXKP042788") && check_digit(b"1M8GDM9AXKP042788"));
        assert!(form(b"1M8GDM9A1KP042788") && !check_digit(b"1M8GDM9A1KP042788"));
        assert!(!form(b"1M8GDM9AXKPO42788") && !form(b"11111111111111111") && !form(b""));
    }
}
