//! Packages that are broken, or made to break a reader: refused with the part and the reason, never a panic.

#[path = "docx/build.rs"]
mod build;
mod common;

use build::{Docx, archive, document, paragraph};
use common::{open, refusal};
use subrosa_documents::{Limits, Refusal, Source, formats};

const NAME: &str = "file.docx";

fn sample() -> Docx {
    let body: String = (0..200).map(|number| paragraph(&[&format!("Line {number} of "), "a text that is long enough"])).collect();
    Docx::new(&body).related("rId2", "settings", "word/settings.xml", "<a/>")
}

#[test]
fn a_cut_or_changed_file_never_panics() {
    let bytes = sample().bytes();
    for length in (4..bytes.len()).step_by(100).chain(bytes.len().saturating_sub(200)..bytes.len()) {
        assert!(open(NAME, &bytes[..length]).is_err(), "cut to {length}");
    }
    for at in (0..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x41;
        if let Ok((_, document)) = open(NAME, &changed) {
            let _ = document.body.write(&[]);
        }
    }
}

#[test]
fn broken_markup_is_refused() {
    for (markup, why) in [
        ("<w:document xmlns:w='x'><w:body></w:document>", "mismatched tags"),
        ("<a><b></a>", "mismatched tags"),
        ("<a>", "not closed"),
        ("<a/><b/>", "two roots"),
        ("<a b='1' b='2'/>", "attribute twice"),
        ("<a>&unknown;</a>", "unknown entity"),
        ("<a>&#0;</a>", "forbidden character"),
        ("<a b='&x;'/>", "unknown entity in an attribute"),
        ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "document type"),
        ("<a>text</a>tail", "text after the root"),
        ("<a b=c/>", "no quotes"),
    ] {
        let error = refusal(NAME, &Docx::with_main(markup).bytes());
        assert!(matches!(&error, Refusal::Damaged { part, .. } if part == "word/document.xml"), "{why}: {error}");
    }
    let latin = [b"<?xml version='1.0' encoding='ISO-8859-1'?><a>J\xE9an</a>".as_slice()].concat();
    let mut docx = Docx::new("");
    docx.members[0].1 = latin;
    assert_eq!(refusal(NAME, &docx.bytes()).kind(), "encoding");
}

#[test]
fn deep_nesting_is_over_the_limit() {
    let body = format!("{}{}", "<w:p>".repeat(100_000), "</w:p>".repeat(100_000));
    assert_eq!(refusal(NAME, &Docx::new(&body).bytes()).kind(), "limit");
}

#[test]
fn bombs_are_over_the_limit() {
    let bomb = Docx::new(&paragraph(&["x"])).related("rId2", "image", "word/media/a.bmp", vec![b' '; 40 << 20]).bytes();
    let source = Source::new(&bomb, NAME);
    let format = formats::sniff(&source).unwrap();
    assert_eq!(format.read(&source, &Limits::default()).err().unwrap().kind(), "limit", "ratio");
    let small = Limits { expanded_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(format.read(&source, &small).err().unwrap().kind(), "limit", "size");
    let few = Limits { parts: 2, ..Limits::default() };
    assert_eq!(format.read(&source, &few).err().unwrap().kind(), "limit", "parts");
}

#[test]
fn a_wrong_length_or_checksum_is_refused() {
    let bytes = sample().bytes();
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    for (field, what) in [(16, "checksum"), (24, "expanded length"), (20, "packed length")] {
        let mut changed = bytes.clone();
        changed[directory + field] ^= 1;
        assert_eq!(refusal(NAME, &changed).kind(), "damaged", "{what}");
    }
}

#[test]
fn ambiguous_containers_are_refused() {
    let mut members = sample().all();
    members.push(("WORD/document.XML".to_owned(), document("").into_bytes()));
    assert!(refusal(NAME, &archive(&members)).to_string().contains("two members"));

    // Two directory entries for one member's bytes.
    let mut docx = sample();
    docx.members.push(("word/other.xml".to_owned(), b"<a/>".to_vec()));
    let mut bytes = docx.bytes();
    let entries: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, four)| *four == b"PK\x01\x02").map(|(at, _)| at).collect();
    let [.., first, second] = entries.as_slice() else { panic!("entries") };
    let offset = bytes[first + 42..first + 46].to_vec();
    bytes[second + 42..second + 46].copy_from_slice(&offset);
    assert_eq!(refusal(NAME, &bytes).kind(), "damaged");

    for name in ["../evil.xml", "/evil.xml", "a/../../b.xml", "C:evil.xml"] {
        let mut members = sample().all();
        members.push((name.to_owned(), b"<a/>".to_vec()));
        assert_eq!(refusal(NAME, &archive(&members)).kind(), "damaged", "{name}");
    }
}

#[test]
fn bytes_outside_the_members_are_not_carried_over() {
    let bytes = sample().bytes();
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let end = bytes.len() - 22;
    // A gap before the directory and a comment after it.
    let hidden = b"Quillon in a gap";
    let mut changed = [&bytes[..directory], hidden, &bytes[directory..]].concat();
    let end = end + hidden.len();
    changed[end + 16..end + 20].copy_from_slice(&((directory + hidden.len()) as u32).to_le_bytes());
    changed[end + 20..end + 22].copy_from_slice(&7_u16.to_le_bytes());
    changed.extend_from_slice(b"Quillon");
    let (_, document) = open(NAME, &changed).unwrap();
    let written = document.body.write(&[]).unwrap();
    assert!(!String::from_utf8_lossy(&written).contains("Quillon"));
}

#[test]
fn missing_pieces_are_named() {
    let all = sample().all();
    for (missing, part) in
        [("[Content_Types].xml", "[Content_Types].xml"), ("word/document.xml", "_rels/.rels"), ("_rels/.rels", "_rels/.rels")]
    {
        let members: Vec<_> = all.iter().filter(|(name, _)| name != missing).cloned().collect();
        let error = refusal(NAME, &archive(&members));
        assert!(matches!(&error, Refusal::Damaged { part: found, .. } if found == part), "{missing}: {error}");
    }
}

#[test]
fn compound_files_say_what_they_are() {
    for (stream, kind) in [("EncryptedPackage", "encrypted"), ("WordDocument", "unsupported"), ("Workbook", "unsupported")] {
        let error = refusal(NAME, &compound_file(stream));
        assert_eq!(error.kind(), kind, "{error}");
    }
    assert!(refusal(NAME, &compound_file("WordDocument")).to_string().contains(".doc"));
    // Cut anywhere, it is still no panic.
    let bytes = compound_file("WordDocument");
    for length in 0..bytes.len() {
        let _ = open(NAME, &bytes[..length]);
    }
}

/// The least a compound file needs to name a stream: header, one table sector, one directory sector.
fn compound_file(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0; 512 * 3];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[30..32].copy_from_slice(&9_u16.to_le_bytes());
    bytes[48..52].copy_from_slice(&1_u32.to_le_bytes()); // the directory is sector 1
    bytes[76..80].copy_from_slice(&0_u32.to_le_bytes()); // the table is sector 0
    bytes[512..520].copy_from_slice(&[0xFD, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF]);
    for (entry, name) in ["Root Entry", stream].iter().enumerate() {
        let at = 1024 + 128 * entry;
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes[at..at + units.len()].copy_from_slice(&units);
        bytes[at + 64..at + 66].copy_from_slice(&((units.len() + 2) as u16).to_le_bytes());
    }
    bytes
}
