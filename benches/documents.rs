//! Speed of documents, one core, without detection: read, replace a value in every segment that holds it, write, verify.
//! `cargo bench -p subrosa-documents`.
//!
//! At the end the figures stand side by side with what nobody can do without: for the office package, expanding its members
//! and compressing them again; for pages of PDF, PyMuPDF's search, `apply_redactions` and save of the same file, where
//! `PYTHON` (or `python3`) has PyMuPDF.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder, write::ZlibEncoder};
use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::verify::verify;
use subrosa_documents::{Limits, Source, formats};

/// What goes.
const VALUE: &str = "Jane Roe";
const PAGES: usize = 50;
const LINES: usize = 45;
const ROWS: usize = 20_000;
const MESSAGES: usize = 1_000;

/// A line of a made-up record; every tenth names the person.
fn line(number: usize) -> String {
    let who = if number.is_multiple_of(10) { VALUE } else { "the client" };
    format!("Entry {number}: {who} came to the office in the morning and asked for form {}.", number * 7919 % 1000)
}

/// The whole way of a file, without detection.
fn redact(name: &str, bytes: &[u8]) -> Vec<u8> {
    let (source, limits) = (Source::new(bytes, name), Limits::default());
    let format = formats::sniff(&source).unwrap();
    let document = format.read(&source, &limits).unwrap();
    let edit = |at| Edit {
        span: Span::new(at, at + VALUE.len()),
        replacement: "[PERSON]".to_owned(),
        entity: Entity::PERSON,
        operator: "label",
    };
    let edits: Vec<Vec<Edit>> =
        document.segments.iter().map(|segment| segment.text.match_indices(VALUE).map(|(at, _)| edit(at)).collect()).collect();
    assert!(edits.iter().any(|edits| !edits.is_empty()), "{name} does not hold the value");
    let written = document.body.write(&edits).unwrap();
    verify(format, &document, &edits, &Source::new(&written, name), &limits).unwrap();
    written
}

