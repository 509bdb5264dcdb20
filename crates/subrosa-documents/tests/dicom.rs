//! DICOM: what the profile removes goes, the rest is looked through, burned-in text is painted over.

#![allow(clippy::unwrap_used, clippy::trivially_copy_pass_by_ref, reason = "helpers of tests")]

mod common;

use common::replace_all;
use subrosa_core::policy::OnUnread;
use subrosa_documents::ocr::{Ocr, Word};
use subrosa_documents::verify::verify;
use subrosa_documents::{Aids, Document, Format, Limits, Source, formats};

/// Reads one word, where the picture is bright.
struct Bright;

impl Ocr for Bright {
    fn words(&self, png: &[u8]) -> Result<Vec<Word>, String> {
        let picture = image::load_from_memory(png).map_err(|_| "no picture")?.to_luma8();
        let bright = picture.get_pixel(20, 20).0[0] > 200;
        let text = "Quillfeather".to_owned();
        let word = Word { text, left: 10, top: 10, width: 40, height: 20, line: 0, paragraph: 0, confidence: 95 };
        Ok(if bright { vec![word] } else { Vec::new() })
    }
}

const LOOKING: Aids<'static> = Aids { ocr: Some(&Bright), passwords: &[] };

fn element(tag: u32, kind: &[u8; 2], value: &[u8], implied: bool) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(((tag >> 16) as u16).to_le_bytes());
    out.extend((tag as u16).to_le_bytes());
    let mut value = value.to_vec();
    if value.len() % 2 == 1 {
        value.push(if kind == b"UI" { 0 } else { b' ' });
    }
    if implied {
        out.extend((value.len() as u32).to_le_bytes());
    } else if matches!(kind, b"SQ" | b"OB" | b"OW" | b"UT" | b"UN") {
        out.extend(kind);
        out.extend([0, 0]);
        out.extend((value.len() as u32).to_le_bytes());
    } else {
        out.extend(kind);
        out.extend((value.len() as u16).to_le_bytes());
    }
    out.extend(value);
    out
}

fn file(implied: bool) -> Vec<u8> {
    let syntax = if implied { "1.2.840.10008.1.2" } else { "1.2.840.10008.1.2.1" };
    let mut out = vec![b'J'; 128];
    out.extend(b"DICM");
    out.extend(element(0x0002_0003, b"UI", b"1.2.3.4.5", false));
    out.extend(element(0x0002_0010, b"UI", syntax.as_bytes(), false));
    out.extend(element(0x0002_0016, b"AE", b"QUILLSTATION", false));
    let mut pixels = vec![10_u8; 64 * 64];
    for row in 10..30 {
        pixels[row * 64 + 10..row * 64 + 50].fill(250);
    }
    // A bright spot that stays: what is shown of a picture depends on its brightest point.
    for row in 54..60 {
        pixels[row * 64 + 54..row * 64 + 60].fill(250);
    }
    let inner =
        [element(0x0008_1150, b"UI", b"1.2.840.10008.5.1.4.1.1.7", implied), element(0x0008_1155, b"UI", b"1.2.3.4.5", implied)];
    let inner = inner.concat();
    let mut item = vec![0xFE, 0xFF, 0x00, 0xE0];
    item.extend((inner.len() as u32).to_le_bytes());
    item.extend(inner);
    let short = |number: u16| number.to_le_bytes();
    for (tag, kind, value) in [
        (0x0008_0005, b"CS", b"ISO_IR 192".as_slice()),
        (0x0008_0018, b"UI", b"1.2.3.4.5"),
        (0x0008_0020, b"DA", b"20210312"),
        (0x0008_0060, b"CS", b"US"),
        (0x0008_0070, b"LO", b"Acme for Quillfeather"),
        (0x0008_1030, b"LO", b"Chest of Larkspur"),
        (0x0008_1140, b"SQ", &item),
        (0x0009_0010, b"LO", b"Larkspur private"),
        (0x0010_0010, b"PN", b"Quillfeather^Jane"),
        (0x0010_1040, b"LO", b"42 Larkspur Lane"),
        (0x0028_0002, b"US", &short(1)),
        (0x0028_0004, b"CS", b"MONOCHROME2"),
        (0x0028_0010, b"US", &short(64)),
        (0x0028_0011, b"US", &short(64)),
        (0x0028_0100, b"US", &short(8)),
        (0x6000_3000, b"OW", b"Larkspur"),
        (0x7FE0_0010, b"OW", &pixels),
    ] {
        out.extend(element(tag, kind, value, implied));
    }
    out
}

fn open(bytes: &[u8], aids: Aids<'_>) -> (&'static dyn Format, Document) {
    let source = Source::nameless(bytes).with(aids);
    let format = formats::sniff(&source).unwrap();
    (format, format.read(&source, &Limits::default()).unwrap())
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

#[test]
fn the_profile_removes_and_edits_reach_the_rest() {
    for implied in [false, true] {
        let bytes = file(implied);
        let (format, document) = open(&bytes, LOOKING);
        assert_eq!(format.id(), "dcm");
        assert!(document.unread.is_empty());
        assert_eq!(common::labels(&document, "Quillfeather Jane"), ["Patient Name"]);
        assert!(common::texts(&document).contains(&"42 Larkspur Lane"));
        let edits = replace_all(&document, "Quillfeather", "[PERSON]");
        let out = document.body.write(&edits).unwrap();
        verify(format, &document, &edits, &Source::nameless(&out).with(LOOKING), &Limits::default()).unwrap();
        for gone in [b"Quill".as_slice(), b"QUILL", b"Larkspur", b"JJJJ", b"20210312", b"1.2.3.4.5"] {
            assert!(!holds(&out, gone), "{implied}: {}", String::from_utf8_lossy(gone));
        }
        for kept in [b"Acme for [PERSON]".as_slice(), b"MONOCHROME2", b"1.2.840.10008.5.1.4.1.1.7", b"2.25.", b"113100"] {
            assert!(holds(&out, kept), "{implied}: {}", String::from_utf8_lossy(kept));
        }
        assert!(!holds(&out, &[250; 8]), "the word in the pixels is filled");
        let again = open(&out, LOOKING).1.body.write(&[]).unwrap();
        assert_eq!(again.len(), out.len(), "the same shape when written again");
    }
}

#[test]
fn pixels_nobody_can_read_stay_or_are_painted_over_as_the_policy_says() {
    let bytes = file(false);
    let (_, mut document) = open(&bytes, Aids::default());
    assert_eq!(document.unread.len(), 1);
    assert!(document.settle(OnUnread::Fail).is_err());
    assert!(document.settle(OnUnread::Keep).is_ok());
    assert!(holds(&document.body.write(&[]).unwrap(), &[250; 8]));
    assert!(document.settle(OnUnread::Blank).is_ok());
    assert!(!holds(&document.body.write(&[]).unwrap(), &[250; 8]));
}

#[test]
fn broken_files_are_refused_and_never_make_it_stumble() {
    let bytes = file(false);
    for length in (132..bytes.len()).step_by(7) {
        for bytes in [bytes[..length].to_vec(), [&bytes[..length], &[0xFF], &bytes[length + 1..]].concat()] {
            let source = Source::nameless(&bytes).with(LOOKING);
            if let Ok(document) = formats::sniff(&source).unwrap().read(&source, &Limits::default()) {
                let _ = document.body.write(&[]);
            }
        }
    }
}
