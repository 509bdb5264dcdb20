//! What the audit sees in office documents, web pages and pictures.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr, reason = "all of this is tests")]

use std::io::{Cursor, Write as _};
use std::path::Path;

use subrosa_documents::{Audit, Limits, Source, audit};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const S: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
const P: &str = "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"";

fn package(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(data.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn look(name: &str, bytes: &[u8]) -> Audit {
    audit(&Source::new(bytes, name), &Limits::default()).unwrap()
}

/// Kind, and value or detail, of each observation.
fn seen(name: &str, members: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let audit = look(name, &package(members));
    assert_eq!(audit.unread, []);
    audit.observations.into_iter().map(|one| (one.kind.id, one.value.unwrap_or(one.detail))).collect()
}

fn word(body: &str, more: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let mut members = vec![("word/document.xml", document.as_str())];
    members.extend(more);
    seen("a.docx", &members)
}

fn run(properties: &str) -> Vec<(&'static str, String)> {
    word(&format!("<w:p><w:r><w:t>Seen </w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>Jane</w:t></w:r></w:p>"), &[])
}

fn only(kind: &'static str, value: &str) -> Vec<(&'static str, String)> {
    vec![(kind, value.to_owned())]
}

#[test]
fn black_bars_made_with_word_are_covered_text() {
    for hiding in [
        "<w:highlight w:val=\"black\"/>",
        "<w:color w:val=\"000000\"/><w:highlight w:val=\"black\"/>",
        "<w:color w:val=\"000000\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"000000\"/>",
        "<w:color w:val=\"1F3864\"/><w:shd w:val=\"clear\" w:fill=\"1F3864\"/>",
        "<w:color w:val=\"000000\"/><w:shd w:val=\"solid\" w:color=\"auto\" w:fill=\"auto\"/>",
    ] {
        assert_eq!(run(hiding), only("covered-text", "Jane"), "{hiding}");
    }
    for plain in [
        "<w:highlight w:val=\"yellow\"/>",
        "<w:color w:val=\"FFFFFF\"/><w:highlight w:val=\"black\"/>",
        "<w:color w:val=\"FFFFFF\"/><w:shd w:val=\"clear\" w:fill=\"000000\"/>",
        "<w:shd w:val=\"clear\" w:fill=\"D9D9D9\"/>",
        "<w:vanish w:val=\"0\"/>",
    ] {
        assert_eq!(run(plain), [], "{plain}");
    }
    let cell = "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val=\"clear\" w:fill=\"000000\"/></w:tcPr><w:p><w:r><w:rPr>\
                <w:color w:val=\"000000\"/></w:rPr><w:t>Jane</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(word(cell, &[]), only("covered-text", "Jane"));
}

#[test]
fn hidden_white_and_tiny_words_are_named() {
    assert_eq!(run("<w:vanish/>"), only("invisible-text", "Jane"));
    assert_eq!(run("<w:color w:val=\"FFFFFF\"/>"), only("text-in-page-colour", "Jane"));
    assert_eq!(run("<w:sz w:val=\"2\"/>"), only("tiny-text", "Jane"));
    let styles = format!("<w:styles {W}><w:style w:styleId=\"Gone\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>");
    let body =
        "<w:p><w:pPr><w:pStyle w:val=\"Gone\"/></w:pPr><w:r><w:t>Jane</w:t></w:r></w:p><w:p><w:r><w:t>Seen</w:t></w:r></w:p>";
    assert_eq!(word(body, &[("word/styles.xml", &styles)]), only("invisible-text", "Jane"));
}

#[test]
fn changes_comments_and_properties_of_word_are_named() {
    let body = "<w:p><w:del w:id=\"1\" w:author=\"Jane\"><w:r><w:delText>Removed</w:delText></w:r></w:del>\
                <w:ins w:id=\"2\" w:author=\"Jane\"><w:r><w:t>added</w:t></w:r></w:ins></w:p>";
    let comments = format!(
        "<w:comments {W}><w:comment w:id=\"0\" w:author=\"Jane\"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment></w:comments>"
    );
    let core = "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
                xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>Jane</dc:creator><dc:title/>\
                <cp:lastModifiedBy>John</cp:lastModifiedBy></cp:coreProperties>";
    let app = "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
               <Application>Some Program</Application><Company>Example Ltd</Company><Template>Normal.dotm</Template></Properties>";
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" \
                Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"file:///C:/Users/jane/a.dotx\"/></Relationships>";
    let found = word(
        body,
        &[
            ("word/comments.xml", &comments),
            ("docProps/core.xml", core),
            ("docProps/app.xml", app),
            ("word/_rels/settings.xml.rels", rels),
            ("docProps/thumbnail.jpeg", "x"),
            ("word/vbaProject.bin", "x"),
        ],
    );
    let kinds: Vec<&str> = found.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [
            "tracked-changes",
            "comment",
            "active-content",
            "thumbnail",
            "metadata-person",
            "metadata-person",
            "metadata-person",
            "metadata"
        ]
    );
    assert_eq!(found[0].1, "Removed");
}

#[test]
fn shapes_in_front_of_words_are_named() {
    let shape = |colour: &str, behind: &str, text: &str| {
        format!(
            "<w:p><w:r><w:t>Jane</w:t><w:drawing xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">\
             <wp:anchor behindDoc=\"{behind}\"><a:graphic><wps:wsp><wps:spPr><a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill></wps:spPr>\
             <wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
        )
    };
    let kinds = |body: &str| word(body, &[]).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
    assert_eq!(kinds(&shape("000000", "0", "")), ["covering-shape"]);
    assert_eq!(kinds(&shape("000000", "1", "")), [""; 0]);
    assert_eq!(kinds(&shape("FFE699", "0", "")), [""; 0]);
    assert_eq!(kinds(&shape("FFFFFF", "0", "<w:p><w:r><w:t>A text box</w:t></w:r></w:p>")), [""; 0]);
}

#[test]
fn hidden_parts_of_workbooks_are_named() {
    let workbook = format!(
        "<workbook {S}><sheets><sheet name=\"a\"/><sheet name=\"b\" state=\"hidden\"/><sheet name=\"c\" state=\"veryHidden\"/></sheets></workbook>"
    );
    let styles = format!(
        "<styleSheet {S}><fonts><font/><font><color rgb=\"FF000000\"/></font><font><color theme=\"0\"/></font></fonts>\
         <fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF000000\"/></patternFill></fill></fills>\
         <cellXfs><xf fontId=\"0\" fillId=\"0\"/><xf fontId=\"1\" fillId=\"1\"/><xf fontId=\"2\" fillId=\"0\"/><xf fontId=\"2\" fillId=\"1\"/></cellXfs></styleSheet>"
    );
    let sheet = format!(
        "<worksheet {S}><cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols><sheetData>\
         <row r=\"1\"><c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"2\" t=\"inlineStr\"><is><t>White</t></is></c><c r=\"C1\"><v>3</v></c></row>\
         <row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>4</v></c></row><row r=\"3\" hidden=\"1\"/>\
         <row r=\"4\"><c r=\"A4\" s=\"3\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>"
    );
    let strings = format!("<sst {S}><si><r><t>Ja</t></r><r><t>ne</t></r></si></sst>");
    let found = seen(
        "a.xlsx",
        &[
            ("xl/workbook.xml", &workbook),
            ("xl/styles.xml", &styles),
            ("xl/worksheets/sheet1.xml", &sheet),
            ("xl/sharedStrings.xml", &strings),
            ("xl/pivotCache/pivotCacheRecords1.xml", "<pivotCacheRecords/>"),
        ],
    );
    let expected = [
        ("covered-text", "Jane"),
        ("text-in-page-colour", "White"),
        ("hidden-sheet", "a hidden sheet"),
        ("hidden-sheet", "a very hidden sheet, which no menu shows"),
        ("hidden-cells", "1 hidden row with values"),
        ("hidden-cells", "1 hidden column with values"),
        ("embedded-data", "the rows of a pivot table"),
    ];
    assert_eq!(found, expected.map(|(kind, value)| (kind, value.to_owned())));
}

#[test]
fn hidden_parts_of_slides_are_named() {
    let shape = |x: u32, wide: u32, fill: &str, text: &str| {
        format!(
            "<p:sp><p:spPr><a:xfrm><a:off x=\"{x}\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"100\"/></a:xfrm>{fill}</p:spPr>\
             <p:txBody><a:p><a:r><a:rPr/><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        )
    };
    let slide = |shapes: &str, show: &str| format!("<p:sld {P} {show}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>");
    let black = "<a:solidFill><a:srgbClr val=\"000000\"/></a:solidFill>";
    let kinds = |slide: &str| {
        let found = seen("a.pptx", &[("ppt/slides/slide1.xml", slide)]);
        found.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>()
    };
    let text = shape(0, 1000, "", "Jane Example");
    assert_eq!(kinds(&slide(&format!("{text}{}", shape(100, 300, black, "")), "")), ["covering-shape"]);
    assert_eq!(kinds(&slide(&format!("{}{text}", shape(100, 300, black, "")), "")), [""; 0], "the box is below the text");
    assert_eq!(kinds(&slide(&format!("{text}{}", shape(1100, 300, black, "")), "")), [""; 0], "the box is beside the text");
    assert_eq!(kinds(&slide(&text, "show=\"0\"")), ["hidden-slide"]);
    let highlighted = "<p:sp><p:txBody><a:p><a:r><a:rPr><a:highlight><a:srgbClr val=\"000000\"/></a:highlight></a:rPr><a:t>Jane</a:t></a:r></a:p></p:txBody></p:sp>";
    assert_eq!(kinds(&slide(highlighted, "")), ["covered-text"]);
    let notes = format!(
        "<p:notes {P}><p:sp><p:txBody><a:p><a:r><a:t>Say hello to Jane</a:t></a:r><a:fld><a:t>3</a:t></a:fld></a:p></p:txBody></p:sp></p:notes>"
    );
    let found = seen("a.pptx", &[("ppt/slides/slide1.xml", &slide(&text, "")), ("ppt/notesSlides/notesSlide1.xml", &notes)]);
    assert_eq!(found, only("speaker-notes", "Say hello to Jane"));
}

#[test]
fn hidden_parts_of_open_documents_are_named() {
    let names = "xmlns:office=\"o\" xmlns:style=\"s\" xmlns:text=\"t\" xmlns:fo=\"f\" xmlns:table=\"b\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
    let content = format!(
        "<office:document-content {names}><office:automatic-styles>\
         <style:style style:name=\"T1\"><style:text-properties fo:color=\"#000000\" fo:background-color=\"#000000\"/></style:style>\
         <style:style style:name=\"T2\"><style:text-properties text:display=\"none\"/></style:style></office:automatic-styles>\
         <office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>John</dc:creator></office:change-info>\
         <text:p>Removed</text:p></text:deletion></text:changed-region></text:tracked-changes>\
         <text:p>Seen <text:span text:style-name=\"T1\">Jane</text:span> and <text:span text:style-name=\"T2\">Example</text:span></text:p>\
         <office:annotation><text:p>Why?</text:p></office:annotation>\
         <table:table><table:table-row table:visibility=\"collapse\"/></table:table></office:text></office:body></office:document-content>"
    );
    let found = seen("a.odt", &[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)]);
    let expected = [
        ("covered-text", "Jane"),
        ("invisible-text", "Example"),
        ("tracked-changes", "Removed"),
        ("comment", "1 comment"),
        ("hidden-cells", "1 hidden row"),
    ];
    assert_eq!(found, expected.map(|(kind, value)| (kind, value.to_owned())));
}

#[test]
fn hidden_parts_of_web_pages_are_named() {
    let page = "<!doctype html><html><head><meta name=\"author\" content=\"Jane\"></head><body>\n<!-- ask Jane -->\n\
                <p style=\"display: none\">Jane</p>\n<p style=\"color: red\">Seen</p></body></html>";
    let audit = look("a.html", page.as_bytes());
    let kinds: Vec<_> = audit.observations.iter().map(|one| (one.kind.id, one.place.as_str())).collect();
    assert_eq!(kinds, [("invisible-text", "line 3"), ("invisible-text", "whole file"), ("metadata-person", "head")]);
    assert!(audit.texts.iter().any(|text| text.text.contains("ask Jane")));
}

#[test]
fn pictures_say_where_they_were_taken() {
    // Big-endian TIFF: one directory with an author and a position, the position with two tags.
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend_from_slice(b"\x01\x3b\0\x02\0\0\0\x04Ann\0");
    tiff.extend_from_slice(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26");
    tiff.extend_from_slice(b"\0\0\0\0\0\x02");
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe1];
    jpeg.extend_from_slice(&u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    jpeg.extend_from_slice(b"Exif\0\0");
    jpeg.extend_from_slice(&tiff);
    jpeg.extend_from_slice(&[0xff, 0xd9]);
    let audit = look("a.jpg", &jpeg);
    let kinds: Vec<_> = audit.observations.iter().map(|one| (one.kind.id, one.detail.as_str())).collect();
    assert_eq!(kinds, [("picture-location", "coordinates"), ("picture-metadata", "author")]);
    for cut in 0..jpeg.len() {
        let _ = audit_quietly(&jpeg[..cut]);
    }
    assert_eq!(look("a.jpg", &[0xff, 0xd8, 0xff, 0xdb, 0, 2, 0xff, 0xd9]).observations.len(), 0);
}

#[test]
fn hidden_parts_of_rtf_and_mail_are_named() {
    let rtf = r"{\rtf1{\info{\author Jane}{\title }}{\*\annotation Why}{\v Jane}\v0 Seen {\deleted gone}}";
    let audit = look("a.rtf", rtf.as_bytes());
    let kinds: Vec<_> = audit.observations.iter().map(|one| (one.kind.id, one.detail.as_str())).collect();
    assert_eq!(
        kinds,
        [
            ("invisible-text", "1 run of hidden text"),
            ("tracked-changes", "1 deletion"),
            ("comment", "1 comment"),
            ("metadata-person", "author"),
        ]
    );
    let mail = "Received: from host.example by mx.example\nFrom: a@example.com\nBcc: b@example.com\nMIME-Version: 1.0\n\n\
                --x\nContent-Disposition: attachment; filename=\"a.pdf\"\n";
    let audit = look("a.eml", mail.as_bytes());
    let kinds: Vec<_> = audit.observations.iter().map(|one| (one.kind.id, one.detail.as_str())).collect();
    assert_eq!(
        kinds,
        [
            ("attachment", "1 attached file"),
            ("metadata-person", "blind copies"),
            ("metadata", "1 station of its way, with computers and addresses"),
        ]
    );
}

fn audit_quietly(bytes: &[u8]) -> Option<Audit> {
    audit(&Source::new(bytes, "a.jpg"), &Limits::default()).ok()
}

/// Real documents: none is a failed redaction, and none may stop the audit but with a reason.
#[test]
fn real_documents_hold_no_covered_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/documents");
    if !root.is_dir() {
        eprintln!("skipped: no sample documents at {}", root.display());
        return;
    }
    for kind in ["docx", "xlsx", "pptx", "odt", "ods", "html"] {
        for entry in std::fs::read_dir(root.join(kind)).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Ok(audit) = audit(&Source::new(&std::fs::read(entry.path()).unwrap(), &name), &Limits::default()) {
                assert!(audit.observations.iter().all(|one| one.kind.id != "covered-text"), "{name}");
            }
        }
    }
}
