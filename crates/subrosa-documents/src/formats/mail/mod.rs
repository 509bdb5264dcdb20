//! Mail: messages (`eml`), mailboxes (`mbox`) and web archives (`mht`), which are messages, too.
//!
//! Segments are: the value of each header field, under its name; names of fields that are nobody's standard; parameters of
//! `Content-Type` and `Content-Disposition`, file names first of all; boundaries; the text before and behind parts; the text
//! of each plain part, with encodings undone, replies without their quote marks and flowed lines joined; and whatever
//! documents the other parts are ([`crate::nested`]), uuencoded files in texts among them. An envelope line of a mailbox is
//! read, too. A message inside a message is read like the one around it.
//!
//! Written are only the bytes of the edits: encodings of their places are kept, a value in encoded words is written as
//! encoded words, base64 is written anew only for parts that change. A boundary that holds a value is changed in all its
//! lines, `Content-Length` follows.
//!
//! Left out, and said: signatures of S/MIME and PGP (they hold certificates and hold no more), signatures of mail servers in
//! the header of a message that changes. Not read: encrypted parts, Outlook's attachment container (TNEF), fragments
//! (`message/partial`), yEnc, UTF-7, charsets nobody knows, broken base64. The policy may leave such parts out; a line of
//! text stands for each.
//!
//! Deliberately not done: signatures are not checked, nothing is fetched (`message/external-body`), addresses are not
//! parsed but where escapes and quotes ask for it. References: RFC 5322, 2045 to 2047, 2231, 2183, 2557 (MHTML), 3676, 4155.

pub(super) mod base64;
mod body;
mod changes;
pub(super) mod charset;
mod looks;
mod mbox;
mod names;
mod params;
mod parse;
pub(super) mod quoted_printable;
mod raw_parts;
mod read;
mod slots;
mod story;
mod transfer;
mod uuencode;
mod value;
mod view;
mod words;

use crate::document::{Document, Part};
use crate::encoding::Decoded;
use crate::formats::{Aids, Format, Source};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::stream::{Cut, Prologue, RawRecords, Streamable};

/// The reader and writer of messages.
pub(crate) struct Eml;

/// The reader and writer of web archives.
pub(crate) struct Mht;

/// The reader and writer of mailboxes.
pub(crate) struct Mbox;

fn message(source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
    let range = looks::start(source.bytes)..source.bytes.len();
    read::document(source, vec![range], None, limits)
}

fn message_parts(source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
    let mut parts = Vec::new();
    let range = looks::start(source.bytes)..source.bytes.len();
    raw_parts::collect(source, range, "", limits, &mut parts)?;
    Ok(parts)
}

impl Format for Eml {
    fn id(&self) -> &'static str {
        "eml"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        looks::kind(source) == Some(looks::Kind::Message)
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        message(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        message_parts(source, limits)
    }
}

impl Format for Mht {
    fn id(&self) -> &'static str {
        "mht"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        looks::kind(source) == Some(looks::Kind::Archive)
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        message(source, limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        message_parts(source, limits)
    }
}

impl Format for Mbox {
    fn id(&self) -> &'static str {
        "mbox"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        looks::kind(source) == Some(looks::Kind::Mailbox)
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let messages = mbox::split(source.bytes, looks::start(source.bytes));
        read::document(source, messages, Some(1), limits)
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        let mut parts = Vec::new();
        for (index, message) in mbox::split(source.bytes, looks::start(source.bytes)).into_iter().enumerate() {
            raw_parts::collect(source, message, &format!("message {}", index + 1), limits, &mut parts)?;
        }
        Ok(parts)
    }

    fn stream(&self) -> Option<&dyn Streamable> {
        Some(self)
    }
}

impl Streamable for Mbox {
    fn prologue(&self, _: &str, _: &str) -> Prologue {
        Prologue::default()
    }

    fn whole_records(&self, _: &Prologue, _: &str) -> Option<Cut> {
        None
    }

    fn breakable(&self) -> bool {
        false
    }

    fn raw(&self) -> Option<&dyn RawRecords> {
        Some(self)
    }

    fn read_piece(&self, piece: Decoded, _: &Prologue, first: u64, aids: Aids<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let bytes = piece.into_raw();
        let messages = mbox::split(&bytes, looks::start(&bytes));
        read::document(&Source::nameless(&bytes).with(aids), messages, Some(first), limits)
    }
}

impl RawRecords for Mbox {
    fn whole_records(&self, bytes: &[u8]) -> Option<Cut> {
        let (length, records) = mbox::last(bytes, looks::start(bytes));
        (records > 0).then_some(Cut { length, records })
    }

    fn longest_record(&self) -> usize {
        mbox::LONGEST
    }
}