/// Pages of text in one font, each with a compressed content stream of its own.
fn pdf() -> Vec<u8> {
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".as_bytes().to_vec()];
    let kids: String = (0..PAGES).fold(String::new(), |mut kids, page| {
        let _ = write!(kids, "{} 0 R ", 4 + 2 * page);
        kids
    });
    objects.push(format!("<</Type/Pages/Count {PAGES}/Kids[{kids}]>>").into_bytes());
    objects.push(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec());
    for page in 0..PAGES {
        let contents = (0..LINES).fold("BT /F 10 Tf 14 TL 50 780 Td ".to_owned(), |mut contents, at| {
            let _ = writeln!(contents, "({}) Tj T*", line(page * LINES + at));
            contents
        });
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all((contents + "ET").as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        let stream = 5 + 2 * page;
        objects.push(
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {stream} 0 R>>")
                .into_bytes(),
        );
        let mut object = format!("<</Filter/FlateDecode/Length {}>>\nstream\n", packed.len()).into_bytes();
        object.extend(packed);
        object.extend(b"\nendstream");
        objects.push(object);
    }
    let (mut file, mut table) = (b"%PDF-1.7\n".to_vec(), "0000000000 65535 f \n".to_owned());
    for (index, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        file.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.extend(format!("xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    file
}

/// A workbook of one sheet with ten columns.
fn workbook() -> Vec<u8> {
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const OFFICE: &str = "http://schemas.openxmlformats.org";
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let types = format!(
        "{HEAD}<Types xmlns=\"{OFFICE}/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{sheet}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{sheet}.worksheet+xml\"/></Types>"
    );
    let relation = |kind: &str, target: &str| {
        format!(
            "{HEAD}<Relationships xmlns=\"{OFFICE}/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{OFFICE}/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "{HEAD}<workbook xmlns=\"{OFFICE}/spreadsheetml/2006/main\" \
         xmlns:r=\"{OFFICE}/officeDocument/2006/relationships\"><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/>\
         </sheets></workbook>"
    );
    let mut rows = format!("{HEAD}<worksheet xmlns=\"{OFFICE}/spreadsheetml/2006/main\"><sheetData>");
    for row in 1..=ROWS {
        let _ = write!(rows, "<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{}</t></is></c>", line(row));
        for column in 'B'..='J' {
            let _ = write!(rows, "<c r=\"{column}{row}\"><v>{}</v></c>", row * 31 % 9973);
        }
        rows.push_str("</row>");
    }
    rows.push_str("</sheetData></worksheet>");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", rows),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(data.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Expands every member and compresses it again.
fn repack(package: &[u8]) -> usize {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut packed = 0;
    for index in 0..archive.len() {
        let mut raw = Vec::new();
        archive.by_index_raw(index).unwrap().read_to_end(&mut raw).unwrap();
        let mut plain = Vec::new();
        DeflateDecoder::new(raw.as_slice()).read_to_end(&mut plain).unwrap();
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&plain).unwrap();
        packed += encoder.finish().unwrap().len();
    }
    packed
}

/// A mailbox of plain messages.
fn mailbox() -> Vec<u8> {
    let mut mailbox = String::new();
    for message in 0..MESSAGES {
        let _ = write!(
            mailbox,
            "From office@example.com Mon Jan  6 09:00:00 2025\nFrom: Office <office@example.com>\nTo: desk@example.com\n\
             Subject: Entry {message}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
        );
        for at in 0..20 {
            let _ = writeln!(mailbox, "{}", line(message * 20 + at));
        }
        mailbox.push('\n');
    }
    mailbox.into_bytes()
}

fn measure(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, bytes: &[u8]) {
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    group.bench_function("redact", |bencher| bencher.iter(|| redact(name, black_box(bytes))));
}

fn documents(criterion: &mut Criterion) {
    let mut pages = criterion.benchmark_group("pdf pages");
    pages.throughput(Throughput::Elements(PAGES as u64));
    measure(&mut pages, "record.pdf", &pdf());
    pages.finish();

    let book = workbook();
    let mut cells = criterion.benchmark_group("workbook");
    cells.throughput(Throughput::Bytes(book.len() as u64));
    measure(&mut cells, "record.xlsx", &book);
    cells.bench_function("inflate and deflate", |bencher| bencher.iter(|| repack(black_box(&book))));
    cells.finish();

    let mail = mailbox();
    let mut messages = criterion.benchmark_group("mailbox");
    messages.throughput(Throughput::Bytes(mail.len() as u64));
    measure(&mut messages, "record.mbox", &mail);
    messages.finish();
}

/// The middle one of several runs.
fn median(runs: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

/// What the same costs elsewhere, and how often it goes into ours or ours into it.
fn side_by_side(_: &mut Criterion) {
    let book = workbook();
    let ours = median(5, || drop(black_box(redact("record.xlsx", &book))));
    let theirs = median(5, || {
        black_box(repack(&book));
    });
    let times = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("workbook: {ours:.0?} to redact, {theirs:.0?} to inflate and deflate: {times:.1} times");

    let pages = pdf();
    let ours = PAGES as f64 / median(9, || drop(black_box(redact("record.pdf", &pages)))).as_secs_f64();
    match pymupdf(&pages) {
        Some(theirs) => {
            println!("pdf: {ours:.0} pages a second, PyMuPDF {theirs:.0}: {:.1} times", ours / theirs);
        }
        None => println!("pdf: {ours:.0} pages a second; PyMuPDF is not installed"),
    }
}

/// Pages a second of PyMuPDF, where it is installed.
fn pymupdf(pages: &[u8]) -> Option<f64> {
    const SCRIPT: &str = "
import sys, time, statistics, pymupdf
def run():
    start = time.perf_counter()
    document = pymupdf.open(sys.argv[1])
    for page in document:
        quads = page.search_for(sys.argv[2])
        for quad in quads:
            page.add_redact_annot(quad)
        if quads:
            page.apply_redactions()
    document.save(sys.argv[1] + '.out', garbage=3, deflate=True)
    return len(document) / (time.perf_counter() - start)
print(statistics.median(run() for _ in range(5)))
";
    let folder = tempfile::tempdir().ok()?;
    let path = folder.path().join("record.pdf");
    std::fs::write(&path, pages).ok()?;
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = std::process::Command::new(python).args(["-P", "-c", SCRIPT]).arg(&path).arg(VALUE).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

criterion_group!(benches, documents, side_by_side);
criterion_main!(benches);
