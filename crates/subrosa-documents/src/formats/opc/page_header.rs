//! Headers and footers of printed sheets: `&L&"Arial,Bold"&12Jane Roe&CPage &P of &N`. Their codes are no text.
//!
//! Written to ECMA-376-1, 18.3.1.39 (`evenHeader` and its like).

use std::ops::Range;

/// A stretch of a header.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// Text, as a range of the raw markup.
    Text(Range<usize>),
    /// A new section, or something that the program fills in.
    Break,
}

/// Cuts the raw markup of a header. In a CDATA section `&` stands for itself, elsewhere it is `&amp;`.
pub(super) fn stretches(raw: &str, verbatim: bool) -> Vec<Stretch> {
    let sign = if verbatim { "&" } else { "&amp;" };
    let mut out = Vec::new();
    let mut text = 0;
    let mut at = 0;
    while let Some(found) = raw.get(at..).and_then(|rest| rest.find(sign)) {
        let code = at + found;
        let after = code + sign.len();
        let rest = raw.get(after..).unwrap_or_default();
        if rest.starts_with(sign) {
            // Doubled: the character itself, which stays with the text.
            at = after + sign.len();
            continue;
        }
        let (length, breaks) = code_length(rest);
        if text < code {
            out.push(Stretch::Text(text..code));
        }
        if breaks {
            out.push(Stretch::Break);
        }
        text = after + length;
        at = text;
    }
    if text < raw.len() {
        out.push(Stretch::Text(text..raw.len()));
    }
    out
}

/// How long a code is behind its sign, and whether the text before it and after it belong apart.
fn code_length(rest: &str) -> (usize, bool) {
    let Some(first) = rest.chars().next() else { return (0, false) };
    match first {
        // A font name in quotes, which may be written as references.
        '"' => (rest.get(1..).and_then(|rest| rest.find('"')).map_or(rest.len(), |end| end + 2), false),
        '&' if rest.starts_with("&quot;") => {
            (rest.get(6..).and_then(|rest| rest.find("&quot;")).map_or(rest.len(), |end| end + 12), false)
        }
        '0'..='9' => (rest.bytes().take_while(u8::is_ascii_digit).count(), false),
        // A colour: six hexadecimal digits, or a theme's with its shade.
        'K' => {
            let tail = rest.get(1..7).unwrap_or_default();
            let colour = tail.len() == 6 && tail.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'+' | b'-'));
            (if colour { 7 } else { 1 }, false)
        }
        'L' | 'C' | 'R' | 'P' | 'N' | 'D' | 'T' | 'A' | 'F' | 'Z' | 'G' => (1, true),
        _ => (first.len_utf8(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_no_text() {
        let raw = "&amp;L&amp;&quot;Arial,Bold&quot;&amp;12Jane&amp;B Roe &amp;&amp; Co&amp;KFF0000x&amp;CPage &amp;P of &amp;N";
        let texts: Vec<&str> = stretches(raw, false)
            .into_iter()
            .map(|stretch| match stretch {
                Stretch::Text(range) => &raw[range],
                Stretch::Break => "|",
            })
            .collect();
        assert_eq!(texts, ["|", "Jane", " Roe &amp;&amp; Co", "x", "|", "Page ", "|", " of ", "|"]);
        assert_eq!(stretches("&L&\"A,B\"x", true), [Stretch::Break, Stretch::Text(8..9)]);
        assert_eq!(stretches("&amp;", false), []);
    }
}
