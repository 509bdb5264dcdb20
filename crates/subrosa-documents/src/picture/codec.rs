//! Pixels out of files and into files, within limits on size.

use std::io::Cursor;

use image::codecs::{bmp, gif, jpeg, png, webp};
use image::{AnimationDecoder, ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader};

use super::tiff;
use crate::image as container;
use crate::limits::Limits;

/// Longest edge of a picture.
const LONGEST: u32 = 65_500;
/// Most pixels of a picture.
const MOST_PIXELS: u64 = 160_000_000;
/// Most pictures in one file.
const MOST_FRAMES: usize = 2_000;
/// Sharpness of JPEG pictures that are written anew, of 100.
const QUALITY: u8 = 92;

/// A kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Png,
    Jpeg,
    Gif,
    Bmp,
    Webp,
    Tiff,
}

/// One picture of a file.
pub(crate) struct Frame {
    pub(crate) picture: DynamicImage,
    /// How long it is shown in an animation, in milliseconds.
    pub(crate) delay: u32,
    /// What only TIFF knows of it.
    pub(crate) page: tiff::Page,
}

impl Frame {
    pub(super) fn still(picture: DynamicImage) -> Self {
        Self { picture, delay: 0, page: tiff::Page::default() }
    }
}

/// The pictures of a file.
pub(crate) struct Decoded {
    pub(crate) frames: Vec<Frame>,
    /// How often an animation runs; for ever when nothing.
    loops: Option<u16>,
    /// The file says how the picture is to be turned, in metadata that do not stay; it stands upright here.
    pub(crate) turned: bool,
}

impl Kind {
    /// The kind of picture that these bytes are.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Self::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'I', b'I', b'*' | b'+', 0, ..] | [b'M', b'M', 0, b'*' | b'+', ..] => Some(Self::Tiff),
            _ if container::is_bmp(bytes) => Some(Self::Bmp),
            _ => None,
        }
    }
}

/// Decodes a file.
///
/// # Errors
/// Why it cannot be decoded.
#[cfg(not(feature = "further"))]
pub(crate) fn decode(_: Kind, _: &[u8], _: &Limits) -> Result<Decoded, &'static str> {
    crate::formats::elsewhere::ask();
    Err(UNDECODABLE)
}

/// Encodes what nothing decodes here.
///
/// # Errors
/// Always.
#[cfg(not(feature = "further"))]
pub(crate) fn encode(_: Kind, _: &Decoded, _: &[u8]) -> Result<Vec<u8>, &'static str> {
    crate::formats::elsewhere::ask();
    Err(UNDECODABLE)
}

/// Decodes a file.
///
/// # Errors
/// Why it cannot be decoded.
#[cfg(feature = "further")]
pub(crate) fn decode(kind: Kind, bytes: &[u8], limits: &Limits) -> Result<Decoded, &'static str> {
    let cursor = || Cursor::new(bytes);
    match kind {
        Kind::Tiff => Ok(Decoded { frames: tiff::decode(bytes, limits, MOST_PIXELS, MOST_FRAMES)?, loops: None, turned: true }),
        Kind::Gif => {
            let decoder = gif::GifDecoder::new(cursor()).map_err(|_| UNDECODABLE)?;
            frames(decoder, limits)
        }
        Kind::Webp => {
            let decoder = webp::WebPDecoder::new(cursor()).map_err(|_| UNDECODABLE)?;
            if decoder.has_animation() { frames(decoder, limits) } else { still(ImageFormat::WebP, bytes) }
        }
        Kind::Png => still(ImageFormat::Png, bytes),
        Kind::Jpeg => still(ImageFormat::Jpeg, bytes),
        Kind::Bmp => still(ImageFormat::Bmp, bytes),
    }
}

const UNDECODABLE: &str = "its pixels cannot be decoded";
pub(super) const TOO_LARGE: &str = "it has too many pixels";

fn within(dimensions: (u32, u32)) -> Result<(), &'static str> {
    let (width, height) = dimensions;
    let fits = width.max(height) <= LONGEST && u64::from(width) * u64::from(height) <= MOST_PIXELS;
    if fits { Ok(()) } else { Err(TOO_LARGE) }
}

fn still(format: ImageFormat, bytes: &[u8]) -> Result<Decoded, &'static str> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(1 << 30);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| UNDECODABLE)?;
    within(decoder.dimensions())?;
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| UNDECODABLE)?;
    picture.apply_orientation(orientation);
    // JPEG keeps its orientation: see `crate::image`.
    let turned = orientation != image::metadata::Orientation::NoTransforms && format != ImageFormat::Jpeg;
    Ok(Decoded { frames: vec![Frame::still(picture)], loops: None, turned })
}

fn frames<'a>(decoder: impl ImageDecoder + AnimationDecoder<'a>, limits: &Limits) -> Result<Decoded, &'static str> {
    within(decoder.dimensions())?;
    let (width, height) = decoder.dimensions();
    let each = u64::from(width) * u64::from(height) * 4;
    let most = usize::try_from(limits.expanded_bytes / each.max(1)).unwrap_or(MOST_FRAMES).min(MOST_FRAMES);
    let loops = match decoder.loop_count() {
        image::metadata::LoopCount::Finite(times) => u16::try_from(times.get()).ok(),
        image::metadata::LoopCount::Infinite => None,
    };
    let mut decoded = Decoded { frames: Vec::new(), loops, turned: false };
    for frame in decoder.into_frames() {
        let frame = frame.map_err(|_| UNDECODABLE)?;
        if decoded.frames.len() >= most {
            return Err(TOO_LARGE);
        }
        let (numerator, denominator) = frame.delay().numer_denom_ms();
        let delay = numerator / denominator.max(1);
        let picture = DynamicImage::ImageRgba8(frame.into_buffer());
        decoded.frames.push(Frame { delay, ..Frame::still(picture) });
    }
    if decoded.frames.is_empty() { Err(UNDECODABLE) } else { Ok(decoded) }
}

