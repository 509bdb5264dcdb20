//! Outlook messages.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::print_stderr, reason = "tests read real files")]

#[path = "msg/build.rs"]
#[allow(clippy::unwrap_used, unreachable_pub)]
mod build;
mod common;

use std::io::{Cursor, Read};
use std::path::Path;

use build::Property::{Binary, Double, Integer, Narrow, Time, Wide, WideList};
use build::{Builder, wide};
use cfb::CompoundFile;
use common::{labels, open, read, refusal, replace_all, texts};
use subrosa_core::policy::OnUnread;
use subrosa_core::span::Span;
use subrosa_documents::{Document, Limits, Source, formats, verify};

/// 2021-03-04 05:06:07.
const SENT: u64 = 132_593_079_670_000_000;

const RECIPIENT: &str = "/__recip_version1.0_#00000000";
const ATTACHED: &str = "/__attach_version1.0_#0000000";

/// A message with the same name in everything that can hold it.
fn full() -> Vec<u8> {
    let mut builder = Builder::new(
        &[
            Wide(0x001A, "IPM.Note"),
            Wide(0x0037, "Roebuck: results"),
            Time(0x0039, SENT),
            Binary(0x003B, b"SMTP:ROEBUCK@EXAMPLE.COM\0"),
            Wide(0x0064, "SMTP"),
            Wide(0x0C1A, "Jane Roebuck"),
            Wide(0x0C1F, "roebuck@example.com"),
            Binary(0x0C19, b"\0\0\0\0/O=EXAMPLE/CN=ROEBUCK\0J\0a\0n\0e\0"),
            Wide(0x1000, "Dear Dr Zoë,\r\nMs Roebuck is well.\r\n"),
            Wide(0x0E04, "Jane Roebuck"),
            Binary(0x0071, &[1; 22]),
            Integer(0x3FFD, 1252),
            Wide(0x8000, "Roebuck"),
            Double(0x8001, 4711.0),
            WideList(0x8002, &["red", "Roebuck family", "blue"]),
        ],
        &["Roebuck file", "Case Number", "Keywords"],
        1,
        2,
    );
    builder.object(RECIPIENT, &[0; 8], &[Wide(0x3001, "Jane Roebuck"), Wide(0x39FE, "roebuck@example.com"), Integer(0x3000, 0)]);
    builder.object(
        &format!("{ATTACHED}0"),
        &[0; 8],
        &[Wide(0x3707, "Roebuck.csv"), Binary(0x3701, b"name,age\nJane Roebuck,93\n"), Binary(0x3709, b"R\0o\0e\0b\0u\0c\0k\0")],
    );
    builder.object(&format!("{ATTACHED}1"), &[0; 8], &[Wide(0x3001, "Re: Roebuck"), Integer(0x3705, 5)]);
    builder.object(
        &format!("{ATTACHED}1/__substg1.0_3701000D"),
        &[0; 24],
        &[Wide(0x0037, "Re: Roebuck"), Narrow(0x1000, b"Old Roebuck, Zo\xeb"), Integer(0x3FFD, 1252)],
    );
    builder.finish()
}

/// Replaces a value everywhere, verifies what was written and gives it.
fn redacted(bytes: &[u8], value: &str, with: &str) -> Vec<u8> {
    let (format, document) = open("a.msg", bytes).unwrap();
    assert_eq!(format.id(), "msg");
    let edits = replace_all(&document, value, with);
    assert!(edits.iter().any(|edits| !edits.is_empty()));
    let written = document.body.write(&edits).unwrap();
    verify::verify(format, &document, &edits, &Source::nameless(&written), &Limits::default()).unwrap();
    written
}

/// A stream of a written message.
fn stream(bytes: &[u8], path: &str) -> Option<Vec<u8>> {
    let mut file = CompoundFile::open_strict(Cursor::new(bytes)).unwrap();
    let mut data = Vec::new();
    file.open_stream(path).ok()?.read_to_end(&mut data).unwrap();
    Some(data)
}

/// The value of an entry in a stream of properties.
fn entry(properties: &[u8], header: usize, tag: u32) -> Option<u64> {
    let entries = properties[header..].chunks(16);
    entries
        .into_iter()
        .find(|entry| entry[..4] == tag.to_le_bytes())
        .map(|entry| u64::from_le_bytes(entry[8..].try_into().unwrap()))
}

