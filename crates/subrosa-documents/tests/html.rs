//! HTML, XHTML and SVG.
#![allow(clippy::unwrap_used)]

mod common;

use common::{edit, labels, open, read, replace_all, replaced, texts};
use proptest::prelude::*;
use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_documents::{Limits, Source, formats, verify};

/// The file with `value` replaced everywhere, verified.
fn redacted(name: &str, html: &str, value: &str) -> String {
    let source = Source::new(html.as_bytes(), name);
    let format = formats::sniff(&source).unwrap();
    let document = format.read(&source, &Limits::default()).unwrap();
    assert_eq!(document.body.write(&[]).unwrap(), html.as_bytes(), "{html}");
    let edits = replace_all(&document, value, "[PERSON-1]");
    let count: usize = edits.iter().map(Vec::len).sum();
    assert!(count > 0, "no segment of {html} holds it: {:?}", texts(&document));
    let written = document.body.write(&edits).unwrap();
    verify::verify(format, &document, &edits, &Source::new(&written, name), &Limits::default()).unwrap();
    String::from_utf8(written).unwrap()
}

#[test]
fn every_carrier_of_text_is_read_and_written() {
    let cases = [
        ("<p>Ja<b>ne</b> <i>Roe</i>!</p>", "<p>[PERSON-1]<b></b><i></i>!</p>"),
        ("<p>Jane\n    Roe</p>", "<p>[PERSON-1]</p>"),
        ("<p>J&#97;ne&nbsp;x Jane Roe</p>", "<p>J&#97;ne&nbsp;x [PERSON-1]</p>"),
        ("<p>J&#x61;ne Roe</p>", "<p>[PERSON-1]</p>"),
        ("<p>Jane<!-- c --> Roe</p>", "<p>[PERSON-1]<!-- c --></p>"),
        ("<!-- by Jane Roe --><p>a</p>", "<!-- by [PERSON-1] --><p>a</p>"),
        ("<!-- <p>Jane <b>Roe</b></p> --><p>a</p>", "<!-- <p>[PERSON-1]<b></b></p> --><p>a</p>"),
        ("<p>a</p><!--[if mso]><p>Jane Roe</p><![endif]-->", "<p>a</p><!--[if mso]><p>[PERSON-1]</p><![endif]-->"),
        ("<img alt=\"Jane Roe\" src=a.png>", "<img alt=\"[PERSON-1]\" src=a.png>"),
        ("<img alt=Jane&#32;Roe>", "<img alt=\"[PERSON-1]\">"),
        ("<p title='of Jane Roe'>x</p>", "<p title='of [PERSON-1]'>x</p>"),
        ("<meta name=author content=\"Jane Roe\"><p>", "<meta name=author content=\"[PERSON-1]\"><p>"),
        ("<a href=\"mailto:x?cc=Jane%20Roe&amp;s=1\">m</a>", "<a href=\"mailto:x?cc=%5BPERSON-1%5D&amp;s=1\">m</a>"),
        ("<p data-name=\"Jane Roe\" aria-label=\"Jane Roe\">", "<p data-name=\"[PERSON-1]\" aria-label=\"[PERSON-1]\">"),
        ("<input placeholder=\"Jane Roe\"><p>", "<input placeholder=\"[PERSON-1]\"><p>"),
        ("<textarea>\nJane Roe</textarea>", "<textarea>\n[PERSON-1]</textarea>"),
        ("<title>Jane Roe</title>", "<title>[PERSON-1]</title>"),
        ("<button onclick=\"f('Jane\\x20Roe', &quot;&quot;)\">", "<button onclick=\"f('[PERSON-1]', &quot;&quot;)\">"),
        ("<script>var a = 'J\\u0061ne Roe';</script>", "<script>var a = '[PERSON-1]';</script>"),
        ("<script>/* Jane Roe */ if (a < b) x()</script>", "<script>/* [PERSON-1] */ if (a < b) x()</script>"),
        (
            "<script type=\"application/ld+json\">{\"name\": \"J\\u0061ne Roe\"}</script>",
            "<script type=\"application/ld+json\">{\"name\": \"[PERSON-1]\"}</script>",
        ),
        ("<style>a::after { content: 'J\\61 ne Roe' }</style>", "<style>a::after { content: '[PERSON-1]' }</style>"),
        ("<template><p>Jane <i>Roe</i></template>", "<template><p>[PERSON-1]<i></i></template>"),
        ("<noscript><p>Jane <i>Roe</i></noscript>", "<noscript><p>[PERSON-1]<i></i></noscript>"),
        ("<p hidden style=\"display:none\">Jane Roe</p>", "<p hidden style=\"display:none\">[PERSON-1]</p>"),
        ("<iframe srcdoc=\"&lt;p>Jane &lt;b>Roe\"></iframe>", "<iframe srcdoc=\"&lt;p&gt;[PERSON-1]&lt;b&gt;\"></iframe>"),
        ("<a href=\"data:text/html,%3Cp%3EJane%20Roe\">x</a>", "<a href=\"data:text/html,%3Cp%3E%5BPERSON-1%5D\">x</a>"),
        ("<a href='data:text/plain;base64,SmFuZSBSb2U='>x</a>", "<a href='data:text/plain;base64,W1BFUlNPTi0xXQ=='>x</a>"),
        ("<svg><text>Jane <tspan>Roe</tspan></text></svg>", "<svg><text>[PERSON-1]<tspan></tspan></text></svg>"),
        ("<svg><desc><![CDATA[Jane Roe]]></desc></svg>", "<svg><desc><![CDATA[[PERSON-1]]]></desc></svg>"),
        ("<p>x</p><! Jane Roe>", "<p>x</p><! [PERSON-1]>"),
        ("<p>x</p><?php 'Jane Roe' ?>", "<p>x</p><?php '[PERSON-1]' ?>"),
        ("<p a=1 a=\"Jane Roe\" a=2>x", "<p a=1 a=\"[PERSON-1]\" a=2>x"),
        ("<p>x</p title=\"Jane Roe\">", "<p>x</p title=\"[PERSON-1]\">"),
        ("<p>x</p><p>Jane Roe", "<p>x</p><p>[PERSON-1]"),
        ("<p>x</p><a title=\"Jane Roe", "<p>x</p><a title=\"[PERSON-1]"),
        ("<select><option>Jane Roe<option>b</select>", "<select><option>[PERSON-1]<option>b</select>"),
        ("<p>x<plaintext>Jane Roe</p>", "<p>x<plaintext>[PERSON-1]</p>"),
        ("<p>x<xmp>Jane Roe</xmp>", "<p>x<xmp>[PERSON-1]</xmp>"),
        ("<pre>Jane Roe\n  x</pre>", "<pre>[PERSON-1]\n  x</pre>"),
    ];
    for (html, expected) in cases {
        assert_eq!(redacted("a.html", html, "Jane Roe"), expected, "{html}");
    }
}

