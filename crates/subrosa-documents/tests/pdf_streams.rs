//! Every way in which a content stream shows text, and every kind of stream that is one: a table of files with a word, which is
//! gone from what is written by our reading and that of others, while its neighbours stay.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[allow(dead_code, reason = "each test program uses its own part")]
mod pdf_support;

use std::fmt::Write as _;
use std::io::Write as _;

use pdf_support::{assert_gone, file, file_of_bytes, page, page_with, read, redact, squeezed, stream, stream_of_bytes};

const WORD: &str = "Quillfeather";

/// The word goes, `kept` stays, for us and for those who read the label.
fn goes(what: &str, bytes: &[u8], kept: &[&str]) {
    let before = squeezed(&read(bytes).unwrap_or_else(|refusal| panic!("{what}: {refusal}")));
    assert!(before.contains(WORD), "{what}: the word is not seen in {before}");
    let written = redact(bytes, WORD, "[NAME]");
    assert_gone(&written, WORD);
    let after = squeezed(&read(&written).unwrap());
    assert!(after.contains("[NAME]"), "{what}: no label in {after}");
    for word in kept {
        assert!(after.contains(word), "{what}: {word} is not kept in {after}");
    }
}

fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn wide(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |mut out, unit| {
        let _ = write!(out, "{unit:04x}");
        out
    })
}

#[test]
fn operators_and_strings() {
    let rows: &[(&str, &str)] = &[
        ("Tj", "72 700 Td (Dear Quillfeather came) Tj"),
        ("TJ", "72 700 Td [(Dear Qu) 12 (illfe) -8.5 (ather came)] TJ"),
        ("next line", "14 TL 72 700 Td (Dear) Tj (Quillfeather came) '"),
        ("next line, spaced", "14 TL 72 700 Td (Dear) Tj 1 .2 (Quillfeather came) \""),
        ("hexadecimal", "72 700 Td <44656172205175696C6C66656174686572 2063616D65> Tj"),
        ("hexadecimal, odd", "72 700 Td (Dear ) Tj <51 75696c6c66 65617468657 2 2> Tj (came) Tj"),
        ("octal", "72 700 Td (Dear \\121uil\\154feathe\\162 came) Tj"),
        ("a string over lines", "72 700 Td (Dear Quill\\\nfeather came) Tj"),
        ("brackets in strings", "72 700 Td (Dear (Quillfeather) \\(came\\)) Tj"),
        ("comment between", "72 700 Td (Dear Quill) % of old\nTj (feather came) Tj"),
        ("operators without blanks", "72 700 Td(Dear Quill)Tj[(feather)-300(came)]TJ"),
        ("letter by letter", "72 700 Td (Dear ) Tj (Q)Tj(u)Tj(i)Tj(l)Tj(l)Tj(f)Tj(e)Tj(a)Tj(t)Tj(h)Tj(e)Tj(r)Tj ( came) Tj"),
        ("letters out of order", "1 0 0 1 100 700 Tm (eather came) Tj 1 0 0 1 68 700 Tm (Quillf) Tj 1 0 0 1 30 700 Tm (Dear) Tj"),
        ("spaced and stretched", "2 Tc 3 Tw 80 Tz 4 Ts 72 700 Td (Dear Quillfeather came) Tj"),
        ("turned", "0 1 -1 0 300 300 Tm (Dear Quillfeather came) Tj"),
        ("mirrored", "-1 0 0 1 500 300 Tm (Dear Quillfeather came) Tj"),
        ("invisible", "3 Tr 72 700 Td (Dear Quillfeather came) Tj"),
        ("as a clip", "7 Tr 72 700 Td (Dear Quillfeather came) Tj"),
        ("off the page", "-900 5000 Td (Dear Quillfeather came) Tj"),
        ("tiny", "/F1 .01 Tf 72 700 Td (Dear Quillfeather came) Tj"),
        ("broken numbers", "72 --700 Td (Dear) Tj 0 -20.2.3 Td (Quillfeather came) Tj"),
        ("an unknown operator before", "72 700 Td 5 frob (Dear Quillfeather came) Tj"),
        ("an operator in a list", "72 700 Td [(Dear Quill) Tj (feather came)] TJ"),
    ];
    for (what, contents) in rows {
        goes(what, &file(&page(&format!("BT /F1 12 Tf {contents} ET"))), &["Dear", "came"]);
    }
}

#[test]
fn text_of_no_size_goes_without_a_label() {
    let bytes = file(&page("BT /F1 0 Tf 72 700 Td (Dear Quillfeather came) Tj ET"));
    let written = redact(&bytes, WORD, "[NAME]");
    assert_gone(&written, WORD);
    assert!(squeezed(&read(&written).unwrap()).contains("Dearcame"));
}

