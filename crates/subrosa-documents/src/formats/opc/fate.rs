//! What becomes of each part when a package is read and written again.

use crate::document::Body;
use crate::xml::{Splice, XmlText};

/// What becomes of a part.
pub(super) enum Fate {
    /// Markup: its text is in the segments, its edits are written in place.
    Xml(Box<XmlPart>),
    /// Not text: copied as it is.
    Keep,
    /// Copied without its metadata.
    Clean(Vec<u8>),
    /// A metafile: its texts are overwritten in place.
    Metafile(Vec<u8>),
    /// A document of its own, read and written by its format.
    Nested(Box<dyn Body>),
    /// Not carried over.
    Drop,
}

/// A part that is markup.
pub(super) struct XmlPart {
    /// The decoded markup.
    pub(super) text: XmlText,
    /// What it loses in any case: references to parts that are dropped.
    pub(super) cuts: Vec<Splice>,
}

/// What a relationship's type says of its target, where that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Goes: a preview, a printer's settings, a signature that no longer holds, a program, a persisted control.
    Removed(&'static str),
    /// Goes, unless a format here can read it.
    Embedded,
    /// Read by a format here, or else unread: the reader sees its text.
    Included,
    /// A picture.
    Picture,
    /// A font program.
    Font,
    /// Anything else.
    Plain,
}

impl Role {
    /// The role that the last step of a relationship's type gives its target.
    pub(super) fn of(kind: &str) -> Self {
        match kind {
            "thumbnail" => Self::Removed("preview picture of the first page"),
            "printerSettings" => Self::Removed("printer settings"),
            "origin" | "signature" | "certificate" => Self::Removed("digital signature, which no longer holds"),
            "vbaProject" | "vbaProjectSignature" | "vbaProjectSignatureAgile" | "vbaProjectSignatureV3" | "wordVbaData" => {
                Self::Removed("macros")
            }
            "customProperty" => Self::Removed("data that a program keeps behind a sheet"),
            "attachedToolbars" => Self::Removed("toolbars of macros"),
            "control" | "activeXControlBinary" => Self::Removed("ActiveX control"),
            "oleObject" | "package" => Self::Embedded,
            "aFChunk" => Self::Included,
            "image" | "hdphoto" => Self::Picture,
            "font" => Self::Font,
            _ => Self::Plain,
        }
    }
}
