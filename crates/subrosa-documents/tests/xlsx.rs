//! SpreadsheetML: what is read where, and what an edit leaves alone.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]
#![allow(clippy::format_collect)]

#[path = "docx/build.rs"]
mod build;
mod common;
#[path = "xlsx/build.rs"]
mod workbook;

use build::{R, is_free_of, member, names, text};
use common::{edit, labels, open, read, refusal, replace_all, replaced, texts};
use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::{Document, Limits, Source, verify};
use workbook::{S, Xlsx};

const NAME: &str = "file.xlsx";

/// A row of cells that show these shared strings.
fn row(number: usize, strings: &[usize]) -> String {
    let cell =
        |(at, string): (usize, &usize)| format!(r#"<c r="{}{number}" t="s"><v>{string}</v></c>"#, char::from(b'A' + at as u8));
    format!(r#"<row r="{number}">{}</row>"#, strings.iter().enumerate().map(cell).collect::<String>())
}

fn sheet(bytes: &[u8], number: usize) -> String {
    text(bytes, &format!("xl/worksheets/sheet{number}.xml"))
}

/// Written with every `value` replaced, read again, and searched for it.
fn verified(bytes: &[u8], value: &str, replacement: &str) -> Vec<u8> {
    let (format, document) = open(NAME, bytes).unwrap();
    let mut edits = replace_all(&document, value, replacement);
    edits.iter_mut().flatten().for_each(|edit| edit.entity = Entity::DENIED_TERM);
    assert!(edits.iter().any(|edits| !edits.is_empty()), "the value is in no segment");
    let written = document.body.write(&edits).unwrap();
    verify::verify(format, &document, &edits, &Source::nameless(&written), &Limits::default()).unwrap();
    assert!(is_free_of(&written, value));
    read(NAME, &written);
    written
}

fn at<'a>(document: &'a Document, place: &str) -> Vec<&'a str> {
    let here = |index: &usize| document.body.place(*index, Span::new(0, 0)) == place;
    (0..document.segments.len()).filter(here).map(|index| document.segments[index].text.as_str()).collect()
}

#[test]
fn each_cell_is_a_segment_under_its_header() {
    let rows = [row(1, &[0, 1, 2]), row(2, &[3, 4, 5]), row(3, &[6, 4, 5])].concat();
    let book = Xlsx::new(&rows).strings(&["Surname", "First name", "Phone", "Okafor", "Ada", "555-0100", "Roe"]);
    let bytes = book.bytes();
    let document = read(NAME, &bytes);
    assert_eq!(labels(&document, "Okafor"), ["Surname"]);
    assert_eq!(labels(&document, "555-0100"), ["Phone"]);
    assert!(labels(&document, "Surname").is_empty());
    assert_eq!(at(&document, "sheet 1, cell B3"), ["Ada"]);
    for (name, data) in book.all() {
        assert_eq!(member(&document.body.write(&[]).unwrap(), &name), Some(data), "{name}");
    }
}

#[test]
fn a_title_and_gaps_do_not_hide_the_header() {
    let rows = [row(1, &[0]), row(3, &[1, 2]), row(4, &[3, 4]), row(6, &[5, 4])].concat();
    let book = Xlsx::new(&rows).strings(&["Clients of the year", "Name", "Phone", "Ada Poe", "555-0100", "Max Roe"]);
    let document = read(NAME, &book.bytes());
    assert_eq!(labels(&document, "Ada Poe"), ["Name"]);
    assert_eq!(labels(&document, "Max Roe"), ["Name"], "the header goes on behind an empty row");
    let form = Xlsx::new(&[row(1, &[0, 1]), row(2, &[2, 3])].concat()).strings(&["Client:", "Ada Poe", "Born:", "3 May 1970"]);
    let document = read(NAME, &form.bytes());
    assert_eq!(labels(&document, "Ada Poe"), ["Client"]);
    assert_eq!(labels(&document, "3 May 1970"), ["Born"]);
}

