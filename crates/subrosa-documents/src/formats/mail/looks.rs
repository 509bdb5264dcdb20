//! Whether bytes are a message or a mailbox.
//!
//! A message is told by header fields from its first line on, one of which no person types: who sent it through which
//! servers, how the rest is encoded. With the usual extension any header field will do. A note that begins with `From:` and
//! `To:` is a note.

use super::mbox;
use super::parse::{colon, line};
use crate::formats::Source;

/// Fields that only programs write; lower case.
const TELLING: &[&str] = &[
    "mime-version",
    "content-transfer-encoding",
    "received",
    "return-path",
    "dkim-signature",
    "message-id",
    "delivered-to",
    "x-mailer",
    "x-received",
    "authentication-results",
    "x-originating-ip",
    "snapshot-content-location",
    "x-mozilla-status",
];

/// Bytes of a header that are looked at.
const HEAD: usize = 256 * 1024;

/// What a file of mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One message.
    Message,
    /// A web page with what belongs to it.
    Archive,
    /// Any number of messages.
    Mailbox,
}

/// Where the mail begins: behind a byte order mark and blank lines.
pub(super) fn start(bytes: &[u8]) -> usize {
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let rest = bytes.get(mark..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    mark + blank
}

/// What the source is, when it is mail.
pub(super) fn kind(source: &Source<'_>) -> Option<Kind> {
    let start = start(source.bytes);
    let head = source.bytes.get(start..).unwrap_or_default();
    let head = head.get(..HEAD).unwrap_or(head);
    if memchr::memchr(0, head.get(..16).unwrap_or(head)).is_some() {
        return None;
    }
    let extension = source.extension();
    let named = matches!(extension.as_str(), "eml" | "mht" | "mhtml" | "mbox" | "mbx" | "mai" | "emlx");
    if head.starts_with(b"From ") {
        let (_, next) = line(head, 0, head.len())?;
        // Of a file called so the first line need not have a date: a redacted one has a label there.
        let called = matches!(extension.as_str(), "mbox" | "mbx");
        let mailbox = called || mbox::is_separator(head, 0) && (named || seen(head, next).telling);
        return mailbox.then_some(Kind::Mailbox);
    }
    let seen = seen(head, 0);
    if !(seen.telling || named && seen.fields > 0) || text_by_name(&extension) {
        return None;
    }
    let archive = matches!(extension.as_str(), "mht" | "mhtml") || seen.archive;
    Some(if archive { Kind::Archive } else { Kind::Message })
}

/// Kinds of text that may begin like a header: their names count.
fn text_by_name(extension: &str) -> bool {
    matches!(
        extension,
        "md" | "markdown"
            | "csv"
            | "tsv"
            | "json"
            | "jsonl"
            | "yaml"
            | "yml"
            | "toml"
            | "ini"
            | "log"
            | "py"
            | "rs"
            | "js"
            | "ts"
    )
}

#[derive(Default)]
struct Seen {
    fields: usize,
    telling: bool,
    archive: bool,
}

/// What header fields stand from `at` on.
fn seen(head: &[u8], mut at: usize) -> Seen {
    let mut seen = Seen::default();
    while let Some((place, next)) = line(head, at, head.len()) {
        let content = head.get(place).unwrap_or_default();
        if matches!(content.first(), Some(b' ' | b'\t')) && seen.fields > 0 {
            at = next;
            continue;
        }
        let Some(colon) = colon(content) else {
            // A header ends with a blank line; anything else makes the fields before it doubtful.
            if !content.is_empty() && next < head.len() {
                seen.telling &= seen.fields > 2;
            }
            break;
        };
        let name = String::from_utf8_lossy(content.get(..colon).unwrap_or_default()).trim_end().to_ascii_lowercase();
        seen.fields += 1;
        seen.telling |= TELLING.contains(&name.as_str());
        seen.archive |= name == "snapshot-content-location";
        at = next;
    }
    seen
}
