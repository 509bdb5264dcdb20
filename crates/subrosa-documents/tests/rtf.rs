//! RTF: what is read where, and what an edit leaves alone.

#![allow(clippy::unwrap_used, clippy::format_collect)]

mod common;

use common::{labels, open, read, refusal, replace_all, replaced, texts};
use subrosa_core::span::Span;
use subrosa_documents::{Limits, Source, verify};

const NAME: &str = "file.rtf";

fn rtf(body: &str) -> Vec<u8> {
    format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fcharset0 Arial;}}{{\\f1\\fcharset128 Mincho;}}{{\\f2\\fcharset238 Times CE;}}}}\n{body}}}").into_bytes()
}

fn replaced_text(body: &str, value: &str, replacement: &str) -> String {
    let bytes = rtf(body);
    let document = read(NAME, &bytes);
    let edits = replace_all(&document, value, replacement);
    assert!(edits.iter().any(|edits| !edits.is_empty()), "{:?}", texts(&document));
    let written = document.body.write(&edits).unwrap();
    let (format, _) = open(NAME, &written).unwrap();
    verify::verify(format, &document, &edits, &Source::new(&written, NAME), &Limits::default()).unwrap();
    let head = rtf("");
    let written = String::from_utf8(written).unwrap();
    written[head.len() - 1..written.len() - 1].to_owned()
}

#[test]
fn words_split_over_groups_and_escapes_are_one_word() {
    for (body, after) in [
        ("Dear Jo{\\b hn} Sm\r\nith.", "Dear [P]{\\b }\r\n."),
        ("Dear \\b Jo\\b0 hn Smith.", "Dear \\b [P]\\b0 ."),
        ("\\'4aohn\\u32?S\\u109 m{\\*\\bkmkstart x}ith.", "[P]{\\*\\bkmkstart x}."),
    ] {
        assert_eq!(replaced_text(body, "John Smith", "[P]"), after);
    }
}

#[test]
fn code_pages_of_fonts_and_unicode_with_what_stands_in_for_it() {
    assert_eq!(replaced_text("x \\f1\\'93\\'63\\'92\\'86 y", "\u{7530}\u{4E2D}", "[P]"), "x \\f1[P] y");
    assert_eq!(replaced_text("\\f1 \\'83eX", "\u{30C6}", "T"), "\\f1 TX");
    assert_eq!(replaced_text("{\\f2 Ji\\'f8\\'ed} X", "Ji\u{159}\u{ED}", "[P]"), "{\\f2 [P]} X");
    assert_eq!(replaced_text("\\uc2\\u30000\\'93\\'63{\\uc0\\u20013}!", "\u{7530}\u{4E2D}", "a"), "\\uc2 a{\\uc0}!");
    assert_eq!(replaced_text("\\u-10179?\\u-8704?b", "\u{1F600}", "{\\}"), "\\{\\\\\\}b");
}

#[test]
fn every_carrier_is_reached() {
    let value = "Quillon";
    let body = format!(
        "{{\\info{{\\author {value}}}{{\\operator {value}}}{{\\company {value}}}{{\\doccomm {value}}}{{\\title {value}}}}}\
         {{\\*\\userprops{{\\propname Client}}\\proptype30{{\\staticval {value}}}}}{{\\*\\docvar{{name}}{{{value}}}}}\
         {{\\*\\revtbl{{Unknown;}}{{{value};}}}}{{\\header {value}\\par}}{{\\stylesheet{{\\s1 {value} style;}}}}\
         body {value}{{\\footnote note {value}}}{{\\v hidden {value}}}{{\\*\\bkmkstart {value}_b}}\
         {{\\*\\atnid {value}}}{{\\*\\atnauthor {value}}}{{\\*\\annotation see {value}}}\
         {{\\field{{\\*\\fldinst HYPERLINK \"mailto:{value}@example.com\"}}{{\\fldrslt {value}}}}}\
         {{\\shp{{\\*\\shpinst{{\\sp{{\\sn wzDescription}}{{\\sv {value}}}}}{{\\shptxt {value}}}}}}}\
         {{\\*\\unknown {value}}}{{\\*\\htmltag64 <a href=\"{value}\">}}{{\\object{{\\*\\objdata 5175696c6c6f6e}}{{\\result {value}}}}}\
         {{\\*\\datastore 5175696c6c6f6e}}{{\\*\\passwordhash 5175696c6c6f6e}}\\trowd\\cellx9\\pard\\intbl {value}\\cell\\row\\pard "
    );
    let bytes = [rtf(&body), b"\nQuillon".to_vec()].concat();
    let document = read(NAME, &bytes);
    assert!(document.unread.is_empty());
    let property =
        document.segments.iter().find(|segment| segment.text == value && segment.labels.iter().any(|label| &**label == "Client"));
    assert!(property.is_some());
    let edits = replace_all(&document, value, "[P]");
    let written = document.body.write(&edits).unwrap();
    let text = String::from_utf8(written.clone()).unwrap();
    assert!(!text.contains(value) && !text.contains("5175696c"), "{text}");
    let (format, again) = open(NAME, &written).unwrap();
    assert!(texts(&again)[0].contains("hidden [P]"));
    verify::verify(format, &document, &edits, &Source::new(&written, NAME), &Limits::default()).unwrap();
}

