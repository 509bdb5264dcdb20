//! The parts of a written package as the residue search sees them. Shares nothing with the reader but the container, so
//! that a mistake there cannot hide here.

use encoding_rs::{UTF_16BE, UTF_16LE};

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
        let mark = data.get(..2).and_then(|mark| match mark {
            [0xFF, 0xFE] => Some(UTF_16LE),
            [0xFE, 0xFF] => Some(UTF_16BE),
            _ => None,
        });
        if let Some(encoding) = mark {
            views(&name, &encoding.decode_with_bom_removal(&data).0, parts);
        }
        if mark.is_some() || is_binary(&data) {
            nested::views(&name, &data, parts);
            continue;
        }
        let text = String::from_utf8(data).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        if is_spreadsheet(&text) {
            spreadsheet(&name, &text, parts);
            continue;
        }
        if text.trim_start_matches('\u{FEFF}').trim_start().starts_with('<') {
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

/// Whether a part is markup of a workbook.
fn is_spreadsheet(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(text.len().min(4096))).unwrap_or_default();
    head.trim_start_matches('\u{FEFF}').trim_start().starts_with('<') && head.contains("/spreadsheetml/")
}

/// Pieces of a workbook's part are about this long, so that no large part has to be folded at once.
const PIECE: usize = 1 << 21;

/// What stands between two cells or strings: no value goes across it.
const BORDER: char = '\u{1}';

/// Elements that hold one value each.
const VALUES: &[&str] = &["c", "f", "n", "nc", "oc", "s", "si", "v"];

/// A workbook's part in two views: its text with borders between cells and strings, and its markup without that text. Tags of
/// cells that can hold nothing but a place and numbers are left out of the latter: they are most of a sheet.
fn spreadsheet(name: &str, markup: &str, parts: &mut Vec<Part>) {
    let (mut texts, mut tags) = (String::new(), String::new());
    let mut rest = markup;
    let mut piece = |view: &str, text: &mut String, last: bool| {
        if text.len() >= PIECE || last {
            parts.push(Part { name: format!("{name} ({view})"), text: std::mem::take(text) });
        }
    };
    while let Some(open) = memchr::memchr(b'<', rest.as_bytes()) {
        let (text, tag) = rest.split_at(open);
        unescape(text, &mut texts);
        if let Some(section) = tag.strip_prefix("<![CDATA[") {
            let end = section.find("]]>").unwrap_or(section.len());
            texts.push_str(section.get(..end).unwrap_or_default());
            rest = section.get(end + 3..).unwrap_or_default();
            continue;
        }
        let length = if tag.starts_with("<!--") { tag.find("-->").map_or(tag.len(), |end| end + 3) } else { tag_length(tag) };
        let (tag, after) = tag.split_at(length);
        rest = after;
        let local = tag.trim_start_matches(['<', '/']);
        let end = local.find(|char: char| char.is_whitespace() || matches!(char, '>' | '/')).unwrap_or(local.len());
        let local = local.get(..end).unwrap_or_default();
        let local = local.split_once(':').map_or(local, |(_, local)| local);
        if VALUES.contains(&local) && !texts.ends_with(BORDER) {
            texts.push(BORDER);
            piece("text", &mut texts, false);
        }
        if !is_plain_cell(tag, local) {
            tags.push_str(tag);
            // Between two tags, where no value is cut.
            piece("markup", &mut tags, false);
        }
    }
    unescape(rest, &mut texts);
    piece("text", &mut texts, true);
    piece("markup", &mut tags, true);
}

/// Whether a tag is a value's, or a cell's that has a place, a style and a type only.
fn is_plain_cell(tag: &str, local: &str) -> bool {
    let Some(attributes) = tag.get(1..tag.len().saturating_sub(1)) else { return false };
    if !matches!(local, "c" | "v" | "si" | "t" | "is" | "f") {
        return false;
    }
    attributes.trim_end_matches('/').split_ascii_whitespace().skip(1).all(|attribute| {
        let short = |value: &str| value.len() <= 12 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'"');
        attribute == "xml:space=\"preserve\""
            || attribute.split_once('=').is_some_and(|(name, value)| match name {
                "r" => value.len() <= 12 && short(value),
                "s" => value.len() <= 10 && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'"'),
                "t" => matches!(value, "\"s\"" | "\"n\"" | "\"b\"" | "\"e\"" | "\"d\"" | "\"str\"" | "\"inlineStr\""),
                _ => false,
            })
    })
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
