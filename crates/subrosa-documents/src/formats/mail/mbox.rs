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
        let end = next(bytes, from).unwrap_or(bytes.len());
        messages.push(from..end);
        from = end;
    }
    messages
}

/// Where the message behind the one at `from` begins.
pub(super) fn next(bytes: &[u8], from: usize) -> Option<usize> {
    let (_, first) = line(bytes, from, bytes.len())?;
    if let Some(end) = by_length(bytes, first) {
        return (end < bytes.len()).then_some(end);
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

/// Where a message whose header begins at `at` ends by its `Content-Length`, when a separator or the end is there.
fn by_length(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut length = None;
    loop {
        let (place, next) = line(bytes, at, bytes.len())?;
        let content = bytes.get(place)?;
        at = next;
        if content.is_empty() {
            break;
        }
        if content.get(..15).is_some_and(|name| name.eq_ignore_ascii_case(b"content-length:")) {
            let digits = std::str::from_utf8(content.get(15..)?).ok()?;
            length = digits.trim().parse::<usize>().ok();
        } else if !matches!(content.first(), Some(b' ' | b'\t')) && colon(content).is_none() {
            return None;
        }
    }
    let end = at.checked_add(length?)?;
    let rest = bytes.get(end..)?;
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let next = end + blank;
    let ends_line = end == at || bytes.get(end - 1) == Some(&b'\n') || blank > 0;
    (blank <= 4 && ends_line && (next == bytes.len() || is_separator(bytes, next))).then_some(next)
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