#[test]
fn a_string_whose_cells_change_alike_changes_in_place() {
    let rows = [row(1, &[0]), row(2, &[0])].concat();
    let mut book = Xlsx::new(&rows);
    book.strings = vec![
        r#"<r><rPr><b/></rPr><t>Dear Jo</t></r><r><t>hn Smith</t></r><rPh sb="0" eb="2"><t>JON</t></rPh><phoneticPr fontId="1"/>"#
            .to_owned(),
    ];
    let bytes = book.bytes();
    let document = read(NAME, &bytes);
    assert_eq!(texts(&document)[..2], ["Dear John Smith"; 2]);
    assert!(texts(&document).contains(&"JON"));
    let written = replaced(NAME, &bytes, "John Smith", "[P]");
    let strings = text(&written, "xl/sharedStrings.xml");
    assert!(strings.contains(r"<si><r><rPr><b/></rPr><t>Dear [P]</t></r><r><t></t></r></si>"), "{strings}");
    assert_eq!(member(&written, "xl/worksheets/sheet1.xml"), member(&bytes, "xl/worksheets/sheet1.xml"));
}

#[test]
fn a_string_whose_cells_differ_is_copied_into_the_cell() {
    let mut book = Xlsx::new(&[row(1, &[0]), row(2, &[0]), row(3, &[1])].concat());
    book.strings = vec![
        "<r><rPr><i/></rPr><t xml:space=\"preserve\">Rose </t></r><r><t>&amp; co</t></r>".to_owned(),
        "<t>Quillon</t>".to_owned(),
    ];
    let bytes = book.bytes();
    let document = read(NAME, &bytes);
    let written = document.body.write(&[vec![edit(0, 4, "[P-1]")]]).unwrap();
    assert!(sheet(&written, 1).contains(
        r#"<c r="A1" t="inlineStr"><is><r><rPr><i/></rPr><t xml:space="preserve">[P-1] </t></r><r><t>&amp; co</t></r></is></c><"#
    ) || sheet(&written, 1).contains("[P-1] "), "{}", sheet(&written, 1));
    assert_eq!(texts(&read(NAME, &written))[..2], ["[P-1] & co", "Rose & co"]);
    assert_eq!(member(&written, "xl/sharedStrings.xml"), member(&bytes, "xl/sharedStrings.xml"));
    // Two different edits leave nothing of the string.
    let written = document.body.write(&[vec![edit(0, 4, "[P-1]")], vec![edit(0, 4, "[P-2]")], vec![edit(0, 7, "[X]")]]).unwrap();
    assert!(is_free_of(&written, "Rose") && is_free_of(&written, "Quillon"));
    assert_eq!(texts(&read(NAME, &written)), ["[P-1] & co", "[P-2] & co", "[X]", "Sheet1"]);
}

#[test]
fn a_string_that_no_cell_shows_is_read() {
    let written = verified(&Xlsx::new(&row(1, &[0])).strings(&["Seen", "Quillon"]).bytes(), "Quillon", "[X]");
    assert!(text(&written, "xl/sharedStrings.xml").contains("<si><t>[X]</t></si>"));
}

