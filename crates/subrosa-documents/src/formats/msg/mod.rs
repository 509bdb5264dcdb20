//! Outlook messages (`.msg`, `.oft`): mail, contacts, appointments and tasks as Outlook saves them.
//!
//! Segments are: every property that is text, under its name in plain words; dates; numbers of properties that somebody made
//! up; names of such properties. The HTML and RTF bodies, the headers and the attachments are documents of their own kind,
//! attached messages are read like the message itself. An edited date or number is left out, since neither can hold a label.
//!
//! Written as a fresh compound file. Left out, and said in the notes: binary properties other than bodies and attachments
//! (entry ids, search keys, conversation index, security descriptors, recurrence patterns, icons hold names, addresses and
//! dates in forms that nobody needs to read the message); streams and storages that belong to no message; one of the bodies
//! when it cannot be read and another one can.
//!
//! Not here: signed and encrypted messages, whose content is one attachment that cannot be read; objects of programs in
//! attachments; files of many messages (`.pst`, `.ost`).
//!
//! Written to [MS-OXMSG] 24.0, [MS-OXPROPS] 29.0 and [MS-OXCDATA] 19.0.

mod body;
mod codec;
mod date;
mod named;
mod names;
mod object;
mod read;
mod residue;
mod rtf;
mod view;

use crate::document::{Document, Part};
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::ole;
use crate::refusal::Refusal;

/// The reader and writer of Outlook messages.
pub(crate) struct Msg;

impl Format for Msg {
    fn id(&self) -> &'static str {
        "msg"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        ole::has_entry(source.bytes, object::PROPERTIES)
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        read::read(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        residue::raw_parts(source, limits)
    }
}
