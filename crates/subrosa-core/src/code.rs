//! Codes of letters and digits that people can copy: `7F3K9QWXM2`.
//!
//! The signs are those of Crockford's base 32: no I, L, O and U, so that no two look alike and hardly a word comes about. The
//! last sign is a check sign: it tells a code from a number that somebody else made, and notices every single wrong sign and
//! every two signs that changed places, which is how codes are mistyped. One text in 32 passes by chance.
//!
//! The check is a sum over the field of 32 elements (x^5 + x^2 + 1): each sign counts double what the sign after it counts.
//! Codes of the same signs always have the same check sign, whatever word stands before them.

/// The signs, in the order of their values.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The fewest signs of a code, the check sign included.
pub const LEAST: usize = 5;
/// The most signs of a code that can be made, the check sign included.
pub const MOST: usize = 32;

/// The bytes in base 32, five bits a sign, the last one filled with zeros.
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity((bytes.len() * 8).div_ceil(5));
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in bytes {
        buffer = buffer << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(sign(buffer >> bits));
        }
    }
    if bits > 0 {
        text.push(sign(buffer << (5 - bits)));
    }
    text
}

/// The bytes that [`base32`] wrote. Nothing when a sign is not one of ours, or when no bytes are written so.
pub fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in text.bytes() {
        buffer = buffer << 5 | value(byte)?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
        }
    }
    (bits < 5 && buffer & ((1 << bits) - 1) == 0).then_some(bytes)
}

/// A code of `length` signs: as many of the bytes' bits as fit, and a check sign. Bytes by chance make codes by chance, of
/// which some are nothing but letters or nothing but digits: see [`is_code`].
///
/// The length is taken between [`LEAST`] and [`MOST`]; too few bytes count as followed by zeros.
pub fn code(bytes: &[u8], length: usize) -> String {
    let payload = length.clamp(LEAST, MOST) - 1;
    let mut text = base32(bytes);
    text.truncate(payload);
    while text.len() < payload {
        text.push('0');
    }
    let check = sum(text.bytes()).unwrap_or_default();
    text.push(sign(check));
    text
}

/// Whether `text` is a code with the right check sign, written in capitals, with at least one digit and one letter: words
/// and plain numbers are none.
pub fn is_code(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.len() >= LEAST && digits > 0 && digits < text.len() && sum(text.bytes()) == Some(0)
}

/// Whether codes and [`base32`] are written with this character.
pub fn is_sign(byte: u8) -> bool {
    SIGNS.contains(&byte)
}

/// The code that somebody typed: small letters, and O, I and L for the digits they are taken for. Nothing when its check sign
/// is wrong.
pub fn read(typed: &str) -> Option<String> {
    let signs = typed.trim().chars().filter(|sign| *sign != ' ');
    let text: String = signs
        .map(|sign| match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            sign => sign,
        })
        .collect();
    is_code(&text).then_some(text)
}

/// The check over signs; 0 over a whole code.
fn sum(signs: impl Iterator<Item = u8>) -> Option<u32> {
    let mut sum = 0;
    for byte in signs {
        sum = double(sum ^ value(byte)?);
    }
    // Of a whole code the sum before the last doubling is 0, and so is its double. Of the rest it is the sign that is missing.
    Some(sum)
}

/// Twice an element of the field.
fn double(element: u32) -> u32 {
    let doubled = element << 1;
    if doubled & 32 == 0 { doubled } else { doubled ^ 0b10_0101 }
}

fn sign(value: u32) -> char {
    char::from(SIGNS[(value & 31) as usize])
}

fn value(sign: u8) -> Option<u32> {
    SIGNS.iter().position(|known| *known == sign).map(|value| value as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_check_themselves() {
        let code = code(b"any bytes there are", 10);
        assert_eq!(code.len(), 10);
        assert!(is_code(&code), "{code}");
        assert_eq!(read(&format!(" {} ", code.to_lowercase().replace('1', "l").replace('0', "o"))), Some(code));
        assert!(!is_code("000000") && !is_code("1234567890") && !is_code("BAKER"));
    }

    #[test]
    fn every_wrong_sign_and_every_swap_is_noticed() {
        let good = code(&[0x3f, 0x9a, 0x11, 0xe0, 0x77, 0x25, 0xc8], 10);
        for at in 0..good.len() {
            for other in SIGNS {
                let mut signs = good.clone().into_bytes();
                let same = signs[at] == *other;
                signs[at] = *other;
                assert_eq!(is_code(&String::from_utf8(signs).unwrap()), same);
            }
            for with in 0..at {
                let mut signs = good.clone().into_bytes();
                let same = signs[at] == signs[with];
                signs.swap(at, with);
                assert_eq!(is_code(&String::from_utf8(signs).unwrap()), same);
            }
        }
    }

    #[test]
    fn lengths_are_kept_to() {
        assert_eq!(code(&[], 0), "00000");
        assert_eq!(code(&[255; 4], 99).len(), MOST);
    }

    proptest::proptest! {
        #[test]
        fn base32_is_read_as_it_is_written(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40)) {
            let text = base32(&bytes);
            proptest::prop_assert_eq!(from_base32(&text), Some(bytes));
        }

        #[test]
        fn anything_can_be_asked(text in "\\PC{0,20}") {
            let _ = (is_code(&text), read(&text), from_base32(&text));
        }
    }
}
