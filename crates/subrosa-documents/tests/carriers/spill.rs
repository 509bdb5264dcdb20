//! Looks for a value in a file without any code of the library: what it holds is unpacked, decoded in every way that formats write
//! text, and searched. It knows no format's rules and so overlooks nothing for being in an odd place.

use std::io::{Cursor, Read as _};

use base64::Engine as _;

/// Containers inside containers are looked into this far.
const DEEPEST: usize = 8;

/// Signs of base64 or hexadecimal digits from which on a run of them is decoded.
const SHORTEST: usize = 10;

/// Whether a value is anywhere in a file, and in which reading.
pub(crate) fn find(bytes: &[u8], value: &str) -> Option<String> {
    let value = folded(value);
    let mut found = None;
    walk(bytes, "file", 0, &mut |name, text| {
        if found.is_none() && folded(text).contains(&value) {
            found = Some(name.to_owned());
        }
    });
    found
}

/// Without case and all that may stand inside a word without being seen.
fn folded(text: &str) -> String {
    let unseen =
        |char: &char| char.is_whitespace() || matches!(char, '-' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\0');
    text.chars().filter(|char| !unseen(char)).flat_map(char::to_lowercase).collect()
}

fn walk(bytes: &[u8], name: &str, depth: usize, look: &mut dyn FnMut(&str, &str)) {
    if depth > DEEPEST {
        return;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return members(bytes, name, depth, look);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return streams(bytes, name, depth, look);
    }
    if bytes.starts_with(&[0x1F, 0x8B]) {
        let mut data = Vec::new();
        let _ = flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut data);
        look(&format!("{name} as it is"), &latin(bytes));
        return walk(&data, &format!("{name}, unpacked"), depth + 1, look);
    }
    for (how, text) in writings(bytes) {
        let name = format!("{name} as {how}");
        // Escapes stand in bytes of one letter each.
        if how.starts_with("UTF-16") { look(&name, &text) } else { text_of(&text, &name, depth, look) }
    }
}

fn members(bytes: &[u8], name: &str, depth: usize, look: &mut dyn FnMut(&str, &str)) {
    // Names, comments, extra fields and gaps stand in the container as they are.
    look(&format!("{name}, the container"), &latin(bytes));
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return };
    for index in 0..archive.len() {
        let Ok(mut file) = archive.by_index(index) else { continue };
        let member = file.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        look(&format!("{name}, a name"), &member);
        let mut data = Vec::new();
        let _ = file.read_to_end(&mut data);
        walk(&data, &format!("{name}, {member}"), depth + 1, look);
    }
}

fn streams(bytes: &[u8], name: &str, depth: usize, look: &mut dyn FnMut(&str, &str)) {
    for (how, text) in writings(bytes) {
        look(&format!("{name} as {how}"), &text);
    }
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return };
    let paths: Vec<_> = file.walk().filter(cfb::Entry::is_stream).map(|entry| entry.path().to_path_buf()).collect();
    for path in paths {
        let mut data = Vec::new();
        if let Ok(mut stream) = file.open_stream(&path) {
            let _ = stream.read_to_end(&mut data);
        }
        walk(&data, &format!("{name}, {}", path.display()), depth + 1, look);
    }
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// Bytes as text in the usual encodings.
fn writings(bytes: &[u8]) -> Vec<(&'static str, String)> {
    let wide = |shift: usize, big: bool| {
        let pairs = bytes.get(shift..).unwrap_or_default().as_chunks::<2>().0;
        let units: Vec<u16> =
            pairs.iter().map(|pair| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) }).collect();
        String::from_utf16_lossy(&units)
    };
    // Text in ASCII is the same in both.
    let one = if bytes.is_ascii() { Vec::new() } else { vec![("Latin-1", latin(bytes))] };
    let all = vec![
        ("UTF-8", String::from_utf8_lossy(bytes).into_owned()),
        ("UTF-16LE", wide(0, false)),
        ("UTF-16LE from the second byte", wide(1, false)),
        ("UTF-16BE", wide(0, true)),
    ];
    [all, one].concat()
}

/// A text, and what it is when its escapes are undone, one kind after the other.
fn text_of(text: &str, name: &str, depth: usize, look: &mut dyn FnMut(&str, &str)) {
    look(name, text);
    let quoted = bytes_of(&text.replace("=\r\n", "").replace("=\n", ""), b'=', 1);
    let undone = [
        ("without tags", without_tags(text)),
        ("references undone", references(text)),
        ("text of tags", references(&without_tags(text))),
        ("percents undone", bytes_of(text, b'%', 1)),
        ("backslashes undone", backslashes(text)),
        ("text of tags in references", without_tags(&references(text))),
        ("HTML in quoted-printable", without_tags(&quoted)),
        ("quoted-printable undone", quoted),
        ("RTF undone", rich(text)),
        ("doubled quotes undone", text.replace("''", "'").replace("\"\"", "\"")),
        ("sections of characters joined", text.replace("]]><![CDATA[", "")),
        ("signs of quoting undone", text.replace("\n>", "\n")),
        ("encoded words joined", bytes_of(&text.replace("?=\r\n =?utf-8?Q?", "").replace("?= =?utf-8?Q?", ""), b'=', 1)),
    ];
    for (how, undone) in undone.into_iter().filter(|(_, undone)| undone != text) {
        look(&format!("{name}, {how}"), &undone);
    }
    for (number, data) in encoded(text).into_iter().enumerate() {
        walk(&data, &format!("{name}, run {number}"), depth + 1, look);
    }
}