#[test]
fn text_flows_over_tags_and_lines_end_with_blocks() {
    let document =
        read("a.html", b"<div>One <b>t</b>wo<p>three<br>four</p>fi<span>ve</span><ul>\n<li>six\n <li>se&shy;ven</ul></div>");
    assert_eq!(texts(&document), ["One two\nthree\nfour\nfive\nsix\nse\u{ad}ven"]);
    let document = read("a.html", b"<p>Name<input value=1>Age<br/><b> x </b> <b> y</b></p>");
    assert_eq!(texts(&document)[0], "Name Age\nx y");
}

#[test]
fn cells_are_labelled_by_headings() {
    let html = b"<table><thead><tr><th>Name<th>Birth date<tbody><tr><td>Jane Roe<td>1950-01-02<tr><td>X<td><a href=\"tel:5550100\">y</a></table>";
    let document = read("a.html", html);
    assert_eq!(labels(&document, "Jane Roe"), ["Name"]);
    assert_eq!(labels(&document, "1950-01-02"), ["Birth date"]);
    assert_eq!(labels(&document, "tel:5550100"), ["href", "Birth date"]);
    let html = b"<table><tr><td>Name:</td><td>Jane Roe</td></tr><tr><td>Born</td><td>1950</td></tr></table>";
    assert_eq!(labels(&read("a.html", html), "Jane Roe"), ["Name"]);
    let html = b"<table><tr><th rowspan=2>Who<th colspan=2>When<tr><th>born<th>died<tr><td>Jane Roe<td>1950<td>2001</table>";
    let document = read("a.html", html);
    assert_eq!(labels(&document, "Jane Roe"), ["Who"]);
    assert_eq!(labels(&document, "1950"), ["born", "When"]);
    assert_eq!(labels(&document, "2001"), ["died", "When"]);
    let html = b"<table><tr><td>outer<table><tr><td>Patient</td><td>Jane Roe</td></tr></table>rest</td></tr></table>";
    assert_eq!(labels(&read("a.html", html), "Jane Roe"), ["Patient"]);
    assert!(texts(&read("a.html", html)).contains(&"outer\nrest"));
}

