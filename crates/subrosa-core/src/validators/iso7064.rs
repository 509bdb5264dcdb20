//! The pure and hybrid check digits of ISO/IEC 7064:2003.

use super::value;

/// MOD 11,10: digits, the last the check digit. Germany's and Croatia's tax numbers.
pub fn mod_11_10(digits: &[u8]) -> bool {
    let product = digits.split_last().map(|(check, rest)| {
        let product = rest.iter().fold(10, |product, digit| {
            let sum = (product + value(*digit)) % 10;
            (if sum == 0 { 10 } else { sum }) * 2 % 11
        });
        (product + value(*check)) % 10
    });
    product == Some(1)
}

/// MOD 11-2: digits and a last sign that can be `X` for 10. China's resident identity numbers.
pub fn mod_11_2(signs: &[u8]) -> bool {
    let Some((check, rest)) = signs.split_last() else { return false };
    let sum = rest.iter().fold(0, |sum, digit| (sum + value(*digit)) * 2 % 11);
    let check = if *check == b'X' { 10 } else { value(*check) };
    check <= 10 && (sum + check) % 11 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers() {
        assert!(mod_11_10(b"86095742719") && !mod_11_10(b"86095742710"));
        assert!(mod_11_2(b"11010519491231002X") && !mod_11_2(b"110105194912310021"));
        assert!(!mod_11_10(b"") && !mod_11_2(b""));
    }
}