#[test]
fn states_that_do_not_balance() {
    for contents in [
        "Q Q q BT /F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj ET q q",
        "BT /F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj",
        "BT BT /F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj ET ET ET",
        "/F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj",
        "q BT /F1 12 Tf 72 700 Td (Dear Quill) Tj Q (feather came) Tj ET",
        "/OC /Gone BDC BT /F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj ET",
        "EMC EMC BT /F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj ET",
        ">> ] BT /F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj ET [ (x",
        "BT /F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj ET << /A [",
        "BT /F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj ET % the end",
    ] {
        goes(contents, &file(&page(contents)), &["Dear", "came"]);
    }
}

fn flate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for group in data.chunks(4) {
        let mut value = group.iter().chain(&[0; 4]).take(4).fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
        let mut digits = [0; 5];
        for digit in digits.iter_mut().rev() {
            *digit = (value % 85) as u8 + b'!';
            value /= 85;
        }
        out.extend_from_slice(&digits[..=group.len()]);
    }
    out.extend_from_slice(b"~>");
    out
}

/// Nine bits a code, the table cleared before it grows.
fn lzw(data: &[u8]) -> Vec<u8> {
    let codes = data.chunks(200).flat_map(|chunk| std::iter::once(256).chain(chunk.iter().map(|byte| u16::from(*byte))));
    let bits: String = codes.chain([257]).fold(String::new(), |mut bits, code| {
        let _ = write!(bits, "{code:09b}");
        bits
    });
    bits.as_bytes()
        .chunks(8)
        .map(|byte| byte.iter().chain(b"00000000").take(8).fold(0, |sum, bit| sum << 1 | (bit - b'0')))
        .collect()
}

fn run_length(data: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = data.chunks(128).flat_map(|run| [&[run.len() as u8 - 1], run].concat()).collect();
    out.push(128);
    out
}

/// Rows of eight bytes, each as its difference to the row above (predictor 12).
fn up(data: &[u8]) -> Vec<u8> {
    let mut padded = data.to_vec();
    padded.resize(data.len().div_ceil(8) * 8, b' ');
    let mut above = [0_u8; 8];
    let mut out = Vec::new();
    for row in padded.chunks(8) {
        out.push(2);
        out.extend(row.iter().zip(&above).map(|(one, above)| one.wrapping_sub(*above)));
        above.copy_from_slice(row);
    }
    out
}

#[test]
fn filters() {
    let plain = b"BT /F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj ET";
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("", plain.to_vec()),
        ("/Filter /FlateDecode", flate(plain)),
        ("/Filter [/FlateDecode]", flate(plain)),
        ("/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 8 >>", flate(&up(plain))),
        ("/Filter /LZWDecode", lzw(plain)),
        ("/Filter /ASCIIHexDecode", hex(std::str::from_utf8(plain).unwrap()).into_bytes()),
        ("/Filter /ASCII85Decode", ascii85(plain)),
        ("/Filter /RunLengthDecode", run_length(plain)),
        ("/Filter [/ASCII85Decode /FlateDecode]", ascii85(&flate(plain))),
        ("/Filter [/AHx /LZW /RL]", hex_of(&lzw(&run_length(plain)))),
    ];
    for (dict, data) in rows {
        let mut objects: Vec<Vec<u8>> = page("").into_iter().map(String::into_bytes).collect();
        objects[3] = stream_of_bytes(dict, &data);
        goes(dict, &file_of_bytes(&objects), &["Dear", "came"]);
    }
}

fn hex_of(data: &[u8]) -> Vec<u8> {
    data.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).chain(*b">").collect()
}

