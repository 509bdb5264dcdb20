//! Pictures inside documents of other kinds: what is printed in them is found and painted over, and what is not stays.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "docx/build.rs"]
mod build;
mod common;

use std::fmt::Write as _;

use base64::Engine as _;
use build::{archive, member};
use common::bars::{BAR, LOOKING, encoded, picture};
use common::replace_all;
use image::{DynamicImage, ImageFormat};
use subrosa_core::policy::OnUnread;
use subrosa_documents::verify::verify;
use subrosa_documents::{Document, Limits, Source, formats};

const VALUE: &str = "Quillfeather";

fn read(name: &str, bytes: &[u8]) -> Document {
    let source = Source::new(bytes, name).with(LOOKING);
    let document = formats::sniff(&source).unwrap().read(&source, &Limits::default()).unwrap();
    common::view::view(&document);
    document
}

/// The file with the word gone, verified; before, that it is unchanged without edits where `same`.
fn redacted(name: &str, bytes: &[u8], same: bool) -> Vec<u8> {
    let document = read(name, bytes);
    assert_eq!(document.unread, [], "{name}");
    if same {
        assert!(document.body.write(&[]).unwrap() == bytes, "{name} is not changed without edits");
    }
    let edits = replace_all(&document, VALUE, "[PERSON]");
    assert!(edits.iter().any(|edits| !edits.is_empty()), "the word is in no segment of {name}");
    let written = document.body.write(&edits).unwrap();
    let source = Source::new(&written, name).with(LOOKING);
    verify(formats::sniff(&source).unwrap(), &document, &edits, &source, &Limits::default()).unwrap();
    let after = read(name, &written);
    let has = |word: &str| after.segments.iter().any(|segment| segment.text.contains(word));
    assert!(!has(VALUE) && has("Osgood"), "{name}: one word goes and the others stay");
    written
}

/// That the word is black and its neighbours are as they were.
fn assert_painted(picture: &[u8]) {
    let picture = image::load_from_memory(picture).unwrap().to_luma8();
    assert_eq!((picture.width(), picture.height()), (200, 120));
    let second = (20 + 80 + BAR.0 / 2, 20 + BAR.1 / 2);
    assert_eq!(picture.get_pixel(second.0, second.1).0, [0], "painted over");
    assert_eq!(picture.get_pixel(50, 32).0, [200], "a neighbour stays");
    assert_eq!(picture.get_pixel(5, 5).0, [255], "the ground stays");
}

fn png() -> Vec<u8> {
    encoded(&picture(), ImageFormat::Png)
}

fn base64() -> String {
    base64::engine::general_purpose::STANDARD.encode(png())
}

const ODF: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink""#;

#[test]
fn in_packages_of_opendocument() {
    let content = format!(
        r#"<office:document-content {ODF}><office:body><office:text><text:p>Letter<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame></text:p></office:text></office:body></office:document-content>"#
    );
    let list = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="Pictures/1.png" manifest:media-type="image/png"/></manifest:manifest>"#;
    let file = archive(&[
        ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml".to_owned(), content.into_bytes()),
        ("Pictures/1.png".to_owned(), png()),
        ("META-INF/manifest.xml".to_owned(), list.as_bytes().to_vec()),
    ]);
    let written = redacted("letter.odt", &file, false);
    assert_painted(&member(&written, "Pictures/1.png").unwrap());
    assert_eq!(member(&written, "content.xml"), member(&file, "content.xml"));
}

#[test]
fn in_flat_files_of_opendocument() {
    let file = format!(
        r#"<?xml version="1.0"?><office:document {ODF} office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>Letter<draw:frame><draw:image><office:binary-data>{}</office:binary-data></draw:image></draw:frame></text:p></office:text></office:body></office:document>"#,
        base64()
    );
    let written = String::from_utf8(redacted("letter.fodt", file.as_bytes(), true)).unwrap();
    let start = written.find("<office:binary-data>").unwrap() + 20;
    let end = written.find("</office:binary-data>").unwrap();
    assert_painted(&base64::engine::general_purpose::STANDARD.decode(&written[start..end]).unwrap());
}

