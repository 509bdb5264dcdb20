//! PPTX, PPTM, POTX and PPSX: PresentationML packages, transitional and strict.
//!
//! One segment per text box, table cell (labelled by its header and by the cell to the left), comment, author, tag, section,
//! name and description of an object, chart value and other attribute with content; in slides that are hidden too, in notes,
//! handouts, layouts and masters. What the package layer removes and keeps is said in [`opc`](crate::formats::opc).
//!
//! Deliberately not here: layout, animations, sound and video (parts that cannot be read), what pictures show
//! (unless the caller brings OCR), legacy `.ppt`, password-protected presentations (both refused).
//!
//! Written to ECMA-376-1 (PresentationML, 19; DrawingML, 20 and 21) and [MS-PPTX].

use crate::formats::opc::Office;

/// The format.
pub(super) static PPTX: Office = Office {
    id: "pptx",
    types: &[
        "presentationml.presentation.main+xml",
        "presentationml.template.main+xml",
        "presentationml.slideshow.main+xml",
        "ms-powerpoint.presentation.macroenabled.main+xml",
        "ms-powerpoint.template.macroenabled.main+xml",
        "ms-powerpoint.slideshow.macroenabled.main+xml",
        "ms-powerpoint.addin.macroenabled.main+xml",
    ],
    extensions: &["pptx", "pptm", "potx", "potm", "ppsx", "ppsm"],
};
