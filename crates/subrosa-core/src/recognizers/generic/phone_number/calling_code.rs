//! Which calling codes are assigned, and how long the numbers behind the commonest of them are.
//!
//! *References*: ITU-T E.164, list of assigned country codes; national numbering plans for the lengths.

/// Codes of three digits, by their first two; in each string the third digits that are assigned.
const THREE: &[(u32, &str)] = &[
    (21, "12368"),
    (22, "0123456789"),
    (23, "0123456789"),
    (24, "0123456789"),
    (25, "012345678"),
    (26, "0123456789"),
    (29, "01789"),
    (35, "0123456789"),
    (37, "0123456789"),
    (38, "01235679"),
    (42, "013"),
    (50, "0123456789"),
    (59, "0123456789"),
    (67, "023456789"),
    (68, "012356789"),
    (69, "012"),
    (80, "08"),
    (85, "02356"),
    (87, "08"),
    (88, "012368"),
    (96, "012345678"),
    (97, "012345679"),
    (99, "234568"),
];
/// Codes of two digits, with the fewest and most digits of a national number.
const TWO: &[(u32, usize, usize)] = &[
    (20, 8, 10),
    (27, 9, 9),
    (30, 10, 10),
    (31, 9, 9),
    (32, 8, 9),
    (33, 9, 9),
    (34, 9, 9),
    (36, 8, 9),
    (39, 6, 12),
    (40, 9, 9),
    (41, 9, 9),
    (43, 4, 13),
    (44, 7, 10),
    (45, 8, 8),
    (46, 6, 10),
    (47, 5, 8),
    (48, 9, 9),
    (49, 5, 13),
    (51, 8, 9),
    (52, 10, 11),
    (53, 6, 8),
    (54, 10, 11),
    (55, 10, 11),
    (56, 9, 9),
    (57, 8, 10),
    (58, 10, 10),
    (60, 8, 10),
    (61, 6, 10),
    (62, 7, 12),
    (63, 8, 10),
    (64, 8, 10),
    (65, 8, 11),
    (66, 8, 9),
    (81, 9, 10),
    (82, 8, 11),
    (84, 9, 10),
    (86, 9, 11),
    (90, 10, 10),
    (91, 10, 11),
    (92, 9, 10),
    (93, 9, 9),
    (94, 9, 9),
    (95, 7, 10),
    (98, 10, 10),
];

/// Whether the code of a number that starts with `+` exists and what follows is long enough; true for all other numbers.
///
/// A trunk zero in brackets (`+49 (0)30`) and one that should not be there are passed over.
pub(super) fn fits(number: &str) -> bool {
    let Some(rest) = number.strip_prefix('+') else { return true };
    let trunk = usize::from(rest.contains("(0"));
    let mut digits = rest.bytes().filter(u8::is_ascii_digit).map(|digit| u32::from(digit - b'0'));
    let count = digits.clone().count();
    let (first, second, third) = (digits.next().unwrap_or(0), digits.next().unwrap_or(0), digits.next().unwrap_or(0));
    match first {
        // North America: ten digits, none of the areas starts with 0 or 1.
        1 => count == 11 && second >= 2,
        7 => count == 11,
        _ => {
            let two = first * 10 + second;
            if let Some((_, min, max)) = TWO.iter().find(|(code, ..)| *code == two) {
                let national = count - 2;
                // One digit more when the trunk zero is written.
                return (*min..=max + 1 + trunk).contains(&national);
            }
            let assigned = THREE
                .iter()
                .find(|(code, _)| *code == two)
                .is_some_and(|(_, thirds)| thirds.bytes().any(|digit| u32::from(digit - b'0') == third));
            assigned && count >= 3 + 4
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn codes_and_lengths() {
        for good in [
            "+1 555 555 0123",
            "+44 20 7946 0000",
            "+49 (0)30 123456",
            "+352 26 12 34 56",
            "+7 495 123-45-67",
            "+34600123456",
            "+447700900123",
            "030 1",
        ] {
            assert!(fits(good), "{good}");
        }
        for bad in ["+1 55 555 0123", "+1 155 555 0123", "+999 123 456 789", "+34 600 123", "+210 123 4567", "+83 123 456 789"] {
            assert!(!fits(bad), "{bad}");
        }
    }
}
