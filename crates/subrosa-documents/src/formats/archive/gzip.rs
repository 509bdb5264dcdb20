//! gzip: one file, in one or several members that follow each other.
//!
//! Headers are written new: no time, no comment, no extra field, and of the name only the extension.
//!
//! Written to RFC 1952.

use std::io::{Read, Write};

use flate2::bufread::DeflateDecoder;
use flate2::write::DeflateEncoder;
use flate2::{Compression as Level, Crc};

use super::single::{Compression, Single};
use crate::refusal::Refusal;

/// The reader and writer of gzip files.
pub(crate) static GZIP: Single = Single(&Gzip);

struct Gzip;

const MAGIC: &[u8] = b"\x1F\x8B\x08";
/// Part of the file in refusals.
const PART: &str = "gzip file";

/// A member: where its deflated data lies, and its name.
struct Member<'b> {
    data: &'b [u8],
    name: Option<String>,
    /// Checksum and length at its end.
    end: [u8; 8],
}

impl Compression for Gzip {
    fn id(&self) -> &'static str {
        "gz"
    }

    fn claims(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    fn expand(&self, bytes: &[u8], most: u64) -> Result<(Vec<u8>, Option<String>), Refusal> {
        let (data, members) = members(bytes, most)?;
        let name = members.into_iter().next().and_then(|member| member.name);
        Ok((data, name))
    }

    fn compress(&self, data: &[u8], name: Option<&str>) -> Result<Vec<u8>, Refusal> {
        let failed = |_| Refusal::Internal("deflate failed".to_owned());
        let mut out = header(name);
        let mut encoder = DeflateEncoder::new(&mut out, Level::default());
        encoder.write_all(data).map_err(failed)?;
        encoder.finish().map_err(failed)?;
        let mut crc = Crc::new();
        crc.update(data);
        out.extend_from_slice(&crc.sum().to_le_bytes());
        out.extend_from_slice(&(data.len() as u32).to_le_bytes());
        Ok(out)
    }

    fn copy(&self, bytes: &[u8], name: Option<&str>) -> Result<Vec<u8>, Refusal> {
        let (_, members) = members(bytes, u64::MAX)?;
        let mut out = Vec::with_capacity(bytes.len());
        for member in members {
            out.extend_from_slice(&header(name));
            out.extend_from_slice(member.data);
            out.extend_from_slice(&member.end);
        }
        Ok(out)
    }
}

fn header(name: Option<&str>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.push(if name.is_some() { NAME } else { 0 });
    out.extend_from_slice(&[0, 0, 0, 0, 0, 255]);
    if let Some(name) = name {
        out.extend_from_slice(name.as_bytes());
        out.push(0);
    }
    out
}

/// Bits of the header that say what stands in it.
const CHECK: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;

/// All members and what they expand to together.
fn members(bytes: &[u8], most: u64) -> Result<(Vec<u8>, Vec<Member<'_>>), Refusal> {
    let damaged = |reason: &str| Refusal::damaged(PART, reason);
    let mut data = Vec::new();
    let mut members = Vec::new();
    let mut rest = bytes;
    // Zeros behind the last member are padding of a tape.
    while !rest.iter().all(|byte| *byte == 0) {
        if !rest.starts_with(MAGIC) {
            return Err(damaged("bytes that belong to nothing stand behind its end"));
        }
        let (start, name) = header_end(rest).ok_or_else(|| damaged("its header is cut off"))?;
        let packed = rest.get(start..).unwrap_or_default();
        let before = data.len();
        let left = most.saturating_sub(before as u64);
        let mut decoder = DeflateDecoder::new(packed).take(left.saturating_add(1));
        decoder.read_to_end(&mut data).map_err(|_| damaged("its compressed data is broken or cut off"))?;
        if (data.len() - before) as u64 > left {
            return Err(Refusal::Limit("the file expands to too many bytes".to_owned()));
        }
        let length = decoder.get_ref().total_in() as usize;
        let (packed, behind) = packed.split_at_checked(length).ok_or_else(|| damaged("it is cut off"))?;
        let (end, behind) = behind.split_first_chunk::<8>().ok_or_else(|| damaged("it is cut off"))?;
        let content = data.get(before..).unwrap_or_default();
        let mut crc = Crc::new();
        crc.update(content);
        let expected = [crc.sum().to_le_bytes(), (content.len() as u32).to_le_bytes()].concat();
        if expected != end[..] {
            return Err(damaged("its length or checksum does not hold"));
        }
        members.push(Member { data: packed, name, end: *end });
        rest = behind;
    }
    Ok((data, members))
}

/// Where the header ends, and the name in it.
fn header_end(bytes: &[u8]) -> Option<(usize, Option<String>)> {
    let flags = *bytes.get(3)?;
    let mut at = 10;
    if flags & EXTRA != 0 {
        at += 2 + usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    }
    let mut name = None;
    for bit in [NAME, COMMENT] {
        if flags & bit != 0 {
            let length = memchr::memchr(0, bytes.get(at..)?)?;
            if bit == NAME {
                name = Some(String::from_utf8_lossy(bytes.get(at..at + length)?).into_owned());
            }
            at += length + 1;
        }
    }
    at += if flags & CHECK != 0 { 2 } else { 0 };
    (at <= bytes.len()).then_some((at, name))
}
