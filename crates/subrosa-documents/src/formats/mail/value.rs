//! The value of a header field as the text a person reads, with the way back.
//!
//! Folded lines are one, encoded words are decoded and, where they stand next to each other, one text; in fields of addresses
//! the escapes in quotes are undone. What is written back is what the place can hold: ASCII as it is (in quotes where it
//! would break a name in front of an address), anything else as encoded words, with what is kept of the words it cuts.
//!
//! References: RFC 5322, sections 2.2.3 and 3.2; RFC 2047; RFC 6532 (bytes above ASCII, read as UTF-8 or what the message
//! says its text is in).

use std::ops::Range;

use encoding_rs::{Encoding, WINDOWS_1252};
use subrosa_core::edit::Edit;

use super::words;
use crate::refusal::Refusal;

/// Fields whose values are lists of addresses.
const ADDRESSES: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "sender",
    "reply-to",
    "resent-from",
    "resent-to",
    "resent-cc",
    "resent-bcc",
    "resent-sender",
    "resent-reply-to",
    "return-path",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "disposition-notification-to",
    "return-receipt-to",
    "errors-to",
    "mail-followup-to",
    "apparently-to",
    "x-original-from",
    "x-envelope-from",
    "x-sender",
    "mail-reply-to",
];

/// A change of the file: what goes and what comes.
pub(super) type Change = (Range<usize>, Vec<u8>);

/// How a field is read.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// It holds addresses.
    pub(super) addresses: bool,
    /// What bytes above ASCII are in when they are no UTF-8.
    pub(super) fallback: &'static Encoding,
}

impl Reading {
    pub(super) fn of(name: &str, fallback: Option<&'static Encoding>) -> Self {
        let addresses = ADDRESSES.iter().any(|known| name.eq_ignore_ascii_case(known));
        Self { addresses, fallback: fallback.filter(|encoding| encoding.is_single_byte()).unwrap_or(WINDOWS_1252) }
    }
}

/// A value.
pub(super) struct Value {
    /// Its text.
    pub(super) text: String,
    pieces: Vec<Piece>,
}

struct Piece {
    text: Range<usize>,
    source: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The same bytes in both.
    Copied,
    /// One character written otherwise, or something that is no text.
    Whole,
    /// Encoded words.
    Words,
}

impl Value {
    /// Reads the value that stands in `range` of `bytes`.
    pub(super) fn read(bytes: &[u8], range: Range<usize>, reading: Reading) -> Self {
        let source = bytes.get(..range.end).unwrap_or(bytes);
        let mut value = Self { text: String::with_capacity(range.len()), pieces: Vec::new() };
        let utf8 = source.get(range.clone()).is_some_and(|raw| std::str::from_utf8(raw).is_ok());
        let (mut at, mut quoted, mut comments) = (range.start, false, 0_usize);
        while let Some(&byte) = source.get(at) {
            let rest = source.get(at..).unwrap_or_default();
            match byte {
                b'=' if rest.starts_with(b"=?") => {
                    if let Some(group) = words::group(source, at) {
                        at = group.range.end;
                        value.push(group.range, Kind::Words, &group.text);
                        value.gap(source, &mut at);
                        continue;
                    }
                    value.copy(source, at..at + 1);
                }
                b'\r' | b'\n' => {
                    let end = at + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                    value.push(at..end, Kind::Whole, "");
                    at = end;
                    continue;
                }
                b'"' if reading.addresses && comments == 0 => {
                    quoted = !quoted;
                    value.copy(source, at..at + 1);
                }
                b'(' | b')' if reading.addresses && !quoted => {
                    comments = if byte == b'(' { comments + 1 } else { comments.saturating_sub(1) };
                    value.copy(source, at..at + 1);
                }
                b'\\'
                    if reading.addresses
                        && (quoted || comments > 0)
                        && rest.get(1).is_some_and(|next| matches!(next, 32..=126)) =>
                {
                    let mut buffer = [0; 4];
                    let next = char::from(rest.get(1).copied().unwrap_or(b' '));
                    value.push(at..at + 2, Kind::Whole, next.encode_utf8(&mut buffer));
                    at += 2;
                    continue;
                }
                0x80.. if !utf8 => {
                    let (text, _) = reading.fallback.decode_without_bom_handling(rest.get(..1).unwrap_or_default());
                    value.push(at..at + 1, Kind::Whole, &text);
                }
                _ => {
                    let special = |&byte: &u8| {
                        matches!(byte, b'=' | b'\r' | b'\n')
                            || reading.addresses && matches!(byte, b'"' | b'\\' | b'(' | b')')
                            || byte >= 0x80 && !utf8
                    };
                    let end = 1 + rest.iter().skip(1).position(special).unwrap_or(rest.len() - 1);
                    value.copy(source, at..at + end);
                    at += end;
                    continue;
                }
            }
            at += 1;
        }
        value
    }

