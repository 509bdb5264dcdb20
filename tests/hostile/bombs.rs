//! Files made to expand, to nest and to lie.

use super::seeds::{File, MAIL, dicom, docx, element, gzip, msg, odf, package, page, pdf, tar, tar_header, xlsx};

type Case = (&'static str, File);

fn text(what: &'static str, name: &str, text: impl Into<Vec<u8>>) -> Case {
    (what, (name.to_owned(), text.into()))
}

/// Deeper than any limit, and deep enough to overflow a stack that is used for it.
const DEEP: usize = 60_000;

fn around(open: &str, inner: &str, close: &str, times: usize) -> String {
    format!("{}{inner}{}", open.repeat(times), close.repeat(times))
}

/// A multipart message in a multipart message.
fn multiparts(depth: usize) -> String {
    let mut out = String::from("MIME-Version: 1.0\r\nFrom: a@example.com\r\n");
    for level in 0..depth {
        out += &format!("Content-Type: multipart/mixed; boundary=\"b{level}\"\r\n\r\n--b{level}\r\n");
    }
    out + "Content-Type: text/plain\r\n\r\nJane\r\n"
}

fn messages(depth: usize) -> String {
    let head = "MIME-Version: 1.0\r\nFrom: a@example.com\r\nContent-Type: message/rfc822\r\n\r\n";
    head.repeat(depth) + "MIME-Version: 1.0\r\nFrom: a@example.com\r\n\r\nJane\r\n"
}

/// A message attached in base64 to a message, so that every level is a document of its own.
fn attached(depth: usize) -> Vec<u8> {
    let mut inner = MAIL.to_owned();
    for _ in 0..depth {
        let coded = base64_lines(inner.as_bytes());
        inner = format!(
            "MIME-Version: 1.0\r\nFrom: a@example.com\r\nContent-Type: application/octet-stream; name=\"a.eml\"\r\nContent-Disposition: attachment; filename=\"a.eml\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}\r\n"
        );
    }
    inner.into_bytes()
}

fn base64_lines(data: &[u8]) -> String {
    use base64::Engine as _;
    let coded = base64::engine::general_purpose::STANDARD.encode(data);
    coded.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\r\n").collect()
}

/// Nesting without end, of everything that nests.
pub(crate) fn deep() -> Vec<Case> {
    let mut zips = package(&[("a.txt", b"Jane")]);
    let mut gzips = b"Jane".to_vec();
    for _ in 0..40 {
        zips = package(&[("a.zip", &zips)]);
        gzips = gzip(&gzips);
    }
    let tars = (0..20).fold(tar(&[("a.txt", b"Jane")]), |inner, _| tar(&[("a.tar", &inner)]));
    let table = |inner: &str| {
        format!("<table:table><table:table-row><table:table-cell>{inner}</table:table-cell></table:table-row></table:table>")
    };
    let tables = (0..DEEP / 10).fold(0, |depth, _| depth + 1);
    let (open, close) = table("|").split_once('|').map(|(open, close)| (open.to_owned(), close.to_owned())).unwrap();
    let word = around("<w:tbl><w:tr><w:tc>", "<w:p><w:r><w:t>Jane</w:t></w:r></w:p>", "</w:tc></w:tr></w:tbl>", DEEP / 10);
    let items = (0..DEEP).fold(Vec::new(), |mut out, _| {
        out.extend(element(0x0008_1140, b"SQ", u32::MAX, &[0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF]));
        out
    });
    let array = around("[", "(Jane)", "]", DEEP);
    let dictionary = around("<< /A ", "1", " >>", DEEP);
    let mut arrays = page("", b"BT (Jane) Tj ET");
    arrays.push(array.clone().into_bytes());
    let mut dictionaries = page("", b"BT (Jane) Tj ET");
    dictionaries.push(dictionary.into_bytes());
    let content = format!("BT /F1 12 Tf {array} TJ ET");
    let states = format!("{}BT /F1 12 Tf (Jane) Tj ET", "q ".repeat(DEEP));
    let kids: Vec<Vec<u8>> =
        (0..5_000).map(|at| format!("<< /Type /Pages /Count 1 /Kids [{} 0 R] >>", at + 3).into_bytes()).collect();
    let kids = [vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()], kids].concat();
    let mut forms = page("", b"/X Do");
    forms[2] = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 6 0 R >> >> >>".to_vec();
    let form = "/X Do /X Do";
    for at in 6..40 {
        forms.push(format!("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >> /Length {} >>\nstream\n{form}\nendstream", at + 1, form.len()).into_bytes());
    }
    let mut forms_cycle = forms.clone();
    *forms_cycle.last_mut().unwrap() = format!("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length {} >>\nstream\n{form}\nendstream", form.len()).into_bytes();
    vec![
        text("elements", "a.xml", around("<a>", "Jane", "</a>", DEEP)),
        text("open elements", "a.xml", "<a>".repeat(DEEP)),
        text("elements", "a.html", around("<div>", "Jane", "</div>", DEEP)),
        text("open inline elements", "a.html", format!("<!DOCTYPE html>{}Jane", "<b><a>".repeat(DEEP))),
        text("tables", "a.html", around("<table><tr><td>", "Jane", "</table>", DEEP / 4)),
        text(
            "elements",
            "a.xhtml",
            format!("<html xmlns=\"http://www.w3.org/1999/xhtml\">{}</html>", around("<div>", "Jane", "</div>", DEEP)),
        ),
        text(
            "groups",
            "a.svg",
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>", around("<g>", "Jane", "</g>", DEEP)),
        ),
        text("arrays", "a.json", around("[", "1", "]", DEEP)),
        text("open arrays", "a.json", "[".repeat(DEEP)),
        text("objects", "a.json", around("{\"a\":", "\"Jane\"", "}", DEEP)),
        text("arrays", "a.jsonl", around("[", "1", "]\n", DEEP)),
        text("flow sequences", "a.yaml", around("[", "1", "]", DEEP)),
        text("open flow mappings", "a.yaml", "{a: ".repeat(DEEP)),
        text("block sequences", "a.yaml", "- ".repeat(DEEP) + "Jane"),
        text("block mappings", "a.yaml", (0..1_500).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>()),
        text("complex keys", "a.yaml", "? ".repeat(DEEP) + "Jane"),
        text("groups", "a.rtf", format!("{{\\rtf1 {}}}", around("{", "Jane", "}", DEEP))),
        text("open groups", "a.rtf", format!("{{\\rtf1 {}", "{\\b ".repeat(DEEP))),
        text(
            "tables in tables",
            "a.rtf",
            format!("{{\\rtf1 {}}}", around("{\\*\\nesttableprops \\trowd ", "x", "\\nestcell}", DEEP)),
        ),
        text("parentheses", "a.sql", format!("INSERT INTO t VALUES {};", around("(", "'Jane'", ")", DEEP))),
        text("comments", "a.sql", around("/*", "Jane", "*/", DEEP)),
        text("multiparts", "a.eml", multiparts(3_000)),
        text("messages in messages", "a.eml", messages(5_000)),
        text("attached messages", "a.eml", attached(8)),
        text("components", "a.ics", around("BEGIN:VCALENDAR\r\n", "SUMMARY:Jane\r\n", "END:VCALENDAR\r\n", DEEP)),
        text("cards", "a.vcf", around("BEGIN:VCARD\r\n", "FN:Jane\r\n", "END:VCARD\r\n", DEEP)),
        text("archives", "a.zip", zips),
        text("archives", "a.gz", gzips),
        text("archives", "a.tar", tars),
        text("tables", "a.odt", odf("text", &around(&open, "<text:p>Jane</text:p>", &close, tables))),
        text("spans", "a.odt", odf("text", &format!("<text:p>{}</text:p>", around("<text:span>", "Jane", "</text:span>", DEEP)))),
        text("tables", "a.docx", docx(&word)),
        text(
            "groups of rows",
            "a.ods",
            odf(
                "spreadsheet",
                &format!(
                    "<table:table>{}</table:table>",
                    around("<table:table-row-group>", "", "</table:table-row-group>", DEEP)
                ),
            ),
        ),
        text("sequences", "a.dcm", dicom(&items)),
        text("arrays", "a.pdf", pdf(&arrays)),
        text("dictionaries", "a.pdf", pdf(&dictionaries)),
        text("arrays in content", "a.pdf", pdf(&page("", content.as_bytes()))),
        text("graphics states", "a.pdf", pdf(&page("", states.as_bytes()))),
        text("page tree", "a.pdf", pdf(&kids)),
        text("forms that double", "a.pdf", pdf(&forms)),
        text("forms in a cycle", "a.pdf", pdf(&forms_cycle)),
    ]
}

