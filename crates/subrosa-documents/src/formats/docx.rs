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

use crate::formats::opc::Office;

/// The format.
pub(super) static DOCX: Office = Office {
    id: "docx",
    types: &[
        "wordprocessingml.document.main+xml",
        "wordprocessingml.template.main+xml",
        "ms-word.document.macroenabled",
        "ms-word.template.macroenabled",
    ],
    extensions: &["docx", "docm", "dotx", "dotm"],
};
