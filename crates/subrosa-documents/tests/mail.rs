//! Messages, mailboxes and web archives.
#![allow(clippy::unwrap_used)] // helpers of tests
#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests read files and say what they skip")]

mod common;

use common::{labels, open, read, replace_all, replaced, texts};
use proptest::prelude::*;
use subrosa_core::policy::OnUnread;
use subrosa_core::span::Span;
use subrosa_documents::ocr::{Ocr, Word};
use subrosa_documents::stream::Pieces;
use subrosa_documents::verify::{compare, verify};
use subrosa_documents::{Aids, Limits, Source, formats};

/// A message with every common carrier of a name.
fn message() -> String {
    let base64 = "SmFuZSBSb2Ugd3JvdGUgdGhpcyBub3RlLgpTZWNv\r\nbmQgbGluZSBmb3IgSmFuZSBSb2Uu\r\n";
    [
        "Return-Path: <jane.roe@example.com>\r\n\
         Received: from mail.example.com ([192.0.2.1])\r\n\tby mx.example.com for <jane.roe@example.com>;\r\n\tMon, 1 Jun 2009 10:00:00 +0000\r\n\
         DKIM-Signature: v=1; a=rsa-sha256; d=example.com;\r\n\ti=jane.roe@example.com; b=abcdef\r\n\
         From: Jane Roe <jane.roe@example.com>\r\n\
         To: \"Roe, Jane\" <a@example.com>, =?utf-8?Q?J=C3=A4ne?=\r\n =?utf-8?B?IFJvZQ==?= <b@example.com>\r\n\
         Subject: About Jane\r\n Roe\r\n\
         X-Jane-Note: x\r\n\
         Message-ID: <1.jane.roe@example.com>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n\
         For Jane Roe, in MIME.\r\n\
         --outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n\
         --inner\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         Dear Jane R=\r\noe, J=E4ne=20Roe is =3D fine.\r\n> old Jane\r\n> Roe said\r\n\
         --inner--\r\n\
         --outer\r\nContent-Type: text/plain; name=\"Jane Roe.txt\"\r\nContent-Disposition: attachment;\r\n filename*0=\"Jane \"; filename*1=\"Roe.txt\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n",
        base64,
        "--outer\r\nContent-Type: message/rfc822\r\n\r\nSubject: Fwd Jane Roe\r\n\r\nInner Jane Roe\r\n\
         --outer\r\nContent-Type: text/csv\r\n\r\nname,city\r\nJane Roe,Springfield\r\n\
         --outer--\r\nBye Jane Roe\r\n",
    ]
    .concat()
}

/// The file with a value replaced, read again, searched, and without the value in any segment.
fn redacted(name: &str, bytes: &[u8], value: &str, with: &str) -> Vec<u8> {
    let (format, document) = open(name, bytes).unwrap();
    let edits = replace_all(&document, value, with);
    assert!(edits.iter().any(|edits| !edits.is_empty()), "the value is in no segment of {name}");
    let written = document.body.write(&edits).unwrap();
    let limits = Limits::default();
    verify(format, &document, &edits, &Source::new(&written, name), &limits).unwrap();
    let again = format.read(&Source::new(&written, name), &limits).unwrap();
    assert!(again.segments.iter().all(|segment| !segment.text.contains(value)), "left in {name}");
    written
}