#[test]
fn streams_of_every_kind() {
    let show = "BT /F1 12 Tf 2 5 Td (Dear Quillfeather came) Tj ET";
    let own = "/Resources << /Font << /F1 5 0 R >> >>";
    let form = |more: &str| stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 300 300] {more}"), show);
    let with = |contents: &str, page: &str, resources: &str, more: &[String]| {
        file(&[page_with(contents, "", page, resources), more.to_vec()].concat())
    };
    let pattern = "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 99 9] /XStep 9 /YStep 9";
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("contents in pieces", {
            let mut objects = page("BT /F1 12 Tf 72 700 Td (Dear Quill) Tj");
            objects[2] = objects[2].replace("4 0 R", "[4 0 R 6 0 R 7 0 R]");
            objects.push(stream("", "[(feath)"));
            objects.push(stream("", "] TJ (er came) Tj ET"));
            file(&objects)
        }),
        ("a form", with("/X Do", "", "/XObject << /X 6 0 R >>", &[form(own)])),
        ("a form with the resources of its page", with("/X Do", "", "/XObject << /X 6 0 R >>", &[form("")])),
        ("a form at two places", with("/X Do q 2 0 0 2 0 300 cm /X Do Q", "", "/XObject << /X 6 0 R >>", &[form(own)])),
        (
            "a form of a group, turned",
            with(
                "/X Do",
                "",
                "/XObject << /X 6 0 R >>",
                &[form(&format!("{own} /Matrix [0 1 -1 0 300 0] /Group << /S /Transparency >>"))],
            ),
        ),
        ("a form that nothing draws", with("", "", "/XObject << /X 6 0 R >>", &[form(own)])),
        (
            "a pattern",
            with("/Pattern cs /P scn 0 0 9 9 re f", "", "/Pattern << /P 6 0 R >>", &[stream(&format!("{pattern} {own}"), show)]),
        ),
        ("a soft mask", with("/G gs", "", "/ExtGState << /G << /SMask << /S /Luminosity /G 6 0 R >> >> >>", &[form(own)])),
        (
            "an appearance",
            with("", "/Annots [6 0 R]", "", &["<< /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 7 0 R >> >>".to_owned(), form(own)]),
        ),
        (
            "an appearance when rolled over",
            with(
                "",
                "/Annots [6 0 R]",
                "",
                &[
                    "<< /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 8 0 R /R 7 0 R >> >>".to_owned(),
                    form(own),
                    stream("/Subtype /Form /BBox [0 0 9 9]", ""),
                ],
            ),
        ),
        (
            "an appearance when pressed, of a state",
            with(
                "",
                "/Annots [6 0 R]",
                "",
                &[
                    "<< /Subtype /Widget /FT /Btn /Rect [0 0 9 9] /AS /Off /AP << /D << /On 7 0 R /Off 8 0 R >> >> >>".to_owned(),
                    form(own),
                    stream("/Subtype /Form /BBox [0 0 9 9]", ""),
                ],
            ),
        ),
        ("a glyph", {
            let font = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 /Widths [500] /Encoding << /Differences [97 /a] >> /CharProcs << /a 7 0 R >> /Resources << /Font << /F1 5 0 R >> >> >>";
            let mut objects = page("BT /T 9 Tf (a) Tj ET");
            objects[2] = objects[2].replace("/F1 5 0 R", "/F1 5 0 R /T 6 0 R");
            objects.extend([font.to_owned(), stream("", &format!("500 0 d0 {show}"))]);
            file(&objects)
        }),
        (
            "a font of a graphics state",
            with("/G gs BT 72 700 Td (Dear Quillfeather came) Tj ET", "", "/ExtGState << /G << /Font [5 0 R 12] >> >>", &[]),
        ),
        (
            "a turned page",
            with(
                "BT /F1 12 Tf 72 500 Td (Dear Quillfeather came) Tj ET",
                "/Rotate 90 /CropBox [50 50 400 600] /UserUnit 2",
                "",
                &[],
            ),
        ),
    ];
    for (what, bytes) in rows {
        goes(what, &bytes, &["Dear", "came"]);
    }
}

/// A page that shows codes in a font of its own, `F2`, which is object 6; further objects can follow.
fn with_font(shown: &str, font: &str, more: &[String]) -> Vec<u8> {
    let mut objects = page(&format!("BT /F1 12 Tf 72 700 Td (Dear ) Tj /F2 12 Tf {shown} Tj /F1 12 Tf ( came) Tj ET"));
    objects[2] = objects[2].replace("/F1 5 0 R", "/F1 5 0 R /F2 6 0 R");
    objects.push(font.to_owned());
    objects.extend_from_slice(more);
    file(&objects)
}

