//! Identifiers, paths and lines of source code.

use crate::block::Block;
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind, Shape, Token};

/// Longest line that is looked at, in tokens.
const LINE: usize = 128;
/// How far a path is followed to either side, in bytes.
const PATH: usize = 96;

/// Tells which tokens are source code, line by line. Asked in order of the tokens it costs one look at each line.
#[derive(Default)]
pub struct CodeLines {
    start: usize,
    end: usize,
    /// A bit for each token of the line that is code.
    code: u128,
    /// Whether the text is source code by and large. Looked at when it is first asked for.
    source: Option<bool>,
}

impl CodeLines {
    /// Whether the token is code: in a line of code, outside of quotation marks, comments and the text between tags.
    pub fn has(&mut self, block: &Block<'_>, index: usize) -> bool {
        if index >= self.end || index < self.start {
            self.start = index.saturating_sub(LINE).max(block.line_start(index).min(index));
            self.end = (index + 1..block.tokens.len()).take(LINE).find(|at| block.tokens[*at].gap >= Gap::Line).unwrap_or_else(|| {
                block.tokens.len().min(index + 1 + LINE)
            });
            let line = &block.tokens[self.start..self.end];
            let source = *self.source.get_or_insert_with(|| is_source(block));
            let code = line.len() <= LINE && (is_code(block, self.start, line) || source && is_dense(line));
            self.code = if code { outside_of_text(line) } else { 0 };
        }
        self.code >> (index - self.start).min(LINE - 1) & 1 == 1 || self.source == Some(true) && is_of_source(block, index)
    }
}

/// Lines that are looked at to tell what a text is.
const SAMPLE: usize = 300;

/// Whether at least a fifth of the lines that hold anything are code.
fn is_source(block: &Block<'_>) -> bool {
    let (mut lines, mut code, mut start) = (0, 0, 0);
    while start < block.tokens.len() && lines < SAMPLE {
        let line = &block.tokens[start..];
        let end = line.iter().skip(1).position(|token| token.gap >= Gap::Line).map_or(line.len(), |at| at + 1);
        if end > 2 {
            lines += 1;
            code += usize::from(end <= LINE && is_code(block, start, &line[..end]));
        }
        start += end;
    }
    lines >= 4 && code * 5 >= lines
}

/// Whether signs make up a third of the line; full stops, commas and quotation marks do not count.
fn is_dense(line: &[Token]) -> bool {
    let sign = |token: &&Token| matches!(token.kind, Kind::Punctuation(byte) if !matches!(byte, b'.' | b',' | b'"' | b'\'' | b'-' | b'/'));
    let comment = matches!(line.first().map(|token| token.kind), Some(Kind::Punctuation(b'*' | b'/' | b'#' | b'-' | b'<')));
    !comment && line.len() > 2 && line.iter().filter(sign).count() * 4 >= line.len()
}

/// In source code, its comments too: a word with a capital inside, one behind `&` or `*`, and one in capitals that is no name.
fn is_of_source(block: &Block<'_>, index: usize) -> bool {
    let Some(word) = block.token(index) else { return false };
    let text = block.str(index);
    let is_name = || crate::dictionary::names().get(word.hash).is_some_and(|name| name.given.max(name.surname) >= 1);
    let pointer = word.gap == Gap::None
        && block.before(index).is_some_and(|sign| sign.gap != Gap::None && matches!(sign.kind, Kind::Punctuation(b'&' | b'*')))
        && !block.token(index + 1).is_some_and(|next| next.is_byte(b'*'));
    pointer || is_camel(text) && !is_name() || word.shape.is_upper() && !is_name() && !beside_capital(block, index)
}

fn beside_capital(block: &Block<'_>, index: usize) -> bool {
    let title = |token: Option<&Token>| token.is_some_and(|token| token.is_capitalised() && token.shape.has(Shape::LOWER));
    title(block.before(index)) || title(block.token(index + 1))
}

/// Words that begin a line of code when another sign of code follows.
static IMPORTS: Words = Words::new(&["import", "include", "define", "ifdef", "ifndef", "endif", "typedef", "using"]);

