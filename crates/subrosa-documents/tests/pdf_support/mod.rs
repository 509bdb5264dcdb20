//! Builds small PDF files by hand, redacts words in them, and reads the results with a reader that is not ours.

#![allow(clippy::disallowed_methods, reason = "tests run programs")]

#[path = "../common/view.rs"]
pub(crate) mod view;

use std::fmt::Write as _;
use std::process::Command;

use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::{Document, Format, Limits, Part, Refusal, Source, formats};

/// A file from its objects, numbered from one. The first is the catalog.
pub(crate) fn file(objects: &[String]) -> Vec<u8> {
    file_with_trailer(objects, "")
}

pub(crate) fn file_with_trailer(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(out, "{offset:010} 00000 n ");
    }
    let _ = write!(out, "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

pub(crate) fn stream(dict: &str, data: &str) -> String {
    format!("<< {dict} /Length {} >>\nstream\n{data}\nendstream", data.len())
}

/// Objects 1 to 5 of a one-page file: catalog, pages, page, contents, Helvetica as `F1`. More can follow.
pub(crate) fn page(contents: &str) -> Vec<String> {
    page_with(contents, "", "", "")
}

/// As [`page`], with more entries in the catalog, the page and its resources.
pub(crate) fn page_with(contents: &str, catalog: &str, page: &str, resources: &str) -> Vec<String> {
    vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
             /Resources << /Font << /F1 5 0 R >> {resources} >> {page} >>"
        ),
        stream("", contents),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ]
}

/// The format under test.
pub(crate) fn pdf() -> &'static dyn Format {
    *formats::ALL.iter().find(|format| format.id() == "pdf").expect("registered")
}

pub(crate) fn raw_parts(written: &[u8]) -> Vec<Part> {
    pdf().raw_parts(&Source::nameless(written), &Limits::default()).expect("the written file is readable")
}

pub(crate) fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let document = pdf().read(&Source::new(bytes, "test.pdf"), &Limits::default())?;
    view::view(&document);
    Ok(document)
}

/// All segments, white space taken out.
pub(crate) fn squeezed(document: &Document) -> String {
    document.segments.iter().map(|segment| segment.text.split_whitespace().collect::<String>() + "\n").collect()
}

/// Replaces every occurrence of a word in every segment; white space inside the word does not matter.
pub(crate) fn redact(bytes: &[u8], word: &str, replacement: &str) -> Vec<u8> {
    let document = read(bytes).expect("readable");
    assert_eq!(document.unread, [], "everything is read");
    let edits: Vec<Vec<Edit>> = document.segments.iter().map(|segment| edits(&segment.text, word, replacement)).collect();
    assert!(edits.iter().any(|edits| !edits.is_empty()), "the word is found");
    document.body.write(&edits).expect("writable")
}

fn edits(text: &str, word: &str, replacement: &str) -> Vec<Edit> {
    let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, one)| !one.is_whitespace()).collect();
    let wanted: Vec<char> = word.chars().collect();
    let mut edits: Vec<Edit> = Vec::new();
    for window in letters.windows(wanted.len()) {
        let same = window.iter().map(|(_, one)| one).eq(&wanted);
        let (start, last) = (window[0].0, window[window.len() - 1]);
        let span = Span::new(start, last.0 + last.1.len_utf8());
        if same && edits.last().is_none_or(|edit| edit.span.end <= span.start) {
            edits.push(Edit { span, replacement: replacement.to_owned(), entity: Entity::new("TEST"), operator: "redact" });
        }
    }
    edits
}

/// Fails if a word is anywhere in a written file: in our own reading, in the raw parts, in the bytes, in another reader.
pub(crate) fn assert_gone(written: &[u8], word: &str) {
    let lower = word.to_lowercase();
    let document = read(written).expect("the written file is readable");
    for (index, segment) in document.segments.iter().enumerate() {
        let text: String = segment.text.to_lowercase().split_whitespace().collect();
        assert!(!text.contains(&lower), "segment {index} still holds it");
    }
    for part in raw_parts(written) {
        assert!(!part.text.to_lowercase().contains(&lower), "{} still holds it", part.name);
    }
    assert!(!String::from_utf8_lossy(written).to_lowercase().contains(&lower), "the bytes still hold it");
    let other = other_reader(written).to_lowercase().split_whitespace().collect::<String>();
    assert!(!other.contains(&lower), "another reader still sees it");
    for (program, text) in [looked_into(written), seen_by_programs(written)].concat() {
        let text = text.to_lowercase().split_whitespace().collect::<String>();
        assert!(!text.contains(&lower), "{program} still sees it");
    }
}

/// Every string, name and stream of a file, as the parser of objects gives them: nothing of ours has a hand in it.
fn looked_into(bytes: &[u8]) -> Vec<(String, String)> {
    fn gather(object: &lopdf::Object, out: &mut String) {
        use lopdf::Object;
        match object {
            Object::String(bytes, _) | Object::Name(bytes) => {
                let wide = bytes.strip_prefix(&[0xFE, 0xFF]).map(|wide| {
                    let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                    String::from_utf16_lossy(&units)
                });
                let _ = writeln!(out, "{}", wide.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned()));
            }
            Object::Array(items) => items.iter().for_each(|item| gather(item, out)),
            Object::Dictionary(dict) => dict.iter().for_each(|(key, value)| {
                let _ = writeln!(out, "{}", String::from_utf8_lossy(key));
                gather(value, out);
            }),
            Object::Stream(stream) => {
                for (_, value) in &stream.dict {
                    gather(value, out);
                }
                let plain = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
                let _ = writeln!(out, "{}", String::from_utf8_lossy(&plain));
            }
            _ => {}
        }
    }
    let document = lopdf::Document::load_mem(bytes).expect("another parser reads the written file");
    let mut out = String::new();
    for object in document.objects.values() {
        gather(object, &mut out);
    }
    gather(&lopdf::Object::Dictionary(document.trailer.clone()), &mut out);
    vec![("lopdf".to_owned(), out)]
}

/// What other programs see, those that are there.
pub(crate) fn seen_by_programs(bytes: &[u8]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, bytes).expect("written");
    let programs: [(&str, &[&str], &[&str]); 4] = [
        ("pdftotext", &[], &["-"]),
        ("pdftotext", &["-raw"], &["-"]),
        ("mutool", &["draw", "-q", "-F", "text"], &[]),
        ("qpdf", &["--qdf", "--object-streams=disable"], &["-"]),
    ];
    let run = |(program, before, after): &(&str, &[&str], &[&str])| {
        let run = Command::new(program).args(*before).arg(&path).args(*after).output().ok()?;
        Some((format!("{program} {}", before.join(" ")), String::from_utf8_lossy(&run.stdout).into_owned()))
    };
    programs.iter().filter_map(run).collect()
}

/// As [`file`], of objects that are no text as a whole.
pub(crate) fn file_of_bytes(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", index + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

/// A stream whose data are no text.
pub(crate) fn stream_of_bytes(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dict} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// What an independent reader sees. It panics on some files, which says nothing about ours.
pub(crate) fn other_reader(bytes: &[u8]) -> String {
    let bytes = bytes.to_vec();
    std::panic::catch_unwind(move || pdf_extract::extract_text_from_mem(&bytes).unwrap_or_default()).unwrap_or_default()
}