/// A deflated stream of zeros for a PDF, itself deflated again so often.
fn flate_bomb(size: usize, times: usize) -> Vec<u8> {
    use std::io::Write;
    let mut data = vec![b' '; size];
    for _ in 0..times {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&data).unwrap();
        data = encoder.finish().unwrap();
    }
    data
}

/// A PNG that says it is so wide and high; its data are an almost empty stream.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        out.extend((data.len() as u32).to_be_bytes());
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(data);
        out.extend(kind);
        out.extend(data);
        out.extend(sum.sum().to_be_bytes());
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    chunk(b"IHDR", &head);
    chunk(b"IDAT", &flate_bomb(1 << 20, 1));
    chunk(b"IEND", b"");
    out
}

fn bmp(width: i32, height: i32) -> Vec<u8> {
    let mut out = b"BM".to_vec();
    out.extend([0; 8]);
    out.extend(54_u32.to_le_bytes());
    out.extend(40_u32.to_le_bytes());
    out.extend(width.to_le_bytes());
    out.extend(height.to_le_bytes());
    out.extend([1, 0, 24, 0]);
    out.extend([0; 24]);
    out
}

/// A TIFF whose directories each have so many entries that point at the same place; `next` is where the next directory is.
fn tiff(pages: usize, cycle: bool) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    for page in 0..pages {
        let entries: [(u16, u16, u32, u32); 8] = [
            (256, 4, 1, 60_000),
            (257, 4, 1, 60_000),
            (258, 3, 1, 8),
            (259, 3, 1, 1),
            (262, 3, 1, 1),
            (273, 4, 1, 8),
            (278, 4, 1, 60_000),
            (279, 4, 1, 100),
        ];
        out.extend(8_u16.to_le_bytes());
        for (tag, kind, count, value) in entries {
            out.extend(tag.to_le_bytes());
            out.extend(kind.to_le_bytes());
            out.extend(count.to_le_bytes());
            out.extend(value.to_le_bytes());
        }
        let next = if page + 1 < pages {
            out.len() as u32 + 4
        } else if cycle {
            8
        } else {
            0
        };
        out.extend(next.to_le_bytes());
    }
    out
}

