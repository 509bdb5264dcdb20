//! Where the strings, keys and numbers of a JSON text stand. Nothing is decoded or built.
//!
//! Grammar of RFC 8259, with what writers get wrong and no reader can misunderstand: any number of values in a row,
//! control characters in strings, `NaN` and `Infinity`. No comments, no single quotes, no trailing commas.

/// One thing in a JSON text, as a byte range of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `{` or `[`.
    Open {
        /// Which of them.
        object: bool,
    },
    /// `}` or `]`.
    Close,
    /// A key of an object.
    Key(Text),
    /// A string.
    String(Text),
    /// A number.
    Number(Text),
    /// `true`, `false`, `null`.
    Literal,
}

/// The content of a string without its quotes, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// First byte.
    pub(super) start: u32,
    /// First byte after.
    pub(super) end: u32,
    /// Whether it holds a backslash.
    pub(super) escaped: bool,
}

/// Where and how a text breaks the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The byte at which it was seen.
    pub(super) at: usize,
    /// What is wrong.
    pub(super) reason: &'static str,
}

/// What [`Fault::reason`] says of nesting, which is a limit of ours and no fault of the text.
pub(super) const TOO_DEEP: &str = "nested too deep";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    CommaOrEnd,
    Done,
}

/// Calls `sink` with every token of `bytes[start..end]`, which begins and ends between values. Gives the number of values at
/// the top.
pub(super) fn walk(bytes: &[u8], start: usize, end: usize, depth: usize, mut sink: impl FnMut(Token)) -> Result<usize, Fault> {
    let bytes = bytes.get(..end).unwrap_or(bytes);
    let mut at = start;
    let mut values = 0;
    // One entry for each open bracket: whether it is an object.
    let mut open: Vec<bool> = Vec::new();
    let mut expect = Expect::Done;
    loop {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
            at += 1;
        }
        let fault = |reason| Err(Fault { at, reason });
        let Some(&byte) = bytes.get(at) else {
            return if open.is_empty() { Ok(values) } else { fault("ends inside an object or array") };
        };
        match (expect, byte) {
            (Expect::KeyOrEnd, b'}') | (Expect::ValueOrEnd, b']') | (Expect::CommaOrEnd, b'}' | b']') => {
                if open.pop() != Some(byte == b'}') {
                    return fault("the wrong bracket closes");
                }
                sink(Token::Close);
                at += 1;
                expect = if open.is_empty() { Expect::Done } else { Expect::CommaOrEnd };
            }
            (Expect::CommaOrEnd, b',') => {
                at += 1;
                expect = if open.last() == Some(&true) { Expect::Key } else { Expect::Value };
            }
            (Expect::CommaOrEnd, _) => return fault("expected a comma or the end of an object or array"),
            (Expect::Key | Expect::KeyOrEnd, b'"') => {
                let text = string(bytes, at)?;
                sink(Token::Key(text));
                at = text.end as usize + 1;
                while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
                    at += 1;
                }
                if bytes.get(at) != Some(&b':') {
                    return Err(Fault { at, reason: "expected a colon" });
                }
                at += 1;
                expect = Expect::Value;
            }
            (Expect::Key | Expect::KeyOrEnd, _) => return fault("expected a key in quotes"),
            (Expect::Value | Expect::ValueOrEnd | Expect::Done, _) => {
                values += usize::from(open.is_empty());
                let after = if open.is_empty() { Expect::Done } else { Expect::CommaOrEnd };
                match byte {
                    b'{' | b'[' => {
                        if open.len() == depth {
                            return fault(TOO_DEEP);
                        }
                        open.push(byte == b'{');
                        sink(Token::Open { object: byte == b'{' });
                        at += 1;
                        expect = if byte == b'{' { Expect::KeyOrEnd } else { Expect::ValueOrEnd };
                    }
                    b'"' => {
                        let text = string(bytes, at)?;
                        sink(Token::String(text));
                        at = text.end as usize + 1;
                        expect = after;
                    }
                    _ => {
                        let rest = bytes.get(at..).unwrap_or_default();
                        let word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
                        let length = rest.iter().position(|&byte| !word(byte)).unwrap_or(rest.len());
                        let token = rest.get(..length).unwrap_or_default();
                        sink(match token {
                            b"true" | b"false" | b"null" | b"NaN" | b"Infinity" | b"-Infinity" => Token::Literal,
                            _ if number(token) => {
                                Token::Number(Text { start: at as u32, end: (at + length) as u32, escaped: false })
                            }
                            _ => return fault("expected a value"),
                        });
                        at += length;
                        expect = after;
                    }
                }
            }
        }
    }
}

/// The string whose opening quote is at `quote`.
fn string(bytes: &[u8], quote: usize) -> Result<Text, Fault> {
    let start = quote + 1;
    let mut at = start;
    let mut escaped = false;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        // Most strings are short: look at some bytes one by one before a search pays.
        let near = rest.iter().take(24).position(|&byte| byte == b'"' || byte == b'\\');
        let found = near.or_else(|| memchr::memchr2(b'"', b'\\', rest.get(24..)?).map(|found| found + 24));
        let Some(found) = found else { return Err(Fault { at: quote, reason: "a string is never closed" }) };
        at += found;
        if bytes.get(at) == Some(&b'"') {
            return Ok(Text { start: start as u32, end: at as u32, escaped });
        }
        escaped = true;
        match bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => at += 2,
            Some(b'u') if bytes.get(at + 2..at + 6).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) => at += 6,
            _ => return Err(Fault { at, reason: "a string has an unknown escape" }),
        }
    }
}

/// Whether a word is a number of the grammar.
fn number(word: &[u8]) -> bool {
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let word = word.strip_prefix(b"-").unwrap_or(word);
    let whole = digits(word);
    if whole == 0 || (whole > 1 && word.first() == Some(&b'0')) {
        return false;
    }
    let mut rest = word.get(whole..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix(b".") {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = fraction.get(length..).unwrap_or_default();
    }
    if let Some(exponent) = rest.strip_prefix(b"e").or_else(|| rest.strip_prefix(b"E")) {
        let exponent = exponent.strip_prefix(b"-").or_else(|| exponent.strip_prefix(b"+")).unwrap_or(exponent);
        let length = digits(exponent);
        return length > 0 && length == exponent.len();
    }
    rest.is_empty()
}