/// Whether signs that prose does not use stand in the line.
fn is_code(block: &Block<'_>, start: usize, line: &[Token]) -> bool {
    let Some((first, last)) = line.first().zip(line.last()) else { return false };
    let comment = match first.kind {
        Kind::Punctuation(b'*') => true,
        Kind::Punctuation(sign @ (b'/' | b'-')) => line.get(1).is_some_and(|next| next.is_byte(sign) || next.is_byte(b'*')),
        Kind::Punctuation(b'#') => {
            let next = line.get(1);
            return next.is_some_and(|next| next.is_byte(b'[') || IMPORTS.has(next) && next.gap <= Gap::Wide);
        }
        _ => false,
    };
    if comment || first.is_byte(b'<') {
        return false;
    }
    if last.is_byte(b'{') || first.is_byte(b'}') || first.kind == Kind::Word && IMPORTS.has(first) && !ends_sentence(last) && line.len() <= 12 {
        return true;
    }
    let (mut call, mut assignment) = (false, false);
    for (at, token) in line.iter().enumerate() {
        let Kind::Punctuation(sign) = token.kind else { continue };
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        let next = line.get(at + 1).filter(|next| next.gap == Gap::None);
        let touches = token.gap == Gap::None;
        let follows = |byte: u8| next.is_some_and(|next| next.is_byte(byte));
        match sign {
            b':' if follows(b':') => return true,
            b'=' if follows(b'>') => return true,
            b'-' if touches && follows(b'>') && line.get(at + 2).is_some_and(|after| after.gap == Gap::None) => return true,
            b'&' if follows(b'&') && line.get(at + 2).is_some_and(|after| after.gap != Gap::None) => return true,
            b'(' if touches && before.is_some_and(|before| before.kind != Kind::Punctuation(b']')) => {
                if follows(b')') {
                    return true;
                }
                call |= before.is_some_and(|before| matches!(before.kind, Kind::Word | Kind::Number));
            }
            b'=' if !touches && next.is_none() => assignment = true,
            b'<' if touches && is_generic(block, start + at) => return true,
            b'!' if follows(b'=') && !touches => return true,
            _ => {}
        }
    }
    let closes = match last.kind {
        Kind::Punctuation(b';') => true,
        Kind::Punctuation(b':') => line.len() > 1 && line[line.len() - 2].is_byte(b')'),
        _ => false,
    };
    closes && (call || assignment)
}

fn ends_sentence(token: &Token) -> bool {
    matches!(token.kind, Kind::Punctuation(b'.' | b',' | b'!' | b'?' | b':'))
}

/// `Foo<Bar>`, `Foo<'a`, `Foo<Bar,`: a `<` at `at` between words that begins no tag.
fn is_generic(block: &Block<'_>, at: usize) -> bool {
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    let (Some(before), Some(inner), Some(after)) = (block.before(at), touching(at + 1), block.token(at + 2)) else { return false };
    let name = matches!(before.kind, Kind::Word | Kind::Number);
    name && (inner.is_byte(b'\'') || inner.is_byte(b'&') || inner.is_capitalised() && matches!(after.kind, Kind::Punctuation(b'>' | b'<' | b',')))
}

/// The bits of a line's tokens that stand in no quotation marks, comment or text between tags.
fn outside_of_text(line: &[Token]) -> u128 {
    let markup = line.windows(2).any(|pair| pair[0].is_byte(b'<') && pair[1].is_byte(b'/') && pair[1].gap == Gap::None);
    let (mut code, mut quote, mut text) = (0_u128, None, false);
    for (at, token) in line.iter().enumerate().take(LINE) {
        let touches = token.gap == Gap::None;
        let next = line.get(at + 1);
        if let Kind::Punctuation(sign) = token.kind {
            match sign {
                _ if quote == Some(sign) => quote = None,
                _ if quote.is_some() => {}
                b'"' | b'`' => quote = Some(sign),
                b'\'' => {
                    let opens = !touches || at > 0 && matches!(line[at - 1].kind, Kind::Punctuation(_));
                    let closed = line[at + 1..].iter().any(|token| token.is_byte(b'\''));
                    quote = (opens && closed).then_some(sign);
                }
                b'/' if next.is_some_and(|next| next.gap == Gap::None && (next.is_byte(b'/') || next.is_byte(b'*')))
                    && !(touches && at > 0 && line[at - 1].is_byte(b':')) => return code,
                b'#' if at > 0 && !touches && next.is_some_and(|next| next.gap != Gap::None) => return code,
                b'>' if markup => text = true,
                b'<' => text = false,
                _ => {}
            }
        } else if quote.is_none() && !text {
            code |= 1 << at;
        }
    }
    code
}