fn gif(width: u16, height: u16, frames: usize) -> Vec<u8> {
    let mut out = b"GIF89a".to_vec();
    out.extend(width.to_le_bytes());
    out.extend(height.to_le_bytes());
    out.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
    for _ in 0..frames {
        out.extend([0x2c, 0, 0, 0, 0]);
        out.extend(width.to_le_bytes());
        out.extend(height.to_le_bytes());
        out.extend([0, 2, 2, 0x4c, 0x01, 0]);
    }
    out.push(0x3b);
    out
}

/// A compound file in which every sector of the tables leads to the same one.
fn compound_cycles() -> Vec<Case> {
    let good = msg();
    let mut out = Vec::new();
    for (what, value) in
        [("sectors that all lead to the first", 0_u32), ("sectors that lead to themselves", 1), ("no end", u32::MAX - 5)]
    {
        let mut bad = good.clone();
        let table = u32::from_le_bytes(bad[76..80].try_into().unwrap()) as usize;
        let start = 512 * (table + 1);
        for (at, entry) in bad[start..start + 512].as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let to = if value == 1 { at as u32 } else { value };
            if *entry != [0xff; 4] {
                *entry = to.to_le_bytes();
            }
        }
        out.push(text(what, "a.msg", bad));
    }
    // The directory's tree of entries: every one is its own sibling and child.
    let mut bad = good.clone();
    let directory = u32::from_le_bytes(bad[48..52].try_into().unwrap()) as usize;
    let start = 512 * (directory + 1);
    for (at, entry) in bad[start..].as_chunks_mut::<128>().0.iter_mut().enumerate().take(4) {
        for field in [68, 72, 76] {
            entry[field..field + 4].copy_from_slice(&(at as u32).to_le_bytes());
        }
    }
    out.push(text("entries that are their own children", "a.msg", bad));
    let mut bad = good.clone();
    for entry in bad[start..].as_chunks_mut::<128>().0.iter_mut().take(8) {
        entry[120..128].copy_from_slice(&u64::MAX.to_le_bytes());
    }
    out.push(text("streams without end", "a.msg", bad));
    let mut bad = good;
    bad[44..48].copy_from_slice(&u32::MAX.to_le_bytes());
    bad[72..76].copy_from_slice(&u32::MAX.to_le_bytes());
    out.push(text("tables without end", "a.msg", bad));
    out
}

