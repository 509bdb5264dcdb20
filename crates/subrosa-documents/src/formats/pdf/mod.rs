//! PDF, both directions (ISO 32000-2).
//!
//! Reading interprets every content stream (pages, forms in forms, patterns, glyph procedures, appearances) and maps each
//! character back to the code that shows it. Writing takes those codes out of the streams, draws a box with the replacement in
//! their place, and writes a new file with the objects that a viewer needs and nothing else.
//!
//! Removed without being read: document information but the producer, XMP, private data of applications, thumbnails, scripts,
//! actions that leave the document, media with their annotations, signatures (an edit breaks them), form
//! packets (XFA), times of change, identifiers of annotations and structure elements, metadata inside JPEG images. Named
//! destinations get new names. Older revisions and everything else that the catalog does not reach are gone.
//!
//! Attached files are read and written by their own formats; those that no format reads completely are removed.
//!
//! Listed as unread, since pixels or codes without meaning may show text: pages of images without text, pages that an image
//! covers as a scan does (even with a text layer, for the pixels would stay), glyphs without a reading inside words.
//! With a reader of text at hand, such pages are drawn and their picture is read; see the module `raster`.
//! Images beside text are read one by one, also those that stand in a content stream, see the modules `figures` and `inline`; without a reader of text they stay, and the notes say how
//! many. Letters drawn as paths are not recognised as text, but
//! a page that shows only a great many paths is listed.
//!
//! Refused: files that need a password nobody gave, damaged content, anything over the limits. A file that is encrypted but
//! opens without a password (only its owner's permissions are protected) or with a given one is written with the same
//! protection; where that is AES, two runs
//! give different bytes, as each string gets a random start. All other output depends on the input alone. There is no
//! incremental saving.

mod admit;
mod alignment;
mod attachments;
mod body;
mod boxes;
mod budget;
mod carriers;
mod edit;
mod figures;
pub(crate) mod filters;
mod font_text;
mod fonts;
mod geometry;
mod images;
mod inline;
mod interpreter;
mod notes;
#[cfg_attr(not(feature = "drawing"), path = "no_pages.rs")]
mod pages;
mod paint;
#[cfg_attr(not(feature = "drawing"), path = "no_pixels.rs")]
mod pixels;
mod raster;
mod raw_parts;
mod read;
mod room;
mod scrub;
mod spacing;
mod splice;
pub(crate) mod store;
pub(crate) mod strings;
mod subset;
mod text;
mod tokenizer;
mod unit;
mod view;
mod walk;
mod write;

pub(crate) use paint::inspect::{Inspection, inspect};
pub(crate) use paint::view::{PageView, Why};

use crate::document::{Document, Part};
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::refusal::Refusal;

/// Where the header has to be: viewers accept some bytes before it.
const HEADER_WINDOW: usize = 1024;

/// The PDF format.
pub(crate) struct Pdf;

impl Format for Pdf {
    fn id(&self) -> &'static str {
        "pdf"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        let head = &source.bytes[..source.bytes.len().min(HEADER_WINDOW)];
        match memchr::memmem::find(head, b"%PDF-") {
            None => false,
            Some(at) if head[..at].iter().all(|byte| byte.is_ascii_whitespace() || !byte.is_ascii()) => true,
            // After other bytes it may be a text about PDF files.
            Some(_) => memchr::memmem::find(source.bytes, b"endobj").is_some(),
        }
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        read::read(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        raw_parts::list(source, limits)
    }

    fn read_again(&self, source: &Source<'_>, limits: &Limits) -> Result<(Document, Vec<Part>), Refusal> {
        read::read_with_parts(source, limits)
    }
}
