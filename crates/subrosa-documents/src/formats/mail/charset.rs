//! The text of a part, in whatever charset it is, with the way back.
//!
//! What the message says of the charset is believed when the bytes are valid in it; else the encoding is told from the
//! bytes, as for a file. ISO-2022-JP, whose state makes a byte's meaning hang on those before it, is read and written line by
//! line, since each of its lines begins and ends in ASCII.
//!
//! References: RFC 2046, section 4.1.2; RFC 1468; WHATWG Encoding Standard for the names.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::encoding::{self, Charset, Decoded, Splice};
use crate::refusal::Refusal;

/// The text of a part.
pub(in crate::formats) enum Text {
    /// In an encoding whose characters stand by themselves.
    Plain(Decoded),
    /// In ISO-2022-JP: the text, and the bytes of each line.
    Lines(String, Vec<Vec<u8>>),
}

/// The encoding that a name stands for.
pub(in crate::formats) fn named(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

/// Decodes the bytes of a part whose charset is said to be `label`.
///
/// # Errors
/// Why nobody can say what it reads.
pub(in crate::formats) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Text, String> {
    let label = label.map(str::trim).unwrap_or_default();
    let declared = named(label);
    if declared == Some(ISO_2022_JP) {
        return lines(bytes).ok_or_else(|| "bytes that are not valid ISO-2022-JP".to_owned());
    }
    let escapes = memchr::memchr(0x1B, bytes).is_some();
    let lower = label.to_ascii_lowercase();
    if declared == Some(REPLACEMENT) && (escapes || !bytes.is_ascii()) || (lower == "hz-gb-2312" || lower == "hz") {
        return Err("its charset is not read".to_owned());
    }
    // In UTF-7 only text without plus signs is what it seems.
    if (lower == "utf-7" || lower == "unicode-1-1-utf-7") && memchr::memchr(b'+', bytes).is_some() {
        return Err("its charset, UTF-7, is not read".to_owned());
    }
    let plain = bytes.is_ascii() && !escapes && memchr::memchr(0, bytes).is_none();
    let charset = match declared {
        _ if plain || bytes.is_empty() => Some(Charset::Utf8),
        None => None,
        Some(encoding) if encoding == UTF_8 || encoding == REPLACEMENT => None,
        Some(encoding) if encoding == UTF_16LE => (lower == "utf-16le").then_some(Charset::Utf16Le),
        Some(encoding) if encoding == UTF_16BE => Some(Charset::Utf16Be),
        // `us-ascii` and `iso-8859-1` with UTF-8 in them are nearly always UTF-8.
        Some(encoding) if encoding == WINDOWS_1252 && std::str::from_utf8(bytes).is_ok() => Some(Charset::Utf8),
        Some(encoding) => Some(Charset::Legacy(encoding)),
    };
    let decoded = charset.and_then(|charset| encoding::decode_as(bytes, charset, b"").ok());
    let decoded = match decoded {
        Some(decoded) => decoded,
        None => encoding::decode(bytes).map_err(|refusal| refusal.to_string())?,
    };
    Ok(Text::Plain(decoded))
}

/// For a reader that is not told the charset: the bytes as UTF-8 with a mark, when the charset is neither UTF-8 nor ASCII,
/// they are valid in it and can be had back.
pub(super) fn told(bytes: &[u8], label: &str) -> Option<(&'static Encoding, Vec<u8>)> {
    let encoding = named(label).filter(|encoding| *encoding != UTF_8 && *encoding != REPLACEMENT)?;
    let plain = bytes.is_ascii() && memchr::memchr(0x1B, bytes).is_none();
    let marked = MARKS.iter().any(|mark| bytes.starts_with(mark));
    if plain || marked || encoding.output_encoding() != encoding {
        return None;
    }
    if encoding == WINDOWS_1252 && std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (*encoding.encode(&text).0 == *bytes).then(|| (encoding, [UTF_8_MARK, text.as_bytes()].concat()))
}

/// The bytes of [`told`] in the charset again. A character that it does not have becomes a reference, as in HTML.
pub(super) fn untold(encoding: &'static Encoding, bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(UTF_8_MARK).unwrap_or(bytes));
    encoding.encode(&text).0.into_owned()
}

const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";
const MARKS: &[&[u8]] = &[UTF_8_MARK, b"\xFF\xFE", b"\xFE\xFF"];

fn lines(bytes: &[u8]) -> Option<Text> {
    let (mut text, mut lines) = (String::new(), Vec::new());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        text.push_str(&ISO_2022_JP.decode_without_bom_handling_and_without_replacement(line)?);
        lines.push(line.to_vec());
    }
    Some(Text::Lines(text, lines))
}

