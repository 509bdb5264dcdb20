//! Placeholders that an earlier run left, so that redacting twice changes nothing the second time.

use crate::code;
use crate::entity::Entity;
use crate::finding::Finding;
use crate::span::Span;
use crate::titles;

/// Drops findings that lie in or touch a placeholder such as `[PERSON-1]`, `[CLIENT-7F3K9]` or a run of mask characters.
///
/// A finding that merely touches one would mean that words beside a placeholder were found because of it. The same goes for a
/// title that is left of a name: `Dr. [PERSON-1]`.
pub fn drop_inside(text: &str, findings: &mut Vec<Finding>) {
    if findings.is_empty() || memchr::memchr2(b'[', b'*', text.as_bytes()).is_none() {
        return;
    }
    let placeholders = spans(text);
    findings.retain(|finding| {
        let at = placeholders.partition_point(|span| span.end <= finding.span.start);
        placeholders.get(at).is_none_or(|span| !is_of(finding.span, *span) && !is_title_of(text, finding, *span))
    });
}

/// Whether a finding is there because of a placeholder: it shares a byte with it. A letter in brackets can be a box that is
/// ticked as well, so what reaches out of one is a finding of its own.
fn is_of(finding: Span, placeholder: Span) -> bool {
    if placeholder.len() <= "[AAA]".len() {
        return placeholder.start <= finding.start && finding.end <= placeholder.end;
    }
    placeholder.overlaps(finding)
}

/// Whether `finding` is nothing but titles right before a placeholder.
fn is_title_of(text: &str, finding: &Finding, placeholder: Span) -> bool {
    let between = text.get(finding.span.end..placeholder.start).unwrap_or_default();
    finding.entity == Entity::PERSON
        && between.len() <= 4
        && !between.contains(char::is_alphanumeric)
        && titles::without(text, finding.span).is_empty()
}

/// The placeholders of `text`, in order.
pub fn spans(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'[', b'*', &bytes[at..]) {
        let start = at + next;
        let span = if bytes[start] == b'[' {
            bracketed(&bytes[start + 1..]).map(|inner| Span::new(start, start + inner + 2))
        } else {
            mask::span(bytes, start, found.last().map_or(0, |last| last.end))
        };
        at = span.map_or(start + 1, |span| span.end);
        found.extend(span);
    }
    found
}

/// Most digits of the number of a person or entry: longer ones are numbers of something else.
const LONGEST_NUMBER: usize = 7;
/// Least signs of an encrypted value.
const LEAST_ENCRYPTED: usize = 26;

/// The length of what an operator wrote after `[` and before `]`: an entity or word, with a number or code or band
/// (`PERSON-2`, `CLIENT-7F3K9`, `AGE_80-84`) or something made with a key (`PERSON:9f86d081`), or the exemptions of a law.
fn bracketed(rest: &[u8]) -> Option<usize> {
    let word = rest.iter().take_while(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || matches!(sign, b'_' | b'-'));
    let end = word.count();
    let word = &rest[..end];
    match rest.get(end) {
        Some(b']') => (is_word(word) || is_letter(word)).then_some(end),
        Some(b':') if is_name(word) => {
            let payload = &rest[end + 1..];
            let length = payload.iter().take_while(|sign| sign.is_ascii_alphanumeric()).count();
            let made = &payload[..length];
            let hash = (8..=64).contains(&length) && made.iter().all(|sign| matches!(sign, b'0'..=b'9' | b'a'..=b'f'));
            let encrypted = length >= LEAST_ENCRYPTED && made.iter().all(|sign| code::is_sign(*sign));
            (payload.get(length) == Some(&b']') && (hash || encrypted)).then_some(end + 1 + length)
        }
        _ => exemptions(rest),
    }
}

/// Whether the word begins as entities do: three capitals or `_`.
fn is_name(word: &[u8]) -> bool {
    word.iter().take_while(|sign| sign.is_ascii_uppercase() || **sign == b'_').count() >= 3
}

/// `A`, `BB`, `CCC`: whom a court does not name.
fn is_letter(word: &[u8]) -> bool {
    let same = word.iter().all(|sign| Some(sign) == word.first() && sign.is_ascii_uppercase());
    same && (1..=3).contains(&word.len())
}

