//! One small good file of every format, to be broken.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file name and what the file holds.
pub(crate) type File = (String, Vec<u8>);

/// A ZIP container; deflated but for a `mimetype`.
pub(crate) fn package(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in members {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(data).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn bzip2(data: &[u8]) -> Vec<u8> {
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    out.write_all(data).unwrap();
    out.finish().unwrap()
}

fn xz(data: &[u8]) -> Vec<u8> {
    let mut out = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    out.write_all(data).unwrap();
    out.finish().unwrap()
}

pub(crate) fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

const OFFICE: &str = "application/vnd.openxmlformats-officedocument";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An Open Packaging file: its main part, and parts that the main part refers to by type of relationship.
fn opc(main: &str, kind: &str, markup: &str, parts: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let (folder, file) = main.split_once('/').unwrap();
    let mut types = format!(r#"<Override PartName="/{main}" ContentType="{OFFICE}.{kind}.main+xml"/>"#);
    let mut relations = String::new();
    for (at, (name, relation, content, _)) in parts.iter().enumerate() {
        types += &format!(r#"<Override PartName="/{folder}/{name}" ContentType="{OFFICE}.{content}+xml"/>"#);
        relations += &format!(r#"<Relationship Id="rId{}" Type="{RELATION}/{relation}" Target="{name}"/>"#, at + 1);
    }
    let types = format!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>"#
    );
    let root = format!(
        r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="{main}"/></Relationships>"#
    );
    let relations = format!(r#"<Relationships xmlns="{RELATIONS}">{relations}</Relationships>"#);
    let relations_name = format!("{folder}/_rels/{file}.rels");
    let names: Vec<String> = parts.iter().map(|(name, ..)| format!("{folder}/{name}")).collect();
    let mut members: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        (main, markup.as_bytes()),
        (&relations_name, relations.as_bytes()),
    ];
    members.extend(names.iter().zip(parts).map(|(name, (.., markup))| (name.as_str(), markup.as_bytes())));
    package(&members)
}

pub(crate) fn docx(body: &str) -> Vec<u8> {
    let markup = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    opc("word/document.xml", "wordprocessingml.document", &markup, &[])
}

/// A workbook of one sheet with this content, and shared strings.
pub(crate) fn xlsx(sheet: &str, strings: &str) -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let workbook = format!(
        r#"<workbook xmlns="{space}" xmlns:r="{RELATION}"><sheets><sheet name="Clients" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let sheet = format!(r#"<worksheet xmlns="{space}">{sheet}</worksheet>"#);
    let strings = format!(r#"<sst xmlns="{space}">{strings}</sst>"#);
    let parts = [
        ("worksheets/sheet1.xml", "worksheet", "spreadsheetml.worksheet", sheet.as_str()),
        ("sharedStrings.xml", "sharedStrings", "spreadsheetml.sharedStrings", strings.as_str()),
    ];
    opc("xl/workbook.xml", "spreadsheetml.sheet", &workbook, &parts)
}

fn pptx() -> Vec<u8> {
    let spaces = format!(
        r#"xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{RELATION}""#
    );
    let main = format!(r#"<p:presentation {spaces}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>"#);
    let slide = format!(
        "<p:sld {spaces}><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>Jane Quillfeather</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
    );
    let parts = [("slides/slide1.xml", "slide", "presentationml.slide", slide.as_str())];
    opc("ppt/presentation.xml", "presentationml.presentation", &main, &parts)
}

const ODF_SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.3""#;

/// An OpenDocument file of a kind (`text`, `spreadsheet`, `presentation`, `drawing`).
pub(crate) fn odf(kind: &str, body: &str) -> Vec<u8> {
    let mime = if kind == "drawing" { "graphics" } else { kind };
    let content = format!(
        "<office:document-content {ODF_SPACES}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    );
    let manifest = format!(
        r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{mime}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let mime = format!("application/vnd.oasis.opendocument.{mime}");
    package(&[("mimetype", mime.as_bytes()), ("content.xml", content.as_bytes()), ("META-INF/manifest.xml", manifest.as_bytes())])
}

/// A PDF of these objects (from number 1 on, the first being the catalog), with a right table of places.
pub(crate) fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).into_bytes());
    out
}

/// The objects of a PDF of one page with this stream of content; `entries` go into the stream's dictionary.
pub(crate) fn page(entries: &str, content: &[u8]) -> Vec<Vec<u8>> {
    let stream = [format!("<< /Length {} {entries} >>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"].concat();
    vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_vec(),
        stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ]
}

/// An Outlook message: a subject and a body in UTF-16.
pub(crate) fn msg() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    let mut properties = vec![0_u8; 32];
    for (id, text) in [(0x0037_u16, "A visit of Jane"), (0x1000, "Jane Quillfeather came.\r\n")] {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        properties.extend(0x001f_u16.to_le_bytes());
        properties.extend(id.to_le_bytes());
        properties.extend(6_u32.to_le_bytes());
        properties.extend((wide.len() as u32 + 2).to_le_bytes());
        properties.extend([0; 4]);
        file.create_stream(format!("/__substg1.0_{id:04X}001F")).unwrap().write_all(&wide).unwrap();
    }
    file.create_stream("/__properties_version1.0").unwrap().write_all(&properties).unwrap();
    file.create_storage("/__nameid_version1.0").unwrap();
    for name in ["00020102", "00030102", "00040102"] {
        file.create_stream(format!("/__nameid_version1.0/__substg1.0_{name}")).unwrap();
    }
    file.into_inner().into_inner()
}

/// A header of a member of a tar archive that says it is `size` bytes long.
pub(crate) fn tar_header(name: &str, size: &str, kind: u8) -> Vec<u8> {
    let mut header = vec![0_u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    for (at, value) in [(100, "0000644"), (108, "0000000"), (116, "0000000"), (124, size), (136, "00000000000")] {
        header[at..at + value.len()].copy_from_slice(value.as_bytes());
    }
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    header
}

pub(crate) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, data) in members {
        out.extend(tar_header(name, &format!("{:011o}", data.len()), b'0'));
        out.extend(*data);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

/// A DICOM element with an explicit kind; `length` is what it says of its own length.
pub(crate) fn element(tag: u32, kind: &[u8; 2], length: u32, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(((tag >> 16) as u16).to_le_bytes());
    out.extend((tag as u16).to_le_bytes());
    out.extend(kind);
    if matches!(kind, b"SQ" | b"OB" | b"OW" | b"UT" | b"UN") {
        out.extend([0, 0]);
        out.extend(length.to_le_bytes());
    } else {
        out.extend((length as u16).to_le_bytes());
    }
    out.extend(value);
    out
}

/// A DICOM file with these elements behind its meta information.
pub(crate) fn dicom(elements: &[u8]) -> Vec<u8> {
    let syntax = b"1.2.840.10008.1.2.1\0";
    let mut out = vec![0; 128];
    out.extend(b"DICM");
    out.extend(element(0x0002_0010, b"UI", syntax.len() as u32, syntax));
    out.extend(elements);
    out
}

fn picture(kind: image::ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(12, 9, |x, y| image::Rgb([x as u8 * 20, y as u8 * 25, 90]));
    image::DynamicImage::ImageRgb8(pixels).write_to(&mut out, kind).unwrap();
    out.into_inner()
}

pub(crate) const MAIL: &str = "From: Jane Quillfeather <jane@example.com>\r\nTo: r@example.com\r\nSubject: =?utf-8?Q?A_visit=2E?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nJane Quillfeather =E2=80=93 came.\r\n--b\r\nContent-Type: text/csv; name=\"list.csv\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"list.csv\"\r\n\r\nbmFtZSxwaG9uZQpKYW5lLDU1NS0wMTAwCg==\r\n--b--\r\n";

/// A good file of every format.
pub(crate) fn all() -> Vec<File> {
    let csv = "name,phone\nJane Quillfeather,555-0100\n\"Roe, Richard\",555-0101\n";
    let paragraph = "<text:p>Jane <text:span>Quillfeather</text:span> came.</text:p>";
    let cell = r#"<table:table table:name="T"><table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>Jane</text:p></table:table-cell></table:table-row></table:table>"#;
    let drawing =
        format!(r#"<draw:page draw:name="p"><draw:frame><draw:text-box>{paragraph}</draw:text-box></draw:frame></draw:page>"#);
    let flat = format!(
        r#"<?xml version="1.0"?><office:document {ODF_SPACES} office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>{paragraph}</office:text></office:body></office:document>"#
    );
    let mht = MAIL.replace("multipart/mixed", "multipart/related").replace("From: ", "From: <Saved by a browser> ");
    let html = "<!DOCTYPE html><html><head><title>Jane</title><script>var name = 'Jane';</script><style>p{color:red}</style></head><body><p class=a title=\"Jane\">Jane <b>Quill</b>feather &amp; co<br><table><tr><th>Name<td>Jane</table><!-- Jane --><img src=\"data:text/plain;base64,SmFuZQ==\"></body></html>";
    let tiff = picture(image::ImageFormat::Tiff);
    let text = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let bytes = |name: &str, bytes: Vec<u8>| (name.to_owned(), bytes);
    vec![
        bytes("a.docx", docx("<w:p><w:r><w:t>Jane </w:t></w:r><w:r><w:t>Quillfeather</w:t></w:r></w:p>")),
        bytes("a.odt", odf("text", paragraph)),
        bytes("a.ods", odf("spreadsheet", cell)),
        bytes("a.odp", odf("presentation", &drawing)),
        bytes("a.odg", odf("drawing", &drawing)),
        text("a.fodt", &flat),
        bytes(
            "a.xlsx",
            xlsx(
                r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>5550100</v></c></row></sheetData>"#,
                "<si><t>Jane Quillfeather</t></si>",
            ),
        ),
        bytes("a.pptx", pptx()),
        bytes("a.pdf", pdf(&page("", b"BT /F1 12 Tf 50 200 Td (Jane Quillfeather) Tj [(Ja) -20 (ne)] TJ ET"))),
        bytes("a.msg", msg()),
        bytes("a.zip", package(&[("list.csv", csv.as_bytes()), ("letter.txt", b"Dear Jane Quillfeather\n")])),
        bytes("a.tar", tar(&[("list.csv", csv.as_bytes()), ("letter.txt", b"Dear Jane Quillfeather\n")])),
        bytes("a.csv.gz", gzip(csv.as_bytes())),
        bytes("a.csv.bz2", bzip2(csv.as_bytes())),
        bytes("a.csv.xz", xz(csv.as_bytes())),
        bytes("a.csv.zst", ruzstd::encoding::compress_to_vec(csv.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)),
        text(
            "a.rtf",
            r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\author Jane}}\pard Jane {\b Quill}feather\'e9\u8211?\par{\pict\pngblip 89504e47}\bin4 abcd\trowd\cell\row}",
        ),
        text(
            "a.hl7",
            "MSH|^~\\&|APP|HOSP|||20240101||ADT^A01|1|P|2.5\rPID|1||12345^^^HOSP^MR||Quillfeather^Jane||19700101|F\rOBX|1|ED|x||^^^Base64^SmFuZQ==\r",
        ),
        text("a.html", html),
        text(
            "a.xhtml",
            "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>Jane</title></head><body><p>Jane &#74;ane</p></body></html>",
        ),
        text(
            "a.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><text x=\"1\">Jane <tspan>Quillfeather</tspan></text><desc>Jane</desc></svg>",
        ),
        text(
            "a.xml",
            "<?xml version=\"1.0\"?><r a=\"Jane\"><name>Jane &amp; co</name><![CDATA[Jane]]><!-- Jane --><?p Jane?></r>",
        ),
        text(
            "a.vcf",
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Quillfeather;Jane;;;\r\nFN:Jane Quill\r\n feather\r\nNOTE;ENCODING=QUOTED-PRINTABLE:=4Aane\r\nPHOTO;ENCODING=b:SmFuZQ==\r\nEND:VCARD\r\n",
        ),
        text(
            "a.ics",
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Visit of Jane\\, at one\r\nATTENDEE;CN=\"Jane\":mailto:jane@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        ),
        text(
            "a.mbox",
            &format!(
                "From jane@example.com Mon Jan  1 00:00:00 2024\r\n{MAIL}\r\nFrom jane@example.com Mon Jan  1 00:00:00 2024\r\n{MAIL}"
            ),
        ),
        text("a.mht", &mht),
        text("a.eml", MAIL),
        bytes(
            "a.dcm",
            dicom(&[element(0x0008_1030, b"LO", 10, b"Chest Jane"), element(0x0010_0010, b"PN", 6, b"Q^Jane")].concat()),
        ),
        bytes("a.png", picture(image::ImageFormat::Png)),
        bytes("a.jpg", picture(image::ImageFormat::Jpeg)),
        bytes("a.gif", picture(image::ImageFormat::Gif)),
        bytes("a.bmp", picture(image::ImageFormat::Bmp)),
        bytes("a.webp", picture(image::ImageFormat::WebP)),
        bytes("a.tiff", tiff),
        text(
            "a.json",
            r#"{"name":"Jane","list":[1,2.5e3,true,null,"\u004aane \ud83d\ude00"],"nested":{"phone":"555-0100","blob":"SmFuZSBRdWlsbGZlYXRoZXI="}}"#,
        ),
        text("a.jsonl", "{\"name\":\"Jane\"}\n{\"name\":\"\\u004aane\",\"n\":5550100}\n"),
        text(
            "a.yaml",
            "# of Jane\nname: Jane\nlist:\n  - \"\\x4aane\"\n  - 'Jane''s'\nblock: |\n  Jane\n  came\nfolded: >-\n  Jane\n  went\nanchor: &a {x: 1, y: [2, 3]}\nalias: *a\n",
        ),
        text(
            "a.sql",
            "CREATE TABLE p (name TEXT, phone TEXT);\nINSERT INTO p (name, phone) VALUES ('Jane', '555-0100'), ('O''Hara', E'\\x41');\nCOPY p FROM stdin;\nJane\t555-0100\n\\.\n-- Jane\n/* Jane */\n",
        ),
        text("a.csv", csv),
        text("a.tsv", &csv.replace(',', "\t")),
        text("a.txt", "Jane Quillfeather came on 2024-03-12, 555-0100.\n"),
    ]
}
