//! Lines of source code, and texts that are made of them.

use crate::block::Block;
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind, Shape, Token};

use super::identifier::is_camel;

/// Longest line that is looked at, in tokens.
const LINE: usize = 128;

/// Tells which tokens are source code, line by line. Asked in order of the tokens it costs one look at each line.
#[derive(Default)]
pub struct CodeLines {
    start: usize,
    end: usize,
    /// A bit for each token of the line that is code.
    code: u128,
}

impl CodeLines {
    /// Whether the token is code: in a line of code, outside of quotation marks, comments and the text between tags.
    pub fn has(&mut self, block: &Block<'_>, index: usize) -> bool {
        if index >= self.end || index < self.start {
            let furthest = index.saturating_sub(LINE);
            self.start = (furthest..=index).rev().find(|at| block.tokens[*at].gap >= Gap::Line).unwrap_or(furthest);
            self.end = (index + 1..block.tokens.len())
                .take(LINE)
                .find(|at| block.tokens[*at].gap >= Gap::Line)
                .unwrap_or_else(|| block.tokens.len().min(index + 1 + LINE));
            let line = &block.tokens[self.start..self.end];
            let code = line.len() <= LINE && (is_code(block, self.start, line) || block.is_source() && is_dense(line));
            self.code = if code { outside_of_text(line) } else { 0 };
        }
        self.code >> (index - self.start).min(LINE - 1) & 1 == 1 || is_of_source(block, index)
    }
}

/// Lines that are looked at to tell what a text is.
const SAMPLE: usize = 300;

/// Whether at least an eighth of the lines that hold anything are code; comments do not count.
pub fn is_source(block: &Block<'_>) -> bool {
    let (mut lines, mut code, mut start) = (0, 0, 0);
    while start < block.tokens.len() && lines < SAMPLE {
        let line = &block.tokens[start..];
        let end = line.iter().skip(1).position(|token| token.gap >= Gap::Line).map_or(line.len(), |at| at + 1);
        if end > 2 && !is_comment(&line[..end]) {
            lines += 1;
            code += usize::from(end <= LINE && is_code(block, start, &line[..end]));
        }
        start += end;
    }
    code >= 3 && code * 8 >= lines
}

/// Whether signs make up a third of the line; full stops, commas and quotation marks do not count.
fn is_dense(line: &[Token]) -> bool {
    let sign = |token: &&Token| matches!(token.kind, Kind::Punctuation(byte) if !matches!(byte, b'.' | b',' | b'"' | b'\'' | b'-' | b'/'));
    let comment = matches!(line.first().map(|token| token.kind), Some(Kind::Punctuation(b'*' | b'/' | b'#' | b'-' | b'<')));
    !comment && line.len() > 2 && line.iter().filter(sign).count() * 4 >= line.len()
}

/// In source code, its comments too: a word with a capital inside, one behind `&` or `*` or beside a bracket that a further word
/// touches (`List[Node]`, `Queue()`), and one in capitals that is no name.
pub fn is_of_source(block: &Block<'_>, index: usize) -> bool {
    let Some(word) = block.token(index) else { return false };
    if !block.is_source() {
        return false;
    }
    let text = block.str(index);
    let is_name = || crate::dictionary::names().get(word.hash).is_some_and(|name| name.given.max(name.surname) >= 1);
    let pointer = word.gap == Gap::None
        && block.before(index).is_some_and(|sign| sign.gap != Gap::None && matches!(sign.kind, Kind::Punctuation(b'&' | b'*')))
        && !block.token(index + 1).is_some_and(|next| next.is_byte(b'*'));
    let opens = |token: &Token| token.gap == Gap::None && matches!(token.kind, Kind::Punctuation(b'(' | b'[' | b'{' | b'<'));
    let argument = word.gap == Gap::None
        && block.before(index).is_some_and(opens)
        && index >= 2
        && matches!(block.tokens[index - 2].kind, Kind::Word | Kind::Number);
    let called = block.token(index + 1).is_some_and(opens);
    pointer
        || argument
        || called
        || is_camel(text) && !is_name()
        || word.shape.is_upper() && !is_name() && !beside_capital(block, index)
}

fn beside_capital(block: &Block<'_>, index: usize) -> bool {
    let title = |token: Option<&Token>| token.is_some_and(|token| token.is_capitalised() && token.shape.has(Shape::LOWER));
    title(block.before(index)) || title(block.token(index + 1))
}

/// Words that begin a line of code when another sign of code follows.
static IMPORTS: Words = Words::new(&["import", "include", "define", "ifdef", "ifndef", "endif", "typedef", "using"]);