/// A ZIP whose members all are the same bytes of the file.
fn overlapping(members: usize) -> Vec<u8> {
    let one = package(&[("a.txt", &vec![b'a'; 1 << 20])]);
    let end = one.len() - 22;
    let start = u32::from_le_bytes(one[end + 16..end + 20].try_into().unwrap()) as usize;
    let mut out = one[..end].to_vec();
    for _ in 1..members {
        out.extend(&one[start..end]);
    }
    let mut tail = one[end..].to_vec();
    tail[8..10].copy_from_slice(&(members as u16).to_le_bytes());
    tail[10..12].copy_from_slice(&(members as u16).to_le_bytes());
    tail[12..16].copy_from_slice(&((members * (end - start)) as u32).to_le_bytes());
    out.extend(tail);
    out
}

/// Small files that say they are large, and large ones made of one thing.
pub(crate) fn bombs() -> Vec<Case> {
    let aliases: String =
        (1..40).map(|level| format!("a{level}: &a{level} [{}]\n", format!("*a{},", level - 1).repeat(9))).collect();
    let entities: String =
        (1..40).map(|level| format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(9))).collect();
    let entities = format!("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY e0 \"Jane\">{entities}]><r>&e39;</r>");
    let bomb = vec![b'a'; 300 << 20];
    let zipped = package(&[("a.txt", &bomb)]);
    let gzipped = gzip(&bomb);
    drop(bomb);
    let quine = gzip(&gzip(&vec![0; 64 << 20]));
    let repeated = |columns: &str, rows: &str| {
        odf(
            "spreadsheet",
            &format!(
                r#"<table:table table:name="T"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}"><text:p>Jane</text:p></table:table-cell></table:table-row></table:table>"#
            ),
        )
    };
    let spaces = odf("text", "<text:p>Jane<text:s text:c=\"2147483647\"/>Roe</text:p>");
    let spanned = odf(
        "spreadsheet",
        r#"<table:table><table:table-row><table:table-cell table:number-columns-spanned="2147483647" table:number-rows-spanned="2147483647"><text:p>Jane</text:p></table:table-cell></table:table-row></table:table>"#,
    );
    let far = |cell: &str| {
        xlsx(
            &format!(r#"<sheetData><row r="1048577"><c r="{cell}" t="inlineStr"><is><t>Jane</t></is></c></row></sheetData>"#),
            "",
        )
    };
    let merged = xlsx(
        r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:ZZZZZZZ99999999999"/></mergeCells><dataValidations><dataValidation sqref="A1:XFD1048576" prompt="Jane"/></dataValidations><autoFilter ref="A1:XFD1048576"/>"#,
        "<si><t>Jane</t></si>",
    );
    let shared = xlsx(
        &format!(
            "<sheetData>{}</sheetData>",
            (1..20_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect::<String>()
        ),
        &format!("<si><t>{}</t></si>", "Jane ".repeat(20_000)),
    );
    let index = xlsx(
        r#"<sheetData><row r="1"><c r="A1" t="s"><v>99999999999</v></c><c r="A1" t="s" s="4294967295"><v>-1</v></c></row></sheetData>"#,
        "",
    );
    let formula = xlsx(
        &format!(
            r#"<sheetData><row r="1"><c r="A1"><f>{}1{}</f><v>1</v></c></row></sheetData>"#,
            "SUM(".repeat(20_000),
            ")".repeat(20_000)
        ),
        "",
    );
    let parts = format!("{}\r\n", "--b\r\n\r\n".repeat(1_000_000));
    let parts = format!("MIME-Version: 1.0\r\nFrom: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{parts}");
    let headers: String = (0..200_000).map(|at| format!("X-{at}: a\r\n")).collect();
    let continued: String = (0..100_000).map(|at| format!(" name*{at}*=%4a;\r\n")).collect();
    let words = "=?utf-8?q?J=61ne?= ".repeat(50_000);
    let mailbox = "From a@example.com Mon Jan  1 00:00:00 2024\n\n".repeat(100_000);
    let yenc: String = format!("MIME-Version: 1.0\r\nFrom: a@example.com\r\n\r\n{}", "begin 644 a\r\n".repeat(50_000));
    let stacked = page("/Filter [/FlateDecode /FlateDecode]", &flate_bomb(200 << 20, 2));
    let stream = page("/Filter /FlateDecode", &flate_bomb(300 << 20, 1));
    let filters = page(&format!("/Filter [{}]", "/ASCIIHexDecode ".repeat(20_000)), b"4a616e65>");
    let predictor = page(
        "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 2147483647 /BitsPerComponent 16 >>",
        &flate_bomb(1000, 1),
    );
    let length = page("/Length 99999999999", b"BT /F1 12 Tf (Jane) Tj ET");
    let looped = {
        let mut objects = page("", b"BT (Jane) Tj ET");
        objects[3] = b"<< /Length 4 0 R >>\nstream\nBT (Jane) Tj ET\nendstream".to_vec();
        objects[1] = b"<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 99999999 >>".to_vec();
        objects
    };
    let references = {
        let mut objects = page("", b"BT (Jane) Tj ET");
        objects[2] = b"6 0 R".to_vec();
        objects.extend((6..5_000).map(|at| format!("{} 0 R", at + 1).into_bytes()));
        objects.push(b"6 0 R".to_vec());
        objects
    };
    let picture = {
        let mut objects = page("", b"q 300 0 0 300 0 0 cm /I Do Q");
        objects[2] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99999999 99999999] /Contents 4 0 R /Resources << /XObject << /I 6 0 R >> >> >>".to_vec();
        objects.push(b"<< /Type /XObject /Subtype /Image /Width 1000000 /Height 1000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Length 4 >>\nstream\nabcd\nendstream".to_vec());
        objects
    };
    let contents = {
        let mut objects = page("", b"BT /F1 9 Tf (Jane) Tj ET");
        let pages = 300;
        objects[1] = format!("<< /Type /Pages /Kids [{}] /Count {pages} >>", "3 0 R ".repeat(pages)).into_bytes();
        objects[2] = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [{}] /Resources << /Font << /F1 5 0 R >> >> >>",
            "4 0 R ".repeat(3_000)
        )
        .into_bytes();
        objects
    };
    let column_table = "a,".repeat(200_000) + "\n" + &"1,".repeat(200_000);
    let lying = dicom(&[element(0x0010_0010, b"PN", 0xFFFE, b"Q^Jane"), element(0x7FE0_0010, b"OW", 0xFFFF_FFFE, b"")].concat());
    let frames = dicom(
        &[
            element(0x0028_0008, b"IS", 10, b"2147483647"),
            element(0x0028_0010, b"US", 2, &[255, 255]),
            element(0x0028_0011, b"US", 2, &[255, 255]),
            element(0x7FE0_0010, b"OW", 4, b"abcd"),
        ]
        .concat(),
    );
    let huge_member = [tar_header("a.txt", "77777777777", b'0'), b"Jane".to_vec()].concat();
    let long_name = [tar_header("././@LongLink", "77777777777", b'L'), b"Jane".to_vec()].concat();
    let many: Vec<u8> = tar_header("a.txt", "00000000000", b'0').repeat(40_000);
    let extended = tar(&[("a", b"99999999999999999999 path=Jane\n18446744073709551615 size=1\n")]);
    let mut extended_header = extended;
    extended_header[156] = b'x';
    let mut cases = vec![
        text("anchors that multiply", "a.yaml", format!("a0: &a0 Jane\n{aliases}")),
        text("an anchor that holds itself", "a.yaml", "a: &a [*a, Jane]\n"),
        text("many anchors", "a.yaml", (0..20_000).map(|at| format!("k{at}: &a{at} Jane\n")).collect::<String>()),
        text("many comments", "a.yaml", "# Jane\n".repeat(50_000)),
        text("tags", "a.yaml", "!a ".repeat(20_000)),
        text("documents", "a.yaml", "--- Jane\n".repeat(20_000)),
        text("entities that multiply", "a.xml", entities.clone()),
        text("entities that multiply", "a.svg", entities.replace("<r>", "<svg xmlns=\"http://www.w3.org/2000/svg\">").replace("</r>", "</svg>").replace("DOCTYPE r", "DOCTYPE svg")),
        text("an entity from elsewhere", "a.xml", "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>"),
        text("attributes", "a.xml", format!("<r {}/>", (0..30_000).map(|at| format!("a{at}=\"Jane\" ")).collect::<String>())),
        text("the same attribute", "a.xml", format!("<r {}/>", "a=\"Jane\" ".repeat(30_000))),
        text("name spaces", "a.xml", (0..200).map(|at| format!("<a xmlns:n{at}=\"urn:{at}\">")).collect::<String>() + "Jane" + &"</a>".repeat(200)),
        text("attributes", "a.html", format!("<p {}>Jane", "title=Jane ".repeat(30_000))),
        text("comments", "a.html", "<!-- ".repeat(50_000)),
        text("end tags", "a.html", format!("<!DOCTYPE html>{}", "</p></b></table>".repeat(20_000))),
        text("paragraphs", "a.html", "<p>Jane".repeat(30_000)),
        text("open scripts", "a.html", "<script>Jane ".repeat(30_000)),
        text("entities", "a.html", "<p>".to_owned() + &"&am".repeat(60_000)),
        text("data addresses", "a.html", "<p>".to_owned() + &"<img src=\"data:text/html;base64,PHA+SmFuZTwvcD4=\">".repeat(3_000)),
        text("frames in frames", "a.html", (0..12).fold("Jane".to_owned(), |inner, _| format!("<iframe srcdoc=\"{}\"></iframe>", inner.replace('&', "&amp;").replace('"', "&quot;")))),
        text("an expanding member", "a.zip", zipped.clone()),
        text("the same member often", "a.zip", overlapping(60_000)),
        text("an archive of expanding members", "b.zip", package(&[("a.zip", &zipped), ("b.zip", &zipped), ("c.gz", &gzipped), ("d.gz", &gzipped)])),
        text("many members", "a.zip", package(&vec![("", b"".as_slice()); 3_000].iter().enumerate().map(|(at, _)| format!("{at}.txt")).collect::<Vec<_>>().iter().map(|name| (name.as_str(), b"Jane".as_slice())).collect::<Vec<_>>())),
        text("expanding", "a.gz", gzipped),
        text("expanding twice", "a.gz", quine),
        text("many members", "a.gz", gzip(b"Jane\n").repeat(20_000)),
        text("an expanding member", "a.docx", package(&[("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"), ("word/document.xml", &vec![b' '; 200 << 20])])),
        text("entities that multiply", "a.docx", docx(&format!("<w:p><w:r><w:t>{entities}</w:t></w:r></w:p>"))),
        text("runs", "a.docx", docx(&format!("<w:p>{}</w:p>", "<w:r><w:t>J</w:t></w:r>".repeat(30_000)))),
        text("fields", "a.docx", docx(&format!("<w:p>{}</w:p>", "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>Jane</w:instrText></w:r>".repeat(10_000)))),
        text("repeated cells", "a.ods", repeated("2147483647", "2147483647")),
        text("repeated cells beyond numbers", "a.ods", repeated("99999999999999999999", "-1")),
        text("spanned cells", "a.ods", spanned),
        text("repeated spaces", "a.odt", spaces),
        text("a cell far out", "a.xlsx", far("XFD1048577")),
        text("a cell farther out", "a.xlsx", far("ZZZZZZZZZZZZZZ99999999999999999999")),
        text("a cell with no place", "a.xlsx", far("0")),
        text("merged cells", "a.xlsx", merged),
        text("one string in many cells", "a.xlsx", shared),
        text("strings that are not there", "a.xlsx", index),
        text("a formula", "a.xlsx", formula),
        text("empty parts", "a.eml", parts),
        text("header lines", "a.eml", format!("From: a@example.com\r\nMIME-Version: 1.0\r\n{headers}\r\nJane\r\n")),
        text("parameters", "a.eml", format!("From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/plain;\r\n{continued} x=y\r\n\r\nJane\r\n")),
        text("encoded words", "a.eml", format!("From: a@example.com\r\nMIME-Version: 1.0\r\nSubject: {words}\r\n\r\nJane\r\n")),
        text("comments in a header", "a.eml", format!("From: {}a@example.com\r\nMIME-Version: 1.0\r\n\r\nJane\r\n", "(".repeat(50_000))),
        text("a header line", "a.eml", format!("From: {}\r\nMIME-Version: 1.0\r\n\r\nJane\r\n", "a@example.com, ".repeat(50_000))),
        text("files in the text", "a.eml", yenc),
        text("soft line ends", "a.eml", format!("From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}", "=\r\n".repeat(100_000))),
        text("boundaries that begin alike", "a.eml", format!("From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary={}\r\n\r\n{}", "-".repeat(60), "-".repeat(300_000))),
        text("messages", "a.mbox", mailbox),
        text("binary data that lies", "a.rtf", "{\\rtf1 \\bin2147483647 Jane}"),
        text("binary data that lies negatively", "a.rtf", "{\\rtf1 \\bin-5 Jane\\bin99999999999999999999 x}"),
        text("much binary data", "a.rtf", format!("{{\\rtf1 {}}}", "\\bin1 x".repeat(30_000))),
        text("skipped characters", "a.rtf", "{\\rtf1 \\uc2147483647\\u8211 Jane\\uc99999999999 \\u-99999999 x}"),
        text("fonts", "a.rtf", format!("{{\\rtf1{{\\fonttbl{}}}\\f999999999 Jane}}", (0..20_000).map(|at| format!("{{\\f{at} F{at};}}")).collect::<String>())),
        text("pictures", "a.rtf", format!("{{\\rtf1 {}}}", "{\\pict\\pngblip\\picw2147483647 8950}".repeat(5_000))),
        text("objects", "a.rtf", format!("{{\\rtf1 {}}}", "{\\object\\objemb{\\*\\objdata 01050000ffffffff}}".repeat(5_000))),
        text("rows", "a.rtf", format!("{{\\rtf1 {}}}", "\\trowd\\cellx1 Jane\\cell\\row ".repeat(20_000))),
        text("a segment", "a.hl7", format!("MSH|^~\\&|A|B|||20240101||ADT^A01|1|P|2.5\rPID|{}", "Jane^".repeat(400_000))),
        text("fields", "a.hl7", format!("MSH|^~\\&|A|B|||20240101||ADT^A01|1|P|2.5\rPID{}\r", "|a".repeat(300_000))),
        text("escapes", "a.hl7", format!("MSH|^~\\&|A|B|||20240101||ADT^A01|1|P|2.5\rNTE|1||{}\r", "\\X4A\\".repeat(60_000))),
        text("a statement", "a.sql", format!("INSERT INTO p (name) VALUES {};", "('Jane'),".repeat(150_000))),
        text("a statement without end", "a.sql", format!("INSERT INTO p VALUES ('{}", "Jane''".repeat(200_000))),
        text("columns", "a.sql", format!("INSERT INTO p ({}) VALUES ({});", "a,".repeat(100_000), "'Jane',".repeat(100_000))),
        text("dollar quotes", "a.sql", "$a$ ".to_owned() + &"$b$ ".repeat(50_000) + &(0..20_000).map(|at| format!("$t{at}$ ")).collect::<String>()),
        text("columns", "a.csv", column_table.clone()),
        text("columns", "a.tsv", column_table.replace(',', "\t")),
        text("an open quote", "a.csv", format!("name,phone\n\"{}", "Jane\n".repeat(100_000))),
        text("quotes in quotes", "a.csv", format!("name,phone\n{}", "\"\"\"\"\"x".repeat(100_000))),
        text("keys", "a.json", format!("{{{}\"z\":1}}", (0..60_000).map(|at| format!("\"k{at}\":\"Jane\",")).collect::<String>())),
        text("the same key", "a.json", format!("{{{}\"z\":1}}", "\"k\":\"Jane\",".repeat(60_000))),
        text("escapes", "a.json", format!("[\"{}\"]", "\\ud83d".repeat(60_000))),
        text("a number", "a.json", format!("[{}]", "1".repeat(1_000_000))),
        text("JSON in JSON", "a.json", (0..10).fold("{\"a\":\"Jane\"}".to_owned(), |inner, _| format!("{{\"a\":\"{}\"}}", inner.replace('\\', "\\\\").replace('"', "\\\"")))),
        text("lines", "a.jsonl", "[1]\n".repeat(60_000)),
        text("folded lines", "a.ics", format!("BEGIN:VCALENDAR\r\nSUMMARY:a{}\r\nEND:VCALENDAR\r\n", "\r\n a".repeat(100_000))),
        text("parameters", "a.vcf", format!("BEGIN:VCARD\r\nFN{}:Jane\r\nEND:VCARD\r\n", ";X=\"a\"".repeat(50_000))),
        text("soft line ends", "a.vcf", format!("BEGIN:VCARD\r\nVERSION:2.1\r\nNOTE;ENCODING=QUOTED-PRINTABLE:{}\r\nEND:VCARD\r\n", "=\r\n".repeat(60_000))),
        text("a huge picture", "a.png", png(2_000_000_000, 2_000_000_000)),
        text("a large picture of nothing", "a.png", png(30_000, 30_000)),
        text("a huge picture", "a.bmp", bmp(i32::MAX, i32::MIN)),
        text("a large picture of nothing", "b.bmp", bmp(60_000, 60_000)),
        text("many huge pages", "a.tiff", tiff(5_000, false)),
        text("pages in a cycle", "a.tiff", tiff(3, true)),
        text("a huge picture", "a.gif", gif(65_535, 65_535, 1)),
        text("many huge frames", "a.gif", gif(65_535, 65_535, 5_000)),
        text("an expanding stream", "a.pdf", pdf(&stream)),
        text("a stream that expands twice", "a.pdf", pdf(&stacked)),
        text("filters", "a.pdf", pdf(&filters)),
        text("a predictor", "a.pdf", pdf(&predictor)),
        text("a lying length", "a.pdf", pdf(&length)),
        text("objects that lead to themselves", "a.pdf", pdf(&looped)),
        text("a chain of references", "a.pdf", pdf(&references)),
        text("a huge picture on a huge page", "a.pdf", pdf(&picture)),
        text("the same content again and again", "a.pdf", pdf(&contents)),
        text("operators", "a.pdf", pdf(&page("", &b"BT /F1 12 Tf (J) Tj ET\n".repeat(20_000)))),
        text("lengths that lie", "a.dcm", lying),
        text("frames that are not there", "a.dcm", frames),
        text("elements", "a.dcm", dicom(&element(0x0010_0010, b"PN", 6, b"Q^Jane").repeat(50_000))),
        text("a member that says it is long", "a.tar", huge_member),
        text("a name that says it is long", "a.tar", long_name),
        text("many members", "a.tar", many),
        text("an extended header that lies", "a.tar", extended_header),
    ];
    cases.extend(compound_cycles());
    cases
}

