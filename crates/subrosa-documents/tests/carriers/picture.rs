//! Places of a picture beside its pixels that can hold a name.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::{Carrier, gone};

/// Too small to hold text, so that no reader of text is asked.
fn dot(format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::from_pixel(4, 4, Rgb([255; 3]))).write_to(&mut out, format).unwrap();
    out.into_inner()
}

pub(super) fn png() -> Vec<u8> {
    dot(ImageFormat::Png)
}

fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let body = [kind, data].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&body);
    [&(data.len() as u32).to_be_bytes(), body.as_slice(), &sum.sum().to_be_bytes()].concat()
}

/// A PNG with a chunk behind its header.
fn png_with(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let mut png = png();
    png.splice(33..33, chunk(kind, data));
    png
}

pub(super) fn png_with_text(value: &str) -> Vec<u8> {
    png_with(b"iTXt", &[b"Author\0\0\0\0\0", value.as_bytes()].concat())
}

/// A JPEG with a segment behind its start.
fn jpeg_with(marker: u8, data: &[u8]) -> Vec<u8> {
    let mut jpeg = dot(ImageFormat::Jpeg);
    let length = (data.len() as u16 + 2).to_be_bytes();
    jpeg.splice(2..2, [&[0xFF, marker], length.as_slice(), data].concat());
    jpeg
}

pub(super) fn jpeg_with_comment(value: &str) -> Vec<u8> {
    jpeg_with(0xFE, value.as_bytes())
}

/// EXIF of one entry, the artist, and behind it a preview.
fn exif(value: &str) -> Vec<u8> {
    let length = (value.len() as u32).to_be_bytes();
    [
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x3B\0\x02".as_slice(),
        &length,
        b"\0\0\0\x1A\0\0\0\0",
        value.as_bytes(),
        b"\xFF\xD8\xFF preview",
    ]
    .concat()
}

/// An enhanced metafile that shows a text.
pub(super) fn emf_with_text(value: &str) -> Vec<u8> {
    let record = |kind: u32, data: &[u8]| {
        let mut data = data.to_vec();
        data.resize(data.len().next_multiple_of(4), 0);
        [&kind.to_le_bytes(), &(data.len() as u32 + 8).to_le_bytes(), data.as_slice()].concat()
    };
    let units: Vec<u8> = value.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let count = (units.len() / 2) as u32;
    let mut text = vec![0; 16];
    text.extend_from_slice(&1_u32.to_le_bytes());
    text.extend_from_slice(&[0; 8]);
    // The reference point, the count, where the text stands, options, the clip, where the spacing stands.
    text.extend_from_slice(&[0; 8]);
    text.extend_from_slice(&count.to_le_bytes());
    text.extend_from_slice(&76_u32.to_le_bytes());
    text.extend_from_slice(&[0; 4]);
    text.extend_from_slice(&[0; 16]);
    text.extend_from_slice(&(76 + units.len().next_multiple_of(4) as u32).to_le_bytes());
    text.extend_from_slice(&units);
    text.resize(text.len().next_multiple_of(4), 0);
    text.extend((0..count).flat_map(|_| 10_u32.to_le_bytes()));
    let text = record(84, &text);
    let end = record(14, &[0; 12]);
    let mut header = vec![0; 100];
    let size = (108 + text.len() + end.len()) as u32;
    header[32..36].copy_from_slice(b" EMF");
    header[36..40].copy_from_slice(&0x0001_0000_u32.to_le_bytes());
    header[40..44].copy_from_slice(&size.to_le_bytes());
    header[44..48].copy_from_slice(&3_u32.to_le_bytes());
    header[48..50].copy_from_slice(&1_u16.to_le_bytes());
    [record(1, &header), text, end].concat()
}

pub(super) fn carriers(value: &str) -> Vec<Carrier> {
    let xmp = format!(
        r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">{value}</dc:creator></x:xmpmeta>"#
    );
    let compressed = {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::none());
        std::io::Write::write_all(&mut encoder, value.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let iptc = [b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0C\x1C\x02\x50\0\x07".as_slice(), value.as_bytes()].concat();
    let behind = |format: ImageFormat| [dot(format), value.as_bytes().to_vec()].concat();
    let mut gif = dot(ImageFormat::Gif);
    let end = gif.len() - 1;
    gif.splice(end..end, [b"\x21\xFE", [value.len() as u8].as_slice(), value.as_bytes(), b"\0"].concat());
    let mut gif_of_program = dot(ImageFormat::Gif);
    gif_of_program
        .splice(end..end, [b"\x21\xFF\x0BXMP DataXMP", [value.len() as u8].as_slice(), value.as_bytes(), b"\0"].concat());
    let mut webp = dot(ImageFormat::WebP);
    webp.extend_from_slice(
        &[b"XMP ".as_slice(), &(xmp.len() as u32).to_le_bytes(), xmp.as_bytes(), &vec![0; xmp.len() % 2]].concat(),
    );
    let size = (webp.len() - 8) as u32;
    webp[4..8].copy_from_slice(&size.to_le_bytes());
    let tiff = {
        let mut out = Cursor::new(Vec::new());
        let mut encoder = tiff::encoder::TiffEncoder::new(&mut out).unwrap();
        let mut image = encoder.new_image::<tiff::encoder::colortype::Gray8>(4, 4).unwrap();
        image.encoder().write_tag(tiff::tags::Tag::Artist, value).unwrap();
        image.encoder().write_tag(tiff::tags::Tag::Unknown(700), xmp.as_bytes()).unwrap();
        image.write_data(&[255; 16]).unwrap();
        out.into_inner()
    };
    vec![
        gone("PNG: a text", "a.png", png_with(b"tEXt", &[b"Author\0", value.as_bytes()].concat())),
        gone("PNG: an international text", "a.png", png_with_text(value)),
        gone("PNG: a compressed text", "a.png", png_with(b"zTXt", &[b"Author\0\0".as_slice(), &compressed].concat())),
        gone("PNG: EXIF", "a.png", png_with(b"eXIf", &exif(value)[6..])),
        gone("PNG: a chunk of one's own", "a.png", png_with(b"prVt", value.as_bytes())),
        gone("PNG: behind its end", "a.png", behind(ImageFormat::Png)),
        gone("JPEG: EXIF", "a.jpg", jpeg_with(0xE1, &exif(value))),
        gone("JPEG: XMP", "a.jpg", jpeg_with(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0".as_slice(), xmp.as_bytes()].concat())),
        gone("JPEG: IPTC", "a.jpg", jpeg_with(0xED, &iptc)),
        gone("JPEG: a comment", "a.jpg", jpeg_with_comment(value)),
        gone("JPEG: a mark of a program", "a.jpg", jpeg_with(0xEC, value.as_bytes())),
        gone("JPEG: behind its end", "a.jpg", behind(ImageFormat::Jpeg)),
        gone("GIF: a comment", "a.gif", gif),
        gone("GIF: a mark of a program", "a.gif", gif_of_program),
        gone("GIF: behind its end", "a.gif", behind(ImageFormat::Gif)),
        gone("WebP: XMP", "a.webp", webp),
        gone("WebP: behind its end", "a.webp", behind(ImageFormat::WebP)),
        gone("BMP: behind its end", "a.bmp", behind(ImageFormat::Bmp)),
        gone("TIFF: artist and XMP", "a.tiff", tiff),
        gone(
            "SVG: text",
            "a.svg",
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg"><title>{value}</title><text>{value}</text><metadata><x>{value}</x></metadata><a xlink:href="mailto:{value}" xmlns:xlink="http://www.w3.org/1999/xlink"/></svg>"#
            ),
        ),
    ]
}
