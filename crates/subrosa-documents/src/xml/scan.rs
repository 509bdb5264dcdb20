//! Walks the markup of a part: well-formedness from quick-xml, byte ranges and namespaces from here.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::escape;
use super::namespace::{Family, is_own};
use crate::limits::Limits;
use crate::refusal::Refusal;

/// More attributes than any vocabulary gives an element.
const MOST_ATTRIBUTES: usize = 256;

/// A name with its namespace's family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name<'a> {
    /// The family of the namespace.
    pub(crate) family: Family,
    /// The prefix, empty without one.
    pub(crate) prefix: &'a str,
    /// The name without prefix.
    pub(crate) local: &'a str,
    /// Whether it is of no published vocabulary.
    pub(crate) own: bool,
}

impl Name<'_> {
    /// Whether this is `local` of `family`.
    pub(crate) fn is(&self, family: Family, local: &str) -> bool {
        self.family == family && self.local == local
    }
}

/// An attribute of a tag.
#[derive(Clone, Debug)]
pub(crate) struct Attribute<'a> {
    /// Its name; without a prefix it has the family of its element.
    pub(crate) name: Name<'a>,
    /// From the white space before the name to the closing quote.
    pub(crate) range: Range<usize>,
    /// Where the name begins.
    pub(crate) name_start: usize,
    /// Between the quotes.
    pub(crate) value: Range<usize>,
}

/// A declaration of a namespace.
#[derive(Clone, Debug)]
pub(crate) struct Declaration {
    /// The prefix, empty for the default.
    pub(crate) prefix: Range<usize>,
    /// Between the quotes.
    pub(crate) value: Range<usize>,
    /// Whether the vocabulary is no published one.
    pub(crate) own: bool,
}

/// A start tag or an empty-element tag.
pub(crate) struct Tag<'a> {
    /// The whole part.
    pub(crate) text: &'a str,
    /// The element's name.
    pub(crate) name: Name<'a>,
    /// From `<` to `>`.
    pub(crate) range: Range<usize>,
    /// Where the name ends: a place to insert an attribute.
    pub(crate) name_end: usize,
    /// In order; declarations of namespaces are left out.
    pub(crate) attributes: Vec<Attribute<'a>>,
    /// The namespaces that it declares.
    pub(crate) declarations: Vec<Declaration>,
}

impl<'a> Tag<'a> {
    /// The raw value of the attribute with this local name.
    pub(crate) fn raw(&self, local: &str) -> Option<&'a str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name.local == local)
            .map(|attribute| &self.text[attribute.value.clone()])
    }

    /// The decoded value of the attribute with this local name.
    pub(crate) fn value(&self, local: &str) -> Option<String> {
        self.raw(local).and_then(escape::decode).map(std::borrow::Cow::into_owned)
    }
}

/// Kinds of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// Character data with references.
    Plain,
    /// The inside of a CDATA section.
    Cdata,
    /// The inside of a comment.
    Comment,
    /// A processing instruction without its delimiters.
    Instruction,
}

/// What is done with the markup.
pub(crate) trait Visitor<'a> {
    /// A start tag or empty-element tag; [`close`](Self::close) follows in both cases.
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal>;
    /// An end tag, or the end of an empty-element tag; `end` is the first byte after it.
    fn close(&mut self, name: &Name<'a>, end: usize) -> Result<(), Refusal>;
    /// Character data, one call for a run that no markup interrupts.
    fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal>;
}

/// A namespace declaration in force.
struct Binding<'a> {
    prefix: &'a str,
    family: Family,
    own: bool,
    depth: usize,
}

struct Scanner<'a> {
    text: &'a str,
    bindings: Vec<Binding<'a>>,
    open: Vec<Name<'a>>,
}