/// How files of text-like kinds begin.
const HEADS: &[(&str, &str)] = &[
    ("a.txt", ""),
    ("a.csv", ""),
    ("a.tsv", ""),
    ("a.json", ""),
    ("b.json", "{\"a\":\""),
    ("a.jsonl", ""),
    ("a.yaml", ""),
    ("b.yaml", "a: \""),
    ("a.sql", ""),
    ("b.sql", "INSERT INTO p VALUES ("),
    ("a.xml", "<r>"),
    ("b.xml", "<r a=\""),
    ("a.html", "<!DOCTYPE html><p>"),
    ("b.html", "<!DOCTYPE html><p title=\""),
    ("c.html", "<!DOCTYPE html><script>"),
    ("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">"),
    ("a.xhtml", "<html xmlns=\"http://www.w3.org/1999/xhtml\"><p>"),
    ("a.vcf", "BEGIN:VCARD\r\nFN:"),
    ("a.ics", "BEGIN:VCALENDAR\r\nSUMMARY:"),
    ("a.eml", "MIME-Version: 1.0\r\nFrom: a@example.com\r\n\r\n"),
    ("b.eml", "MIME-Version: 1.0\r\nFrom: a@example.com\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"),
    ("c.eml", "MIME-Version: 1.0\r\nFrom: a@example.com\r\nContent-Type: text/plain; name="),
    ("d.eml", "MIME-Version: 1.0\r\nFrom: "),
    ("e.eml", "MIME-Version: 1.0\r\nFrom: a@example.com\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
    ("a.mbox", "From a@example.com Mon Jan  1 00:00:00 2024\r\nMIME-Version: 1.0\r\n\r\n"),
    ("a.mht", "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"),
    ("a.rtf", "{\\rtf1 "),
    ("b.rtf", "{\\rtf1{\\pict "),
    ("a.hl7", "MSH|^~\\&|A|B|||20240101||ADT^A01|1|P|2.5\rPID|"),
    ("a.pdf", "%PDF-1.7\n"),
];

const PIECES: &[&str] = &[
    "a",
    "0",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\"",
    "'",
    "<",
    ">",
    "&",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\\",
    "/",
    "=",
    ",",
    ";",
    ":",
    "-",
    "#",
    "*",
    "|",
    "^",
    "%",
    "$",
    "@",
    ".",
    "!",
    "?",
    "~",
    "`",
    "_",
    "+",
    "\u{e9}",
    "\u{0}",
    "\u{feff}",
    "\u{1f600}",
    "a ",
    "<a ",
    "''",
    "$$",
    "--",
    "/*",
    "<!",
    "\\'",
    "\\u",
    "=4",
    "&#",
    "\\\n",
    ": ",
    "- ",
    "a:\n",
    "? ",
    "\r\n ",
    "<!--",
    "]]>",
    "<![CDATA[",
];

/// Files of `size` bytes that are one thing over and over. Those of the plainest things have a name that begins with `=`.
pub(crate) fn monotonous(size: usize) -> impl Iterator<Item = (String, File)> {
    HEADS.iter().flat_map(move |(name, head)| {
        PIECES.iter().enumerate().map(move |(at, piece)| {
            let plain = if matches!(*piece, "a" | "0" | "\n" | "\"" | "<" | "{" | "\\" | "a ") { "=" } else { "" };
            let bytes = [head.as_bytes(), piece.repeat(size / piece.len()).as_bytes()].concat();
            (format!("{plain}{piece:?} number {at} over and over"), ((*name).to_owned(), bytes))
        })
    })
}
