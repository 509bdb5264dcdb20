//! XML of any vocabulary: records, feeds, tracks, property lists; CDA and FHIR among them.
//!
//! Segments are: the text of each element, labelled by its name and where that says too little by those around it
//! (`patient`, `name`, `family` is "family name"), by a `name` or `key` that stands beside it; mixed content joined over the
//! elements in it; the narrative of CDA and FHIR as HTML is read; attributes, labelled by their names; comments, processing
//! instructions, CDATA. Content in base64 that says its media type, or begins as a known kind of document does, is read as a
//! document inside.
//!
//! An edit replaces exactly its own characters. Names of elements and attributes, namespaces and types are structural.
//!
//! Broken XML is read as far as it goes, and none of its text is dropped. Refused: declarations of entities that text may be
//! made of. External entities and schemas are never fetched.
//!
//! References: XML 1.0 (fifth edition); HL7 CDA R2; FHIR R5, section 2.6.1 (XML representation).

mod reader;

use crate::document::{Document, Part};
use crate::formats::html::{charset, kind};
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::mapped::Builder;
use crate::refusal::Refusal;

use reader::Reader;

/// The reader and writer of XML.
pub(crate) struct Xml;

impl Format for Xml {
    fn id(&self) -> &'static str {
        "xml"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        kind::of(source) == Some(kind::Kind::Xml)
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let decoded = charset::decode(source.bytes)?;
        let builder = Reader::new(&decoded.text, source, limits, Builder::new(limits)).read()?;
        Ok(builder.finish(decoded, 1))
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        let decoded = charset::decode(source.bytes)?;
        let reader = Reader::new(&decoded.text, source, limits, Builder::for_raw_parts(limits));
        let mut parts = reader.read()?.into_raw_parts();
        parts.push(Part { name: "the text of the file".to_owned(), text: decoded.text });
        Ok(parts)
    }
}
