//! Places of tables, data, clinical records, cards and archives that can hold a name.

use std::io::{Cursor, Write as _};

use base64::Engine as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Carrier, gone, refused};

pub(super) fn base64(text: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(text)
}

/// An archive with a comment.
pub(super) fn zip_with_comment(members: &[(String, Vec<u8>)], comment: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in members {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(data).unwrap();
    }
    writer.set_comment(comment).unwrap();
    writer.finish().unwrap().into_inner()
}

fn wide(text: &str, little: bool) -> Vec<u8> {
    "\u{FEFF}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
        .collect()
}

pub(super) fn carriers(value: &str) -> Vec<Carrier> {
    [
        texts(value),
        tables(value),
        markup(value),
        trees(value),
        statements(value),
        clinical(value),
        images(value),
        cards(value),
        archives(value),
    ]
    .concat()
}

fn texts(value: &str) -> Vec<Carrier> {
    let line = format!("Dear {value},\r\nhello\r\n");
    vec![
        gone("text", "a.txt", line.clone()),
        gone("text with a mark", "a.txt", format!("\u{FEFF}{line}")),
        gone("text in UTF-16LE", "a.txt", wide(&line, true)),
        gone("text in UTF-16BE", "a.txt", wide(&line, false)),
        gone(
            "text in UTF-32",
            "a.txt",
            format!("\u{FEFF}{line}").chars().flat_map(|char| u32::from(char).to_le_bytes()).collect::<Vec<u8>>(),
        ),
        gone(
            "text in a code page",
            "a.txt",
            encoding_rs::WINDOWS_1252.encode(&format!("Grüße für {value}, schöne Straße in Köln\n").repeat(50)).0.into_owned(),
        ),
        gone("a text without an end of line", "a.log", format!("x {value}")),
        gone("Markdown", "a.md", format!("# {value}\n\n[x](mailto:{value} \"{value}\") `{value}` <!-- {value} -->\n")),
        refused("bytes that are no text", "a.txt", [b"a\0b\x01".as_slice(), value.as_bytes()].concat(), ""),
    ]
}

fn tables(value: &str) -> Vec<Carrier> {
    vec![
        gone("a cell", "a.csv", format!("id,name\r\n1,{value}\r\n2,b\r\n")),
        gone("a header", "a.csv", format!("id,{value}\n1,2\n3,4\n")),
        gone("a quoted cell", "a.csv", format!("id,name\n1,\"says \"\"{value}\"\", twice\"\n2,\"two\n{value}\"\n")),
        gone("a cell behind a semicolon", "a.csv", format!("id;name\n1;{value}\n2;b\n")),
        gone("a cell of tabs", "a.tsv", format!("id\tname\n1\t{value}\n2\tb\n")),
        gone("a cell that is too many", "a.csv", format!("id,name\n1,a,{value}\n")),
        gone("a quote that is not closed", "a.csv", format!("id,name\n1,\"a {value}\n")),
        gone("a table in UTF-16", "a.csv", wide(&format!("id\tname\r\n1\t{value}\r\n2\tb\r\n"), true)),
        gone("a formula", "a.csv", format!("id,name\n1,\"=HYPERLINK(\"\"mailto:{value}\"\")\"\n2,b\n")),
        gone("a comment before a table", "a.csv", format!("# by {value}\nid,name\n1,a\n2,b\n")),
    ]
}