fn without_tags(text: &str) -> String {
    text.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

/// Character references of XML and HTML.
fn references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(end) = rest.char_indices().take(10).find(|(_, char)| *char == ';').map(|(end, _)| end) else {
            out.push('&');
            continue;
        };
        let digits = rest[..end].strip_prefix('#');
        let code = digits.and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        });
        match code.and_then(char::from_u32) {
            Some(char) => out.push(char),
            None => out.push_str(match &rest[..end] {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                _ => " ",
            }),
        }
        rest = &rest[end + 1..];
    }
    out + rest
}

/// Bytes written as two hexadecimal digits behind a sign.
fn bytes_of(text: &str, sign: u8, skip: usize) -> String {
    let (bytes, mut out, mut at) = (text.as_bytes(), Vec::new(), 0);
    while at < bytes.len() {
        let digits = bytes.get(at + skip..at + skip + 2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| bytes[at] == sign);
        out.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { skip + 2 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// `\uXXXX`, `\xXX`, `\XX…` of style sheets, HL7's `\XXX\`, and a backslash before any other sign.
fn backslashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let body = rest.strip_prefix(['u', 'x', 'X', 'U']).unwrap_or(rest);
        let (least, most) = if rest.starts_with('u') { (4, 4) } else { (2, if body.len() == rest.len() { 6 } else { 2 }) };
        let digits = body.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
        let code = (digits >= least).then(|| u32::from_str_radix(&body[..digits], 16).ok()).flatten().and_then(char::from_u32);
        if let Some(char) = code {
            out.push(char);
            // A style sheet ends an escape with a space, HL7 with another backslash.
            let end = if rest.starts_with('X') { '\\' } else { ' ' };
            rest = body[digits..].strip_prefix(end).unwrap_or(&body[digits..]);
        }
    }
    out + rest
}

/// The text of RTF: `\'hh`, `\uN` with the sign that stands in for it, and no control words.
fn rich(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '{', '}', '\r', '\n']) {
        out.push_str(&rest[..at]);
        let sign = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        if sign != b'\\' {
            continue;
        }
        if let Some(hex) = rest.strip_prefix('\'') {
            if let Some(byte) = hex.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                out.push(char::from(byte));
                rest = &hex[2..];
            }
            continue;
        }
        let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let number = rest[word..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
        if &rest[..word] == "u"
            && let Ok(code) = rest[word..word + number].parse::<i32>()
        {
            out.extend(char::from_u32((code & 0xFFFF) as u32));
            rest = &rest[word + number..];
            rest = rest.strip_prefix([' ', '?']).unwrap_or(rest);
            continue;
        }
        rest = &rest[word + number..];
        rest = rest.strip_prefix(' ').unwrap_or(rest);
    }
    out + rest
}

/// Runs of base64 and of hexadecimal digits, decoded.
fn encoded(text: &str) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let sign = |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '/' | '-' | '_');
    let engine = base64::engine::GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        base64::engine::GeneralPurposeConfig::new()
            .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    // Lines of one run are joined; a shorter line ends it.
    let joined = text.replace("\r\n ", "").replace("\n ", "");
    let is_data = |line: &str| line.len() > 3 && !line.starts_with('-') && line.chars().all(|char| sign(char) || char == '=');
    let mut blocks = vec![String::new()];
    for line in text.lines() {
        match blocks.last_mut() {
            Some(block) if is_data(line) => block.push_str(line.trim_end_matches('=')),
            _ => blocks.push(String::new()),
        }
    }
    let runs = text.split(|char| !sign(char)).chain(joined.split(|char| !sign(char))).chain(blocks.iter().map(String::as_str));
    for run in runs {
        if run.len() < SHORTEST {
            continue;
        }
        // `0x`, `\x` and `\X` stand before digits.
        let digits = run.strip_prefix("0x").or_else(|| run.strip_prefix(['x', 'X'])).unwrap_or(run);
        if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && digits.len().is_multiple_of(2) {
            out.push((0..digits.len()).step_by(2).filter_map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok()).collect());
        }
        out.extend(engine.decode(run.replace('-', "+").replace('_', "/")));
    }
    out
}

#[test]
fn the_search_sees_through_every_writing() {
    let base64 = base64::engine::general_purpose::STANDARD.encode("by Quillon");
    for text in [
        "quil-lon",
        "<a>Quil</a><b>lon</b>",
        "&#81;uill&#x6f;n",
        "%51uillon",
        "\\u0051uillon \\x",
        "Q=75il=\r\nlon",
        "\\'51uil{\\b lon}",
        "\\u81?uillon",
        "5175696C6C6F6E00",
        &base64,
        &format!("{}\r\n {}", &base64[..8], &base64[8..]),
    ] {
        assert!(find(text.as_bytes(), "Quillon").is_some(), "{text}");
    }
    let wide: Vec<u8> = "x".bytes().chain("Quillon".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(find(&wide, "Quillon").is_some());
    assert!(find(b"Quill on a table, lon", "Quillonia").is_none());
}
