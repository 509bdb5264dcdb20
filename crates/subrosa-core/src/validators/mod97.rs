//! The check of international bank account numbers: ISO 7064 MOD 97-10 (ISO 13616-1).

use super::value;

/// Country and length of its account numbers, sorted by country (SWIFT IBAN registry).
static LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"AZ", 28),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BI", 27),
    (b"BR", 29),
    (b"BY", 28),
    (b"CH", 21),
    (b"CR", 22),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DJ", 27),
    (b"DK", 18),
    (b"DO", 28),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FK", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GI", 23),
    (b"GL", 18),
    (b"GR", 27),
    (b"GT", 28),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IL", 23),
    (b"IQ", 23),
    (b"IS", 26),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"KZ", 20),
    (b"LB", 28),
    (b"LC", 32),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"LY", 25),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MN", 20),
    (b"MR", 27),
    (b"MT", 31),
    (b"MU", 30),
    (b"NI", 28),
    (b"NL", 18),
    (b"NO", 15),
    (b"OM", 23),
    (b"PK", 24),
    (b"PL", 28),
    (b"PS", 29),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"RS", 22),
    (b"RU", 33),
    (b"SA", 24),
    (b"SC", 31),
    (b"SD", 18),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
    (b"SM", 27),
    (b"SO", 23),
    (b"ST", 25),
    (b"SV", 28),
    (b"TL", 23),
    (b"TN", 24),
    (b"TR", 26),
    (b"UA", 29),
    (b"VA", 22),
    (b"VG", 24),
    (b"XK", 20),
    (b"YE", 30),
];

/// How many letters and digits an account number of this country has.
pub fn iban_length(country: [u8; 2]) -> Option<usize> {
    let country = country.map(|letter| letter.to_ascii_uppercase());
    let at = LENGTHS.binary_search_by_key(&&country, |(known, _)| known).ok()?;
    Some(LENGTHS[at].1)
}

/// Whether the letters and digits have the length of their country and pass. One random number in ninety-seven does.
pub fn iban(signs: &[u8]) -> bool {
    let [first, second, _, _, _, _, _, ..] = signs else { return false };
    let remainder = signs[4..].iter().chain(&signs[..4]).fold(0, |sum, sign| {
        let value = value(*sign);
        (sum * if value < 10 { 10 } else { 100 } + value) % 97
    });
    iban_length([*first, *second]) == Some(signs.len()) && remainder == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registry_examples() {
        for example in ["GB29NWBK60161331926819", "DE89370400440532013000", "FR1420041010050500013M02606", "NO9386011117947"] {
            assert!(iban(example.as_bytes()), "{example}");
        }
        assert!(!iban(b"GB29NWBK60161331926818") && !iban(b"GB29") && !iban(b""));
    }

    #[test]
    fn countries_are_sorted() {
        assert!(LENGTHS.is_sorted_by_key(|(country, _)| *country));
    }
}
