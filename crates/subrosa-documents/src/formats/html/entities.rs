//! Character references of HTML, by the rules of the HTML Standard, section 13.2.5.72 and following.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Longest name of the standard's list, with `&` and `;`.
const LONGEST: usize = 33;

/// What the digits 128 to 159 mean, since authors meant windows-1252.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn names() -> &'static HashMap<&'static str, &'static str> {
    static NAMES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    NAMES.get_or_init(|| entities::ENTITIES.iter().map(|entity| (entity.entity, entity.characters)).collect())
}

/// What the reference at the beginning of `raw` stands for, and the bytes it takes. In an attribute's value a name without
/// its semicolon is none when a letter, a digit or `=` follows.
pub(super) fn reference(raw: &str, attribute: bool) -> Option<(String, usize)> {
    let rest = raw.strip_prefix('&')?;
    if let Some(number) = rest.strip_prefix('#') {
        return numeric(number).map(|(char, length)| (char.to_string(), length + 2));
    }
    let letters = rest.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    if letters == 0 {
        return None;
    }
    if let Some(with) = raw.get(..letters + 2).filter(|with| with.ends_with(';'))
        && let Some(meant) = names().get(with)
    {
        return Some(((*meant).to_owned(), with.len()));
    }
    let (length, meant) =
        (2..=letters + 1).rev().find_map(|length| raw.get(..length).and_then(|name| Some((length, *names().get(name)?))))?;
    let next = raw.as_bytes().get(length);
    let part = attribute && next.is_some_and(|&next| next == b'=' || next.is_ascii_alphanumeric());
    (!part).then(|| (meant.to_owned(), length))
}

/// A number behind `&#`, and the bytes it takes with its semicolon.
fn numeric(raw: &str) -> Option<(char, usize)> {
    let hex = raw.strip_prefix(['x', 'X']);
    let digits = hex.unwrap_or(raw);
    let radix = if hex.is_some() { 16 } else { 10 };
    let length = digits.bytes().take_while(|&byte| char::from(byte).is_digit(radix)).count();
    if length == 0 {
        return None;
    }
    let code = digits.get(..length)?.trim_start_matches('0');
    let code = if code.is_empty() { 0 } else { u32::from_str_radix(code, radix).unwrap_or(u32::MAX) };
    let char = match code {
        0x80..=0x9f => WINDOWS.get(code as usize - 0x80).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
    Some((char, usize::from(hex.is_some()) + length + semicolon))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(raw: &str, attribute: bool) -> Option<(String, usize)> {
        reference(raw, attribute)
    }

    #[test]
    fn references_are_read_as_browsers_do() {
        let some = |text: &str, length| Some((text.to_owned(), length));
        assert_eq!(meant("&amp;x", false), some("&", 5));
        assert_eq!(meant("&ouml;", false), some("ö", 6));
        assert_eq!(meant("&oumlx", false), some("ö", 5));
        assert_eq!(meant("&oumlx", true), None);
        assert_eq!(meant("&copy=1", true), None);
        assert_eq!(meant("&notit;", false), some("¬", 4));
        assert_eq!(meant("&notin;", false), some("∉", 7));
        assert_eq!(meant("&#74;", false), some("J", 5));
        assert_eq!(meant("&#x4A", false), some("J", 5));
        assert_eq!(meant("&#146;", false), some("’", 6));
        assert_eq!(meant("&#99999999999;", false), some("\u{fffd}", 14));
        assert_eq!(meant("&", false), None);
        assert_eq!(meant("&#x;", false), None);
        assert_eq!(meant("&nosuch;", false), None);
    }
}