#[test]
fn numbers_and_dates_read_as_people_see_them() {
    let rows = r#"<row r="1"><c r="A1"><v>4.11111111111111E15</v></c><c r="B1" s="1"><v>29344</v></c><c r="C1" s="2"><v>12345678</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v></c><c r="F1" t="d"><v>1980-05-03</v></c><c><v>12</v></c></row>"#;
    let bytes = Xlsx::new(rows).formats(&["yyyy\\-mm\\-dd", "000\\-00\\-0000"]).bytes();
    let document = read(NAME, &bytes);
    assert_eq!(texts(&document)[..5], ["4111111111111110", "1980-05-03", "012-34-5678", "1980-05-03", "12"]);
    assert_eq!(at(&document, "sheet 1, cell G1"), ["12"]);
    let written = replaced(NAME, &bytes, "4111111111111110", "[CARD]");
    let markup = sheet(&written, 1);
    assert!(markup.contains(r#"<c r="A1" t="inlineStr"><is><t>[CARD]</t></is></c>"#), "{markup}");
    let markup = sheet(&replaced(NAME, &bytes, "1980-05-03", "[DATE]"), 1);
    assert!(markup.contains(r#"<c r="B1" s="1" t="inlineStr"><is><t>[DATE]</t></is></c>"#), "{markup}");
    let markup = sheet(&replaced(NAME, &bytes, "1980-05-03", "1980-05-04"), 1);
    assert!(markup.contains(r#"<c r="B1" s="1"><v>29345</v></c>"#), "a shifted date stays one: {markup}");
    let markup = sheet(&replaced(NAME, &bytes, "012-34-5678", "[US_SSN]"), 1);
    assert!(markup.contains(r#"<c r="C1" s="2" t="inlineStr"><is><t>[US_SSN]</t></is></c>"#), "{markup}");
    let early = Xlsx::new(r#"<row><c s="1"><v>27882</v></c></row>"#).formats(&["d/m/yy"]);
    let early = early.workbook("<workbookPr date1904=\"1\"/>").bytes();
    assert_eq!(texts(&read(NAME, &early))[0], "1980-05-03");
}

#[test]
fn a_formula_with_a_hit_becomes_its_redacted_value() {
    let rows = r#"<row r="1"><c r="A1" t="str"><f>B1&amp;" Smith"</f><v>John Smith</v></c><c r="B1" s="3" t="str"><f>"Jo"&amp;"hn"</f><v>x</v></c><c r="C1"><f>IF(A1="Quillon",4,5)</f><v>4</v></c><c r="D1"><f>SUM(E1:F1)</f><v>9</v></c></row>"#;
    let chain = format!(r#"<calcChain xmlns="{S}"><c r="A1" i="1"/></calcChain>"#);
    let bytes = Xlsx::new(rows).part(0, "calcChain", "xl/calcChain.xml", chain).bytes();
    let document = read(NAME, &bytes);
    assert_eq!(at(&document, "sheet 1, cell C1, formula"), ["IF(A1=\"\",4,5)", "Quillon"]);
    let written = replaced(NAME, &bytes, "John Smith", "[PERSON-1]");
    let markup = sheet(&written, 1);
    assert!(markup.contains(r#"<c r="A1" t="inlineStr"><is><t>[PERSON-1]</t></is></c>"#), "{markup}");
    assert!(markup.contains("<f>SUM(E1:F1)</f>") && !names(&written).contains(&"xl/calcChain.xml".to_owned()));
    assert!(!text(&written, "[Content_Types].xml").contains("calcChain"));
    assert!(!text(&written, "xl/_rels/workbook.xml.rels").contains("calcChain"));
    let (_, document) = open(NAME, &bytes).unwrap();
    document.body.write(&replace_all(&document, "Quillon", "[X]")).unwrap();
    assert_eq!(document.body.notes(), ["1 formula was replaced by its value"]);
    let markup = sheet(&verified(&bytes, "Quillon", "[X]"), 1);
    assert!(markup.contains(r#"<c r="C1"><v>4</v></c>"#), "{markup}");
    let untouched = document.body.write(&[]).unwrap();
    assert!(names(&untouched).contains(&"xl/calcChain.xml".to_owned()) && document.body.notes().is_empty());
}

#[test]
fn cells_that_share_a_formula_lose_it_together() {
    let rows = r#"<row r="1"><c r="A1" t="str"><f t="shared" ref="A1:A2" si="0">"Quillon"&amp;B1</f><v>a</v></c></row><row r="2"><c r="A2" t="str"><f t="shared" si="0"/><v>b</v></c></row><row r="3"><c r="A3"><f t="shared" ref="A3" si="1">1+1</f><v>2</v></c></row>"#;
    let markup = sheet(&verified(&Xlsx::new(rows).bytes(), "Quillon", "[X]"), 1);
    assert!(markup.contains(r#"<c r="A2" t="inlineStr"><is><t>b</t></is></c>"#), "{markup}");
    assert!(markup.contains(r#"<f t="shared" ref="A3" si="1">1+1</f>"#));
}

#[test]
fn a_sheet_is_renamed_wherever_it_is_named() {
    let data = r#"<sheetData><row r="1"><c r="A1"><f>SUM('Jane Quillon'!B1:B9)+Other!A1</f><v>5</v></c></row></sheetData><conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>'Jane Quillon'!A1&gt;3</formula></cfRule></conditionalFormatting><hyperlinks><hyperlink ref="A1" location="'Jane Quillon'!A1" display="see"/></hyperlinks>"#;
    let names = r#"<definedNames><definedName name="area">'Jane Quillon'!$A$1:$B$9</definedName></definedNames>"#;
    let book = Xlsx::default().sheet("Jane Quillon", "<sheetData/>").sheet("Other", data).workbook(names);
    let written = verified(&book.bytes(), "Jane Quillon", "[PERSON-1]");
    let workbook = text(&written, "xl/workbook.xml");
    assert!(workbook.contains(r#"<sheet name="(PERSON-1)""#), "{workbook}");
    assert!(workbook.contains("'(PERSON-1)'!$A$1:$B$9"), "{workbook}");
    let markup = sheet(&written, 2);
    assert!(markup.contains("<f>SUM('(PERSON-1)'!B1:B9)+Other!A1</f>"), "{markup}");
    assert!(markup.contains("<formula>'(PERSON-1)'!A1&gt;3</formula>"), "{markup}");
    assert!(markup.contains("location=\"&apos;(PERSON-1)&apos;!A1\""), "{markup}");
}

#[test]
fn a_name_that_goes_takes_its_formulas_along() {
    let rows = r#"<row r="1"><c r="A1"><f>SUM(Quillon_pay)</f><v>5</v></c></row>"#;
    let names = r#"<definedNames><definedName name="Quillon_pay">Sheet1!$B$1</definedName><definedName name="twice">Quillon_pay*2</definedName></definedNames>"#;
    let written = verified(&Xlsx::new(rows).workbook(names).bytes(), "Quillon", "[X]");
    let workbook = text(&written, "xl/workbook.xml");
    assert!(workbook.contains(r#"<definedName name="__X__pay">Sheet1!$B$1</definedName>"#), "{workbook}");
    assert!(workbook.contains(r#"<definedName name="twice">#REF!</definedName>"#), "{workbook}");
    assert!(sheet(&written, 1).contains(r#"<c r="A1"><v>5</v></c>"#));
}

#[test]
fn columns_of_a_table_are_called_like_their_header_cells() {
    let rows =
        [row(1, &[0, 1]), row(2, &[2, 3]), r#"<row r="3"><c r="A3"><f>COUNTA(Clients[Ada])</f><v>1</v></c></row>"#.to_owned()]
            .concat();
    let table = format!(
        r#"<table xmlns="{S}" id="1" name="Clients" displayName="Clients" ref="A1:B2"><tableColumns count="2"><tableColumn id="1" name="Ada"/><tableColumn id="2" name="Roe"/></tableColumns></table>"#
    );
    let book = Xlsx::new(&rows).strings(&["Ada", "Roe", "x1", "x2"]).part(1, "table", "xl/tables/table1.xml", table);
    let bytes = book.bytes();
    let document = read(NAME, &bytes);
    assert_eq!(labels(&document, "x1"), ["Ada"]);
    let mut edits = replace_all(&document, "Ada", "[P]");
    for (edits, others) in edits.iter_mut().zip(replace_all(&document, "Roe", "[P]")) {
        edits.extend(others);
    }
    let written = document.body.write(&edits).unwrap();
    let table = text(&written, "xl/tables/table1.xml");
    assert!(table.contains(r#"name="[P]"/>"#) && table.contains(r#"name="[P] 2"/>"#), "{table}");
    let again = read(NAME, &written);
    assert_eq!(texts(&again)[..2], ["[P]", "[P] 2"]);
    assert!(sheet(&written, 1).contains(r#"<c r="A3"><v>1</v></c>"#));
}

#[test]
fn every_carrier_is_reached() {
    let value = "Quillon";
    let extra = format!(
        r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>in {value}</t></is></c></row></sheetData>
        <autoFilter ref="A1:A2"><filterColumn colId="0"><filters><filter val="{value}"/></filters></filterColumn></autoFilter>
        <scenarios><scenario name="{value}" user="{value}" comment="{value}"/></scenarios>
        <protectedRanges><protectedRange name="{value}" sqref="A1"/></protectedRanges>
        <dataValidations><dataValidation sqref="A1" prompt="ask {value}" promptTitle="{value}" error="no {value}" errorTitle="{value}"><formula1>"Ann,{value}"</formula1></dataValidation></dataValidations>
        <hyperlinks><hyperlink ref="A1" r:id="rId200" tooltip="to {value}" display="{value}"/></hyperlinks>
        <headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12{value}&amp;CPage &amp;P</oddHeader></headerFooter>
        <extLst><ext><x14:sparklineGroups><x14:sparkline><xm:f>IF(A1="{value}",1,2)</xm:f><xm:sqref>A2</xm:sqref></x14:sparkline></x14:sparklineGroups></ext></extLst>"#
    );
    let spread = |root: &str, inside: String| format!(r#"<{root} xmlns="{S}" xmlns:r="{R}">{inside}</{root}>"#);
    let comments = format!(
        r#"<authors><author>{value}</author></authors><commentList><comment ref="A1" authorId="0"><text><r><t>see Quil</t></r><r><t>lon</t></r></text></comment></commentList>"#
    );
    let threaded = format!(
        r#"<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="A1" dT="2020-05-03T10:00:00.00" personId="{{1}}" id="{{2}}"><text>ask {value}</text></threadedComment></ThreadedComments>"#
    );
    let persons = format!(
        r#"<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person displayName="{value}" id="{{1}}" userId="{value}@example.com" providerId="AD"/></personList>"#
    );
    let cache = format!(
        r#"<cacheSource type="worksheet"><worksheetSource ref="A1:B2" sheet="Sheet1"/></cacheSource><cacheFields count="1"><cacheField name="Client"><sharedItems><s v="{value}"/><n v="4111111111111111"/><d v="1980-05-03T00:00:00"/></sharedItems></cacheField></cacheFields>"#
    );
    let cache = format!(r#"<pivotCacheDefinition xmlns="{S}" refreshedBy="{value}">{cache}</pivotCacheDefinition>"#);
    let book = format!(
        r#"<externalBook r:id="rId1"><sheetNames><sheetName val="{value}"/></sheetNames><definedNames><definedName name="{value}" refersTo="='{value}'!$A$1"/></definedNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{value}</v></cell></row></sheetData></sheetDataSet></externalBook>"#
    );
    let connections = format!(
        r#"<connection id="1" name="{value}" description="of {value}" odcFile="C:\{value}\x.odc"><dbPr connection="Provider=x;User ID={value}" command="SELECT '{value}'"/></connection>"#
    );
    let log = format!(r#"<rcc rId="1" sId="1"><nc r="A1" t="inlineStr"><is><t>{value}</t></is></nc></rcc><rfmt/>"#);
    let users = format!(r#"<userInfo guid="{{1}}" name="{value}" id="-1" dateTime="2020-05-03T10:00:00"/>"#);
    let drawing = format!(
        r#"<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>2</xdr:row></xdr:from><xdr:sp textlink="Sheet1!A1"><xdr:nvSpPr><xdr:cNvPr id="2" name="{value}" descr="{value}"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>box Quil</a:t></a:r><a:r><a:t>lon</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"#
    );
    let chart = format!(
        r#"<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:tx><c:strRef><c:f>Sheet1!$A$1</c:f><c:strCache><c:pt idx="0"><c:v>{value}</c:v></c:pt></c:strCache></c:strRef></c:tx></c:chartSpace>"#
    );
    let map =
        format!(r#"<MapInfo xmlns="{S}" SelectionNamespaces=""><Map ID="1" Name="{value}" RootElement="{value}"/></MapInfo>"#);
    let bytes = Xlsx::default()
        .sheet("Sheet1", &extra)
        .sheet("Hidden", "<sheetData/>")
        .workbook(&format!(
            r#"<fileSharing userName="{value}"/><definedNames><definedName name="note" comment="{value}">"{value}"</definedName></definedNames>"#
        ))
        .part(1, "comments", "xl/comments1.xml", spread("comments", comments))
        .part(1, "threadedComment", "xl/threadedComments/threadedComment1.xml", threaded)
        .part(0, "person", "xl/persons/person.xml", persons)
        .part(0, "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml", cache)
        .part(0, "pivotCacheRecords", "xl/pivotCache/pivotCacheRecords1.xml", spread("pivotCacheRecords", format!(r#"<r><s v="{value}"/><x v="0"/></r>"#)))
        .part(0, "externalLink", "xl/externalLinks/externalLink1.xml", spread("externalLink", book))
        .part(0, "connections", "xl/connections.xml", spread("connections", connections))
        .part(1, "queryTable", "xl/queryTables/queryTable1.xml", spread("queryTable", format!(r#"<queryTableRefresh><queryTableFields><queryTableField id="1" name="{value}"/></queryTableFields></queryTableRefresh>"#)))
        .part(0, "revisionLog", "xl/revisions/revisionLog1.xml", spread("revisions", log))
        .part(0, "usernames", "xl/revisions/userNames.xml", spread("users", users))
        .part(1, "drawing", "xl/drawings/drawing1.xml", drawing)
        .part(0, "chart", "xl/charts/chart1.xml", chart)
        .part(0, "xmlMaps", "xl/xmlMaps.xml", map)
        .external(1, "hyperlink", &format!("mailto:{value}@example.com"))
        .bytes();
    let document = read(NAME, &bytes);
    assert!(document.unread.is_empty());
    let author =
        document.segments.iter().find(|segment| segment.text == value && segment.labels.iter().any(|l| &**l == "author"));
    assert!(author.is_some());
    assert!(texts(&document).contains(&"Quillon\nPage \n"), "{:?}", texts(&document));
    let item = document.segments.iter().find(|segment| segment.labels.iter().any(|label| &**label == "Client"));
    assert_eq!(item.map(|segment| segment.text.as_str()), Some(value));
    let written = verified(&bytes, value, "[X]");
    assert!(sheet(&written, 1).contains(r#"<formula1>"Ann,[X]"</formula1>"#));
    let written = replaced(NAME, &written, "4111111111111111", "[CARD]");
    assert!(text(&written, "xl/pivotCache/pivotCacheDefinition1.xml").contains(r#"<n v="0"/>"#));
}

#[test]
fn an_object_that_goes_takes_its_holder_along() {
    let markup = r#"<sheetData/><oleObjects><oleObject progId="x" shapeId="1" r:id="rId100"/></oleObjects>"#;
    let bytes = Xlsx::default()
        .sheet("Sheet1", markup)
        .part(1, "oleObject", "xl/embeddings/oleObject1.bin", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Quillon")
        .bytes();
    let written = read(NAME, &bytes).body.write(&[]).unwrap();
    assert!(is_free_of(&written, "Quillon"));
    assert!(sheet(&written, 1).ends_with("<sheetData/></worksheet>"), "{}", sheet(&written, 1));
}

#[test]
fn broken_workbooks_are_refused_or_read_and_never_panic() {
    for rows in [
        r#"<row><c t="s"><v>9</v></c></row>"#,
        r#"<row><c t="s"><v>x</v></c></row>"#,
        r"<row><c><is><t>a</t></is><v>b</v></c></row>",
        r"<row><c><v>a</v><v>b</v></c></row>",
    ] {
        assert_eq!(refusal(NAME, &Xlsx::new(rows).strings(&["a"]).bytes()).kind(), "damaged", "{rows}");
    }
    for rows in [
        r#"<row r="x"><c r="!"><v>1e400</v></c><c s="99999999999"><v>nan</v></c></row>"#,
        r#"<row r="4294967295"/><row><c r="A1"/><c t="str"><v/></c></row>"#,
        r"<c><v>7</v></c><row><unknown>text</unknown><c><extLst><x>Jane</x></extLst></c></row>",
    ] {
        let bytes = Xlsx::new(rows).bytes();
        read(NAME, &bytes).body.write(&[]).unwrap();
    }
    let rows = [
        row(1, &[0, 1]),
        r#"<row r="2"><c r="A2" t="str"><f t="shared" si="0" ref="A2">"a"&amp;B1</f><v>x</v></c></row>"#.to_owned(),
    ]
    .concat();
    let book = Xlsx::new(&rows).strings(&["Name", "Ada"]);
    let bytes = book.bytes();
    for cut in (4..bytes.len()).step_by(31) {
        assert!(open(NAME, &bytes[..cut]).is_err());
    }
    for (index, (name, data)) in book.all().iter().enumerate() {
        for at in (0..data.len()).step_by(3) {
            let mut members = book.all();
            members[index].1[at] ^= 0x15;
            if let Ok((_, document)) = open(NAME, &build::archive(&members)) {
                let all = |index: usize| document.segments[index].text.len();
                let edits: Vec<Vec<Edit>> = (0..document.segments.len()).map(|index| vec![edit(0, all(index), "[X]")]).collect();
                let _ = document.body.write(&edits);
                let _ = name;
            }
        }
    }
}

#[test]
fn a_binary_workbook_is_refused_by_name() {
    let bytes = build::archive(&[("xl/workbook.bin".to_owned(), vec![0]), ("[Content_Types].xml".to_owned(), b"<a/>".to_vec())]);
    assert_eq!(refusal("file.xlsb", &bytes).kind(), "unsupported");
}