fn string(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_carrier_is_a_segment_under_its_name() {
    let bytes = message().into_bytes();
    let (format, document) = open("a.eml", &bytes).unwrap();
    assert_eq!(format.id(), "eml");
    assert!(document.unread.is_empty());
    let texts = texts(&document);
    assert_eq!(labels(&document, "Jane Roe <jane.roe@example.com>"), ["From"]);
    assert_eq!(labels(&document, "\"Roe, Jane\" <a@example.com>, Jäne Roe <b@example.com>"), ["To"]);
    assert_eq!(labels(&document, "About Jane Roe"), ["Subject"]);
    assert_eq!(labels(&document, "Jane Roe.txt"), ["name"]);
    assert_eq!(texts.iter().filter(|text| **text == "Jane Roe.txt").count(), 2);
    assert!(texts.contains(&"Dear Jane Roe, Jäne Roe is = fine.\r\nold Jane\r\nRoe said"));
    assert!(texts.contains(&"Jane Roe wrote this note.\nSecond line for Jane Roe."));
    assert!(texts.contains(&"X-Jane-Note") && texts.contains(&"Fwd Jane Roe") && texts.contains(&"Inner Jane Roe"));
    assert_eq!(labels(&document, "Jane Roe"), ["name"]);
    assert_eq!(document.body.write(&[]).unwrap(), bytes);
}

#[test]
fn edits_change_their_own_bytes_and_no_others() {
    let before = message();
    let written = string(redacted("a.eml", before.as_bytes(), "Jane Roe", "[P-1]"));
    assert!(written.contains("From: \"[P-1]\" <jane.roe@example.com>\r\n"));
    assert!(written.contains("Subject: About [P-1]\r\n"));
    assert!(written.contains("\r\nDear [P-1], J=E4ne=20Roe is =3D fine.\r\n> old Jane\r\n> Roe said\r\n"));
    assert!(written.contains("filename=\"[P-1].txt\"\r\n") && written.contains("name=\"[P-1].txt\""));
    assert!(written.contains("Subject: Fwd [P-1]\r\n\r\nInner [P-1]\r\n--outer\r\n"));
    assert!(written.contains("name,city\r\n[P-1],Springfield\r\n"));
    assert!(written.contains("For [P-1], in MIME.\r\n") && written.ends_with("--outer--\r\nBye [P-1]\r\n"));
    assert!(!written.contains("DKIM-Signature") && written.contains("Received: from mail.example.com ([192.0.2.1])\r\n\tby"));
    // The base64 part: other text, the same length of lines.
    let data = written.split("base64\r\n\r\n").nth(1).unwrap().split("\r\n--outer").next().unwrap();
    assert_eq!(data.split("\r\n").next().unwrap().len(), 40);
    let over_a_line = string(redacted("a.eml", before.as_bytes(), "Jane\r\nRoe", "[P-1]"));
    assert!(over_a_line.contains("> old [P-1] said\r\n"));
    let encoded = string(redacted("a.eml", before.as_bytes(), "Jäne", "[P-1]"));
    assert!(encoded.contains("To: \"Roe, Jane\" <a@example.com>, =?utf-8?Q?=5BP-1=5D_Roe?= <b@example.com>\r\n"));
    assert!(encoded.contains("R=\r\noe, [P-1]=20Roe is"));
}

#[test]
fn names_of_fields_and_boundaries_change_wherever_they_stand() {
    let text = "X-Roebuck: 1\nX-Roebuck: 2\nMIME-Version: 1.0\nContent-Type: multipart/mixed;\n boundary=\"Roebuck-1\"\n\n\
                --Roebuck-1\n\na\n--Roebuck-1 \n\nb\n--Roebuck-1--\n";
    let written = string(redacted("a.eml", text.as_bytes(), "Roebuck", "[X]"));
    assert_eq!(written.matches("X-[X]: ").count(), 2);
    assert_eq!(written.matches("--_X_-1_b0").count(), 3);
    assert_eq!(texts(&read("a.eml", written.as_bytes())).iter().filter(|text| **text == "a" || **text == "b").count(), 2);
}

#[test]
fn places_name_parts_and_lines() {
    let document = read("a.eml", message().as_bytes());
    let place = |text: &str, at: usize| {
        let index = document.segments.iter().position(|segment| segment.text.contains(text)).unwrap();
        document.body.place(index, Span::new(at, at + 1))
    };
    assert_eq!(place("About Jane", 0), "header field Subject");
    assert_eq!(place("X-Jane", 0), "name of header field 7");
    assert_eq!(place("old Jane", 50), "part 1.1, line 3");
    assert_eq!(place("Inner Jane", 0), "part 3, enclosed message, line 1");
    assert_eq!(place("Springfield", 0), "part 4, row 2, column \"city\"");
}

#[test]
fn charsets_are_kept() {
    let part = |charset: &str, body: &[u8]| {
        let head = format!("From: a@example.com\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n");
        [head.as_bytes(), body].concat()
    };
    let cases: [(&str, &'static encoding_rs::Encoding, &str); 6] = [
        ("koi8-r", encoding_rs::KOI8_R, "Привет, Иван Петров, как дела?\n"),
        ("shift_jis", encoding_rs::SHIFT_JIS, "山田太郎 さん\nHello 田中\n"),
        ("\"ISO-2022-JP\"", encoding_rs::ISO_2022_JP, "山田太郎 さん\nHello 田中\n"),
        ("gb2312", encoding_rs::GBK, "李小龙 在这里\n"),
        ("windows-1252", encoding_rs::WINDOWS_1252, "Jürgen Müller – „ja“\n"),
        ("UTF-8", encoding_rs::UTF_8, "Jürgen 😀\n"),
    ];
    for (charset, encoding, text) in cases {
        let bytes = part(charset, &encoding.encode(text).0);
        let document = read("a.eml", &bytes);
        assert!(texts(&document).contains(&text), "{charset}");
        assert_eq!(document.body.write(&[]).unwrap(), bytes);
        let word = text.split([' ', ',', '\n']).next().unwrap();
        let expected = part(charset, &encoding.encode(&text.replace(word, "[P]")).0);
        assert_eq!(redacted("a.eml", &bytes, word, "[P]"), expected, "{charset}");
    }
}

#[test]
fn headers_in_bytes_are_read_in_the_charset_of_the_text() {
    let bytes = b"To: J\xF6rg Roe <a@example.com>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n\nx\n";
    let written = redacted("a.eml", bytes, "Jörg Roe", "[P]");
    assert!(written.starts_with(b"To: \"[P]\" <a@example.com>\n"));
}

#[test]
fn files_in_texts_and_enclosed_messages_are_read() {
    let inner = "RnJvbTogSmFuZSBSb2UgPGFAZXhhbXBsZS5jb20+Cgp0ZXh0IG9mIEphbmUK";
    let text = format!(
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\
         Content-Transfer-Encoding: base64\n\n{inner}\n--b\n\nsee\nbegin 644 notes.txt\n(2F%N92!2;V4`\n`\nend\n--b--\n"
    );
    let document = read("a.eml", text.as_bytes());
    assert!(document.unread.is_empty(), "{:?}", document.unread);
    assert!(texts(&document).contains(&"text of Jane\n"));
    assert!(texts(&document).contains(&"Jane Roe"));
    let written = redacted("a.eml", text.as_bytes(), "Jane", "[P]");
    assert!(texts(&read("a.eml", &written)).contains(&"[P] Roe"));
}

#[test]
fn what_cannot_be_read_is_named_and_may_be_left_out() {
    let text = "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
                --b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSm!!\n\
                --b\nContent-Type: application/ms-tnef; name=winmail.dat\n\nxyz\n\
                --b\nContent-Type: message/partial; id=x; number=1\n\nxyz\n\
                --b\nContent-Type: application/octet-stream; name=x.bin\nContent-Transfer-Encoding: base64\n\nAAECAwAA\n\
                --b\nContent-Type: text/plain; charset=utf-7\n\n+AEo-ane\n\
                --b\n\n-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----\n--b--\n";
    let mut document = read("a.eml", text.as_bytes());
    let unread: Vec<&str> = document.unread.iter().map(|unread| unread.part.as_str()).collect();
    assert_eq!(unread, ["part 1", "part 2", "part 3", "part 4", "part 5", "part 6"]);
    assert!(document.settle(OnUnread::Fail).unwrap_err().to_string().contains("part 1"));
    document.settle(OnUnread::Keep).unwrap();
    assert_eq!(document.body.write(&[]).unwrap(), text.as_bytes());
    document.settle(OnUnread::Remove).unwrap();
    let written = document.body.write(&[]).unwrap();
    assert_eq!(document.body.notes().len(), 6);
    let again = read("a.eml", &written);
    assert!(again.unread.is_empty());
    assert_eq!(texts(&again).iter().filter(|text| text.contains("left out")).count(), 6);
    assert!(!string(written).contains("winmail"));
    // A message that is nothing else.
    let mut document = read("a.eml", b"From: a@example.com\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n\nx\n");
    document.settle(OnUnread::Remove).unwrap();
    let written = string(document.body.write(&[]).unwrap());
    assert!(written.starts_with("From: a@example.com\nMIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n\n[A part"));
}

#[test]
fn signatures_go() {
    let text = "Subject: Jane\nMIME-Version: 1.0\nContent-Type: multipart/signed; boundary=b; micalg=pgp-sha1;\n protocol=\"application/pgp-signature\"\n\n\
                --b\n\nJane\n--b\nContent-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----\n--b--\n";
    let written = string(redacted("a.eml", text.as_bytes(), "Jane", "[P]"));
    assert_eq!(written, "Subject: [P]\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n[P]\n--b--\n");
    assert!(read("a.eml", text.as_bytes()).body.notes()[0].contains("signature"));
}

#[test]
fn broken_structure_hides_nothing() {
    // A boundary line that never comes, one without an end, a header without a blank line, parts in parts with one boundary.
    let never = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=never\n\nJane\n";
    assert!(texts(&read("a.eml", never.as_bytes())).contains(&"Jane\n"));
    let open_end = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nJane\n--b\nContent-Transfer-Encoding: base64\n\nSmFuZQ";
    assert_eq!(texts(&read("a.eml", open_end.as_bytes())), ["b", "Jane", "Jane"]);
    let headless = "MIME-Version: 1.0\nSubject: x\nReceived: y\nJane wrote\nthis\n";
    assert!(texts(&read("a.eml", headless.as_bytes())).contains(&"Jane wrote\nthis\n"));
    let nested = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=bc\n\n--bc\n\nJane\n--b\n\nRoe\n";
    assert_eq!(texts(&read("a.eml", nested.as_bytes())), ["b", "bc", "Jane", "Roe\n"]);
    let deep: Vec<_> = (0..400).map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}x\n\n--b{i}x\n")).collect();
    let deep = deep.concat();
    let deep = format!("MIME-Version: 1.0\n{deep}");
    assert_eq!(open("a.eml", deep.as_bytes()).err().unwrap().kind(), "limit");
    let deep = format!("MIME-Version: 1.0\n{}x", "Content-Type: message/rfc822\n\n".repeat(400));
    assert_eq!(open("a.eml", deep.as_bytes()).err().unwrap().kind(), "limit");
}

#[test]
fn kinds_are_told_apart() {
    let id = |name, text: &str| open(name, text.as_bytes()).map(|(format, _)| format.id());
    assert_eq!(id("a.txt", "From: Jane\nTo: John\nSubject: call\n\nPlease call.\n").unwrap(), "txt");
    assert_eq!(id("a.eml", "From: Jane\nTo: John\n\nPlease call.\n").unwrap(), "eml");
    assert_eq!(id("a", "Received: from x\nFrom: Jane\n\nx\n").unwrap(), "eml");
    assert_eq!(id("a.mht", "From: <Saved>\nMIME-Version: 1.0\n\nx\n").unwrap(), "mht");
    assert_eq!(id("a", "From a@example.com Mon Jun  1 10:00:00 2009\nReceived: x\n\nx\n").unwrap(), "mbox");
    assert_eq!(id("a.txt", "From here on: nothing.\n").unwrap(), "txt");
    assert!(id("a.eml", "no mail at all").is_err());
}

fn mailbox(messages: usize) -> String {
    let message = |i: usize| {
        format!(
            "From jane{i}@example.com Mon Jun  1 10:00:00 2009\nFrom: Jane Roe <j{i}@example.com>\nMessage-ID: <{i}@example.com>\n\
             Content-Length: {}\n\nHello Jane Roe\n>From here\nFrom now on\n\n\n",
            "Hello Jane Roe\n>From here\nFrom now on\n".len()
        )
    };
    (0..messages).map(message).collect()
}

#[test]
fn mailboxes_are_messages() {
    let text = mailbox(3);
    let (format, document) = open("a.mbox", text.as_bytes()).unwrap();
    assert_eq!(format.id(), "mbox");
    assert_eq!(texts(&document).iter().filter(|text| text.starts_with("Hello Jane Roe\nFrom here\n")).count(), 3);
    let index = document.segments.iter().rposition(|segment| segment.text.starts_with("Hello")).unwrap();
    assert_eq!(document.body.place(index, Span::new(16, 17)), "message 3, line 2");
    let written = string(redacted("a.mbox", text.as_bytes(), "Jane Roe", "[P]"));
    assert_eq!(written.matches("Content-Length: 33\n").count(), 3);
    assert_eq!(written.matches("\nHello [P]\n>From here\nFrom now on\n").count(), 3);
    let envelope = string(redacted("a.mbox", text.as_bytes(), "jane1@example.com", "[E]"));
    assert!(envelope.contains("From [E] Mon Jun"));
    let damaged = text.replacen("Hello Jane", "Hello \0Jane", 1);
    let document = read("a.mbox", damaged.as_bytes());
    assert_eq!(document.unread[0].part, "message 1");
}

#[test]
fn mailboxes_are_read_in_pieces() {
    let text = mailbox(500);
    let format = formats::sniff(&Source::new(text.as_bytes(), "a.mbox")).unwrap();
    let (mut written, mut pieces, mut last) = (Vec::new(), 0, String::new());
    for piece in Pieces::new(text.as_bytes(), format.stream().unwrap(), "mbox", 5000) {
        let (document, origin) = piece.unwrap().into_document(Aids::default(), &Limits::default()).unwrap();
        let edits = replace_all(&document, "Jane Roe", "[P]");
        let bytes = document.body.write(&edits).unwrap();
        compare(&document, &edits, &origin.read(&bytes, Aids::default(), &Limits::default()).unwrap(), &[]).unwrap();
        last = document.body.place(document.segments.len() - 1, Span::new(0, 1));
        written.extend_from_slice(&bytes);
        pieces += 1;
    }
    assert!(pieces > 10);
    assert_eq!(last, "message 500, line 1");
    assert_eq!(written, replaced("a.mbox", text.as_bytes(), "Jane Roe", "[P]"));
}

struct Blind;

impl Ocr for Blind {
    fn words(&self, _: &[u8]) -> Result<Vec<Word>, String> {
        Ok(Vec::new())
    }
}

#[test]
fn pieces_are_read_with_all_that_helps() {
    let mut picture = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(40, 40).write_to(&mut picture, image::ImageFormat::Png).unwrap();
    let hex = picture.into_inner().iter().map(|byte| format!("={byte:02X}=\n")).collect::<Vec<_>>().concat();
    let text = format!(
        "{}From x@example.com Mon Jun  1 10:00:00 2009\nFrom: x@example.com\nContent-Type: image/png\nContent-Transfer-Encoding: quoted-printable\n\n{hex}\n\n",
        mailbox(1)
    );
    let format = formats::sniff(&Source::new(text.as_bytes(), "a.mbox")).unwrap();
    let unread = |aids| {
        let pieces = Pieces::new(text.as_bytes(), format.stream().unwrap(), "mbox", 1 << 20);
        pieces.map(|piece| piece.unwrap().into_document(aids, &Limits::default()).unwrap().0.unread.len()).sum::<usize>()
    };
    assert_eq!(unread(Aids::default()), 1);
    assert_eq!(unread(Aids { ocr: Some(&Blind), passwords: &[] }), 0);
}

#[test]
fn truncated_and_garbled_messages_never_panic() {
    let bytes = message().into_bytes();
    for end in 0..bytes.len() {
        if let Ok((_, document)) = open("a.eml", &bytes[..end]) {
            let written = document.body.write(&replace_all(&document, "Jane", "[P]")).unwrap();
            assert!(open("a.eml", &written).is_ok());
        }
    }
    for at in (0..bytes.len()).step_by(3) {
        for byte in [0, b'"', b'=', 0xFF, b'\n'] {
            let mut garbled = bytes.clone();
            garbled[at] = byte;
            if let Ok((_, document)) = open("a.eml", &garbled) {
                let _ = document.body.write(&replace_all(&document, "Jane", "[P]"));
            }
        }
    }
}

proptest! {
    #[test]
    fn any_header_survives(value in "([ -~]|=\\?utf-8\\?[QB]\\?|\\?=|\r\n |ü){0,40}", from in 0..20_usize) {
        let text = format!("MIME-Version: 1.0\r\nTo: x{value}\r\nContent-Type: text/plain; name={value}\r\n\r\nbody {value}\r\n");
        let Ok((_, document)) = open("a.eml", text.as_bytes()) else { return Ok(()) };
        prop_assert_eq!(document.body.write(&[]).unwrap(), text.as_bytes());
        for index in 0..document.segments.len() {
            let before = &document.segments[index].text;
            let (start, end) = (before.floor_char_boundary(from), before.ceil_char_boundary(from + 2));
            let mut edits = vec![Vec::new(); index];
            edits.push(vec![common::edit(start, end.max(start), "[x]")]);
            let written = document.body.write(&edits).unwrap();
            prop_assert!(open("a.eml", &written).is_ok());
        }
    }
}

/// The real messages beside the repository, when they are there.
#[test]
fn real_messages_are_read_and_written() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/documents/eml");
    let Ok(files) = std::fs::read_dir(folder) else {
        eprintln!("skipped: no real messages beside the repository");
        return;
    };
    for file in files.map(|file| file.unwrap().path()) {
        let bytes = std::fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        let (_, document) = open(name, &bytes).unwrap();
        // What is left out of a picture that is attached changes it.
        if document.body.notes().is_empty() {
            assert_eq!(document.body.write(&[]).unwrap(), bytes, "{name}");
        }
        for word in texts(&document).iter().flat_map(|text| text.split(|char: char| !char.is_alphabetic())).step_by(7) {
            if word.len() > 4 {
                let written = document.body.write(&replace_all(&document, word, "[X]")).unwrap();
                assert!(!texts(&read(name, &written)).iter().any(|text| text.contains(word)), "{name}");
            }
        }
    }
}
