//! Encoded words in headers: `=?utf-8?Q?J=C3=BCrgen?=`.
//!
//! Reference: RFC 2047. Read beyond it: words inside quotes and inside other words, words with spaces, characters split over
//! two words.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{base64, quoted_printable};

/// Longest encoded word that is written.
const LONGEST: usize = 75;
/// Longest name of a charset, and longest encoded word that is read.
const CHARSET: usize = 40;
const WORD: usize = 16 * 1024;

/// An encoded word.
pub(super) struct Word {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// Its charset in lower case.
    charset: String,
    /// Its bytes in that charset.
    bytes: Vec<u8>,
}

/// Encoded words that make one text.
pub(super) struct Group {
    /// Where they stand, with what is between them.
    pub(super) range: Range<usize>,
    /// Their text.
    pub(super) text: String,
}

/// The encoded word that begins at `at`.
fn word(bytes: &[u8], at: usize) -> Option<Word> {
    let rest = bytes.get(at..(at + WORD).min(bytes.len()))?.strip_prefix(b"=?")?;
    let charset = memchr::memchr(b'?', rest.get(..CHARSET).unwrap_or(rest)).filter(|length| *length > 0)?;
    let name = rest.get(..charset)?;
    if !name.iter().all(u8::is_ascii_graphic) {
        return None;
    }
    let style = rest.get(charset + 1)?;
    let content = rest.get(charset + 2..)?.strip_prefix(b"?")?;
    let end = memchr::memmem::find(content, b"?=")?;
    let encoded = content.get(..end)?;
    let decoded = match style {
        b'B' | b'b' => base64::decode(encoded)?,
        b'Q' | b'q' => {
            let spaced: Vec<u8> = encoded.iter().map(|&byte| if byte == b'_' { b' ' } else { byte }).collect();
            quoted_printable::decode(&spaced)
        }
        _ => return None,
    };
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    let name = name.split('*').next().unwrap_or_default().to_owned();
    Some(Word { range: at..at + 2 + charset + 3 + end + 2, charset: name, bytes: decoded })
}

/// The encoded words of one charset that begin at `at` with nothing but white space between them.
pub(super) fn group(bytes: &[u8], at: usize) -> Option<Group> {
    let mut first = word(bytes, at)?;
    let mut end = first.range.end;
    loop {
        let gap = bytes.get(end..).unwrap_or_default();
        let gap = gap.len() - gap.trim_ascii_start().len();
        match word(bytes, end + gap) {
            Some(next) if next.charset == first.charset => {
                first.bytes.extend_from_slice(&next.bytes);
                end = next.range.end;
            }
            _ => break,
        }
    }
    Some(Group { range: at..end, text: text_in(&first.charset, &first.bytes).into_owned() })
}

/// Bytes in a charset as text. Of an unknown charset, and of bytes that are not valid, what can be read.
pub(super) fn text_in<'b>(charset: &str, bytes: &'b [u8]) -> Cow<'b, str> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && (text.is_ascii() && memchr::memchr(0x1B, bytes).is_none())
    {
        return text.into();
    }
    let known = Encoding::for_label(charset.as_bytes()).filter(|encoding| *encoding != encoding_rs::REPLACEMENT);
    let encoding = match known {
        // `us-ascii` and `iso-8859-1` with UTF-8 in them are nearly always UTF-8.
        Some(encoding) if encoding != WINDOWS_1252 => encoding,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => WINDOWS_1252,
    };
    encoding.decode_without_bom_handling(bytes).0
}

/// A text that may hold encoded words and bytes above ASCII, as it is read.
pub(super) fn plain(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memmem::find(rest, b"=?")) {
        let Some(group) = group(bytes, at + found) else {
            out.push_str(&text_in("", bytes.get(at..at + found + 2).unwrap_or_default()));
            at += found + 2;
            continue;
        };
        out.push_str(&text_in("", bytes.get(at..at + found).unwrap_or_default()));
        out.push_str(&group.text);
        at = group.range.end;
    }
    out.push_str(&text_in("", bytes.get(at..).unwrap_or_default()));
    out
}

/// A text as encoded words in UTF-8, folded where one is not enough.
pub(super) fn encode(text: &str, eol: &str) -> String {
    const OPEN: &str = "=?utf-8?Q?";
    let mut out = String::from(OPEN);
    let mut length = OPEN.len();
    let mut buffer = [0; 4];
    for char in text.chars() {
        let bytes = char.encode_utf8(&mut buffer).as_bytes();
        let plain = char.is_ascii_alphanumeric() || matches!(char, '!' | '*' | '+' | '-' | '/');
        let needed = if plain || char == ' ' { 1 } else { 3 * bytes.len() };
        if length + needed + 2 > LONGEST {
            out.push_str("?=");
            out.push_str(eol);
            out.push(' ');
            out.push_str(OPEN);
            length = OPEN.len();
        }
        match char {
            ' ' => out.push('_'),
            _ if plain => out.push(char),
            _ => bytes.iter().for_each(|byte| out.push_str(&format!("={byte:02X}"))),
        }
        length += needed;
    }
    out.push_str("?=");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_charset_are_one_text() {
        let value = b"x =?utf-8?B?SsM=?=\r\n =?UTF-8?Q?=BCrgen_R?= =?iso-8859-1*de?q?=F6e?= y";
        let found = group(value, 2).unwrap();
        assert_eq!(found.text, "Jürgen R");
        assert_eq!(plain(value), "x Jürgen R öe y");
        assert_eq!(plain(b"=?utf-8?X?a?= =?=? \xFC"), "=?utf-8?X?a?= =?=? ü");
    }

    #[test]
    fn long_texts_are_folded() {
        let text = "Jürgen Müller-Lüdenscheidt und Ähnliches, 37 ".repeat(4);
        let encoded = encode(&text, "\r\n");
        assert!(encoded.split("\r\n ").all(|word| word.len() <= LONGEST));
        assert_eq!(group(encoded.as_bytes(), 0).unwrap().text, text);
    }
}
