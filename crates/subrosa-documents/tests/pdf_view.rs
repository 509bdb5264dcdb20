//! What a PDF file shows to a reader, and where: the rectangles of text agree with those of another program.

#![allow(clippy::disallowed_methods, clippy::print_stderr, clippy::unwrap_used, reason = "tests run programs")]

#[allow(dead_code, reason = "redaction is not tested here")]
mod pdf_support;

use std::process::Command;

use pdf_support::view::lines;
use pdf_support::{file, page, page_with, read, stream};
use subrosa_core::span::Span;
use subrosa_documents::{Document, Rectangle};

/// Most points by which the two programs may differ.
const CLOSE: f32 = 1.5;

/// Page, left, top, right, bottom of every word that `pdftotext` sees; nothing where there is no such program.
fn words(bytes: &[u8]) -> Option<Vec<(u32, [f32; 4], String)>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, bytes).unwrap();
    let run = Command::new("pdftotext").args(["-bbox", "-cropbox"]).arg(&path).arg("-").output();
    let Ok(run) = run else {
        eprintln!("skipped: there is no pdftotext");
        return None;
    };
    let text = String::from_utf8(run.stdout).unwrap();
    let mut page = 0;
    let mut words = Vec::new();
    for line in text.lines() {
        page += u32::from(line.trim_start().starts_with("<page "));
        let Some(rest) = line.trim_start().strip_prefix("<word ") else { continue };
        let edge = |name: &str| {
            let at = rest.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
            rest[at..].split('"').next().unwrap().parse().unwrap()
        };
        let word = rest.split('>').nth(1).unwrap().split('<').next().unwrap();
        words.push((page, [edge("xMin"), edge("yMin"), edge("xMax"), edge("yMax")], word.to_owned()));
    }
    Some(words)
}

/// Where a word is drawn, by the first segment that has it.
fn boxes(document: &Document, word: &str) -> Vec<Rectangle> {
    let (number, at) = document
        .segments
        .iter()
        .enumerate()
        .find_map(|(number, segment)| Some((number, segment.text.find(word)?)))
        .unwrap_or_else(|| panic!("{word} is in no segment"));
    document.body.boxes(number, Span::new(at, at + word.len()))
}

/// Compares every word of a file.
fn agree(objects: &[String], least: usize) {
    let bytes = file(objects);
    let document = read(&bytes).unwrap();
    let Some(words) = words(&bytes) else { return };
    assert!(words.len() >= least, "the other program sees {} words", words.len());
    for (page, [left, top, right, bottom], word) in words {
        let own = boxes(&document, &word);
        assert_eq!(own.len(), 1, "{word} is in one place");
        let Rectangle { x, y, width, height, page: own_page } = own[0];
        let differs = [x - left, y - top, x + width - right, y + height - bottom];
        assert!(
            own_page == page && differs.iter().all(|by| by.abs() < CLOSE),
            "{word} is at {left} {top} {right} {bottom} of page {page}, not at {:?}",
            own[0]
        );
    }
}

const TEXT: &str = "BT /F1 12 Tf 100 600 Td (Patient Quillfeather was) Tj 0 -30 Td (admitted on Tuesday) Tj ET \
                    BT /F1 9 Tf 0.866 0.5 -0.5 0.866 300 300 Tm (seen) Tj ET";
const UPRIGHT: &str =
    "BT /F1 12 Tf 100 600 Td (Patient Quillfeather was) Tj 0 -30 Td [(adm) -300 (itted) 20 ( on Tuesday)] TJ ET";

#[test]
fn boxes_agree_with_another_program() {
    agree(&page(UPRIGHT), 5);
}

#[test]
fn boxes_agree_on_turned_pages() {
    for turn in [90, 180, 270, -90, 450] {
        agree(&page_with(UPRIGHT, "", &format!("/Rotate {turn}"), ""), 5);
    }
}

#[test]
fn boxes_agree_where_the_crop_box_begins_elsewhere() {
    agree(&page_with(UPRIGHT, "", "/CropBox [40 50 500 700]", ""), 5);
    agree(&page_with(UPRIGHT, "", "/CropBox [40 50 500 700] /Rotate 90", ""), 5);
    agree(&page_with(UPRIGHT, "", "/CropBox [40 50 500 700] /Rotate 270", ""), 5);
}

