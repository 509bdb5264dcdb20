//! How the places of an SQL file write and read their text.

use std::fmt::Write as _;

use crate::mapped::{self, Mapped};
use crate::refusal::Refusal;

/// A kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// In quotes of this kind, which are doubled inside.
    Quoted {
        /// The quote.
        quote: char,
        /// Whether a backslash escapes.
        backslash: bool,
    },
    /// A number; written anew as a string.
    Number,
    /// In a comment, or between dollar signs.
    Line,
    /// A cell of a `COPY` block.
    Copy,
    /// In hexadecimal.
    Hex,
    /// An identifier.
    Name,
}

impl mapped::Code for Code {
    fn encode(self, text: &str) -> String {
        match self {
            Self::Quoted { quote, backslash } => {
                let text = if backslash { text.replace('\\', "\\\\") } else { text.to_owned() };
                text.replace(quote, &format!("{quote}{quote}"))
            }
            Self::Number => text.replace('\'', "''"),
            Self::Line => text.replace("*/", "* ").replace(['\n', '\r', '$'], " "),
            Self::Copy => text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r"),
            Self::Hex => hex(text.as_bytes()),
            Self::Name => text
                .trim_matches(|char: char| !char.is_alphanumeric())
                .chars()
                .map(|char| if char.is_ascii_alphanumeric() { char } else { '_' })
                .collect(),
        }
    }

    fn whole(self, text: &str) -> String {
        format!("'{}'", self.encode(text))
    }

    fn document(self, bytes: &[u8]) -> Result<String, Refusal> {
        Ok(hex(bytes))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02X}");
        out
    })
}

/// Bytes in hexadecimal.
pub(super) fn from_hex(digits: &str) -> Option<Vec<u8>> {
    if !digits.is_ascii() || digits.len() % 2 != 0 {
        return None;
    }
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect()
}

/// The content of a string that begins at `start` of the file.
pub(super) fn string(raw: &str, start: usize, quote: char, backslash: bool) -> Mapped<Code> {
    let code = Code::Quoted { quote, backslash };
    let mut mapped = Mapped::default();
    let bytes = raw.as_bytes();
    let (mut run, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let meant = if byte == quote as u8 && bytes.get(at + 1) == Some(&byte) {
            Some((quote.to_string(), 2))
        } else if byte == b'\\' && backslash {
            let next = raw.get(at + 1..).and_then(|rest| rest.chars().next());
            next.map(|next| {
                let meant = match next {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    '0' => '\0',
                    'Z' => '\u{1a}',
                    'b' => '\u{8}',
                    other => other,
                };
                (meant.to_string(), 1 + next.len_utf8())
            })
        } else {
            None
        };
        let Some((meant, length)) = meant else {
            at += 1;
            continue;
        };
        mapped.verbatim(raw.get(run..at).unwrap_or_default(), start + run, code);
        mapped.atom(&meant, start + at..start + at + length, code);
        at += length;
        run = at;
    }
    mapped.verbatim(raw.get(run..).unwrap_or_default(), start + run, code);
    mapped
}

/// A cell of a `COPY` block that begins at `start` of the file.
pub(super) fn cell(raw: &str, start: usize) -> Mapped<Code> {
    let mut mapped = Mapped::default();
    let (mut run, mut at) = (0, 0);
    while let Some(found) = memchr::memchr(b'\\', raw.as_bytes().get(at..).unwrap_or_default()) {
        at += found;
        let Some(next) = raw.get(at + 1..).and_then(|rest| rest.chars().next()) else { break };
        let meant = match next {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            other => other,
        };
        let length = 1 + next.len_utf8();
        mapped.verbatim(raw.get(run..at).unwrap_or_default(), start + run, Code::Copy);
        mapped.atom(&meant.to_string(), start + at..start + at + length, Code::Copy);
        at += length;
        run = at;
    }
    mapped.verbatim(raw.get(run..).unwrap_or_default(), start + run, Code::Copy);
    mapped
}
