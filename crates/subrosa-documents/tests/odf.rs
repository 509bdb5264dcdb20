//! OpenDocument: what is read where, and what an edit leaves alone.

#[path = "docx/build.rs"]
mod build;
mod common;

use build::{archive, is_free_of, member, names, text};
use common::{edit, labels, read, refusal, replace_all, replaced, texts};
use subrosa_core::policy::OnUnread;
use subrosa_core::span::Span;
use subrosa_documents::{Limits, Source, verify};

const NAMESPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0""#;

struct Package {
    media_type: &'static str,
    members: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// A package whose body is `kind` (`text`, `spreadsheet`, `presentation`) with this content.
    fn new(kind: &'static str, content: &str) -> Self {
        let root = format!(
            "<office:document-content {NAMESPACES}><office:body><office:{kind}>{content}</office:{kind}></office:body></office:document-content>"
        );
        Self { media_type: kind, members: Vec::new() }.part("content.xml", root)
    }

    fn part(mut self, name: &str, data: impl AsRef<[u8]>) -> Self {
        self.members.push((name.to_owned(), data.as_ref().to_vec()));
        self
    }

    /// A part that is the root element `kind` around `inside`.
    fn markup(self, name: &str, kind: &str, inside: &str) -> Self {
        self.part(name, format!("<office:{kind} {NAMESPACES}>{inside}</office:{kind}>"))
    }