/// Whether the word is part of an identifier: `snake_case`, `module::Name`, `$Name`, `Name->`, `object.Name(`, a number's prefix
/// such as `SKU-91848`. Two words with capitals joined by `_` may be the name of a file.
pub fn is_identifier(block: &Block<'_>, index: usize) -> bool {
    let Some(word) = block.token(index) else { return false };
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    let title = |token: &Token| token.is_capitalised() && token.shape.has(Shape::LOWER);
    let joined = |other: Option<&Token>| {
        other.is_some_and(|other| matches!(other.kind, Kind::Word | Kind::Number) && !(title(other) && title(word)))
    };
    if let Some(sign) = touching(index + 1) {
        let (second, third) = (touching(index + 2), touching(index + 3));
        let code = match sign.kind {
            Kind::Punctuation(b'_') => joined(second) && !beside_title(block, index),
            Kind::Punctuation(b':') => second.is_some_and(|second| second.is_byte(b':')),
            Kind::Punctuation(b'-') => {
                second.is_some_and(|second| {
                    second.is_byte(b'>') || second.is_digits() && second.len() >= 3 && word.shape.is_upper() && !is_joint(third)
                })
            }
            Kind::Punctuation(b'<') => is_generic(block, index + 1),
            Kind::Punctuation(b'(') => is_camel(block.str(index)),
            _ => false,
        };
        if code {
            return true;
        }
    }
    if word.gap != Gap::None {
        return false;
    }
    let Some(sign) = block.before(index) else { return false };
    let before = if sign.gap == Gap::None { index.checked_sub(2).and_then(|before| block.token(before)) } else { None };
    match sign.kind {
        Kind::Punctuation(b'_') => joined(before) && !beside_title(block, index),
        Kind::Punctuation(b':') => before.is_some_and(|before| before.is_byte(b':')),
        Kind::Punctuation(b'>') => before.is_some_and(|before| before.is_byte(b'-')),
        Kind::Punctuation(b'$' | b'\\') => true,
        Kind::Punctuation(b'.') => {
            touching(index + 1).is_some_and(|next| next.is_byte(b'('))
                && before.is_some_and(|before| before.kind == Kind::Word && before.len() > 2)
        }
        Kind::Punctuation(b'&') => sign.gap != Gap::None && is_camel(block.str(index)),
        Kind::Punctuation(b'`') => touching(index + 1).is_some_and(|next| next.is_byte(b'`')),
        _ => false,
    }
}

/// A hyphen that joins a further number: `555-010-1234`.
fn is_joint(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.is_byte(b'-'))
}

/// Whether one of the two words joined to this one by `_` has a capital and small letters, as this one: `scan_Jane_Doe`.
fn beside_title(block: &Block<'_>, index: usize) -> bool {
    let title = |index: Option<usize>| {
        index
            .and_then(|index| block.token(index))
            .is_some_and(|token| token.is_capitalised() && token.shape.has(Shape::LOWER) && !is_camel_token(block, token))
    };
    title(Some(index))
        && (title(index.checked_sub(2)) && block.before(index).is_some_and(|sign| sign.is_byte(b'_'))
            || title(Some(index + 2)) && block.token(index + 1).is_some_and(|sign| sign.is_byte(b'_')))
}

fn is_camel_token(block: &Block<'_>, token: &Token) -> bool {
    is_camel(token.span().of(block.text))
}

/// Whether a capital stands behind a small letter in the word, but for names such as `McDonald`, `DeShawn` and `LaToya`.
pub(super) fn is_camel(word: &str) -> bool {
    word.as_bytes().windows(2).skip(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
        && !word.starts_with("Mac")
        && !word.starts_with("Fitz")
}

/// Whether the word is part of an address or path: `https://…`, `/usr/share/X11`, `../file.Name`. Not what stands behind
/// `Users` or `home`, which is a person's.
pub fn is_path(block: &Block<'_>, index: usize) -> bool {
    let Some(word) = block.token(index) else { return false };
    let slash = |token: Option<&Token>| token.is_some_and(|token| token.gap == Gap::None && matches!(token.kind, Kind::Punctuation(b'/')));
    let after = slash(block.token(index + 1));
    let before = word.gap == Gap::None && block.before(index).is_some_and(|sign| matches!(sign.kind, Kind::Punctuation(b'/' | b'.' | b'-' | b'_' | b'%')));
    if !after && !before {
        return false;
    }
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'(' | b')' | b'`' | b'=' | b',' | b'[' | b']');
    let bytes = block.text.as_bytes();
    let (start, end) = (word.start as usize, word.end as usize);
    let left = bytes[..start].iter().rev().take(PATH).take_while(|byte| !ends(byte)).count();
    let right = bytes[end..].iter().take(PATH).take_while(|byte| !ends(byte)).count();
    let (lead, whole) = (&bytes[start - left..start], &bytes[start - left..end + right]);
    let has = |part: &[u8]| memchr::memmem::find(lead, part).is_some();
    if has(b"Users/") || has(b"home/") {
        return false;
    }
    let slashes = whole.iter().filter(|byte| **byte == b'/').count();
    has(b"://")
        || slashes >= 2 && matches!(whole, [b'/', ..] | [b'.', b'.' | b'/', ..] | [b'~', b'/', ..] | [b'$', ..])
        || slashes >= 1 && left > 0 && lead.windows(3).any(|part| part[0].is_ascii_lowercase() && part[1] == b'.' && part[2].is_ascii_lowercase()) && has(b"/")
}
