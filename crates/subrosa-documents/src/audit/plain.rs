//! What questions need of kinds of text with a syntax of their own: RTF and mail.

/// A control word of RTF with its number, and where the text after it begins.
pub(super) struct Control<'t> {
    pub word: &'t str,
    pub number: Option<i32>,
    pub end: usize,
}

/// The control words in order. RTF 1.9.1, "control word".
pub(super) fn controls(text: &str) -> impl Iterator<Item = Control<'_>> {
    text.match_indices('\\').filter_map(|(at, _)| {
        // `\\` is a backslash and begins no word, nor does its second half.
        let escaped = text.as_bytes().get(..at)?.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        let rest = text.get(at + 1..)?;
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).take(32).count();
        if letters == 0 || escaped {
            return None;
        }
        let (word, rest) = rest.split_at_checked(letters)?;
        let digits = rest.bytes().take(11).take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
        let number = rest.get(..digits)?.parse().ok();
        let blank = usize::from(rest.as_bytes().get(digits) == Some(&b' '));
        Some(Control { word, number, end: at + 1 + letters + digits + blank })
    })
}

/// The text that follows in the same group, up to the next brace or control word.
pub(super) fn following<'t>(text: &'t str, control: &Control<'_>) -> &'t str {
    let rest = text.get(control.end..).unwrap_or_default();
    rest.split(['{', '}', '\\']).next().unwrap_or_default()
}

/// The header fields of a mail, names in lower case, folded lines joined. RFC 5322, 2.2.
pub(super) fn headers(mail: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in mail.lines().take(2_000) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_words_are_told_from_escapes() {
        let text = r"{\rtf1\v hidden\v0 \\v no \'e4 \author Jane}";
        let found: Vec<_> = controls(text).map(|one| (one.word, one.number, following(text, &one))).collect();
        assert_eq!(found, [("rtf", Some(1), ""), ("v", None, "hidden"), ("v", Some(0), ""), ("author", None, "Jane")]);
    }

    #[test]
    fn folded_header_lines_are_joined() {
        let fields = headers("Received: from a\n by b\nBcc: x@example.com\n\nBody: no\n");
        assert_eq!(fields, [("received".to_owned(), "from a by b".to_owned()), ("bcc".to_owned(), "x@example.com".to_owned())]);
    }
}
