//! The check digit of registration numbers of residents and foreigners in South Korea.

use super::weights::sum;

/// What the last of thirteen digits has to be: `offset` is 11 for residents and 13 for foreigners.
pub fn check_digit(digits: &[u8], offset: i32) -> u32 {
    (offset - sum(digits, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11).rem_euclid(10).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::check_digit;

    #[test]
    fn residents_and_foreigners_differ_by_two() {
        assert_eq!(check_digit(b"971013901990", 11), 2);
        assert_eq!(check_digit(b"971013901990", 13), 4);
    }
}
