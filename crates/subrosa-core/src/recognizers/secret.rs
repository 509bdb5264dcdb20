//! What the recognizers of secrets share: how a value is written after its name, and whether it looks like one.

use crate::block::Block;
use crate::recognizers::cue::Words;
use crate::span::Span;
use crate::token::{Gap, Kind, Token};

/// Longest value after a name, in bytes.
const LONGEST: usize = 512;
/// Most tokens between a name and its value: `_id" : "`.
const BETWEEN: usize = 6;
/// What may follow in a name: `access_key_id`.
static PARTS: Words = Words::new(&[
    "id", "base", "value", "val", "str", "string", "text", "prod", "dev", "test", "live", "key", "hash", "default", "admin",
    "root",
]);

/// Characters that a value is made of.
#[derive(Clone, Copy)]
pub enum Charset {
    /// Capitals and digits.
    Upper,
    /// Letters and digits.
    Letters,
    /// Letters, digits, `_` and `-`.
    Word,
    /// The same and `.`.
    Dotted,
    /// Hexadecimal digits.
    Hex,
    /// Base 64 of either alphabet, with padding.
    Base64,
}

impl Charset {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Letters => byte.is_ascii_alphanumeric(),
            Self::Word => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'='),
        }
    }

    /// How many bytes of the set `bytes` starts with, `most` at most.
    pub fn len(self, bytes: &[u8], most: usize) -> usize {
        bytes.iter().take(most).take_while(|byte| self.has(**byte)).count()
    }
}

/// Whether at least `fewest` different bytes occur.
pub fn is_varied(value: &[u8], fewest: u32) -> bool {
    let seen = value.iter().fold(0_u128, |seen, byte| seen | 1 << (byte & 127));
    seen.count_ones() >= fewest
}

/// Whether a value looks drawn by chance: digits among letters, many different signs, none of code or prose.
pub fn is_random(value: &str) -> bool {
    let bytes = value.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let allowed =
        bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_' | b'.' | b'~'));
    // Letters and digits change often; `parse_header_v2` does so once.
    let class = |byte: &u8| {
        if byte.is_ascii_digit() {
            0
        } else if byte.is_ascii_uppercase() {
            1
        } else {
            2
        }
    };
    let turns = bytes.windows(2).filter(|pair| class(&pair[0]) != class(&pair[1])).count();
    let enough = digits >= 2 || digits == 1 && bytes.len() >= 32;
    allowed && enough && letters >= 3 && turns * 4 >= bytes.len() && is_varied(bytes, 8)
}

/// A value after a name.
pub struct Value {
    /// Without its quotation marks.
    pub span: Span,
    /// It stands in quotation marks.
    pub quoted: bool,
    /// It ends its line, or blanks or closing punctuation follow.
    pub ends: bool,
    /// A colon or equals sign stands before it.
    pub assigned: bool,
}

/// The value after the name that ends at token `name`: `name: value`, `name = "value"`, `"name": "value"`, `<name>value</name>`,
/// `name is value`, `--name value`. Calls, references and interpolations are no values.
pub fn after(block: &Block<'_>, name: usize) -> Option<Value> {
    let mut at = name + 1;
    let (mut assigned, mut quote) = (false, None);
    for _ in 0..BETWEEN {
        let token = block.token(at)?;
        if token.gap >= Gap::Paragraph || token.gap == Gap::Line && !assigned {
            return None;
        }
        match token.kind {
            Kind::Punctuation(b':' | b'=') => {
                // `token::Kind`, `a == b` and `a != b` are code.
                let doubled = block
                    .token(at + 1)
                    .is_some_and(|next| next.gap == Gap::None && matches!(next.kind, Kind::Punctuation(b':' | b'=' | b'>')));
                if doubled || quote == Some(at.wrapping_sub(1)) && assigned {
                    return None;
                }
                assigned = true;
                quote = None;
            }
            Kind::Punctuation(b'"' | b'\'' | b'`') => quote = Some(at),
            Kind::Punctuation(b'>') if !assigned && at == name + 1 && name > 0 && block.tokens[name - 1].is_byte(b'<') => {
                assigned = true;
            }
            // `access_key_id`: the name goes on.
            Kind::Punctuation(b'_' | b'-') if !assigned && token.gap == Gap::None => {
                let goes_on = PARTS.at(block, at + 1) && token_gap(block, at + 1) == Gap::None;
                if !goes_on {
                    return None;
                }
                at += 1;
            }
            Kind::Word
                if !assigned
                    && matches!(
                        block.str(at),
                        "is" | "was" | "ist" | "lautet" | "es" | "est" | "Is" | "IS" | "no" | "number" | "id"
                    ) => {}
            Kind::Word if !assigned && matches!(block.str(at), "Bearer" | "bearer" | "Basic") => {}
            _ => break,
        }
        at += 1;
    }
    let first = block.token(at)?;
    let start = first.start as usize;
    let opening = quote.filter(|quote| quote + 1 == at).and_then(|quote| block.token(quote)).map(Token::span);
    if let Some(opening) = opening {
        // White space after an opening mark belongs to the value.
        let start = opening.end;
        let rest = block.text.get(start..)?;
        let closing: &[char] = match opening.of(block.text) {
            "'" => &['\'', '\n'],
            "`" => &['`', '\n'],
            "\u{2018}" | "\u{2019}" => &['\u{2019}', '\n'],
            "\"" => &['"', '\n'],
            _ => &['\u{201d}', '\u{201c}', '\u{bb}', '\u{ab}', '"', '\n'],
        };
        let window = rest.get(..rest.floor_char_boundary(LONGEST))?;
        let end = window.find(closing)?;
        let closed = !window[end..].starts_with('\n');
        return (closed && end > 0).then_some(Value { span: Span::new(start, start + end), quoted: true, ends: true, assigned });
    }
    let rest = block.text.get(start..)?;
    let window = rest.get(..rest.floor_char_boundary(LONGEST))?;
    let stops =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | ';' | ',' | '\u{201d}' | '\u{2019}' | '|');
    let end = window.find(stops).unwrap_or(window.len());
    let value = window[..end].trim_end_matches(['.', '?', ')', ']', '}']);
    // `foo(bar)`, `a[0]`, `{{ x }}`, `$x` and `&str` are code.
    let code = window[..end].contains(['(', '[', '{', '$'])
        || window.starts_with(['&', '*', '@'])
        || window[end..].starts_with('(')
        || value.is_empty();
    if code || token_gap(block, at) >= Gap::Line && !assigned {
        return None;
    }
    let span = Span::new(start, start + value.len());
    let next = block.token(block.token_at(span.end));
    let ends = next.is_none_or(|next| {
        next.gap >= Gap::Blank || matches!(next.kind, Kind::Punctuation(b';' | b',' | b')' | b'.' | b'"' | b'<' | b'&'))
    });
    Some(Value { span, quoted: false, ends, assigned })
}

fn token_gap(block: &Block<'_>, at: usize) -> Gap {
    block.token(at).map_or(Gap::Paragraph, |token| token.gap)
}
