//! Numbers, words, blanks and signs of a date.

use crate::span::Span;

/// What a piece of a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// ASCII digits, with their value if there are at most eight.
    Number(u32),
    /// Letters.
    Word,
    /// White space.
    Blank,
    /// `/`, `.`, `,`, `-` for every dash, `'` for every apostrophe; 0 for all others.
    Sign(u8),
}

/// A piece of a date.
#[derive(Clone, Copy)]
pub(super) struct Lexeme {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

/// The pieces of a text, all of them.
pub(super) fn lex(text: &str) -> Vec<Lexeme> {
    let class = |sign: char| match sign {
        '0'..='9' => 0,
        sign if sign.is_alphabetic() => 1,
        sign if sign.is_whitespace() => 2,
        _ => 3,
    };
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut last = 3;
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        let this = class(sign);
        if let Some(lexeme) = lexemes.last_mut().filter(|_| this == last && this != 3) {
            lexeme.span.end = end;
            continue;
        }
        last = this;
        let kind = match sign {
            _ if this == 0 => Kind::Number(0),
            _ if this == 1 => Kind::Word,
            _ if this == 2 => Kind::Blank,
            '\u{2010}'..='\u{2015}' | '-' => Kind::Sign(b'-'),
            '\u{2019}' | '\'' => Kind::Sign(b'\''),
            '/' | '.' | ',' | '&' => Kind::Sign(sign as u8),
            _ => Kind::Sign(0),
        };
        lexemes.push(Lexeme { span: Span::new(at, end), kind });
    }
    for lexeme in &mut lexemes {
        if let Kind::Number(value) = &mut lexeme.kind {
            *value = lexeme.span.of(text).get(..lexeme.span.len().min(8)).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        }
    }
    lexemes
}