#[test]
fn fields_are_labelled() {
    let document = read(
        "a.html",
        b"<dl><dt>Patient<dd>Jane Roe<dt>Born<dd>1950</dl><label>Phone <input name=tel_no value='555-0100'></label>\
          <label for=x>Surname:</label><input id=x name=n1 value=Roe><meta name='DC.creator' content='Ann Poe'>",
    );
    assert_eq!(labels(&document, "Jane Roe"), ["Patient"]);
    assert_eq!(labels(&document, "1950"), ["Born"]);
    assert_eq!(labels(&document, "555-0100"), ["Phone", "tel no"]);
    assert_eq!(labels(&document, "Roe"), ["Surname", "n1"]);
    assert_eq!(labels(&document, "Ann Poe"), ["dc creator"]);
}

#[test]
fn encodings_are_read_as_declared_and_kept() {
    let latin = b"<meta charset=iso-8859-2><p>J\xe1ne Roe \xb3</p>";
    let document = read("a.html", latin);
    assert_eq!(texts(&document).first(), Some(&"Jáne Roe ł"));
    assert_eq!(replaced("a.html", latin, "Jáne Roe", "[P]"), b"<meta charset=iso-8859-2><p>[P] \xb3</p>");
    let wide: Vec<u8> = "\u{feff}<html><p>Jane Roe</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let expected: Vec<u8> = "\u{feff}<html><p>[P]</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(replaced("a.html", &wide, "Jane Roe", "[P]"), expected);
    // A wrong declaration does not hide UTF-8.
    let wrong = "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1256\"><p>Jané Roe</p>";
    assert!(texts(&read("a.html", wrong.as_bytes())).contains(&"Jané Roe"));
}

