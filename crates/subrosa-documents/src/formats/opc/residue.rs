//! The parts of a written package as the residue search sees them. Shares nothing with the reader but the container, so
//! that a mistake there cannot hide here.

use crate::document::Part;
use crate::formats::Source;
use crate::limits::Limits;
use crate::nested;
use crate::package::{Budget, Package};
use crate::refusal::Refusal;

/// Containers inside containers are looked into this far.
const DEEPEST: usize = 6;

/// Every member: its name, its raw text, and for markup its text with tags left out and with tags as spaces.
pub(crate) fn raw_parts(source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
    let mut parts = Vec::new();
    let mut budget = Budget::new(limits, source.bytes.len());
    walk(source, source.bytes, "", 0, limits, &mut budget, &mut parts)?;
    Ok(parts)
}

fn walk(
    source: &Source<'_>,
    bytes: &[u8],
    prefix: &str,
    depth: usize,
    limits: &Limits,
    budget: &mut Budget,
    parts: &mut Vec<Part>,
) -> Result<(), Refusal> {
    let package = Package::open(bytes, limits)?;
    let mut names = String::new();
    for member in package.members() {
        let name = format!("{prefix}{}", member.name);
        names.push_str(&member.name);
        names.push('\n');
        let data = package.expand(member, budget)?;
        if data.starts_with(b"PK\x03\x04") && depth < DEEPEST {
            walk(source, &data, &format!("{name}!"), depth + 1, limits, budget, parts)?;
            continue;
        }
        // What is no markup may be a document of a kind that knows more of itself than its bytes show.
        if is_binary(&data) {
            nested::raw_parts(source, &name, &data, limits, parts)?;
        }
        let wide = matches!(data.get(..2), Some([0xFF, 0xFE] | [0xFE, 0xFF]));
        if wide || is_binary(&data) {
            // Pictures and objects write their texts in two bytes a character, at odd or even places.
            for (shift, order) in [(0, "le"), (1, "le"), (0, "be"), (1, "be")] {
                let units = data.get(shift..).unwrap_or_default().chunks_exact(2);
                let units: Vec<u16> = match order {
                    "le" => units.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect(),
                    _ => units.map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
                };
                let text = String::from_utf16_lossy(&units);
                if wide && shift == 0 {
                    views(&name, &text, parts);
                }
                parts.push(Part { name: format!("{name} (utf-16{order}+{shift})"), text });
            }
        }
        let text = String::from_utf8_lossy(&data).into_owned();
        if !wide && text.trim_start_matches('\u{FEFF}').trim_start().starts_with('<') {
            views(&name, &text, parts);
        }
        parts.push(Part { name, text });
    }
    parts.push(Part { name: format!("{prefix}names of the parts"), text: names });
    Ok(())
}

fn is_binary(data: &[u8]) -> bool {
    data.iter().take(512).any(|byte| *byte == 0)
}

/// Text without tags, and text with tags as spaces. Attributes and comments are looked for in the mark-up itself, where the
/// search can tell an attribute that holds text from one that cannot.
pub(crate) fn views(name: &str, markup: &str, parts: &mut Vec<Part>) {
    let mut joined = String::with_capacity(markup.len() / 2);
    let mut spaced = String::with_capacity(markup.len() / 2);
    let mut rest = markup;
    while let Some(open) = rest.find('<') {
        unescape(&rest[..open], &mut joined);
        unescape(&rest[..open], &mut spaced);
        rest = &rest[open..];
        if let Some(section) = rest.strip_prefix("<![CDATA[") {
            let end = section.find("]]>").unwrap_or(section.len());
            joined.push_str(&section[..end]);
            spaced.push_str(&section[..end]);
            rest = section.get(end + 3..).unwrap_or_default();
            continue;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").unwrap_or(comment.len());
            rest = comment.get(end + 3..).unwrap_or_default();
            continue;
        }
        let length = tag_length(rest);
        spaced.push(' ');
        rest = &rest[length..];
    }
    unescape(rest, &mut joined);
    unescape(rest, &mut spaced);
    for (view, text) in [("text", joined), ("text by element", spaced)] {
        parts.push(Part { name: format!("{name} ({view})"), text });
    }
}

/// The length of the tag at the start of `text`.
fn tag_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at.min(bytes.len())..]) {
        let found = at + found;
        let quote = bytes[found];
        if quote == b'>' {
            return found + 1;
        }
        let Some(length) = memchr::memchr(quote, &bytes[found + 1..]) else {
            break;
        };
        at = found + length + 2;
    }
    text.len()
}

fn unescape(raw: &str, out: &mut String) {
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, character)| *character == ';').map(|(end, _)| end);
        let character = end.and_then(|end| match &rest[1..end] {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            number => {
                let digits = number.strip_prefix('#')?;
                let code = match digits.strip_prefix(['x', 'X']) {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => digits.parse(),
                };
                char::from_u32(code.ok()?)
            }
        });
        if let (Some(character), Some(end)) = (character, end) {
            out.push(character);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}