#[test]
fn boxes_agree_for_scaled_and_spaced_text() {
    let scaled = "q 1.5 0 0 1.25 20 10 cm BT /F1 10 Tf 60 400 Td (Wide Quillfeather) Tj ET Q \
                  BT /F1 14 Tf 150 Tz 100 300 Td (stretched) Tj ET BT /F1 1 Tf 16 0 0 16 100 200 Tm (matrix) Tj ET \
                  BT /F1 12 Tf 1 Tc 100 Tz 100 100 Td (spaced) Tj ET BT /F1 12 Tf 0 Tc 5 Ts 100 60 Td (raised) Tj ET";
    agree(&page(scaled), 6);
}

#[test]
fn boxes_agree_inside_forms() {
    let mut objects = page_with("q 1 0 0 1 50 100 cm /Fm Do Q", "", "", "/XObject << /Fm 6 0 R >>");
    objects.push(stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 400 400] /Matrix [2 0 0 2 0 0] /Resources << /Font << /F1 5 0 R >> >>",
        "BT /F1 7 Tf 30 40 Td (Letterhead) Tj ET",
    ));
    agree(&objects, 1);
}

#[test]
fn a_span_over_two_lines_has_two_boxes_and_slanted_text_one_around_it() {
    let document = read(&file(&page(TEXT))).unwrap();
    let text = &document.segments[0].text;
    let (from, to) = (text.find("Quillfeather").unwrap(), text.find(" on Tuesday").unwrap());
    let own = document.body.boxes(0, Span::new(from, to));
    assert_eq!(own.len(), 2, "{own:?}");
    assert!(own[0].y < own[1].y && own[1].x < own[0].x);
    let slanted = boxes(&document, "seen");
    assert_eq!(slanted.len(), 1);
    assert!(slanted[0].height > 12.0, "{slanted:?}");
}

#[test]
fn a_page_shows_what_the_eye_meets() {
    let contents = "BT /F1 12 Tf 72 700 Td (Seen text) Tj ET 3 Tr BT /F1 12 Tf 72 650 Td (Unseen) Tj ET 0 Tr \
                    1 g BT /F1 12 Tf 72 600 Td (White) Tj ET 0 g BT /F1 12 Tf 72 550 Td (Half ) Tj 3 Tr (hidden) Tj ET";
    let document = read(&file(&page(contents))).unwrap();
    assert_eq!(
        lines(&document),
        [
            "[Page 1] line: Seen text",
            "[Page 1] hidden line: Unseen <hidden Unseen>",
            "[Page 1] hidden line: White <hidden White>",
            "[Page 1] line: Half hidden <hidden hidden>",
        ]
    );
}

#[test]
fn forms_annotations_and_properties_come_after_the_pages() {
    let mut objects = page_with(
        "BT /F1 12 Tf 72 700 Td (Letter) Tj ET",
        "/Outlines << /First << /Title (Chapter one) >> >> /AcroForm << /Fields [6 0 R] >>",
        "/Annots [6 0 R 8 0 R]",
        "",
    );
    objects.push(
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Surname) /V (Quillfeather) /Rect [100 500 300 520] /AP << /N 7 0 R >> >>"
            .to_owned(),
    );
    objects.push(stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 5 0 R >> >>",
        "BT /F1 10 Tf 2 5 Td (Quillfeather) Tj ET",
    ));
    objects.push("<< /Type /Annot /Subtype /Text /Contents (Call her) /T (Odette) /Rect [10 10 20 20] >>".to_owned());
    let document = read(&file(&objects)).unwrap();
    let view = lines(&document);
    for line in [
        "[Page 1] line: Letter",
        "[Forms and annotations] line: Quillfeather",
        "[Forms and annotations] field: Surname = Quillfeather",
        "[Annotations] hidden field: annotation = Call her",
        "[Annotations] hidden field: author = Odette",
        "[Bookmarks] hidden field: bookmark = Chapter one",
    ] {
        assert!(view.iter().any(|own| own == line), "{line} is not in {view:#?}");
    }
    let own = boxes(&document, "Quillfeather");
    assert_eq!(own.len(), 1, "an appearance is drawn in its rectangle");
    assert!((own[0].x - 102.0).abs() < 0.1 && (own[0].y - (792.0 - 520.0)).abs() < 20.0, "{own:?}");
}
