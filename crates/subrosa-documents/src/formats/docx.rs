//! DOCX, DOCM, DOTX and DOTM: WordprocessingML packages, transitional and strict.
//!
//! One segment per story (body, header, footer, note, comment, text box, cell), one per field code, property, author, name,
//! link target and other attribute with content. Table cells are labelled by their header and by the cell to the left. What
//! the package layer removes and keeps is said in [`opc`](crate::formats::opc).
//!
//! Deliberately not here: layout, the meaning of styles, what pictures show (unless the caller brings OCR), legacy `.doc`,
//! password-protected documents (both refused).
//!
//! Written to ECMA-376 part 1 (WordprocessingML, 17) and [MS-DOCX].

use crate::document::{Document, Part};
use crate::formats::{Format, Source, opc};
use crate::limits::Limits;
use crate::refusal::Refusal;

/// The format.
pub(crate) struct Docx;

/// Extensions under which a broken package is still this format's to refuse.
const EXTENSIONS: &[&str] = &["docx", "docm", "dotx", "dotm"];

/// Content types of a main part.
const MAIN: &[&str] = &[
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroenabled",
    "ms-word.template.macroenabled",
];

impl Format for Docx {
    fn id(&self) -> &'static str {
        "docx"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        opc::claims(source, MAIN, EXTENSIONS)
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        opc::read(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        opc::raw_parts(source, limits)
    }
}
