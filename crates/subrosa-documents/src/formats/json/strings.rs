//! The escapes of JSON strings: decoding, encoding, and the map between the two.

/// Decodes the content of a string. Half a surrogate pair becomes U+FFFD.
pub(super) fn decode(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(found) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (plain, escape) = rest.split_at(found);
        out.push_str(plain);
        let (char, length) = unescape(escape.as_bytes());
        out.push(char);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Writes text as the content of a string.
pub(super) fn encode(text: &str, out: &mut String) {
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..'\u{20}' => {
                out.push_str("\\u00");
                out.extend([u32::from(char) >> 4, u32::from(char) & 15].map(|digit| char::from_digit(digit, 16).unwrap_or('0')));
            }
            _ => out.push(char),
        }
    }
}

/// The character that an escape stands for, and the bytes it takes. `raw` begins with a backslash and was checked.
fn unescape(raw: &[u8]) -> (char, usize) {
    let unit = |at: usize| {
        let hex = raw.get(at..at + 2).filter(|start| start == b"\\u").and_then(|_| raw.get(at + 2..at + 6))?;
        u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
    };
    let char = match raw.get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            let high = unit(0).unwrap_or(0xFFFD);
            if let (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) = (high, unit(6)) {
                let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
            }
            return (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 6);
        }
        Some(&byte) => char::from(byte),
        None => return (char::REPLACEMENT_CHARACTER, 1),
    };
    (char, 2)
}

/// Walks a string from places in its decoded text to places in it as written; places must not decrease.
pub(super) struct Map<'r> {
    raw: &'r [u8],
    text: usize,
    at: usize,
}

impl<'r> Map<'r> {
    /// The map of a string's content.
    pub(super) fn new(raw: &'r str) -> Self {
        Self { raw: raw.as_bytes(), text: 0, at: 0 }
    }

    /// The place, as written, of the character at `text`; nothing when no character begins there.
    pub(super) fn at(&mut self, text: usize) -> Option<usize> {
        while self.text < text {
            let rest = self.raw.get(self.at..)?;
            if rest.first()? == &b'\\' {
                let (char, length) = unescape(rest);
                self.text += char.len_utf8();
                self.at += length;
            } else {
                self.text += 1;
                self.at += 1;
            }
        }
        (self.text == text).then_some(self.at)
    }
}
