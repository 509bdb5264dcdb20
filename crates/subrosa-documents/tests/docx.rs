//! WordprocessingML: what is read where, and what an edit leaves alone.

#![allow(clippy::format_collect)]

#[path = "docx/build.rs"]
mod build;
mod common;

use build::{Docx, document, is_free_of, member, names, paragraph, text};
use common::{edit, labels, read, refusal, replace_all, replaced, texts};
use subrosa_core::span::Span;

const NAME: &str = "file.docx";

#[test]
fn words_split_over_runs_are_one_word() {
    let bytes = Docx::new(&paragraph(&["Dear Jo", "hn Sm", "ith, hello"])).bytes();
    let document = read(NAME, &bytes);
    assert_eq!(texts(&document)[0], "Dear John Smith, hello\n");
    let written = document.body.write(&[vec![edit(5, 15, "[PERSON-1]")]]).unwrap();
    let expected =
        r#"<w:r><w:t xml:space="preserve">Dear [PERSON-1]</w:t></w:r><w:r><w:t></w:t></w:r><w:r><w:t>, hello</w:t></w:r>"#;
    // No white space came to an edge that had none, so nothing is added to the tag.
    assert!(text(&written, "word/document.xml").contains(&expected.replace(" xml:space=\"preserve\"", "")));
}

