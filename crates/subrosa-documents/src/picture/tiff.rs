//! TIFF: all pages in, all pages out, each packed without loss. Written to TIFF revision 6.0.
//!
//! Of the tags only those are written that say how the pixels are meant and how large they are printed.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{DynamicImage, GrayImage, ImageBuffer, RgbImage};
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits as TiffLimits};
use tiff::tags::Tag;

use super::codec::{Frame, TOO_LARGE};
use crate::limits::Limits;

/// What a page keeps beside its pixels.
#[derive(Clone, Default)]
pub(crate) struct Page {
    /// Black and white only.
    bilevel: bool,
    /// Pixels to a unit, across and down, as fractions; and the unit.
    resolution: Option<([u32; 2], [u32; 2], u16)>,
}

const UNDECODABLE: &str = "its pixels cannot be decoded";

/// Decodes every page.
pub(super) fn decode(bytes: &[u8], limits: &Limits, pixels: u64, most: usize) -> Result<Vec<Frame>, &'static str> {
    let mut allowed = TiffLimits::default();
    allowed.decoding_buffer_size = usize::try_from(limits.expanded_bytes).unwrap_or(usize::MAX);
    allowed.intermediate_buffer_size = allowed.decoding_buffer_size;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(|_| UNDECODABLE)?.with_limits(allowed);
    let mut frames = Vec::new();
    let mut left = limits.expanded_bytes;
    loop {
        let (width, height) = decoder.dimensions().map_err(|_| UNDECODABLE)?;
        if u64::from(width) * u64::from(height) > pixels || frames.len() >= most {
            return Err(TOO_LARGE);
        }
        let mut frame = page(&mut decoder, width, height)?;
        left = left.checked_sub(frame.picture.as_bytes().len() as u64).ok_or(TOO_LARGE)?;
        let orientation = tag(&mut decoder, Tag::Orientation).and_then(|tag| u8::try_from(tag).ok());
        if let Some(orientation) = orientation.and_then(image::metadata::Orientation::from_exif) {
            frame.picture.apply_orientation(orientation);
        }
        frames.push(frame);
        if !decoder.more_images() {
            return Ok(frames);
        }
        decoder.next_image().map_err(|_| UNDECODABLE)?;
    }
}

fn tag(decoder: &mut Decoder<Cursor<&[u8]>>, tag: Tag) -> Option<u32> {
    decoder.find_tag_unsigned(tag).ok().flatten()
}

fn page(decoder: &mut Decoder<Cursor<&[u8]>>, width: u32, height: u32) -> Result<Frame, &'static str> {
    let fraction = |decoder: &mut Decoder<Cursor<&[u8]>>, tag| {
        let value = decoder.find_tag(tag).ok().flatten()?;
        match value {
            tiff::decoder::ifd::Value::Rational(numerator, denominator) => Some([numerator, denominator]),
            _ => None,
        }
    };
    let unit = tag(decoder, Tag::ResolutionUnit).and_then(|unit| u16::try_from(unit).ok()).unwrap_or(2);
    let resolution = fraction(decoder, Tag::XResolution).zip(fraction(decoder, Tag::YResolution));
    let resolution = resolution.map(|(across, down)| (across, down, unit));
    let colors = decoder.colortype().map_err(|_| UNDECODABLE)?;
    let palette = if matches!(colors, ColorType::Palette(_)) {
        decoder.get_tag_u16_vec(Tag::ColorMap).map_err(|_| UNDECODABLE)?
    } else {
        Vec::new()
    };
    let pixels = decoder.read_image().map_err(|_| UNDECODABLE)?;
    let picture = picture(colors, pixels, &palette, width, height).ok_or("its kind of pixels is not known")?;
    Ok(Frame { page: Page { bilevel: colors == ColorType::Gray(1), resolution }, ..Frame::still(picture) })
}

