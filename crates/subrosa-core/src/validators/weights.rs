//! Check digits that are a weighted sum: each sign times the weight of its place, modulo a number.
//!
//! Most national numbers differ only in weights, modulus and what is done with the remainder.

use super::value;

/// The sum of each sign times the weight of its place, as far as there are weights.
pub fn sum(signs: &[u8], weights: &[i32]) -> i32 {
    signs.iter().zip(weights).map(|(sign, weight)| value(*sign) as i32 * weight).sum()
}

/// Whether the weighted sum of all signs, check digit included, is a multiple of `modulus`.
pub fn divides(signs: &[u8], weights: &[i32], modulus: i32) -> bool {
    signs.len() == weights.len() && sum(signs, weights) % modulus == 0
}

/// The remainder of the weighted sum, never negative.
pub fn remainder(signs: &[u8], weights: &[i32], modulus: i32) -> u32 {
    sum(signs, weights).rem_euclid(modulus).unsigned_abs()
}

/// What is missing from the weighted sum to a multiple of `modulus`: 0 up to `modulus`, less one.
pub fn missing(signs: &[u8], weights: &[i32], modulus: i32) -> u32 {
    (-sum(signs, weights)).rem_euclid(modulus).unsigned_abs()
}

/// Whether the sign at `place` is the digit `expected`.
pub fn is(signs: &[u8], place: usize, expected: u32) -> bool {
    signs.get(place).is_some_and(|sign| sign.is_ascii_digit() && value(*sign) == expected)
}

/// Whether the last sign is the digit `expected`.
pub fn ends(signs: &[u8], expected: u32) -> bool {
    signs.len().checked_sub(1).is_some_and(|last| is(signs, last, expected))
}

/// The sum of the digits of each product, as Luhn takes them.
pub fn cross_sum(signs: &[u8], weights: &[u32]) -> u32 {
    let product = |(sign, weight): (&u8, &u32)| value(*sign) * weight;
    signs.iter().zip(weights).map(product).map(|product| product / 100 + product / 10 % 10 + product % 10).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_products() {
        assert_eq!(sum(b"123", &[3, 2, 1]), 10);
        assert!(divides(b"9990000018", &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11));
        assert!(!divides(b"9990000019", &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11));
        assert!(!divides(b"999000001", &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11));
        assert_eq!((remainder(b"12", &[1, 1], 11), missing(b"12", &[1, 1], 11), missing(b"92", &[1, 1], 11)), (3, 8, 0));
        assert_eq!(cross_sum(b"79", &[2, 1]), 5 + 9);
        assert!(ends(b"12", 2) && !ends(b"1A", 10) && !ends(b"", 0));
    }
}