fn markup(value: &str) -> Vec<Carrier> {
    let half = value.floor_char_boundary(value.len() / 2);
    let (first, second) = value.split_at(half);
    let coded: String = value.chars().map(|char| format!("&#x{:X};", char as u32)).collect();
    let tag: String = value.chars().filter(|char| !char.is_whitespace()).collect();
    let dtd = |inside: &str| format!("<?xml version=\"1.0\"?><!DOCTYPE r [{inside}]><r>x</r>");
    vec![
        gone("an element", "a.xml", format!("<r><a>{value}</a></r>")),
        gone("elements that read on", "a.xml", format!("<r>by <i>{first}</i>{second}.</r>")),
        gone("references", "a.xml", format!("<r>{coded}</r>")),
        gone("an attribute", "a.xml", format!("<r a='{value}' b=\"{coded}\"/>")),
        gone("a section", "a.xml", format!("<r><![CDATA[{value}]]></r>")),
        gone("a section in pieces", "a.xml", format!("<r><![CDATA[{first}]]><![CDATA[{second}]]></r>")),
        gone("a comment", "a.xml", format!("<!-- {value} --><r/>")),
        gone("an instruction", "a.xml", format!("<?a {value}?><r/>")),
        gone("a name of an element", "a.xml", format!("<r><{tag}>x</{tag}></r>")),
        gone("a name of an attribute", "a.xml", format!("<r {tag}='x'/>")),
        gone("a namespace", "a.xml", format!("<r xmlns:a='urn:{value}' a:b='c'/>")),
        gone("a document type's name", "a.xml", format!("<!DOCTYPE r SYSTEM \"http://example.com/{tag}.dtd\"><r>x</r>")),
        gone("a comment of a document type", "a.xml", dtd(&format!("<!-- {value} --><!ELEMENT r ANY>"))),
        refused("an entity that nobody uses", "a.xml", dtd(&format!("<!ENTITY a \"{value}\">")), "declares entities"),
        refused("an entity in a text", "a.xml", dtd(&format!("<!ENTITY a \"{value}\">")).replace("<r>x", "<r>&a;"), ""),
        gone("markup in UTF-16", "a.xml", wide(&format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?><r>{value}</r>"), true)),
    ]
}

fn trees(value: &str) -> Vec<Carrier> {
    let escaped: String = value.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let long: String = value.chars().map(|char| format!("\\U{:08X}", char as u32)).collect();
    let all = [
        ("a string", "a.json", format!("{{\"a\": [\"{value}\"]}}")),
        ("an escaped string", "a.json", format!("{{\"a\": \"{escaped}\"}}")),
        ("a key", "a.json", format!("{{\"{value}\": 1}}")),
        ("an escaped key", "a.json", format!("{{\"{escaped}\": 1}}")),
        ("a string of JSON", "a.json", format!("{{\"a\": \"{{\\\"b\\\": \\\"{value}\\\"}}\"}}")),
        ("a string of HTML", "a.json", format!("{{\"a\": \"<p>{value}</p>\"}}")),
        ("a line", "a.jsonl", format!("{{\"a\": 1}}\n\n{{\"a\": \"{escaped}\"}}\n")),
        ("a mark before", "a.json", format!("\u{FEFF}{{\"a\": \"{value}\"}}")),
        ("a value of YAML", "a.yaml", format!("a: {value}\n")),
        ("a key of YAML", "a.yaml", format!("{value}: b\n")),
        ("a quoted value", "a.yaml", format!("a: \"{escaped}\"\nb: '{value}'\n")),
        ("a long escape", "a.yaml", format!("a: \"{value} {long}\"\n")),
        ("a block", "a.yaml", format!("a: |\n  Dear {value}\n  x\nb: >-\n  {value}\n")),
        ("a list", "a.yaml", format!("a: [{value}, {{b: {value}}}]\n- x\n").replace("- x\n", "")),
        ("a comment of YAML", "a.yaml", format!("# {value}\na: b # {value}\n")),
        ("an anchor and a tag", "a.yaml", format!("a: &{0} !<tag:example.com,2000:{0}> x\nb: *{0}\n", value.replace(' ', "_"))),
        ("a second document", "a.yaml", format!("a: b\n---\nc: {value}\n...\n")),
    ];
    let mut all: Vec<Carrier> = all.into_iter().map(|(name, file, text)| gone(name, file, text)).collect();
    all.push(refused("a bad line", "a.jsonl", format!("{{\"a\": 1}}\n{{\"a\": {value}\n"), "line 2"));
    all
}

fn statements(value: &str) -> Vec<Carrier> {
    let hex: String = value.bytes().map(|byte| format!("{byte:02X}")).collect();
    let (name, file) = ("a statement", "a.sql");
    let all = [
        format!("INSERT INTO p (n) VALUES ('{value}');\n"),
        format!("INSERT INTO p VALUES (1,'a ''{value}'' b'),(2,N'{value}');\n"),
        format!("UPDATE p SET n = \"{value}\" WHERE m = E'{value}\\n';\n"),
        format!("-- by {value}\n/* {value} */\nSELECT 1;\n"),
        format!("CREATE TABLE \"{value}\" (id int COMMENT '{value}');\n"),
        format!("CREATE TABLE p (id int DEFAULT '{value}');\nCOMMENT ON TABLE p IS '{value}';\n"),
        format!("COPY p (id, n) FROM stdin;\n1\t{value}\n\\.\n"),
        format!("SELECT $a$ {value} $a$;\n"),
        format!("INSERT INTO p VALUES (X'{hex}', '\\x{hex}');\n"),
        format!("INSERT INTO p VALUES (0x{hex});\n"),
        format!("\\connect {0}\nCREATE USER \"{0}\" PASSWORD 'x';\n", value.replace(' ', "_")),
    ];
    all.into_iter().map(|text| gone(name, file, text)).collect()
}

fn clinical(value: &str) -> Vec<Carrier> {
    let escaped: String = value.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let bytes: String = value.bytes().map(|byte| format!("{byte:02X}")).collect();
    let half = value.floor_char_boundary(value.len() / 2);
    let (first, second) = value.split_at(half);
    let head = "MSH|^~\\&|LAB|HOSP|||20240101||ORU^R01|1|P|2.5||||||UNICODE UTF-8\r";
    let segment = |text: String| gone("HL7", "a.hl7", format!("{head}{text}\r"));
    let resource = |text: String| gone("FHIR", "a.json", format!("{{\"resourceType\": \"Patient\", {text}}}"));
    let in_markup =
        |text: String| gone("FHIR in XML", "a.xml", format!("<Patient xmlns=\"http://hl7.org/fhir\">{text}</Patient>"));
    let document = |text: String| {
        gone(
            "C-CDA",
            "a.xml",
            format!(
                "<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:sdtc=\"urn:hl7-org:sdtc\">{text}</ClinicalDocument>"
            ),
        )
    };
    let xhtml = "xmlns=\\\"http://www.w3.org/1999/xhtml\\\"";
    vec![
        segment(format!("PID|1||123^^^H^MR||{value}^Jane||19500102|F|||1 {value} St^^Springfield|||||||||||||||||||")),
        segment(format!("PID|1||{value}^^^{value}^MR~456||Roe^Jane^Q~{value}^J")),
        segment(format!("PV1|1||||||9^{value}^Ann^^^Dr&{value}")),
        segment(format!("OBX|1|TX|11^Impression||Seen by {value} \\T\\ Co\rNTE|1||\\H\\{value}\\N\\")),
        segment(format!("OBX|1|FT|11^x||Dear\\.br\\{value}\rOBX|2|ED|12^R||^TEXT^plain^Base64^{}", base64(value))),
        segment(format!("NTE|1||\\X{bytes}\\")),
        refused("HL7: digits", "a.hl7", format!("{head}OBX|1|ED|12^R||^TEXT^plain^Hex^{bytes}\r"), "hexadecimal"),
        segment(format!("ZZZ|{value}|a^{value}&b")),
        gone(
            "HL7's header",
            "a.hl7",
            format!("MSH|^~\\&|{value}|HOSP|{value}||20240101||ORU^R01|{value}|P|2.5\rEVN|A01|2024||||{value}\r"),
        ),
        resource(format!("\"name\": [{{\"text\": \"{value}\", \"family\": \"{escaped}\", \"given\": [\"{value}\"]}}]")),
        resource(format!("\"text\": {{\"status\": \"generated\", \"div\": \"<div {xhtml}>{first}<b>{second}</b></div>\"}}")),
        resource(format!(
            "\"photo\": [{{\"contentType\": \"text/plain\", \"title\": \"{value}\", \"url\": \"http://example.com/{value}\", \"data\": \"{}\"}}]",
            base64(value)
        )),
        resource(format!(
            "\"id\": \"{value}\", \"extension\": [{{\"url\": \"http://example.com/{value}\", \"valueString\": \"{value}\"}}], \"meta\": {{\"source\": \"#{value}\"}}"
        )),
        resource(format!(
            "\"contained\": [{{\"resourceType\": \"Organization\", \"name\": \"{value}\"}}], \"link\": [{{\"other\": {{\"reference\": \"Patient/{value}\", \"display\": \"{value}\"}}}}]"
        )),
        resource(format!(
            "\"contact\": [{{\"telecom\": [{{\"system\": \"email\", \"value\": \"{value}@example.com\"}}], \"_name\": {{\"id\": \"{value}\"}}}}]"
        )),
        in_markup(format!(
            "<!-- {value} --><text><div xmlns=\"http://www.w3.org/1999/xhtml\"><p title='{value}'>{first}<b>{second}</b></p></div></text><name><family value=\"{value}\"/></name>"
        )),
        in_markup(format!(
            "<extension url=\"http://example.com/{value}\"><valueString value=\"{value}\"/></extension><photo><contentType value=\"text/plain\"/><data value=\"{}\"/></photo>",
            base64(value)
        )),
        document(format!(
            "<recordTarget><patientRole><id root=\"1.2\" extension=\"{value}\"/><addr><city>{value}</city></addr><telecom value=\"mailto:{value}@example.com\"/><patient><name><given qualifier=\"CL\">{first}</given><family>{value}</family></name></patient></patientRole></recordTarget>"
        )),
        document(format!(
            "<title>{value}</title><author><assignedAuthor><assignedAuthoringDevice><softwareName>{value}</softwareName></assignedAuthoringDevice></assignedAuthor></author>"
        )),
        document(format!(
            "<component><section><text><paragraph>Ms <content ID=\"a\">{first}</content>{second}</paragraph><table><tr><td>{value}</td></tr></table><linkHtml href=\"http://example.com/{value}\">x</linkHtml></text></section></component>"
        )),
        document(format!(
            "<entry><observation><value xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"ED\" mediaType=\"text/plain\" representation=\"B64\">{}</value><code code=\"1\" displayName=\"{value}\"><originalText>{value}</originalText></code></observation></entry>",
            base64(&format!("Dear {value}, hello"))
        )),
        document(format!(
            "<component><nonXMLBody><text mediaType=\"text/plain\" representation=\"B64\">{}</text></nonXMLBody></component>",
            base64(&format!("Dear {value}, hello"))
        )),
    ]
}

/// An element of DICOM with its value representation written.
fn element(tag: u32, kind: &[u8; 2], value: &[u8]) -> Vec<u8> {
    let mut value = value.to_vec();
    if value.len() % 2 == 1 {
        value.push(if kind == b"UI" { 0 } else { b' ' });
    }
    let mut out = [((tag >> 16) as u16).to_le_bytes(), (tag as u16).to_le_bytes()].concat();
    out.extend(kind);
    if matches!(kind, b"SQ" | b"OB" | b"OW" | b"UT" | b"UN" | b"UC" | b"UR") {
        out.extend([0, 0]);
        out.extend((value.len() as u32).to_le_bytes());
    } else {
        out.extend((value.len() as u16).to_le_bytes());
    }
    [out, value].concat()
}

fn item(inside: &[u8]) -> Vec<u8> {
    [&[0xFE, 0xFF, 0x00, 0xE0], (inside.len() as u32).to_le_bytes().as_slice(), inside].concat()
}

fn images(value: &str) -> Vec<Carrier> {
    let file = |preamble: &[u8; 128], meta: &[u8], data: &[Vec<u8>]| {
        let mut out = preamble.to_vec();
        out.extend(b"DICM");
        out.extend(element(0x0002_0010, b"UI", b"1.2.840.10008.1.2.1"));
        out.extend(meta);
        out.extend(element(0x0008_0005, b"CS", b"ISO_IR 192"));
        out.extend(data.concat());
        out
    };
    let bytes = value.as_bytes();
    let of = |tag: u32, kind: &[u8; 2], value: &[u8]| file(&[0; 128], &[], &[element(tag, kind, value)]);
    let mut preamble = [0; 128];
    preamble[..bytes.len()].copy_from_slice(bytes);
    vec![
        gone("DICOM: who is seen", "a.dcm", of(0x0010_0010, b"PN", &[bytes, b"^Jane=", bytes].concat())),
        gone("DICOM: a number of the patient", "a.dcm", of(0x0010_0020, b"LO", bytes)),
        gone("DICOM: a doctor", "a.dcm", of(0x0008_0090, b"PN", bytes)),
        gone("DICOM: where", "a.dcm", of(0x0008_0080, b"LO", bytes)),
        gone("DICOM: a description", "a.dcm", of(0x0008_1030, b"LO", bytes)),
        gone("DICOM: a comment", "a.dcm", of(0x0020_4000, b"LT", bytes)),
        gone("DICOM: a maker", "a.dcm", of(0x0008_0070, b"LO", bytes)),
        gone("DICOM: a kind of image", "a.dcm", of(0x0008_0008, b"CS", &[b"DERIVED\\", bytes].concat())),
        gone(
            "DICOM: a private element",
            "a.dcm",
            file(&[0; 128], &[], &[element(0x0009_0010, b"LO", b"MAKER"), element(0x0009_1001, b"UN", bytes)]),
        ),
        gone("DICOM: a sequence", "a.dcm", of(0x0040_0275, b"SQ", &item(&element(0x0040_0007, b"LO", bytes)))),
        gone(
            "DICOM: a sequence in a sequence",
            "a.dcm",
            of(0x0040_0275, b"SQ", &item(&element(0x0008_1110, b"SQ", &item(&element(0x0010_0010, b"PN", bytes))))),
        ),
        gone("DICOM: a document inside", "a.dcm", of(0x0042_0011, b"OB", format!("<a>{value}</a>").as_bytes())),
        gone("DICOM: an overlay", "a.dcm", of(0x6000_3000, b"OW", bytes)),
        gone(
            "DICOM: a station",
            "a.dcm",
            file(&[0; 128], &element(0x0002_0016, b"AE", bytes), &[element(0x0008_0060, b"CS", b"US")]),
        ),
        gone(
            "DICOM: private words of the head",
            "a.dcm",
            file(&[0; 128], &element(0x0002_0102, b"OB", bytes), &[element(0x0008_0060, b"CS", b"US")]),
        ),
        gone("DICOM: before the head", "a.dcm", file(&preamble, &[], &[element(0x0008_0060, b"CS", b"US")])),
        gone(
            "DICOM: padding behind",
            "a.dcm",
            file(&[0; 128], &[], &[element(0x0008_0060, b"CS", b"US"), element(0xFFFC_FFFC, b"OB", bytes)]),
        ),
        gone("DICOM: an address in the net", "a.dcm", of(0x0008_1190, b"UR", bytes)),
        gone("DICOM: a long text", "a.dcm", of(0x0040_A160, b"UT", bytes)),
    ]
}

fn cards(value: &str) -> Vec<Carrier> {
    let half = value.floor_char_boundary(value.len() / 2);
    let (first, second) = value.split_at(half);
    let quoted: String = value.bytes().map(|byte| format!("={byte:02X}")).collect();
    let word = value.replace(' ', "-");
    let card = |line: String| gone("vCard", "a.vcf", format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{line}\r\nEND:VCARD\r\n"));
    let event = |line: String| {
        gone(
            "iCalendar",
            "a.ics",
            format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n{line}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
        )
    };
    vec![
        card(format!("FN:{value}\r\nN:{value};Jane;;Dr.;\r\nNICKNAME:{value},b")),
        card(format!("NOTE:Knows {first}\r\n {second} well")),
        card(format!("item1.EMAIL;TYPE=home:{value}@example.com\r\nitem1.X-ABLABEL:{value}")),
        card(format!("ADR;LABEL=\"{value}\":;;1 {value} St;Springfield;IL;62701;USA")),
        card(format!("ORG:{value};Dept\\, {value}\r\nTITLE:{value}\r\nROLE:{value}\r\nURL:http://example.com/{value}")),
        card(format!("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted}")),
        card(format!(
            "PHOTO;ENCODING=b;TYPE=PNG:{}",
            base64::engine::general_purpose::STANDARD.encode(super::picture::png_with_text(value))
        )),
        card(format!("AGENT:BEGIN:VCARD\\nFN:{value}\\nEND:VCARD\r\nRELATED;VALUE=text:{value}")),
        card(format!("KEY;ENCODING=b:{}", base64(value))),
        card(format!("X-{word}:x")),
        event(format!(
            "SUMMARY:Visit {first}\r\n {second}\r\nLOCATION:{value}\\, Room 1\r\nDESCRIPTION:a\\n{value}\r\nCOMMENT:{value}\r\nCATEGORIES:a,{value}"
        )),
        event(format!(
            "ATTENDEE;CN=\"{value}, A\";DELEGATED-FROM=\"mailto:{value}@example.com\":mailto:{value}@example.com\r\nORGANIZER;CN={value};SENT-BY=\"mailto:{value}@example.com\":mailto:a@example.com"
        )),
        event(format!(
            "CONTACT;ALTREP=\"http://example.com/{value}\":{value}\r\nURL:http://example.com/{value}\r\nX-ALT-DESC;FMTTYPE=text/html:<p>{value}</p>"
        )),
        event(format!("ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:{}", base64(&format!("Dear {value}, hello")))),
        event(format!(
            "BEGIN:VALARM\r\nACTION:EMAIL\r\nATTENDEE:mailto:{value}@example.com\r\nSUMMARY:{value}\r\nEND:VALARM\r\nX-WR-CALNAME:{value}"
        )),
        gone(
            "a calendar's name",
            "a.ics",
            format!(
                "BEGIN:VCALENDAR\nPRODID:-//{value}//EN\nX-WR-CALNAME:{value}\nBEGIN:VTIMEZONE\nTZID:{value}\nEND:VTIMEZONE\nEND:VCALENDAR\n"
            ),
        ),
        gone(
            "a to-do and a journal",
            "a.ics",
            format!(
                "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:{value}@example.com\nSUMMARY:{value}\nEND:VTODO\nBEGIN:VJOURNAL\nDESCRIPTION:{value}\nEND:VJOURNAL\nEND:VCALENDAR\n"
            ),
        ),
    ]
}

fn archives(value: &str) -> Vec<Carrier> {
    let member = |name: &str, data: &[u8]| super::build::archive(&[(name.to_owned(), data.to_vec())]);
    let gzip = |name: &str, comment: &str, data: &str| {
        let mut encoder = flate2::GzBuilder::new()
            .filename(name)
            .comment(comment)
            .extra(value)
            .write(Vec::new(), flate2::Compression::default());
        encoder.write_all(data.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let plain = value.replace(|char: char| !char.is_ascii(), "");
    vec![
        gone("a member", "a.zip", member("a.txt", value.as_bytes())),
        gone("a member's name", "a.zip", member(&format!("{value}/{value}.txt"), b"x")),
        gone("an archive in an archive", "a.zip", member("a.zip", &member("a.csv", format!("id,name\n1,{value}\n").as_bytes()))),
        gone("a comment of an archive", "a.zip", zip_with_comment(&[("a.txt".to_owned(), b"x".to_vec())], value)),
        gone("a packed text", "a.txt.gz", gzip("a.txt", "", value)),
        gone("what is said of a packed text", "a.txt.gz", gzip(&plain, &plain, value)),
        refused(
            "a member of no known kind",
            "a.zip",
            member("a.bin", &[b"\0\x01\x02".as_slice(), value.as_bytes()].concat()),
            "",
        ),
    ]
}
