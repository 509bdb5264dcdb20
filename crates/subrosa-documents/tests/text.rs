//! Plain text and encodings.

mod common;

use common::{edit, open, read, refusal, replaced, texts};
use proptest::prelude::*;
use subrosa_core::span::Span;
use subrosa_documents::encoding::{self, Charset, Splice};

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn only_the_value_changes_and_line_ends_stay() {
    let bytes = b"Dear Jane Roe,\r\n\tyour visit\rof 3 May\n\n";
    assert_eq!(replaced("a.txt", bytes, "Jane Roe", "[PERSON-1]"), b"Dear [PERSON-1],\r\n\tyour visit\rof 3 May\n\n");
}

#[test]
fn an_empty_file_is_written_back_empty() {
    for bytes in [&b""[..], b"\xEF\xBB\xBF", b"\xFF\xFE"] {
        assert_eq!(read("a.txt", bytes).body.write(&[]).unwrap(), bytes);
    }
}

#[test]
fn byte_order_marks_are_kept_and_are_no_text() {
    let with_mark = b"\xEF\xBB\xBFJane Roe was here";
    assert_eq!(texts(&read("a.txt", with_mark)), ["Jane Roe was here"]);
    assert_eq!(replaced("a.txt", with_mark, "Jane Roe", "[X]"), b"\xEF\xBB\xBF[X] was here");
}

#[test]
fn utf16_and_utf32_round_trip() {
    let text = "Zoë 😀 Jäger, Łódź\r\nJane Roe\n";
    let expected = text.replace("Jane Roe", "[Ä-1]");
    for (little, mark) in [(true, true), (false, true), (true, false), (false, false)] {
        // Without a mark, UTF-16 must be certain: enough characters below U+0100.
        let written = replaced("a.txt", &utf16(text, little, mark), "Jane Roe", "[Ä-1]");
        assert!(written == utf16(&expected, little, mark), "little {little}, mark {mark}");
    }
    let utf32 =
        |text: &str| "\u{feff}".chars().chain(text.chars()).flat_map(|char| u32::from(char).to_le_bytes()).collect::<Vec<_>>();
    assert!(replaced("a.txt", &utf32(text), "Jane Roe", "[Ä-1]") == utf32(&expected));
}

#[test]
fn legacy_code_pages_keep_their_bytes() {
    let cases: [(&str, &encoding_rs::Encoding); 6] = [
        (
            "Frau Müller-Lüdenscheidt wohnt in Köln, Größe 1,78 m, geprüft für Jane Roe am Dreikönigstag. Straße",
            encoding_rs::WINDOWS_1252,
        ),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy. Pacient Jane Roe žije v Brně, ulice Česká.", encoding_rs::WINDOWS_1250),
        ("Пациент Jane Roe проживает в городе Москва, улица Ленина. Диагноз поставлен врачом.", encoding_rs::WINDOWS_1251),
        ("患者の氏名はJane Roeです。東京都に住んでいます。よろしくお願いします。表示ソ", encoding_rs::SHIFT_JIS),
        ("患者的姓名是Jane Roe。他住在北京市。医生说他的情况良好，需要休息。", encoding_rs::GBK),
        ("환자의 이름은 Jane Roe 입니다. 서울에 살고 있습니다. 감사합니다.", encoding_rs::EUC_KR),
    ];
    for (text, encoding) in cases {
        let long = format!("{text}\n").repeat(200);
        let bytes = encoding.encode(&long).0.into_owned();
        let decoded = encoding::decode(&bytes).unwrap();
        assert_eq!(decoded.charset(), Charset::Legacy(encoding));
        assert!(decoded.text == long, "{}", encoding.name());
        let expected = encoding.encode(&long.replace("Jane Roe", "[PERSON-1]")).0.into_owned();
        assert!(replaced("a.txt", &bytes, "Jane Roe", "[PERSON-1]") == expected, "{}", encoding.name());
    }
}

#[test]
fn a_character_the_code_page_lacks_is_refused() {
    let bytes = encoding_rs::WINDOWS_1252.encode("Müller für Köln, Straße und Größe").0.into_owned();
    let refused = read("a.txt", &bytes).body.write(&[vec![edit(0, 7, "名")]]).unwrap_err();
    assert_eq!(refused.kind(), "uninspectable");
}

#[test]
fn what_is_no_text_is_refused() {
    let cases: [(&str, &[u8]); 7] = [
        ("zero bytes", b"log\nJ\0a\0n\0e\0 \0R\0o\0e\0\n"),
        ("half a surrogate pair", b"\xFF\xFEJ\0\0\xD8a\0"),
        ("an odd byte in UTF-16", b"\xFF\xFEJ\0a"),
        ("invalid UTF-8 behind its mark", b"\xEF\xBB\xBFM\xFCller"),
        ("UTF-8 cut in a character", "Zoë Jäger Łódź".as_bytes().split_last().unwrap().1),
        ("control characters", b"\x01\x02\x03\x04abc\x05\x06"),
        ("ISO-2022-JP", b"\x1b$B4A;z\x1b(B"),
    ];
    for (what, bytes) in cases {
        assert_eq!(refusal("a.txt", bytes).kind(), "encoding", "{what}");
    }
    let mixed = ["Zoë Jäger Łódź ".as_bytes(), b"M\xFCller"].concat();
    assert_eq!(refusal("a.log", &mixed).kind(), "encoding");
}

