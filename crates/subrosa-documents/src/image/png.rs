//! PNG: chunks are kept when the picture needs them. Written to the PNG specification (third edition), clauses 5 and 11.

use std::io::{Read as _, Write as _};

use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::icc;

/// Profiles are some kilobytes.
const LARGEST_PROFILE: u64 = 16 << 20;

/// First bytes of every PNG.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that decide how the picture looks.
const KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD",
    b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

/// Those of them that make it move.
const MOVING: &[&[u8; 4]] = &[b"acTL", b"fcTL", b"fdAT"];

/// Those of them that say how colours and sizes are meant.
const APPEARANCE: &[&[u8; 4]] = &[b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"pHYs"];

/// The picture up to its end, without text, times, EXIF and private chunks.
pub(super) fn clean(data: &[u8]) -> Option<Vec<u8>> {
    kept(data, |kind| KEPT.contains(kind))
}

/// As [`clean`], without the animation.
pub(super) fn still(data: &[u8]) -> Option<Vec<u8>> {
    kept(data, |kind| KEPT.contains(kind) && !MOVING.contains(kind))
}

/// The chunks that say how colours and sizes are meant.
pub(super) fn appearance(data: &[u8]) -> Vec<u8> {
    let kept = kept(data, |kind| APPEARANCE.contains(kind)).unwrap_or_default();
    kept.get(SIGNATURE.len()..).unwrap_or_default().to_vec()
}

fn kept(data: &[u8], keep: impl Fn(&&[u8; 4]) -> bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(data.len());
    out.extend_from_slice(SIGNATURE);
    let mut at = SIGNATURE.len();
    loop {
        let length = u32::from_be_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize;
        let kind: &[u8; 4] = data.get(at + 4..at + 8)?.try_into().ok()?;
        let end = at.checked_add(12)?.checked_add(length)?;
        let chunk = data.get(at..end)?;
        if keep(&kind) {
            match kind {
                b"iCCP" => out.extend_from_slice(&profile(chunk.get(8..8 + length)?).unwrap_or_default()),
                _ => out.extend_from_slice(chunk),
            }
        }
        if kind == b"IEND" {
            return Some(out);
        }
        at = end;
    }
}

/// A colour profile without its name and texts, as a chunk. Nothing when it cannot be unpacked.
fn profile(chunk: &[u8]) -> Option<Vec<u8>> {
    let name = memchr::memchr(0, chunk)?;
    let mut profile = Vec::new();
    ZlibDecoder::new(chunk.get(name + 2..)?).take(LARGEST_PROFILE).read_to_end(&mut profile).ok()?;
    icc::blank_text(&mut profile);
    let mut encoder = ZlibEncoder::new(b"iCCPicc\0\0".to_vec(), Compression::default());
    encoder.write_all(&profile).ok()?;
    let body = encoder.finish().ok()?;
    let mut crc = Crc::new();
    crc.update(&body);
    let length = u32::try_from(body.len()).ok()?.checked_sub(4)?;
    Some([&length.to_be_bytes()[..], &body, &crc.sum().to_be_bytes()].concat())
}

/// Every chunk that holds no pixels, and what follows the last.
pub(super) fn beside_pixels(data: &[u8]) -> Vec<(&'static str, &[u8])> {
    let mut parts = Vec::new();
    let mut at = SIGNATURE.len();
    while let Some(header) = data.get(at..at + 8) {
        let length = u32::from_be_bytes([header[0], header[1], header[2], header[3]]) as usize;
        let Some(chunk) = at.checked_add(12).and_then(|end| data.get(at..end.checked_add(length)?)) else { break };
        if !matches!(header.get(4..), Some(b"IDAT" | b"IHDR" | b"IEND" | b"PLTE" | b"iCCP")) {
            parts.push(("chunk", chunk));
        }
        at += 12 + length;
    }
    parts.push(("end of file", data.get(at..).unwrap_or_default()));
    parts
}