fn holds(bytes: &[u8], value: &str) -> bool {
    let any_case = |bytes: &[u8]| bytes.to_ascii_lowercase();
    let (bytes, value) = (any_case(bytes), value.to_ascii_lowercase());
    [value.as_bytes().to_vec(), wide(&value)].iter().any(|value| memchr::memmem::find(&bytes, value).is_some())
}

#[test]
fn everything_is_a_segment_under_its_name() {
    let document = read("a.msg", &full());
    assert_eq!(labels(&document, "roebuck@example.com"), ["sender email address"]);
    assert_eq!(labels(&document, "2021-03-04 05:06:07"), ["sent"]);
    assert_eq!(labels(&document, "Roebuck"), ["Roebuck file"]);
    assert_eq!(labels(&document, "4711"), ["Case Number"]);
    assert_eq!(labels(&document, "Roebuck family"), ["Keywords"]);
    assert!(labels(&document, "Dear Dr Zoë,\r\nMs Roebuck is well.\r\n").is_empty());
    assert!(texts(&document).contains(&"Old Roebuck, Zoë"));
    assert!(!texts(&document).contains(&"IPM.Note") && !texts(&document).contains(&"SMTP"));
    let place = |text: &str, at: usize| {
        let segment = document.segments.iter().position(|segment| segment.text == text).unwrap();
        document.body.place(segment, Span::new(at, at + 1))
    };
    assert_eq!(place("Dear Dr Zoë,\r\nMs Roebuck is well.\r\n", 20), "body, line 2");
    assert_eq!(place("Old Roebuck, Zoë", 0), "attachment 2, body");
    assert_eq!(place("93", 0), "attachment 1, row 2, column \"age\"");
}

#[test]
fn a_value_goes_from_everything() {
    let bytes = full();
    let written = redacted(&bytes, "Roebuck", "[PERSON-1]");
    let written = redacted(&written, "roebuck", "[P]");
    assert!(!holds(&written, "Roebuck"));
    let properties = stream(&written, "/__properties_version1.0").unwrap();
    assert_eq!(stream(&written, "/__substg1.0_0037001F").unwrap(), wide("[PERSON-1]: results"));
    assert_eq!(entry(&properties, 32, 0x0037_001F), Some(2 * 19 + 2));
    assert_eq!(entry(&properties, 32, 0x0C19_0102), None);
    assert_eq!(entry(&properties, 32, 0x3FFD_0003), Some(1252), "without what was in memory behind it");
    assert_eq!(&properties[16..24], &[1, 0, 0, 0, 2, 0, 0, 0]);
    let lengths = stream(&written, "/__substg1.0_8002101F").unwrap();
    assert_eq!(lengths, [8_u32, 2 * (10 + 7) + 2, 10].map(u32::to_le_bytes).concat());
    let inner = stream(&written, &format!("{ATTACHED}1/__substg1.0_3701000D/__substg1.0_1000001E")).unwrap();
    assert_eq!(inner, b"Old [PERSON-1], Zo\xeb");
    let file = stream(&written, &format!("{ATTACHED}0/__substg1.0_37010102")).unwrap();
    assert_eq!(file, b"name,age\nJane [PERSON-1],93\n");
    assert_eq!(stream(&written, &format!("{ATTACHED}0/__substg1.0_37090102")), None);
}

#[test]
fn an_edited_date_or_number_is_left_out() {
    let written = redacted(&full(), "2021-03-04 05:06:07", "[DATE]");
    assert_eq!(entry(&stream(&written, "/__properties_version1.0").unwrap(), 32, 0x0039_0040), None);
    let written = redacted(&full(), "4711", "[ID]");
    let properties = stream(&written, "/__properties_version1.0").unwrap();
    assert_eq!(entry(&properties, 32, 0x8001_0005), None);
    assert_eq!(entry(&properties, 32, 0x0039_0040), Some(SENT));
}

#[test]
fn nothing_changes_without_edits() {
    let bytes = full();
    let written = read("a.msg", &bytes).body.write(&[]).unwrap();
    assert_eq!(written, read("a.msg", &bytes).body.write(&[]).unwrap(), "the same bytes at any time");
    assert_eq!(read("a.msg", &written).body.write(&[]).unwrap(), written);
    let before = read("a.msg", &bytes);
    assert_eq!(texts(&before), texts(&read("a.msg", &written)));
    let notes = before.body.notes().join("\n");
    assert!(notes.contains("search keys"), "{notes}");
}