#[test]
fn kinds_are_told_precisely() {
    let id = |name, bytes: &str| open(name, bytes.as_bytes()).unwrap().0.id();
    assert_eq!(id("a.html", "just text"), "html");
    assert_eq!(id("a", "<!DOCTYPE html><p>x</p>"), "html");
    assert_eq!(id("a", "<p>Dear <b>Jane</b></p>"), "html");
    assert_eq!(id("a", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><p/></html>"), "xhtml");
    assert_eq!(id("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"), "svg");
    assert_eq!(id("a.rs", "fn f<T>() -> Vec<T> {}\n"), "txt");
    assert_eq!(id("a.md", "<p align=center>\n<b>x</b></p>\n\n# Title\n"), "txt");
    assert_eq!(id("a.txt", "<3 you\n"), "txt");
    assert_eq!(id("a.txt", "if a < b && c > d { }\n"), "txt");
    assert_eq!(id("a.js", "<!-- hide\nvar a = '</b>';\n"), "txt");
}

#[test]
fn what_cannot_be_read_is_unread_and_can_be_left_out() {
    let html = "<p>Jane Roe</p><img src=\"data:application/x-thing;base64,f0VMRgAAAAAAAA==\">";
    let mut document = read("a.html", html.as_bytes());
    assert_eq!(document.unread.len(), 1);
    assert!(document.unread[0].part.contains("img"));
    assert!(document.settle(OnUnread::Fail).is_err());
    document.settle(OnUnread::Remove).unwrap();
    let written = document.body.write(&[]).unwrap();
    assert_eq!(written, b"<p>Jane Roe</p><img src=\"data:application/x-thing;base64,\">");
    assert_eq!(document.body.notes().len(), 1);
    assert!(read("a.html", &written).unread.is_empty());
}

#[test]
fn names_that_are_not_the_standards_are_searched() {
    let html = "<div data-roebuck=1><roebuck-card class=roebuck id='roebuck'>x</roebuck-card></div>";
    let document = read("a.html", html.as_bytes());
    assert!(document.segments.iter().filter(|segment| segment.structural).count() >= 3);
    let written = String::from_utf8(replaced("a.html", html.as_bytes(), "roebuck", "[X-1]")).unwrap();
    assert!(!written.contains("roebuck"), "{written}");
    assert!(written.contains("<x-1-card") || written.contains("<x-1"), "{written}");
}

#[test]
fn xml_that_composes_text_from_entities_is_refused() {
    let svg = "<!DOCTYPE svg [<!ENTITY a \"Ja\">]><svg><text>&a;ne</text></svg>";
    assert_eq!(open("a.svg", svg.as_bytes()).err().unwrap().kind(), "damaged");
    let svg = "<!DOCTYPE svg [<!ENTITY ns \"http://ns.example.com/\">]><svg xmlns:x=\"&ns;\"><text>Jane</text></svg>";
    assert!(texts(&read("a.svg", svg.as_bytes())).contains(&"Jane"));
}

#[test]
fn the_work_is_linear_and_bounded() {
    let repeat = |text: &str| text.repeat(200_000 / text.len());
    for text in [
        "<!--",
        "<a b=\"",
        "<iframe>",
        "<table><td>",
        "<!--[if a]><div>",
        "<script><!--<script>",
        "&amp",
        "<svg>",
        "<dl><dt><dd>",
        "--",
        "<label><input>",
        "<!--x--!>-",
        "<![CDATA[",
        "]]>",
        "<p style='url(data:a/b;base64,",
        "%41",
        "</",
        "<![if",
        "<select>",
        "\\",
    ] {
        let html = format!("<html>{}", repeat(text));
        if let Ok((_, document)) = open("a.html", html.as_bytes()) {
            assert_eq!(document.body.write(&[]).unwrap(), html.as_bytes());
        }
        let _ = open("a.svg", html.as_bytes());
    }
}

fn markup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-z &;#x<>/=\"'!-]{0,8}",
        Just("<p title=\"J&#97;ne\">".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("</table>".to_owned()),
        Just("<script>'a\\x41'</script>".to_owned()),
        Just("<!--".to_owned()),
        Just("-->".to_owned()),
        Just("<svg><![CDATA[x]]></svg>".to_owned()),
        Just("<dd>&eacute;\u{e9}".to_owned()),
        Just("<a href=x%20y>".to_owned()),
        Just("<textarea>x</textarea>".to_owned()),
        Just("<style>a{b:'\\41'}</style>".to_owned()),
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_mark_up_is_written_back(html in markup()) {
        for name in ["a.html", "a.xhtml"] {
            if let Ok((_, document)) = open(name, html.as_bytes()) {
                prop_assert_eq!(document.body.write(&[]).unwrap(), html.as_bytes());
            }
        }
    }

    #[test]
    fn everything_can_go(html in markup()) {
        let Ok((_, document)) = open("a.html", html.as_bytes()) else { return Ok(()) };
        let edits: Vec<Vec<Edit>> = document.segments.iter().map(|segment| {
            let end = segment.text.trim_end().len();
            if end == 0 { Vec::new() } else { vec![edit(0, end, "[X]")] }
        }).collect();
        if let Ok(written) = document.body.write(&edits) {
            let _ = read("a.html", &written);
        }
    }
}

#[test]
fn real_pages_are_read_and_written() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/documents/html");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: no real pages beside the repository");
        return;
    };
    for file in files {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let name = path.to_string_lossy().into_owned();
        let source = Source::new(&bytes, &name);
        let format = formats::sniff(&source).unwrap();
        let document = format.read(&source, &Limits::default()).unwrap();
        assert_eq!(document.body.write(&[]).unwrap(), bytes);
        let longest = document.segments.iter().max_by_key(|segment| segment.text.len()).unwrap();
        let word = longest.text.split(|char: char| !char.is_alphanumeric()).max_by_key(|word| word.len()).unwrap().to_owned();
        let edits = replace_all(&document, &word, "[PERSON-1]");
        let written = document.body.write(&edits).unwrap();
        verify::verify(format, &document, &edits, &Source::new(&written, &name), &Limits::default()).unwrap();
    }
}