/// Encodes pictures as a file of this kind. `original` is asked how colours are meant.
///
/// # Errors
/// Why it cannot be encoded.
#[cfg(feature = "further")]
pub(crate) fn encode(kind: Kind, decoded: &Decoded, original: &[u8]) -> Result<Vec<u8>, &'static str> {
    const FAILED: &str = "its pixels cannot be encoded";
    let first = &decoded.frames.first().ok_or(FAILED)?.picture;
    let mut out = Vec::new();
    match kind {
        Kind::Tiff => return tiff::encode(&decoded.frames).ok_or(FAILED),
        Kind::Png => {
            let encoder = png::PngEncoder::new_with_quality(&mut out, png::CompressionType::Default, png::FilterType::Adaptive);
            first.write_with_encoder(encoder).map_err(|_| FAILED)?;
            // Behind the header: signature and 25 bytes.
            out.splice(33..33, container::appearance(original));
        }
        Kind::Jpeg => {
            let plain = match first.color() {
                ColorType::L8 | ColorType::Rgb8 => None,
                ColorType::L16 | ColorType::La8 | ColorType::La16 => Some(DynamicImage::ImageLuma8(first.to_luma8())),
                _ => Some(DynamicImage::ImageRgb8(first.to_rgb8())),
            };
            let encoder = jpeg::JpegEncoder::new_with_quality(&mut out, QUALITY);
            plain.as_ref().unwrap_or(first).write_with_encoder(encoder).map_err(|_| FAILED)?;
            // Behind the start and the JFIF segment, where there is one.
            let jfif = if out.get(2..4) == Some(&[0xFF, 0xE0]) { out.get(4..6) } else { None };
            let at = 2 + jfif.map_or(0, |length| 2 + usize::from(u16::from_be_bytes([length[0], length[1]])));
            out.splice(at..at, container::appearance(original));
        }
        Kind::Bmp => {
            let plain = match first.color() {
                ColorType::L8 | ColorType::Rgba8 => None,
                ColorType::Rgb8 if !is_grey(first) => None,
                ColorType::Rgb8 => Some(DynamicImage::ImageLuma8(first.to_luma8())),
                _ => Some(DynamicImage::ImageRgb8(first.to_rgb8())),
            };
            let encoder = bmp::BmpEncoder::new(&mut out);
            plain.as_ref().unwrap_or(first).write_with_encoder(encoder).map_err(|_| FAILED)?;
        }
        Kind::Gif => {
            let mut encoder = gif::GifEncoder::new_with_speed(&mut out, 10);
            if decoded.frames.len() > 1 {
                let repeat = decoded.loops.map_or(gif::Repeat::Infinite, gif::Repeat::Finite);
                encoder.set_repeat(repeat).map_err(|_| FAILED)?;
            }
            for frame in &decoded.frames {
                let delay = image::Delay::from_numer_denom_ms(frame.delay, 1);
                let frame = image::Frame::from_parts(frame.picture.to_rgba8(), 0, 0, delay);
                encoder.encode_frame(frame).map_err(|_| FAILED)?;
            }
        }
        Kind::Webp if decoded.frames.len() == 1 => out = webp_of(first).ok_or(FAILED)?,
        Kind::Webp => out = moving_webp(decoded).ok_or(FAILED)?,
    }
    Ok(out)
}

/// Whether a picture in three colours has none, as when its colours came from a table of greys.
fn is_grey(picture: &DynamicImage) -> bool {
    picture.as_rgb8().is_some_and(|pixels| pixels.pixels().all(|pixel| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2]))
}

fn webp_of(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let plain = if picture.has_alpha() {
        DynamicImage::ImageRgba8(picture.to_rgba8())
    } else {
        DynamicImage::ImageRgb8(picture.to_rgb8())
    };
    plain.write_with_encoder(webp::WebPEncoder::new_lossless(&mut out)).ok()?;
    Some(out)
}

/// An animation of whole pictures, each packed without loss (RFC 9649, section 2.7.1).
fn moving_webp(decoded: &Decoded) -> Option<Vec<u8>> {
    let first = &decoded.frames.first()?.picture;
    let short = |number: u32| [number.to_le_bytes()[0], number.to_le_bytes()[1], number.to_le_bytes()[2]];
    let (width, height) = (short(first.width().checked_sub(1)?), short(first.height().checked_sub(1)?));
    let mut body = b"WEBP".to_vec();
    // Moving, with transparency.
    chunk(&mut body, *b"VP8X", &[&[0b0001_0010, 0, 0, 0][..], &width, &height].concat())?;
    chunk(&mut body, *b"ANIM", &[&[0; 4][..], &decoded.loops.unwrap_or(0).to_le_bytes()].concat())?;
    for frame in &decoded.frames {
        let file = webp_of(&DynamicImage::ImageRgba8(frame.picture.to_rgba8()))?;
        // Drawn over the one before without mixing.
        let header = [&[0; 6][..], &width, &height, &short(frame.delay), &[0b10]].concat();
        chunk(&mut body, *b"ANMF", &[&header, file.get(12..)?].concat())?;
    }
    let mut out = Vec::new();
    chunk(&mut out, *b"RIFF", &body)?;
    Some(out)
}

fn chunk(out: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) -> Option<()> {
    out.extend_from_slice(&kind);
    out.extend_from_slice(&u32::try_from(data.len()).ok()?.to_le_bytes());
    out.extend_from_slice(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
    Some(())
}
