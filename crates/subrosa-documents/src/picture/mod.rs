//! Pictures as pixels: decoding them within limits, reading their text with the [`Ocr`](crate::ocr::Ocr) that came along,
//! painting over words, encoding them again. What is beside the pixels is [`crate::image`]'s matter.
//!
//! What this cannot do: read handwriting, find faces, read what is too small, too slanted or too pale for the reader of
//! text. A document whose pictures were read says so in its notes.

#[cfg_attr(not(feature = "further"), allow(dead_code, unused_imports, reason = "without it no pixels are decoded"))]
pub(crate) mod codec;
pub(crate) mod look;
pub(crate) mod paint;
#[cfg_attr(not(feature = "further"), allow(dead_code, unused_imports, reason = "without it no pixels are decoded"))]
mod tiff;

pub(crate) use codec::Kind;

/// Smaller pictures hold no text that anybody can read.
const LEAST_WIDTH: u32 = 32;
const LEAST_HEIGHT: u32 = 16;

/// Whether a picture of this size can hold text.
pub(crate) fn can_hold_text(width: u32, height: u32) -> bool {
    width.max(height) >= LEAST_WIDTH && width.min(height) >= LEAST_HEIGHT
}