fn is_word(word: &[u8]) -> bool {
    if !is_name(word) {
        return false;
    }
    let Some(dash) = word.iter().rposition(|sign| *sign == b'-') else {
        return word.iter().all(|sign| sign.is_ascii_uppercase() || *sign == b'_');
    };
    let tail = &word[dash + 1..];
    let number = (1..=LONGEST_NUMBER).contains(&tail.len()) && tail.iter().all(u8::is_ascii_digit);
    let band = tail.len() <= 20 && is_band(&word[..dash], tail);
    number || band || std::str::from_utf8(tail).is_ok_and(code::is_code)
}

/// `QUANTITY_50000`, `59999`
fn is_band(head: &[u8], tail: &[u8]) -> bool {
    let from = head.iter().rposition(|sign| *sign == b'_').map_or(&[][..], |at| &head[at + 1..]);
    !from.is_empty() && !tail.is_empty() && from.iter().chain(tail).all(u8::is_ascii_digit)
}

/// `(b)(6)`, `(b)(6), (b)(7)(C)`, `s.40(2)`: the paragraphs of a law.
fn exemptions(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        if rest.get(at..)?.starts_with(b"s.") || rest.get(at..)?.starts_with(b"s ") {
            let digits = rest[at + 2..].iter().take_while(|sign| sign.is_ascii_digit()).count();
            at += 2 + digits;
            if !(1..=3).contains(&digits) {
                return None;
            }
        } else if rest.get(at) != Some(&b'(') {
            return None;
        }
        while rest.get(at) == Some(&b'(') {
            let length = rest[at + 1..].iter().take_while(|sign| sign.is_ascii_alphanumeric()).count();
            at += length + 2;
            if !(1..=4).contains(&length) || rest.get(at - 1) != Some(&b')') {
                return None;
            }
        }
        match rest.get(at..)? {
            [b']', ..] => return Some(at),
            [b',' | b';', b' ', ..] if at < 64 => at += 2,
            _ => return None,
        }
    }
}

/// Values whose letters and digits are covered by `*`.
mod mask {
    use super::Span;

    /// The masked value around the star at `start`, not before `earliest`: three or more `*` in a row (or digits and fewer),
    /// further runs of them, and what letters and digits the mask kept.
    pub(super) fn span(bytes: &[u8], start: usize, earliest: usize) -> Option<Span> {
        let begin = first_digits(bytes, start, earliest);
        let first = stars(bytes, start);
        let mut at = start + first;
        if first < 3 && begin == start {
            return None;
        }
        let (mut runs, mut covered) = (1, first);
        loop {
            let kept = kept(bytes, at, covered);
            at += kept;
            let more = stars(bytes, at);
            if kept > 0 && more == 0 {
                break;
            }
            at += more;
            let blank = matches!(bytes.get(at), Some(b'-' | b'.' | b'/' | b' '));
            let separated = if blank { stars(bytes, at + 1) } else { 0 };
            covered += more + separated;
            if separated > 0 {
                at += 1 + separated;
                runs += 1;
            } else if more == 0 {
                at += last_digits(bytes, at, runs);
                break;
            }
        }
        (covered >= 3).then(|| Span::new(begin, at))
    }

    fn stars(bytes: &[u8], at: usize) -> usize {
        bytes.iter().skip(at).take_while(|byte| **byte == b'*').count()
    }

    /// How many letters and digits touch the stars and can have been kept: four digits or no more than were covered, and no
    /// capitalised word, which is a name between asterisks.
    fn kept(bytes: &[u8], at: usize, covered: usize) -> usize {
        let tail = bytes.get(at..).unwrap_or_default();
        let length = tail.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = tail.first().is_some_and(u8::is_ascii_uppercase) && tail.get(1).is_some_and(u8::is_ascii_lowercase);
        let whole = tail.get(length).is_none_or(u8::is_ascii);
        let few = length <= covered || length <= 4 && tail.iter().take(length).all(u8::is_ascii_digit);
        if few && !name && whole { length } else { 0 }
    }

