//! Placeholders that an earlier run left, so that redacting twice changes nothing the second time.

use crate::entity::Entity;
use crate::finding::Finding;
use crate::span::Span;
use crate::titles;

/// Drops findings that lie in or touch a placeholder such as `[PERSON-1]` or a run of mask characters.
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
        placeholders.get(at).is_none_or(|span| !span.overlaps(finding.span) && !is_title_of(text, finding, *span))
    });
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
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'[', b'*', &bytes[at..]) {
        let start = at + next;
        let end = if bytes[start] == b'[' { bracketed(bytes, start) } else { masked(bytes, start) };
        if let Some(end) = end {
            found.push(Span::new(start, end));
            at = end;
        } else {
            at = start + 1;
        }
    }
    found
}

/// `[` an entity identifier, perhaps `-` and a number, `]`.
fn bracketed(bytes: &[u8], start: usize) -> Option<usize> {
    let inner = &bytes[start + 1..bytes.len().min(start + 64)];
    let close = inner.iter().position(|byte| *byte == b']')?;
    let name = &inner[..close];
    let letters = name.iter().take_while(|byte| byte.is_ascii_uppercase() || **byte == b'_').count();
    let rest = &name[letters..];
    let numbered = rest.is_empty() || rest.len() > 1 && rest[0] == b'-' && rest[1..].iter().all(u8::is_ascii_digit);
    (letters >= 3 && numbered).then_some(start + close + 2)
}

/// Three or more `*` in a row, with what letters and digits the mask kept on either side.
fn masked(bytes: &[u8], start: usize) -> Option<usize> {
    let stars = bytes[start..].iter().take_while(|byte| **byte == b'*').count();
    if stars < 3 {
        return None;
    }
    let tail = bytes[start + stars..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    Some(start + stars + tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_masks() {
        let text = "Seen by [PERSON-12] on [DATE_TIME], card ****1111 and [see note] or [X].";
        let shown: Vec<_> = spans(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(shown, ["[PERSON-12]", "[DATE_TIME]", "****1111"]);
    }
}
