//! Blanks removed values in streams that are not shown but hold names: font programs, character maps, colour
//! profiles.

/// Shortest value that is looked for: shorter ones occur in binary data by chance.
const SHORTEST: usize = 4;

/// Overwrites each value (lower case, ASCII) with `x`, whatever its case, as bytes and as UTF-16. White space, hyphens and
/// zero bytes inside it do not matter, nor are they changed.
pub(super) fn blank_values(data: &mut [u8], values: &[String]) {
    for value in values {
        let letters: Vec<u8> = value.bytes().filter(|&byte| !is_skipped(byte)).collect();
        if letters.len() >= SHORTEST && letters.is_ascii() {
            blank(data, &letters);
        }
    }
}

fn is_skipped(byte: u8) -> bool {
    byte == 0 || byte == b'-' || byte.is_ascii_whitespace()
}

fn blank(data: &mut [u8], letters: &[u8]) {
    let (Some(&first), Some(longest)) = (letters.first(), letters.len().checked_mul(4)) else {
        return;
    };
    let upper = first.to_ascii_uppercase();
    let mut at = 0;
    while let Some(found) = data.get(at..).and_then(|rest| memchr::memchr2(first, upper, rest)) {
        at += found;
        if let Some(places) = places(data, at, letters, longest) {
            for place in places {
                if let Some(byte) = data.get_mut(place) {
                    *byte = b'x';
                }
            }
        }
        at += 1;
    }
}

/// Where the letters of a value stand, if they stand here.
fn places(data: &[u8], start: usize, letters: &[u8], longest: usize) -> Option<Vec<usize>> {
    let mut places = Vec::with_capacity(letters.len());
    for (offset, byte) in data.get(start..)?.iter().take(longest).enumerate() {
        if byte.to_ascii_lowercase() == *letters.get(places.len())? {
            places.push(start + offset);
            if places.len() == letters.len() {
                return Some(places);
            }
        } else if !is_skipped(*byte) {
            return None;
        }
    }
    None
}
