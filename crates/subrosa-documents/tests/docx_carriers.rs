//! WordprocessingML: the parts around the text, each with a value that has to go.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]
#![allow(clippy::format_collect)]

#[path = "docx/build.rs"]
mod build;
mod common;
#[path = "xlsx/build.rs"]
mod workbook;

use build::{Docx, PACKAGE, R, W, is_free_of, member, names, paragraph, text};
use common::{open, read, replace_all, texts};
use subrosa_core::entity::Entity;
use subrosa_documents::{Limits, Source, verify};

const NAME: &str = "file.docx";
const VALUE: &str = "Quillon";

fn word(root: &str, inside: &str) -> String {
    format!(
        r#"<w:{root} xmlns:w="{W}" xmlns:r="{R}" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{inside}</w:{root}>"#
    )
}

/// Written without the value, verified, and looked through.
fn without(bytes: &[u8]) -> Vec<u8> {
    let (format, document) = open(NAME, bytes).unwrap();
    assert!(document.unread.is_empty(), "{:?}", document.unread);
    let mut edits = replace_all(&document, VALUE, "[X]");
    edits.iter_mut().flatten().for_each(|edit| edit.entity = Entity::DENIED_TERM);
    let written = document.body.write(&edits).unwrap();
    verify::verify(format, &document, &edits, &Source::nameless(&written), &Limits::default()).unwrap();
    assert!(is_free_of(&written, VALUE));
    written
}

