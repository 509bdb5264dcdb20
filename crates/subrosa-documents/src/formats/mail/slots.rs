//! What segments and parts are: the way back from a number to its place in the messages.

use std::sync::OnceLock;

use encoding_rs::Encoding;

/// What a segment is. Numbers are those of an entity, of a field in it, of a parameter in that.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    /// The envelope line of a mailbox, without its `From `.
    Envelope(usize),
    /// The name of a field, by the first that has it.
    Name(usize, usize),
    /// The value of a field.
    Value(usize, usize),
    /// What stands before the parameters of a field.
    Main(usize, usize),
    /// One of the values of a parameter.
    Parameter(usize, usize, u16, u16),
    /// The boundary of a multipart.
    Boundary(usize),
    /// The text before its parts.
    Preamble(usize),
    /// The text behind them.
    Epilogue(usize),
    /// The text of a leaf.
    Story(usize),
    /// Text of a document inside.
    Child,
}

/// A part without parts.
pub(super) struct Leaf {
    /// Its entity.
    pub(super) entity: usize,
    /// What it is.
    pub(super) kind: LeafKind,
    /// It is left out when the message is written.
    pub(super) removed: bool,
}

/// What a leaf is.
pub(super) enum LeafKind {
    /// Plain text, perhaps with files in it.
    Story {
        /// Its uuencoded files.
        files: Vec<FilePart>,
        /// It holds something else that cannot be read.
        unread: bool,
        /// Where the lines of its text begin; counted when somebody asks.
        lines: OnceLock<Vec<u32>>,
    },
    /// A document, by its number among the children, and the charset that its reader was not told.
    Document(usize, Option<&'static Encoding>),
    /// A signature over other parts, always left out.
    Signature,
    /// Not read.
    Unread,
}

/// A file in a text.
#[derive(Default)]
pub(super) struct FilePart {
    /// Its number among the children; nothing when it was not read.
    pub(super) child: Option<usize>,
    /// It is left out when the message is written.
    pub(super) removed: bool,
}

/// A message of the file.
pub(super) struct Message {
    /// Its first entity.
    pub(super) first: usize,
    /// What bytes above ASCII in its headers are in.
    pub(super) fallback: Option<&'static Encoding>,
}