    /// White space between encoded words of different charsets is no text.
    fn gap(&mut self, source: &[u8], at: &mut usize) {
        let gap = source.get(*at..).unwrap_or_default();
        let gap = gap.len() - gap.trim_ascii_start().len();
        if gap > 0 && words::group(source, *at + gap).is_some() {
            self.push(*at..*at + gap, Kind::Whole, "");
            *at += gap;
        }
    }

    fn push(&mut self, source: Range<usize>, kind: Kind, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { text: start..self.text.len(), source, kind });
    }

    fn copy(&mut self, source: &[u8], range: Range<usize>) {
        let start = self.text.len();
        let raw = source.get(range.clone()).unwrap_or_default();
        // Valid: the caller copies ASCII, or bytes of a value that is UTF-8 as a whole up to ASCII.
        let Ok(text) = std::str::from_utf8(raw) else {
            return self.push(range, Kind::Whole, &String::from_utf8_lossy(raw));
        };
        self.text.push_str(text);
        match self.pieces.last_mut() {
            Some(last) if last.kind == Kind::Copied && last.source.end == range.start => {
                last.source.end = range.end;
                last.text.end = self.text.len();
            }
            _ => self.pieces.push(Piece { text: start..self.text.len(), source: range, kind: Kind::Copied }),
        }
    }

    /// The piece that holds the character at `at`; for an empty span at the end, the last.
    fn piece(&self, at: usize) -> Option<usize> {
        let index = self.pieces.partition_point(|piece| piece.text.end <= at);
        if index < self.pieces.len() { Some(index) } else { index.checked_sub(1) }
    }

    /// The changes that make the edits.
    ///
    /// # Errors
    /// [`Refusal::Internal`] when an edit does not lie in the text.
    pub(super) fn write(&self, bytes: &[u8], edits: &[Edit], reading: Reading, eol: &str) -> Result<Vec<Change>, Refusal> {
        let outside = || Refusal::Internal("an edit lies outside its header field".to_owned());
        let mut changes = Vec::new();
        let start = self.pieces.first().map_or(0, |piece| piece.source.start);
        let mut edits = edits.iter().peekable();
        while let Some(edit) = edits.next() {
            let span = edit.span.range();
            let first = self.piece(span.start).and_then(|index| self.pieces.get(index)).ok_or_else(outside)?;
            let (mut text, mut source, mut cut) = match first.kind {
                Kind::Copied => {
                    (span.clone(), first.source.start + (span.start - first.text.start).min(first.source.len())..0, false)
                }
                Kind::Whole => (span.clone(), first.source.start..0, false),
                Kind::Words => (first.text.start..span.end, first.source.start..0, first.text.start < span.start),
            };
            let mut new = self.text.get(text.start..span.start).ok_or_else(outside)?.to_owned();
            new.push_str(&edit.replacement);
            let mut words = first.kind == Kind::Words;
            let mut done = span.end;
            loop {
                let last =
                    self.piece(done.max(span.start + 1) - 1).and_then(|index| self.pieces.get(index)).ok_or_else(outside)?;
                (text.end, source.end) = match last.kind {
                    Kind::Copied => (done, last.source.start + done.saturating_sub(last.text.start).min(last.source.len())),
                    Kind::Whole => (done, last.source.end),
                    Kind::Words => (last.text.end.max(done), last.source.end),
                };
                words |= last.kind == Kind::Words;
                // Further edits of the same encoded words.
                match edits.next_if(|next| next.span.start < text.end) {
                    Some(next) => {
                        new.push_str(self.text.get(done..next.span.start).ok_or_else(outside)?);
                        new.push_str(&next.replacement);
                        cut |= done < next.span.start;
                        done = next.span.end;
                    }
                    None => break,
                }
            }
            new.push_str(self.text.get(done..text.end).ok_or_else(outside)?);
            cut |= done < text.end;
            let source = source.start..source.end.max(source.start);
            let encoded = words && (cut || self.beside_words(&source));
            let new: String = new.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
            let written = if encoded && !new.is_empty() {
                words::encode(&new, eol).into_bytes()
            } else {
                literal(bytes, start, &source, &new, reading, eol)
            };
            changes.push((source, written));
        }
        Ok(changes)
    }

    /// Whether encoded words stand next to a range with only white space between that is no text.
    fn beside_words(&self, source: &Range<usize>) -> bool {
        self.pieces.windows(2).any(|pair| match pair {
            [a, b] => {
                a.kind == Kind::Words && a.source.end == b.source.start && b.source.end == source.start && b.text.is_empty()
                    || b.kind == Kind::Words && a.source.start == source.end && a.text.is_empty()
            }
            _ => false,
        })
    }
}

