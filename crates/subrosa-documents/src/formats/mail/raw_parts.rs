//! What the residue search sees of mail beyond its segments: each part's bytes with the transfer encoding undone, headers
//! with encoded words read, without what is the format's own.

use super::charset;
use super::names;
use super::parse::{Content, Entity, Parser, header};
use super::read::{charset_of, file_of};
use super::words;
use crate::document::Part;
use crate::formats::Source;
use crate::limits::Limits;
use crate::nested;
use crate::refusal::Refusal;

/// The parts of the message that stands in `range`.
///
/// # Errors
/// As reading.
pub(super) fn collect(
    source: &Source<'_>,
    range: std::ops::Range<usize>,
    message: &str,
    limits: &Limits,
    parts: &mut Vec<Part>,
) -> Result<(), Refusal> {
    let mut parser = Parser::new(source.bytes, limits);
    parser.message(range)?;
    let mut text = String::new();
    for entity in &parser.entities {
        let head = source.bytes.get(entity.range.start..entity.body.start).unwrap_or_default();
        lines(head, &mut text);
        match &entity.content {
            Content::Multipart { preamble, epilogue, .. } => {
                for between in [preamble, epilogue] {
                    text.push_str(&String::from_utf8_lossy(source.bytes.get(between.clone()).unwrap_or_default()));
                }
            }
            Content::Message(_) => {}
            Content::Leaf => leaf(source, entity, message, limits, &mut text, parts)?,
        }
    }
    let name = if message.is_empty() { "message" } else { message };
    parts.push(Part { name: name.to_owned(), text });
    Ok(())
}

fn leaf(
    source: &Source<'_>,
    entity: &Entity,
    message: &str,
    limits: &Limits,
    text: &mut String,
    parts: &mut Vec<Part>,
) -> Result<(), Refusal> {
    let raw = source.bytes.get(entity.body.clone()).unwrap_or_default();
    let Ok(decoded) = entity.transfer.decode(raw) else { return Ok(()) };
    let file = file_of(source.bytes, entity);
    match names::kind(&entity.media, file.as_deref()) {
        names::Kind::Document(name) => {
            let place = [message, &entity.path].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ");
            let place = if place.is_empty() { "body" } else { &place };
            let label = charset_of(source.bytes, entity).filter(|_| entity.media.starts_with("text/"));
            let told = label.and_then(|label| charset::told(&decoded, &label));
            let bytes = told.as_ref().map_or(&*decoded, |(_, text)| text);
            nested::raw_parts_of(source, place, &name, bytes, limits, parts)
        }
        names::Kind::Story if header(&decoded, 0..decoded.len()).1.len() > 3 => {
            // A header in a text: its encoded words, too.
            text.push_str(&words::plain(&decoded));
            Ok(())
        }
        names::Kind::Story => {
            text.push_str(&String::from_utf8_lossy(&decoded));
            text.push('\n');
            Ok(())
        }
        names::Kind::Signature | names::Kind::Unread(_) => Ok(()),
    }
}

/// The lines of a header, without names of fields that everybody's mail has and values of the format's own.
fn lines(head: &[u8], text: &mut String) {
    let mut content = false;
    for line in head.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        let mut rest = words::plain(line);
        if !folded {
            if let Some((name, value)) = rest.split_once(':').filter(|(name, _)| names::is_known(name.trim_end())) {
                content = name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("content-"))
                    || name.eq_ignore_ascii_case("mime-version");
                rest = value.to_owned();
            } else {
                content = false;
            }
            text.push('\n');
        }
        if content {
            rest = without_syntax(&rest);
        }
        text.push_str(&rest);
    }
    text.push('\n');
}

/// The values and parameters of a header about content, without those of the format's own.
fn without_syntax(value: &str) -> String {
    let mut out = String::new();
    for item in value.split_inclusive(';') {
        let bare = item.trim_end_matches(';').trim();
        let (name, value) = bare.split_once('=').map_or(("", bare), |(name, value)| (name.trim(), value.trim()));
        let base = name.split('*').next().unwrap_or_default().to_ascii_lowercase();
        if !(name.is_empty() && names::is_syntax(value) || base == "charset") {
            out.push_str(if base == "name" || base == "filename" || names::TECHNICAL.contains(&base.as_str()) {
                value
            } else {
                bare
            });
        }
        out.push(' ');
    }
    out
}