#[test]
fn in_rtf_with_the_copy_for_older_programs_gone() {
    let digits = png().iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    });
    let file = format!(
        "{{\\rtf1\\ansi Letter {{\\*\\shppict{{\\pict\\pngblip\n{digits}}}}}{{\\nonshppict{{\\pict\\wmetafile8\n{digits}}}}}{{\\info{{\\creatim\\yr2024\\mo3\\dy4}}}}}}"
    );
    let written = String::from_utf8(redacted("letter.rtf", file.as_bytes(), false)).unwrap();
    assert!(!written.contains("nonshppict") && !written.contains("creatim"));
    let start = written.find("pngblip").unwrap() + 7;
    let digits: Vec<u8> =
        written[start..written[start..].find('}').unwrap() + start].bytes().filter(u8::is_ascii_hexdigit).collect();
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap() as u8;
    assert_painted(&digits.chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect::<Vec<u8>>());
}

#[test]
fn in_addresses_of_html() {
    let file = format!(
        "<!DOCTYPE html><html><body><p>Letter</p><img alt=\"scan\" src=\"data:image/png;base64,{}\"></body></html>",
        base64()
    );
    let written = String::from_utf8(redacted("letter.html", file.as_bytes(), true)).unwrap();
    let start = written.find("base64,").unwrap() + 7;
    let end = written[start..].find('"').unwrap() + start;
    assert_painted(&base64::engine::general_purpose::STANDARD.decode(&written[start..end]).unwrap());
}

#[test]
fn in_mail_beside_the_html_that_shows_them() {
    let file = format!(
        "From: desk@example.com\r\nTo: office@example.com\r\nSubject: Letter\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Letter</p><img src=\"cid:one\">\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <one>\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: inline\r\n\r\n{}\r\n--b--\r\n",
        base64()
            .as_bytes()
            .chunks(76)
            .map(|line| String::from_utf8(line.to_vec()).unwrap() + "\r\n")
            .collect::<String>()
            .trim_end()
    );
    let written = String::from_utf8(redacted("letter.eml", file.as_bytes(), true)).unwrap();
    let start = written.find("inline\r\n\r\n").unwrap() + 10;
    let end = written.rfind("\r\n--b--").unwrap();
    let data: String = written[start..end].split_whitespace().collect();
    assert_painted(&base64::engine::general_purpose::STANDARD.decode(data).unwrap());
}

