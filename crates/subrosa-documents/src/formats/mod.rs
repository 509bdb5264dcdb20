//! The formats, one file or folder each.

mod archive;
mod cards;
pub(crate) mod csv;
mod dicom;
mod docx;
pub mod elsewhere;
mod health;
mod hl7;
mod html;
mod json;
mod looks;
mod mail;
mod msg;
mod odf;
pub(crate) mod opc;
pub(crate) mod pdf;
mod picture;
mod pptx;
mod rtf;
mod sql;
mod text;
mod xlsx;
mod xml;
mod yaml;

use crate::document::{Document, Part};
use crate::limits::Limits;
use crate::ocr::Ocr;
use crate::refusal::Refusal;
use crate::stream::Streamable;

/// The bytes of a file, what is known of it, and what helps to read it.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The whole file.
    pub bytes: &'a [u8],
    /// The file's name, for its extension; the path before it does not matter.
    pub name: Option<&'a str>,
    /// What helps to read it; holds for the documents inside it, too.
    pub aids: Aids<'a>,
}

/// What helps to read a document. All of it may be absent.
#[derive(Clone, Copy, Default)]
pub struct Aids<'a> {
    /// Reads pictures.
    pub ocr: Option<&'a dyn Ocr>,
    /// Passwords to try on encrypted documents.
    pub passwords: &'a [String],
}

impl<'a> Source<'a> {
    /// A file with a name, read without aids.
    pub fn new(bytes: &'a [u8], name: &'a str) -> Self {
        Self { bytes, name: Some(name), aids: Aids::default() }
    }

    /// Bytes without a name, read without aids.
    pub fn nameless(bytes: &'a [u8]) -> Self {
        Self { bytes, name: None, aids: Aids::default() }
    }

    /// With these aids.
    #[must_use]
    pub fn with(self, aids: Aids<'a>) -> Self {
        Self { aids, ..self }
    }

    /// A document inside this one: other bytes, another name, the same aids.
    pub(crate) fn inner<'b>(&self, bytes: &'b [u8], name: &'b str) -> Source<'b>
    where
        'a: 'b,
    {
        Source { bytes, name: Some(name), aids: self.aids }
    }

    /// The extension of the name in lower case, or nothing.
    pub fn extension(&self) -> String {
        self.name.and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
    }
}

/// A document format, both directions.
pub trait Format: Send + Sync {
    /// Short name, also the usual extension: `docx`.
    fn id(&self) -> &'static str;

    /// Whether these bytes are of this format. Content counts first; the extension decides only between kinds of text.
    fn claims(&self, source: &Source<'_>) -> bool;

    /// Reads the document.
    ///
    /// # Errors
    /// A [`Refusal`] when nobody can say what the file holds: encrypted, damaged, over a limit. A part that alone cannot be
    /// read is listed in [`Document::unread`] instead.
    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal>;

    /// Every part of a written document as text for the residue search, beyond the segments that [`Format::read`] gives:
    /// raw parts, decoded streams, names. Empty where the segments already are the whole file.
    ///
    /// # Errors
    /// As [`Format::read`].
    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal>;

    /// What [`Format::read`] and [`Format::raw_parts`] give, for a written document that is verified. A format whose file takes
    /// long to take apart may do that once for both.
    ///
    /// # Errors
    /// As [`Format::read`].
    fn read_again(&self, source: &Source<'_>, limits: &Limits) -> Result<(Document, Vec<Part>), Refusal> {
        Ok((self.read(source, limits)?, self.raw_parts(source, limits)?))
    }

    /// How files of this format are cut into pieces that are read one by one; nothing where a file must be read as a whole.
    fn stream(&self) -> Option<&dyn Streamable> {
        None
    }
}

/// A format that a build without the feature `further` knows and does not read.
#[cfg(feature = "further")]
macro_rules! further {
    ($format:expr) => {
        &$format
    };
}
#[cfg(not(feature = "further"))]
macro_rules! further {
    ($format:expr) => {
        &elsewhere::Elsewhere(&$format)
    };
}

/// All formats, in the order they are asked. Kinds told by their bytes come before kinds told by their name, and plain text
/// comes last, since it takes whatever is no known other kind.
#[rustfmt::skip] // one a line
pub static ALL: &[&dyn Format] = &[
    &docx::DOCX,
    &odf::ODT,
    &odf::ODS,
    &odf::ODP,
    &odf::ODG,
    &odf::Flat,
    &xlsx::XLSX,
    &pptx::PPTX,
    &pdf::Pdf,
    further!(msg::Msg),
    further!(archive::Zip),
    further!(archive::Tar),
    further!(archive::GZIP),
    #[cfg(feature = "archives")]
    &archive::BZIP2,
    #[cfg(feature = "archives")]
    &archive::XZ,
    #[cfg(feature = "archives")]
    &archive::ZSTD,
    &rtf::Rtf,
    further!(hl7::Hl7),
    &html::HTML,
    &html::XHTML,
    &html::SVG,
    &xml::Xml,
    further!(cards::Vcard),
    further!(cards::Calendar),
    &mail::Mbox,
    &mail::Mht,
    &mail::Eml,
    further!(dicom::Dicom),
    &picture::PNG,
    &picture::JPEG,
    &picture::GIF,
    &picture::BMP,
    &picture::WEBP,
    &picture::TIFF,
    &json::Json,
    &json::JsonLines,
    further!(yaml::Yaml),
    further!(sql::Sql),
    &csv::CSV,
    &csv::TSV,
    &text::Text,
];

/// The format that claims the source.
///
/// # Errors
/// [`Refusal::Unsupported`] when none does, with what the bytes look like where that is known.
pub fn sniff(source: &Source<'_>) -> Result<&'static dyn Format, Refusal> {
    let unsupported = || {
        let looks = || Refusal::Unsupported(looks::unsupported(source).unwrap_or("unknown content").to_owned());
        crate::ole::refusal(source.bytes).unwrap_or_else(looks)
    };
    ALL.iter().copied().find(|format| format.claims(source)).ok_or_else(unsupported)
}
