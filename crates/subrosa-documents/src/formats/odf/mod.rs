//! OpenDocument: text, spreadsheets, presentations and drawings, their templates, as packages and as flat XML files.
//!
//! One segment per story (body, cell, shape, note, comment, header), one per field of the metadata, author, name, link target
//! and other attribute with content. Cells are labelled by their header and by the cell to the left. A number or date in a
//! cell is read as it is shown and, where that differs, as its attributes hold it; an edit of either makes the cell one of
//! text and takes its formula away. Deleted text of tracked changes is read where it stood.
//!
//! All members of a package are read, whether the manifest lists them or not. What the writer takes away, edits or not,
//! because it cannot be inspected, would no longer hold, or was never meant for the reader: previews (`Thumbnails`), macros
//! and what calls them, older versions, toolbars and menus (`Configurations2`), the layout cache, digital signatures, names
//! and set-up of printers, the replacement picture of an embedded object that is kept, embedded objects that no format here
//! reads, metadata of pictures. The manifest loses their entries. Pictures are read where a reader of text is at
//! hand, else they stay and are not looked into; [`Body::notes`](crate::document::Body::notes) says so for each.
//!
//! Deliberately not here: layout, databases (`.odb`), decryption, the older `.sxw` family.
//!
//! Written to OpenDocument 1.3 (OASIS, 2021), part 2 (packages) and part 3 (schema).

mod attributes;
mod base64;
mod body;
mod cells;
mod flat;
mod manifest;
mod read;
mod references;
mod sheet;
mod story;
mod view;

use crate::document::{Document, Part};
use crate::formats::{Format, Source, opc};
use crate::limits::Limits;
use crate::package::{Budget, Member, Method, Package};
use crate::refusal::Refusal;

pub(crate) use flat::Flat;

/// A kind of package.
pub(crate) struct Odf {
    id: &'static str,
    /// What the media type has behind `application/vnd.oasis.opendocument.`, up to `-template` and the like.
    kinds: &'static [&'static str],
    /// Extensions under which a broken package is still this format's to refuse.
    extensions: &'static [&'static str],
}

/// Text documents.
pub(crate) static ODT: Odf = Odf { id: "odt", kinds: &["text"], extensions: &["odt", "ott", "odm", "oth"] };
/// Spreadsheets.
pub(crate) static ODS: Odf = Odf { id: "ods", kinds: &["spreadsheet"], extensions: &["ods", "ots"] };
/// Presentations.
pub(crate) static ODP: Odf = Odf { id: "odp", kinds: &["presentation"], extensions: &["odp", "otp"] };
/// Drawings, charts, formulas and pictures.
pub(crate) static ODG: Odf =
    Odf { id: "odg", kinds: &["graphics", "chart", "formula", "image"], extensions: &["odg", "otg", "odc", "odf", "odi"] };

/// What every media type of the family begins with.
const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.";

/// Longest media type that is looked at.
const LONGEST_TYPE: u64 = 256;

impl Format for Odf {
    fn id(&self) -> &'static str {
        self.id
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        if !source.bytes.starts_with(b"PK\x03\x04") {
            return false;
        }
        let of_extension = || self.extensions.contains(&source.extension().as_str());
        let Ok(package) = Package::open(source.bytes, &Limits::default()) else {
            return of_extension();
        };
        match package.find("mimetype").map(|member| mimetype(source.bytes, member)) {
            Some(Ok(media_type)) => media_type.trim().strip_prefix(MEDIA_TYPE).is_some_and(|kind| {
                let kind = kind.split('-').next().unwrap_or_default();
                self.kinds.contains(&kind)
            }),
            Some(Err(_)) => of_extension(),
            None => of_extension() && package.find("content.xml").is_some(),
        }
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        read::package(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        opc::raw_parts(source, limits)
    }
}

/// The media type that a package says it has.
fn mimetype(bytes: &[u8], member: &Member) -> Result<String, Refusal> {
    let damaged = || Refusal::damaged("mimetype", "it is no media type");
    if member.size > LONGEST_TYPE {
        return Err(damaged());
    }
    let data = match member.method {
        Method::Stored => bytes.get(member.data.clone()).unwrap_or_default().to_vec(),
        Method::Other(_) => return Err(damaged()),
        Method::Deflated => {
            let package = Package::open(bytes, &Limits::default())?;
            package.expand(member, &mut Budget::new(&Limits::default(), bytes.len()))?
        }
    };
    let text = String::from_utf8(data).map_err(|_| damaged())?;
    let is_type = text.trim().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.+-".contains(&byte));
    if is_type { Ok(text) } else { Err(damaged()) }
}