/// Walks `text`, the markup of `part`.
///
/// # Errors
/// [`Refusal::Damaged`] when it is not well-formed or has a document type declaration, [`Refusal::Limit`] when it nests too
/// deeply, and what the visitor returns.
pub(crate) fn scan<'a>(part: &str, text: &'a str, limits: &Limits, visitor: &mut impl Visitor<'a>) -> Result<(), Refusal> {
    let damaged = |at: usize, what: &str| Refusal::damaged(part, format!("byte {at}: {what}"));
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut scanner = Scanner { text, bindings: Vec::new(), open: Vec::new() };
    // Text and references that follow each other without markup are one run.
    let mut run: Option<Range<usize>> = None;
    let mut roots = 0_usize;
    let mut start = 0;
    loop {
        let event = reader.read_event().map_err(|_| damaged(start, "not well-formed XML"))?;
        let end = usize::try_from(reader.buffer_position()).map_err(|_| damaged(start, "too long"))?;
        let range = start..end;
        start = end;
        if matches!(event, Event::Text(_) | Event::GeneralRef(_)) {
            run = Some(run.map_or(range.clone(), |run| run.start..range.end));
            continue;
        }
        if let Some(run) = run.take() {
            let raw = &text[run.clone()];
            if escape::decode(raw).is_none() {
                return Err(damaged(run.start, "unknown entity or character reference"));
            }
            if scanner.open.is_empty() {
                if !raw.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
                    return Err(damaged(run.start, "text outside the root element"));
                }
            } else {
                visitor.text(run, TextKind::Plain)?;
            }
        }
        match event {
            Event::Start(_) | Event::Empty(_) => {
                let empty = matches!(event, Event::Empty(_));
                if scanner.open.is_empty() {
                    roots += 1;
                    if roots > 1 {
                        return Err(damaged(range.start, "a second root element"));
                    }
                }
                if scanner.open.len() >= limits.depth {
                    return Err(Refusal::Limit(format!("{part}: elements nest deeper than {}", limits.depth)));
                }
                let tag = scanner.tag(range.clone(), empty).map_err(|what| damaged(range.start, what))?;
                visitor.open(&tag)?;
                if empty {
                    visitor.close(&tag.name, range.end)?;
                    scanner.leave();
                } else {
                    scanner.open.push(tag.name);
                }
            }
            Event::End(_) => {
                let name = scanner.open.pop().ok_or_else(|| damaged(range.start, "an end tag too many"))?;
                visitor.close(&name, range.end)?;
                scanner.leave();
            }
            Event::CData(_) => visitor.text(range.start + "<![CDATA[".len()..range.end - "]]>".len(), TextKind::Cdata)?,
            Event::Comment(_) => visitor.text(range.start + "<!--".len()..range.end - "-->".len(), TextKind::Comment)?,
            Event::PI(_) => visitor.text(range.start + "<?".len()..range.end - "?>".len(), TextKind::Instruction)?,
            Event::DocType(_) => {
                return Err(damaged(range.start, "document type declarations and entities are not allowed here"));
            }
            Event::Eof => break,
            Event::Decl(_) | Event::Text(_) | Event::GeneralRef(_) => {}
        }
    }
    match (roots, scanner.open.is_empty()) {
        (0, _) => Err(damaged(text.len(), "no root element")),
        (_, false) => Err(damaged(text.len(), "an element is not closed")),
        _ => Ok(()),
    }
}

/// An attribute as it stands: its key and where that begins, its range, the range of its value.
type Written<'a> = (&'a str, usize, Range<usize>, Range<usize>);

impl<'a> Scanner<'a> {
    /// Ends the scope of the element that has just been left.
    fn leave(&mut self) {
        let depth = self.open.len();
        while self.bindings.last().is_some_and(|binding| binding.depth >= depth) {
            self.bindings.pop();
        }
    }

