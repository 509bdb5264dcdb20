//! HTML, XHTML and SVG.
//!
//! Segments are: text that flows together, joined over tags, with a line end where a block ends, white space as browsers show
//! it; each cell of a table, labelled by its headings; terms and descriptions; titles, text areas, drop-down lists; each
//! attribute's value that is text or an address, labelled by its name, a form field's also by its `label`; scripts, style
//! sheets, comments. Mark-up in comments, conditional ones included, in `iframe`, `srcdoc` and script templates is read as
//! mark-up, JSON in scripts as JSON, `data:` addresses as documents by their media type. Hidden elements, `template` and
//! `noscript` are read like others: what a browser shows is no question here. Names of classes, identifiers, elements and
//! attributes that are not the standard's are structural.
//!
//! Read by the standard's tokenizer, so that broken mark-up is read as browsers read it; no text is dropped, not that of a
//! tag which the file cuts. Edits replace exactly their own characters, references and escapes of the place respected; a
//! value without quotes gets them.
//!
//! Not here: style sheets are not applied, but that a view tells what they hide (`display: block` on a `span` joins its text with
//! what is around), scripts are not run, so text that a script puts together is read as its pieces. Fonts in `data:` addresses stay as they are.
//!
//! References: HTML Standard, sections 13.2.5 (tokenization), 13.2.3 (encoding), 15.3 (what is a block); RFC 2397 (`data:`);
//! SVG 2.

mod attributes;
pub(crate) mod base64;
pub(crate) mod characters;
pub(crate) mod charset;
pub(crate) mod code;
mod controls;
mod entities;
pub(crate) mod kind;
pub(crate) mod names;
pub(crate) mod reader;
mod styles;
pub(crate) mod tables;
pub(crate) mod tokens;
mod view;

use crate::document::{Document, Part};
use crate::encoding::Decoded;
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::mapped::Builder;
use crate::refusal::Refusal;

use kind::Kind;
pub(crate) use names::in_words;
use reader::Reader;

/// The reader and writer of one kind of mark-up.
pub(crate) struct Html {
    id: &'static str,
    kind: Kind,
    xml: bool,
}

/// Pages.
pub(crate) static HTML: Html = Html { id: "html", kind: Kind::Html, xml: false };
/// Pages by the rules of XML.
pub(crate) static XHTML: Html = Html { id: "xhtml", kind: Kind::Xhtml, xml: true };
/// Drawings.
pub(crate) static SVG: Html = Html { id: "svg", kind: Kind::Svg, xml: true };

impl Format for Html {
    fn id(&self) -> &'static str {
        self.id
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        kind::of(source) == Some(self.kind)
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        document(charset::decode(source.bytes)?, self.xml, source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        let decoded = charset::decode(source.bytes)?;
        let reader = Reader::new(&decoded.text, source, limits, self.xml, Builder::for_raw_parts(limits));
        let mut parts = reader.read()?.into_raw_parts();
        parts.push(Part { name: "the page".to_owned(), text: without_names(&decoded.text) });
        Ok(parts)
    }
}

/// The document of mark-up that is already decoded, by the rules of XML or of HTML. `source` is what it stands in.
///
/// # Errors
/// [`Refusal::Damaged`] when XML declares entities of its own.
pub(crate) fn document(decoded: Decoded, xml: bool, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
    let mut builder = Reader::new(&decoded.text, source, limits, xml, Builder::new(limits)).read()?;
    builder.marks = Some(if xml { view::of_xml } else { view::of_html });
    Ok(builder.finish(decoded, 1))
}

/// The text without the standard's names of elements and attributes, which are nobody's.
fn without_names(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = memchr::memchr2(b'<', b'=', rest.as_bytes()) {
        let (before, after) = rest.split_at(found);
        if after.starts_with('=') {
            let name = before.trim_end_matches(|char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | ':'));
            let known = before.get(name.len()..).is_some_and(|name| names::is_known_attribute(&name.to_ascii_lowercase()));
            out.push_str(if known { name } else { before });
            out.push('=');
            rest = after.get(1..).unwrap_or_default();
            continue;
        }
        out.push_str(before);
        let start = if after.starts_with("</") { 2 } else { 1 };
        let inside = after.get(start..).unwrap_or_default();
        let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let known = inside.get(..length).is_some_and(|name| names::is_known_element(&name.to_ascii_lowercase()));
        out.push_str(after.get(..start).unwrap_or_default());
        rest = inside.get(if known { length } else { 0 }..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}