    /// `-1111` behind the last stars; behind a blank only where several runs of stars went before.
    fn last_digits(bytes: &[u8], at: usize, runs: usize) -> usize {
        let Some(separator) = bytes.get(at) else { return 0 };
        let digits = bytes.iter().skip(at + 1).take_while(|byte| byte.is_ascii_digit()).count();
        let ends = !bytes.get(at + 1 + digits).is_some_and(u8::is_ascii_alphanumeric);
        let joined = matches!(separator, b'-' | b'.' | b'/') || *separator == b' ' && runs > 1;
        if joined && ends && (1..=4).contains(&digits) { 1 + digits } else { 0 }
    }

    /// Where digits begin that the mask kept in front: they touch the stars, or are four before a blank or hyphen and those.
    fn first_digits(bytes: &[u8], start: usize, earliest: usize) -> usize {
        let run = |end: usize| bytes[earliest..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let first = run(start);
        let begin = start - first;
        if !(1..=8).contains(&first) || begin > earliest && bytes[begin - 1].is_ascii_alphanumeric() {
            return start;
        }
        if begin > earliest + 4 && matches!(bytes[begin - 1], b' ' | b'-') && run(begin - 1) == 4 { begin - 5 } else { begin }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shown(text: &str, expected: &[&str]) {
        let shown: Vec<_> = spans(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn labels_and_masks() {
        shown(
            "Seen by [PERSON-12] on [DATE_TIME], card ****1111 and [see note] or [X] or [XY].",
            &["[PERSON-12]", "[DATE_TIME]", "****1111", "[X]"],
        );
        shown(
            "[AGE_OVER-89] [AGE_80-84] [QUANTITY_50000000-59999999]",
            &["[AGE_OVER-89]", "[AGE_80-84]", "[QUANTITY_50000000-59999999]"],
        );
    }

    #[test]
    fn what_reaches_out_of_a_ticked_box_is_found() {
        let of = |start, end| is_of(Span::new(start, end), Span::new(4, 7));
        assert!(of(5, 6) && of(4, 7));
        assert!(!of(5, 12) && !of(0, 6));
        assert!(is_of(Span::new(0, 6), Span::new(4, 14)));
    }

    #[test]
    fn codes_by_their_check_sign() {
        shown("[CLIENT-7WWCK7SP25] [PERSON-2:x]", &["[CLIENT-7WWCK7SP25]"]);
        shown("[CLIENT-7WWCK7SP26]", &[]);
        shown("[SSN-000123456] [JANE-SMITH]", &[]);
        shown("[US_SSN:a0e5cb4994451ce1] [NAME:Jane] [NAME:JANE]", &["[US_SSN:a0e5cb4994451ce1]"]);
        let encrypted = format!("[PERSON:{}]", "7F3K9".repeat(60));
        shown(&encrypted, &[&encrypted]);
    }

    #[test]
    fn exemptions_of_a_law() {
        shown("[(b)(6)], [(b)(6), (b)(7)(C)] [s.40(2)]", &["[(b)(6)]", "[(b)(6), (b)(7)(C)]", "[s.40(2)]"]);
        shown("[(Jane Doe)] [s.] [()] [(b)(6] [(b)(6), ]", &[]);
    }

    #[test]
    fn masks_with_what_they_kept() {
        shown("4111 11** **** 1111 or 411111******1111.", &["4111 11** **** 1111", "411111******1111"]);
        shown("***-**-1111, ***4567**, ****4567*, *****3456", &["***-**-1111", "***4567**", "****4567*", "*****3456"]);
        shown("id 1234 ****1111", &["****1111"]);
    }

    #[test]
    fn names_between_asterisks_are_no_masks() {
        shown("***Jane Doe*** and ***Ann***", &["***", "***", "***", "***"]);
        shown("*** Smith", &["***"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_looked_at(text in "[\\[\\]*()s.:, A-Ca-c0-9é-]{0,60}") {
            let mut end = 0;
            for span in spans(&text) {
                proptest::prop_assert!(span.start >= end && span.end > span.start && text.get(span.range()).is_some());
                end = span.end;
            }
        }
    }
}
