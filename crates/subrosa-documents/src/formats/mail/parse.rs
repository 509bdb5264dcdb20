//! The structure of a message: header fields, parts in parts, and where each stands.
//!
//! References: RFC 5322, RFC 2045, RFC 2046. Where messages break them, this reads as most mail programs do: a line that is
//! no header field ends the header, a boundary line that never comes leaves the text one part, a part without an end ends
//! with what is around it.

use std::ops::Range;

use super::params::{self, Parameters};
use super::transfer::Transfer;
use crate::limits::Limits;
use crate::refusal::Refusal;

/// A header field.
#[derive(Clone, Copy)]
pub(super) struct Field {
    /// Where its name begins, and the whole field.
    pub(super) start: u32,
    /// Behind its name.
    pub(super) name_end: u32,
    /// Where its value begins, behind white space.
    pub(super) value: u32,
    /// Behind its value, without the line end.
    pub(super) value_end: u32,
    /// Behind its last line end.
    pub(super) end: u32,
}

impl Field {
    /// The name.
    pub(super) fn name<'b>(&self, bytes: &'b [u8]) -> &'b str {
        let name = bytes.get(self.start as usize..self.name_end as usize).unwrap_or_default();
        std::str::from_utf8(name).unwrap_or_default().trim_end()
    }

    /// Where the name stands.
    pub(super) fn name_range(&self, bytes: &[u8]) -> Range<usize> {
        self.start as usize..self.start as usize + self.name(bytes).len()
    }

    /// Where the value stands.
    pub(super) fn value_range(&self) -> Range<usize> {
        self.value as usize..self.value_end as usize
    }

    /// The whole field with its line ends.
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A message or a part of one.
pub(super) struct Entity {
    /// `part 2.1`; empty for a message itself.
    pub(super) path: String,
    /// The whole, from its header on.
    pub(super) range: Range<usize>,
    /// The line `From …` of a mailbox before the header.
    pub(super) envelope: Option<Range<usize>>,
    /// The header.
    pub(super) fields: Vec<Field>,
    /// What follows the header.
    pub(super) body: Range<usize>,
    /// The media type in lower case: `text/plain`.
    pub(super) media: String,
    /// How the body is written.
    pub(super) transfer: Transfer,
    /// What the body is.
    pub(super) content: Content,
}

/// What a body is.
pub(super) enum Content {
    /// Something of its own.
    Leaf,
    /// Parts between boundary lines.
    Multipart {
        /// The boundary.
        boundary: String,
        /// Where the boundary stands in each boundary line.
        delimiters: Vec<Range<usize>>,
        /// The parts' numbers in the list of entities.
        parts: Vec<usize>,
        /// Before the first part.
        preamble: Range<usize>,
        /// Behind the last.
        epilogue: Range<usize>,
    },
    /// A message, by its number in the list of entities.
    Message(usize),
}

impl Entity {
    /// The first field of that name.
    pub(super) fn field(&self, bytes: &[u8], name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name(bytes).eq_ignore_ascii_case(name))
    }

    /// The parameters of a field.
    pub(super) fn parameters(&self, bytes: &[u8], name: &str) -> Option<Parameters> {
        self.field(bytes, name).map(|field| params::read(bytes, field.value_range()))
    }
}

/// The entities of one message: the message first, each before its parts.
pub(super) struct Parser<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) entities: Vec<Entity>,
    /// How many entities there may be.
    pub(super) most: usize,
    pub(super) depth: usize,
}

impl<'b> Parser<'b> {
    pub(super) fn new(bytes: &'b [u8], limits: &Limits) -> Self {
        Self { bytes, entities: Vec::new(), most: limits.parts, depth: limits.depth }
    }

    /// Reads a message that stands in `range`, and gives its number.
    ///
    /// # Errors
    /// [`Refusal::Limit`] for its depth or the number of its parts.
    pub(super) fn message(&mut self, range: Range<usize>) -> Result<usize, Refusal> {
        self.entity(range, String::new(), "text/plain", 0)
    }

