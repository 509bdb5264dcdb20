//! Images that stand in a content stream: carried as they are, read and painted over where they show a word, black where nobody
//! looked into them and that is not to stay.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "common/bars.rs"]
#[allow(unreachable_pub, dead_code, reason = "each test program uses its own part")]
mod bars;
#[allow(dead_code, reason = "each test program uses its own part")]
mod pdf_support;

use std::io::Write as _;

use bars::{BAR, LOOKING, picture};
use pdf_support::{file_of_bytes, page, pdf, read, redact, stream_of_bytes};
use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::policy::OnUnread;
use subrosa_core::span::Span;
use subrosa_documents::verify::verify;
use subrosa_documents::{Document, Limits, Source};

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A page with an inline image between two texts.
fn with_image(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = page("").into_iter().map(String::into_bytes).collect();
    let head = format!("BI {entries} ID ");
    let contents = [
        b"BT /F1 12 Tf 72 700 Td (before Ashgrove) Tj ET q 200 0 0 120 72 400 cm\n".as_slice(),
        head.as_bytes(),
        data,
        b"\nEI Q BT /F1 12 Tf 72 300 Td (after) Tj ET",
    ];
    objects[3] = stream_of_bytes("", &contents.concat());
    file_of_bytes(&objects)
}

/// What stands between `ID` and `EI` in the contents of a written file.
fn image(written: &[u8]) -> Vec<u8> {
    let document = lopdf::Document::load_mem(written).unwrap();
    let contents = document.get_page_content(document.page_iter().next().unwrap());
    let start = memchr::memmem::find(&contents, b" ID ").unwrap() + 4;
    let end = memchr::memmem::rfind(&contents, b"\nEI").unwrap();
    contents[start..end].to_vec()
}

fn rows() -> Vec<(&'static str, Vec<u8>)> {
    let pixels = picture().to_rgb8().into_raw();
    let wide: Vec<u8> = pixels.iter().cycle().take(3 * 2000 * 700).copied().collect();
    // What is like the end of an image, or of a stream, in the middle of pixels that are counted.
    let mut tricky = pixels.clone();
    tricky[500..526].copy_from_slice(b" EI\x80 endstream endobj EI\x81 ");
    let bits: Vec<u8> = (0..200 * 120 / 8).map(|at| at as u8).collect();
    vec![
        ("/W 200 /H 120 /BPC 8 /CS /RGB", pixels.clone()),
        ("/Width 200 /Height 120 /BitsPerComponent 8 /ColorSpace /DeviceRGB", tricky),
        ("/W 2000 /H 700 /BPC 8 /CS /RGB", wide.clone()),
        ("/W 2000 /H 700 /BPC 8 /CS /RGB /F /Fl", deflated(&wide)),
        ("/W 200 /H 120 /BPC 8 /CS /RGB /F [/Fl]", deflated(&pixels)),
        ("/W 200 /H 120 /BPC 8 /CS [/I /RGB 1 <000000ffffff>]", picture().to_luma8().into_raw()),
        ("/W 200 /H 120 /IM true", bits.clone()),
        ("/W 200 /H 120 /IM true /BPC 1 /D [1 0]", bits),
    ]
}

#[test]
fn pixels_are_carried_through_byte_for_byte() {
    for (entries, data) in rows() {
        let bytes = with_image(entries, &data);
        let document = read(&bytes).unwrap();
        assert_eq!(document.unread, [], "{entries}");
        let said = document.body.notes().concat();
        assert!(said.contains("not looked into: 1"), "{entries}: {said}");
        let written = redact(&bytes, "Ashgrove", "[PLACE]");
        assert!(image(&written) == data, "{entries}: other pixels");
        let text: String = read(&written).unwrap().segments.iter().map(|segment| segment.text.clone()).collect();
        assert!(text.contains("before [PLACE]") && text.contains("after"), "{entries}: {text}");
    }
}

fn look(bytes: &[u8]) -> Document {
    let source = Source::nameless(bytes).with(LOOKING);
    pdf().read(&source, &Limits::default()).unwrap()
}

#[test]
fn a_word_in_their_pixels_is_found_and_painted_over() {
    let pixels = picture().to_rgb8().into_raw();
    for (entries, data) in [
        ("/W 200 /H 120 /BPC 8 /CS /RGB", pixels.clone()),
        ("/W 200 /H 120 /BPC 8 /CS /RGB /F /Fl", deflated(&pixels)),
        ("/W 200 /H 120 /BPC 8 /CS /G", picture().to_luma8().into_raw()),
    ] {
        let bytes = with_image(entries, &data);
        let document = look(&bytes);
        let edit = |(at, found): (usize, &str)| Edit {
            span: Span::new(at, at + found.len()),
            replacement: "[PERSON]".to_owned(),
            entity: Entity::PERSON,
            operator: "replace",
        };
        let segments = document.segments.iter();
        let edits: Vec<Vec<Edit>> =
            segments.map(|segment| segment.text.match_indices("Quillfeather").map(edit).collect()).collect();
        assert!(edits.iter().any(|edits| !edits.is_empty()), "{entries}: the word is not seen");
        let written = document.body.write(&edits).unwrap();
        let source = Source::nameless(&written).with(LOOKING);
        verify(pdf(), &document, &edits, &source, &Limits::default()).unwrap();
        let after = look(&written);
        let has = |word: &str| after.segments.iter().any(|segment| segment.text.contains(word));
        assert!(!has("Quillfeather") && has("Osgood") && has("after"), "{entries}");
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(image(&written).as_slice()), &mut plain).unwrap();
        let place = |x: u32, y: u32| plain[(y * 200 + x) as usize * 3];
        assert_eq!(place(100 + BAR.0 / 2, 20 + BAR.1 / 2), 0, "{entries}: painted over");
        assert_eq!(place(50, 32), 200, "{entries}: a neighbour stays");
    }
}

#[test]
fn what_nobody_looked_into_is_black_where_asked() {
    let (entries, data) = rows().swap_remove(0);
    let mut document = read(&with_image(entries, &data)).unwrap();
    document.body.settle(OnUnread::Remove);
    let written = document.body.write(&[]).unwrap();
    let loaded = lopdf::Document::load_mem(&written).unwrap();
    let contents = loaded.get_page_content(loaded.page_iter().next().unwrap());
    let contents = String::from_utf8_lossy(&contents);
    assert!(contents.contains("0 g 0 0 1 1 re f") && !contents.contains("BI "), "{contents}");
    assert!(document.body.notes().concat().contains("black now"));
}

#[test]
fn small_ones_and_those_of_glyphs_hold_no_text() {
    let notes = |bytes: &[u8]| read(bytes).unwrap().body.notes().concat();
    assert!(!notes(&with_image("/W 8 /H 8 /BPC 8 /CS /G", &[7; 64])).contains("looked into"));
    let mut objects: Vec<Vec<u8>> = page("BT /F1 12 Tf 72 700 Td (a) Tj ET").into_iter().map(String::into_bytes).collect();
    objects[4] =
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 99 99] /FontMatrix [.01 0 0 .01 0 0] /FirstChar 97 /LastChar 97 \
                   /Widths [50] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> >>"
            .to_vec();
    let glyph = [b"50 0 0 0 50 50 d1 BI /W 64 /H 64 /IM true ID ".as_slice(), &[0x55; 512], b" EI"].concat();
    objects.push(stream_of_bytes("", &glyph));
    assert!(!notes(&file_of_bytes(&objects)).contains("looked into"));
}