/// Words that begin a line of code when a call or an assignment follows.
static KEYWORDS: Words = Words::new(&[
    "async",
    "await",
    "case",
    "class",
    "const",
    "def",
    "elif",
    "else",
    "enum",
    "except",
    "export",
    "extern",
    "fn",
    "for",
    "func",
    "function",
    "if",
    "impl",
    "let",
    "local",
    "my",
    "namespace",
    "package",
    "private",
    "protected",
    "pub",
    "public",
    "raise",
    "return",
    "static",
    "struct",
    "sub",
    "switch",
    "template",
    "throw",
    "try",
    "val",
    "var",
    "virtual",
    "while",
    "with",
    "yield",
    "assert",
    "print",
    "echo",
]);
static IMPLEMENTS: Words = Words::new(&["impl"]);
static FOR: Words = Words::new(&["for"]);
/// Those of them that begin one that ends with a colon.
static HEADS: Words = Words::new(&["def", "elif", "except"]);

/// Whether signs that prose does not use stand in the line.
fn is_code(block: &Block<'_>, start: usize, line: &[Token]) -> bool {
    let Some((first, last)) = line.first().zip(line.last()) else { return false };
    if first.is_byte(b'#') && line.get(1).is_some_and(|next| next.is_byte(b'[') || IMPORTS.has(next)) {
        return true;
    }
    if is_comment(line) || first.is_byte(b'<') {
        return false;
    }
    if last.is_byte(b'{')
        || first.is_byte(b'}')
        || first.kind == Kind::Word && IMPORTS.has(first) && !ends_sentence(last) && line.len() <= 12
    {
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
                // `patient(s)` is none.
                let plural = next.is_some_and(|next| next.kind == Kind::Word && next.len() <= 2);
                call |= !plural && before.is_some_and(|before| matches!(before.kind, Kind::Word | Kind::Number));
            }
            b'=' if !touches && next.is_none() => assignment = true,
            b'<' if touches && is_generic(block, start + at) => return true,
            b'!' if follows(b'=') && !touches => return true,
            b'.' if touches && next.is_some() && before.is_some_and(|before| block_is_self(block, start + at, before)) => {
                return true;
            }
            _ => {}
        }
    }
    let closes = match last.kind {
        Kind::Punctuation(b';') => true,
        Kind::Punctuation(b':') => line.len() > 1 && line[line.len() - 2].is_byte(b')'),
        _ => false,
    };
    let keyword = first.kind == Kind::Word && !first.is_capitalised() && KEYWORDS.has(first);
    let implements = keyword && line.iter().skip(2).any(|token| token.kind == Kind::Word && token.len() == 3 && FOR.has(token));
    closes && (call || assignment)
        || implements && IMPLEMENTS.has(first)
        || keyword && (call || assignment)
        || call && assignment
        || keyword && HEADS.has(first) && last.is_byte(b':')
}

/// `self.` and `this.`, the point at token `dot`.
fn block_is_self(block: &Block<'_>, dot: usize, before: &Token) -> bool {
    before.len() == 4 && dot > 0 && matches!(block.str(dot - 1), "self" | "this")
}

/// Whether the line begins as comments do: `//`, `/*`, `*`, `#`, `--`.
fn is_comment(line: &[Token]) -> bool {
    let next = line.get(1).filter(|next| next.gap == Gap::None);
    match line.first().map(|token| token.kind) {
        Some(Kind::Punctuation(b'*')) => true,
        Some(Kind::Punctuation(b'#')) => next.is_none_or(|next| next.is_byte(b'#')),
        Some(Kind::Punctuation(sign @ (b'/' | b'-'))) => next.is_some_and(|next| next.is_byte(sign) || next.is_byte(b'*')),
        _ => false,
    }
}

fn ends_sentence(token: &Token) -> bool {
    matches!(token.kind, Kind::Punctuation(b'.' | b',' | b'!' | b'?' | b':'))
}

/// `Foo<Bar>`, `Foo<'a`, `Foo<Bar,`: a `<` at `at` between words that begins no tag.
pub(super) fn is_generic(block: &Block<'_>, at: usize) -> bool {
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    let (Some(before), Some(inner), Some(after)) = (block.before(at), touching(at + 1), block.token(at + 2)) else {
        return false;
    };
    let name = matches!(before.kind, Kind::Word | Kind::Number);
    name && (inner.is_byte(b'\'')
        || inner.is_byte(b'&')
        || (inner.is_capitalised() || inner.is_digits()) && matches!(after.kind, Kind::Punctuation(b'>' | b'<' | b',')))
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
                    && !(touches && at > 0 && line[at - 1].is_byte(b':')) =>
                {
                    return code;
                }
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