/// Where in a structured field a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Plain,
    Quoted,
    Comment,
    Address,
}

fn context(raw: &[u8]) -> Context {
    let (mut context, mut depth, mut at) = (Context::Plain, 0_usize, 0);
    while let Some(&byte) = raw.get(at) {
        match (context, byte) {
            (Context::Quoted | Context::Comment, b'\\') => at += 1,
            (Context::Plain | Context::Address, b'"') => context = Context::Quoted,
            (Context::Quoted, b'"') => context = Context::Plain,
            (Context::Plain, b'<') => context = Context::Address,
            (Context::Address, b'>') => context = Context::Plain,
            (Context::Plain | Context::Comment, b'(') => {
                depth += 1;
                context = Context::Comment;
            }
            (Context::Comment, b')') => {
                depth -= 1;
                if depth == 0 {
                    context = Context::Plain;
                }
            }
            _ => {}
        }
        at += 1;
    }
    context
}

/// What stands for a text between two places that are no encoded words.
fn literal(bytes: &[u8], start: usize, source: &Range<usize>, new: &str, reading: Reading, eol: &str) -> Vec<u8> {
    let ascii = new.is_ascii();
    if !reading.addresses {
        return if ascii { new.as_bytes().to_vec() } else { apart(bytes, source, &words::encode(new, eol)) };
    }
    let gone = bytes.get(source.clone()).unwrap_or_default();
    let before = context(bytes.get(start..source.start).unwrap_or_default());
    let after = context(bytes.get(start..source.end).unwrap_or_default());
    let mut out = match before {
        _ if !ascii && before == Context::Quoted => format!("\" {} \"", words::encode(new, eol)).into_bytes(),
        _ if !ascii => apart(bytes, source, &words::encode(new, eol)),
        Context::Quoted => new.replace('\\', "\\\\").replace('"', "\\\"").into_bytes(),
        Context::Comment => new.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)").into_bytes(),
        Context::Plain if needs_quotes(new) && !gone.contains(&b'@') => {
            format!("\"{}\"", new.replace('\\', "\\\\").replace('"', "\\\"")).into_bytes()
        }
        Context::Plain | Context::Address => new.as_bytes().to_vec(),
    };
    // What went held only one of two quotes.
    match (before, after) {
        (Context::Quoted, Context::Plain | Context::Address | Context::Comment) => out.push(b'"'),
        (Context::Plain | Context::Address, Context::Quoted) => out.extend_from_slice(b" \""),
        _ => {}
    }
    out
}

fn needs_quotes(text: &str) -> bool {
    !text.is_empty() && text.contains(['(', ')', '<', '>', '[', ']', ':', ';', '@', '\\', ',', '.', '"'])
}

