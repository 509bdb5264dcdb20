//! How the text of a property is written as bytes.
//!
//! Bytes outside an edit are copied wherever the text is valid in its encoding. Where it is not (half a surrogate pair, a
//! byte that the code page does not know, zeros inside), what is broken is lost when the property is edited, and only then.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, IBM866, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6, ISO_8859_7,
    ISO_8859_8, ISO_8859_13, ISO_8859_15, KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};
use subrosa_core::edit::Edit;

use crate::encoding::{self, Charset, Splice};
use crate::refusal::Refusal;

/// The encoding of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    /// UTF-16, least significant byte first.
    Wide,
    /// A code page, or UTF-8.
    Narrow(&'static Encoding),
}

impl Codec {
    fn charset(self) -> Charset {
        match self {
            Self::Wide => Charset::Utf16Le,
            Self::Narrow(encoding) if encoding == UTF_8 => Charset::Utf8,
            Self::Narrow(encoding) => Charset::Legacy(encoding),
        }
    }

    /// The bytes without the zeros that end them.
    fn content(self, bytes: &[u8]) -> &[u8] {
        let mut content = bytes;
        match self {
            Self::Wide => {
                while let Some(shorter) = content.strip_suffix(&[0, 0]).filter(|shorter| shorter.len().is_multiple_of(2)) {
                    content = shorter;
                }
            }
            Self::Narrow(_) => {
                while let Some(shorter) = content.strip_suffix(&[0]) {
                    content = shorter;
                }
            }
        }
        content
    }

    /// The text, without the zeros that end it.
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        let content = self.content(bytes);
        match self {
            Self::Wide => {
                let units: Vec<u16> = content.as_chunks::<2>().0.iter().map(|&pair| u16::from_le_bytes(pair)).collect();
                String::from_utf16_lossy(&units)
            }
            Self::Narrow(encoding) => encoding.decode_without_bom_handling(content).0.into_owned(),
        }
    }

    /// A text in this encoding; what it cannot write becomes a question mark.
    pub(super) fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Wide => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Narrow(encoding) if encoding == UTF_8 => text.as_bytes().to_vec(),
            Self::Narrow(encoding) => {
                let mut out = Vec::with_capacity(text.len());
                let mut buffer = [0; 4];
                for char in text.chars() {
                    match encoding.encode(char.encode_utf8(&mut buffer)) {
                        (bytes, _, false) => out.extend_from_slice(&bytes),
                        _ => out.push(b'?'),
                    }
                }
                out
            }
        }
    }

    /// The bytes with the edits made.
    ///
    /// # Errors
    /// [`Refusal::Internal`] when an edit does not lie in the text.
    pub(super) fn edit(self, bytes: &[u8], edits: &[Edit]) -> Result<Vec<u8>, Refusal> {
        let content = self.content(bytes);
        let splices: Vec<Splice> =
            edits.iter().map(|edit| Splice { range: edit.span.range(), text: edit.replacement.clone() }).collect();
        let exact = encoding::decode_as(content, self.charset(), b"").and_then(|decoded| decoded.splice(&splices));
        let mut out = match exact {
            Ok(out) => out,
            Err(_) => self.encode(&spliced(&self.decode(bytes), &splices)?),
        };
        out.extend_from_slice(bytes.get(content.len()..).unwrap_or_default());
        Ok(out)
    }
}

fn spliced(text: &str, splices: &[Splice]) -> Result<String, Refusal> {
    let outside = || Refusal::Internal("an edit lies outside its property".to_owned());
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for splice in splices {
        out.push_str(text.get(done..splice.range.start).ok_or_else(outside)?);
        out.push_str(&splice.text);
        done = splice.range.end;
    }
    out.push_str(text.get(done..).ok_or_else(outside)?);
    Ok(out)
}

/// The encoding of a Windows code page.
pub(super) fn code_page(number: u32) -> Option<&'static Encoding> {
    Some(match number {
        437 | 850 | 858 | 1252 | 20127 | 28591 => WINDOWS_1252,
        866 => IBM866,
        874 | 28601 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 | 20936 => GBK,
        949 | 51949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 | 28599 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        20866 => KOI8_R,
        20932 | 51932 => EUC_JP,
        21866 => KOI8_U,
        28592 => ISO_8859_2,
        28593 => ISO_8859_3,
        28594 => ISO_8859_4,
        28595 => ISO_8859_5,
        28596 => ISO_8859_6,
        28597 => ISO_8859_7,
        28598 | 38598 => ISO_8859_8,
        28603 => ISO_8859_13,
        28605 => ISO_8859_15,
        54936 => GB18030,
        65001 => UTF_8,
        _ => return None,
    })
}

/// The code page that Windows uses in a language, by its language id.
pub(super) fn of_language(locale: u32) -> Option<&'static Encoding> {
    Some(match locale & 0x3FF {
        0x01 | 0x20 | 0x29 => WINDOWS_1256,
        0x02 | 0x19 | 0x22 | 0x23 | 0x2F | 0x3F | 0x40 | 0x44 | 0x50 => WINDOWS_1251,
        0x04 if matches!(locale, 0x0404 | 0x0C04 | 0x1404) => BIG5,
        0x04 => GBK,
        0x1A if matches!(locale, 0x0C1A | 0x1C1A | 0x201A | 0x281A | 0x301A) => WINDOWS_1251,
        0x05 | 0x0E | 0x15 | 0x18 | 0x1A | 0x1B | 0x1C | 0x24 => WINDOWS_1250,
        0x08 => WINDOWS_1253,
        0x0D => WINDOWS_1255,
        0x11 => SHIFT_JIS,
        0x12 => EUC_KR,
        0x1E => WINDOWS_874,
        0x1F | 0x2C => WINDOWS_1254,
        0x25..=0x27 => WINDOWS_1257,
        0x2A => WINDOWS_1258,
        0 => return None,
        _ => WINDOWS_1252,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use subrosa_core::entity::Entity;
    use subrosa_core::span::Span;

    fn edit(start: usize, end: usize, text: &str) -> Vec<Edit> {
        let span = Span::new(start, end);
        vec![Edit { span, replacement: text.to_owned(), entity: Entity::PERSON, operator: "replace" }]
    }

    #[test]
    fn the_zeros_at_the_end_stay() {
        let wide = Codec::Wide;
        let bytes = wide.encode("Zoë Roe\0");
        assert_eq!(wide.decode(&bytes), "Zoë Roe");
        assert_eq!(wide.edit(&bytes, &edit(0, 4, "[P]")).unwrap(), wide.encode("[P] Roe\0"));
        let narrow = Codec::Narrow(WINDOWS_1251);
        let bytes = b"\xcf\xf0\xe8 x\0";
        assert_eq!(narrow.decode(bytes), "При x");
        assert_eq!(narrow.edit(bytes, &edit(0, 6, "[P]")).unwrap(), b"[P] x\0");
    }

    #[test]
    fn broken_text_can_be_edited() {
        let wide = Codec::Wide;
        let mut bytes = wide.encode("Jane ");
        bytes.extend_from_slice(&[0x00, 0xD8, b'x', 0, b'!']);
        let text = wide.decode(&bytes);
        assert_eq!(wide.edit(&bytes, &edit(0, 4, "[P]")).unwrap(), wide.encode(&text.replace("Jane", "[P]")));
        let narrow = Codec::Narrow(SHIFT_JIS);
        assert_eq!(narrow.edit(b"Jane \xff", &edit(0, 4, "[P]")).unwrap(), b"[P] ?");
    }
}
