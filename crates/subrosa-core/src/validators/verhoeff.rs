//! Verhoeff's check digit, which finds every single error and swap of neighbours: the dihedral group of ten elements.
//!
//! J. Verhoeff, *Error Detecting Decimal Codes*, Mathematical Centre Tract 29, Amsterdam 1969.

use super::value;

/// The product of two elements of the dihedral group of order ten: 0 to 4 turn, 5 to 9 turn and flip.
const fn product(a: u32, b: u32) -> u32 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// What is done to a digit once for each place from the right.
const PERMUTATION: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/// Whether the digits, the check digit last, pass. One random number in ten does.
pub fn verhoeff(digits: &[u8]) -> bool {
    let permuted = |(place, digit): (usize, &u8)| (0..place % 8).fold(value(*digit), |digit, _| PERMUTATION[digit as usize % 10]);
    digits.iter().rev().enumerate().map(permuted).fold(0, product) == 0 && !digits.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers() {
        assert!(verhoeff(b"2363") && verhoeff(b"123451"));
        assert!(!verhoeff(b"2364") && !verhoeff(b"123450") && !verhoeff(b""));
    }

    #[test]
    fn a_swap_is_found() {
        for (right, swapped) in [(b"2363", b"3263"), (b"2363", b"2633"), (b"2363", b"2336")] {
            assert!(verhoeff(right) && !verhoeff(swapped));
        }
    }
}