#[test]
fn names_of_properties_are_painted_over() {
    let written = redacted(&full(), "Roebuck file", "[P]");
    let names = stream(&written, "/__nameid_version1.0/__substg1.0_00040102").unwrap();
    assert!(!holds(&names, "Roebuck") && holds(&names, "xxxxxxxxxxxx") && holds(&names, "Case Number"));
}

#[test]
fn the_code_page_is_that_of_the_message() {
    let russian = Narrow(0x0037, b"\xcf\xe8\xf1\xfc\xec\xee \xcf\xe5\xf2\xf0\xee\xe2\xf3");
    for told in [Integer(0x3FFD, 1251), Integer(0x3FF1, 1049), Integer(0x3FDE, 1251)] {
        let russian = Narrow(
            0x0037,
            match russian {
                Narrow(_, bytes) => bytes,
                _ => b"",
            },
        );
        let bytes = Builder::new(&[russian, told], &[], 0, 0).finish();
        assert_eq!(texts(&read("a.msg", &bytes)), ["Письмо Петрову"]);
        let written = redacted(&bytes, "Петрову", "[P]");
        assert_eq!(stream(&written, "/__substg1.0_0037001E").unwrap(), b"\xcf\xe8\xf1\xfc\xec\xee [P]");
        assert_eq!(entry(&stream(&written, "/__properties_version1.0").unwrap(), 32, 0x0037_001E), Some(11));
    }
}

fn with_attachment(class: &str, name: &str, data: &[u8]) -> Vec<u8> {
    let mut builder = Builder::new(&[Wide(0x001A, class), Wide(0x1000, "Jane Roebuck")], &[], 0, 2);
    builder.object(&format!("{ATTACHED}0"), &[0; 8], &[Wide(0x3707, name), Binary(0x3701, data)]);
    builder.object(&format!("{ATTACHED}1"), &[0; 8], &[Wide(0x3707, "b.txt"), Binary(0x3701, b"Jane Roebuck")]);
    builder.finish()
}

#[test]
fn attachments_that_cannot_be_read_can_go() {
    let bytes = with_attachment("IPM.Note", "Roebuck.bin", b"\0\x01\x02Roebuck\xff");
    let (format, mut document) = open("a.msg", &bytes).unwrap();
    assert_eq!(document.unread[0].part, "attachment 1");
    assert!(document.settle(OnUnread::Fail).is_err());
    document.settle(OnUnread::Remove).unwrap();
    let edits = replace_all(&document, "Roebuck", "[P]");
    let written = document.body.write(&edits).unwrap();
    verify::verify(format, &document, &edits, &Source::nameless(&written), &Limits::default()).unwrap();
    assert!(!holds(&written, "Roebuck"));
    assert_eq!(stream(&written, &format!("{ATTACHED}0/__substg1.0_37010102")).unwrap(), b"Jane [P]");
    assert_eq!(stream(&written, "/__properties_version1.0").unwrap()[20], 1);
    assert!(document.body.notes().iter().any(|note| note == "attachment 1 could not be read and is left out"));
    // Kept, it still holds the value, and that is seen.
    let (format, mut document) = open("a.msg", &bytes).unwrap();
    document.settle(OnUnread::Keep).unwrap();
    let edits = replace_all(&document, "Roebuck", "[P]");
    let written = document.body.write(&edits).unwrap();
    let verified = verify::verify(format, &document, &edits, &Source::nameless(&written), &Limits::default());
    assert_eq!(verified.unwrap_err().kind(), "residue");
}

#[test]
fn signed_messages_are_not_read() {
    let bytes = with_attachment("IPM.Note.SMIME.MultipartSigned", "smime.p7m", b"Content-Type: multipart/signed\r\n\r\nJane");
    let (_, document) = open("a.msg", &bytes).unwrap();
    assert!(document.unread.iter().all(|unread| unread.reason.contains("S/MIME")) && !document.unread.is_empty());
}

