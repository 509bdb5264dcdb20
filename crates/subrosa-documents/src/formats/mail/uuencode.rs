//! Uuencoded files in the text of a message.
//!
//! Reference: POSIX.1-2017, `uuencode`, the historical algorithm. A block counts as one only when it is whole: its first
//! line, lines that each hold the bytes they say, and `end`.

use std::ops::Range;

/// A block in a text.
pub(super) struct Block {
    /// The file's name on the first line.
    pub(super) name: Range<usize>,
    /// The lines of data, the last line without data not among them.
    pub(super) data: Range<usize>,
    /// Behind `end` and its line end.
    pub(super) end: usize,
}

/// The first block at or behind `from`, which begins a line.
pub(super) fn find(text: &[u8], from: usize) -> Option<Block> {
    let mut start = from;
    loop {
        let rest = text.get(start..)?;
        let found = if rest.starts_with(b"begin ") { 0 } else { memchr::memmem::find(rest, b"\nbegin ")? + 1 };
        if let Some(block) = block(text, start + found) {
            return Some(block);
        }
        start += found + 6;
    }
}

fn line(text: &[u8], start: usize) -> Option<(Range<usize>, usize)> {
    let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
    let end = memchr::memchr(b'\n', rest);
    let next = end.map_or(text.len(), |end| start + end + 1);
    let content = text.get(start..end.map_or(text.len(), |end| start + end))?;
    Some((start..start + content.strip_suffix(b"\r").unwrap_or(content).len(), next))
}

fn block(text: &[u8], start: usize) -> Option<Block> {
    let (first, data) = line(text, start)?;
    let words = text.get(first.clone())?.strip_prefix(b"begin ")?;
    let mode = words.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(3..=4).contains(&mode) || words.get(mode) != Some(&b' ') || words.len() < mode + 2 {
        return None;
    }
    let mut at = data;
    loop {
        let (place, next) = line(text, at)?;
        let content = text.get(place)?;
        if content == b"end" {
            return Some(Block { name: start + 7 + mode..first.end, data: data..at, end: next });
        }
        let length = content.first().map_or(0, |&byte| value(byte));
        if length == 0 {
            let (place, next) = line(text, next)?;
            return (text.get(place) == Some(b"end".as_slice())).then_some(Block {
                name: start + 7 + mode..first.end,
                data: data..at,
                end: next,
            });
        }
        let chars = length.div_ceil(3) * 4;
        // Blanks at the end of a line may have been lost, and some programs add a character.
        if length > 45 || content.len() > chars + 2 || !content.iter().all(|byte| matches!(byte, b' '..=b'`')) {
            return None;
        }
        at = next;
    }
}

fn value(byte: u8) -> usize {
    usize::from(byte.wrapping_sub(b' ') & 0x3F)
}

/// The bytes of the file.
pub(super) fn decode(text: &[u8], block: &Block) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(block.data.len() / 4 * 3);
    for line in text.get(block.data.clone())?.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Some((&first, data)) = line.split_first() else { continue };
        let length = value(first);
        let digit = |at: usize| data.get(at).map_or(0, |&byte| value(byte));
        for at in 0..length {
            let group = at / 3 * 4;
            let byte = match at % 3 {
                0 => digit(group) << 2 | digit(group + 1) >> 4,
                1 => digit(group + 1) << 4 | digit(group + 2) >> 2,
                _ => digit(group + 2) << 6 | digit(group + 3),
            };
            out.push(byte as u8);
        }
    }
    Some(out)
}

/// Lines of data.
pub(super) fn encode(bytes: &[u8], eol: &str) -> String {
    let mut out = String::with_capacity(bytes.len() / 3 * 4 + bytes.len() / 20);
    let char = |value: usize| if value & 0x3F == 0 { '`' } else { char::from((value & 0x3F) as u8 + b' ') };
    for line in bytes.chunks(45) {
        out.push(char(line.len()));
        for group in line.chunks(3) {
            let byte = |at: usize| group.get(at).map_or(0, |&byte| usize::from(byte));
            out.push(char(byte(0) >> 2));
            out.push(char(byte(0) << 4 | byte(1) >> 4));
            out.push(char(byte(1) << 2 | byte(2) >> 6));
            out.push(char(byte(2)));
        }
        out.push_str(eol);
    }
    out
}

/// The text with other bytes in the block.
pub(super) fn encode_like(text: &[u8], block: &Block, bytes: &[u8]) -> Vec<u8> {
    let eol = if text.get(..block.data.start).is_some_and(|head| head.ends_with(b"\r\n")) { "\r\n" } else { "\n" };
    let head = text.get(..block.data.start).unwrap_or_default();
    [head, encode(bytes, eol).as_bytes(), text.get(block.data.end..).unwrap_or_default()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let bytes = b"Jane Roe, 555-0100\n".repeat(9);
        let text = format!("Hello\n\nbegin 644 a b.txt\n{}`\nend\nbye\n", encode(&bytes, "\n"));
        let block = find(text.as_bytes(), 0).unwrap();
        assert_eq!(text.get(block.name.clone()), Some("a b.txt"));
        assert_eq!(decode(text.as_bytes(), &block).unwrap(), bytes);
        assert_eq!(&text[block.end..], "bye\n");
        assert!(find(b"begin 644 x\nnot data at all, of no such length\nend\n", 0).is_none());
        assert!(find(b"let us begin 644 x\n", 0).is_none());
    }
}
