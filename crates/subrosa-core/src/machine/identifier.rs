//! Identifiers, paths and names of files.

use crate::block::Block;
use crate::dictionary;
use crate::token::{Gap, Kind, Shape, Token};

use super::code::is_generic;

/// How far a path is followed to either side, in bytes.
const PATH: usize = 96;

/// Whether the word is part of an identifier: `snake_case`, `module::Name`, `$Name`, `Name->`, `object.Name(`, a number's prefix
/// such as `SKU-91848`. Two words with capitals joined by `_` may be the name of a file.
pub fn is_identifier(block: &Block<'_>, index: usize) -> bool {
    let Some(word) = block.token(index) else { return false };
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    let title = |token: &Token| token.is_capitalised() && token.shape.has(Shape::LOWER);
    // A name in the name of a file: `Jane_Doe`, `Jane_letter.doc`.
    let known = || {
        title(word)
            && !block.is_source()
            && dictionary::names().get(word.hash).is_some_and(|name| name.given.max(name.surname) >= 1)
    };
    let joined = |other: Option<&Token>| {
        other.is_some_and(|other| matches!(other.kind, Kind::Word | Kind::Number) && !(title(other) && title(word)) && !known())
    };
    if let Some(sign) = touching(index + 1) {
        let (second, third) = (touching(index + 2), touching(index + 3));
        let code = match sign.kind {
            Kind::Punctuation(b'_') => joined(second) && !beside_title(block, index),
            Kind::Punctuation(b':') => second.is_some_and(|second| second.is_byte(b':')),
            Kind::Punctuation(b'-') => second.is_some_and(|second| {
                second.is_byte(b'>')
                    || second.is_digits() && second.len() >= 4 && word.len() >= 3 && word.shape.is_upper() && !is_joint(third)
            }),
            Kind::Punctuation(b'<') => is_generic(block, index + 1),
            Kind::Punctuation(b'(') => is_camel(block.str(index)),
            Kind::Punctuation(b'.') => is_camel(block.str(index)) && second.is_some_and(|second| second.shape.is_upper()),
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

/// Endings of files that are a program's; not those of documents, which people name after people.
const EXTENSIONS: &[&str] = &[
    "bash", "bin", "c", "cc", "cfg", "class", "conf", "cpp", "css", "deb", "dll", "exe", "go", "gz", "h", "hpp", "ini", "jar",
    "java", "js", "json", "lock", "map", "md", "mjs", "mo", "o", "pem", "pl", "pm", "po", "py", "pyc", "rb", "rpm", "rs",
    "service", "sh", "so", "sql", "svg", "tar", "tcl", "toml", "ts", "ttf", "tsx", "wasm", "whl", "woff", "woff2", "xml", "xz",
    "yaml", "yml",
];

/// Whether the word is part of an address or path: `https://…`, `/usr/share/X11`, `../file.Name`. Not what stands behind
/// `Users` or `home`, which is a person's.
pub fn is_path(block: &Block<'_>, index: usize) -> bool {
    let Some(word) = block.token(index) else { return false };
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    let after = touching(index + 1)
        .is_some_and(|sign| matches!(sign.kind, Kind::Punctuation(b'/' | b'-' | b'_' | b'.')) && touching(index + 2).is_some());
    let before = word.gap == Gap::None
        && block.before(index).is_some_and(|sign| matches!(sign.kind, Kind::Punctuation(b'/' | b'.' | b'-' | b'_' | b'%')));
    if !after && !before {
        return false;
    }
    let ends = |byte: &u8| {
        byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'(' | b')' | b'`' | b'=' | b',' | b'[' | b']')
    };
    let bytes = block.text.as_bytes();
    let (start, end) = (word.start as usize, word.end as usize);
    let left = bytes[..start].iter().rev().take(PATH).take_while(|byte| !ends(byte)).count();
    let right = bytes[end..].iter().take(PATH).take_while(|byte| !ends(byte)).count();
    let (lead, whole) = (&bytes[start - left..start], &bytes[start - left..end + right]);
    let slashes = memchr::memchr_iter(b'/', whole).count();
    let file = memchr::memrchr(b'.', whole)
        .is_some_and(|dot| std::str::from_utf8(&whole[dot + 1..]).is_ok_and(|extension| EXTENSIONS.contains(&extension)));
    if slashes == 0 && !file {
        return false;
    }
    let has = |part: &[u8]| memchr::memmem::find(lead, part).is_some();
    if has(b"Users/") || has(b"home/") {
        return false;
    }
    file || has(b"://")
        || slashes >= 2 && matches!(whole, [b'/' | b'$', ..] | [b'.', b'.' | b'/', ..] | [b'~', b'/', ..])
        || slashes >= 1
            && left > 0
            && lead.windows(3).any(|part| part[0].is_ascii_lowercase() && part[1] == b'.' && part[2].is_ascii_lowercase())
            && has(b"/")
}
