//! Rich Text Format: notes, letters, the bodies of mail messages.
//!
//! The body is one segment, tables apart, whose cells are segments under their labels; headers, notes, comments, text boxes,
//! field codes, document properties, variables, bookmarks and every other destination with text are segments of their own.
//! Text under tracked changes is read as it stands, as it was before them and as it is after them. In an encapsulated HTML
//! message (`\fromhtml`) the tags are read, too. Names of fonts and styles are structural.
//!
//! Every character is mapped to its bytes: as it stands, as `\'hh` in the code page of its font (one or two bytes), or as
//! `\u` with the characters that stand in for it. An edit replaces exactly these and writes ASCII; the rest of the file stays
//! as it is. Taken away, edits or not: embedded objects (`\objdata`; their picture stays), stored data and themes (`\datastore`,
//! `\themedata`, `\colorschememapping`), data behind fields and in drawings (`\datafield`, `\svb`), embedded fonts, groups that no
//! reader has to know and that hold digits only, the second copies of pictures that older programs show (`\nonshppict`), times (of
//! making, changing, printing, of comments), metadata of pictures, whatever follows the last brace. Pictures are read
//! where a reader of text is at hand; else they stay and are not looked into, but for the text records of metafiles.
//!
//! Deliberately not here: layout, the older Macintosh pictures (unread), code pages 437 and 850 (their characters beyond ASCII
//! are unread).
//!
//! Written to the Rich Text Format specification 1.9.1 and [MS-OXRTFEX].

mod body;
mod charset;
mod destination;
mod read;
mod residue;
mod tokens;
mod view;

use crate::document::{Document, Part};
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::refusal::Refusal;

/// The format.
pub(crate) struct Rtf;

impl Format for Rtf {
    fn id(&self) -> &'static str {
        "rtf"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        start(source.bytes).is_some()
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        read::read(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        residue::raw_parts(source.bytes, limits)
    }
}

/// Where the first group begins, behind white space and a byte order mark.
fn start(bytes: &[u8]) -> Option<usize> {
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let rest = bytes.get(mark..)?;
    let white = rest.iter().take(1024).position(|byte| !byte.is_ascii_whitespace())?;
    rest.get(white..)?.starts_with(b"{\\rtf").then_some(mark + white)
}
