//! Places of a Word document that can hold a name.

use super::build::{Docx, PACKAGE, R, W, archive, document, paragraph};
use super::workbook::Xlsx;
use super::{Carrier, gone, refused};

const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const FILE: &str = "file.docx";

/// A part of WordprocessingML.
fn part(root: &str, inside: &str) -> String {
    format!(
        r#"<w:{root} xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{inside}</w:{root}>"#
    )
}

/// Any other part: its namespace, its root and what is in it.
fn other(namespace: &str, root: &str, inside: &str) -> String {
    format!(r#"<{root} xmlns="{namespace}">{inside}</{root}>"#)
}

fn plain() -> Docx {
    Docx::new(&paragraph(&["text"]))
}

/// A complex field: its code in pieces and its result.
fn field(code: &[&str], result: &str) -> String {
    let code: String = code.iter().map(|piece| format!("<w:r><w:instrText>{piece}</w:instrText></w:r>")).collect();
    let sign = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    format!("<w:p>{}{code}{}<w:r><w:t>{result}</w:t></w:r>{}</w:p>", sign("begin"), sign("separate"), sign("end"))
}

fn custom_property(name: &str, value: &str) -> String {
    format!(
        r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property></Properties>"#
    )
}

pub(super) fn carriers(value: &str) -> Vec<Carrier> {
    let mut all = in_the_body(value);
    all.extend(in_parts(value));
    all.extend(in_the_container(value));
    all
}

fn in_the_body(value: &str) -> Vec<Carrier> {
    let half = value.floor_char_boundary(value.len() / 2);
    let (first, second) = value.split_at(half);
    let run = |inside: &str| format!("<w:p><w:r>{inside}</w:r></w:p>");
    let shape = |inside: &str| run(&format!("<w:pict><v:shape {inside}</v:shape></w:pict>"));
    let boxed = format!("<w:txbxContent>{}</w:txbxContent>", paragraph(&[first, second]));
    let tracked = |element: &str, text: &str| {
        format!(r#"<w:p><w:{element} w:id="1" w:author="Ed"><w:r><w:{text}>{value}</w:{text}></w:r></w:{element}></w:p>"#)
    };
    let control = |properties: &str| {
        format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph(&["x"]))
    };
    let bodies: Vec<(&'static str, String)> = vec![
        ("one run", paragraph(&[value])),
        ("several runs", paragraph(&["of ", first, second, " it"])),
        (
            "runs with marks between",
            format!(
                r#"<w:p><w:r><w:t>{first}</w:t></w:r><w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>{second}</w:t></w:r></w:p>"#
            ),
        ),
        ("a soft hyphen inside", run(&format!("<w:t>{first}</w:t><w:softHyphen/><w:t>{second}</w:t>"))),
        ("hidden text", run(&format!("<w:rPr><w:vanish/></w:rPr><w:t>{value}</w:t>"))),
        ("inserted text", tracked("ins", "t")),
        ("deleted text", tracked("del", "delText")),
        ("moved text", tracked("moveFrom", "t")),
        ("an author of a change", format!(r#"<w:p><w:ins w:id="1" w:author="{value}"><w:r><w:t>x</w:t></w:r></w:ins></w:p>"#)),
        (
            "an author of a change of format",
            run(&format!(r#"<w:rPr><w:rPrChange w:id="1" w:author="{value}"><w:rPr/></w:rPrChange></w:rPr><w:t>x</w:t>"#)),
        ),
        ("a moved range", format!(r#"<w:p><w:moveFromRangeStart w:id="1" w:author="{value}" w:name="{value}"/></w:p>"#)),
        ("a bookmark", format!(r#"<w:p><w:bookmarkStart w:id="0" w:name="{value}"/><w:bookmarkEnd w:id="0"/></w:p>"#)),
        ("who may edit", format!(r#"<w:p><w:permStart w:id="1" w:ed="DOM\{value}"/><w:permEnd w:id="1"/></w:p>"#)),
        ("a field's result", field(&[" PAGE "], value)),
        ("a link field", field(&[&format!(" HYPERLINK \"mailto:{first}"), &format!("{second}@example.com\" ")], "x")),
        ("a merge field", field(&[&format!(" MERGEFIELD \"{value}\" ")], "x")),
        ("a field of a property", field(&[&format!(" DOCPROPERTY \"{value}\" ")], "x")),
        (
            "a field of a property without quotes",
            field(&[&format!(" DOCPROPERTY  {}  \\* MERGEFORMAT ", value.replace(' ', "\u{A0}"))], value),
        ),
        ("a field of a reference", field(&[&format!(" REF {value} \\h ")], "x")),
        ("an included picture", field(&[&format!(r#" INCLUDEPICTURE "C:\\Users\\{value}\\a.png" "#)], "x")),
        ("an index entry", field(&[&format!(" XE \"{value}\" ")], "")),
        (
            "a simple field",
            format!(r#"<w:p><w:fldSimple w:instr=" DOCPROPERTY {value} "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>"#),
        ),
        (
            "a deleted field",
            format!(
                r#"<w:p><w:del w:id="1" w:author="Ed"><w:r><w:delInstrText> AUTHOR {value} </w:delInstrText></w:r></w:del></w:p>"#
            ),
        ),
        (
            "data of a field",
            run(&format!(
                r#"<w:fldChar w:fldCharType="begin"><w:fldData>{}</w:fldData></w:fldChar>"#,
                super::record::base64(value)
            )),
        ),
        (
            "a form field",
            run(&format!(
                r#"<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{value}"/><w:statusText w:val="{value}"/><w:ddList><w:listEntry w:val="{value}"/></w:ddList></w:ffData></w:fldChar>"#
            )),
        ),
        (
            "a link's tip and anchor",
            format!(
                r#"<w:p><w:hyperlink w:anchor="{value}" w:tooltip="{value}" w:docLocation="{value}"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>"#
            ),
        ),
        ("a control's title", control(&format!(r#"<w:alias w:val="{value}"/>"#))),
        ("a control's tag", control(&format!(r#"<w:tag w:val="{value}"/>"#))),
        ("a control's hint", control(&format!(r#"<w:placeholder><w:docPart w:val="{value}"/></w:placeholder>"#))),
        (
            "a control's list",
            control(&format!(
                r#"<w:comboBox w:lastValue="{value}"><w:listItem w:displayText="{value}" w:value="{value}"/></w:comboBox>"#
            )),
        ),
        (
            "a control's binding",
            control(&format!(
                r#"<w:dataBinding w:prefixMappings="xmlns:a='urn:{value}'" w:xpath="/a:r[1]/a:{value}[1]" w:storeItemID="{{1}}"/>"#
            )),
        ),
        (
            "a smart tag",
            format!(
                r#"<w:p><w:smartTag w:uri="urn:{value}" w:element="PersonName"><w:smartTagPr><w:attr w:name="n" w:val="{value}"/></w:smartTagPr><w:r><w:t>x</w:t></w:r></w:smartTag></w:p>"#
            ),
        ),
        ("an element of one's own", format!(r#"<w:customXml w:uri="urn:x" w:element="{value}"><w:p/></w:customXml>"#)),
        (
            "ruby text",
            run(&format!(
                "<w:ruby><w:rt><w:r><w:t>{value}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>x</w:t></w:r></w:rubyBase></w:ruby>"
            )),
        ),
        (
            "a formula",
            format!(
                r#"<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{first}</m:t></m:r><m:r><m:t>{second}</m:t></m:r></m:oMath></w:p>"#
            ),
        ),
        (
            "a table's title",
            format!(
                r#"<w:tbl><w:tblPr><w:tblCaption w:val="{value}"/><w:tblDescription w:val="{value}"/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"#
            ),
        ),
        (
            "a cell of a table in a cell",
            format!(
                "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
                paragraph(&[first, second])
            ),
        ),
        (
            "a text box in both ways",
            run(&format!(
                r#"<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{boxed}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{boxed}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"#
            )),
        ),
        ("a text box in VML alone", shape(&format!("><v:textbox>{boxed}</v:textbox>"))),
        (
            "a text box in HTML",
            shape(&format!(r#"><v:textbox><div xmlns="http://www.w3.org/1999/xhtml">{value}</div></v:textbox>"#)),
        ),
        (
            "a picture's words",
            run(&format!(
                r#"<w:drawing><wp:inline><wp:docPr id="1" name="{value}" descr="{value}" title="{value}"/></wp:inline></w:drawing>"#
            )),
        ),
        (
            "an old shape's words",
            shape(&format!(
                r#"id="{value}" alt="{value}" title="{value}" o:title="{value}" href="http://example.com/{value}"><v:imagedata o:title="{value}" o:href="file:///{value}.png"/>"#
            )),
        ),
        ("words drawn along a path", shape(&format!(r#"type="x"><v:textpath string="{value}"/>"#))),
        ("an ink's own name", shape(&format!(r#"style="x" o:spid="1" o:gfxdata="{}">"#, super::record::base64(value)))),
        ("a comment of the markup", format!("<!-- {value} -->{}", paragraph(&["x"]))),
        ("an instruction of the markup", format!("<?{} {value}?>{}", "mso", paragraph(&["x"]))),
        ("a section of characters", run(&format!("<w:t><![CDATA[{value}]]></w:t>"))),
        ("an element that nobody knows", format!(r#"<q:x xmlns:q="urn:q" a="{value}">{value}</q:x>"#)),
        ("a namespace of one's own", format!(r#"<q:x xmlns:q="http://example.com/{value}"/>"#)),
        ("a name of a style that is referred to", format!(r#"<w:p><w:pPr><w:pStyle w:val="{value}"/></w:pPr></w:p>"#)),
        ("a font", run(&format!(r#"<w:rPr><w:rFonts w:ascii="{value}"/></w:rPr><w:t>x</w:t>"#))),
    ];
    bodies.into_iter().map(|(name, body)| gone(name, FILE, Docx::new(&body).bytes())).collect()
}

fn in_parts(value: &str) -> Vec<Carrier> {
    let half = value.floor_char_boundary(value.len() / 2);
    let (first, second) = value.split_at(half);
    let split = paragraph(&[first, second]);
    let note = |kind: &str| part(&format!("{kind}s"), &format!(r#"<w:{kind} w:id="1">{split}</w:{kind}>"#));
    let own = |kind: &'static str, target: &str, markup: String| plain().related("rId5", kind, target, markup);
    let a = |root: &str, namespace: &str, inside: &str| {
        format!(r#"<x:{root} xmlns:x="{namespace}" xmlns:a="{A}" xmlns:r="{R}">{inside}</x:{root}>"#)
    };
    let line = format!("<a:p><a:r><a:t>{first}</a:t></a:r><a:r><a:t>{second}</a:t></a:r></a:p>");
    let chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    let diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram";
    let drawn = "http://schemas.microsoft.com/office/drawing/2008/diagram";
    let people = |inside: String| part("people", &inside).replace("w:people", "w15:people");
    let core = |inside: &str| {
        format!(
            r#"<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{inside}</cp:coreProperties>"#
        )
    };
    let app = |inside: &str| {
        format!(
            r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{inside}</Properties>"#
        )
    };
    let properties = |kind: &str, target: &str, markup: String| plain().root("rId7", kind, target, markup);
    let extended = format!("{R}/extended-properties");
    let core_kind = format!("{PACKAGE}/relationships/metadata/core-properties");
    let data = |markup: String| plain().related("rId6", "customXml", "customXml/item1.xml", markup);
    let tag: String = value.chars().filter(|char| !char.is_whitespace()).collect();
    let workbook = Xlsx::new(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#).strings(&[value]).bytes();
    let chart_of_workbook = plain()
        .related("rId5", "chart", "word/charts/chart1.xml", a("chartSpace", chart, r#"<x:externalData r:id="rId1"/>"#))
        .part("word/charts/_rels/chart1.xml.rels", format!(r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/package" Target="../embeddings/a.xlsx"/></Relationships>"#))
        .part("word/embeddings/a.xlsx", workbook);
    let template = part("settings", r#"<w:attachedTemplate r:id="rId1"/>"#);
    let template = own("settings", "word/settings.xml", template).part(
        "word/_rels/settings.xml.rels",
        format!(r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/attachedTemplate" Target="file:///C:\Users\{value}\a.dotm" TargetMode="External"/></Relationships>"#),
    );
    let object = |name: &str, bytes: Vec<u8>, kind: &str| {
        Docx::new(r#"<w:p><w:r><w:object><o:OLEObject Type="Embed" r:id="rId5"/></w:object></w:r></w:p>"#)
            .related("rId5", kind, name, bytes)
    };
    let compound = |data: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), data.as_bytes()].concat();
    let chunk = |name: &str, data: String| Docx::new(r#"<w:altChunk r:id="rId5"/>"#).related("rId5", "aFChunk", name, data);
    let picture = |kind: &str, data: Vec<u8>| {
        Docx::new(r#"<w:p><w:r><w:drawing><a:blip r:embed="rId5"/></w:drawing></w:r></w:p>"#).related(
            "rId5",
            "image",
            &format!("word/media/image1.{kind}"),
            data,
        )
    };
    let settings = |inside: &str| own("settings", "word/settings.xml", part("settings", inside));
    let styles = |inside: &str| own("styles", "word/styles.xml", part("styles", inside));
    let packages: Vec<(&'static str, Docx)> = vec![
        ("a header", own("header", "word/header1.xml", part("hdr", &split))),
        ("a footer", own("footer", "word/footer1.xml", part("ftr", &split))),
        ("a footnote", own("footnotes", "word/footnotes.xml", note("footnote"))),
        ("an endnote", own("endnotes", "word/endnotes.xml", note("endnote"))),
        ("a comment", own("comments", "word/comments.xml", note("comment"))),
        ("who wrote a comment", own("comments", "word/comments.xml", part("comments", &format!(r#"<w:comment w:id="0" w:author="{value}" w:initials="{value}"><w:p/></w:comment>"#)))),
        ("a comment's extension", own("commentsExtended", "word/commentsExtended.xml", part("x", &format!(r#"<w15:commentEx w15:paraId="1" w15:x="{value}"/>"#)))),
        ("people", own("people", "word/people.xml", people(format!(r#"<w15:person w15:author="{value}"><w15:presenceInfo w15:providerId="AD" w15:userId="S::{value}@example.com::1"/></w15:person>"#)))),
        ("a building block", own("glossaryDocument", "word/glossary/document.xml", part("glossaryDocument", &format!(r#"<w:docParts><w:docPart><w:docPartPr><w:name w:val="{value}"/><w:category><w:name w:val="{value}"/></w:category><w:description w:val="{value}"/></w:docPartPr><w:docPartBody>{split}</w:docPartBody></w:docPart></w:docParts>"#)))),
        ("a variable of the document", settings(&format!(r#"<w:docVars><w:docVar w:name="{value}" w:val="{value}"/></w:docVars>"#))),
        ("the source of a mail merge", settings(&format!(r#"<w:mailMerge><w:connectString w:val="User ID={value};"/><w:query w:val="SELECT * FROM `{value}`"/><w:addressFieldName w:val="{value}"/><w:mailSubject w:val="{value}"/><w:odso><w:udl w:val="{value}"/><w:table w:val="{value}"/><w:src r:id="rId9"/><w:fieldMapData><w:name w:val="{value}"/><w:mappedName w:val="{value}"/></w:fieldMapData></w:odso></w:mailMerge>"#))),
        ("the template", template),
        ("a caption", settings(&format!(r#"<w:captions><w:caption w:name="{value}"/></w:captions>"#))),
        ("where schemas are", settings(&format!(r#"<w:attachedSchema w:val="urn:{value}"/><w:saveThroughXslt w:solutionID="{value}"/>"#))),
        ("a style", styles(&format!(r#"<w:style w:styleId="{value}"><w:name w:val="{value}"/><w:aliases w:val="{value}"/></w:style>"#))),
        ("a label of a list", own("numbering", "word/numbering.xml", part("numbering", &format!(r#"<w:abstractNum w:abstractNumId="0"><w:name w:val="{value}"/><w:lvl><w:lvlText w:val="{value} %1"/></w:lvl></w:abstractNum>"#)))),
        ("the table of fonts", own("fontTable", "word/fontTable.xml", part("fonts", &format!(r#"<w:font w:name="{value}"><w:altName w:val="{value}"/></w:font>"#)))),
        ("frames", own("webSettings", "word/webSettings.xml", part("webSettings", &format!(r#"<w:frameset><w:frame><w:name w:val="{value}"/><w:sourceFileName r:id="rId1"/></w:frame></w:frameset>"#)))),
        ("a target of a link", plain().external("rId5", "hyperlink", &format!("mailto:{value}@example.com"))),
        ("a target on a server", plain().external("rId5", "image", &format!(r"\\server\{value}\a.png"))),
        ("a chart's text", own("chart", "word/charts/chart1.xml", a("chartSpace", chart, &format!("<x:rich>{line}</x:rich>")))),
        ("a chart's values", own("chart", "word/charts/chart1.xml", a("chartSpace", chart, &format!("<x:strCache><x:pt><x:v>{value}</x:v></x:pt></x:strCache><x:f>'{value}'!A1</x:f>")))),
        ("a chart's workbook", chart_of_workbook),
        ("a diagram", own("diagramData", "word/diagrams/data1.xml", a("dataModel", diagram, &format!(r#"<x:pt><x:prSet phldrT="{value}" custT="1"/><x:t>{line}</x:t></x:pt>"#)))),
        ("a drawn diagram", own("diagramDrawing", "word/diagrams/drawing1.xml", a("drawing", drawn, &format!("<x:txBody>{line}</x:txBody>")))),
        ("an embedded workbook", object("word/embeddings/a.xlsx", Xlsx::new(&format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{value}</t></is></c></row>"#)).bytes(), "package")),
        ("an embedded document", object("word/embeddings/a.docx", Docx::new(&paragraph(&[value])).bytes(), "package")),
        ("an object of another program", object("word/embeddings/oleObject1.bin", compound(value), "oleObject")),
        ("an included page", chunk("word/a.html", format!("<html><body title='{value}'>{first}<b>{second}</b></body></html>"))),
        ("included rich text", chunk("word/a.rtf", format!("{{\\rtf1 {}}}", value.chars().map(|char| format!("\\u{}?", char as u32)).collect::<String>()))),
        ("an included message", chunk("word/a.mht", format!("MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{value}</p>\r\n"))),
        ("beside the pixels of a picture", picture("png", super::picture::png_with_text(value))),
        ("behind a picture", picture("jpg", super::picture::jpeg_with_comment(value))),
        ("the texts of a drawn picture", picture("emf", super::picture::emf_with_text(value))),
        ("the small picture of the first page", plain().root("rId7", &format!("{PACKAGE}/relationships/metadata/thumbnail"), "docProps/thumbnail.jpeg", super::picture::jpeg_with_comment(value))),
        ("who made it", properties(&core_kind, "docProps/core.xml", core(&format!("<dc:creator>{value}</dc:creator><cp:lastModifiedBy>{value}</cp:lastModifiedBy>")))),
        ("its title and keywords", properties(&core_kind, "docProps/core.xml", core(&format!("<dc:title>{value}</dc:title><dc:subject>{value}</dc:subject><cp:keywords>{value}</cp:keywords><dc:description>{value}</dc:description><cp:category>{value}</cp:category><cp:contentStatus>{value}</cp:contentStatus>")))),
        ("whose company it is", properties(&extended, "docProps/app.xml", app(&format!("<Company>{value}</Company><Manager>{value}</Manager><Template>{value}.dotm</Template><HyperlinkBase>{value}</HyperlinkBase>")))),
        ("its headings and links", properties(&extended, "docProps/app.xml", app(&format!(r#"<TitlesOfParts><vt:vector size="1" baseType="lpstr"><vt:lpstr>{value}</vt:lpstr></vt:vector></TitlesOfParts><HLinks><vt:vector size="1" baseType="variant"><vt:variant><vt:lpwstr>mailto:{value}@example.com</vt:lpwstr></vt:variant></vt:vector></HLinks>"#)))),
        ("a property of one's own", properties(&format!("{R}/custom-properties"), "docProps/custom.xml", custom_property("Client", value))),
        ("the name of a property of one's own", properties(&format!("{R}/custom-properties"), "docProps/custom.xml", custom_property(value, "x"))),
        ("a label of secrecy", properties("http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml", other("http://schemas.microsoft.com/office/2020/mipLabelMetadata", "labelList", &format!(r#"<label id="{{1}}" name="{value}" siteId="{{{value}}}"/>"#)))),
        ("a signature", plain().root("rId7", &format!("{PACKAGE}/relationships/digital-signature/origin"), "_xmlsignatures/origin.sigs", value).part("_xmlsignatures/sig1.xml", format!("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignatureText>{value}</SignatureText></Signature>"))),
        ("a printer's settings", plain().related("rId5", "printerSettings", "word/printerSettings1.bin", format!("\0{value}"))),
        ("a program", plain().related("rId5", "vbaProject", "word/vbaProject.bin", compound(value))),
        ("keys and menus", own("keyMapCustomizations", "word/customizations.xml", other("http://schemas.microsoft.com/office/word/2006/wordml", "tcg", &format!(r#"<keymaps><keymap><macro macroName="{value}"/></keymap></keymaps>"#)))),
        ("a menu of one's own", plain().root("rId7", "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility", "customUI/customUI.xml", other("http://schemas.microsoft.com/office/2006/01/customui", "customUI", &format!(r#"<button label="{value}"/>"#)))),
        ("an add-in", own("webextension", "word/webextensions/webextension1.xml", other("http://schemas.microsoft.com/office/webextensions/webextension/2010/11", "webextension", &format!(r#"<properties><property name="a" value="&quot;{value}&quot;"/></properties>"#)))),
        ("a task", own("documenttasks", "word/documenttasks.xml", other("http://schemas.microsoft.com/office/tasks/2019/documenttasks", "Tasks", &format!(r#"<Task id="1"><History><Event><Attribution userId="S::{value}" userName="{value}" userProvider="AD"/><Title>{value}</Title></Event></History></Task>"#)))),
        ("data of one's own", data(format!(r#"<r a="{value}"><x>{value}</x><!-- {value} --><?pi {value}?></r>"#))),
        ("an element's name in data of one's own", data(format!("<r><{tag}>x</{tag}><y/></r>"))),
        ("an attribute's name in data of one's own", data(format!(r#"<r {tag}="x"/>"#))),
        ("a prefix in data of one's own", data(format!(r#"<{tag}:r xmlns:{tag}="urn:x"/>"#))),
        ("a namespace in data of one's own", data(format!(r#"<r xmlns="urn:{value}"/>"#))),
        ("a schema of data of one's own", data("<r/>".to_owned()).part("customXml/itemProps1.xml", format!(r#"<ds:datastoreItem ds:itemID="{{1}}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="urn:{value}"/></ds:schemaRefs></ds:datastoreItem>"#))),
        ("a source of a citation", data(other("http://schemas.openxmlformats.org/officeDocument/2006/bibliography", "Sources", &format!("<Source><Tag>{value}</Tag><Author><Author><NameList><Person><Last>{value}</Last></Person></NameList></Author></Author></Source>")))),
        ("a part that nothing refers to", plain().part("word/orphan.xml", format!("<a>{value}</a>"))),
        ("a stray file", plain().part("stray.bin", format!("\0{value}"))),
        ("the theme", own("theme", "word/theme/theme1.xml", format!(r#"<a:theme xmlns:a="{A}" name="{value}"><a:latin typeface="{value}"/></a:theme>"#))),
    ];
    let tag_is_plain = tag == value;
    packages
        .into_iter()
        // Names of elements hold no space: there the value is not planted.
        .filter(|(name, _)| tag_is_plain || !name.contains("name in data") && !name.starts_with("a prefix"))
        .map(|(name, package)| gone(name, FILE, package.bytes()))
        .collect()
}

/// What stands in the container, and what is refused.
fn in_the_container(value: &str) -> Vec<Carrier> {
    let picture = |name: &str| {
        Docx::new(r#"<w:p><w:r><w:drawing><a:blip r:embed="rId5"/></w:drawing></w:r></w:p>"#).related(
            "rId5",
            "image",
            name,
            super::picture::png(),
        )
    };
    let mut after = plain().bytes();
    after.extend_from_slice(value.as_bytes());
    let wide =
        |markup: &str| -> Vec<u8> { "\u{FEFF}".encode_utf16().chain(markup.encode_utf16()).flat_map(u16::to_le_bytes).collect() };
    let mut utf16 = plain();
    utf16.members[0].1 = wide(&document(&paragraph(&[value])));
    let strict = format!(
        r#"<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>{value}</t></r></p></body></document>"#
    );
    let mut folder = plain().all();
    folder.push((format!("{value}/"), Vec::new()));
    vec![
        gone("a picture's file name", FILE, picture(&format!("word/media/{}.png", value.replace(' ', "_"))).bytes()),
        gone("a comment of the container", FILE, super::record::zip_with_comment(&plain().all(), value)),
        gone("bytes behind the container", FILE, after),
        gone("a part in UTF-16", FILE, utf16.bytes()),
        gone("the strict vocabulary", FILE, Docx::with_main(&strict).bytes()),
        gone("a folder", FILE, archive(&folder)),
        refused(
            "a film",
            FILE,
            plain()
                .related("rId5", "video", "word/media/a.mp4", [b"\0\0\0\x18ftyp".as_slice(), value.as_bytes()].concat())
                .bytes(),
            "its kind of content is not known",
        ),
        refused(
            "an included document of another program",
            FILE,
            Docx::new(r#"<w:altChunk r:id="rId5"/>"#)
                .related(
                    "rId5",
                    "aFChunk",
                    "word/a.doc",
                    [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), value.as_bytes()].concat(),
                )
                .bytes(),
            "an included document that could not be read",
        ),
    ]
}