#[test]
fn kinds_that_hide_text_are_refused_by_name() {
    let cases: [(&str, &[u8], &str); 8] = [
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "OLE"),
        ("a.xlsb", b"PK\x03\x04........xl/workbook.bin", "Excel"),
        ("a", b"7z\xBC\xAF\x27\x1C\0\x04", "7-Zip"),
        ("a", b"Rar!\x1A\x07\x01\0", "RAR"),
        ("a.ps", b"%!PS-Adobe-3.0\n(Jane) show", "PostScript"),
        ("a", b"SQLite format 3\0", "SQLite"),
        ("a.txt", b"-----BEGIN PGP MESSAGE-----\n\nhQEMA", "PGP"),
        ("a", b"\x7FELF\x02\x01\x01\0", "ELF"),
    ];
    for (name, bytes, kind) in cases {
        let refused = refusal(name, bytes);
        assert_eq!(refused.kind(), "unsupported", "{name}");
        assert!(refused.to_string().contains(kind), "{name}: {refused}");
    }
}

#[test]
fn texts_that_only_resemble_other_kinds_are_read() {
    let cases: [(&str, &[u8]); 7] = [
        ("a.md", b"<p align=\"center\">\n# Notes\n</p>"),
        ("a.txt", b"From: Jane Roe\nTo: the ward\nSubject: visit\n\nDear all"),
        ("a.txt", b"[PERSON-1] came at noon"),
        ("a.txt", b"<jane@example.com> wrote this"),
        ("a.txt", b"MZ and BM are initials"),
        ("a", b"no extension"),
        ("README", b"%PD is not enough"),
    ];
    for (name, bytes) in cases {
        assert_eq!(open(name, bytes).unwrap().0.id(), "txt", "{name}");
    }
}

#[test]
fn places_are_lines() {
    let text = format!("{}Jane", "x\n".repeat(100_000));
    let document = read("a.txt", text.as_bytes());
    assert_eq!(document.body.place(0, Span::new(text.len() - 4, text.len())), "line 100001");
    assert_eq!(document.body.place(0, Span::new(0, 1)), "line 1");
}

proptest! {
    #[test]
    fn accepted_bytes_are_written_back(bytes: Vec<u8>) {
        if let Ok(decoded) = encoding::decode(&bytes) {
            prop_assert_eq!(decoded.splice(&[]).unwrap(), bytes);
        }
    }

    #[test]
    fn legacy_bytes_are_written_back(bytes in proptest::collection::vec(prop_oneof![3 => 0x20_u8..0x7F, 1 => 0xA0_u8..=0xFF, 1 => Just(b'\n')], 0..9000)) {
        if let Ok(decoded) = encoding::decode(&bytes) {
            prop_assert_eq!(decoded.splice(&[]).unwrap(), bytes);
        }
    }

    #[test]
    fn an_edit_changes_its_own_characters_only(text in "\\PC{0,60}", kind in 0..5_usize, from in 0..60_usize, length in 0..20_usize, with in "[a-z]{0,6}") {
        let chars: Vec<char> = text.chars().collect();
        let (from, to) = (from.min(chars.len()), (from + length).min(chars.len()));
        let offset = |count: usize| chars[..count].iter().map(|char| char.len_utf8()).sum::<usize>();
        let expected = chars[..from].iter().copied().chain(with.chars()).chain(chars[to..].iter().copied()).collect::<String>();
        let encode = |text: &str| match kind {
            0 => text.as_bytes().to_vec(),
            1 | 2 => utf16(text, kind == 1, true),
            3 => ['\u{feff}'].into_iter().chain(text.chars()).flat_map(|char| u32::from(char).to_be_bytes()).collect(),
            _ => encoding_rs::GB18030.encode(text).0.into_owned(),
        };
        let charset = if kind == 4 { Some(Charset::Legacy(encoding_rs::GB18030)) } else { None };
        let bytes = encode(&text);
        let decoded = match charset {
            Some(charset) => encoding::decode_as(&bytes, charset, b""),
            None => encoding::decode(&bytes),
        };
        if let Ok(decoded) = decoded && decoded.text == text {
            let written = decoded.splice(&[Splice { range: offset(from)..offset(to), text: with }]).unwrap();
            prop_assert_eq!(written, encode(&expected));
        }
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, name in "[a-z]{0,3}\\.(txt|md|log|csv|json|jsonl|x)?") {
        let _ = open(&name, &bytes).map(|(_, document)| document.body.write(&[]));
    }
}
