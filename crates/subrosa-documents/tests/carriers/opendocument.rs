//! Places of OpenDocument files that can hold a name.

use super::build::archive;
use super::{Carrier, gone, refused};

const NAMESPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0" xmlns:db="urn:oasis:names:tc:opendocument:xmlns:database:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0""#;

type Members = Vec<(String, Vec<u8>)>;

/// A package of one kind with these members, and the list of them.
fn package(kind: &str, members: Members) -> Vec<u8> {
    let mut all = vec![("mimetype".to_owned(), format!("application/vnd.oasis.opendocument.{kind}").into_bytes())];
    all.extend(members);
    let entries: String = all
        .iter()
        .map(|(name, _)| format!(r#"<manifest:file-entry manifest:full-path="{name}" manifest:media-type=""/>"#))
        .collect();
    let list = format!(
        r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="x"/>{entries}</manifest:manifest>"#
    );
    all.push(("META-INF/manifest.xml".to_owned(), list.into_bytes()));
    archive(&all)
}

fn markup(name: &str, root: &str, inside: &str) -> (String, Vec<u8>) {
    (name.to_owned(), format!("<office:{root} {NAMESPACES}>{inside}</office:{root}>").into_bytes())
}

fn content(kind: &str, inside: &str) -> (String, Vec<u8>) {
    markup("content.xml", "document-content", &format!("<office:body><office:{kind}>{inside}</office:{kind}></office:body>"))
}

pub(super) fn carriers(value: &str) -> Vec<Carrier> {
    let half = value.floor_char_boundary(value.len() / 2);
    let (first, second) = value.split_at(half);
    let word = value.replace(' ', "_");
    let image = |attributes: &str| {
        format!(r"<text:p><draw:frame {attributes}><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame></text:p>")
    };
    let change = |kind: &str, inside: &str| {
        format!(
            r#"<text:tracked-changes><text:changed-region text:id="c1"><text:{kind}><office:change-info><dc:creator>{inside}</dc:creator><dc:date>2020-01-01T00:00:00</dc:date></office:change-info></text:{kind}></text:changed-region></text:tracked-changes><text:p>x</text:p>"#
        )
    };
    let texts: Vec<(&'static str, String)> = vec![
        ("a paragraph", format!("<text:p>{value}</text:p>")),
        ("spans", format!("<text:p>{first}<text:span>{second}</text:span></text:p>")),
        ("a bookmark between", format!(r#"<text:p>{first}<text:bookmark text:name="a"/>{second}</text:p>"#)),
        ("a soft break between", format!("<text:p>{first}<text:soft-page-break/>{second}</text:p>")),
        ("a heading", format!("<text:h>{value}</text:h>")),
        ("a bookmark", format!(r#"<text:p><text:bookmark-start text:name="{value}"/>x<text:bookmark-end text:name="{value}"/></text:p>"#)),
        ("a reference", format!(r#"<text:p><text:reference-mark text:name="{value}"/><text:reference-ref text:ref-name="{value}">x</text:reference-ref></text:p>"#)),
        ("a note", format!("<text:p><text:note><text:note-body><text:p>{value}</text:p></text:note-body></text:note></text:p>")),
        ("a comment", format!("<text:p><office:annotation><text:p>{first}<text:span>{second}</text:span></text:p></office:annotation></text:p>")),
        ("who wrote a comment", format!(r#"<text:p><office:annotation loext:sender-name="{value}" office:name="{value}"><dc:creator>{value}</dc:creator><meta:creator-initials>{value}</meta:creator-initials><text:p/></office:annotation></text:p>"#)),
        ("deleted text", format!(r#"<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Ed</dc:creator></office:change-info><text:p>{value}</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p><text:change text:change-id="c1"/></text:p>"#)),
        ("who deleted", change("deletion", value)),
        ("who inserted", change("insertion", value)),
        ("what was said of a change", format!("<text:tracked-changes><text:changed-region text:id=\"c1\"><text:insertion><office:change-info><text:p>{value}</text:p></office:change-info></text:insertion></text:changed-region></text:tracked-changes><text:p/>")),
        ("hidden text", format!(r#"<text:p><text:hidden-text text:condition="ooow:1" text:string-value="{value}">{value}</text:hidden-text></text:p>"#)),
        ("a hidden paragraph", format!(r#"<text:p><text:hidden-paragraph text:condition="ooow:{word}=1" text:is-hidden="true"/>{value}</text:p>"#)),
        ("a conditional text", format!(r#"<text:p><text:conditional-text text:condition="ooow:1" text:string-value-if-true="{value}" text:string-value-if-false="{value}">x</text:conditional-text></text:p>"#)),
        ("a hidden section", format!(r#"<text:section text:name="{value}" text:display="none" text:condition="ooow:1"><text:p>{value}</text:p></text:section>"#)),
        ("a section from elsewhere", format!(r#"<text:section text:name="s"><text:section-source xlink:href="file:///home/{value}/a.odt" text:section-name="{value}"/><text:p/></text:section>"#)),
        ("a field of the user", format!(r#"<text:user-field-decls><text:user-field-decl office:value-type="string" office:string-value="{value}" text:name="{word}"/></text:user-field-decls><text:p><text:user-field-get text:name="{word}">{value}</text:user-field-get></text:p>"#)),
        ("a variable", format!(r#"<text:variable-decls><text:variable-decl office:value-type="string" text:name="{word}"/></text:variable-decls><text:p><text:variable-set text:name="{word}" text:formula="ooow:&quot;{value}&quot;" office:value-type="string" office:string-value="{value}">{value}</text:variable-set></text:p>"#)),
        ("a field of a database", format!(r#"<text:p><text:database-display text:database-name="{value}" text:table-name="{value}" text:column-name="{value}">{value}</text:database-display></text:p>"#)),
        ("an input field", format!(r#"<text:p><text:text-input text:description="{value}">{value}</text:text-input><text:placeholder text:placeholder-type="text" text:description="{value}">x</text:placeholder></text:p>"#)),
        ("a list to choose from", format!(r#"<text:p><text:drop-down text:name="{value}"><text:label text:value="{value}"/>x</text:drop-down></text:p>"#)),
        ("a link", format!(r#"<text:p><text:a xlink:href="mailto:{value}@example.com" office:name="{value}" office:title="{value}">x</text:a></text:p>"#)),
        ("an entry of an index", format!(r#"<text:p><text:alphabetical-index-mark text:string-value="{value}" text:key1="{value}"/><text:toc-mark text:string-value="{value}" text:outline-level="1"/></text:p>"#)),
        ("a citation", format!(r#"<text:p><text:bibliography-mark text:bibliography-type="book" text:author="{value}" text:title="{value}" text:note="{value}" text:custom1="{value}">x</text:bibliography-mark></text:p>"#)),
        ("a table's name", format!(r#"<table:table table:name="{value}"><table:title>{value}</table:title><table:desc>{value}</table:desc><table:table-row><table:table-cell><text:p/></table:table-cell></table:table-row></table:table>"#)),
        ("a frame's words", format!(r#"<text:p><draw:frame draw:name="{value}"><svg:title>{value}</svg:title><svg:desc>{value}</svg:desc></draw:frame></text:p>"#)),
        ("a text box", format!("<text:p><draw:frame><draw:text-box><text:p>{first}<text:span>{second}</text:span></text:p></draw:text-box></draw:frame></text:p>")),
        ("a map in a picture", image(r#"draw:name="a""#).replace("<draw:text-box>", &format!(r#"<draw:image-map><draw:area-rectangle xlink:href="http://example.com/{value}" office:name="{value}"><svg:title>{value}</svg:title><svg:desc>{value}</svg:desc></draw:area-rectangle></draw:image-map><draw:text-box>"#))),
        ("a form", format!(r#"<office:forms><form:form form:name="{value}" xlink:href="http://example.com/{value}" form:command="SELECT '{value}'"><form:text form:name="{value}" form:value="{value}" form:current-value="{value}" form:title="{value}"/><form:listbox><form:option form:label="{value}" form:value="{value}"/></form:listbox><form:hidden form:value="{value}"/><form:properties><form:property form:property-name="p" office:value-type="string" office:string-value="{value}"/></form:properties></form:form></office:forms><text:p/>"#)),
        ("ruby text", format!("<text:p><text:ruby><text:ruby-base>x</text:ruby-base><text:ruby-text>{value}</text:ruby-text></text:ruby></text:p>")),
        ("data about data", format!(r##"<text:p><text:meta-field xml:id="a">{value}</text:meta-field><text:span xmlns:xhtml="http://www.w3.org/1999/xhtml" xhtml:about="#{value}" xhtml:property="p" xhtml:content="{value}">x</text:span></text:p>"##)),
        ("a script", format!(r#"<text:p><text:script script:language="JavaScript">var a = "{value}"</text:script><text:execute-macro text:name="{value}"/></text:p>"#)),
        ("a comment of the markup", format!("<!-- {value} --><text:p/>")),
        ("a style that is referred to", format!(r#"<text:p text:style-name="{word}">x</text:p>"#)),
        ("an element that nobody knows", format!(r#"<text:p><q:x xmlns:q="urn:q" q:a="{value}">{value}</q:x></text:p>"#)),
    ];
    let sheet = |inside: &str| package("spreadsheet", vec![content("spreadsheet", inside)]);
    let table = |inside: &str| {
        sheet(&format!(r#"<table:table table:name="a"><table:table-row>{inside}</table:table-row></table:table>"#))
    };
    let plain = || content("text", "<text:p>x</text:p>");
    let with = |members: Members| package("text", [vec![plain()], members].concat());
    let meta = |inside: &str| with(vec![markup("meta.xml", "document-meta", &format!("<office:meta>{inside}</office:meta>"))]);
    let styles = |inside: &str| with(vec![markup("styles.xml", "document-styles", inside)]);
    let item = |name: &str| {
        with(vec![markup(
            "settings.xml",
            "document-settings",
            &format!(
                r#"<office:settings><config:config-item config:name="{name}" config:type="string">{value}</config:config-item></office:settings>"#
            ),
        )])
    };
    let file = |name: &str, data: String| with(vec![(name.to_owned(), data.into_bytes())]);
    let encrypted = {
        let bytes = with(vec![("a.xml".to_owned(), format!("<a>{value}</a>").into_bytes())]);
        let mut members: Members = super::build::names(&bytes)
            .into_iter()
            .map(|name| {
                let data = super::build::member(&bytes, &name).unwrap();
                (name, data)
            })
            .collect();
        let list = members.last_mut().unwrap();
        list.1 = String::from_utf8(list.1.clone())
            .unwrap()
            .replace(
                r#"full-path="a.xml" manifest:media-type=""/>"#,
                r#"full-path="a.xml" manifest:media-type=""><manifest:encryption-data/></manifest:file-entry>"#,
            )
            .into_bytes();
        archive(&members)
    };
    let flat = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:mimetype="application/vnd.oasis.opendocument.text"><office:meta><dc:creator>{value}</dc:creator></office:meta><office:body><office:text><text:p>{first}<text:span>{second}</text:span></text:p></office:text></office:body></office:document>"#
    );
    let page = |inside: &str| {
        package("presentation", vec![content("presentation", &format!(r#"<draw:page draw:name="a">{inside}</draw:page>"#))])
    };
    let mut all: Vec<Carrier> =
        texts.into_iter().map(|(name, body)| gone(name, "file.odt", package("text", vec![content("text", &body)]))).collect();
    all.extend([
        gone("a page header", "file.odt", styles(&format!("<office:master-styles><style:master-page style:name=\"{word}\" style:display-name=\"{value}\"><style:header><text:p>{first}<text:span>{second}</text:span></text:p></style:header><style:footer-left><text:p>{value}</text:p></style:footer-left></style:master-page></office:master-styles>"))),
        gone("a style", "file.odt", styles(&format!(r#"<office:styles><style:style style:name="{word}" style:display-name="{value}" style:family="text"/><text:outline-style style:name="o"><text:outline-level-style style:num-prefix="{value}" style:num-suffix="{value}"/></text:outline-style></office:styles>"#))),
        gone("a font", "file.odt", styles(&format!(r#"<office:font-face-decls><style:font-face style:name="{value}" svg:font-family="{value}"/></office:font-face-decls>"#))),
        gone("a number's format", "file.odt", styles(&format!(r#"<office:styles><number:number-style style:name="N"><number:text>{value}</number:text></number:number-style></office:styles>"#))),
        gone("who made it", "file.odt", meta(&format!("<dc:creator>{value}</dc:creator><meta:initial-creator>{value}</meta:initial-creator><meta:printed-by>{value}</meta:printed-by>"))),
        gone("title and keywords", "file.odt", meta(&format!("<dc:title>{value}</dc:title><dc:subject>{value}</dc:subject><dc:description>{value}</dc:description><meta:keyword>{value}</meta:keyword>"))),
        gone("a property of one's own", "file.odt", meta(&format!(r#"<meta:user-defined meta:name="Client">{value}</meta:user-defined>"#))),
        gone("the name of a property", "file.odt", meta(&format!(r#"<meta:user-defined meta:name="{value}">x</meta:user-defined>"#))),
        gone("the template", "file.odt", meta(&format!(r#"<meta:template xlink:href="file:///home/{value}/a.ott" xlink:title="{value}"/><meta:auto-reload xlink:href="file:///{value}"/><meta:hyperlink-behaviour office:target-frame-name="{value}"/>"#))),
        gone("the printer", "file.odt", item("PrinterName")),
        gone("what the printer is set to", "file.odt", with(vec![markup("settings.xml", "document-settings", &format!(r#"<office:settings><config:config-item config:name="PrinterSetup" config:type="base64Binary">{}</config:config-item></office:settings>"#, super::record::base64(value)))])),
        gone("a database", "file.odt", item("CurrentDatabaseDataSource")),
        gone("another setting", "file.odt", item("RedlineProtectionKey")),
        gone("a small picture of the first page", "file.odt", with(vec![("Thumbnails/thumbnail.png".to_owned(), super::picture::png_with_text(value))])),
        gone("the settings of a program", "file.odt", file("Configurations2/toolbar/a.xml", format!("<a>{value}</a>"))),
        gone("a library of programs", "file.odt", file("Basic/Standard/Module1.xml", format!("<m>{value}</m>"))),
        gone("a signature", "file.odt", file("META-INF/documentsignatures.xml", format!("<s>{value}</s>"))),
        gone("a description in RDF", "file.odt", file("manifest.rdf", format!(r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="{value}">{value}</rdf:Description></rdf:RDF>"#))),
        gone("a chart", "file.odt", with(vec![markup("Object 1/content.xml", "document-content", &format!(r#"<office:body><office:chart><chart:chart chart:class="chart:bar"><chart:title><text:p>{value}</text:p></chart:title><chart:series chart:label-cell-address="'{value}'.A1"/></chart:chart><table:table table:name="t"><table:table-row><table:table-cell office:value-type="string" office:string-value="{value}"><text:p>{value}</text:p></table:table-cell></table:table-row></table:table></office:chart></office:body>"#))])),
        gone("a replaced picture of an object", "file.odt", with(vec![("ObjectReplacements/Object 1".to_owned(), super::picture::emf_with_text(value))])),
        gone("beside the pixels of a picture", "file.odt", with(vec![("Pictures/1.png".to_owned(), super::picture::png_with_text(value))])),
        gone("a picture's file name", "file.odt", package("text", vec![content("text", &format!(r#"<text:p><draw:frame><draw:image xlink:href="Pictures/{word}.png"/></draw:frame></text:p>"#)), (format!("Pictures/{word}.png"), super::picture::png())])),
        gone("a comment of the container", "file.odt", super::record::zip_with_comment(&[("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec()), plain(), ("META-INF/manifest.xml".to_owned(), br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#.to_vec())], value)),
        refused("an encrypted part", "file.odt", encrypted, "encrypted"),
        gone("an object of another program", "file.odt", package("text", vec![content("text", r#"<text:p><draw:frame><draw:object-ole xlink:href="./Object 1"/></draw:frame></text:p>"#), ("Object 1".to_owned(), [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), value.as_bytes()].concat())])),
        gone("a flat file", "file.fodt", flat.into_bytes()),
        gone("a cell", "file.ods", table(&format!(r#"<table:table-cell office:value-type="string" office:string-value="{value}"><text:p>{first}<text:span>{second}</text:span></text:p></table:table-cell>"#))),
        gone("a repeated cell", "file.ods", table(&format!(r#"<table:table-cell table:number-columns-repeated="3" office:value-type="string"><text:p>{value}</text:p></table:table-cell>"#))),
        gone("a covered cell", "file.ods", table(&format!(r#"<table:covered-table-cell office:value-type="string"><text:p>{value}</text:p></table:covered-table-cell>"#))),
        gone("a formula", "file.ods", table(&format!(r#"<table:table-cell table:formula="of:=IF([.B1]=&quot;{value}&quot;;1;2)" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>"#))),
        gone("a cell's comment", "file.ods", table(&format!(r#"<table:table-cell><office:annotation draw:name="{value}"><dc:creator>{value}</dc:creator><text:p>{value}</text:p></office:annotation></table:table-cell>"#))),
        gone("a sheet's name", "file.ods", sheet(&format!(r#"<table:table table:name="{value}"><table:table-row><table:table-cell table:formula="of:=['{value}'.A1]" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row></table:table>"#))),
        gone("a hidden row", "file.ods", sheet(&format!(r#"<table:table table:name="a"><table:table-row table:visibility="collapse"><table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell></table:table-row></table:table>"#))),
        gone("a named range", "file.ods", sheet(&format!(r#"<table:table table:name="a"/><table:named-expressions><table:named-range table:name="{word}" table:base-cell-address="$a.$A$1" table:cell-range-address="$a.$A$1"/><table:named-expression table:name="n" table:base-cell-address="$a.$A$1" table:expression="&quot;{value}&quot;"/></table:named-expressions>"#))),
        gone("allowed values", "file.ods", sheet(&format!(r#"<table:content-validations><table:content-validation table:name="v" table:condition="of:cell-content-is-in-list(&quot;{value}&quot;)"><table:help-message table:title="{value}"><text:p>{value}</text:p></table:help-message><table:error-message table:title="{value}"><text:p>{value}</text:p></table:error-message></table:content-validation></table:content-validations><table:table table:name="a"/>"#))),
        gone("a condition of a format", "file.ods", sheet(&format!(r#"<table:table table:name="a"><calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="a.A1"><calcext:condition calcext:value="contains-text(&quot;{value}&quot;)" calcext:apply-style-name="x"/></calcext:conditional-format></calcext:conditional-formats></table:table>"#))),
        gone("a filter", "file.ods", sheet(&format!(r#"<table:table table:name="a"/><table:database-ranges><table:database-range table:name="{word}" table:target-range-address="a.A1:a.B2"><table:filter><table:filter-condition table:field-number="0" table:operator="=" table:value="{value}"><table:filter-set-item table:value="{value}"/></table:filter-condition></table:filter></table:database-range></table:database-ranges>"#))),
        gone("a pivot", "file.ods", sheet(&format!(r#"<table:table table:name="a"/><table:data-pilot-tables><table:data-pilot-table table:name="{value}" table:target-range-address="a.A1"><table:data-pilot-field table:source-field-name="{value}"><table:data-pilot-level><table:data-pilot-members><table:data-pilot-member table:name="{value}"/></table:data-pilot-members></table:data-pilot-level></table:data-pilot-field></table:data-pilot-table></table:data-pilot-tables>"#))),
        gone("a scenario", "file.ods", sheet(&format!(r#"<table:table table:name="a"><table:scenario table:scenario-ranges="a.A1" table:is-active="true" table:comment="by {value}"/></table:table>"#))),
        gone("values of another file", "file.ods", sheet(&format!(r#"<table:table table:name="'file:///home/{word}/a.ods'#b"><table:table-source xlink:href="file:///home/{value}/a.ods" table:table-name="{value}" table:filter-options="{value}"/></table:table>"#))),
        gone("changes", "file.ods", sheet(&format!(r#"<table:tracked-changes><table:cell-content-change table:id="ct1"><office:change-info><dc:creator>{value}</dc:creator></office:change-info><table:previous><table:change-track-table-cell office:value-type="string"><text:p>{value}</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes><table:table table:name="a"/>"#))),
        gone("a slide", "file.odp", page(&format!("<draw:frame><draw:text-box><text:p>{first}<text:span>{second}</text:span></text:p></draw:text-box></draw:frame>"))),
        gone("notes of a slide", "file.odp", page(&format!("<presentation:notes><draw:frame><draw:text-box><text:p>{value}</text:p></draw:text-box></draw:frame></presentation:notes>"))),
        gone("a slide's name", "file.odp", package("presentation", vec![content("presentation", &format!(r#"<presentation:header-decl presentation:name="h">{value}</presentation:header-decl><draw:page draw:name="{value}"/><presentation:settings><presentation:show presentation:name="{value}" presentation:pages="{value}"/></presentation:settings>"#))])),
        gone("a comment on a slide", "file.odp", page(&format!("<office:annotation><dc:creator>{value}</dc:creator><text:p>{value}</text:p></office:annotation>"))),
    ]);
    all
}
