//! The encoding of a file of mark-up, as the HTML Standard (section 13.2.3) and XML 1.0 (appendix F) tell it: a byte order
//! mark, then what the file declares, then what the bytes look like. Bytes that are valid UTF-8 are read as such whatever
//! the file declares, since wrong declarations are common and UTF-8 by accident is not.

use encoding_rs::Encoding;

use crate::encoding::{self, Charset, Decoded};
use crate::refusal::Refusal;

/// Bytes in which a declaration is looked for.
const HEAD: usize = 4096;

/// Decodes a file of mark-up.
///
/// # Errors
/// As [`encoding::decode`].
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let (plain, _) = match encoding::detect(bytes) {
        Ok((charset, mark)) => (!matches!(charset, Charset::Legacy(_)) || !mark.is_empty(), mark),
        Err(_) => (false, &b""[..]),
    };
    if !plain
        && memchr::memchr(0, bytes).is_none()
        && let Some(declared) = declared(bytes)
        && let Ok(decoded) = encoding::decode_as(bytes, Charset::Legacy(declared), b"")
    {
        return Ok(decoded);
    }
    encoding::decode(bytes)
}

/// The code page that the head of the file declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    let declaration = head.starts_with(b"<?xml").then(|| memchr::memmem::find(&head, b"?>")).flatten();
    let in_declaration = declaration.and_then(|end| value(head.get(..end)?, b"encoding"));
    let label = in_declaration.or_else(|| {
        memchr::memmem::find_iter(&head, b"<meta").find_map(|at| {
            let tag = head.get(at..)?;
            value(tag.get(..memchr::memchr(b'>', tag)?)?, b"charset")
        })
    })?;
    let encoding = Encoding::for_label(label)?;
    let fixed = encoding != encoding_rs::UTF_8
        && encoding != encoding_rs::UTF_16LE
        && encoding != encoding_rs::UTF_16BE
        && encoding != encoding_rs::REPLACEMENT
        && encoding != encoding_rs::ISO_2022_JP;
    fixed.then_some(encoding)
}

/// What follows `name` and an equals sign.
fn value<'h>(text: &'h [u8], name: &[u8]) -> Option<&'h [u8]> {
    memchr::memmem::find_iter(text, name).find_map(|at| {
        let rest = text.get(at + name.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let quote = rest.first().filter(|first| matches!(first, b'"' | b'\''));
        let rest = if quote.is_some() { rest.get(1..)? } else { rest };
        let end = rest.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b';' | b'/' | b'>'));
        let label = rest.get(..end.unwrap_or(rest.len()))?.trim_ascii();
        (!label.is_empty()).then_some(label)
    })
}