    fn entity(&mut self, range: Range<usize>, path: String, default: &str, depth: usize) -> Result<usize, Refusal> {
        if depth > self.depth {
            return Err(Refusal::Limit(format!("{path}: nested deeper than {}", self.depth)));
        }
        if self.entities.len() >= self.most {
            return Err(Refusal::Limit(format!("more than {} parts", self.most)));
        }
        let (envelope, fields, body) = header(self.bytes, range.clone());
        let mut entity = Entity {
            path,
            range: range.clone(),
            envelope,
            fields,
            body: body..range.end.max(body),
            media: default.to_owned(),
            transfer: Transfer::Identity,
            content: Content::Leaf,
        };
        let mut boundary = None;
        if let Some(parameters) = entity.parameters(self.bytes, "Content-Type") {
            let media = self.bytes.get(parameters.main.clone()).unwrap_or_default();
            let media = String::from_utf8_lossy(media).to_ascii_lowercase();
            let media: String = media.split(|char: char| char.is_whitespace() || char == '(').collect();
            if media.contains('/') {
                entity.media = media;
            } else if !media.is_empty() {
                "text/plain".clone_into(&mut entity.media);
            }
            boundary = parameters.text(self.bytes, "boundary");
        }
        if let Some(field) = entity.field(self.bytes, "Content-Transfer-Encoding") {
            let value = self.bytes.get(field.value_range()).unwrap_or_default();
            entity.transfer = Transfer::named(&String::from_utf8_lossy(value));
        }
        let number = self.entities.len();
        let (media, body) = (entity.media.clone(), entity.body.clone());
        let identity = entity.transfer == Transfer::Identity;
        let path = entity.path.clone();
        self.entities.push(entity);
        let content = if media.starts_with("multipart/") {
            let boundary = boundary.unwrap_or_default().trim_end().to_owned();
            self.multipart(body, boundary, &media, &path, depth)?
        } else if identity && holds_message(&media) {
            let path = if path.is_empty() { "enclosed message".to_owned() } else { format!("{path}, enclosed message") };
            Content::Message(self.entity(body, path, "text/plain", depth + 1)?)
        } else {
            Content::Leaf
        };
        if let Some(entity) = self.entities.get_mut(number) {
            entity.content = content;
        }
        Ok(number)
    }

    fn multipart(
        &mut self,
        body: Range<usize>,
        boundary: String,
        media: &str,
        path: &str,
        depth: usize,
    ) -> Result<Content, Refusal> {
        let split = split(self.bytes, body, &boundary);
        if split.parts.is_empty() {
            return Ok(Content::Leaf);
        }
        let default = if media == "multipart/digest" { "message/rfc822" } else { "text/plain" };
        let mut parts = Vec::with_capacity(split.parts.len());
        for (index, part) in split.parts.into_iter().enumerate() {
            let number = index + 1;
            let path = match path.strip_suffix("enclosed message") {
                _ if path.is_empty() => format!("part {number}"),
                Some(_) => format!("{path}, part {number}"),
                None => format!("{path}.{number}"),
            };
            parts.push(self.entity(part, path, default, depth + 1)?);
        }
        let Split { delimiters, preamble, epilogue, .. } = split;
        Ok(Content::Multipart { boundary, delimiters, parts, preamble, epilogue })
    }
}

/// Whether a body of this type is a header with or without a body.
pub(super) fn holds_message(media: &str) -> bool {
    matches!(media, "message/rfc822" | "message/global" | "message/news" | "message/external-body")
        || matches!(media, "text/rfc822-headers" | "message/global-headers" | "text/rfc822")
}

/// The line that begins at `at`: its content and where the next begins.
pub(super) fn line(bytes: &[u8], at: usize, end: usize) -> Option<(Range<usize>, usize)> {
    let rest = bytes.get(at..end).filter(|rest| !rest.is_empty())?;
    let (content, next) = match memchr::memchr(b'\n', rest) {
        Some(found) => (rest.get(..found)?, at + found + 1),
        None => (rest, end),
    };
    Some((at..at + content.strip_suffix(b"\r").unwrap_or(content).len(), next))
}

