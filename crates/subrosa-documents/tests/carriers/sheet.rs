//! Places of a workbook that can hold a name.

use super::build::{PACKAGE, R};
use super::workbook::{S, Xlsx};
use super::{Carrier, gone};

const FILE: &str = "file.xlsx";

fn spread(root: &str, inside: &str) -> String {
    format!(r#"<{root} xmlns="{S}" xmlns:r="{R}">{inside}</{root}>"#)
}

/// A workbook of one sheet whose markup behind the cells is this.
fn behind(markup: &str) -> Xlsx {
    Xlsx::default().sheet("Sheet1", &format!(r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>{markup}"#))
}

fn cell(inside: &str) -> Xlsx {
    Xlsx::new(&format!(r#"<row r="1">{inside}</row>"#))
}

pub(super) fn carriers(value: &str) -> Vec<Carrier> {
    let half = value.floor_char_boundary(value.len() / 2);
    let (first, second) = value.split_at(half);
    let string = |inside: &str| {
        let mut book = cell(r#"<c r="A1" t="s"><v>0</v></c>"#);
        book.strings = vec![inside.to_owned()];
        book
    };
    let part = |from: usize, kind: &str, name: &str, markup: String| behind("").part(from, kind, &format!("xl/{name}"), markup);
    let threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments";
    let threaded = |root: &str, inside: &str| format!(r#"<{root} xmlns="{threads}">{inside}</{root}>"#);
    let drawing = |inside: &str| {
        format!(
            r#"<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{inside}</xdr:wsDr>"#
        )
    };
    let chart = |inside: &str| {
        format!(
            r#"<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{inside}</c:chartSpace>"#
        )
    };
    let vml = |inside: &str| {
        format!(
            r#"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">{inside}</xml>"#
        )
    };
    let column = format!(
        r#"<table xmlns="{S}" id="1" name="T" displayName="T" ref="A1:A2"><tableColumns count="1"><tableColumn id="1" name="{value}" totalsRowLabel="{value}"/></tableColumns></table>"#
    );
    let link = |markup: &str| format!(r#"<hyperlinks><hyperlink ref="A1" {markup}/></hyperlinks>"#);
    let outside = format!(
        r#"<externalBook r:id="rId1"><sheetNames><sheetName val="{value}"/></sheetNames><definedNames><definedName name="{first}" refersTo="='{value}'!$A$1"/></definedNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{value}</v></cell></row></sheetData></sheetDataSet></externalBook>"#
    );
    let outside_target = format!(
        r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/externalLinkPath" Target="file:///C:\{value}\a.xlsx" TargetMode="External"/></Relationships>"#
    );
    let cache = format!(
        r#"<pivotCacheDefinition xmlns="{S}" refreshedBy="{value}"><cacheSource type="worksheet"><worksheetSource ref="A1:B2" sheet="Sheet1"/></cacheSource><cacheFields count="1"><cacheField name="{value}"><sharedItems><s v="{value}" c="{value}"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>"#
    );
    let pivot = format!(
        r#"<pivotTableDefinition xmlns="{S}" name="{value}" dataCaption="{value}"><pivotFields><pivotField name="{value}"><items><item n="{value}" x="0"/></items></pivotField></pivotFields></pivotTableDefinition>"#
    );
    let data = |markup: String| behind("").part(0, "customXml", "customXml/item1.xml", markup);
    let named = cell(r#"<c r="A1"><v>1</v></c>"#).workbook(&format!(
        r#"<definedNames><definedName name="{}" comment="{value}">Sheet1!$A$1</definedName></definedNames>"#,
        value.replace(' ', "_")
    ));
    let sheet_of_that_name = Xlsx::default()
        .sheet(value, "<sheetData/>")
        .sheet("Other", &format!(r#"<sheetData><row r="1"><c r="A1"><f>'{value}'!A1+1</f><v>1</v></c></row></sheetData>"#));
    let header = |kind: &str| {
        behind(&format!("<headerFooter><{kind}>&amp;L&amp;\"Arial,Bold\"&amp;12{value}&amp;R&amp;P</{kind}></headerFooter>"))
    };
    let books: Vec<(&'static str, Xlsx)> = vec![
        ("a shared string", string(&format!("<t>{value}</t>"))),
        ("a rich string", string(&format!("<r><t>{first}</t></r><r><rPr><b/></rPr><t>{second}</t></r>"))),
        ("how a string is spoken", string(&format!(r#"<t>x</t><rPh sb="0" eb="1"><t>{value}</t></rPh>"#))),
        ("a string that no cell shows", cell(r#"<c r="A1"><v>1</v></c>"#).strings(&[value])),
        ("a string in a cell", cell(&format!(r#"<c r="A1" t="inlineStr"><is><r><t>{first}</t></r><r><t>{second}</t></r></is></c>"#))),
        ("a formula's value", cell(&format!(r#"<c r="A1" t="str"><f>B1</f><v>{value}</v></c>"#))),
        ("a formula's text", cell(&format!(r#"<c r="A1"><f>IF(B1="{value}",1,2)</f><v>1</v></c>"#))),
        ("a formula's joined text", cell(&format!(r#"<c r="A1" t="str"><f>"{first}"&amp;"{second}"</f><v>{value}</v></c>"#))),
        ("a link made by a formula", cell(&format!(r#"<c r="A1" t="str"><f>HYPERLINK("mailto:{value}@example.com","x")</f><v>x</v></c>"#))),
        ("a defined name", named),
        ("a text behind a defined name", behind("").workbook(&format!(r#"<definedNames><definedName name="n">"{value}"</definedName></definedNames>"#))),
        ("a sheet's name", sheet_of_that_name),
        ("who shares the workbook", behind("").workbook(&format!(r#"<fileSharing userName="{value}"/>"#))),
        ("a hidden row", Xlsx::new(&format!(r#"<row r="1" hidden="1"><c r="A1" t="inlineStr"><is><t>{value}</t></is></c></row>"#))),
        ("a column of a table", string(&format!("<t>{value}</t>")).part(1, "table", "xl/tables/table1.xml", column)),
        ("a comment", part(1, "comments", "comments1.xml", spread("comments", &format!(r#"<authors><author>x</author></authors><commentList><comment ref="A1" authorId="0"><text><r><t>{first}</t></r><r><t>{second}</t></r></text></comment></commentList>"#)))),
        ("who wrote a comment", part(1, "comments", "comments1.xml", spread("comments", &format!("<authors><author>{value}</author></authors><commentList/>")))),
        ("a comment's drawing", part(1, "vmlDrawing", "drawings/vmlDrawing1.vml", vml(&format!(r#"<v:shape id="a" alt="{value}"><v:textbox><div>{value}</div></v:textbox><x:ClientData ObjectType="Note"><x:FmlaMacro>[0]!{value}</x:FmlaMacro></x:ClientData></v:shape>"#)))),
        ("a thread of comments", part(1, "threadedComment", "threadedComments/threadedComment1.xml", threaded("ThreadedComments", &format!(r#"<threadedComment ref="A1" dT="2020-05-03T10:00:00.00" personId="{{1}}" id="{{2}}"><text>{value}</text><mentions><mention mentionpersonId="{{1}}" mentionId="{{3}}" startIndex="0" length="5"/></mentions></threadedComment>"#)))),
        ("people", part(0, "person", "persons/person.xml", threaded("personList", &format!(r#"<person displayName="{value}" id="{{1}}" userId="{value}@example.com" providerId="AD"/>"#)))),
        ("a page header", header("oddHeader")),
        ("a page footer", header("evenFooter")),
        ("a first page's header", header("firstHeader")),
        ("allowed values of a cell", behind(&format!(r#"<dataValidations><dataValidation type="list" sqref="B1" prompt="{value}" promptTitle="{value}" error="{value}" errorTitle="{value}"><formula1>"Ann,{value}"</formula1></dataValidation></dataValidations>"#))),
        ("a condition of a format", behind(&format!(r#"<conditionalFormatting sqref="A1"><cfRule type="containsText" priority="1" operator="containsText" text="{value}"><formula>NOT(ISERROR(SEARCH("{value}",A1)))</formula></cfRule></conditionalFormatting>"#))),
        ("a filter", behind(&format!(r#"<autoFilter ref="A1:A2"><filterColumn colId="0"><filters><filter val="{value}"/></filters><customFilters><customFilter val="*{value}*"/></customFilters></filterColumn></autoFilter>"#))),
        ("a scenario", behind(&format!(r#"<scenarios><scenario name="{value}" user="{value}" comment="by {value}"><inputCells r="A1" val="{value}"/></scenario></scenarios>"#))),
        ("a view of one's own", behind(&format!(r#"<customSheetViews><customSheetView guid="{{1}}"><headerFooter><oddHeader>{value}</oddHeader></headerFooter></customSheetView></customSheetViews>"#)).workbook(&format!(r#"<customWorkbookViews><customWorkbookView name="{value}" guid="{{1}}"/></customWorkbookViews>"#))),
        ("a protected range", behind(&format!(r#"<protectedRanges><protectedRange sqref="A1" name="{value}" securityDescriptor="O:{value}"/></protectedRanges>"#))),
        ("a property of a sheet", behind("").workbook("").part(1, "customProperty", "xl/customProperty1.bin", value.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())),
        ("where a link leads", behind(&link(r#"r:id="rId200""#)).external(1, "hyperlink", &format!("mailto:{value}@example.com"))),
        ("a link's tip", behind(&link(&format!(r#"location="A1" tooltip="{value}" display="{value}""#)))),
        ("a link within", behind(&link(&format!(r#"location="'{value}'!A1""#)))),
        ("the cache of a pivot", part(0, "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml", cache)),
        ("the rows of a pivot's cache", part(0, "pivotCacheRecords", "pivotCache/pivotCacheRecords1.xml", spread("pivotCacheRecords", &format!(r#"<r><s v="{value}"/></r>"#)))),
        ("a pivot", part(1, "pivotTable", "pivotTables/pivotTable1.xml", pivot)),
        ("values of another workbook", part(0, "externalLink", "externalLinks/externalLink1.xml", spread("externalLink", &outside))),
        ("where another workbook is", part(0, "externalLink", "externalLinks/externalLink1.xml", spread("externalLink", r#"<externalBook r:id="rId1"/>"#)).part(0, "x", "xl/externalLinks/_rels/externalLink1.xml.rels", outside_target)),
        ("a talk with another program", part(0, "externalLink", "externalLinks/externalLink1.xml", spread("externalLink", &format!(r#"<ddeLink ddeService="x" ddeTopic="{value}"><ddeItems><ddeItem name="{value}"><values><value t="str"><val>{value}</val></value></values></ddeItem></ddeItems></ddeLink>"#)))),
        ("a connection", part(0, "connections", "connections.xml", spread("connections", &format!(r#"<connection id="1" name="{value}" description="{value}" odcFile="C:\{value}.odc" sourceFile="{value}"><dbPr connection="User ID={value}" command="SELECT '{value}'"/><textPr sourceFile="{value}.txt"/><webPr url="http://example.com/{value}" post="{value}"/><parameters><parameter name="{value}" string="{value}" prompt="{value}"/></parameters></connection>"#)))),
        ("a query", part(1, "queryTable", "queryTables/queryTable1.xml", spread("queryTable", &format!(r#"<queryTableRefresh><queryTableFields><queryTableField id="1" name="{value}"/></queryTableFields><queryTableDeletedFields><deletedField name="{value}"/></queryTableDeletedFields></queryTableRefresh>"#)))),
        ("a log of changes", part(0, "revisionLog", "revisions/revisionLog1.xml", spread("revisions", &format!(r#"<rcc rId="1" sId="1"><oc r="A1" t="inlineStr"><is><t>{value}</t></is></oc><nc r="A1" t="str"><v>{value}</v></nc></rcc><rsnm rId="2" sheetId="1" oldName="{value}" newName="{value}"/><rcmt sheetId="1" cell="A1" author="{value}"/>"#)))),
        ("who changed", part(0, "revisionHeaders", "revisions/revisionHeaders.xml", spread("headers", &format!(r#"<header guid="{{1}}" userName="{value}" dateTime="2020-05-03T10:00:00"/>"#)))),
        ("who has it open", part(0, "usernames", "revisions/userNames.xml", spread("users", &format!(r#"<userInfo guid="{{1}}" name="{value}" id="-1" dateTime="2020-05-03T10:00:00"/>"#)))),
        ("a drawn box", part(1, "drawing", "drawings/drawing1.xml", drawing(&format!(r#"<xdr:twoCellAnchor><xdr:sp textlink="" macro="[0]!{first}{second}"><xdr:nvSpPr><xdr:cNvPr id="2" name="{value}" descr="{value}" title="{value}"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>{first}</a:t></a:r><a:r><a:t>{second}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>"#)))),
        ("a chart", part(1, "chart", "charts/chart1.xml", chart(&format!("<c:tx><c:strRef><c:f>'{value}'!$A$1</c:f><c:strCache><c:pt idx=\"0\"><c:v>{value}</c:v></c:pt></c:strCache></c:strRef></c:tx>")))),
        ("a chart of the newer kind", part(1, "chartEx", "charts/chartEx1.xml", format!(r#"<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"><cx:strDim type="cat"><cx:lvl><cx:pt idx="0">{value}</cx:pt></cx:lvl></cx:strDim></cx:chartSpace>"#))),
        ("a slicer", part(1, "slicer", "slicers/slicer1.xml", format!(r#"<slicers xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><slicer name="{value}" cache="{value}" caption="{value}"/></slicers>"#))),
        ("a time line", part(0, "timelineCache", "timelineCaches/timelineCache1.xml", format!(r#"<timelineCacheDefinition xmlns="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" name="{value}" sourceName="{value}"/>"#))),
        ("a map of data", part(0, "xmlMaps", "xmlMaps.xml", spread("MapInfo", &format!(r#"<Schema ID="s"><xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:element name="{value}"/></xsd:schema></Schema><Map ID="1" Name="{value}" RootElement="{value}"/>"#)))),
        ("a cell bound to data", part(1, "tableSingleCells", "tables/tableSingleCells1.xml", spread("singleXmlCells", &format!(r#"<singleXmlCell id="1" r="A1"><xmlCellPr id="1" uniqueName="{value}"><xmlPr mapId="1" xpath="/r/{value}" xmlDataType="string"/></xmlCellPr></singleXmlCell>"#)))),
        ("data of one's own", data(format!(r#"<r a="{value}">{value}</r>"#))),
        ("cells that are checked", part(0, "x", "volatileDependencies.xml", spread("volTypes", &format!(r#"<volType type="realTimeData"><main first="{value}"><tp t="s"><v>{value}</v><stp>{value}</stp></tp></main></volType>"#)))),
        ("cells of many values", part(0, "sheetMetadata", "metadata.xml", spread("metadata", &format!(r#"<metadataStrings><s v="{value}"/></metadataStrings>"#)))),
        ("a rich kind of data", part(0, "rdRichValue", "richData/rdrichvalue.xml", format!(r#"<rvData xmlns="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"><rv s="0"><v>{value}</v></rv></rvData>"#))),
        ("a control", part(1, "ctrlProp", "ctrlProps/ctrlProp1.xml", format!(r#"<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="Drop" fmlaTxbx="{value}"><itemLst><item val="{value}"/></itemLst></formControlPr>"#))),
        ("a small graph", behind(&format!(r#"<extLst><ext><x14:sparklineGroups><x14:sparkline><xm:f>IF(A1="{value}",1,2)</xm:f></x14:sparkline></x14:sparklineGroups></ext></extLst>"#))),
        ("a printer's settings", behind("").part(1, "printerSettings", "xl/printerSettings/printerSettings1.bin", value.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())),
        ("a number's format", cell(r#"<c r="A1" s="1"><v>1</v></c>"#).formats(&[&format!("0 &quot;{value}&quot;")])),
        ("a style", behind("").part(0, "x", "xl/other.xml", spread("styleSheet", &format!(r#"<cellStyles><cellStyle name="{value}" xfId="0"/></cellStyles>"#)))),
    ];
    books.into_iter().map(|(name, book)| gone(name, FILE, book.bytes())).collect()
}
