//! How the bytes of a part are written in a message, and how changed bytes are written back the same way.

use std::borrow::Cow;
use std::ops::Range;

use super::quoted_printable::Change;
use super::{base64, quoted_printable, uuencode};

/// A transfer encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transfer {
    /// As they are: 7bit, 8bit, binary.
    Identity,
    /// Quoted-printable.
    QuotedPrintable,
    /// Base64.
    Base64,
    /// Uuencode, as a transfer encoding of its own.
    Uuencode,
    /// One that is not known.
    Unknown,
}

impl Transfer {
    /// By the value of `Content-Transfer-Encoding`.
    pub(super) fn named(value: &str) -> Self {
        let value = value.split(['(', ';']).next().unwrap_or_default().trim().trim_matches('"').to_ascii_lowercase();
        match value.as_str() {
            "" | "7bit" | "8bit" | "binary" | "7-bit" | "8-bit" | "7 bit" | "8 bit" | "none" | "identity" => Self::Identity,
            "quoted-printable" | "quopri" | "qp" => Self::QuotedPrintable,
            "base64" | "base-64" => Self::Base64,
            "x-uuencode" | "x-uue" | "uuencode" | "uue" => Self::Uuencode,
            _ => Self::Unknown,
        }
    }

    /// The bytes.
    ///
    /// # Errors
    /// Why they cannot be had.
    pub(super) fn decode(self, raw: &[u8]) -> Result<Cow<'_, [u8]>, &'static str> {
        match self {
            Self::Identity => Ok(raw.into()),
            Self::QuotedPrintable => Ok(quoted_printable::decode(raw).into()),
            Self::Base64 => base64::decode(raw).map(Cow::from).ok_or("its base64 is broken"),
            Self::Uuencode => match uuencode::find(raw, 0) {
                Some(block) if raw.get(block.end..).unwrap_or_default().trim_ascii().is_empty() => {
                    uuencode::decode(raw, &block).map(Cow::from).ok_or("its uuencode is broken")
                }
                _ => Err("its uuencode is broken"),
            },
            Self::Unknown => Err("its transfer encoding is not known"),
        }
    }

    /// What comes in the place of `raw`, which stood for `old` and is to stand for `new`.
    pub(super) fn encode(self, raw: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
        match self {
            Self::Identity | Self::Unknown => new.to_vec(),
            Self::QuotedPrintable => quoted_printable::splice(raw, &changes(old, new)),
            Self::Base64 => base64::encode_like(new, raw),
            Self::Uuencode => uuencode::find(raw, 0).map_or_else(Vec::new, |block| uuencode::encode_like(raw, &block, new)),
        }
    }
}

/// What changed from one text to the other: line by line when there are as many, else all between what is the same at both
/// ends.
fn changes(old: &[u8], new: &[u8]) -> Vec<Change> {
    let lines = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count();
    if lines(old) != lines(new) {
        return change(old, new, 0).into_iter().collect();
    }
    let mut changes = Vec::new();
    let mut start = 0;
    for (old, new) in old.split_inclusive(|byte| *byte == b'\n').zip(new.split_inclusive(|byte| *byte == b'\n')) {
        changes.extend(change(old, new, start));
        start += old.len();
    }
    // A last line without an end that is empty in one of the two.
    let rest = |bytes: &[u8]| memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
    let (old_rest, new_rest) = (rest(old), rest(new));
    if (old_rest == old.len()) != (new_rest == new.len()) {
        changes.retain(|change| change.range.end <= old_rest);
        let bytes = new.get(new_rest..).unwrap_or_default().to_vec();
        changes.push(Change { range: old_rest..old.len(), bytes });
    }
    changes
}

fn change(old: &[u8], new: &[u8], start: usize) -> Option<Change> {
    if old == new {
        return None;
    }
    let Range { start: from, end: to } = common(old, new);
    let bytes = new.get(from..new.len() - (old.len() - to)).unwrap_or_default().to_vec();
    Some(Change { range: start + from..start + to, bytes })
}

/// The range of `old` outside of which both are the same.
fn common(old: &[u8], new: &[u8]) -> Range<usize> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    head..old.len() - tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_lines_stay_as_they_are() {
        let raw = b"=4Aane=20one\nplain=\n Jane\nlast =3D Jane";
        let old = Transfer::QuotedPrintable.decode(raw).unwrap().into_owned();
        for (from, to) in [("Jane", "[P]"), ("one\nplain", "x"), ("last = Jane", ""), ("Jane", "a\nb")] {
            let new = String::from_utf8(old.clone()).unwrap().replace(from, to).into_bytes();
            let written = Transfer::QuotedPrintable.encode(raw, &old, &new);
            assert_eq!(Transfer::QuotedPrintable.decode(&written).unwrap(), new);
        }
        let new = String::from_utf8(old.clone()).unwrap().replace("last = Jane", "last = [P]").into_bytes();
        assert_eq!(Transfer::QuotedPrintable.encode(raw, &old, &new), b"=4Aane=20one\nplain=\n Jane\nlast =3D [P]");
    }
}
