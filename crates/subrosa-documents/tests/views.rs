//! What documents show to a reader. That nothing is left out or shown twice is looked at for every document that any test opens
//! (`common::open`); here it is what the blocks say.

#![allow(clippy::disallowed_methods, clippy::format_collect, clippy::unwrap_used, reason = "tests read files and build some")]

#[path = "docx/build.rs"]
mod build;
mod common;
#[path = "xlsx/build.rs"]
mod workbook;

use std::path::Path;

use build::{Docx, W, archive};
use common::read;
use common::view::{lines, view};
use subrosa_core::span::Span;
use subrosa_documents::Shape;
use subrosa_documents::view::Block;
use workbook::Xlsx;

/// Whether a view has these lines, in this order; others may stand between.
fn shows(name: &str, bytes: &[u8], wanted: &[&str]) {
    let lines = lines(&read(name, bytes));
    let mut rest = lines.iter();
    for wanted in wanted {
        assert!(rest.any(|line| line == wanted), "{wanted} is not there, or not in its place, in {lines:#?}");
    }
}

#[test]
fn every_example_has_a_whole_view() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut names: Vec<String> =
        std::fs::read_dir(folder.clone()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() > 8);
    for name in names {
        let document = read(&name, &std::fs::read(folder.join(&name)).unwrap());
        let blocks = view(&document);
        assert!(blocks.iter().any(|block| block.visible), "{name} shows something");
    }
}

#[test]
fn the_text_of_a_letter_is_read_as_it_is_built() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let wanted = [
        "[Text] paragraph: 20 January 2025",
        "[Text] heading 1: Discharge letter <bold Discharge letter>",
        "[Text] cell 1 1 1: Patient",
        "[Text] cell 1 1 2: Patient = Augustin Pellerin",
        "[Text] item 1: check creatinine and potassium,",
        "[Header] paragraph: Tamarind Valley Hospital · Internal Medicine · Patient: Augustin Pellerin, MRN 70031946",
        "[Footer, field codes] hidden paragraph:  PAGE ",
        "[Properties] hidden field: creator = Wilhelmina Thorne",
    ];
    shows("a.docx", &std::fs::read(folder.join("discharge-letter.docx")).unwrap(), &wanted);
}