    fn name(&self, qualified: &'a str, element: Option<&Name<'_>>) -> Name<'a> {
        let (prefix, local) = match memchr::memchr(b':', qualified.as_bytes()) {
            Some(at) => (&qualified[..at], &qualified[at + 1..]),
            None => ("", qualified),
        };
        let (family, own) = match (prefix, element) {
            ("", Some(element)) => (element.family, element.own),
            ("xml", _) => (Family::Xml, false),
            _ => self.family(prefix),
        };
        Name { family, prefix, local, own }
    }

    /// The family of a prefix, and whether its vocabulary is no published one.
    fn family(&self, prefix: &str) -> (Family, bool) {
        // Byte by byte: prefixes are short, and most are empty.
        let same = |binding: &&Binding<'_>| {
            binding.prefix.len() == prefix.len() && binding.prefix.bytes().zip(prefix.bytes()).all(|(one, other)| one == other)
        };
        self.bindings.iter().rev().find(same).map_or((Family::default(), true), |binding| (binding.family, binding.own))
    }

    /// The next attribute of a tag that ends at `end`, from `at` on.
    fn attribute(&self, at: usize, end: usize) -> Result<Option<Written<'a>>, &'static str> {
        let text = self.text;
        let bytes = text.as_bytes().get(..end).ok_or("broken tag")?;
        let key_start = past_space(bytes, at);
        if key_start >= end {
            return Ok(None);
        }
        let length = bytes[key_start..].iter().position(|byte| *byte == b'=').ok_or("an attribute without a value")?;
        let equals = key_start + length;
        let key = text[key_start..equals].trim_end_matches(is_space);
        let broken = |byte: u8| is_space(char::from(byte)) || matches!(byte, b'"' | b'\'' | b'<' | b'&');
        if key.is_empty() || key_start == at || key.bytes().any(broken) {
            return Err("a broken attribute");
        }
        let quote_at = past_space(bytes, equals + 1);
        let quote = bytes.get(quote_at).copied().filter(|quote| matches!(quote, b'"' | b'\''));
        let quote = quote.ok_or("an attribute without quotes")?;
        let start = quote_at + 1;
        let length = bytes[start..].iter().position(|byte| *byte == quote).ok_or("an attribute without its closing quote")?;
        let value = start..start + length;
        let raw = &text[value.clone()];
        if raw.bytes().any(|byte| matches!(byte, b'<' | b'&')) && (raw.contains('<') || escape::decode(raw).is_none()) {
            return Err("a broken attribute value");
        }
        Ok(Some((key, key_start, at..value.end + 1, value)))
    }

    fn tag(&mut self, range: Range<usize>, empty: bool) -> Result<Tag<'a>, &'static str> {
        let text = self.text;
        let name_start = range.start + 1;
        let end = range.end.checked_sub(if empty { 2 } else { 1 }).ok_or("broken tag")?;
        let inside = text.get(name_start..end).ok_or("broken tag")?;
        let name_end = name_start + inside.bytes().position(|byte| is_space(char::from(byte))).unwrap_or(inside.len());
        let depth = self.open.len();
        let mut attributes: Vec<Attribute<'a>> = Vec::new();
        // What a tag declares holds for its own names, too: their families are known at its end.
        let (mut at, mut declares) = (name_end, false);
        while let Some((key, name_start, range, value)) = self.attribute(at, end)? {
            at = range.end;
            declares |= key.starts_with("xmlns");
            if attributes.iter().any(|other| other.name.local == key) {
                return Err("an attribute given twice");
            }
            let name = Name { family: Family::Other, prefix: "", local: key, own: false };
            attributes.push(Attribute { name, range, name_start, value });
            if attributes.len() > MOST_ATTRIBUTES {
                return Err("too many attributes");
            }
        }
        let mut declarations = Vec::new();
        if declares {
            attributes.retain(|Attribute { name, value, name_start, .. }| {
                let prefix = if name.local == "xmlns" { Some("") } else { name.local.strip_prefix("xmlns:") };
                if let Some(prefix) = prefix {
                    let uri = &text[value.clone()];
                    let own = is_own(uri);
                    self.bindings.push(Binding { prefix, family: Family::of(uri), own, depth });
                    let end = name_start + name.local.len();
                    declarations.push(Declaration { prefix: end - prefix.len()..end, value: value.clone(), own });
                }
                prefix.is_none()
            });
        }
        let name = self.name(&text[name_start..name_end], None);
        for attribute in &mut attributes {
            attribute.name = self.name(attribute.name.local, Some(&name));
        }
        Ok(Tag { text, name, range, name_end, attributes, declarations })
    }
}

/// The first byte from `at` on that is no white space.
fn past_space(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| !is_space(char::from(*byte))).unwrap_or(rest.len())
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}
