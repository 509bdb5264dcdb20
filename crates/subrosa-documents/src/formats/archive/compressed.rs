//! bzip2, xz and Zstandard: one file, in one or several streams that follow each other.
//!
//! None of the three holds a name, so the kind of the file inside is told by what stands before the extension: `data.csv.xz`.
//! Frames of Zstandard that hold data of programs are left out. An edited file is compressed anew in one stream.
//!
//! Not here: dictionaries of Zstandard that stand in other files (refused), files behind the older `.lzma` header.
//!
//! Written to the .xz file format 1.2.1 and RFC 8878.

use std::io::{Read, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use lzma_rust2::{XzOptions, XzReader, XzWriter};
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::single::{Compression, Single};
use crate::refusal::Refusal;

/// The reader and writer of bzip2 files.
pub(crate) static BZIP2: Single = Single(&Bzip2);
/// The reader and writer of xz files.
pub(crate) static XZ: Single = Single(&Xz);
/// The reader and writer of Zstandard files.
pub(crate) static ZSTD: Single = Single(&Zstd);

/// Part of the file in refusals.
const PART: &str = "compressed file";
/// Hardest of 9, and a good one of xz: their own programs' default.
const BZIP2_EFFORT: u32 = 9;
const XZ_EFFORT: u32 = 6;

fn broken() -> Refusal {
    Refusal::damaged(PART, "its compressed data is broken or cut off")
}

/// What a reader gives, in at most so many bytes. The decoders are not ours: should one panic, the file is damaged.
fn all(reader: impl Read, most: u64) -> Result<Vec<u8>, Refusal> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut data = Vec::new();
        reader.take(most.saturating_add(1)).read_to_end(&mut data).map(|_| data)
    }));
    let data = read.ok().and_then(Result::ok).ok_or_else(broken)?;
    if data.len() as u64 > most {
        return Err(Refusal::Limit("the file expands to too many bytes".to_owned()));
    }
    Ok(data)
}

fn failed<T>(_: T) -> Refusal {
    Refusal::Internal("compression failed".to_owned())
}

struct Bzip2;

impl Compression for Bzip2 {
    fn id(&self) -> &'static str {
        "bz2"
    }

    fn claims(&self, bytes: &[u8]) -> bool {
        let block = bytes.get(4..10);
        bytes.starts_with(b"BZh")
            && bytes.get(3).is_some_and(|size| (b'1'..=b'9').contains(size))
            && (block == Some(b"\x31\x41\x59\x26\x53\x59") || block == Some(b"\x17\x72\x45\x38\x50\x90"))
    }

    fn expand(&self, bytes: &[u8], most: u64) -> Result<(Vec<u8>, Option<String>), Refusal> {
        Ok((all(bzip2::bufread::MultiBzDecoder::new(bytes), most)?, None))
    }

    fn compress(&self, data: &[u8], _: Option<&str>) -> Result<Vec<u8>, Refusal> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::new(BZIP2_EFFORT));
        encoder.write_all(data).map_err(failed)?;
        encoder.finish().map_err(failed)
    }

    fn copy(&self, bytes: &[u8], _: Option<&str>) -> Result<Vec<u8>, Refusal> {
        Ok(bytes.to_vec())
    }
}

struct Xz;

impl Compression for Xz {
    fn id(&self) -> &'static str {
        "xz"
    }

    fn claims(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"\xFD7zXZ\0")
    }

    fn expand(&self, bytes: &[u8], most: u64) -> Result<(Vec<u8>, Option<String>), Refusal> {
        // The end of the last stream, and nothing but padding behind it.
        let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        if !bytes.get(..end).unwrap_or_default().ends_with(b"YZ") {
            return Err(broken());
        }
        Ok((all(XzReader::new(bytes, true), most)?, None))
    }

    fn compress(&self, data: &[u8], _: Option<&str>) -> Result<Vec<u8>, Refusal> {
        let mut encoder = XzWriter::new(Vec::new(), XzOptions::with_preset(XZ_EFFORT)).map_err(failed)?;
        encoder.write_all(data).map_err(failed)?;
        encoder.finish().map_err(failed)
    }

    fn copy(&self, bytes: &[u8], _: Option<&str>) -> Result<Vec<u8>, Refusal> {
        Ok(bytes.to_vec())
    }
}

/// What the next frame expands to; nothing for one that holds data of programs.
fn frame(rest: &mut &[u8], most: u64) -> Result<Vec<u8>, Refusal> {
    let input = &mut *rest;
    let decoder = catch_unwind(AssertUnwindSafe(move || StreamingDecoder::new(input)));
    let skipped = match decoder.map_err(|_| broken())? {
        Ok(decoder) => return all(decoder, most),
        Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => length as usize,
        Err(_) => return Err(broken()),
    };
    *rest = rest.get(skipped..).ok_or_else(broken)?;
    Ok(Vec::new())
}

struct Zstd;

impl Compression for Zstd {
    fn id(&self) -> &'static str {
        "zst"
    }

    fn claims(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"\x28\xB5\x2F\xFD")
    }

    fn expand(&self, bytes: &[u8], most: u64) -> Result<(Vec<u8>, Option<String>), Refusal> {
        let (mut rest, mut data) = (bytes, Vec::new());
        while !rest.is_empty() {
            let left = most.saturating_sub(data.len() as u64);
            data.extend(frame(&mut rest, left)?);
        }
        Ok((data, None))
    }

    fn compress(&self, data: &[u8], _: Option<&str>) -> Result<Vec<u8>, Refusal> {
        Ok(compress_to_vec(data, CompressionLevel::Fastest))
    }

    /// Compressed anew: between its frames others may stand that hold anything.
    fn copy(&self, bytes: &[u8], name: Option<&str>) -> Result<Vec<u8>, Refusal> {
        self.compress(&self.expand(bytes, u64::MAX)?.0, name)
    }
}
