//! XML, CDA, FHIR, HL7 version 2, YAML and SQL.
#![allow(clippy::unwrap_used)]

mod common;

use common::{labels, open, read, replace_all, texts};
use proptest::prelude::*;
use subrosa_documents::{Limits, Source, formats, verify};

/// The file with `value` replaced everywhere, verified.
fn redacted(name: &str, bytes: &str, value: &str) -> String {
    let source = Source::new(bytes.as_bytes(), name);
    let format = formats::sniff(&source).unwrap();
    let document = format.read(&source, &Limits::default()).unwrap();
    assert_eq!(document.body.write(&[]).unwrap(), bytes.as_bytes(), "{bytes}");
    let edits = replace_all(&document, value, "[PERSON-1]");
    assert!(edits.iter().any(|edits| !edits.is_empty()), "no segment of {bytes} holds it: {:?}", texts(&document));
    let written = document.body.write(&edits).unwrap();
    verify::verify(format, &document, &edits, &Source::new(&written, name), &Limits::default()).unwrap();
    String::from_utf8(written).unwrap()
}

fn id(name: &str, bytes: &str) -> &'static str {
    open(name, bytes.as_bytes()).unwrap().0.id()
}

#[test]
fn every_carrier_of_xml() {
    let cases = [
        ("<r><a>Jane Roe</a></r>", "<r><a>[PERSON-1]</a></r>"),
        ("<r><a>J&#97;ne\n  Roe</a>x</r>", "<r><a>[PERSON-1]</a>x</r>"),
        ("<r>by <i>Ja</i>ne Roe.</r>", "<r>by <i>[PERSON-1]</i>.</r>"),
        ("<r><![CDATA[Jane Roe <&]]></r>", "<r><![CDATA[[PERSON-1] <&]]></r>"),
        ("<r a=\"Jane Roe\"/>", "<r a=\"[PERSON-1]\"/>"),
        ("<r a='Jane&#x20;Roe'/>", "<r a='[PERSON-1]'/>"),
        ("<r><!-- Jane Roe --><a/></r>", "<r><!-- [PERSON-1] --><a/></r>"),
        ("<?pi Jane Roe?><r/>", "<?pi [PERSON-1]?><r/>"),
        ("<r><a>SmFuZSBSb2U=</a><b>Jane Roe</b></r>", "<r><a>SmFuZSBSb2U=</a><b>[PERSON-1]</b></r>"),
        ("<r href=\"x?n=Jane%20Roe\">a</r>", "<r href=\"x?n=%5BPERSON-1%5D\">a</r>"),
    ];
    for (xml, expected) in cases {
        let source = xml.replace("Jane\n  Roe", "Jane Roe");
        let expected = expected.to_owned();
        assert_eq!(redacted("a.xml", &source, "Jane Roe"), expected, "{xml}");
    }
}

#[test]
fn xml_is_labelled_by_its_names() {
    let xml = "<?xml version=\"1.0\"?><people><person id=\"77\" birthDate=\"1950-01-02\"><name><family>Roe</family><given>Jane</given></name>\
               <field name=\"phone_no\">555-0100</field><dict><key>Surname</key><string>Poe</string></dict></person></people>";
    let document = read("a.xml", xml.as_bytes());
    assert_eq!(labels(&document, "Roe"), ["family name"]);
    assert_eq!(labels(&document, "1950-01-02"), ["birth date"]);
    assert_eq!(labels(&document, "555-0100")[0], "phone no");
    assert_eq!(labels(&document, "Poe")[0], "surname");
    assert_eq!(labels(&document, "77"), ["person id"]);
}

#[test]
fn kinds_of_xml_are_told() {
    assert_eq!(id("a", "<?xml version='1.0'?>\n<gpx><trk/></gpx>"), "xml");
    assert_eq!(id("a.gpx", "<gpx/>"), "xml");
    assert_eq!(id("a.txt", "<note xmlns='x'><to>y</to></note>"), "xml");
    assert_eq!(id("a.cs", "<note xmlns='x'><to>y</to></note>"), "txt");
    let declared = "<!DOCTYPE r [<!ENTITY a \"Ja\">]><r>&a;ne</r>";
    assert_eq!(open("a.xml", declared.as_bytes()).err().unwrap().kind(), "damaged");
    assert_eq!(id("a.xml", "<!DOCTYPE plist PUBLIC \"-//X//Y\" \"http://www.example.com/x.dtd\"><plist><a>x</a></plist>"), "xml");
    let wide: Vec<u8> =
        "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?><r>Jane</r>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(texts(&read("a.xml", &wide)).contains(&"Jane"));
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><r>\xb3</r>";
    assert!(texts(&read("a.xml", latin)).contains(&"ł"));
}

