//! Headers of tar archives: reading all dialects, writing one.

use crate::refusal::Refusal;

/// Everything in a tar archive begins at a multiple of this.
pub(super) const BLOCK: usize = 512;

/// Longest path that fits into a header.
const SHORT: usize = 100;

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    HardLink,
    Symlink,
    /// A device or a pipe, with its letter.
    Special(u8),
    Folder,
    /// Something else, with its letter.
    Other(u8),
}

/// A header, as far as it is carried over.
pub(super) struct Header {
    pub(super) path: Vec<u8>,
    pub(super) link: Vec<u8>,
    pub(super) mode: u32,
    pub(super) size: u64,
    /// The letter of the kind.
    pub(super) letter: u8,
}

impl Header {
    /// Reads a header; nothing when it is none.
    pub(super) fn read(block: &[u8]) -> Option<Self> {
        let field = |start: usize, length: usize| block.get(start..start + length);
        let block = block.get(..BLOCK)?;
        let checksum = number(field(148, 8)?)?;
        if sum(block) != checksum && signed_sum(block) != checksum as i64 {
            return None;
        }
        let mut path = text(field(0, SHORT)?).to_vec();
        let prefix = text(field(345, 155)?);
        // GNU's dialect keeps other things there.
        if field(257, 6)? == b"ustar\0" && !prefix.is_empty() {
            path = [prefix, b"/", &path].concat();
        }
        Some(Self {
            path,
            link: text(field(157, SHORT)?).to_vec(),
            mode: number(field(100, 8)?).unwrap_or(0o644) as u32 & 0o7777,
            size: number(field(124, 12)?)?,
            letter: *block.get(156)?,
        })
    }

    pub(super) fn kind(&self) -> Kind {
        match self.letter {
            // Old programs mark folders by their name alone.
            0 | b'0' | b'7' if self.path.ends_with(b"/") && self.size == 0 => Kind::Folder,
            0 | b'0' | b'7' => Kind::File,
            b'1' => Kind::HardLink,
            b'2' => Kind::Symlink,
            letter @ (b'3' | b'4' | b'6') => Kind::Special(letter),
            b'5' => Kind::Folder,
            other => Kind::Other(other),
        }
    }
}

/// Up to the first zero.
pub(super) fn text(field: &[u8]) -> &[u8] {
    memchr::memchr(0, field).and_then(|end| field.get(..end)).unwrap_or(field)
}

/// A number: octal digits, or binary where the first bit is set.
fn number(field: &[u8]) -> Option<u64> {
    if field.first()? & 0x80 != 0 {
        let mut value = u64::from(field.first()? & 0x7F);
        for &byte in field.get(1..)? {
            value = value.checked_mul(256)?.checked_add(u64::from(byte))?;
        }
        return Some(value);
    }
    let digits = std::str::from_utf8(text(field)).ok()?.trim();
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// The bytes of a header together, those of the checksum itself counted as spaces.
fn sum(block: &[u8]) -> u64 {
    let bytes = block.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { b' ' } else { *byte });
    bytes.map(u64::from).sum()
}

/// As some old programs count them.
fn signed_sum(block: &[u8]) -> i64 {
    let bytes = block.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { b' ' } else { *byte });
    bytes.map(|byte| i64::from(byte as i8)).sum()
}

/// Writes a member: headers in the POSIX dialect, without owner and time, and what it holds.
///
/// # Errors
/// [`Refusal::Limit`] for a member of 8 GiB or more.
pub(super) fn write(out: &mut Vec<u8>, path: &str, link: &str, mode: u32, letter: u8, data: &[u8]) -> Result<(), Refusal> {
    let mut records = Vec::new();
    for (key, value) in [("path", path), ("linkpath", link)] {
        if value.len() > SHORT || !value.is_ascii() {
            record(&mut records, key, value);
        }
    }
    if !records.is_empty() {
        block(out, "extended", "", 0o644, b'x', records.len())?;
        content(out, &records);
    }
    block(out, path, link, mode, letter, data.len())?;
    content(out, data);
    Ok(())
}

/// A record of an extended header: its own length in digits, a space, key and value.
fn record(out: &mut Vec<u8>, key: &str, value: &str) {
    let rest = format!(" {key}={value}\n");
    let mut length = rest.len() + 1;
    while length != rest.len() + length.to_string().len() {
        length = rest.len() + length.to_string().len();
    }
    out.extend_from_slice(length.to_string().as_bytes());
    out.extend_from_slice(rest.as_bytes());
}

fn block(out: &mut Vec<u8>, path: &str, link: &str, mode: u32, letter: u8, size: usize) -> Result<(), Refusal> {
    let mut block = [0_u8; BLOCK];
    let mut put = |at: usize, field: &[u8]| {
        block.iter_mut().skip(at).zip(field).for_each(|(place, byte)| *place = *byte);
    };
    // What does not fit stands whole in the extended header.
    let short = |text: &str| -> Vec<u8> {
        text.chars().map(|char| if char.is_ascii() { char as u8 } else { b'_' }).take(SHORT).collect()
    };
    let size = format!("{size:011o}\0");
    if size.len() != 12 {
        return Err(Refusal::Limit("a member of 8 GiB or more".to_owned()));
    }
    put(0, &short(path));
    put(100, format!("{mode:07o}\0").as_bytes());
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    put(124, size.as_bytes());
    put(136, b"00000000000\0");
    put(156, &[letter]);
    put(157, &short(link));
    put(257, b"ustar\x0000");
    let sum = sum(&block);
    block.iter_mut().skip(148).zip(format!("{sum:06o}\0 ").as_bytes()).for_each(|(place, byte)| *place = *byte);
    out.extend_from_slice(&block);
    Ok(())
}

fn content(out: &mut Vec<u8>, data: &[u8]) {
    out.extend_from_slice(data);
    out.resize(out.len().next_multiple_of(BLOCK), 0);
}