#[test]
fn notes_people_and_building_blocks() {
    let split = paragraph(&["of Quil", "lon"]);
    let people = format!(
        r#"<w15:person w15:author="{VALUE}"><w15:presenceInfo w15:providerId="AD" w15:userId="S::{VALUE}@example.com::1"/></w15:person>"#
    );
    let bytes = Docx::new(&paragraph(&["text"]))
        .related("rId2", "footnotes", "word/footnotes.xml", word("footnotes", &format!(r#"<w:footnote w:id="1">{split}</w:footnote>"#)))
        .related("rId3", "endnotes", "word/endnotes.xml", word("endnotes", &format!(r#"<w:endnote w:id="1">{split}</w:endnote>"#)))
        .related("rId4", "footer", "word/footer1.xml", word("ftr", &split))
        .related("rId5", "people", "word/people.xml", word("people", &people).replace("w:people", "w15:people"))
        .related(
            "rId6",
            "glossaryDocument",
            "word/glossary/document.xml",
            word("glossaryDocument", &format!(r#"<w:docParts><w:docPart><w:docPartPr><w:name w:val="{VALUE}"/></w:docPartPr><w:docPartBody>{split}</w:docPartBody></w:docPart></w:docParts>"#)),
        )
        .related("rId7", "webSettings", "word/webSettings.xml", word("webSettings", &format!(r#"<w:frameset><w:frame><w:name w:val="{VALUE}"/></w:frame></w:frameset>"#)))
        .bytes();
    assert_eq!(texts(&read(NAME, &bytes)).iter().filter(|text| **text == "of Quillon\n").count(), 4);
    without(&bytes);
}

#[test]
fn settings_and_targets_that_name_people() {
    let settings = word(
        "settings",
        &format!(
            r#"<w:attachedTemplate r:id="rId1"/><w:mailMerge><w:connectString w:val="User ID={VALUE}"/><w:addressFieldName w:val="{VALUE}"/><w:odso><w:udl w:val="{VALUE}"/><w:fieldMapData><w:name w:val="{VALUE}"/></w:fieldMapData></w:odso></w:mailMerge><w:caption w:name="{VALUE}"/>"#
        ),
    );
    let template = format!(
        r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/attachedTemplate" Target="file:///C:\Users\{VALUE}\Normal.dotm" TargetMode="External"/></Relationships>"#
    );
    let labels = format!(
        r#"<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"><clbl:label id="{{1}}" name="{VALUE}"/></clbl:labelList>"#
    );
    let body = format!(
        r#"<w:sdt><w:sdtPr><w:placeholder><w:docPart w:val="{VALUE}"/></w:placeholder><w:dataBinding w:prefixMappings="xmlns:q='urn:{VALUE}'" w:xpath="/q:{VALUE}[1]" w:storeItemID="{{1}}"/><w:dropDownList><w:listItem w:displayText="{VALUE}" w:value="{VALUE}"/></w:dropDownList></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt><w:p><w:r><w:ffData><w:name w:val="{VALUE}"/><w:helpText w:val="ask {VALUE}"/><w:textInput><w:default w:val="{VALUE}"/></w:textInput></w:ffData></w:r></w:p>"#,
        paragraph(&["text"])
    );
    let bytes = Docx::new(&body)
        .related("rId2", "settings", "word/settings.xml", settings)
        .part("word/_rels/settings.xml.rels", template)
        .root(
            "rId9",
            "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
            "docMetadata/LabelInfo.xml",
            labels,
        )
        .external("rId3", "frame", &format!("\\\\server\\{VALUE}\\page.htm"))
        .bytes();
    without(&bytes);
}

#[test]
fn a_chart_its_workbook_and_a_diagram() {
    let inner =
        workbook::Xlsx::new(r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><f>A1</f><v>Quillon</v></c></row>"#)
            .strings(&[VALUE])
            .bytes();
    let a = "http://schemas.openxmlformats.org/drawingml/2006/main";
    let chart = format!(
        r#"<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{R}"><c:f>Sheet1!$A$1</c:f><c:strCache><c:pt idx="0"><c:v>{VALUE}</c:v></c:pt></c:strCache><c:externalData r:id="rId1"/></c:chartSpace>"#
    );
    let relations = format!(
        r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/package" Target="../embeddings/Sheet1.xlsx"/></Relationships>"#
    );
    let point = r"<dgm:pt><dgm:t><a:p><a:r><a:t>of Quil</a:t></a:r><a:r><a:t>lon</a:t></a:r></a:p></dgm:t></dgm:pt>";
    let data = format!(
        r#"<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="{a}">{point}</dgm:dataModel>"#
    );
    let drawn = format!(
        r#"<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" xmlns:a="{a}"><dsp:txBody><a:p><a:r><a:t>of Quil</a:t></a:r><a:r><a:t>lon</a:t></a:r></a:p></dsp:txBody></dsp:drawing>"#
    );
    let bytes = Docx::new(&paragraph(&["text"]))
        .related("rId2", "chart", "word/charts/chart1.xml", chart)
        .part("word/charts/_rels/chart1.xml.rels", relations)
        .part("word/embeddings/Sheet1.xlsx", inner)
        .related("rId3", "diagramData", "word/diagrams/data1.xml", data)
        .related("rId4", "diagramDrawing", "word/diagrams/drawing1.xml", drawn)
        .bytes();
    let document = read(NAME, &bytes);
    let places: Vec<String> = (0..document.segments.len())
        .map(|index| document.body.place(index, subrosa_core::span::Span::new(0, 0)))
        .filter(|place| place.contains("Sheet1.xlsx, sheet 1, cell A1"))
        .collect();
    assert_eq!(places.len(), 1);
    let written = without(&bytes);
    let inner = member(&written, "word/embeddings/Sheet1.xlsx").unwrap();
    assert!(is_free_of(&inner, VALUE));
    assert!(text(&inner, "xl/worksheets/sheet1.xml").contains(r#"<c r="B1" t="inlineStr"><is><t>[X]</t></is></c>"#));
}

#[test]
fn signatures_printers_and_controls_go() {
    let bytes = Docx::new(r#"<w:p><w:r><w:object><w:control r:id="rId2" w:name="a"/></w:object></w:r></w:p>"#)
        .related("rId2", "control", "word/activeX/activeX1.xml", format!("<ax xmlns=\"urn:x\">{VALUE}</ax>"))
        .related("rId3", "printerSettings", "word/printerSettings1.bin", format!("\0{VALUE}"))
        .root("rId8", &format!("{PACKAGE}/relationships/digital-signature/origin"), "_xmlsignatures/origin.sigs", VALUE)
        .bytes();
    let written = read(NAME, &bytes).body.write(&[]).unwrap();
    assert!(is_free_of(&written, VALUE));
    assert!(!names(&written).iter().any(|name| name.contains("activeX") || name.contains("sigs")));
    assert!(!text(&written, "word/document.xml").contains("control"));
}

#[test]
fn included_documents_are_written_by_their_own_formats() {
    let page = format!("<html><body><p>Seen <b>Quil</b>lon and &#81;uillon</p><p title=\"{VALUE}\">kept</p></body></html>");
    let rich = "{\\rtf1\\ansi Seen Quil\\b lon}";
    let mail = format!("MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{VALUE}</p>\r\n");
    let body = r#"<w:altChunk r:id="rId7"/><w:altChunk r:id="rId8"/><w:altChunk r:id="rId9"/><w:altChunk r:id="rId10"/>"#;
    let bytes = Docx::new(body)
        .related("rId7", "aFChunk", "word/afchunk.html", &page)
        .related("rId8", "aFChunk", "word/afchunk.dat", &page)
        .related("rId9", "aFChunk", "word/afchunk.rtf", rich)
        .related("rId10", "aFChunk", "word/afchunk.mht", mail)
        .typed("word/afchunk.dat", "text/html; charset=utf-8")
        .bytes();
    let written = without(&bytes);
    for part in ["word/afchunk.html", "word/afchunk.dat"] {
        assert!(text(&written, part).starts_with("<html><body><p>Seen <b>[X]</b> and [X]</p>"), "{part}");
    }
    assert!(text(&written, "word/afchunk.rtf").contains("Seen [X]"));
    assert!(text(&written, "word/afchunk.mht").ends_with("<p>[X]</p>\r\n"));
}

#[test]
fn included_documents_that_cannot_be_read_say_why() {
    let bytes = Docx::new(r#"<w:altChunk r:id="rId7"/>"#)
        .related("rId7", "aFChunk", "word/afchunk.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
        .bytes();
    let unread = read(NAME, &bytes).unread;
    assert_eq!(unread[0].reason, "an included document that could not be read: a compound file");
}

#[test]
fn bindings_to_the_documents_own_properties_stay_valid() {
    let binding = |namespace: &str, path: &str| {
        format!(
            r#"<w:sdt><w:sdtPr><w:dataBinding w:prefixMappings="xmlns:ns0='{namespace}'" w:xpath="{path}" w:storeItemID="{{0}}"/></w:sdtPr></w:sdt>"#
        )
    };
    let own = Docx::new(&binding("http://purl.org/dc/elements/1.1/", "/ns1:coreProperties[1]/ns0:creator[1]")).bytes();
    assert!(read(NAME, &own).segments.iter().all(|segment| !segment.text.contains("ns0")));
    let path = format!("/ns0:{VALUE}[1]");
    without(&Docx::new(&binding("urn:example", &path)).bytes());
}