/// A body in RTF and in HTML: whatever of the two can be read or is left out, the value is gone.
#[test]
fn other_bodies_are_read_or_left_out() {
    let rtf = b"{\\rtf1 Jane Roebuck}";
    let size = (rtf.len() as u32).to_le_bytes();
    let compressed = [&(rtf.len() as u32 + 12).to_le_bytes()[..], &size, b"MELA\0\0\0\0", rtf].concat();
    let html = b"<html><body>Jane <b>Roe</b>buck</body></html>";
    let bytes = Builder::new(
        &[Wide(0x1000, "Jane Roebuck"), Binary(0x1009, &compressed), Binary(0x1013, html), Integer(0x0E1F, 1)],
        &[],
        0,
        0,
    );
    let written = redacted(&bytes.finish(), "Roebuck", "[P]");
    assert!(!holds(&written, "Roebuck") && !holds(&written, "<b>Roe</b>buck"));
    let broken = Builder::new(&[Wide(0x1000, "Jane Roebuck"), Binary(0x1009, b"LZFu?")], &[], 0, 0).finish();
    let document = read("a.msg", &broken);
    assert!(document.body.notes().iter().any(|note| note.contains("RTF body left out")));
    let alone = Builder::new(&[Wide(0x0037, "x"), Binary(0x1009, b"LZFu?")], &[], 0, 0).finish();
    assert_eq!(open("a.msg", &alone).unwrap().1.unread[0].part, "RTF body");
}

/// Many entries that all claim the same sectors are a bomb.
#[test]
fn sectors_are_given_out_once() {
    let mut file = CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    for number in 0..100 {
        let mut stream = file.create_stream(format!("/__substg1.0_{number:04X}001F")).unwrap();
        std::io::Write::write_all(&mut stream, &vec![b'x'; if number == 0 { 1 << 20 } else { 5000 }]).unwrap();
    }
    std::io::Write::write_all(&mut file.create_stream("/__properties_version1.0").unwrap(), &[0; 32]).unwrap();
    file.flush().unwrap();
    let mut bytes = file.into_inner().into_inner();
    let name: Vec<u8> = wide("__substg1.0_0000001F");
    let first = memchr::memmem::find(&bytes, &name).unwrap();
    let claim: Vec<u8> = bytes[first + 116..first + 128].to_vec();
    let entries: Vec<usize> = memchr::memmem::find_iter(&bytes, &wide("__substg1.0_")).collect();
    for entry in entries {
        bytes[entry + 116..entry + 128].copy_from_slice(&claim);
    }
    assert!(refusal("a.msg", &bytes).to_string().contains("longer than the file"));
}

/// No input may end the program, however it is broken.
#[test]
fn broken_messages_do_no_harm() {
    let bytes = full();
    let try_it = |bytes: &[u8]| {
        if let Ok((format, mut document)) = open("a.msg", bytes) {
            let _ = document.settle(OnUnread::Remove);
            let edits = replace_all(&document, "Roebuck", "[P]");
            if let Ok(written) = document.body.write(&edits) {
                format.read(&Source::nameless(&written), &Limits::default()).unwrap();
                format.raw_parts(&Source::nameless(&written), &Limits::default()).unwrap();
            }
        }
    };
    for length in (0..bytes.len()).step_by(97) {
        try_it(&bytes[..length]);
    }
    for at in (0..bytes.len()).step_by(31) {
        for with in [0xFF, 0x00, 0x05] {
            let mut bytes = bytes.clone();
            bytes[at] = with;
            try_it(&bytes);
        }
    }
}

/// Every real message is read and, with its unread parts left out, written again; a word of it goes from everywhere.
#[test]
fn real_messages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/documents/msg");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: there are no real messages here");
        return;
    };
    let word = |document: &Document| {
        let segments = document.segments.iter().filter(|segment| !segment.structural);
        let words = segments.flat_map(|segment| segment.text.split(|char: char| !char.is_alphabetic()).map(str::to_owned));
        words.max_by_key(|word| word.chars().count().min(9))
    };
    for file in files {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let (format, mut document) = open("a.msg", &bytes).unwrap();
        document.settle(OnUnread::Remove).unwrap();
        let Some(word) = word(&document).filter(|word| word.chars().count() >= 4) else { continue };
        let edits = replace_all(&document, &word, "[P]");
        let written = document.body.write(&edits).unwrap();
        CompoundFile::open_strict(Cursor::new(&written)).unwrap();
        let verified = verify::verify(format, &document, &edits, &Source::nameless(&written), &Limits::default());
        assert!(verified.is_ok(), "{}: {}", path.display(), verified.unwrap_err());
    }
}

#[test]
fn legacy_documents_say_what_can_convert_them() {
    let mut file = CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("/WordDocument").unwrap();
    file.flush().unwrap();
    let bytes = file.into_inner().into_inner();
    let refused = formats::sniff(&Source::new(&bytes, "a.doc")).err().unwrap().to_string();
    assert!(refused.contains(".docx with Word or LibreOffice"), "{refused}");
}
