//! Which files are not read at all, and why: a table of damage, cycles, depths and bombs. Each is refused with a clear reason, or
//! read with its text, and never takes long.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "helpers of tests; the clock is looked at")]

#[allow(dead_code, reason = "each test program uses its own part")]
mod pdf_support;

use std::io::Write as _;
use std::time::{Duration, Instant};

use pdf_support::{
    assert_gone, file, file_of_bytes, file_with_trailer, page, page_with, pdf, read, redact, squeezed, stream, stream_of_bytes,
};
use subrosa_documents::verify::verify;
use subrosa_documents::{Limits, Refusal, Source};

const SHOWN: &str = "BT /F1 12 Tf 72 700 Td (Dear Quillfeather came) Tj ET";
const LONGEST: Duration = Duration::from_secs(10);

/// A page with these contents, one thing changed in its objects.
fn changed(contents: &str, object: usize, from: &str, to: &str, more: &[String]) -> Vec<u8> {
    let mut objects = page(contents);
    assert!(objects[object - 1].contains(from), "{from}");
    objects[object - 1] = objects[object - 1].replace(from, to);
    file(&[objects, more.to_vec()].concat())
}

/// Read and written and verified without an edit: what becomes of it.
fn outcome(bytes: &[u8]) -> Result<String, Refusal> {
    let start = Instant::now();
    let through = || {
        let document = read(bytes)?;
        if let Some(unread) = document.unread.first() {
            return Err(Refusal::uninspectable(unread.part.clone(), unread.reason.clone()));
        }
        let written = document.body.write(&[])?;
        verify(pdf(), &document, &[], &Source::nameless(&written), &Limits::default())?;
        Ok(squeezed(&document))
    };
    let outcome = through();
    assert!(start.elapsed() < LONGEST, "it took {:?}", start.elapsed());
    outcome
}

fn flate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// The contents of the page in these bytes.
fn with_contents(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = page("").into_iter().map(String::into_bytes).collect();
    objects[3] = stream_of_bytes(dict, data);
    file_of_bytes(&objects)
}

#[test]
fn damaged_streams_refuse_the_file() {
    let own = "/Resources << /Font << /F1 5 0 R >> >>";
    let broken = |dict: &str| stream(&format!("{dict} /Filter /FlateDecode"), "x\u{9c}not packed");
    let half = || flate(SHOWN.repeat(50).as_bytes());
    let form = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {own}");
    let with =
        |page: &str, resources: &str, more: &[String]| file(&[page_with(SHOWN, "", page, resources), more.to_vec()].concat());
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("contents that are not packed", changed(SHOWN, 4, "<< ", "<< /Filter /FlateDecode ", &[])),
        ("contents that break off", with_contents("/Filter /FlateDecode", &half()[..40])),
        ("contents behind a filter that nobody knows", changed(SHOWN, 4, "<< ", "<< /Filter /Frob ", &[])),
        (
            "contents behind too many filters",
            changed(SHOWN, 4, "<< ", "<< /Filter [/AHx /AHx /AHx /AHx /AHx /AHx /AHx /AHx /AHx] ", &[]),
        ),
        ("contents behind the filter of a picture", changed(SHOWN, 4, "<< ", "<< /Filter /DCTDecode ", &[])),
        ("one of several contents", changed(SHOWN, 3, "/Contents 4 0 R", "/Contents [4 0 R 6 0 R]", &[broken("")])),
        ("a form", with("", "/XObject << /X 6 0 R >>", &[broken(&form)])),
        ("a pattern", with("", "/Pattern << /P 6 0 R >>", &[broken(&format!("/PatternType 1 {own}"))])),
        (
            "an appearance",
            with("/Annots [7 0 R]", "", &[broken(&form), "<< /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 6 0 R >> >>".to_owned()]),
        ),
        ("a soft mask", with("", "/ExtGState << /G << /SMask << /S /Alpha /G 6 0 R >> >> >>", &[broken(&form)])),
        ("a table of characters", changed(SHOWN, 5, "/Encoding", "/ToUnicode 6 0 R /Encoding", &[broken("")])),
        (
            "a font program",
            changed(
                SHOWN,
                5,
                "/Encoding",
                "/FontDescriptor << /Type /FontDescriptor /FontFile2 6 0 R >> /Encoding",
                &[broken("")],
            ),
        ),
        ("an inline image without an end", file(&page(&format!("{SHOWN} BI /W 9 /H 9 ID xxxx")))),
        ("an inline image without data", file(&page(&format!("{SHOWN} BI /W 9 /H 9")))),
        ("an inline image with two ends", file(&page(&format!("BI /W 60 /H 1 /BPC 8 /CS /G ID x EI {SHOWN}     EI BT ET")))),
        ("no pages", changed(SHOWN, 2, "[3 0 R] /Count 1", "[] /Count 0", &[])),
        ("no page tree", changed(SHOWN, 1, "/Pages 2 0 R", "", &[])),
        ("pages in a circle", changed(SHOWN, 2, "[3 0 R]", "[3 0 R 2 0 R]", &[])),
        ("a page that is no object of its own", changed(SHOWN, 2, "[3 0 R]", "[<< /Type /Page >>]", &[])),
        ("an object that cannot be read", {
            let mut bytes = file(&[page(SHOWN), vec!["(x)".to_owned()]].concat());
            let at = bytes.windows(7).position(|window| window == b"5 0 obj").unwrap();
            bytes[at] = b'x';
            bytes
        }),
        (
            "forms in a circle",
            with(
                "",
                "/XObject << /X 6 0 R >>",
                &[stream(&format!("{form} /Resources << /XObject << /X 6 0 R >> >>").replace(own, ""), "/X Do")],
            ),
        ),
        ("shapes that may be letters", file(&page(&"0 0 m 1 1 l S ".repeat(500)))),
    ];
    for (what, bytes) in rows {
        let refusal = outcome(&bytes).err().unwrap_or_else(|| panic!("{what}: it is not refused"));
        assert!(matches!(refusal.kind(), "damaged" | "uninspectable"), "{what}: {refusal}");
        assert!(!refusal.to_string().contains("Quillfeather"), "{what}: a refusal tells no text");
    }
}

