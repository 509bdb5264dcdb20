//! Decoding and writing of character data.

use std::borrow::Cow;

/// One unit of raw character data: how many bytes it takes and the character it means.
fn unit(raw: &str) -> Option<(usize, char)> {
    let first = raw.chars().next()?;
    match first {
        '&' => {
            let end = raw.find(';')?;
            Some((end + 1, reference(&raw[1..end])?))
        }
        '\r' if raw[1..].starts_with('\n') => Some((2, '\n')),
        '\r' => Some((1, '\n')),
        _ => Some((first.len_utf8(), first)),
    }
}

/// The character a reference (without `&` and `;`) means, if it means one.
pub(crate) fn reference(name: &str) -> Option<char> {
    let number = |digits: &str, radix| {
        let all_digits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
        let code = all_digits.then(|| u32::from_str_radix(digits, radix).ok())??;
        char::from_u32(code).filter(|character| is_allowed(*character))
    };
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#')? {
            digits if digits.starts_with('x') => number(&digits[1..], 16),
            digits => number(digits, 10),
        },
    }
}

/// Whether XML 1.0 allows the character.
pub(crate) fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Character data with its references resolved and its line ends normalised; nothing when a reference is unknown.
pub(crate) fn decode(raw: &str) -> Option<Cow<'_, str>> {
    if memchr::memchr2(b'&', b'\r', raw.as_bytes()).is_none() {
        return Some(Cow::Borrowed(raw));
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let (length, character) = unit(&rest[at..])?;
        text.push(character);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    Some(Cow::Owned(text))
}

/// For decoded offsets in ascending order, the raw offsets where their characters begin.
pub(crate) struct Offsets<'a> {
    raw: &'a str,
    raw_at: usize,
    decoded_at: usize,
}

impl<'a> Offsets<'a> {
    /// A walk from the beginning of `raw`.
    pub(crate) fn new(raw: &'a str) -> Self {
        Self { raw, raw_at: 0, decoded_at: 0 }
    }

    /// The raw offset of `decoded`, which must not lie before the last one asked for. Past the end gives the end.
    pub(crate) fn advance(&mut self, decoded: usize) -> usize {
        while self.decoded_at < decoded {
            let rest = &self.raw[self.raw_at..];
            let Some((length, character)) = unit(rest) else {
                self.raw_at = self.raw.len();
                break;
            };
            self.raw_at += length;
            self.decoded_at += character.len_utf8();
        }
        self.raw_at
    }
}

/// `text` as character data of an element.
pub(crate) fn element(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"), // `]]>` must not occur
            '\r' => out.push_str("&#13;"),
            _ => push_allowed(&mut out, character),
        }
    }
    out
}

/// `text` as an attribute value, in either kind of quotes.
pub(crate) fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            _ => push_allowed(&mut out, character),
        }
    }
    out
}

/// `text` in a CDATA section that stands around it.
pub(crate) fn cdata(text: &str) -> String {
    text.chars().filter(|character| is_allowed(*character)).collect::<String>().replace("]]>", "]]]]><![CDATA[>")
}

/// `text` as part of a URI: what RFC 3986 does not allow there is percent-encoded, so that the target stays well-formed.
pub(crate) fn uri(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$()*+,;=%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    out
}

fn push_allowed(out: &mut String, character: char) {
    out.push(if is_allowed(character) { character } else { '\u{FFFD}' });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_references_and_line_ends() {
        assert_eq!(decode("a &amp; &#x41;&#66;\r\nc\rd").as_deref(), Some("a & AB\nc\nd"));
        assert_eq!(decode("&nbsp;"), None);
        assert_eq!(decode("&#0;"), None);
        assert_eq!(decode("a & b"), None);
    }

    #[test]
    fn offsets_follow_references() {
        let raw = "x&amp;y&#xE9;z";
        let mut offsets = Offsets::new(raw);
        assert_eq!([0, 1, 2, 3, 5, 6].map(|at| offsets.advance(at)), [0, 1, 6, 7, 13, 14]);
    }

    #[test]
    fn writes_what_cannot_break_out() {
        assert_eq!(element("<a>&\u{1}"), "&lt;a&gt;&amp;\u{FFFD}");
        assert_eq!(attribute("\"'\n"), "&quot;&apos;&#10;");
        assert_eq!(cdata("a]]>b"), "a]]]]><![CDATA[>b");
        assert_eq!(uri("[P 1]"), "%5BP%201%5D");
    }
}