impl Text {
    /// The text itself.
    pub(in crate::formats) fn text(&self) -> &str {
        match self {
            Self::Plain(decoded) => &decoded.text,
            Self::Lines(text, _) => text,
        }
    }

    /// The bytes with the changes made, which are sorted and disjoint.
    ///
    /// # Errors
    /// As [`Decoded::splice`].
    pub(super) fn splice(&self, splices: &[Splice]) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Plain(decoded) => decoded.splice(splices),
            Self::Lines(text, lines) => splice_lines(text, lines, splices),
        }
    }
}

/// Lines that nothing touches are copied, all others encoded anew.
fn splice_lines(text: &str, lines: &[Vec<u8>], splices: &[Splice]) -> Result<Vec<u8>, Refusal> {
    let outside = || Refusal::Internal("an edit lies outside the text".to_owned());
    let mut out = Vec::new();
    let mut splices = splices.iter().peekable();
    // Up to where the text is written or replaced, and what is not written yet.
    let (mut start, mut done) = (0, 0);
    let mut pending = String::new();
    for (line, raw) in text.split_inclusive('\n').zip(lines) {
        let end = start + line.len();
        let mut touched = done > start;
        while let Some(splice) = splices.next_if(|splice| splice.range.start < end || end == text.len()) {
            pending.push_str(text.get(done.max(start)..splice.range.start).ok_or_else(outside)?);
            pending.push_str(&splice.text);
            done = splice.range.end;
            touched = true;
        }
        if !touched {
            out.extend_from_slice(raw);
            done = end;
        } else if done < end {
            pending.push_str(text.get(done..end).ok_or_else(outside)?);
            done = end;
        }
        if done == end {
            out.extend_from_slice(&encode(&pending)?);
            pending.clear();
        }
        start = end;
    }
    out.extend_from_slice(&encode(&pending)?);
    Ok(out)
}

fn encode(text: &str) -> Result<Cow<'_, [u8]>, Refusal> {
    let (bytes, _, unmappable) = ISO_2022_JP.encode(text);
    if unmappable {
        let reason = "a replacement has a character that ISO-2022-JP cannot write";
        return Err(Refusal::uninspectable("text", reason));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_iso_2022_jp_that_nobody_touches_stay() {
        let source = "山田太郎 Jane\r\n二行目\r\n三行目 end\r\nlast";
        let bytes = ISO_2022_JP.encode(source).0.into_owned();
        let text = decode(&bytes, Some("ISO-2022-JP")).unwrap();
        assert_eq!(text.text(), source);
        for (from, to) in [("Jane", "[P]"), ("Jane\r\n二行", "x"), ("end\r\nlast", ""), ("last", "[L]"), ("", "a")] {
            let at = source.find(from).unwrap();
            let written = text.splice(&[Splice { range: at..at + from.len(), text: to.to_owned() }]).unwrap();
            assert_eq!(ISO_2022_JP.decode(&written).0, source.replacen(from, to, 1));
        }
    }

    #[test]
    fn names_of_charsets_are_believed_when_the_bytes_are_valid() {
        let read = |bytes: &[u8], label| decode(bytes, label).map(|text| text.text().to_owned());
        assert_eq!(read(b"J\xFCrgen", Some("ISO-8859-1")).unwrap(), "Jürgen");
        assert_eq!(read("Jürgen".as_bytes(), Some("us-ascii")).unwrap(), "Jürgen");
        assert_eq!(read(b"\xEA\xCF\xCB\xCF", Some("koi8-r")).unwrap(), "Йоко");
        assert!(read(b"+AGEAYg-", Some("utf-7")).is_err());
        assert!(read(b"a\0b", None).is_err());
    }
}