fn picture(colors: ColorType, pixels: DecodingResult, palette: &[u16], width: u32, height: u32) -> Option<DynamicImage> {
    let count = (width as usize).checked_mul(height as usize)?;
    match (colors, pixels) {
        (ColorType::Gray(8), DecodingResult::U8(data)) => GrayImage::from_raw(width, height, data).map(Into::into),
        (ColorType::Gray(bits @ (1 | 2 | 4)), DecodingResult::U8(data)) => {
            let top = (1_u16 << bits) - 1;
            let values = unpacked(&data, bits, width, height)?;
            let data = values.into_iter().map(|value| (u16::from(value) * 255 / top) as u8).collect();
            GrayImage::from_raw(width, height, data).map(Into::into)
        }
        (ColorType::Palette(bits @ (1 | 2 | 4 | 8)), DecodingResult::U8(data)) => {
            let values = unpacked(&data, bits, width, height)?;
            let colours = 1_usize << bits;
            let mut out = Vec::with_capacity(count * 3);
            for value in values {
                for channel in 0..3 {
                    out.push((palette.get(channel * colours + usize::from(value))? >> 8) as u8);
                }
            }
            RgbImage::from_raw(width, height, out).map(Into::into)
        }
        (ColorType::Gray(16), DecodingResult::U16(data)) => {
            ImageBuffer::from_raw(width, height, data).map(DynamicImage::ImageLuma16)
        }
        (ColorType::GrayA(8), DecodingResult::U8(data)) => {
            ImageBuffer::from_raw(width, height, data).map(DynamicImage::ImageLumaA8)
        }
        (ColorType::RGB(8), DecodingResult::U8(data)) => RgbImage::from_raw(width, height, data).map(Into::into),
        (ColorType::RGBA(8), DecodingResult::U8(data)) => {
            ImageBuffer::from_raw(width, height, data).map(DynamicImage::ImageRgba8)
        }
        (ColorType::RGB(16), DecodingResult::U16(data)) => {
            ImageBuffer::from_raw(width, height, data).map(DynamicImage::ImageRgb16)
        }
        (ColorType::RGBA(16), DecodingResult::U16(data)) => {
            ImageBuffer::from_raw(width, height, data).map(DynamicImage::ImageRgba16)
        }
        (ColorType::CMYK(8), DecodingResult::U8(data)) => {
            let shade = |ink: u8, black: u8| (u16::from(255 - ink) * u16::from(255 - black) / 255) as u8;
            let pixels = data.chunks_exact(4);
            let out = pixels.flat_map(|ink| [shade(ink[0], ink[3]), shade(ink[1], ink[3]), shade(ink[2], ink[3])]);
            RgbImage::from_raw(width, height, out.collect()).map(Into::into)
        }
        _ => None,
    }
}

/// One value a byte, from rows of packed values.
fn unpacked(data: &[u8], bits: u8, width: u32, height: u32) -> Option<Vec<u8>> {
    let (width, height, bits) = (width as usize, height as usize, usize::from(bits));
    if bits == 8
        || data.len() == width.checked_mul(height)? && bits < 8 && data.len() > width.checked_mul(bits)?.div_ceil(8) * height
    {
        return Some(data.to_vec());
    }
    let row = width.checked_mul(bits)?.div_ceil(8);
    let mut out = Vec::with_capacity(width.checked_mul(height)?);
    for row in data.chunks_exact(row.max(1)).take(height) {
        for at in 0..width {
            let (byte, shift) = (at * bits / 8, 8 - bits - at * bits % 8);
            out.push(row.get(byte)? >> shift & ((1_u16 << bits) - 1) as u8);
        }
    }
    Some(out)
}

/// A value of a tag.
enum Value {
    Short(Vec<u16>),
    Long(u32),
    Fraction([u32; 2]),
}

