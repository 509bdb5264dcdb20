//! Glyph names to text, by the rules of the Adobe Glyph List specification, and the encodings that simple fonts start from.

use pdf_encoding::Encoding;

/// The text that a glyph name stands for.
pub(in crate::formats::pdf) fn text_of(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() {
        return None;
    }
    let mut text = String::new();
    for component in stem.split('_') {
        match pdf_encoding::glyphname_to_unicode(component) {
            Some(known) => text.push_str(known),
            None => text.push_str(&from_number(component)?),
        }
    }
    Some(text)
}

/// `uniXXXX…` and `uXXXX` to `uXXXXXX`.
fn from_number(component: &str) -> Option<String> {
    let hex = |digits: &str| {
        let upper = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        upper.then(|| u32::from_str_radix(digits, 16).ok()).flatten().and_then(char::from_u32)
    };
    if let Some(digits) = component.strip_prefix("uni")
        && digits.len() >= 4
        && digits.len().is_multiple_of(4)
        && digits.is_ascii()
    {
        return (0..digits.len()).step_by(4).map(|at| hex(&digits[at..at + 4])).collect();
    }
    let digits = component.strip_prefix('u')?;
    if (4..=6).contains(&digits.len()) { hex(digits).map(String::from) } else { None }
}

/// A named base encoding.
pub(super) fn base(name: &[u8]) -> Option<Encoding> {
    match name {
        b"StandardEncoding" => Some(Encoding::AdobeStandard),
        b"WinAnsiEncoding" => Some(Encoding::WinAnsiEncoding),
        b"MacRomanEncoding" => Some(Encoding::MacRomanEncoding),
        b"MacExpertEncoding" => Some(Encoding::AdobeExpert),
        _ => None,
    }
}

/// The character at a code of an encoding.
pub(super) fn char_in(encoding: Encoding, code: u8) -> Option<char> {
    match encoding {
        // These two places are a hyphen and a space by a footnote of ISO 32000-2, annex D.
        Encoding::WinAnsiEncoding if code == 0xad => Some('-'),
        Encoding::WinAnsiEncoding if code == 0xa0 => Some(' '),
        _ => encoding.forward_map()?.get(code),
    }
}