const CDA: &str = "<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><recordTarget><patientRole>\
    <id root=\"2.16.840.1.113883.4.1\" extension=\"219-09-9999\"/><addr><streetAddressLine>1 Elm St</streetAddressLine></addr>\
    <telecom value=\"tel:555-0100\"/><patient><name><given>Jane</given><family>Roe</family></name><birthTime value=\"19500102\"/></patient>\
    </patientRole></recordTarget><component><section><title>History</title><text><paragraph>Ms <content>Ja</content>ne came.</paragraph>\
    <table><thead><tr><th>Doctor</th><th>Date</th></tr></thead><tbody><tr><td>Ann Poe</td><td>2020</td></tr></tbody></table></text>\
    </section></component></ClinicalDocument>";

#[test]
fn clinical_documents_are_labelled_in_plain_words() {
    let document = read("a.xml", CDA.as_bytes());
    assert_eq!(labels(&document, "219-09-9999")[0], "social security number");
    assert_eq!(labels(&document, "tel:555-0100")[0], "phone");
    assert_eq!(labels(&document, "Roe"), ["family name"]);
    assert_eq!(labels(&document, "Jane"), ["given name"]);
    assert_eq!(labels(&document, "19500102"), ["birth date", "birth time"]);
    assert_eq!(labels(&document, "Ann Poe"), ["Doctor"]);
    assert!(texts(&document).contains(&"Ms Jane came."));
    let written = redacted("a.xml", CDA, "Jane");
    assert!(
        written.contains("<given>[PERSON-1]</given>") && written.contains("<content>[PERSON-1]</content> came."),
        "{written}"
    );
}

#[test]
fn fhir_in_xml() {
    let pdf = "JVBERi0x";
    let xml = format!(
        "<Patient xmlns=\"http://hl7.org/fhir\"><text><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Ms Ja<b>ne</b></p></div></text>\
         <name><family value=\"Roe\"/></name><telecom><system value=\"phone\"/><value value=\"555-0100\"/></telecom>\
         <photo><contentType value=\"application/x-thing\"/><data value=\"{pdf}\"/></photo></Patient>"
    );
    let document = read("a.xml", xml.as_bytes());
    assert_eq!(labels(&document, "Roe"), ["family name"]);
    assert_eq!(labels(&document, "555-0100")[0], "phone");
    assert!(texts(&document).contains(&"Ms Jane"));
    assert!(!texts(&document).contains(&pdf));
}

const HL7: &str = "MSH|^~\\&|LAB|HOSP|||20240101||ORU^R01|1|P|2.5\rPID|1||123456^^^HOSP^MR||Roe^Jane^Q||19500102|F|||1 Elm St^^Springfield^IL^62701||(555)555-0100|||||A77|219-09-9999\r\
    PV1|1||||||9999^Poe^Ann^^^Dr\rOBX|1|TX|11^Impression||Seen by Jane \\T\\ Co\rOBX|2|TX|11^Impression||Roe went home\r\
    OBX|3|ED|12^Report||^TEXT^plain^Base64^SmFuZSBSb2U=\rNTE|1||J\\X61\\ne called\r";

#[test]
fn messages_are_labelled_and_written() {
    let document = read("a.hl7", HL7.as_bytes());
    assert_eq!(id("a", HL7), "hl7");
    assert_eq!(labels(&document, "Jane Q Roe"), ["patient name"]);
    assert_eq!(labels(&document, "123456"), ["medical record number", "patient id"]);
    assert_eq!(labels(&document, "19500102"), ["birth date"]);
    assert_eq!(labels(&document, "1 Elm St, Springfield, IL 62701"), ["address"]);
    assert_eq!(labels(&document, "(555)555-0100"), ["home phone"]);
    assert_eq!(labels(&document, "219-09-9999"), ["social security number"]);
    assert_eq!(labels(&document, "Dr Ann Poe"), ["attending doctor name"]);
    assert_eq!(labels(&document, "Seen by Jane & Co\nRoe went home"), ["impression"]);
    assert_eq!(labels(&document, "Jane called"), ["note"]);
    assert!(texts(&document).contains(&"Jane Roe"), "the encapsulated text");
    assert_eq!(redacted("a.hl7", HL7, "Jane Q Roe"), HL7.replace("Roe^Jane^Q", "^[PERSON-1]^"));
    assert_eq!(redacted("a.hl7", HL7, "Jane Roe"), HL7.replace("SmFuZSBSb2U=", "W1BFUlNPTi0xXQ=="));
    assert_eq!(redacted("a.hl7", HL7, "Jane called"), HL7.replace("J\\X61\\ne called", "[PERSON-1]"));
    let framed = format!("\u{b}{HL7}\u{1c}\r\u{b}{HL7}\u{1c}\r");
    assert_eq!(redacted("a", &framed, "219-09-9999"), framed.replace("219-09-9999", "[PERSON-1]"));
    let lines = HL7.replace('\r', "\r\n");
    assert_eq!(redacted("a.hl7", &lines, "Dr Ann Poe"), lines.replace("Poe^Ann^^^Dr", "^^^^[PERSON-1]"));
    let batch = format!("FHS|^~\\&|X\rBHS|^~\\&|X\r{}BTS|1\rFTS|1\r", HL7.replace('^', "@").replace("|@~", "|@~"));
    assert_eq!(labels(&read("a.hl7", batch.as_bytes()), "Jane Q Roe"), ["patient name"]);
    assert_eq!(id("a.txt", "MSH is an acronym\n"), "txt");
}

