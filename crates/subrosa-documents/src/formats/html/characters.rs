//! Characters of mark-up into mapped texts: references, white space, and the escapes inside attribute values and scripts.

use std::ops::Range;

use super::code::Code;
use super::entities;
use crate::mapped::Mapped;

/// How characters are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Manner {
    /// Whether references are resolved.
    pub(crate) references: bool,
    /// Whether they are in an attribute's value.
    pub(crate) value: bool,
    /// Whether a run of white space is one space, as where text flows.
    pub(crate) flowing: bool,
    /// How the place writes its text.
    pub(crate) code: Code,
}

/// The content of elements.
pub(crate) const FLOW: Manner = Manner { references: true, value: false, flowing: true, code: Code::Text };
/// The content of elements that keep their white space.
pub(crate) const KEPT: Manner = Manner { flowing: false, ..FLOW };
/// The value of an attribute.
pub(crate) const VALUE: Manner = Manner { value: true, flowing: false, ..FLOW };
/// Places without references.
pub(crate) const RAW: Manner = Manner { references: false, value: false, flowing: false, code: Code::Raw };

fn space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

/// Adds the characters of `text[range]`.
pub(crate) fn push(text: &str, range: Range<usize>, manner: Manner, out: &mut Mapped<Code>) {
    let bytes = text.as_bytes().get(..range.end).unwrap_or_default();
    let get = |range: Range<usize>| text.get(range).unwrap_or_default();
    let mut run = range.start;
    let mut at = range.start;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'&' && manner.references {
            if let Some((meant, length)) = entities::reference(get(at..range.end), manner.value) {
                out.verbatim(get(run..at), run, manner.code);
                out.atom(&meant, at..at + length, manner.code);
                (at, run) = (at + length, at + length);
                continue;
            }
        } else if space(byte) && manner.flowing {
            let length = bytes.get(at..).unwrap_or_default().iter().take_while(|&&byte| space(byte)).count();
            let first = if run < at { false } else { out.text().is_empty() || out.text().ends_with(char::is_whitespace) };
            if length > 1 || byte != b' ' || first {
                out.verbatim(get(run..at), run, manner.code);
                if !first {
                    out.atom(" ", at..at + length, manner.code);
                }
                run = at + length;
            }
            at += length;
            continue;
        }
        at += 1;
    }
    out.verbatim(get(run..range.end), run, manner.code);
}

/// The text of `text[range]` alone.
pub(crate) fn mapped(text: &str, range: Range<usize>, manner: Manner) -> Mapped<Code> {
    let mut out = Mapped::default();
    push(text, range, manner, &mut out);
    out
}

fn hex(text: &str, at: usize, digits: usize) -> Option<u32> {
    let digits = text.get(at..at + digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

/// The percent escapes of an address that stand for characters, and what they stand for.
pub(crate) fn percent_escapes(text: &str) -> Vec<(Range<usize>, String)> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'%', text.as_bytes().get(at..).unwrap_or_default()) {
        let start = at + found;
        at = start + 1;
        let Some(first) = hex(text, start + 1, 2) else { continue };
        let length = match first {
            0x20..=0x7e => 1,
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => continue,
        };
        let byte = |number: usize| {
            let at = start + number * 3;
            (text.as_bytes().get(at) == Some(&b'%')).then(|| hex(text, at + 1, 2)).flatten().map(|byte| byte as u8)
        };
        let bytes: Option<Vec<u8>> = (0..length).map(byte).collect();
        if let Some(char) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
            at = start + length * 3;
            parts.push((start..at, char));
        }
    }
    parts
}

/// The escapes of a script, and what they stand for. Line continuations stand for nothing.
pub(crate) fn script_escapes(text: &str) -> Vec<(Range<usize>, String)> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', text.as_bytes().get(at..).unwrap_or_default()) {
        let start = at + found;
        let rest = text.get(start + 1..).unwrap_or_default();
        let Some(kind) = rest.chars().next() else { break };
        at = start + 1 + kind.len_utf8();
        let meant = match kind {
            'n' => "\n".to_owned(),
            'r' => "\r".to_owned(),
            't' => "\t".to_owned(),
            '"' | '\'' | '`' | '\\' | '/' => kind.to_string(),
            '\n' => String::new(),
            'x' => match hex(text, start + 2, 2).and_then(char::from_u32) {
                Some(char) => {
                    at = start + 4;
                    char.to_string()
                }
                None => continue,
            },
            'u' => match unicode(text, start) {
                Some((char, length)) => {
                    at = start + length;
                    char.to_string()
                }
                None => continue,
            },
            _ => continue,
        };
        parts.push((start..at, meant));
    }
    parts
}

/// The character of `\u004a`, `\ud83d\ude00` or `\u{1f600}`, and the bytes it takes.
fn unicode(text: &str, start: usize) -> Option<(char, usize)> {
    if text.as_bytes().get(start + 2) == Some(&b'{') {
        let digits = text.get(start + 3..start + 10.min(text.len() - start))?;
        let length = digits.find('}')?;
        return Some((char::from_u32(hex(text, start + 3, length)?)?, length + 4));
    }
    let unit = |at: usize| text.get(at..at + 2).filter(|mark| *mark == "\\u").and_then(|_| hex(text, at + 2, 4));
    let high = unit(start)?;
    if let (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) = (high, unit(start + 6)) {
        return Some((char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))?, 12));
    }
    Some((char::from_u32(high)?, 6))
}

/// The escapes of a style sheet, and what they stand for.
pub(crate) fn style_escapes(text: &str) -> Vec<(Range<usize>, String)> {
    // Addresses in a style sheet are percent-encoded.
    let mut parts = if text.contains("url(") { percent_escapes(text) } else { Vec::new() };
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', text.as_bytes().get(at..).unwrap_or_default()) {
        let start = at + found;
        at = start + 1;
        let rest = text.as_bytes().get(start + 1..).unwrap_or_default();
        let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_hexdigit()).count();
        if let Some(char) = hex(text, start + 1, digits).filter(|_| digits > 0).and_then(char::from_u32) {
            at = start + 1 + digits + usize::from(rest.get(digits).is_some_and(|&byte| space(byte)));
            parts.push((start..at, char.to_string()));
        }
    }
    parts.sort_by_key(|(range, _)| range.start);
    parts.dedup_by(|next, last| next.0.start < last.0.end);
    parts
}
