//! Pictures: words are found and painted over in every kind of file, what is beside the pixels goes, and nothing that is no
//! picture makes the reader stumble. Words are bars in shades of grey, which the reader of text used here knows by heart.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::io::Cursor;

use common::bars::{LOOKING, encoded, picture};
use common::replace_all;
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgb, RgbImage};
use subrosa_core::policy::OnUnread;
use subrosa_documents::verify::verify;
use subrosa_documents::{Aids, Document, Format, Limits, Refusal, Source, formats};

fn open(bytes: &[u8], aids: Aids<'_>) -> Result<(&'static dyn Format, Document), Refusal> {
    let source = Source::nameless(bytes).with(aids);
    let format = formats::sniff(&source)?;
    Ok((format, format.read(&source, &Limits::default())?))
}

/// The file with a word gone, verified.
fn redacted(bytes: &[u8], value: &str) -> Vec<u8> {
    let (format, document) = open(bytes, LOOKING).unwrap();
    assert!(document.unread.is_empty(), "{:?}", document.unread);
    let edits = replace_all(&document, value, "[PERSON]");
    assert!(edits.iter().any(|edits| !edits.is_empty()), "{value} is in no segment");
    let out = document.body.write(&edits).unwrap();
    verify(format, &document, &edits, &Source::nameless(&out).with(LOOKING), &Limits::default()).unwrap();
    out
}

fn texts(bytes: &[u8]) -> Vec<String> {
    open(bytes, LOOKING).unwrap().1.segments.into_iter().map(|segment| segment.text).collect()
}

fn all_kinds() -> Vec<(&'static str, Vec<u8>)> {
    let picture = picture();
    vec![
        ("png", encoded(&picture, ImageFormat::Png)),
        ("jpg", encoded(&picture, ImageFormat::Jpeg)),
        ("bmp", encoded(&picture, ImageFormat::Bmp)),
        ("webp", encoded(&picture, ImageFormat::WebP)),
        ("gif", moving(&[&picture])),
        ("tiff", tiff(&[&picture])),
    ]
}

fn moving(pictures: &[&DynamicImage]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = GifEncoder::new(&mut out);
    let frame =
        |picture: &&DynamicImage| image::Frame::from_parts(picture.to_rgba8(), 0, 0, image::Delay::from_numer_denom_ms(100, 1));
    encoder.encode_frames(pictures.iter().map(frame)).unwrap();
    drop(encoder);
    out
}

fn tiff(pages: &[&DynamicImage]) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut out).unwrap();
    for page in pages {
        let pixels = page.to_rgb8();
        let mut image = encoder.new_image::<tiff::encoder::colortype::RGB8>(page.width(), page.height()).unwrap();
        image.encoder().write_tag(tiff::tags::Tag::Artist, "Tobias Larkspur").unwrap();
        image.write_data(pixels.as_raw()).unwrap();
    }
    out.into_inner()
}

#[test]
fn words_are_painted_over_in_every_kind() {
    for (kind, bytes) in all_kinds() {
        let (format, document) = open(&bytes, LOOKING).unwrap();
        assert_eq!(format.id(), kind);
        assert_eq!(texts(&bytes), ["Patient: Quillfeather\nOsgood seen"], "{kind}");
        assert!(document.body.notes().iter().any(|note| note.contains("handwriting")), "{kind}");
        let out = redacted(&bytes, "Quillfeather");
        assert_eq!(texts(&out), ["Patient:\nOsgood seen"], "{kind}");
        if kind != "tiff" {
            let decoded = image::load_from_memory(&out).unwrap();
            assert_eq!(decoded.dimensions(), (200, 120), "{kind}");
            let [red, green, blue, alpha] = decoded.get_pixel(130, 32).0;
            assert!(red.max(green).max(blue) < 20 && alpha == 255, "{kind}");
        }
    }
}

#[test]
fn what_is_not_edited_keeps_its_pixels() {
    for (kind, bytes) in all_kinds().into_iter().filter(|(kind, _)| *kind != "tiff") {
        let (_, document) = open(&bytes, LOOKING).unwrap();
        let out = document.body.write(&[]).unwrap();
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgba8().into_raw();
        assert_eq!(pixels(&out), pixels(&bytes), "{kind}");
        let again = open(&out, LOOKING).unwrap().1.body.write(&[]).unwrap();
        assert_eq!(again, out, "{kind}: once clean, always the same");
    }
}

#[test]
fn every_page_and_frame_is_looked_into() {
    let (first, blank) = (picture(), DynamicImage::ImageRgb8(RgbImage::from_pixel(200, 120, Rgb([255; 3]))));
    let pages = tiff(&[&blank, &first, &first]);
    let (_, document) = open(&pages, LOOKING).unwrap();
    assert_eq!(document.segments.len(), 2);
    assert_eq!(document.body.place(0, subrosa_core::span::Span::new(0, 1)), "page 2");
    let out = redacted(&pages, "Osgood");
    assert_eq!(texts(&out), ["Patient: Quillfeather\nseen", "Patient: Quillfeather\nseen"]);
    let out = redacted(&moving(&[&first, &blank, &first]), "Osgood");
    assert_eq!(texts(&out).len(), 2);
    assert!(!texts(&out).concat().contains("Osgood"));
}

