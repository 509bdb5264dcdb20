//! Quoted-printable: `=C3=BC`, and `=` at the end of a line that goes on in the next.
//!
//! A change of the decoded bytes becomes a change of the few encoded bytes that stand for them, so that all other lines stay
//! as they were. Reference: RFC 2045, section 6.7. An `=` that begins no escape is itself, as readers have it.

use std::ops::Range;

/// Longest line that is written.
const LINE: usize = 76;

/// Longest white space that is looked through for the end of a line, so that much of it takes no time in its square.
const BLANK: usize = 128;

/// What stands at a place of an encoded text.
enum Token {
    /// A byte, and how many bytes it is written in.
    Byte(u8, usize),
    /// A soft line break or white space before a line end, of so many bytes: nothing.
    Nothing(usize),
}

fn token(text: &[u8], at: usize) -> Option<Token> {
    let &byte = text.get(at)?;
    if byte == b'=' {
        let rest = text.get(at + 1..).unwrap_or_default();
        if let Some(value) = hex(rest) {
            return Some(Token::Byte(value, 3));
        }
        let blank = rest.iter().take(BLANK).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        return Some(match rest.get(blank..) {
            Some([b'\r', b'\n', ..]) => Token::Nothing(blank + 3),
            Some([b'\n', ..]) => Token::Nothing(blank + 2),
            Some([]) | None => Token::Nothing(blank + 1),
            Some(_) => Token::Byte(byte, 1),
        });
    }
    if matches!(byte, b' ' | b'\t') {
        let rest = text.get(at..).unwrap_or_default();
        let blank = rest.iter().take(BLANK).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if matches!(rest.get(blank..), Some([b'\r', b'\n', ..] | [b'\n', ..])) {
            return Some(Token::Nothing(blank));
        }
    }
    Some(Token::Byte(byte, 1))
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| digits.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    Some((digit(0)? * 16 + digit(1)?) as u8)
}

/// The bytes that a text stands for.
pub(in crate::formats) fn decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        // Most bytes are themselves; only `=` and white space may not be.
        let plain = memchr::memchr3(b'=', b' ', b'\t', rest).unwrap_or(rest.len());
        out.extend_from_slice(rest.get(..plain).unwrap_or_default());
        at += plain;
        match token(text, at) {
            Some(Token::Byte(byte, length)) => {
                out.push(byte);
                at += length;
            }
            Some(Token::Nothing(length)) => at += length,
            None => break,
        }
    }
    out
}

/// A change of decoded bytes.
pub(super) struct Change {
    /// Which bytes go.
    pub(super) range: Range<usize>,
    /// What comes in their place.
    pub(super) bytes: Vec<u8>,
}

/// The encoded text with the changes made, which are sorted and disjoint.
pub(super) fn splice(text: &[u8], changes: &[Change]) -> Vec<u8> {
    let eol: &[u8] = if memchr::memmem::find(text, b"\r\n").is_some() { b"\r\n" } else { b"\n" };
    let mut out = Vec::with_capacity(text.len() + 64);
    let (mut at, mut decoded) = (0, 0);
    // Copies up to a decoded offset, or, when not copying, skips.
    let mut walk = |to: usize, copy: Option<&mut Vec<u8>>, swallow: bool| {
        let from = at;
        while decoded < to {
            match token(text, at) {
                Some(Token::Byte(_, length)) => {
                    decoded += 1;
                    at += length;
                }
                Some(Token::Nothing(length)) => at += length,
                None => break,
            }
        }
        // White space that is dropped before a line end must not come back behind a replacement.
        if swallow
            && text.get(at).is_some_and(|byte| *byte != b'=')
            && let Some(Token::Nothing(length)) = token(text, at)
        {
            at += length;
        }
        if let Some(out) = copy {
            out.extend_from_slice(text.get(from..at).unwrap_or_default());
        }
        at
    };
    for change in changes {
        walk(change.range.start, Some(&mut out), false);
        let rest = walk(change.range.end, None, true);
        put(&change.bytes, text.get(rest..).unwrap_or_default(), eol, &mut out);
    }
    walk(usize::MAX, Some(&mut out), false);
    out
}

/// Writes bytes behind `out`, before `rest` of a line.
fn put(bytes: &[u8], rest: &[u8], eol: &[u8], out: &mut Vec<u8>) {
    let ends_line = rest.is_empty() || rest.starts_with(b"\n") || rest.starts_with(b"\r\n");
    let mut column = out.len() - memchr::memrchr(b'\n', out).map_or(0, |end| end + 1);
    // White space that now ends a line would be dropped by readers.
    if bytes.is_empty() && ends_line && matches!(out.last(), Some(b' ' | b'\t')) {
        let last = out.pop().unwrap_or(b' ');
        out.extend_from_slice(format!("={last:02X}").as_bytes());
        return;
    }
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let line_end = if bytes.get(at..).is_some_and(|rest| rest.starts_with(b"\r\n")) { 2 } else { usize::from(byte == b'\n') };
        if line_end > 0 {
            out.extend_from_slice(bytes.get(at..at + line_end).unwrap_or_default());
            column = 0;
            at += line_end;
            continue;
        }
        let next = bytes.get(at + 1).copied();
        let last = next.map_or(ends_line, |next| matches!(next, b'\n' | b'\r'));
        let literal = matches!(byte, b'!'..=b'<' | b'>'..=b'~') || matches!(byte, b' ' | b'\t') && !last;
        let length = if literal { 1 } else { 3 };
        if column + length >= LINE {
            out.push(b'=');
            out.extend_from_slice(eol);
            column = 0;
        }
        if literal {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("={byte:02X}").as_bytes());
        }
        column += length;
        at += 1;
    }
    let line = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    if !bytes.is_empty() && !ends_line && column > 0 && column + line > LINE {
        out.push(b'=');
        out.extend_from_slice(eol);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_soft_breaks() {
        assert_eq!(decode(b"J=C3=BCr=\r\ngen  \r\n=\n=3D =x ="), "J\u{fc}rgen\r\n= =x ".as_bytes());
    }

    #[test]
    fn only_what_changes_is_written_anew() {
        let text = b"Dear =\r\nJa=\r\nne Roe, =3D\r\nbye =E2=82=AC \r\n";
        let at = decode(text).windows(8).position(|bytes| bytes == b"Jane Roe").unwrap();
        let written = splice(text, &[Change { range: at..at + 8, bytes: "[P] \u{e9}".into() }]);
        assert_eq!(written, b"Dear [P] =C3=A9, =3D\r\nbye =E2=82=AC \r\n");
        assert_eq!(decode(&splice(b"a Jane\n", &[Change { range: 2..6, bytes: Vec::new() }])), b"a \n");
        let long = [b"x".repeat(70), b"Jane".to_vec(), b"y".repeat(2), b"\n".to_vec()].concat();
        let written = splice(&long, &[Change { range: 70..74, bytes: b"[PERSON-1]".to_vec() }]);
        assert!(written.split(|byte| *byte == b'\n').all(|line| line.len() <= LINE));
        assert_eq!(decode(&written), [b"x".repeat(70), b"[PERSON-1]".to_vec(), b"yy\n".to_vec()].concat());
    }
}