    fn all(&self) -> Vec<(String, Vec<u8>)> {
        let mut all =
            vec![("mimetype".to_owned(), format!("application/vnd.oasis.opendocument.{}", self.media_type).into_bytes())];
        all.extend(self.members.iter().cloned());
        let entries: Vec<String> = all
            .iter()
            .map(|(name, _)| format!(r#"<manifest:file-entry manifest:full-path="{name}" manifest:media-type=""/>"#))
            .collect();
        let list = format!(
            r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="x"/>{}</manifest:manifest>"#,
            entries.concat()
        );
        all.push(("META-INF/manifest.xml".to_owned(), list.into_bytes()));
        all
    }

    fn bytes(&self) -> Vec<u8> {
        archive(&self.all())
    }
}

const ODT: &str = "file.odt";
const ODS: &str = "file.ods";

#[test]
fn words_split_over_spans_are_one_word() {
    let bytes = Package::new("text", "<text:p>Dear Jo<text:span>hn</text:span><text:s/>Sm<text:bookmark text:name=\"x\"/>ith,<text:tab/>hello<text:line-break/>you</text:p>").bytes();
    let document = read(ODT, &bytes);
    assert_eq!(texts(&document)[0], "Dear John Smith,\thello\nyou\n");
    let written = document.body.write(&[vec![edit(5, 15, "[P]")]]).unwrap();
    assert!(
        text(&written, "content.xml")
            .contains("<text:p>Dear [P]<text:span></text:span><text:s/><text:bookmark text:name=\"x\"/>,<text:tab/>")
    );
}

#[test]
fn without_edits_every_member_is_the_same_and_the_media_type_comes_first() {
    let package = Package::new("text", "<text:p>Nothing <!-- x --> to do</text:p>").markup("styles.xml", "document-styles", "");
    let mut all = package.all();
    all.rotate_left(1);
    let written = read(ODT, &archive(&all)).body.write(&[]).unwrap();
    for (name, data) in all {
        assert_eq!(member(&written, &name), Some(data), "{name}");
    }
    assert_eq!(&written[30..38], b"mimetype");
    assert_eq!(&written[38..73], b"application/vnd.oasis.opendocument.");
    assert_eq!(read(ODT, &written).body.write(&[]).unwrap(), written);
}

#[test]
fn every_carrier_is_reached() {
    let value = "Quillon";
    let content = format!(
        r#"<text:user-field-decls><text:user-field-decl office:value-type="string" office:string-value="{value}" text:name="{value}_field"/></text:user-field-decls>
        <text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>{value}</dc:creator><dc:date>2020-01-01T00:00:00</dc:date></office:change-info><text:p>gone {value}</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:p>body {value}<text:change text:change-id="c1"/></text:p>
        <text:p><office:annotation office:name="1"><dc:creator>{value} A</dc:creator><meta:creator-initials>{value}</meta:creator-initials><text:p>see {value}</text:p></office:annotation></text:p>
        <text:p><text:hidden-text text:condition="ooow:1" text:string-value="{value}">{value}</text:hidden-text><text:a xlink:href="mailto:{value}@example.com" xlink:title="{value}">mail</text:a></text:p>
        <text:section text:name="{value}" text:display="none"><text:p>hidden {value}</text:p></text:section>
        <text:p><text:note text:note-class="footnote"><text:note-citation text:label="{value}">1</text:note-citation><text:note-body><text:p>note {value}</text:p></text:note-body></text:note></text:p>
        <text:p><text:bookmark text:name="{value}"/><draw:frame draw:name="{value}"><draw:text-box><text:p>box {value}</text:p></draw:text-box><svg:title>{value}</svg:title><svg:desc>{value}</svg:desc></draw:frame></text:p>
        <text:p><text:ruby><text:ruby-base>{value}</text:ruby-base><text:ruby-text>{value}</text:ruby-text></text:ruby></text:p>
        <office:forms><form:form form:name="{value}" form:command="select {value}"><form:text form:label="{value}" form:value="{value}" form:current-value="{value}"><form:properties><form:property form:property-name="Tag" office:value-type="string" office:string-value="{value}"/></form:properties></form:text></form:form></office:forms>
        <text:p text:style-name="{value}_20_style"><text:alphabetical-index-mark text:string-value="{value}" text:key1="{value}"/></text:p><!-- {value} --><?pi {value}?>"#
    );
    let bytes = Package::new("text", &content)
        .markup("styles.xml", "document-styles", &format!("<office:master-styles><style:master-page style:name=\"{value}\"><style:header><text:p>head {value}</text:p></style:header></style:master-page></office:master-styles>"))
        .markup("meta.xml", "document-meta", &format!(r#"<office:meta><dc:creator>{value}</dc:creator><meta:initial-creator>{value}</meta:initial-creator><meta:printed-by>{value}</meta:printed-by><meta:keyword>{value}</meta:keyword><meta:user-defined meta:name="Client">{value}</meta:user-defined><meta:user-defined meta:name="{value}">x</meta:user-defined><meta:template xlink:href="file:///home/{value}/a.ott" xlink:title="{value}"/></office:meta>"#))
        .markup("settings.xml", "document-settings", &format!(r#"<office:settings><config:config-item config:name="PrinterName" config:type="string">{value}</config:config-item><config:config-item config:name="Path" config:type="string">{value}</config:config-item></office:settings>"#))
        .part("manifest.rdf", format!("<rdf><a about=\"{value}\">{value}</a></rdf>"))
        .markup("Object 1/content.xml", "document-content", &format!("<office:body><office:chart><text:p>{value}</text:p></office:chart></office:body>"))
        .part("Thumbnails/thumbnail.png", value)
        .part("Basic/Standard/Module1.xml", format!("<m>{value}</m>"))
        .part("META-INF/documentsignatures.xml", format!("<s>{value}</s>"))
        .bytes();
    let document = read(ODT, &bytes);
    assert!(document.unread.is_empty());
    let client =
        document.segments.iter().find(|segment| segment.text == value && segment.labels.iter().any(|label| &**label == "Client"));
    assert!(client.is_some());
    let edits = replace_all(&document, value, "[P 1]");
    let written = document.body.write(&edits).unwrap();
    assert!(is_free_of(&written, value));
    assert!(
        !names(&written)
            .iter()
            .any(|name| name.starts_with("Thumbnails") || name.starts_with("Basic") || name.contains("signatures"))
    );
    assert!(!text(&written, "META-INF/manifest.xml").contains("Thumbnails"));
    assert!(text(&written, "META-INF/manifest.xml").contains("full-path=\"content.xml\""));
    let (format, again) = common::open(ODT, &written).unwrap();
    assert!(again.unread.is_empty());
    verify::verify(format, &document, &edits, &Source::new(&written, ODT), &Limits::default()).unwrap();
    assert!(document.body.notes().iter().any(|note| note.contains("macros")));
}

#[test]
fn tracked_changes_are_read_both_ways() {
    let content = r#"<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Ed</dc:creator></office:change-info><text:p>e</text:p></text:deletion></text:changed-region><text:changed-region text:id="c2"><text:insertion><office:change-info><dc:creator>Ed</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes><text:p>Call Jo<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>hn<text:change-end text:change-id="c2"/> Smith</text:p>"#;
    let bytes = Package::new("text", content).bytes();
    let document = read(ODT, &bytes);
    let all = texts(&document);
    assert!(
        all.contains(&"Call Joehn Smith\n") && all.contains(&"Call Joe Smith\n") && all.contains(&"Call John Smith\n"),
        "{all:?}"
    );
    let written = replaced(ODT, &bytes, "John Smith", "[P]");
    assert!(!texts(&read(ODT, &written)).iter().any(|text| text.contains("Smith") || text.contains("hn")));
}

fn sheet(rows: &str) -> Vec<u8> {
    Package::new("spreadsheet", &format!(r#"<table:table table:name="Clients">{rows}</table:table>"#)).bytes()
}

#[test]
fn cells_are_segments_under_their_labels() {
    let bytes = sheet(
        r#"<table:table-row><table:table-cell><text:p>Surname</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>Born</text:p></table:table-cell><table:table-cell><text:p>Ward</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell><text:p>Okafor</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type="date" office:date-value="1970-05-03" calcext:value-type="date"><text:p>03 May 70</text:p></table:table-cell></table:table-row>"#,
    );
    let document = read(ODS, &bytes);
    assert_eq!(labels(&document, "Okafor\n"), ["Surname"]);
    assert_eq!(labels(&document, "03 May 70\n"), ["Born", "Okafor"]);
    assert_eq!(labels(&document, "1970-05-03"), ["Born"]);
    let cell = document.segments.iter().position(|segment| segment.text == "03 May 70\n").unwrap();
    assert_eq!(document.body.place(cell, Span::new(0, 3)), "content.xml, sheet 1, cell C1048577");
}

#[test]
fn what_a_cell_shows_and_what_it_holds_go_together() {
    let cell = r#"<table:table-cell table:style-name="ce1" table:formula="of:=TODAY()" office:value-type="date" office:date-value="1970-05-03" calcext:value-type="date"><text:p>03 May 70</text:p></table:table-cell>"#;
    let bytes = sheet(&format!("<table:table-row>{cell}</table:table-row>"));
    let expected = r#"<table:table-cell table:style-name="ce1" office:value-type="string" calcext:value-type="string"><text:p>[D]</text:p></table:table-cell>"#;
    for found in ["03 May 70", "1970-05-03"] {
        let written = replaced(ODS, &bytes, found, "[D]");
        assert!(text(&written, "content.xml").contains(expected), "{found}: {}", text(&written, "content.xml"));
    }
    let number = r#"<table:table-cell office:value-type="float" office:value="4111111111111111"><text:p>4.11E+15</text:p></table:table-cell>"#;
    let written = replaced(ODS, &sheet(&format!("<table:table-row>{number}</table:table-row>")), "4111111111111111", "[CARD]");
    assert!(is_free_of(&written, "4111") && is_free_of(&written, "4.11E"));
    let formula = r#"<table:table-cell table:formula="of:=VLOOKUP(&quot;Quillon&quot;;[.A1:.B2];2)" office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>"#;
    let written = replaced(ODS, &sheet(&format!("<table:table-row>{formula}</table:table-row>")), "Quillon", "[P]");
    assert!(
        text(&written, "content.xml")
            .contains(r#"<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p>"#)
    );
}

#[test]
fn slides_have_places() {
    let content = r#"<draw:page draw:name="page1"><draw:frame><draw:text-box><text:p>Jane</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>Jane again</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>"#;
    let document = read("a.odp", &Package::new("presentation", content).bytes());
    assert!(texts(&document).starts_with(&["Jane\n", "Jane again\n"]));
    assert_eq!(document.body.place(0, Span::new(0, 4)), "content.xml, page 1, text box");
}

#[test]
fn encrypted_and_broken_packages_are_refused() {
    let mut package = Package::new("text", "<text:p>x</text:p>");
    let mut all = package.all();
    let list = String::from_utf8(all.last().unwrap().1.clone()).unwrap();
    all.last_mut().unwrap().1 = list
        .replace("manifest:media-type=\"\"/>", "manifest:media-type=\"\"><manifest:encryption-data/></manifest:file-entry>")
        .into_bytes();
    assert_eq!(refusal(ODT, &archive(&all)).kind(), "encrypted");
    package.members.clear();
    assert_eq!(refusal(ODT, &package.bytes()).kind(), "damaged");
}

#[test]
fn a_part_of_an_unknown_kind_is_unread_and_may_be_removed() {
    let bytes = Package::new("text", r#"<text:p>x<draw:frame><draw:image xlink:href="Pictures/a.svm"/></draw:frame></text:p>"#)
        .part("Pictures/a.svm", b"VCLMTF\0\x01Quillon")
        .bytes();
    let mut document = read(ODT, &bytes);
    assert_eq!(document.unread[0].part, "Pictures/a.svm");
    assert!(document.settle(OnUnread::Fail).is_err());
    document.settle(OnUnread::Remove).unwrap();
    let written = document.body.write(&[]).unwrap();
    assert!(is_free_of(&written, "Quillon"));
}

#[test]
fn flat_files_are_edited_in_place() {
    let flat = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document {NAMESPACES} office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:body><office:text><text:p>Jane\n   Quillon</text:p><text:p><draw:frame><draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data></draw:image></draw:frame></text:p></office:text></office:body></office:document>"
    );
    let document = read("a.fodt", flat.as_bytes());
    assert_eq!(texts(&document)[0].trim(), "Jane    Quillon");
    assert_eq!(document.unread.len(), 1, "a picture that breaks off");
    let flat = flat.replace("iVBORw0KGgo=", "R0lGODlh");
    let written = replaced("a.fodt", flat.as_bytes(), "Quillon", "[P]");
    assert_eq!(String::from_utf8(written).unwrap(), flat.replace("Quillon", "[P]"));
}

#[test]
fn cut_or_changed_files_never_panic() {
    let bytes = Package::new("spreadsheet", r#"<table:table><table:table-row><table:table-cell office:value="1" office:value-type="float"><text:p>Jane</text:p></table:table-cell></table:table-row></table:table>"#).bytes();
    for length in (0..bytes.len()).step_by(7) {
        let _ =
            common::open(ODS, &bytes[..length]).map(|(_, document)| document.body.write(&replace_all(&document, "Jane", "x")));
        let mut changed = bytes.clone();
        changed[length] ^= 0x41;
        let _ = common::open(ODS, &changed).map(|(_, document)| document.body.write(&replace_all(&document, "Jane", "x")));
    }
}
