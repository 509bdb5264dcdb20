//! Places of a presentation that can hold a name.

use super::build::{PACKAGE, R, archive};
use super::{Carrier, gone};

const P: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const FILE: &str = "file.pptx";

/// A presentation: what stands on its slide, what is said of it, its further parts and targets outside.
#[derive(Default)]
struct Slides {
    slide: String,
    presentation: String,
    /// Name, type of the relationship from the slide, data.
    parts: Vec<(String, &'static str, Vec<u8>)>,
    targets: Vec<String>,
    root: Vec<(String, String, Vec<u8>)>,
}

impl Slides {
    fn slide(markup: &str) -> Self {
        Self { slide: markup.to_owned(), ..Self::default() }
    }

    fn part(kind: &'static str, name: &str, data: impl Into<Vec<u8>>) -> Self {
        Self { parts: vec![(name.to_owned(), kind, data.into())], ..Self::slide("") }
    }

    fn bytes(&self) -> Vec<u8> {
        let relation = |id: &str, kind: &str, target: &str, mode: &str| {
            let kind = if kind.contains("://") { kind.to_owned() } else { format!("{R}/{kind}") };
            format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"{mode}/>"#)
        };
        let relations =
            |inside: String| format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>"#).into_bytes();
        let mut own: String = self
            .parts
            .iter()
            .enumerate()
            .map(|(at, (name, kind, _))| relation(&format!("rId{}", at + 1), kind, &format!("/{name}"), ""))
            .collect();
        own.extend(
            self.targets
                .iter()
                .enumerate()
                .map(|(at, target)| relation(&format!("rId{}", at + 50), "hyperlink", target, r#" TargetMode="External""#)),
        );
        let root: String = self
            .root
            .iter()
            .enumerate()
            .map(|(at, (kind, name, _))| relation(&format!("rId{}", at + 2), kind, name, ""))
            .collect();
        let types = format!(
            r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>"#
        );
        let presentation = format!(
            r#"<p:presentation xmlns:p="{P}" xmlns:r="{R}" xmlns:a="{A}"><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst>{}</p:presentation>"#,
            self.presentation
        );
        let slide = format!(
            r#"<p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"><p:cSld><p:spTree>{}</p:spTree></p:cSld></p:sld>"#,
            self.slide
        );
        let mut members = vec![
            ("[Content_Types].xml".to_owned(), types.into_bytes()),
            ("_rels/.rels".to_owned(), relations(relation("rId1", "officeDocument", "ppt/presentation.xml", "") + &root)),
            ("ppt/presentation.xml".to_owned(), presentation.into_bytes()),
            ("ppt/_rels/presentation.xml.rels".to_owned(), relations(relation("rId1", "slide", "slides/slide1.xml", ""))),
            ("ppt/slides/slide1.xml".to_owned(), slide.into_bytes()),
            ("ppt/slides/_rels/slide1.xml.rels".to_owned(), relations(own)),
        ];
        members.extend(self.parts.iter().map(|(name, _, data)| (name.clone(), data.clone())));
        members.extend(self.root.iter().map(|(_, name, data)| (name.clone(), data.clone())));
        archive(&members)
    }
}

pub(super) fn carriers(value: &str) -> Vec<Carrier> {
    let half = value.floor_char_boundary(value.len() / 2);
    let (first, second) = value.split_at(half);
    let line = format!("<a:p><a:r><a:t>{first}</a:t></a:r><a:r><a:t>{second}</a:t></a:r></a:p>");
    let body = format!("<p:txBody><a:bodyPr/>{line}</p:txBody>");
    let shape = |inside: &str| format!(r#"<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title 1"/></p:nvSpPr>{inside}</p:sp>"#);
    let named = |attributes: &str| format!(r#"<p:pic><p:nvPicPr><p:cNvPr id="4" {attributes}/></p:nvPicPr></p:pic>"#);
    let root = |root: &str, inside: &str| format!(r#"<p:{root} xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}">{inside}</p:{root}>"#);
    let tree = |kind: &str| root(kind, &format!("<p:cSld><p:spTree>{}</p:spTree></p:cSld>", shape(&body)));
    let newer = "http://schemas.microsoft.com/office/powerpoint/2018/8/main";
    let table = format!(
        "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr h=\"1\"><a:tc><a:txBody><a:bodyPr/>{line}</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    );
    let diagram = format!(
        r#"<d:dataModel xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="{A}"><d:pt><d:prSet phldrT="{value}" presName="{value}"/><d:t>{line}</d:t></d:pt></d:dataModel>"#
    );
    let chart = format!(
        r#"<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="{A}"><c:rich>{line}</c:rich><c:strCache><c:pt idx="0"><c:v>{value}</c:v></c:pt></c:strCache></c:chartSpace>"#
    );
    let presentation = |markup: String| Slides { presentation: markup, ..Slides::slide("") };
    let object = |data: Vec<u8>, name: &str, kind: &'static str| {
        Slides {
        slide: r#"<p:graphicFrame><a:graphicData><p:oleObj name="o" progId="x" r:id="rId1"><p:embed/></p:oleObj></a:graphicData></p:graphicFrame>"#.to_owned(),
        ..Slides::part(kind, name, data)
    }
    };
    let compound = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), value.as_bytes()].concat();
    let link = |attributes: &str| {
        shape(&format!(
            r#"<p:txBody><a:bodyPr/><a:p><a:r><a:rPr><a:hlinkClick r:id="rId50" {attributes}/></a:rPr><a:t>x</a:t></a:r></a:p></p:txBody>"#
        ))
    };
    let all: Vec<(&'static str, Slides)> = vec![
        ("a slide", Slides::slide(&shape(&body))),
        ("a field of a slide", Slides::slide(&shape(&format!(r#"<p:txBody><a:bodyPr/><a:p><a:fld id="{{1}}" type="datetime"><a:t>{value}</a:t></a:fld></a:p></p:txBody>"#)))),
        ("a table", Slides::slide(&table)),
        ("a shape's name", Slides::slide(&named(&format!(r#"name="{value}""#)))),
        ("a picture's words", Slides::slide(&named(&format!(r#"name="a" descr="{value}" title="{value}""#)))),
        ("a link's tip", Slides { targets: vec!["http://example.com".to_owned()], ..Slides::slide(&link(&format!(r#"tooltip="{value}""#))) }),
        ("where a link leads", Slides { targets: vec![format!("mailto:{value}@example.com")], ..Slides::slide(&link("")) }),
        ("a formula", Slides::slide(&shape(&format!(r#"<p:txBody><a:bodyPr/><a:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{value}</m:t></m:r></m:oMath></a:p></p:txBody>"#)))),
        ("notes", Slides::part("notesSlide", "ppt/notesSlides/notesSlide1.xml", tree("notes"))),
        ("a layout", Slides::part("slideLayout", "ppt/slideLayouts/slideLayout1.xml", tree("sldLayout"))),
        ("a master", Slides::part("slideMaster", "ppt/slideMasters/slideMaster1.xml", tree("sldMaster"))),
        ("the master of notes", Slides::part("notesMaster", "ppt/notesMasters/notesMaster1.xml", tree("notesMaster"))),
        ("the master of handouts", Slides::part("handoutMaster", "ppt/handoutMasters/handoutMaster1.xml", tree("handoutMaster"))),
        ("a layout's name", Slides::part("slideLayout", "ppt/slideLayouts/slideLayout1.xml", root("sldLayout", &format!(r#"<p:cSld name="{value}"><p:spTree/></p:cSld>"#)))),
        ("a comment", Slides::part("comments", "ppt/comments/comment1.xml", root("cmLst", &format!(r#"<p:cm authorId="0" dt="2020-05-03T10:00:00" idx="1"><p:text>{value}</p:text></p:cm>"#)))),
        ("who wrote comments", Slides::part("commentAuthors", "ppt/commentAuthors.xml", root("cmAuthorLst", &format!(r#"<p:cmAuthor id="0" name="{value}" initials="{value}"/>"#)))),
        ("a comment of the newer kind", Slides::part("comments", "ppt/comments/modernComment1.xml", format!(r#"<c:cmLst xmlns:c="{newer}" xmlns:a="{A}"><c:cm id="{{1}}" authorId="{{2}}" created="2020-05-03T10:00:00.000"><c:replyLst><c:reply id="{{3}}" authorId="{{2}}" created="2020-05-03T10:00:00.000"><c:txBody><a:bodyPr/>{line}</c:txBody></c:reply></c:replyLst></c:cm></c:cmLst>"#))),
        ("who wrote newer comments", Slides::part("authors", "ppt/authors.xml", format!(r#"<c:authorLst xmlns:c="{newer}"><c:author id="{{2}}" name="{value}" initials="{value}" userId="{value}@example.com" providerId="AD"/></c:authorLst>"#))),
        ("a tag", Slides::part("tags", "ppt/tags/tag1.xml", root("tagLst", &format!(r#"<p:tag name="{value}" val="{value}"/>"#)))),
        ("a diagram", Slides::part("diagramData", "ppt/diagrams/data1.xml", diagram)),
        ("a chart", Slides::part("chart", "ppt/charts/chart1.xml", chart)),
        ("an object of another program", object(compound.clone(), "ppt/embeddings/oleObject1.bin", "oleObject")),
        ("an embedded workbook", object(super::workbook::Xlsx::new(&format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{value}</t></is></c></row>"#)).bytes(), "ppt/embeddings/a.xlsx", "package")),
        ("an object's name", Slides::slide(&format!(r#"<p:graphicFrame><a:graphicData><p:oleObj name="{value}" progId="x"/></a:graphicData></p:graphicFrame>"#))),
        ("a program", Slides::part("vbaProject", "ppt/vbaProject.bin", compound)),
        ("a section", presentation(format!(r#"<p:extLst><p:ext uri="{{1}}"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="{value}" id="{{1}}"/></p14:sectionLst></p:ext></p:extLst>"#))),
        ("a show of one's own", presentation(format!(r#"<p:custShowLst><p:custShow name="{value}" id="0"/></p:custShowLst>"#))),
        ("who may write", presentation(format!(r#"<p:modifyVerifier userName="{value}"/>"#))),
        ("beside the pixels of a picture", Slides::part("image", "ppt/media/image1.png", super::picture::png_with_text(value))),
        ("a picture's file name", Slides::part("image", &format!("ppt/media/{}.png", value.replace(' ', "_")), super::picture::png())),
        ("a view's settings", Slides::part("viewProps", "ppt/viewProps.xml", root("viewPr", &format!(r#"<p:extLst><p:ext uri="{value}"/></p:extLst>"#)))),
        ("the styles of tables", Slides::part("tableStyles", "ppt/tableStyles.xml", format!(r#"<a:tblStyleLst xmlns:a="{A}"><a:tblStyle styleId="{{1}}" styleName="{value}"/></a:tblStyleLst>"#))),
        ("the theme", Slides::part("theme", "ppt/theme/theme1.xml", format!(r#"<a:theme xmlns:a="{A}" name="{value}"/>"#))),
        ("who made it", Slides { root: vec![(format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml".to_owned(), format!(r#"<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{value}</dc:creator></cp:coreProperties>"#).into_bytes())], ..Slides::slide("") }),
    ];
    all.into_iter().map(|(name, slides)| gone(name, FILE, slides.bytes())).collect()
}
