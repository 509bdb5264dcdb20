//! Files read a piece at a time.
#![allow(clippy::unwrap_used)] // helpers of tests

mod common;

use std::io::{self, Read};

use common::{read, refusal, replace_all};
use proptest::prelude::*;
use subrosa_core::span::Span;
use subrosa_documents::stream::{Pieces, StreamError};
use subrosa_documents::verify::compare;
use subrosa_documents::{Aids, Limits, Source, formats};

const LIMITS: Limits = Limits { expanded_bytes: 1 << 30, expansion_ratio: 400, depth: 256, parts: 1 << 20 };

/// The file written piece by piece, with `value` replaced, and the number of pieces.
fn streamed(name: &str, bytes: &[u8], size: usize, value: &str, with: &str) -> Result<(Vec<u8>, usize), StreamError> {
    let format = formats::sniff(&Source::new(bytes, name))?;
    let (_, extension) = name.split_once('.').unwrap();
    let (mut written, mut pieces) = (Vec::new(), 0);
    for piece in Pieces::new(bytes, format.stream().unwrap(), extension, size).longest_record(1 << 14) {
        let (document, origin) = piece?.into_document(Aids::default(), &LIMITS)?;
        let edits = if value.is_empty() { Vec::new() } else { replace_all(&document, value, with) };
        let piece = document.body.write(&edits)?;
        compare(&document, &edits, &origin.read(&piece, Aids::default(), &LIMITS)?, &[])?;
        written.extend_from_slice(&piece);
        pieces += 1;
    }
    Ok((written, pieces))
}

/// The file written as a whole, with `value` replaced.
fn whole(name: &str, bytes: &[u8], value: &str, with: &str) -> Vec<u8> {
    let document = read(name, bytes);
    document.body.write(&replace_all(&document, value, with)).unwrap()
}

fn table(rows: usize) -> String {
    let rows = (0..rows).map(|row| format!("{row},\"Roe, Jane\n{row}\",\"a \"\"b\"\"\",1970-01-02\r\n"));
    format!("id,full_name,note,birth_date\r\n{}", rows.collect::<String>())
}

#[test]
fn rows_are_never_cut_and_keep_their_labels_and_places() {
    let table = table(2000);
    let format = formats::sniff(&Source::new(table.as_bytes(), "a.csv")).unwrap();
    let mut rows = 0;
    for piece in Pieces::new(table.as_bytes(), format.stream().unwrap(), "csv", 1000) {
        let (document, _) = piece.unwrap().into_document(Aids::default(), &LIMITS).unwrap();
        for (index, segment) in document.segments.iter().enumerate().filter(|(_, segment)| segment.text.starts_with("Roe")) {
            rows += 1;
            assert_eq!(segment.labels.len(), 1);
            assert_eq!(&*segment.labels[0], "full_name");
            assert_eq!(segment.text, format!("Roe, Jane\n{}", rows - 1));
            assert_eq!(document.body.place(index, Span::new(0, 3)), format!("row {}, column \"full_name\"", rows + 1));
        }
    }
    assert_eq!(rows, 2000);
    let (written, pieces) = streamed("a.csv", table.as_bytes(), 1000, "Roe, Jane", "[X]").unwrap();
    assert!(pieces > 50);
    assert_eq!(written, table.replace("Roe, Jane", "[X]").into_bytes());
}

#[test]
fn encodings_and_marks_hold_for_all_pieces() {
    let text = "Zoë Jäger, Łódź 😀\nJane Roe\n".repeat(500);
    let utf16 = |text: &str| "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect::<Vec<_>>();
    let (written, pieces) = streamed("a.txt", &utf16(&text), 999, "Jane Roe", "[X]").unwrap();
    assert!(pieces > 10 && written == utf16(&text.replace("Jane Roe", "[X]")));
    let utf8 = format!("\u{feff}{text}");
    let (written, pieces) = streamed("a.txt", utf8.as_bytes(), 999, "Jane Roe", "[X]").unwrap();
    assert!(pieces > 10 && written == utf8.replace("Jane Roe", "[X]").into_bytes());
    let late = format!("{}M\u{fc}ller, K\u{f6}ln, Gr\u{f6}\u{df}e, Jane Roe\n", "plain Jane Roe\n".repeat(40_000));
    let latin = |text: &str| text.chars().map(|char| u8::try_from(u32::from(char)).unwrap()).collect::<Vec<_>>();
    let (written, _) = streamed("a.txt", &latin(&late), 100_000, "Jane Roe", "[X]").unwrap();
    assert!(written == latin(&late.replace("Jane Roe", "[X]")));
    let broken = ["Zoë Jäger Łódź\n".repeat(30_000).as_bytes(), b"M\xFCller\n"].concat();
    assert!(
        matches!(streamed("a.txt", &broken, 1000, "", ""), Err(StreamError::Refused(refused)) if refused.kind() == "encoding")
    );
}

