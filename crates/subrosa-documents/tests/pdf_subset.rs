//! Subset fonts of PDF: what they have for removed text alone goes with it, and what other text needs stays.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[allow(dead_code)]
mod pdf_support;

use std::fmt::Write as _;

use lopdf::{Document, Object};
use pdf_support::{file, page_with, redact, stream};

const LETTERS: &[char] = &['M', 'a', 'r', 'Q', 'z', ' '];
const GLYPH: usize = 20;

/// A program with an empty glyph and one for each letter: twenty bytes of outline, or the outline of another.
fn program(composite: Option<(usize, u8)>) -> Vec<u8> {
    let mut glyf = Vec::new();
    for glyph in 1..=LETTERS.len() {
        let mut outline = vec![0x11 * glyph as u8; GLYPH];
        outline[..2].copy_from_slice(&[0, 1]);
        if let Some((_, part)) = composite.filter(|(at, _)| *at == glyph) {
            outline[..2].copy_from_slice(&[0xFF, 0xFF]);
            outline[10..16].copy_from_slice(&[0, 0, 0, part, 0, 0]);
        }
        glyf.extend(outline);
    }
    let mut loca: Vec<u8> = vec![0, 0];
    (0..=LETTERS.len()).for_each(|glyph| loca.extend(((glyph * GLYPH / 2) as u16).to_be_bytes()));
    let tables: [(&[u8], Vec<u8>); 3] = [(b"glyf", glyf), (b"head", vec![0; 54]), (b"loca", loca)];
    let mut out = vec![0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0];
    let mut at = 12 + 16 * tables.len();
    for (tag, data) in &tables {
        out.extend(*tag);
        out.extend([0; 4]);
        out.extend((at as u32).to_be_bytes());
        out.extend((data.len() as u32).to_be_bytes());
        at += data.len();
    }
    tables.iter().for_each(|(_, data)| out.extend(data));
    out
}

fn codes(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, char| {
        let code = LETTERS.iter().position(|letter| *letter == char).unwrap() + 1;
        let _ = write!(out, "{code:04x}");
        out
    })
}

fn document(text: &str, composite: Option<(usize, u8)>) -> Vec<u8> {
    let contents = format!("BT /F2 12 Tf 72 700 Td <{}> Tj ET", codes(text));
    let mut objects = page_with(&contents, "", "", "");
    objects[2] = objects[2].replace("/F1 5 0 R", "/F1 5 0 R /F2 6 0 R");
    let hex: String = program(composite).iter().map(|byte| format!("{byte:02x}")).collect::<String>() + ">";
    let table: String =
        LETTERS.iter().enumerate().map(|(at, char)| format!("<{:04x}> <{:04x}>\n", at + 1, u32::from(*char))).collect();
    let table =
        format!("begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n6 beginbfchar\n{table}endbfchar\nendcmap");
    objects.extend([
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Sample /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 9 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Sample /CIDToGIDMap /Identity /DW 600 /FontDescriptor 8 0 R >>".to_owned(),
        "<< /Type /FontDescriptor /FontName /ABCDEF+Sample /Flags 4 /FontFile2 10 0 R >>".to_owned(),
        stream("", &table),
        stream("/Filter /ASCIIHexDecode", &hex),
    ]);
    file(&objects)
}

/// The font program and the table of a written file.
fn written(bytes: &[u8]) -> (Vec<u8>, String) {
    let document = Document::load_mem(bytes).unwrap();
    let streams = || document.objects.values().filter_map(|object| object.as_stream().ok());
    let plain = |key: &[u8]| {
        let id = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok()?.get(key).and_then(Object::as_reference).ok())
            .next()
            .unwrap();
        document.get_object(id).unwrap().as_stream().unwrap().decompressed_content().unwrap()
    };
    assert!(streams().count() > 2);
    (plain(b"FontFile2"), String::from_utf8(plain(b"ToUnicode")).unwrap())
}

fn outline(program: &[u8], letter: char) -> &[u8] {
    let at = 12 + 16 * 3 + GLYPH * LETTERS.iter().position(|other| *other == letter).unwrap();
    &program[at..at + GLYPH]
}

#[test]
fn letters_of_removed_text_alone_go() {
    let (program, table) = written(&redact(&document("Mara Qzaz", None), "Qzaz", "[PERSON]"));
    for letter in ['Q', 'z'] {
        assert_eq!(outline(&program, letter), [0; GLYPH], "{letter}");
        assert!(!table.contains(&format!("<{:04x}>\n", u32::from(letter))), "{table}");
    }
    for letter in ['M', 'a', 'r'] {
        assert_ne!(outline(&program, letter), [0; GLYPH], "{letter}");
        assert!(table.contains(&format!("<{:04x}>\n", u32::from(letter))), "{table}");
    }
}

#[test]
fn outlines_that_others_are_made_of_stay() {
    let (program, _) = written(&redact(&document("Mara Qzaz", Some((3, 5))), "Qzaz", "[PERSON]"));
    assert_ne!(outline(&program, 'z'), [0; GLYPH], "the letter r is made of it");
    assert_eq!(outline(&program, 'Q'), [0; GLYPH]);
}

#[test]
fn a_font_whose_letters_are_all_shown_still_stays_as_it_is() {
    let (before, _) = written(&document("Mara Qzaz Qzar", None));
    let (after, _) = written(&redact(&document("Mara Qzaz Qzar", None), "Qzaz", "[PERSON]"));
    assert!(before == after);
}
