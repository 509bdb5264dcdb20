//! The check digit of the personal codes of Estonia and Lithuania (EVS 585:2007).

use super::birth::year_month_day;
use super::weights::{ends, remainder};

/// Whether the code holds sex and century, a date, and the right check digit: by a second row of weights when the first says
/// ten, and 0 when that does too.
pub fn baltic_code(digits: &[u8]) -> bool {
    let first = remainder(digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1], 11);
    let check = if first == 10 { remainder(digits, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3], 11) % 10 } else { first };
    matches!(digits.first(), Some(b'1'..=b'6')) && year_month_day(digits, 1) && ends(digits, check)
}

#[cfg(test)]
mod tests {
    use super::baltic_code;

    #[test]
    fn published_examples() {
        assert!(baltic_code(b"37605030299") && baltic_code(b"33309240064"));
        assert!(!baltic_code(b"37605030298") && !baltic_code(b"37613030299") && !baltic_code(b""));
    }
}
