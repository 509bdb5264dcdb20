//! HL7 version 2 messages, alone, in batches, in MLLP frames.
//!
//! Segments of text are: a person's name in reading order, one for each repetition (`Roe^Jane^Q` is "Jane Q Roe"), an address,
//! a telephone number, each component of other fields, all under the field's name in plain words; notes and results that run
//! over several lines together. The result of an OBX is named by its OBX-3; encapsulated data (ED) in base64 is a document
//! inside. Escape sequences are resolved, delimiters are those that each message declares, lines may end in `\r`, `\n` or both.
//!
//! Edits are written into the components their text comes from, delimiters in replacements escaped.
//!
//! Not here: conformance. Any line is read, whatever its segment is called; what has no name in the table has no label.
//! Encapsulated data in hexadecimal is read as text.
//!
//! References: HL7 v2.5.1, chapters 2 (encoding rules) and 3 (PID, NK1, PV1); MLLP release 1.

mod fields;
mod reader;

use crate::document::{Document, Part};
use crate::encoding;
use crate::formats::{Format, Source, looks};
use crate::limits::Limits;
use crate::mapped::Builder;
use crate::refusal::Refusal;

pub(crate) use fields::id_type;
use reader::{Delimiters, Reader};

/// The reader and writer of HL7 version 2.
pub(crate) struct Hl7;

impl Format for Hl7 {
    fn id(&self) -> &'static str {
        "hl7"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        let likely = |bytes: &[u8]| {
            let start =
                bytes.iter().position(|byte| !matches!(byte, 0x0b | b' ' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf | 0xff | 0xfe | 0));
            start.and_then(|start| bytes.get(start)).is_some_and(|byte| matches!(byte, b'M' | b'F' | b'B'))
        };
        if !likely(source.bytes.get(..64).unwrap_or(source.bytes)) {
            return false;
        }
        let head = looks::head_text(source.bytes);
        let start = head.trim_start_matches(|char: char| char.is_whitespace() || matches!(char, '\u{b}' | '\u{feff}'));
        Delimiters::of(start).is_some()
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let decoded = encoding::decode(source.bytes)?;
        let builder = Reader::new(&decoded.text, source, limits, Builder::new(limits)).read();
        Ok(builder.finish(decoded, 1))
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        let decoded = encoding::decode(source.bytes)?;
        let mut parts = Reader::new(&decoded.text, source, limits, Builder::for_raw_parts(limits)).read().into_raw_parts();
        parts.push(Part { name: "the messages".to_owned(), text: decoded.text });
        Ok(parts)
    }
}
