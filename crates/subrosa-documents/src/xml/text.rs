//! Bytes of an XML part to text and back, in the encoding they came in.

use crate::refusal::Refusal;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

/// A decoded part.
#[derive(Clone, Debug)]
pub(crate) struct XmlText {
    /// The markup without a byte order mark.
    pub(crate) text: String,
    encoding: Encoding,
    mark: bool,
}

impl XmlText {
    /// Decodes a part. UTF-16 is told by its byte order mark or by the first `<`, anything else has to be UTF-8.
    ///
    /// # Errors
    /// [`Refusal::UnknownEncoding`] when the bytes are neither.
    pub(crate) fn decode(part: &str, bytes: Vec<u8>) -> Result<Self, Refusal> {
        let unknown = |what: &str| Refusal::UnknownEncoding(format!("{part}: {what}"));
        let (encoding, mark) = match bytes.as_slice() {
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, true),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, true),
            [b'<', 0, ..] => (Encoding::Utf16Le, false),
            [0, b'<', ..] => (Encoding::Utf16Be, false),
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, true),
            _ => (Encoding::Utf8, false),
        };
        let text = match encoding {
            Encoding::Utf8 => {
                let mut text = String::from_utf8(bytes).map_err(|_| unknown("not UTF-8"))?;
                if mark {
                    text.drain(..3);
                }
                text
            }
            Encoding::Utf16Le => {
                from_utf16(&bytes[if mark { 2 } else { 0 }..], u16::from_le_bytes).ok_or_else(|| unknown("not UTF-16"))?
            }
            Encoding::Utf16Be => {
                from_utf16(&bytes[if mark { 2 } else { 0 }..], u16::from_be_bytes).ok_or_else(|| unknown("not UTF-16"))?
            }
        };
        if encoding == Encoding::Utf8
            && let Some(declared) = declared_encoding(&text)
            && !["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| declared.eq_ignore_ascii_case(known))
            && !text.is_ascii()
        {
            return Err(unknown("it declares an encoding other than UTF-8 and UTF-16"));
        }
        Ok(Self { text, encoding, mark })
    }

    /// `text` in the encoding of this part.
    pub(crate) fn encode(&self, text: &str) -> Vec<u8> {
        let mark = if self.mark { "\u{FEFF}" } else { "" };
        match self.encoding {
            Encoding::Utf8 => [mark.as_bytes(), text.as_bytes()].concat(),
            Encoding::Utf16Le => mark.encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => mark.encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
        }
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<_, _>>().ok()
}

fn declared_encoding(text: &str) -> Option<&str> {
    let declaration = text.strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split_once(quote).map(|(name, _)| name)
}