/// Encodes every page.
pub(super) fn encode(frames: &[Frame]) -> Option<Vec<u8>> {
    let mut out = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for frame in frames {
        let start = u32::try_from(out.len()).ok()?;
        let shape = strip(frame)?;
        out.extend_from_slice(&shape.packed);
        let mut tags = vec![
            (256, Value::Long(frame.picture.width())),
            (257, Value::Long(frame.picture.height())),
            (258, Value::Short(vec![shape.bits; usize::from(shape.samples)])),
            (259, Value::Short(vec![8])),
            (262, Value::Short(vec![if shape.samples >= 3 { 2 } else { 1 }])),
            (273, Value::Long(start)),
            (277, Value::Short(vec![shape.samples])),
            (278, Value::Long(frame.picture.height())),
            (279, Value::Long(u32::try_from(shape.packed.len()).ok()?)),
        ];
        if let Some((across, down, unit)) = frame.page.resolution {
            tags.extend([(282, Value::Fraction(across)), (283, Value::Fraction(down)), (296, Value::Short(vec![unit]))]);
        }
        if matches!(shape.samples, 2 | 4) {
            tags.push((338, Value::Short(vec![2])));
        }
        directory(&mut out, &tags, &mut link)?;
    }
    Some(out)
}

/// Writes a directory and lets the one before point to it.
fn directory(out: &mut Vec<u8>, tags: &[(u16, Value)], link: &mut usize) -> Option<()> {
    let mut entries = Vec::new();
    for (tag, value) in tags {
        let (kind, count, data): (u16, usize, Vec<u8>) = match value {
            Value::Short(all) => (3, all.len(), all.iter().flat_map(|one| one.to_le_bytes()).collect()),
            Value::Long(one) => (4, 1, one.to_le_bytes().to_vec()),
            Value::Fraction(pair) => (5, 1, pair.iter().flat_map(|one| one.to_le_bytes()).collect()),
        };
        entries.extend_from_slice(&tag.to_le_bytes());
        entries.extend_from_slice(&kind.to_le_bytes());
        entries.extend_from_slice(&u32::try_from(count).ok()?.to_le_bytes());
        if data.len() <= 4 {
            entries.extend(data.iter().copied().chain([0; 4]).take(4));
        } else {
            if out.len() % 2 == 1 {
                out.push(0);
            }
            entries.extend_from_slice(&u32::try_from(out.len()).ok()?.to_le_bytes());
            out.extend_from_slice(&data);
        }
    }
    if out.len() % 2 == 1 {
        out.push(0);
    }
    let start = u32::try_from(out.len()).ok()?;
    out.get_mut(*link..*link + 4)?.copy_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&u16::try_from(tags.len()).ok()?.to_le_bytes());
    out.extend_from_slice(&entries);
    *link = out.len();
    out.extend_from_slice(&[0; 4]);
    Some(())
}

/// The pixels of a page in one strip.
struct Strip {
    packed: Vec<u8>,
    bits: u16,
    samples: u16,
}

fn strip(frame: &Frame) -> Option<Strip> {
    let (data, bits, samples) = match &frame.picture {
        DynamicImage::ImageLuma8(picture) if frame.page.bilevel => (bits(picture), 1, 1),
        DynamicImage::ImageLuma8(picture) => (picture.as_raw().clone(), 8, 1),
        DynamicImage::ImageLumaA8(picture) => (picture.as_raw().clone(), 8, 2),
        DynamicImage::ImageRgb8(picture) => (picture.as_raw().clone(), 8, 3),
        DynamicImage::ImageRgba8(picture) => (picture.as_raw().clone(), 8, 4),
        DynamicImage::ImageLuma16(picture) => (little(picture.as_raw()), 16, 1),
        DynamicImage::ImageRgb16(picture) => (little(picture.as_raw()), 16, 3),
        DynamicImage::ImageRgba16(picture) => (little(picture.as_raw()), 16, 4),
        other => (other.to_rgba8().into_raw(), 8, 4),
    };
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&data).ok()?;
    Some(Strip { packed: encoder.finish().ok()?, bits, samples })
}

fn little(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn bits(picture: &GrayImage) -> Vec<u8> {
    let mut out = Vec::new();
    for row in picture.rows() {
        let values: Vec<u8> = row.map(|pixel| u8::from(pixel.0[0] >= 128)).collect();
        out.extend(
            values.chunks(8).map(|eight| eight.iter().enumerate().fold(0_u8, |byte, (at, value)| byte | value << (7 - at))),
        );
    }
    out
}