/// A chunk as PNG has them.
fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let body = [kind, data].concat();
    let mut crc = flate2::Crc::new();
    crc.update(&body);
    [&(data.len() as u32).to_be_bytes(), body.as_slice(), &crc.sum().to_be_bytes()].concat()
}

#[test]
fn what_is_beside_the_pixels_goes() {
    let secret = b"Tobias Larkspur";
    let holds = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
    let mut png = encoded(&picture(), ImageFormat::Png);
    png.splice(33..33, chunk(b"tEXt", &[b"Author\0", &secret[..]].concat()));
    png.extend_from_slice(secret);
    let mut jpeg = encoded(&picture(), ImageFormat::Jpeg);
    jpeg.splice(2..2, [b"\xFF\xFE\0\x11".as_slice(), secret].concat());
    jpeg.extend_from_slice(secret);
    let mut gif = moving(&[&picture()]);
    let end = gif.len() - 1;
    gif.splice(end..end, [b"\x21\xFE\x0F".as_slice(), secret, b"\0"].concat());
    gif.extend_from_slice(secret);
    let mut webp = encoded(&picture(), ImageFormat::WebP);
    webp.extend_from_slice(&[b"XMP \x0F\0\0\0".as_slice(), secret, b"\0"].concat());
    let size = (webp.len() - 8) as u32;
    webp[4..8].copy_from_slice(&size.to_le_bytes());
    webp.extend_from_slice(secret);
    let mut bmp = encoded(&picture(), ImageFormat::Bmp);
    bmp.extend_from_slice(secret);
    for (kind, bytes) in [("png", png), ("jpg", jpeg), ("gif", gif), ("webp", webp), ("bmp", bmp), ("tiff", tiff(&[&picture()]))]
    {
        assert!(holds(&bytes), "{kind}");
        let (_, document) = open(&bytes, LOOKING).unwrap();
        let clean = document.body.write(&[]).unwrap();
        assert!(!holds(&clean), "{kind}");
        if kind != "tiff" {
            assert!(document.body.notes().iter().any(|note| note.contains("beside the pixels")), "{kind}");
        }
        assert!(!holds(&redacted(&bytes, "Quillfeather")), "{kind}");
        // Nobody reads text: the picture may stay, without its metadata, or be painted over.
        let (_, mut document) = open(&bytes, Aids::default()).unwrap();
        assert_eq!(document.unread.len(), 1, "{kind}");
        assert!(document.settle(OnUnread::Fail).is_err(), "{kind}");
        assert!(document.settle(OnUnread::Keep).is_ok(), "{kind}");
        assert!(!holds(&document.body.write(&[]).unwrap()), "{kind}");
        assert!(document.settle(OnUnread::Blank).is_ok(), "{kind}");
        let blank = document.body.write(&[]).unwrap();
        assert!(!holds(&blank) && texts(&blank).is_empty(), "{kind}");
    }
}

#[test]
fn unseen_colours_do_not_stay() {
    let mut picture = picture().to_rgba8();
    picture.pixels_mut().filter(|pixel| pixel.0[0] == 60).for_each(|pixel| pixel.0[3] = 0);
    let bytes = encoded(&DynamicImage::ImageRgba8(picture), ImageFormat::Png);
    let (_, document) = open(&bytes, LOOKING).unwrap();
    let out = image::load_from_memory(&document.body.write(&[]).unwrap()).unwrap().to_rgba8();
    assert!(out.pixels().all(|pixel| pixel.0[3] != 0 || pixel.0 == [0; 4]));
}

#[test]
fn pictures_that_lie_turned_are_painted_where_the_word_is() {
    // EXIF says: turn by a quarter clockwise.
    let mut jpeg = encoded(&picture().rotate270(), ImageFormat::Jpeg);
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    jpeg.splice(2..2, [&[0xFF, 0xE1, 0, exif.len() as u8 + 2], exif.as_slice()].concat());
    let out = image::load_from_memory(&redacted(&jpeg, "Quillfeather")).unwrap().to_luma8();
    assert_eq!(out.dimensions(), (200, 120), "it stands upright now");
    assert!(out.get_pixel(130, 32).0[0] < 20);
}

#[test]
fn broken_files_are_refused_and_never_make_it_stumble() {
    for (kind, bytes) in all_kinds() {
        for length in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let _ = open(&bytes[..length], LOOKING).map(|(_, document)| document.body.write(&[]).map(|out| out.len()));
            let mut changed = bytes.clone();
            changed[length] ^= 0xFF;
            let _ = open(&changed, LOOKING).map(|(_, document)| document.body.write(&[]).map(|out| out.len()));
        }
        assert!(open(&bytes[..bytes.len() / 2], LOOKING).is_err() || kind != "png", "{kind}");
    }
    // A header that promises more pixels than there can be.
    let mut huge = encoded(&picture(), ImageFormat::Png);
    huge.splice(8..33, chunk(b"IHDR", b"\x7F\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x08\x02\0\0\0"));
    let (_, document) = open(&huge, LOOKING).unwrap();
    assert_eq!(document.unread.len(), 1);
}