/// Encoded words, which must stand between white space.
fn apart(bytes: &[u8], source: &Range<usize>, words: &str) -> Vec<u8> {
    let blank = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    let before = source.start.checked_sub(1).and_then(|at| bytes.get(at));
    let head = if blank(before) { "" } else { " " };
    let tail = if blank(bytes.get(source.end)) { "" } else { " " };
    format!("{head}{words}{tail}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use subrosa_core::entity::Entity;
    use subrosa_core::span::Span;

    fn text(raw: &[u8]) -> String {
        Value::read(raw, 0..raw.len(), Reading::of("from", None)).text
    }

    fn edited(name: &str, raw: &str, changes: &[(&str, &str)]) -> String {
        let reading = Reading::of(name, None);
        let value = Value::read(raw.as_bytes(), 0..raw.len(), reading);
        let edits: Vec<Edit> = changes
            .iter()
            .map(|(from, to)| {
                let at = value.text.find(from).unwrap();
                let span = Span::new(at, at + from.len());
                Edit { span, replacement: (*to).to_owned(), entity: Entity::PERSON, operator: "replace" }
            })
            .collect();
        let mut out = raw.as_bytes().to_vec();
        for (range, bytes) in value.write(raw.as_bytes(), &edits, reading, "\r\n").unwrap().into_iter().rev() {
            out.splice(range, bytes);
        }
        let out = String::from_utf8(out).unwrap();
        let mut expected = value.text.clone();
        for (from, to) in changes {
            expected = expected.replacen(from, to, 1);
        }
        // Quotes come where they are needed, and blanks around encoded words.
        let bare = |text: &str| text.replace(['"', ' '], "");
        assert_eq!(bare(&text(out.as_bytes())), bare(&expected));
        out
    }

    #[test]
    fn what_a_person_reads() {
        assert_eq!(text(b"\"Jane\\ \\\"J\\\" Roe\"\r\n\t<j@example.com>"), "\"Jane \"J\" Roe\"\t<j@example.com>");
        assert_eq!(text(b"=?utf-8?Q?J=C3?= =?utf-8?B?vHJnZW4=?=\r\n =?iso-8859-1?q?_R=F6e?= <x>"), "Jürgen Röe <x>");
        assert_eq!(text(b"J\xFCrgen"), "Jürgen");
        assert_eq!(text("Jürgen =x =?".as_bytes()), "Jürgen =x =?");
    }

    #[test]
    fn names_in_front_of_addresses_stay_valid() {
        assert_eq!(edited("from", "Jane Roe <j@example.com>", &[("Jane Roe", "[P-1]")]), "\"[P-1]\" <j@example.com>");
        assert_eq!(edited("from", "\"Roe, Jane\" <j@example.com>", &[("Roe, Jane", "[P-1]")]), "\"[P-1]\" <j@example.com>");
        assert_eq!(edited("from", "\"Roe, Jane\" <j@example.com>", &[("j@example.com", "[E]")]), "\"Roe, Jane\" <[E]>");
        assert_eq!(edited("to", "j@example.com (Jane Roe)", &[("j@example.com", "[E]"), ("Jane Roe", "a(b")]), "[E] (a\\(b)");
        assert_eq!(edited("from", "\"Jane\" Roe <x>", &[("\"Jane\" Roe", "P")]), "P <x>");
        assert_eq!(edited("to", "Jane Roe <x>", &[("Jane Roe", "Zoë")]), "=?utf-8?Q?Zo=C3=AB?= <x>");
    }

    #[test]
    fn encoded_words_keep_what_is_not_edited() {
        let raw = "=?iso-8859-1?Q?J=FCrgen?=\r\n =?iso-8859-1?Q?_R=F6e_here?= x";
        assert_eq!(edited("subject", raw, &[("Jürgen Röe", "[P]")]), "=?utf-8?Q?=5BP=5D_here?= x");
        assert_eq!(edited("subject", raw, &[("Jürgen", "A"), ("Röe", "B"), ("x", "C")]), "=?utf-8?Q?A_B_here?= C");
        assert_eq!(edited("subject", raw, &[("Jürgen Röe here", "[P]")]), "[P] x");
        assert_eq!(edited("subject", raw, &[("here x", "[P]")]), "=?utf-8?Q?J=C3=BCrgen_R=C3=B6e_=5BP=5D?=");
        let two = "a =?utf-8?Q?J=C3=BC?= =?iso-8859-1?Q?R=F6e?= b";
        assert_eq!(edited("subject", two, &[("Jü", "[P]")]), "a =?utf-8?Q?=5BP=5D?= =?iso-8859-1?Q?R=F6e?= b");
        assert_eq!(edited("subject", two, &[("Röe", "[P]")]), "a =?utf-8?Q?J=C3=BC?= =?utf-8?Q?=5BP=5D?= b");
        assert_eq!(edited("subject", "say Jane, bye", &[("Jane", "Zoë")]).replace(" ,", ","), "say =?utf-8?Q?Zo=C3=AB?=, bye");
    }
}