#[test]
fn lies_that_viewers_pass_over_hide_nothing() {
    let mut objects = page(SHOWN);
    let length = format!("/Length {}", SHOWN.len());
    let lying = |lie: &str| changed(SHOWN, 4, &length, lie, &["6 0 R".to_owned()]);
    let circle = |key: &str| {
        format!("<< /Title (x) /Type /StructElem /S /P /P 6 0 R /K 6 0 R /{key} 6 0 R /Kids [6 0 R] /Names [(a) 6 0 R] >>")
    };
    objects[2] = objects[2].replace("/Parent 2 0 R", "/Parent 3 0 R");
    let entry = |catalog: &str, more: String| file(&[page_with(SHOWN, catalog, "", ""), vec![more]].concat());
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("no length", lying("")),
        ("a length of nothing", lying("/Length 0")),
        ("a short length", lying("/Length 7")),
        ("a long length", lying("/Length 60000")),
        ("a length below nothing", lying("/Length -1")),
        ("a length that is itself", lying("/Length 6 0 R")),
        ("a length of an object that is not there", lying("/Length 99 0 R")),
        ("a page that is its own parent", file(&objects)),
        ("an outline in a circle", entry("/Outlines 6 0 R", circle("Next"))),
        ("a structure in a circle", entry("/StructTreeRoot 6 0 R", circle("K"))),
        ("names in a circle", entry("/Names << /Dests 6 0 R >>", circle("Kids"))),
        ("fields in a circle", entry("/AcroForm << /Fields [6 0 R] >>", circle("Parent"))),
        ("an object that is itself", entry("/Outlines 6 0 R", "6 0 R".to_owned())),
        (
            "a table of characters that uses itself",
            changed(SHOWN, 5, "/Encoding", "/ToUnicode 6 0 R /Encoding", &[stream("/UseCMap 6 0 R", "/Own usecmap")]),
        ),
        (
            "a colour space in a circle",
            file(&[page_with(SHOWN, "", "", "/ColorSpace << /C 6 0 R >>"), vec!["[/Indexed 6 0 R 1 6 0 R]".to_owned()]].concat()),
        ),
    ];
    for (what, bytes) in rows {
        match outcome(&bytes) {
            Ok(text) => {
                assert!(text.contains("Quillfeather"), "{what}: the text is not seen");
                assert_gone(&redact(&bytes, "Quillfeather", "[NAME]"), "Quillfeather");
            }
            Err(refusal) => assert_eq!(refusal.kind(), "damaged", "{what}: {refusal}"),
        }
    }
}

#[test]
fn tables_of_objects_in_a_circle() {
    for trailer in ["/Prev 9", "/Prev 300", "/XRefStm 9", "/Prev 99999999", "/Size 99999999999"] {
        let bytes = file_with_trailer(&page(SHOWN), trailer);
        let table = String::from_utf8_lossy(&bytes).rfind("xref\n0").unwrap();
        for bytes in [bytes.clone(), file_with_trailer(&page(SHOWN), &trailer.replace("300", &table.to_string()))] {
            if let Ok(text) = outcome(&bytes) {
                assert!(text.contains("Quillfeather"), "{trailer}");
            }
        }
    }
}

