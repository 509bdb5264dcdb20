//! Mailboxes: messages one behind the other, each after a line that begins with `From `.
//!
//! A line is such a separator when it stands at the beginning or behind a blank line and either ends in a date with a time or
//! is followed by a header field: `From ` in the middle of a text, which not all programs write as `>From `, is text. Where a
//! message says its length and a separator stands where it ends, its length counts. Reference: RFC 4155.

use std::ops::Range;

use super::parse::{colon, line};

/// The messages in `bytes`, whose first begins at `start`.
pub(super) fn split(bytes: &[u8], start: usize) -> Vec<Range<usize>> {
    let mut messages = Vec::new();
    let mut from = start;
    while from < bytes.len() {
        let end = next(bytes, from, true).unwrap_or(bytes.len());
        messages.push(from..end);
        from = end;
    }
    messages
}

/// Longest message that is believed to be so long because it says so, and that is read from a stream.
pub(super) const LONGEST: usize = 256 << 20;

/// Where the last message begins of bytes that may go on, and how many come before it.
pub(super) fn last(bytes: &[u8], start: usize) -> (usize, u64) {
    let (mut from, mut messages) = (start, 0);
    while let Some(end) = next(bytes, from, false) {
        from = end;
        messages += 1;
    }
    (from, messages)
}

/// Where the message behind the one at `from` begins; `complete` when nothing comes behind the bytes.
fn next(bytes: &[u8], from: usize, complete: bool) -> Option<usize> {
    let (_, first) = line(bytes, from, bytes.len())?;
    match by_length(bytes, first) {
        Length::Ends(end) => return (end < bytes.len()).then_some(end),
        Length::Beyond if !complete => return None,
        Length::Beyond | Length::Unknown => {}
    }
    let mut at = first.saturating_sub(1);
    loop {
        let found = memchr::memmem::find(bytes.get(at..)?, b"\nFrom ")?;
        let start = at + found + 1;
        if behind_blank_line(bytes, start) && is_separator(bytes, start) {
            return Some(start);
        }
        at = start;
    }
}

/// What a message says of its length.
enum Length {
    /// It ends here: a separator or the end of all follows.
    Ends(usize),
    /// It ends behind the bytes.
    Beyond,
    /// Nothing that can be believed.
    Unknown,
}

/// Where a message whose header begins at `at` ends by its `Content-Length`.
fn by_length(bytes: &[u8], mut at: usize) -> Length {
    let mut length = None;
    while let Some((place, next)) = line(bytes, at, bytes.len()) {
        let content = bytes.get(place).unwrap_or_default();
        at = next;
        if content.is_empty() {
            break;
        }
        if content.get(..15).is_some_and(|name| name.eq_ignore_ascii_case(b"content-length:")) {
            let digits = content.get(15..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default();
            length = digits.trim().parse::<usize>().ok();
        } else if !matches!(content.first(), Some(b' ' | b'\t')) && colon(content).is_none() {
            return Length::Unknown;
        }
    }
    let Some(length) = length.filter(|length| *length <= LONGEST) else { return Length::Unknown };
    let end = at + length;
    let Some(rest) = bytes.get(end..) else { return Length::Beyond };
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let next = end + blank;
    let ends_line = end == at || bytes.get(end - 1) == Some(&b'\n') || blank > 0;
    let ends = blank <= 4 && ends_line && (next == bytes.len() || is_separator(bytes, next));
    if ends { Length::Ends(next) } else { Length::Unknown }
}

fn behind_blank_line(bytes: &[u8], start: usize) -> bool {
    let head = bytes.get(..start).unwrap_or_default();
    let Some(head) = head.strip_suffix(b"\n") else { return head.is_empty() };
    let head = head.strip_suffix(b"\r").unwrap_or(head);
    head.is_empty() || head.ends_with(b"\n")
}

/// Whether a message may begin with the line at `start`.
pub(super) fn is_separator(bytes: &[u8], start: usize) -> bool {
    let Some((place, next)) = line(bytes, start, bytes.len()) else { return false };
    let content = bytes.get(place).unwrap_or_default();
    let Some(words) = content.strip_prefix(b"From ") else { return false };
    // `hh:mm` and a year of four digits.
    let time = words.windows(5).any(|window| match window {
        [a, b, b':', c, d] => [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    });
    let year = words.split(|byte| *byte == b' ').any(|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit));
    if time && year {
        return true;
    }
    let Some((place, _)) = line(bytes, next, bytes.len()) else { return false };
    colon(bytes.get(place).unwrap_or_default()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_begin_behind_blank_lines() {
        let text =
            b"From a@example.com Mon Jun  1 10:00:00 2009\nSubject: 1\n\nFrom here on\nFrom there 10:00 2009\n\nFrom now on.\n\n\
                     From b@example.com\nSubject: 2\n\nx\n";
        let messages = split(text, 0);
        assert_eq!(messages.len(), 2);
        assert!(text[messages[1].clone()].starts_with(b"From b@"));
    }

    #[test]
    fn lengths_count_when_a_message_begins_there() {
        let body = "a\n\nFrom x Mon Jun  1 10:00:00 2009\n\nb\n";
        let text = format!("From a\nContent-Length: {}\n\n{body}\nFrom b Mon Jun  1 10:00:00 2009\n\nc\n", body.len());
        assert_eq!(split(text.as_bytes(), 0).len(), 2);
        let lying = text.replace("Content-Length: ", "Content-Length: 9");
        assert_eq!(split(lying.as_bytes(), 0).len(), 3);
    }
}