#[test]
fn fonts() {
    let simple = |more: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /Own {more} >>");
    let range = "1 begincodespacerange <00> <ff> endcodespacerange";
    let double = "1 begincodespacerange <0000> <ffff> endcodespacerange";
    let descendant = |system: &str| {
        format!(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Own /DW 600 /CIDSystemInfo << /Registry (Adobe) {system} /Supplement 0 >> >>"
        )
    };
    let composite =
        |encoding: &str| format!("<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding {encoding} /DescendantFonts [7 0 R]");
    let names = "/uni0051 /u /i /uni006C /l.alt /f /e /a /t /h /e /u0072";
    let codes = (1..=12).fold(String::new(), |mut out, code| {
        let _ = write!(out, "{code:02x}");
        out
    });
    let listed: String = WORD.chars().zip(1..).fold(String::new(), |mut out, (letter, code)| {
        let _ = writeln!(out, "<{code:02x}> <{:04x}>", letter as u32);
        out
    });
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("a standard encoding", with_font("(Quillfeather)", &simple("/Encoding /MacRomanEncoding"), &[])),
        ("no encoding", with_font("(Quillfeather)", &simple(""), &[])),
        ("names of glyphs", with_font(&format!("<{codes}>"), &simple(&format!("/Encoding << /Differences [1 {names}] >>")), &[])),
        (
            "a table",
            with_font(
                &format!("<{codes}>"),
                &simple("/ToUnicode 7 0 R"),
                &[stream("", &format!("{range} 12 beginbfchar\n{listed}endbfchar"))],
            ),
        ),
        (
            "a ligature",
            with_font(
                "<51756901666561746865 72>",
                &simple("/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /l_l] >>"),
                &[],
            ),
        ),
        (
            "one code for several letters",
            with_font(
                "<01>",
                &simple("/ToUnicode 7 0 R"),
                &[stream("", &format!("{range} 1 beginbfchar <01> <{}> endbfchar", wide(WORD)))],
            ),
        ),
        (
            "codes that are characters",
            with_font(
                &format!("<{}>", wide(WORD)),
                &format!("{} >>", composite("/UniGB-UCS2-H")),
                &[descendant("/Ordering (GB1)")],
            ),
        ),
        (
            "written downwards",
            with_font(
                &format!("<{}>", wide(WORD)),
                &format!("{} >>", composite("/UniJIS-UCS2-V")),
                &[descendant("/Ordering (Japan1)")],
            ),
        ),
        (
            "a collection by its numbers",
            with_font(
                &format!(
                    "<{}>",
                    WORD.bytes().fold(String::new(), |mut out, byte| {
                        // In Adobe-Japan1 the letters have the numbers from one, as ASCII has from a blank.
                        let _ = write!(out, "{:04x}", u32::from(byte) - 31);
                        out
                    })
                ),
                &format!("{} >>", composite("/Identity-H")),
                &[descendant("/Ordering (Japan1)")],
            ),
        ),
        (
            "a map in the file",
            with_font(
                &format!("<{}>", hex(WORD)),
                &format!("{} /ToUnicode 9 0 R >>", composite("8 0 R")),
                &[
                    descendant("/Ordering (Identity)"),
                    stream("/Type /CMap /CMapName /Own", &format!("{range} 1 begincidrange <00> <ff> 0 endcidrange")),
                    stream("", &format!("{range} 1 beginbfrange <20> <7e> <0020> endbfrange")),
                ],
            ),
        ),
        (
            "a range of texts",
            with_font(
                "<000100020003>",
                &format!("{} /ToUnicode 8 0 R >>", composite("/Identity-H")),
                &[
                    descendant("/Ordering (Identity)"),
                    stream(
                        "",
                        &format!(
                            "{double} 1 beginbfrange <0001> <0003> [<{}> <{}> <{}>] endbfrange",
                            wide("Quil"),
                            wide("lfe"),
                            wide("ather")
                        ),
                    ),
                ],
            ),
        ),
    ];
    for (what, bytes) in rows {
        goes(what, &bytes, &["Dear", "came"]);
    }
}

#[test]
fn a_code_that_shows_more_than_the_word_goes_whole() {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Own /ToUnicode 7 0 R >>";
    let table = format!("1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <01> <{}> endbfchar", wide("feathers"));
    let bytes = with_font("(Quill\\001)", font, &[stream("", &table)]);
    assert!(squeezed(&read(&bytes).unwrap()).contains("Quillfeathers"));
    let written = redact(&bytes, WORD, "[NAME]");
    assert_gone(&written, WORD);
    assert_gone(&written, "feather");
}

#[test]
fn a_form_on_several_pages_is_edited_once_for_all() {
    let mut objects = page_with("/X Do", "", "", "/XObject << /X 6 0 R >>");
    objects[1] = "<< /Type /Pages /Kids [3 0 R 7 0 R] /Count 2 >>".to_owned();
    objects.push(stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Resources << /Font << /F1 5 0 R >> >>",
        "BT /F1 12 Tf 2 5 Td (Dear Quillfeather came) Tj ET",
    ));
    objects.push(objects[2].clone());
    let bytes = file(&objects);
    let written = redact(&bytes, WORD, "[NAME]");
    assert_gone(&written, WORD);
    let pages = read(&written).unwrap().segments.iter().filter(|segment| segment.text.contains("[NAME]")).count();
    assert_eq!(pages, 2, "both pages show the label");
}