#[test]
fn deep_nesting_ends_in_an_answer() {
    let deep = 200_000;
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("lists in contents", file(&page(&format!("{SHOWN} {} TJ", "[".repeat(deep))))),
        ("dictionaries in contents", file(&page(&format!("{SHOWN} /A {} BDC", "<< /A ".repeat(deep))))),
        ("brackets in a string", file(&page(&format!("{SHOWN} BT {}{} Tj ET", "(".repeat(deep / 20), ")".repeat(deep / 20))))),
        ("states", file(&page(&format!("{}{SHOWN}", "q ".repeat(deep))))),
        ("marks", file(&page(&format!("{}{SHOWN}", "/A BMC ".repeat(deep))))),
        ("lists in an object", file(&[page(SHOWN), vec![format!("{}{}", "[".repeat(deep), "]".repeat(deep))]].concat())),
        (
            "dictionaries in an object",
            file(&[page(SHOWN), vec![format!("{}{}", "<< /A ".repeat(deep), ">>".repeat(deep))]].concat()),
        ),
        (
            "lists in the catalog",
            changed(SHOWN, 1, "/Type", &format!("/Own {}{} /Type", "[".repeat(deep), "]".repeat(deep)), &[]),
        ),
        ("a string in an object", file(&[page(SHOWN), vec![format!("{}{}", "(".repeat(deep), ")".repeat(deep))]].concat())),
        ("a page tree", {
            let mut objects = page(SHOWN);
            objects[1] = "<< /Type /Pages /Kids [6 0 R] /Count 1 >>".to_owned();
            objects.extend((7..200).map(|next| format!("<< /Type /Pages /Kids [{next} 0 R] /Count 1 >>")));
            objects.push("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned());
            file(&objects)
        }),
        ("forms in forms", {
            let form = |number: usize| {
                let dict = format!("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>", number + 1);
                stream(&dict, "/X Do")
            };
            file(&[page_with("/X Do", "", "", "/XObject << /X 6 0 R >>"), (6..200).map(form).collect()].concat())
        }),
        ("references", {
            file(&[page_with(SHOWN, "/Outlines 6 0 R", "", ""), (7..3000).map(|next| format!("{next} 0 R")).collect()].concat())
        }),
    ];
    for (what, bytes) in rows {
        match outcome(&bytes) {
            Ok(text) => assert!(text.contains("Quillfeather"), "{what}: the text is not seen"),
            Err(refusal) => assert!(matches!(refusal.kind(), "damaged" | "limit"), "{what}: {refusal}"),
        }
    }
}

#[test]
fn bombs_pass_a_limit() {
    let zeros = vec![b' '; 64 << 20];
    let once = flate(&zeros);
    let own = "/Resources << /Font << /F1 5 0 R >> /XObject <<";
    let laughs = |number: usize| {
        let dict = format!("/Subtype /Form /BBox [0 0 9 9] {own} /X {} 0 R >> >>", number + 1);
        stream(&dict, &"/X Do ".repeat(12))
    };
    let last = stream("/Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> >>", SHOWN);
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("packed contents", with_contents("/Filter /FlateDecode", &once)),
        ("contents packed twice", with_contents("/Filter [/FlateDecode /FlateDecode]", &flate(&once))),
        (
            "runs of one byte, packed",
            with_contents("/Filter [/FlateDecode /RunLengthDecode]", &flate(&[129, b' '].repeat(1 << 20))),
        ),
        ("one stream on many pages", {
            let mut objects: Vec<Vec<u8>> = page("").into_iter().map(String::into_bytes).collect();
            objects[3] = stream_of_bytes("/Filter /FlateDecode", &flate(&zeros[..4 << 20]));
            let pages: Vec<String> = (6..206).map(|number| format!("{number} 0 R")).collect();
            objects[1] = format!("<< /Type /Pages /Kids [{}] /Count 200 >>", pages.join(" ")).into_bytes();
            let page = objects[2].clone();
            objects.extend((0..200).map(|_| page.clone()));
            file_of_bytes(&objects)
        }),
        ("forms that draw forms", {
            let forms: Vec<String> = (6..16).map(laughs).chain([last]).collect();
            file(&[page_with("/X Do", "", "", "/XObject << /X 6 0 R >>"), forms].concat())
        }),
        ("a table of characters", {
            let mut objects: Vec<Vec<u8>> = page(SHOWN).into_iter().map(String::into_bytes).collect();
            objects[4] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Own /ToUnicode 6 0 R >>".to_vec();
            objects.push(stream_of_bytes("/Filter /FlateDecode", &once));
            file_of_bytes(&objects)
        }),
    ];
    for (what, bytes) in rows {
        let refusal = outcome(&bytes).err().unwrap_or_else(|| panic!("{what}: it is not refused"));
        assert!(matches!(refusal.kind(), "limit" | "damaged" | "uninspectable"), "{what}: {refusal}");
    }
    let few = Limits { parts: 4, ..Limits::default() };
    let refusal = pdf().read(&Source::nameless(&file(&page(SHOWN))), &few).err().unwrap();
    assert_eq!(refusal.kind(), "limit", "too many objects");
}

#[test]
fn signatures_go_and_it_is_said() {
    let field = "<< /Subtype /Widget /FT /Sig /Rect [0 0 9 9] /T (s) /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >> >>";
    let objects =
        [page_with(SHOWN, "/AcroForm << /Fields [6 0 R] /SigFlags 3 >>", "/Annots [6 0 R]", ""), vec![field.to_owned()]];
    let bytes = file(&objects.concat());
    let document = read(&bytes).unwrap();
    assert!(document.body.notes().concat().contains("signatures are left out"));
    let written = String::from_utf8_lossy(&document.body.write(&[]).unwrap()).into_owned();
    assert!(!written.contains("ByteRange") && !written.contains("SigFlags"));
}