#[test]
fn styles_lists_emphasis_and_what_is_hidden() {
    let styles = format!(
        r#"<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Chapter"><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Chapter"/><w:rPr><w:i/><w:b w:val="0"/></w:rPr></w:style><w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"#
    );
    let paragraph = |properties: &str, runs: &str| format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>");
    let run =
        |properties: &str, text: &str| format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    let body = [
        paragraph(r#"<w:pStyle w:val="Chapter"/>"#, &run("", "First")),
        paragraph(r#"<w:pStyle w:val="Sub"/>"#, &run("", "Second")),
        paragraph(r#"<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>"#, &run("<w:u w:val=\"single\"/>", "Third")),
        paragraph("", &[run("", "Seen "), run(r#"<w:rStyle w:val="Ghost"/>"#, "ghost "), run("<w:strike/>", "struck")].concat()),
        paragraph(
            "",
            &format!("{}<w:del w:author=\"A\">{}</w:del>", run("", "Stays "), "<w:r><w:delText>goes</w:delText></w:r>"),
        ),
        paragraph("", &run("<w:vanish/>", "All hidden")),
        paragraph("", &format!("{}<w:r><w:br/></w:r>{}", run("", "One"), run("", "two"))),
    ];
    let docx = Docx::new(&body.concat()).related("rId9", "styles", "word/styles.xml", styles);
    let wanted = [
        "[Text] heading 2: First <bold First>",
        "[Text] heading 2: Second <italic Second>",
        "[Text] item 2: Third <underline Third>",
        "[Text] paragraph: Seen ghost struck <hidden ghost > <struck struck>",
        "[Text] paragraph: Stays goes <struck hidden goes>",
        "[Text] hidden paragraph: All hidden <hidden All hidden>",
        "[Text] paragraph: One\ntwo",
        "[Text, not shown] hidden field: author = A",
    ];
    shows("a.docx", &docx.bytes(), &wanted);
    // A place in the hidden part of a block that is seen is not seen.
    let document = read("a.docx", &docx.bytes());
    let block =
        view(&document).into_iter().find(|block| block.span.of(&document.segments[block.segment].text).starts_with("Stays"));
    let block = block.unwrap();
    let at = block.span.start;
    assert!(block.shows(Span::new(at, at + 5)) && block.shows(Span::new(at, at + 8)));
    assert!(!block.shows(Span::new(at + 6, at + 10)));
}

#[test]
fn text_boxes_are_shown_once_and_comments_not_at_all() {
    let inside = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        r#"<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Beside it</w:t></w:r></w:p>"#
    );
    let comments = format!(
        r#"<w:comments xmlns:w="{W}"><w:comment w:id="0"><w:p><w:r><w:t>Ask her</w:t></w:r></w:p></w:comment></w:comments>"#
    );
    let docx = Docx::new(&body).related("rId9", "comments", "word/comments.xml", comments);
    let wanted = [
        "[Text box] paragraph: In a box",
        "[Text box] hidden paragraph: In a box <hidden In a box>",
        "[Text] paragraph: Beside it",
        "[Comments] hidden paragraph: Ask her",
    ];
    shows("a.docx", &docx.bytes(), &wanted);
}

#[test]
fn sheets_have_their_names_and_hidden_cells_are_not_seen() {
    let cell = |place: &str, text: &str| format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let rows = [
        format!(r#"<row r="1">{}{}{}</row>"#, cell("A1", "Surname"), cell("B1", "Ward"), cell("C1", "Born")),
        format!(r#"<row r="2">{}{}{}</row>"#, cell("A2", "Okafor"), cell("B2", "East"), cell("C2", "Monday")),
        format!(r#"<row r="3" hidden="1">{}</row>"#, cell("A3", "Quillon")),
        r#"<row r="5"><c r="A5"><f>CONCATENATE("Mrs ",A2)</f><v></v></c></row>"#.to_owned(),
    ];
    let sheet = format!(r#"<cols><col min="3" max="3" hidden="1"/></cols><sheetData>{}</sheetData>"#, rows.concat());
    let book = Xlsx::default()
        .sheet("Clients", &sheet)
        .sheet("Old", &format!("<sheetData><row>{}</row></sheetData>", cell("A1", "Past")));
    let wanted = [
        "[Sheet Clients] cell 1 2 1: Surname = Okafor",
        "[Sheet Clients] cell 1 2 2: Ward = East",
        "[Sheet Clients] hidden cell 1 2 3: Born = Monday",
        "[Sheet Clients] hidden cell 1 3 1: Surname = Quillon",
        "[Sheet Clients, formulas] hidden line: CONCATENATE(\"\",A2)",
        "[Sheet Old] cell 2 1 1: Past",
        "[Workbook] field: sheet name = Clients",
    ];
    shows("a.xlsx", &book.bytes(), &wanted);
}

#[test]
fn numbers_of_cells_are_shown_as_their_sheet_does() {
    let cells = [("A1", 1, "45509"), ("B1", 2, "0.125"), ("C1", 3, "1234.5"), ("D1", 4, "12345678"), ("E1", 0, "2025550123")];
    let cells: String =
        cells.iter().map(|(place, style, value)| format!(r#"<c r="{place}" s="{style}"><v>{value}</v></c>"#)).collect();
    let book = Xlsx::new(&format!(r#"<row r="1">{cells}</row>"#));
    let book = book.formats(&["d-mmm-yy", "0.0%", "[$€-407] #,##0.00", "000-00-0000"]);
    let document = read("a.xlsx", &book.bytes());
    let told = |block: &Block| {
        let text = &document.segments[block.segment].text;
        matches!(block.shape, Shape::Cell { .. }).then(|| (text[block.span.range()].to_owned(), block.shown.clone()))
    };
    let told: Vec<_> = view(&document).iter().filter_map(told).collect();
    let wanted = [
        ("2024-08-05", Some("5-Aug-24")),
        ("0.125", Some("12.5%")),
        ("1234.5", Some("€ 1,234.50")),
        ("012-34-5678", None),
        ("2025550123", None),
    ];
    assert_eq!(told, wanted.map(|(text, shown)| (text.to_owned(), shown.map(Box::from))));
}

#[test]
fn messages_begin_with_what_a_reader_looks_for() {
    let mail = concat!(
        "Received: from mx.example.com\r\nX-Mailer: Quill 1\r\nFrom: Odette <odette@example.com>\r\nSubject: The visit\r\n",
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n",
        "--outer\r\nContent-Type: multipart/alternative; boundary=\"inner\"\r\n\r\n",
        "--inner\r\nContent-Type: text/plain\r\n\r\nDear Rowan,\r\nplainly said.\r\n",
        "--inner\r\nContent-Type: text/html\r\n\r\n<h1>Dear Rowan</h1><p>said <b>boldly</b></p>\r\n--inner--\r\n",
        "--outer\r\nContent-Type: text/csv; name=\"visits.csv\"\r\nContent-Disposition: attachment; filename=\"visits.csv\"\r\n\r\n",
        "Surname,Ward\r\nOkafor,East\r\nFinch,West\r\n--outer--\r\n",
    );
    let wanted = [
        "[Header] field: From = Odette <odette@example.com>",
        "[Header] field: Subject = The visit",
        "[Text, other version] hidden paragraph: Dear Rowan,\r\nplainly said.",
        "[Text] heading 1: Dear Rowan",
        "[Text] paragraph: said boldly <bold boldly>",
        "[Attachment visits.csv] field: filename = visits.csv",
        "[Attachment visits.csv] cell 1 2 1: Surname = Okafor",
        "[Technical header] hidden field: Received = from mx.example.com",
    ];
    shows("a.eml", mail.as_bytes(), &wanted);
}

#[test]
fn members_of_archives_are_shown_under_their_paths() {
    let members = [
        ("notes/a.txt".to_owned(), b"Dear Rowan".to_vec()),
        ("b.csv".to_owned(), b"Surname,Ward\nOkafor,East\nFinch,West\n".to_vec()),
        ("c.csv".to_owned(), b"Surname,Ward\nAbara,East\nFinch,West\n".to_vec()),
    ];
    let wanted = [
        "[notes/a.txt] field: path = notes/a.txt",
        "[notes/a.txt] paragraph: Dear Rowan",
        "[b.csv] cell 1 2 1: Surname = Okafor",
        "[c.csv] cell 2 2 1: Surname = Abara",
    ];
    shows("a.zip", &archive(&members), &wanted);
}

#[test]
fn pages_of_html_show_what_a_browser_does() {
    let page = concat!(
        "<html><head><title>Visits</title><style>.a{color:red} p.off, #old { display: none }</style></head><body onload=\"run('Rowan')\"><!-- ask Odette -->",
        "<h2>Ward <em>East</em></h2><ul><li>one<ol><li>two</ol><li>three</ul>",
        "<table><tr><th>Surname<th>Born</tr><tr><td>Okafor</td><td>Monday<br>noon</td></tr></table>",
        "<div style=\"display: none\">Never <p>seen</p></div><p>Seen</p><p class=off>Put away</p><p class=a>Red</p><input type=text value=Finch><input type=hidden value=token55>",
    );
    let wanted = [
        "[Text] field: title = Visits",
        "[Text] heading 2: Ward East <italic East>",
        "[Text] item 1: one",
        "[Text] item 2: two",
        "[Text] item 1: three",
        "[Text] cell 1 1 1: Surname",
        "[Text] cell 1 2 1: Surname = Okafor",
        "[Text] cell 1 2 2: Born = Monday\nnoon",
        "[Text] hidden paragraph: Never <hidden Never>",
        "[Text] hidden paragraph: seen <hidden seen>",
        "[Text] paragraph: Seen",
        "[Text] hidden paragraph: Put away <hidden Put away>",
        "[Text] paragraph: Red",
    ];
    shows("a.html", page.as_bytes(), &wanted);
    let lines = lines(&read("a.html", page.as_bytes()));
    for (text, seen) in [("Finch", true), ("token55", false), ("ask Odette", false), ("run('Rowan')", false)] {
        let line = lines.iter().find(|line| line.contains(text)).unwrap();
        assert_ne!(line.contains("hidden"), seen, "{line}");
    }
}

#[test]
fn style_sheets_hide_in_xhtml_too() {
    let page = |sheet: &str| {
        format!(
            r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><style type="text/css">{sheet}</style></head><body><p class="off">Put away</p><p>Seen</p><p style="display: none">Never</p></body></html>"#
        )
    };
    let wanted = [
        "[Text] hidden paragraph: Put away <hidden Put away>",
        "[Text] paragraph: Seen",
        "[Text] hidden paragraph: Never <hidden Never>",
    ];
    for sheet in ["p.off { display: none }", "<![CDATA[ p.off { display: none } ]]>"] {
        shows("a.xhtml", page(sheet).as_bytes(), &wanted);
    }
}

#[test]
fn rich_text_shows_its_emphasis() {
    let rtf = r"{\rtf1\ansi{\info{\author Odette}}{\header Ward\par}{\pard\outlinelevel0\b Visits\b0\par}{\pard\ls1\ilvl1 two\par}{\pard plain {\i slanted} {\v ghost}\par}}";
    let wanted = [
        "[Text] heading 1: Visits <bold Visits>",
        "[Text] item 2: two",
        "[Text] paragraph: plain slanted ghost <italic slanted> <hidden ghost>",
        "[Header] paragraph: Ward",
        "[Properties] hidden field: author = Odette",
    ];
    shows("a.rtf", rtf.as_bytes(), &wanted);
}

#[test]
fn open_documents_show_headings_lists_and_sheets() {
    let names = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0""#;
    let flat = |kind: &str, styles: &str, body: &str| {
        format!(
            r#"<office:document {names} office:mimetype="application/vnd.oasis.opendocument.{kind}"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"#
        )
    };
    let styles = r#"<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>"#;
    let body = r#"<text:h text:outline-level="2">Visits</text:h><text:p>plain <text:span text:style-name="T1">bold</text:span> <text:span text:style-name="T2">ghost</text:span></text:p><text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two</text:p></text:list-item></text:list></text:list-item></text:list>"#;
    let wanted = [
        "[Text] heading 2: Visits",
        "[Text] paragraph: plain bold ghost <bold bold> <hidden ghost>",
        "[Text] item 1: one",
        "[Text] item 2: two",
    ];
    shows("a.fodt", flat("text", styles, body).as_bytes(), &wanted);
    let styles =
        r#"<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>"#;
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let body = format!(
        r#"<table:table table:name="Clients"><table:table-column/><table:table-column table:visibility="collapse"/><table:table-row>{}{}</table:table-row><table:table-row table:visibility="collapse">{}</table:table-row></table:table><table:table table:name="Old" table:style-name="ta2"><table:table-row>{}</table:table-row></table:table>"#,
        cell("Okafor"),
        cell("Monday"),
        cell("Finch"),
        cell("Past"),
    );
    let wanted = [
        "[Sheet Clients] cell 1 1 1: Okafor",
        "[Sheet Clients] hidden cell 1 1 2: Okafor = Monday <hidden Monday>",
        "[Sheet Clients] hidden cell 1 2 1: Okafor = Finch <hidden Finch>",
        "[Sheet Old] hidden cell 2 1 1: Past <hidden Past>",
        "[Sheets] field: object name = Clients",
        "[Text, not shown] hidden field: object name = Old",
    ];
    shows("a.fods", flat("spreadsheet", styles, &body).as_bytes(), &wanted);
}

#[test]
fn prose_is_shown_in_paragraphs_and_logs_in_lines() {
    shows(
        "a.txt",
        b"Dear Rowan,\n\nthe visit\nwas short.\n",
        &["[Text] paragraph: Dear Rowan,", "[Text] paragraph: the visit\nwas short."],
    );
    let log = b"2025-02-14 login rowan\n2025-02-14 logout rowan\n2025-02-15 login odette\n";
    shows("a.log", log, &["[Text] line: 2025-02-14 login rowan", "[Text] line: 2025-02-14 logout rowan"]);
    let json = br#"{"surname": "Okafor", "visits": [{"day": "Monday"}]}"#;
    shows("a.json", json, &["[Text] field: surname = Okafor", "[Text] field: day = Monday", "[Keys] line: surname"]);
}

#[test]
fn tables_of_one_document_have_numbers_of_their_own() {
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let document = read("a.docx", &Docx::new(&[table, table].concat()).bytes());
    let mut numbers: Vec<u32> = view(&document)
        .iter()
        .filter_map(|block| if let Shape::Cell { table, .. } = block.shape { Some(table) } else { None })
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2]);
}