#[test]
fn white_space_at_a_new_edge_is_kept() {
    let bytes = Docx::new(&paragraph(&["Ann, hello"])).bytes();
    let written = read(NAME, &bytes).body.write(&[vec![edit(0, 4, "")]]).unwrap();
    assert!(text(&written, "word/document.xml").contains(r#"<w:t xml:space="preserve"> hello</w:t>"#));
}

#[test]
fn only_the_edited_bytes_change() {
    let body = "<w:p w:rsidR='00A1'><w:r><w:t >A &quot;quoted&quot; &#x4A;ane &amp; co</w:t></w:r></w:p ><!-- kept -->";
    let bytes = Docx::new(body).bytes();
    let written = replaced(NAME, &bytes, "Jane", "<&>");
    assert_eq!(text(&written, "word/document.xml"), document(&body.replace("&#x4A;ane", "&lt;&amp;&gt;")));
}

#[test]
fn without_edits_every_member_is_the_same() {
    let docx = Docx::new(&paragraph(&["Nothing to do"])).related("rId5", "settings", "word/settings.xml", "<a/>");
    let written = read(NAME, &docx.bytes()).body.write(&[]).unwrap();
    for (name, data) in docx.all() {
        assert_eq!(member(&written, &name), Some(data), "{name}");
    }
    // Written again, the container is the same to the byte.
    assert_eq!(read(NAME, &written).body.write(&[]).unwrap(), written);
}

#[test]
fn cdata_and_utf_16_parts() {
    let bytes = Docx::new("<w:p><w:r><w:t><![CDATA[<Jane> & co]]></w:t></w:r></w:p>").bytes();
    let written = replaced(NAME, &bytes, "Jane", "]]>");
    assert!(text(&written, "word/document.xml").contains("<![CDATA[<]]]]><![CDATA[>> & co]]>"));

    let markup = document(&paragraph(&["Jane Doe"])).replace("UTF-8", "UTF-16");
    let wide: Vec<u8> = "\u{FEFF}".encode_utf16().chain(markup.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let mut docx = Docx::new("");
    docx.members[0].1 = wide;
    let written = replaced(NAME, &docx.bytes(), "Jane Doe", "[P]");
    let data = member(&written, "word/document.xml").unwrap();
    let units: Vec<u16> = data.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    assert_eq!(String::from_utf16(&units).unwrap(), format!("\u{FEFF}{}", markup.replace("Jane Doe", "[P]")));
}

#[test]
fn every_carrier_is_reached() {
    let value = "Quillon";
    let body = format!(
        r#"<w:p><w:bookmarkStart w:id="0" w:name="{value}_mark"/><w:r><w:t>{value}</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>
        <w:p><w:ins w:id="1" w:author="{value} A" w:date="2020-01-01T00:00:00Z"><w:r><w:t>new</w:t></w:r></w:ins></w:p>
        <w:p><w:del w:id="2" w:author="Ed"><w:r><w:delText>{value}</w:delText></w:r></w:del></w:p>
        <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "mailto:{value}</w:instrText></w:r><w:r><w:instrText>@example.com"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>mail</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
        <w:p><w:fldSimple w:instr=" MERGEFIELD {value} "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>
        <w:sdt><w:sdtPr><w:alias w:val="{value} alias"/><w:tag w:val="{value}-tag"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>in {value}</w:t></w:r></w:p></w:sdtContent></w:sdt>
        <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden {value}</w:t></w:r></w:p>
        <w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent><w:p><w:r><w:t>box {value}</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:shape alt="{value}"><v:textbox><w:txbxContent><w:p><w:r><w:t>box {value}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
        <w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="{value}" descr="{value}" title="{value}"/><a:t>{value}</a:t></wp:inline></w:drawing></w:r></w:p>"#
    );
    let story =
        |element: &str| format!(r#"<w:{element} xmlns:w="{}"><w:p><w:r><w:t>{value}</w:t></w:r></w:p></w:{element}>"#, build::W);
    let comments = format!(
        r#"<w:comments xmlns:w="{}"><w:comment w:id="0" w:author="{value}" w:initials="{value}"><w:p><w:r><w:t>see {value}</w:t></w:r></w:p></w:comment></w:comments>"#,
        build::W
    );
    let settings = format!(
        r#"<w:settings xmlns:w="{}"><w:docVars><w:docVar w:name="{value}" w:val="{value}"/></w:docVars><w:mailMerge><w:query w:val="SELECT {value}"/></w:mailMerge></w:settings>"#,
        build::W
    );
    let styles = format!(
        r#"<w:styles xmlns:w="{}"><w:style w:styleId="{value}1"><w:name w:val="{value} 1"/></w:style></w:styles>"#,
        build::W
    );
    let core = format!(
        r#"<cp:coreProperties xmlns:cp="{}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{value}</dc:creator><dc:title>On {value}</dc:title></cp:coreProperties>"#,
        build::PACKAGE
    );
    let custom = format!(
        r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Client"><vt:lpwstr>{value}</vt:lpwstr></property></Properties>"#
    );
    let bytes = Docx::new(&body)
        .related("rId2", "header", "word/header1.xml", story("hdr"))
        .related("rId3", "comments", "word/comments.xml", comments)
        .related("rId4", "settings", "word/settings.xml", settings)
        .related("rId5", "styles", "word/styles.xml", styles)
        .external("rId6", "hyperlink", &format!("mailto:{value}@example.com"))
        .part("customXml/item1.xml", format!(r#"<root who="{value}"><x>{value}</x><?pi {value}?><!-- {value} --></root>"#))
        .part("word/orphan.xml", format!("<a>{value}</a>"))
        .root("rId2", &format!("{}/metadata/core-properties", build::PACKAGE), "docProps/core.xml", core)
        .root("rId3", &format!("{}/custom-properties", build::R), "docProps/custom.xml", custom)
        .bytes();

    let document = read(NAME, &bytes);
    assert!(document.unread.is_empty());
    assert_eq!(
        document
            .segments
            .iter()
            .find(|segment| segment.text == value && segment.labels.iter().any(|l| &**l == "Client"))
            .map(|s| s.labels.len()),
        Some(1)
    );
    let author = document.segments.iter().find(|segment| segment.labels.iter().any(|label| &**label == "creator")).unwrap();
    assert!(author.labels.iter().any(|label| &**label == "author"));
    assert!(texts(&document).contains(&r#" HYPERLINK "mailto:Quillon@example.com""#));

    let written = replaced(NAME, &bytes, value, "[P 1]");
    assert!(is_free_of(&written, value));
    let relations = text(&written, "word/_rels/document.xml.rels");
    assert!(relations.contains(r#"Target="mailto:%5BP%201%5D@example.com""#), "a target stays a URI");
    let again = read(NAME, &written);
    assert!(texts(&again)[0].contains("hidden [P 1]"), "the body comes first");
}

#[test]
fn table_cells_are_segments_under_their_labels() {
    let row = |cells: &[&str]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph(&[cell]))).collect::<String>())
    };
    let wide = format!("<w:tbl>{}{}</w:tbl>", row(&["Surname", "Born", "Ward"]), row(&["Okafor", "3 May 1970", "B2"]));
    let form = format!("<w:tbl>{}{}</w:tbl>", row(&["Name:", "Jane Doe"]), row(&["Phone", "555-0100"]));
    let document = read(NAME, &Docx::new(&format!("{wide}{form}")).bytes());
    assert_eq!(labels(&document, "Okafor\n"), ["Surname"]);
    assert_eq!(labels(&document, "3 May 1970\n"), ["Born", "Okafor"]);
    assert_eq!(labels(&document, "555-0100\n"), ["Phone", "Jane Doe"]);
    assert_eq!(labels(&document, "Jane Doe\n"), ["Name"]);
    let cell = document.segments.iter().position(|segment| segment.text == "555-0100\n").unwrap();
    assert_eq!(document.body.place(cell, Span::new(0, 3)), "word/document.xml, table 2, row 2, column 2, line 1");
}

#[test]
fn tracked_changes_are_read_both_ways() {
    let run = |tag: &str, text: &str| format!("<w:r><w:{tag}>{text}</w:{tag}></w:r>");
    let body = format!(
        r#"<w:p>{}<w:del w:id="1" w:author="Ed">{}</w:del><w:ins w:id="2" w:author="Ed">{}</w:ins>{}</w:p>"#,
        run("t", "Call Jo"),
        run("delText", "e"),
        run("t", "hn"),
        run("t", " Smith")
    );
    let bytes = Docx::new(&body).bytes();
    let document = read(NAME, &bytes);
    let all = texts(&document);
    assert!(all.contains(&"Call Joehn Smith\n"));
    assert!(all.contains(&"Call Joe Smith\n") && all.contains(&"Call John Smith\n"));
    let written = replaced(NAME, &bytes, "John Smith", "[P]");
    let after = read(NAME, &written);
    assert!(!texts(&after).iter().any(|text| text.contains("John") || text.contains("Smith") || text.contains("hn")));
    // The same stretch found in two readings goes once.
    let mut edits = replace_all(&document, "John Smith", "[A]");
    for (both, other) in edits.iter_mut().zip(replace_all(&document, "Joe Smith", "[B]")) {
        both.extend(other);
    }
    let written = document.body.write(&edits).unwrap();
    assert_eq!(texts(&read(NAME, &written)).iter().filter(|text| text.contains("Smith")).count(), 0);
}

#[test]
fn a_deleted_paragraph_mark_joins_the_lines() {
    let body = r#"<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="Ed"/></w:rPr></w:pPr><w:r><w:t>Quil</w:t></w:r></w:p><w:p><w:r><w:t>lon</w:t></w:r></w:p>"#;
    let document = read(NAME, &Docx::new(body).bytes());
    assert!(texts(&document).contains(&"Quil\nlon\n"));
    assert!(texts(&document).contains(&"Quillon\n"));
}

#[test]
fn symbols_hyphens_and_tabs() {
    let body = r#"<w:p><w:r><w:t>A</w:t><w:tab/><w:t>Jean</w:t><w:noBreakHyphen/><w:t>Luc</w:t><w:softHyphen/><w:t>e</w:t><w:sym w:font="Symbol" w:char="F041"/></w:r></w:p>"#;
    let bytes = Docx::new(body).bytes();
    assert_eq!(texts(&read(NAME, &bytes))[0], "A\tJean\u{2011}LuceA\n");
    let written = replaced(NAME, &bytes, "\u{2011}LuceA", "x");
    assert!(
        text(&written, "word/document.xml").contains("<w:t>Jean</w:t><w:t>x</w:t><w:t></w:t><w:softHyphen/><w:t></w:t></w:r>")
    );
}

#[test]
fn dates_and_numbers_stay_what_their_schema_demands() {
    let body = r#"<w:p><w:ins w:id="1" w:author="Ed" w:date="2020-05-03T10:00:00Z"><w:r><w:t>x</w:t></w:r></w:ins></w:p>"#;
    let core = format!(
        r#"<cp:coreProperties xmlns:cp="{}/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:created>2020-05-03T10:00:00Z</dcterms:created></cp:coreProperties>"#,
        build::PACKAGE
    );
    let bytes =
        Docx::new(body).root("rId2", &format!("{}/metadata/core-properties", build::PACKAGE), "docProps/core.xml", core).bytes();
    let written = replaced(NAME, &bytes, "2020-05-03", "[DATE]");
    assert!(text(&written, "word/document.xml").contains(r#"<w:ins w:id="1" w:author="Ed"><w:r>"#));
    assert!(text(&written, "docProps/core.xml").contains("<dcterms:created>1970-01-01T00:00:00Z</dcterms:created>"));
    let shifted = replaced(NAME, &bytes, "2020-05-03", "2019-02-01");
    assert!(text(&shifted, "word/document.xml").contains(r#"w:date="2019-02-01T10:00:00Z""#));
}

#[test]
fn what_cannot_be_inspected_goes_with_its_traces() {
    let body = format!(
        r#"{}<w:p><w:r><w:object><v:shape><v:imagedata r:id="rId8"/></v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="rId7"/></w:object></w:r></w:p>"#,
        paragraph(&["text"])
    );
    let png = [
        b"\x89PNG\r\n\x1a\n".as_slice(),
        &chunk(*b"IHDR", &[0; 13]),
        &chunk(*b"tEXt", b"Author\0Quillon"),
        &chunk(*b"IEND", b""),
        b"tail",
    ]
    .concat();
    let bytes = Docx::new(&body)
        .related("rId7", "package", "word/embeddings/Sheet.xlsx", b"PK\x03\x04 no package")
        .typed("word/embeddings/Sheet.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .related("rId8", "image", "word/media/image1.png", png)
        .related(
            "rId9",
            "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
            "word/vbaProject.bin",
            b"\xD0\xCF macros Quillon",
        )
        .root(
            "rId4",
            &format!("{}/relationships/metadata/thumbnail", build::PACKAGE),
            "docProps/thumbnail.jpeg",
            b"\xFF\xD8\xFFQuillon",
        )
        .part("stray.bin", b"\0Quillon")
        .bytes();
    let document = read(NAME, &bytes);
    assert!(document.unread.is_empty(), "{:?}", document.unread);
    assert_eq!(document.body.notes().len(), 5);
    let written = document.body.write(&[]).unwrap();
    assert!(is_free_of(&written, "Quillon") && is_free_of(&written, "embeddings") && is_free_of(&written, "vbaProject"));
    assert!(
        text(&written, "word/document.xml").contains(r#"<w:object><v:shape><v:imagedata r:id="rId8"/></v:shape></w:object>"#)
    );
    assert!(!names(&written).contains(&"stray.bin".to_owned()));
}

#[test]
fn a_document_in_a_document_is_read_and_written() {
    let inner = Docx::new(&paragraph(&["Quillon was here"])).bytes();
    let body = r#"<w:p><w:r><w:object><o:OLEObject Type="Embed" r:id="rId7"/></w:object></w:r></w:p>"#;
    let bytes = Docx::new(body).related("rId7", "package", "word/embeddings/inner.docx", inner).bytes();
    let document = read(NAME, &bytes);
    let segment = document.segments.iter().position(|segment| segment.text.starts_with("Quillon")).unwrap();
    assert_eq!(document.body.place(segment, Span::new(0, 2)), "word/embeddings/inner.docx, word/document.xml, line 1");
    let written = replaced(NAME, &bytes, "Quillon", "[P]");
    let inner = member(&written, "word/embeddings/inner.docx").unwrap();
    assert!(text(&inner, "word/document.xml").contains("[P] was here"));
}

#[test]
fn unknown_parts_are_said_to_be_unread() {
    let bytes = Docx::new(&paragraph(&["text"]))
        .related("rId7", "video", "word/media/a.mp4", b"\0\0\0\x18ftyp")
        .related("rId8", "aFChunk", "word/chunk.bin", b"\0\x01 something")
        .bytes();
    let unread: Vec<String> = read(NAME, &bytes).unread.into_iter().map(|unread| unread.part).collect();
    assert_eq!(unread, ["word/media/a.mp4", "word/chunk.bin"]);
}

#[test]
fn strict_namespaces_and_other_prefixes_read_alike() {
    let markup = r#"<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>Ja</t></r><r><t>ne</t><tab/><sym char="0041"/></r></p></body></document>"#;
    let bytes = Docx::with_main(markup).bytes();
    assert_eq!(texts(&read(NAME, &bytes))[0], "Jane\tA\n");
    let written = replaced(NAME, &bytes, "Jane\tA", "x");
    assert!(text(&written, "word/document.xml").contains("<r><t>x</t></r><r><t></t><tab/></r>"));
}

#[test]
fn names_of_the_format_come_last_and_are_marked() {
    let body = r#"<w:p><w:pPr><w:pStyle w:val="Quillon"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Georgia"/></w:rPr><w:t>text</w:t></w:r></w:p>"#;
    let document = read(NAME, &Docx::new(body).bytes());
    assert_eq!(texts(&document), ["text\n", "Quillon", "Georgia"]);
    assert_eq!([0, 1, 2].map(|segment: usize| document.segments[segment].structural), [false, true, true]);
}

#[test]
fn documents_of_another_writer() {
    use docx_rs::{Docx as Writer, Hyperlink, HyperlinkType, Paragraph, Run, Table, TableCell, TableRow};
    let link = Hyperlink::new("https://example.com/~quillon", HyperlinkType::External).add_run(Run::new().add_text("her page"));
    let cell = |text: &str| TableCell::new().add_paragraph(Paragraph::new().add_run(Run::new().add_text(text)));
    let writer = Writer::new()
        .add_paragraph(Paragraph::new().add_run(Run::new().add_text("Ms Quil")).add_run(Run::new().add_text("lon & sons").bold()))
        .add_paragraph(Paragraph::new().add_hyperlink(link))
        .add_table(Table::new(vec![TableRow::new(vec![cell("Surname"), cell("Quillon")])]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    writer.build().pack(&mut bytes).unwrap();
    let bytes = bytes.into_inner();
    let document = read(NAME, &bytes);
    assert!(texts(&document)[0].starts_with("Ms Quillon & sons\nher page\n"));
    assert_eq!(labels(&document, "Quillon\n"), ["Surname"]);
    let written = replaced(NAME, &replaced(NAME, &bytes, "Quillon", "[P]"), "quillon", "[P]");
    assert!(is_free_of(&written, "uillon"));
}

#[test]
fn residue_views_see_what_a_reader_sees() {
    let bytes = Docx::new(&paragraph(&["Jo", "hn &amp; Ann"]))
        .related("rId1", "settings", "word/settings.xml", r#"<a b="&#x51;uillon"/>"#)
        .bytes();
    let format = subrosa_documents::formats::sniff(&subrosa_documents::Source::nameless(&bytes)).unwrap();
    assert_eq!(format.id(), "docx");
    let parts = format.raw_parts(&subrosa_documents::Source::nameless(&bytes), &subrosa_documents::Limits::default()).unwrap();
    let has = |value: &str| parts.iter().any(|part| part.text.contains(value));
    // Attributes stay in the mark-up as it is: the search reads character references itself.
    assert!(has("John & Ann") && has("&#x51;uillon") && has("word/settings.xml"));
}

#[test]
fn other_containers_are_not_claimed_or_refused_with_a_reason() {
    let zip = build::archive(&[("a.txt".to_owned(), b"hello".to_vec())]);
    let (format, _) = common::open("a.zip", &zip).unwrap();
    assert_eq!(format.id(), "zip");
    assert_eq!(refusal(NAME, &zip).kind(), "damaged");
}

fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32).to_be_bytes(), kind.as_slice(), data, &[0; 4]].concat()
}