const YAML: &str = "# by Jane Roe\npatient:\n  name: Jane Roe # Jane Roe\n  'n''s': 'it''s Jane Roe'\n  d: \"J\\x61ne Roe\"\n  born: 1950\n  l: [Jane Roe, 12]\n  \
    block: |\n    Jane Roe\n     came\n  fold: >-\n    Jane\n    Roe\n  two: Jane\n    Roe\n  a: &jane 77\n  b: *jane\n  Jane Roe: x\n---\nok: true\n";

#[test]
fn yaml_is_labelled_and_stays_yaml() {
    let document = read("a.yaml", YAML.as_bytes());
    assert_eq!(labels(&document, "1950"), ["born"]);
    assert_eq!(labels(&document, "12"), ["l"]);
    assert_eq!(labels(&document, "it's Jane Roe"), ["n's"]);
    assert_eq!(labels(&document, "Jane Roe\n came"), ["block"]);
    let expected = YAML
        .replace("name: Jane Roe", "name: \"[PERSON-1]\"")
        .replace("[Jane Roe, 12]", "[\"[PERSON-1]\", 12]")
        .replace("J\\x61ne Roe", "[PERSON-1]")
        .replace("Jane Roe: x", "\"[PERSON-1]\": x")
        .replace("Jane\n    Roe\n  two: Jane\n    Roe", "[PERSON-1]\n    \n  two: \"[PERSON-1]\"")
        .replace("Jane Roe", "[PERSON-1]");
    assert_eq!(redacted("a.yaml", YAML, "Jane Roe"), expected);
    let broken = "a: {{ x }}\n- Jane Roe\n";
    assert_eq!(redacted("a.yml", broken, "Jane Roe"), "a: {{ x }}\n- [PERSON-1]\n");
}

const SQL: &str = "-- dump of Jane Roe\nCREATE TABLE people (\n  id int NOT NULL,\n  full_name varchar(255) DEFAULT 'x',\n  PRIMARY KEY (id)\n);\n\
    INSERT INTO people VALUES (12,'Jane Roe'),(13,'O''Neil');\nINSERT INTO \"public\".\"people\" (ssn, note) VALUES (219099999, N'of Jane Roe');\n\
    UPDATE people SET full_name = 'Jane Roe' WHERE id = 4711;\nCOPY people (id, full_name) FROM stdin;\n77\tJane\\tRoe\n78\tJane Roe\n\\.\n\
    SELECT $body$ Jane Roe $body$, E'J\\'ane', X'4a616e6520526f65', '\\x4a616e6520526f65';\n";

#[test]
fn dumps_are_labelled_by_columns() {
    let document = read("a.sql", SQL.as_bytes());
    assert_eq!(labels(&document, "12"), ["id"]);
    assert_eq!(labels(&document, "O'Neil"), ["full name"]);
    assert_eq!(labels(&document, "219099999"), ["ssn"]);
    assert_eq!(labels(&document, "of Jane Roe"), ["note"]);
    assert_eq!(labels(&document, "4711"), ["id"]);
    assert_eq!(labels(&document, "77"), ["id"]);
    assert_eq!(labels(&document, "Jane\tRoe"), ["full name"]);
    assert!(texts(&document).contains(&"J'ane"));
    let hex = "5B504552534F4E2D315D";
    let expected = SQL.replace("Jane Roe", "[PERSON-1]").replace("4a616e6520526f65", hex);
    assert_eq!(redacted("a.sql", SQL, "Jane Roe"), expected);
    assert_eq!(redacted("a.sql", SQL, "219099999"), SQL.replace("219099999", "'[PERSON-1]'"));
    let mysql = "-- MySQL dump 10\nINSERT INTO `t` (`n`) VALUES ('O\\'Neil \\\\ Jane Roe',\"x\"),(0x4A616E65);\n";
    assert_eq!(id("dump", mysql), "sql");
    assert!(texts(&read("dump", mysql.as_bytes())).contains(&"O'Neil \\ Jane Roe"));
    assert_eq!(redacted("dump", mysql, "Jane Roe"), mysql.replace("Jane Roe", "[PERSON-1]"));
}

