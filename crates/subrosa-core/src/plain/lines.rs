//! Addresses and numbers that go on over a line end.
//!
//! Only where both sides say so: an address parted at its `@` or before its last labels, groups of a telephone, card or
//! social security number. Everything else that ends a line ends.

use memchr::{memchr_iter, memrchr};

use crate::plain::Rewrite;

/// Bytes before and after a line end that are looked at.
const REACH: usize = 64;
/// A line that is shorter than this was not broken because it was full.
const FULL: usize = 30;
/// Signs that quote a line in a mail.
const QUOTE: u8 = b'>';

/// Adds the line ends of `text` that part one value.
pub fn rewrites(text: &str, found: &mut Vec<Rewrite>) {
    let bytes = text.as_bytes();
    for line_end in memchr_iter(b'\n', bytes) {
        let mut before = line_end;
        while before > 0 && line_end - before < 4 && matches!(bytes[before - 1], b'\r' | b' ') {
            before -= 1;
        }
        let mut after = line_end + 1;
        while after - line_end < 24 && bytes.get(after).is_some_and(|byte| matches!(*byte, b' ' | b'\t' | QUOTE)) {
            after += 1;
        }
        let (Some(last), Some(first)) = (before.checked_sub(1).map(|at| bytes[at]), bytes.get(after)) else { continue };
        let joinable = matches!(last, b'@' | b'.' | b'-' | b'_' | b')')
            || last.is_ascii_digit() && (first.is_ascii_digit() || *first == b'-')
            || *first == b'@';
        if !joinable {
            continue;
        }
        let left = &bytes[before.saturating_sub(REACH)..before];
        let right = &bytes[after..bytes.len().min(after + REACH)];
        let line_start = memrchr(b'\n', left).map_or(left.len() < REACH, |_| true);
        let full = !line_start || left.len() - memrchr(b'\n', left).map_or(0, |at| at + 1) >= FULL;
        if let Some(joint) = joint(left, right, full) {
            found.push(Rewrite::new(before, after, joint));
        }
    }
}

/// What stands in the place of the line end between `left` and `right`, if they are one value.
fn joint(left: &[u8], right: &[u8], full: bool) -> Option<&'static str> {
    let tail = last_word(left);
    let head = first_word(right);
    if is_address_parted(tail, head) {
        return Some("");
    }
    is_number_parted(tail, head, left, right, full)
}

fn last_word(left: &[u8]) -> &[u8] {
    let start = left.iter().rposition(|byte| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'(' | b'"' | b',' | b';'));
    &left[start.map_or(0, |at| at + 1)..]
}

fn first_word(right: &[u8]) -> &[u8] {
    let end = right.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b')' | b'"' | b',' | b';'));
    &right[..end.unwrap_or(right.len())]
}

/// `ada@` and `example.com`; `ada` and `@example.com`; `ada@example.` and `com`; `ada@exam-` and `ple.com`; `ada_` and
/// `poe@example.com`.
fn is_address_parted(tail: &[u8], head: &[u8]) -> bool {
    let local = |part: &[u8]| {
        part.first().is_some_and(u8::is_ascii_alphanumeric)
            && part.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+'))
    };
    if let Some(before) = tail.strip_suffix(b"@") {
        return local(before) && is_domain(head);
    }
    if let Some(domain) = head.strip_prefix(b"@") {
        return local(tail) && is_domain(domain);
    }
    if let Some(at) = memrchr(b'@', tail) {
        let (before, domain) = (&tail[..at], &tail[at + 1..]);
        let starts = local(before) && domain.first().is_some_and(u8::is_ascii_alphanumeric);
        return match domain.split_last() {
            Some((b'.', name)) => starts && !ends_in_top_level(name) && (is_domain(head) || is_top_level(trimmed(head))),
            Some((b'-', _)) => starts && is_domain(head),
            _ => false,
        };
    }
    let joins = matches!(tail.last(), Some(b'_' | b'-'));
    let whole = memchr::memchr(b'@', head).is_some_and(|at| local(&head[..at]) && is_domain(&head[at + 1..]));
    joins && local(tail) && whole
}

/// Labels that end in a common top-level domain.
fn is_domain(name: &[u8]) -> bool {
    let name = trimmed(name);
    name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')) && ends_in_top_level(name)
}

fn ends_in_top_level(name: &[u8]) -> bool {
    memrchr(b'.', name).is_some_and(|dot| dot > 0 && is_top_level(&name[dot + 1..]))
}

fn trimmed(name: &[u8]) -> &[u8] {
    let end = name.iter().rposition(|byte| !matches!(byte, b'.' | b':' | b'!' | b'?' | b'\'')).map_or(0, |at| at + 1);
    &name[..end]
}

/// Top-level domains of most addresses.
pub(super) fn is_top_level(name: &[u8]) -> bool {
    const COMMON: &[&[u8]] = &[
        b"com", b"org", b"net", b"edu", b"gov", b"mil", b"int", b"info", b"biz", b"io", b"eu", b"uk", b"us", b"ca", b"au", b"nz",
        b"ie", b"in", b"de", b"at", b"ch", b"fr", b"be", b"nl", b"lu", b"es", b"pt", b"it", b"dk", b"se", b"no", b"fi", b"pl",
        b"cz", b"gr", b"jp", b"cn", b"br", b"mx", b"ar", b"za", b"invalid", b"test", b"example",
    ];
    COMMON.iter().any(|common| name.eq_ignore_ascii_case(common))
}

/// Groups of a number on both sides: `219-09-` and `9999`, `(312)` and `555-0142`, `4111 1111` and `1111 1111`.
fn is_number_parted(tail: &[u8], head: &[u8], left: &[u8], right: &[u8], full: bool) -> Option<&'static str> {
    let digits = |part: &[u8]| part.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digits_back = |part: &[u8]| part.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let grouped = |part: &[u8]| part.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
    if let Some(before) = tail.strip_suffix(b"-") {
        return (digits_back(before) >= 2 && grouped(before) && digits(head) >= 2).then_some("");
    }
    if head.first() == Some(&b'-') {
        return (tail.contains(&b'-') && grouped(tail) && digits_back(tail) >= 2 && digits(&head[1..]) >= 3).then_some("");
    }
    if let Some(area) = left.strip_suffix(b")") {
        let three = digits_back(area) == 3 && area.len() > 3 && area[area.len() - 4] == b'(';
        let goes_on = digits(head) == 3 && matches!(head.get(3), Some(b'-' | b'.' | b' ')) && digits(&head[4..]) == 4;
        return (three && goes_on).then_some(" ");
    }
    let group = digits_back(left);
    let next = digits(right);
    let blank_before = |back: usize| left.len() > back && left[left.len() - back - 1] == b' ';
    let four = |back: usize| left.len() >= back && digits_back(&left[..left.len() - back]) == 4;
    // Fours of a card.
    if group == 4 && next == 4 && blank_before(4) && four(5) {
        return Some(" ");
    }
    // The area of a telephone number, or the last group of one that starts with a plus sign.
    let local = next == 3 && matches!(right.get(3), Some(b'-' | b'.')) && digits(&right[4..]) == 4;
    if full && group == 3 && local && blank_before(3) {
        return Some(" ");
    }
    let run = left.iter().rev().take_while(|byte| byte.is_ascii_digit() || **byte == b' ').count();
    let plus = run > 0 && left.len() > run && left[left.len() - run - 1] == b'+' && left[left.len() - run] != b' ';
    (plus && (2..=4).contains(&next) && (2..=5).contains(&group)).then_some(" ")
}