#[test]
fn long_lines_are_cut_at_spaces_or_refused() {
    let long = "Zoë Jäger ".repeat(10_000);
    let (written, pieces) = streamed("a.txt", long.as_bytes(), 1000, "Jäger", "[X]").unwrap();
    assert!(pieces == 8 && written == long.replace("Jäger", "[X]").into_bytes());
    let word = "x".repeat(1 << 15);
    for bytes in [word.clone().into_bytes(), word.encode_utf16().flat_map(u16::to_le_bytes).collect()] {
        let marked = [if bytes[1] == 0 { &b"\xff\xfe"[..] } else { b"" }, &bytes].concat();
        let refused = streamed("a.txt", &marked, 1000, "Jane", "[X]").unwrap_err().to_string();
        assert_eq!(refused, "over the limit: record 1 holds a word of more than 16384 bytes");
    }
    let quoted = format!("name,city\n\"{long}");
    let refused = streamed("a.csv", quoted.as_bytes(), 1000, "", "").unwrap_err().to_string();
    assert_eq!(refused, "over the limit: record 2 is longer than 16384 bytes");
}

#[test]
fn a_bad_line_is_named_by_its_place_in_the_whole() {
    let lines = format!("{}nope\n", "{\"a\": \"Jane\"}\n".repeat(5000));
    assert_eq!(
        streamed("a.jsonl", lines.as_bytes(), 500, "", "").unwrap_err().to_string(),
        refusal("a.jsonl", lines.as_bytes()).to_string()
    );
}

#[test]
fn a_failing_reader_is_an_error_and_the_end() {
    struct Failing(usize);
    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(1).ok_or_else(|| io::Error::other("gone"))?;
            buffer.fill(b'\n');
            Ok(buffer.len())
        }
    }
    let format = formats::sniff(&Source::new(b"", "a.txt")).unwrap();
    let mut pieces = Pieces::new(Failing(3), format.stream().unwrap(), "txt", 100_000);
    assert!(pieces.by_ref().any(|piece| matches!(piece, Err(StreamError::Io(_)))));
    assert!(pieces.next().is_none());
}

#[test]
fn formats_that_must_be_read_whole_say_so() {
    let format = formats::sniff(&Source::new(b"{}", "a.json")).unwrap();
    assert!(format.stream().is_none());
}

proptest! {
    #[test]
    fn pieces_are_the_whole(name in "a\\.(txt|csv|tsv|log)", text in "([a-cJ \t;|,ä\"😀-]|\n|\r\n|\r|Jane|\"\"|,\"){0,120}", size in 16..200_usize) {
        let (written, _) = streamed(&name, text.as_bytes(), size, "", "").unwrap();
        prop_assert_eq!(written, text.as_bytes());
    }

    #[test]
    fn edits_by_piece_are_edits_of_the_whole(text in "(([a-c ä]{0,4}|Jane|\"([a-c ,\n]|\"\"|Jane){0,6}\"),){0,3}x(\n|\r\n)", times in 1..40_usize, size in 16..200_usize) {
        let text = format!("id,full_name\n{}", text.repeat(times));
        let (written, _) = streamed("a.csv", text.as_bytes(), size, "Jane", "a,b").unwrap();
        prop_assert_eq!(written, whole("a.csv", text.as_bytes(), "Jane", "a,b"));
        let (written, _) = streamed("a.txt", text.as_bytes(), size, "Jane", "[X]").unwrap();
        prop_assert_eq!(written, whole("a.txt", text.as_bytes(), "Jane", "[X]"));
    }

    #[test]
    fn lines_of_json_are_never_cut(lines in proptest::collection::vec("(\\{\"(a|Jane)\": \"([a-cä]|Jane|\\\\n){0,9}\"\\}|\\[1[0-9]{0,6}\\]|)", 0..30), size in 16..100_usize) {
        let text = lines.join("\n");
        let (written, _) = streamed("a.jsonl", text.as_bytes(), size, "Jane", "[X]").unwrap();
        prop_assert_eq!(written, whole("a.jsonl", text.as_bytes(), "Jane", "[X]"));
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, size in 16..64_usize, utf16: bool) {
        let bytes = if utf16 { [b"\xFF\xFE".as_slice(), &bytes].concat() } else { bytes };
        let format = formats::sniff(&Source::new(b"", "a.csv")).unwrap();
        for piece in Pieces::new(&bytes[..], format.stream().unwrap(), "csv", size) {
            let Ok(piece) = piece else { break };
            piece.into_document(Aids::default(), &LIMITS).unwrap();
        }
    }
}