const FHIR: &str = r#"{"resourceType": "Patient", "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Ms Ja<b>ne</b> Roe</p></div>"},
 "identifier": [{"type": {"coding": [{"code": "MR"}]}, "value": "A-77120"}, {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "219-09-9999"}],
 "name": [{"family": "Roe", "given": ["Jane"]}], "telecom": [{"system": "phone", "value": "555-0100"}, {"value": "j@example.com", "system": "email"}],
 "birthDate": "1950-01-02", "address": [{"line": ["1 Elm St"]}], "photo": [{"contentType": "text/plain", "data": "SmFuZSBSb2U="}]}"#;

#[test]
fn fhir_in_json_is_labelled_by_its_path() {
    let document = read("a.json", FHIR.as_bytes());
    assert_eq!(labels(&document, "Roe"), ["family name"]);
    assert_eq!(labels(&document, "Jane"), ["given name"]);
    assert_eq!(labels(&document, "1950-01-02"), ["birth date"]);
    assert_eq!(labels(&document, "1 Elm St"), ["address line"]);
    assert_eq!(labels(&document, "555-0100")[0], "phone");
    assert_eq!(labels(&document, "j@example.com")[0], "email");
    assert_eq!(labels(&document, "219-09-9999")[0], "social security number");
    assert_eq!(labels(&document, "A-77120")[0], "medical record number");
    assert_eq!(texts(&document).iter().filter(|text| **text == "Ms Jane Roe").count(), 1);
    let written = redacted("a.json", FHIR, "Jane Roe");
    assert!(written.contains("<p>Ms [PERSON-1]<b></b></p>") && written.contains("W1BFUlNPTi0xXQ=="), "{written}");
    let lines = format!("{}\n{}\n", FHIR.replace('\n', ""), FHIR.replace('\n', ""));
    assert_eq!(labels(&read("a.ndjson", lines.as_bytes()), "Roe"), ["family name"]);
}

proptest! {
    #[test]
    fn any_bytes_are_written_back(text in "[\\[\\]{},:\"'\\\\<>&;#|^~$`()/a-eMSHX0-9é \n\t-]{0,80}") {
        for (name, start) in [("a.xml", "<r>"), ("a.yaml", ""), ("a.sql", "INSERT INTO t VALUES ("), ("a.hl7", "MSH|^~\\&|A\rPID|1|")] {
            let text = format!("{start}{text}");
            if let Ok((_, document)) = open(name, text.as_bytes()) {
                prop_assert_eq!(document.body.write(&[]).unwrap(), text.as_bytes());
                let edits = replace_all(&document, "a", "[P-1]");
                let _ = document.body.write(&edits);
            }
        }
    }
}

#[test]
fn truncated_records_are_read_or_refused() {
    for (name, text) in [("a.xml", CDA), ("a.hl7", HL7), ("a.yaml", YAML), ("a.sql", SQL), ("a.json", FHIR)] {
        for end in 0..text.len() {
            if let Ok((_, document)) = open(name, &text.as_bytes()[..end]) {
                assert_eq!(document.body.write(&[]).unwrap(), &text.as_bytes()[..end]);
            }
        }
    }
}

#[test]
fn the_work_is_linear_and_bounded() {
    for (name, part) in [
        ("a.xml", "<a>"),
        ("a.xml", "<a b=\"c\">x</d>"),
        ("a.xml", "<![CDATA["),
        ("a.yaml", "- "),
        ("a.yaml", "[{"),
        ("a.yaml", "a: &b *c\n"),
        ("a.sql", "("),
        ("a.sql", "'"),
        ("a.sql", "$a$"),
        ("a.sql", "/*"),
        ("a.sql", "1a"),
        ("a.hl7", "MSH|^~\\&|\\"),
        ("a.hl7", "MSH|^~\\&|A^B~C\r"),
    ] {
        let text = part.repeat(200_000 / part.len());
        if let Ok((_, document)) = open(name, text.as_bytes()) {
            assert_eq!(document.body.write(&[]).unwrap(), text.as_bytes());
        }
    }
}