#[test]
fn cells_are_segments_under_their_labels() {
    let body = "before\\par\\trowd\\cellx1\\cellx2\\cellx3\\pard\\intbl Surname\\cell Born\\cell Ward\\cell\\row\\trowd\\cellx1\\pard\\intbl Okafor\\cell 3 May 1970\\cell B2\\cell\\row\\pard after\\par";
    let document = read(NAME, &rtf(body));
    assert_eq!(texts(&document)[0], "before\nafter\n");
    assert_eq!(labels(&document, "3 May 1970\n"), ["Born", "Okafor"]);
    let cell = document.segments.iter().position(|segment| segment.text == "Okafor\n").unwrap();
    assert_eq!(document.body.place(cell, Span::new(0, 1)), "table 1, row 2, column 1");
}

#[test]
fn tracked_changes_are_read_both_ways() {
    let document = read(NAME, &rtf("Call Jo{\\deleted e}{\\revised hn} Smith\\par"));
    let all = texts(&document);
    assert!(
        all.contains(&"Call Joehn Smith\n") && all.contains(&"Call Joe Smith\n") && all.contains(&"Call John Smith\n"),
        "{all:?}"
    );
}

#[test]
fn without_edits_the_file_is_the_same() {
    let bytes = rtf("Nothing \\'e9 {\\*\\x y}\r\n{\\pict\\pngblip\\bin3 {}}}\\par");
    // The picture breaks off at once: it is no PNG, nothing is known of it and it stays.
    assert_eq!(read(NAME, &bytes).body.write(&[]).unwrap(), bytes);
}

#[test]
fn metadata_of_pictures_goes() {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", &[0_u8; 13][..]), (b"tEXt", b"Author\0Quillon"), (b"IEND", b"")] {
        png.extend((data.len() as u32).to_be_bytes());
        png.extend(kind);
        png.extend(data);
        png.extend([0; 4]);
    }
    let digits: String = png.iter().map(|byte| format!("{byte:02x}")).collect();
    let written = read(NAME, &rtf(&format!("{{\\pict\\pngblip {digits}}}"))).body.write(&[]).unwrap();
    let written = String::from_utf8(written).unwrap();
    assert!(!written.contains("5175696c6c6f6e") && written.contains("49484452"));
}

#[test]
fn broken_files_are_refused_and_never_panic() {
    assert_eq!(refusal(NAME, b"{\\rtf1 J\\'61ne").kind(), "damaged");
    assert_eq!(refusal(NAME, b"{\\rtf1 \\bin99 x}").kind(), "damaged");
    assert_eq!(refusal(NAME, [b"{\\rtf1 ".to_vec(), vec![b'{'; 5000]].concat().as_slice()).kind(), "limit");
    let bytes = rtf(
        "{\\info{\\author J}}\\f1\\'93\\'63\\u30000\\'93{\\pict\\emfblip 0100}\\trowd\\intbl Jane\\cell\\row{\\*\\objdata 01}\\u-10179 ",
    );
    for at in 0..bytes.len() {
        for change in [0x08, 0x20, 0x5C, 0xFF] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            let _ = open(NAME, &changed).map(|(_, document)| document.body.write(&replace_all(&document, "Jane", "x")));
        }
        let _ = open(NAME, &[&bytes[..at], b"}}}}"].concat());
    }
    assert_eq!(replaced(NAME, &rtf("Jane"), "Jane", "x"), rtf("x"));
}
