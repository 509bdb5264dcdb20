//! Flat OpenDocument files: the whole document in one XML file, pictures and objects as base64.

use crate::document::{Document, Part};
use crate::formats::{Format, Source, looks, opc};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::XmlText;

/// The format.
pub(crate) struct Flat;

impl Format for Flat {
    fn id(&self) -> &'static str {
        "fodt"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        let head = looks::head_text(source.bytes);
        let start = head.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
        start.starts_with('<')
            && start.contains(":document")
            && start.contains("urn:oasis:names:tc:opendocument:xmlns:office:1.0")
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        super::read::flat(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, _: &Limits) -> Result<Vec<Part>, Refusal> {
        let text = XmlText::decode("document", source.bytes.to_vec())?.text;
        let mut parts = Vec::new();
        opc::views("document", &text, &mut parts);
        parts.push(Part { name: "document".to_owned(), text });
        Ok(parts)
    }
}
