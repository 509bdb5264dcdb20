//! Text strings: PDFDocEncoding, UTF-16 with a byte order mark, UTF-8 with a byte order mark. ISO 32000-2, 7.9.2.

/// 0x18 to 0x1f and 0x80 to 0xa0 of PDFDocEncoding; the rest is Latin-1. ISO 32000-2, annex D.3.
static LOW: [char; 8] = ['\u{2d8}', '\u{2c7}', '\u{2c6}', '\u{2d9}', '\u{2dd}', '\u{2db}', '\u{2da}', '\u{2dc}'];
static HIGH: [char; 33] = [
    '\u{2022}', '\u{2020}', '\u{2021}', '\u{2026}', '\u{2014}', '\u{2013}', '\u{192}', '\u{2044}', '\u{2039}', '\u{203a}',
    '\u{2212}', '\u{2030}', '\u{201e}', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{2122}', '\u{fb01}',
    '\u{fb02}', '\u{141}', '\u{152}', '\u{160}', '\u{178}', '\u{17d}', '\u{131}', '\u{142}', '\u{153}', '\u{161}', '\u{17e}',
    '\u{fffd}', '\u{20ac}',
];

/// The text of a string object.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).map(|one| one.unwrap_or('\u{fffd}')).collect();
        without_language(&text)
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => without_language(&String::from_utf8_lossy(rest)),
        _ => bytes.iter().map(|&byte| pdf_doc(byte)).collect(),
    }
}

fn pdf_doc(byte: u8) -> char {
    match byte {
        0x18..=0x1f => LOW.get(usize::from(byte - 0x18)).copied().unwrap_or('\u{fffd}'),
        0x80..=0xa0 => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

/// Drops language marks (`ESC en ESC`), which may stand inside a word.
fn without_language(text: &str) -> String {
    if !text.contains('\u{1b}') {
        return text.to_owned();
    }
    text.split('\u{1b}').step_by(2).collect()
}

/// A text as the bytes of a string object.
pub(crate) fn encode(text: &str) -> Vec<u8> {
    let plain = |byte: u8| (32..127).contains(&byte) || matches!(byte, b'\n' | b'\r' | b'\t');
    if text.bytes().all(plain) {
        return text.as_bytes().to_vec();
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}
