//! PresentationML: what is read where, and what an edit leaves alone.

#![allow(clippy::format_collect)]

#[path = "docx/build.rs"]
mod build;
mod common;

use build::{PACKAGE, R, archive, is_free_of, member, text};
use common::{labels, open, read, replace_all, replaced, texts};
use subrosa_core::entity::Entity;
use subrosa_documents::{Limits, Source, verify};

const NAME: &str = "file.pptx";
const P: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";

/// A presentation of one slide and further parts: name, markup, type of relationship from the slide.
fn members(slide: &str, parts: &[(&str, &str, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let relation =
        |id: usize, kind: &str, target: &str| format!(r#"<Relationship Id="rId{id}" Type="{R}/{kind}" Target="/{target}"/>"#);
    let relations =
        |inside: String| format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>"#).into_bytes();
    let own = parts.iter().enumerate().map(|(at, (name, kind, _))| relation(at + 1, kind, name)).collect::<String>();
    let types = format!(
        r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>"#
    );
    let presentation = format!(
        r#"<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst><p:extLst><p:ext uri="{{521415D9}}"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="Quillon part" id="{{1}}"/></p14:sectionLst></p:ext></p:extLst></p:presentation>"#
    );
    let slide = format!(
        r#"<p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" show="0"><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>"#
    );
    let mut members = vec![
        ("[Content_Types].xml".to_owned(), types.into_bytes()),
        ("_rels/.rels".to_owned(), relations(relation(1, "officeDocument", "ppt/presentation.xml"))),
        ("ppt/presentation.xml".to_owned(), presentation.into_bytes()),
        ("ppt/_rels/presentation.xml.rels".to_owned(), relations(relation(1, "slide", "ppt/slides/slide1.xml"))),
        ("ppt/slides/slide1.xml".to_owned(), slide.into_bytes()),
        ("ppt/slides/_rels/slide1.xml.rels".to_owned(), relations(own)),
    ];
    members.extend(parts.iter().map(|(name, _, data)| ((*name).to_owned(), data.clone())));
    members
}

fn paragraph(runs: &[&str]) -> String {
    format!(
        "<a:p>{}</a:p>",
        runs.iter().map(|run| format!("<a:r><a:rPr lang=\"en-GB\"/><a:t>{run}</a:t></a:r>")).collect::<String>()
    )
}

fn shape(paragraphs: &str) -> String {
    format!(r#"<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title 1"/></p:nvSpPr><p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>"#)
}

#[test]
fn a_text_box_is_one_segment() {
    let slide =
        [shape(&[paragraph(&["Dear Jo", "hn Smith"]), paragraph(&["and all"])].concat()), shape(&paragraph(&["Other"]))].concat();
    let bytes = archive(&members(&slide, &[]));
    let document = read(NAME, &bytes);
    assert!(texts(&document).contains(&"Dear John Smith\nand all\n") && texts(&document).contains(&"Other\n"));
    let written = replaced(NAME, &bytes, "John Smith", "[P]");
    assert!(text(&written, "ppt/slides/slide1.xml").contains("<a:t>Dear [P]</a:t></a:r><a:r><a:rPr lang=\"en-GB\"/><a:t></a:t>"));
    let untouched = document.body.write(&[]).unwrap();
    for (name, data) in members(&slide, &[]) {
        assert_eq!(member(&untouched, &name), Some(data), "{name}");
    }
}

#[test]
fn cells_stand_under_their_headers() {
    let row = |cells: &[&str]| {
        let cells =
            cells.iter().map(|cell| format!("<a:tc><a:txBody><a:bodyPr/>{}</a:txBody><a:tcPr/></a:tc>", paragraph(&[cell])));
        format!("<a:tr h=\"1\">{}</a:tr>", cells.collect::<String>())
    };
    let rows = [row(&["Surname", "Born", "Ward"]), row(&["Okafor", "3 May 1970", "B2"])].concat();
    let slide =
        format!("<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>");
    let document = read(NAME, &archive(&members(&slide, &[])));
    assert_eq!(labels(&document, "Okafor\n"), ["Surname"]);
    assert_eq!(labels(&document, "3 May 1970\n"), ["Born", "Okafor"]);
}

#[test]
fn every_carrier_is_reached() {
    let value = "Quillon";
    let part = |root: &str, inside: &str| {
        format!(r#"<p:{root} xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}">{inside}</p:{root}>"#).into_bytes()
    };
    let tree = format!("<p:cSld name=\"{value}\"><p:spTree>{}</p:spTree></p:cSld>", shape(&paragraph(&["of Quil", "lon"])));
    let comments =
        format!(r#"<p:cm authorId="0" dt="2020-05-03T10:00:00" idx="1"><p:pos x="1" y="2"/><p:text>ask {value}</p:text></p:cm>"#);
    let authors = format!(r#"<p:cmAuthor id="0" name="{value}" initials="{value}" lastIdx="1" clrIdx="0"/>"#);
    let modern = format!(
        r#"<p188:cmLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main" xmlns:a="{A}"><p188:cm id="{{1}}" authorId="{{2}}" created="2020-05-03T10:00:00.000"><p188:txBody><a:bodyPr/>{}</p188:txBody></p188:cm></p188:cmLst>"#,
        paragraph(&["now Quil", "lon"])
    );
    let persons = format!(
        r#"<p188:authorLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"><p188:author id="{{2}}" name="{value}" initials="{value}" userId="{value}@example.com" providerId="AD"/></p188:authorLst>"#
    );
    let smart = format!(
        r#"<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="{A}"><dgm:ptLst><dgm:pt modelId="1"><dgm:prSet phldrT="{value}"/><dgm:t>{}</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"#,
        paragraph(&["node Quil", "lon"])
    );
    let chart = format!(
        r#"<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="{A}"><c:title><c:tx><c:rich>{}</c:rich></c:tx></c:title><c:ser><c:cat><c:strRef><c:f>Sheet1!$A$2</c:f><c:strCache><c:pt idx="0"><c:v>{value}</c:v></c:pt></c:strCache></c:strRef></c:cat></c:ser></c:chartSpace>"#,
        paragraph(&["sales of Quillon"])
    );
    let slide = format!(
        r#"<p:pic><p:nvPicPr><p:cNvPr id="4" name="{value}" descr="face of {value}" title="{value}"/></p:nvPicPr></p:pic>{}<p:graphicFrame><a:graphicData><p:oleObj name="{value}" progId="Word.Document.12" r:id="rId12"><p:embed/><p:pic/></p:oleObj></a:graphicData></p:graphicFrame>"#,
        shape(&paragraph(&["hidden slide of Quil", "lon"]))
    );
    let bytes = archive(&members(
        &slide,
        &[
            ("ppt/notesSlides/notesSlide1.xml", "notesSlide", part("notes", &tree)),
            ("ppt/slideLayouts/slideLayout1.xml", "slideLayout", part("sldLayout", &tree)),
            ("ppt/slideMasters/slideMaster1.xml", "slideMaster", part("sldMaster", &tree)),
            ("ppt/handoutMasters/handoutMaster1.xml", "handoutMaster", part("handoutMaster", &tree)),
            ("ppt/comments/comment1.xml", "comments", part("cmLst", &comments)),
            ("ppt/commentAuthors.xml", "commentAuthors", part("cmAuthorLst", &authors)),
            ("ppt/comments/modernComment1.xml", "comments", modern.into_bytes()),
            ("ppt/authors.xml", "authors", persons.into_bytes()),
            ("ppt/tags/tag1.xml", "tags", part("tagLst", &format!(r#"<p:tag name="CLIENT" val="{value}"/>"#))),
            ("ppt/diagrams/data1.xml", "diagramData", smart.into_bytes()),
            ("ppt/charts/chart1.xml", "chart", chart.into_bytes()),
            ("ppt/embeddings/oleObject1.bin", "oleObject", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Quillon".to_vec()),
        ],
    ));
    let (format, document) = open(NAME, &bytes).unwrap();
    assert_eq!(format.id(), "pptx");
    assert!(document.unread.is_empty());
    for wanted in
        ["hidden slide of Quillon\n", "of Quillon\n", "now Quillon\n", "node Quillon\n", "sales of Quillon\n", "Quillon part"]
    {
        assert!(texts(&document).contains(&wanted), "{wanted}");
    }
    assert_eq!(labels(&document, "ask Quillon"), ["text"]);
    let mut edits = replace_all(&document, value, "[X]");
    edits.iter_mut().flatten().for_each(|edit| edit.entity = Entity::DENIED_TERM);
    let written = document.body.write(&edits).unwrap();
    verify::verify(format, &document, &edits, &Source::nameless(&written), &Limits::default()).unwrap();
    assert!(is_free_of(&written, value));
    let slide = text(&written, "ppt/slides/slide1.xml");
    assert!(slide.contains(r#"<p:oleObj name="[X]" progId="Word.Document.12"><p:embed/><p:pic/></p:oleObj>"#), "{slide}");
}

#[test]
fn cut_or_changed_presentations_never_panic() {
    let all = members(&shape(&paragraph(&["Dear Jo", "hn Smith"])), &[]);
    let bytes = archive(&all);
    for cut in (4..bytes.len()).step_by(53) {
        assert!(open(NAME, &bytes[..cut]).is_err());
    }
    for index in 0..all.len() {
        for at in (0..all[index].1.len()).step_by(7) {
            let mut changed = all.clone();
            changed[index].1[at] ^= 0x15;
            if let Ok((_, document)) = open(NAME, &archive(&changed)) {
                let _ = document.body.write(&replace_all(&document, "John", "[P]"));
            }
        }
    }
}