/// A page of text with an image of these entries beside it; more objects follow the image, which is object 6.
fn page(entries: &str, data: &[u8], more: &[(String, Vec<u8>)]) -> Vec<u8> {
    let contents = "BT /F1 12 Tf 72 720 Td (Dear Sir, please find the card below.) Tj ET q 200 0 0 120 72 500 cm /Im Do Q";
    let mut objects: Vec<(String, Option<Vec<u8>>)> = vec![
        ("/Type/Catalog/Pages 2 0 R".to_owned(), None),
        ("/Type/Pages/Kids[3 0 R]/Count 1".to_owned(), None),
        (
            "/Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</Im 6 0 R>>>>"
                .to_owned(),
            None,
        ),
        (String::new(), Some(contents.as_bytes().to_vec())),
        ("/Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding".to_owned(), None),
        (format!("/Type/XObject/Subtype/Image/Width 200/Height 120{entries}"), Some(data.to_vec())),
    ];
    objects.extend(more.iter().map(|(entries, data)| (entries.clone(), Some(data.clone()))));
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, (entries, data)) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n<<{entries}", index + 1).into_bytes());
        match data {
            Some(data) => {
                out.extend(format!("/Length {}>>\nstream\n", data.len()).into_bytes());
                out.extend(data);
                out.extend(b"\nendstream\nendobj\n");
            }
            None => out.extend(b">>\nendobj\n"),
        }
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    offsets.iter().for_each(|offset| out.extend(format!("{offset:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).into_bytes());
    out
}

#[test]
fn on_pages_of_pdf_beside_text() {
    let rgb = picture().to_rgb8().into_raw();
    let grey = picture().to_luma8().into_raw();
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 95);
    picture().write_with_encoder(encoder).unwrap();
    let palette: String = (0..=255).map(|level| format!("{level:02x}{level:02x}{level:02x}")).collect();
    let opaque = vec![255; grey.len()];
    for (entries, data, more) in [
        ("/ColorSpace/DeviceRGB/BitsPerComponent 8".to_owned(), &rgb, vec![]),
        ("/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode".to_owned(), &jpeg, vec![]),
        (format!("/ColorSpace[/Indexed/DeviceRGB 255<{palette}>]/BitsPerComponent 8"), &grey, vec![]),
        (
            "/ColorSpace/DeviceGray/BitsPerComponent 8/SMask 7 0 R".to_owned(),
            &grey,
            vec![(
                "/Type/XObject/Subtype/Image/Width 200/Height 120/ColorSpace/DeviceGray/BitsPerComponent 8".to_owned(),
                opaque,
            )],
        ),
    ] {
        let file = page(&entries, data, &more);
        let written = redacted("letter.pdf", &file, false);
        let text = String::from_utf8_lossy(&written);
        assert!(text.contains("/Width 200") && !text.contains("Indexed"), "{entries}");
        let again = read("letter.pdf", &written);
        assert!(again.segments.iter().any(|segment| segment.text.contains("Dear Sir")), "the page keeps its text");
    }
}

#[test]
fn without_a_reader_of_text_they_stay_and_the_notes_say_so() {
    let file = page("/ColorSpace/DeviceRGB/BitsPerComponent 8", picture().to_rgb8().as_raw(), &[]);
    let source = Source::new(&file, "letter.pdf");
    let document = formats::sniff(&source).unwrap().read(&source, &Limits::default()).unwrap();
    assert_eq!(document.unread, []);
    assert!(document.body.notes().iter().any(|note| note.contains("not looked into: 1")), "{:?}", document.body.notes());
    let dot = encoded(&DynamicImage::new_rgb8(1, 1), ImageFormat::Png);
    let dot = base64::engine::general_purpose::STANDARD.encode(dot);
    let page = format!("<!DOCTYPE html><p>Letter<img src=\"data:image/png;base64,{dot}\">");
    let source = Source::new(page.as_bytes(), "letter.html");
    let document = formats::sniff(&source).unwrap().read(&source, &Limits::default()).unwrap();
    assert_eq!(document.unread, [], "what is too small to hold text is no reason to refuse");
}

#[test]
fn pictures_that_nobody_looked_into_are_blanked_when_that_is_wished() {
    let settled = |name: &str, bytes: &[u8]| {
        let source = Source::new(bytes, name);
        let mut document = formats::sniff(&source).unwrap().read(&source, &Limits::default()).unwrap();
        assert_eq!(document.unread, [], "{name}");
        assert!(document.body.notes().iter().any(|note| note.contains("not looked into")), "{:?}", document.body.notes());
        document.settle(OnUnread::Blank).unwrap();
        assert!(!document.body.notes().iter().any(|note| note.contains("not looked into")), "{:?}", document.body.notes());
        document.body.write(&[]).unwrap()
    };
    let content = format!(
        r#"<office:document-content {ODF}><office:body><office:text><text:p>Letter</text:p></office:text></office:body></office:document-content>"#
    );
    let list = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    let file = archive(&[
        ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml".to_owned(), content.into_bytes()),
        ("Pictures/1.png".to_owned(), png()),
        ("META-INF/manifest.xml".to_owned(), list.as_bytes().to_vec()),
    ]);
    let black = |picture: &[u8]| image::load_from_memory(picture).unwrap().to_luma8().pixels().all(|pixel| pixel.0 == [0]);
    assert!(black(&member(&settled("letter.odt", &file), "Pictures/1.png").unwrap()));

    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let relations = |kind: &str, target: &str| {
        format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{relation}/{kind}" Target="{target}"/></Relationships>"#).into_bytes()
    };
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let file = archive(&[
        ("[Content_Types].xml".to_owned(), types.as_bytes().to_vec()),
        ("_rels/.rels".to_owned(), relations("officeDocument", "word/document.xml")),
        (
            "word/document.xml".to_owned(),
            format!(r#"<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>Letter</w:t></w:r></w:p></w:body></w:document>"#)
                .into_bytes(),
        ),
        ("word/_rels/document.xml.rels".to_owned(), relations("image", "media/image1.png")),
        ("word/media/image1.png".to_owned(), png()),
    ]);
    assert!(black(&member(&settled("letter.docx", &file), "word/media/image1.png").unwrap()));

    let file = page("/ColorSpace/DeviceRGB/BitsPerComponent 8", picture().to_rgb8().as_raw(), &[]);
    let written = settled("letter.pdf", &file);
    assert!(!String::from_utf8_lossy(&written).contains("/Width 200"));
}