/// Reads a header: an envelope line before it, its fields, and where the body begins.
pub(super) fn header(bytes: &[u8], range: Range<usize>) -> (Option<Range<usize>>, Vec<Field>, usize) {
    let mut fields: Vec<Field> = Vec::new();
    let mut envelope = None;
    let mut at = range.start;
    while let Some((place, next)) = line(bytes, at, range.end) {
        let content = bytes.get(place.clone()).unwrap_or_default();
        if content.is_empty() {
            return (envelope, fields, next);
        }
        let first = at == range.start;
        if matches!(content.first(), Some(b' ' | b'\t'))
            && let Some(field) = fields.last_mut()
        {
            field.end = next as u32;
            if !content.trim_ascii().is_empty() {
                if field.value == field.value_end {
                    field.value = (place.start + content.len() - content.trim_ascii_start().len()) as u32;
                }
                field.value_end = (place.start + content.trim_ascii_end().len()) as u32;
            }
        } else if first && (content.starts_with(b"From ") || content.starts_with(b">From ")) {
            envelope = Some(place);
        } else if let Some(colon) = colon(content) {
            let value = content.get(colon + 1..).unwrap_or_default();
            let lead = value.len() - value.trim_ascii_start().len();
            let start = place.start + colon + 1 + lead;
            fields.push(Field {
                start: place.start as u32,
                name_end: (place.start + colon) as u32,
                value: start as u32,
                value_end: (start + value.trim_ascii().len()) as u32,
                end: next as u32,
            });
        } else {
            return (envelope, fields, at);
        }
        at = next;
    }
    (envelope, fields, at)
}

/// The colon behind the name of a field, when the line begins with one.
pub(super) fn colon(line: &[u8]) -> Option<usize> {
    let colon = memchr::memchr(b':', line)?;
    let name = line.get(..colon)?.trim_ascii_end();
    (!name.is_empty() && name.iter().all(|byte| matches!(byte, 33..=126))).then_some(colon)
}

/// A body between its boundary lines.
struct Split {
    parts: Vec<Range<usize>>,
    delimiters: Vec<Range<usize>>,
    preamble: Range<usize>,
    epilogue: Range<usize>,
}

fn split(bytes: &[u8], body: Range<usize>, boundary: &str) -> Split {
    let mut split = Split { parts: Vec::new(), delimiters: Vec::new(), preamble: body.clone(), epilogue: body.end..body.end };
    if boundary.is_empty() {
        return split;
    }
    let needle = format!("--{boundary}");
    let finder = memchr::memmem::Finder::new(&needle);
    let text = bytes.get(..body.end).unwrap_or(bytes);
    let mut at = body.start;
    let mut open: Option<usize> = None;
    while let Some(found) = text.get(at..).and_then(|rest| finder.find(rest)) {
        let start = at + found;
        at = start + needle.len();
        if start > body.start && text.get(start - 1) != Some(&b'\n') {
            continue;
        }
        let Some((place, next)) = line(text, start, body.end) else { break };
        let rest = text.get(at..place.end).unwrap_or_default();
        let (last, rest) = rest.strip_prefix(b"--").map_or((false, rest), |rest| (true, rest));
        if !rest.trim_ascii().is_empty() {
            continue;
        }
        let before = before_line_end(text, start, open.unwrap_or(body.start));
        match open {
            Some(from) => split.parts.push(from..before.max(from)),
            None => split.preamble = body.start..start,
        }
        split.delimiters.push(start + 2..start + needle.len());
        at = next;
        open = Some(next);
        if last {
            split.epilogue = next..body.end;
            return split;
        }
    }
    if let Some(from) = open {
        split.parts.push(from..body.end.max(from));
    }
    split
}

/// `at` without the line end before it, not before `least`.
fn before_line_end(text: &[u8], at: usize, least: usize) -> usize {
    let head = text.get(least..at).unwrap_or_default();
    let head = head.strip_suffix(b"\n").map_or(head, |head| head.strip_suffix(b"\r").unwrap_or(head));
    least + head.len()
}
