//! What the audit sees in PDF files: each way of hiding text badly, beside its honest look-alike.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr, reason = "all of this is tests")]

#[allow(dead_code, reason = "shared with the tests of the format")]
mod pdf_support;

use std::path::Path;

use pdf_support::{file, file_with_trailer, page, page_with, stream};
use subrosa_documents::audit::Observation;
use subrosa_documents::{Audit, Limits, Source, audit};

const TEXT: &str = "BT /F1 12 Tf 100 700 Td (Visible words) Tj ET BT /F1 12 Tf 100 600 Td (Jane Example) Tj ET\n";

fn look(bytes: &[u8]) -> Audit {
    audit(&Source::new(bytes, "test.pdf"), &Limits::default()).unwrap()
}

fn seen(bytes: &[u8]) -> Vec<Observation> {
    look(bytes).observations
}

/// The texts of one kind of observation in a page with these contents.
fn texts(kind: &str, bytes: &[u8]) -> Vec<String> {
    seen(bytes).into_iter().filter(|one| one.kind.id == kind).map(|one| one.value.unwrap_or_default()).collect()
}

fn covered(contents: &str) -> Vec<String> {
    texts("covered-text", &file(&page(contents)))
}

#[track_caller]
fn hides_jane(contents: &str) {
    assert_eq!(covered(&format!("{TEXT}{contents}")), ["Jane Example"], "{contents}");
}

#[track_caller]
fn hides_nothing(contents: &str) {
    let seen = seen(&file(&page(contents)));
    assert!(seen.is_empty(), "{contents}: {:?}", seen.iter().map(|one| (one.kind.id, &one.detail)).collect::<Vec<_>>());
}

#[test]
fn filled_paths_of_every_kind_cover() {
    for operator in ["f", "f*", "F", "B", "B*", "b", "b*"] {
        hides_jane(&format!("95 595 100 18 re {operator}"));
    }
    hides_jane("195 613 -100 -18 re f");
    hides_jane("95 595 m 195 595 l 195 613 l 95 613 l h f");
    hides_jane("1 1 1 rg 95 595 100 18 re f");
    // With a label on top, which says something else.
    hides_jane("95 595 100 18 re f 1 g BT /F1 10 Tf 100 600 Td ([REMOVED]) Tj ET");
    hides_jane("0.2 0.4 0.9 rg 95 595 100 18 re f");
    hides_jane("/DeviceCMYK cs 0 0 0 1 scn 95 595 100 18 re f");
    // Two halves.
    hides_jane("95 595 40 18 re f 135 595 60 18 re f");
    // Rounded corners.
    hides_jane(
        "100 595 m 190 595 l 195 595 195 600 195 604 c 195 613 190 613 185 613 c 100 613 l 95 613 95 608 95 604 c 95 595 100 595 100 595 c f",
    );
}

#[test]
fn thick_lines_cover() {
    hides_jane("16 w 95 604 m 195 604 l S");
    hides_jane("q 2 0 0 2 0 0 cm 8 w 1 J 50 302 m 94 302 l S Q");
    hides_nothing(&format!("{TEXT}1 w 95 604 m 195 604 l S"));
    hides_nothing(&format!("{TEXT}16 w [2 6] 0 d 95 604 m 195 604 l S"));
}

#[test]
fn transformed_and_clipped_boxes_cover_where_they_are_seen() {
    hides_jane("q 100 0 0 18 95 595 cm 0 0 1 1 re f Q");
    hides_jane("q 0 18 -100 0 195 595 cm 0 0 1 1 re f Q");
    hides_jane("q 90 590 120 30 re W n 0 0 612 650 re f Q");
    hides_nothing(&format!("{TEXT}q 300 590 120 30 re W n 0 0 612 650 re f Q"));
}

#[test]
fn what_does_not_hide_is_no_finding() {
    hides_nothing(TEXT);
    // The box comes first; the text is white.
    hides_nothing("95 595 100 18 re f 1 g BT /F1 12 Tf 100 600 Td (Jane Example) Tj ET");
    hides_nothing("0.9 g 95 595 100 18 re f 0 g BT /F1 12 Tf 100 600 Td (Jane Example) Tj ET");
    // A frame, an underline, a box beside the text, a box over blanks.
    hides_nothing(&format!("{TEXT}95 595 100 18 re S"));
    hides_nothing(&format!("{TEXT}95 598 100 1 re f"));
    hides_nothing(&format!("{TEXT}95 620 100 18 re f"));
    hides_nothing("BT /F1 12 Tf 100 600 Td (        ) Tj ET 95 595 100 18 re f");
    // The same text again on top.
    hides_nothing(&format!("{TEXT}0.9 g 95 595 100 18 re f 0 g {TEXT}"));
    hides_nothing(&format!("{TEXT}0.9 g 95 595 100 18 re f 0 g BT /F1 11.5 Tf 101.5 601 Td (Jane Example) Tj ET"));
}

#[test]
fn text_in_the_colour_of_its_box_is_covered() {
    assert_eq!(covered("95 595 100 18 re f BT /F1 12 Tf 100 600 Td (Jane Example) Tj ET"), ["Jane Example"]);
    let white = file(&page("1 g BT /F1 12 Tf 100 600 Td (Jane Example) Tj ET"));
    assert_eq!(texts("text-in-page-colour", &white), ["Jane Example"]);
    let outlined = "1 g 2 Tr 0.5 w BT /F1 12 Tf 100 600 Td (Jane Example) Tj ET";
    hides_nothing(outlined);
}

#[test]
fn full_blocks_cover() {
    let mut objects = page("BT /F1 12 Tf 100 600 Td (Jane) Tj ET BT /F2 12 Tf 96 600 Td (AAAA) Tj ET");
    objects[2] = objects[2].replace("/F1 5 0 R", "/F1 5 0 R /F2 6 0 R");
    objects.push(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Blocks /FirstChar 65 /LastChar 65 /Widths [800] /ToUnicode 7 0 R >>"
            .to_owned(),
    );
    objects.push(stream("", "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <2588> endbfchar"));
    assert_eq!(texts("covered-text", &file(&objects)), ["Jane"]);
}

fn with_states(contents: &str) -> Vec<u8> {
    let states = "/ExtGState << /Half << /ca 0.4 >> /Marker << /BM /Multiply >> /Masked << /SMask << /S /Alpha /G 4 0 R >> >> >>";
    file(&page_with(contents, "", "", states))
}

#[test]
fn light_shines_through_some_boxes() {
    let covers = |contents: &str| texts("covered-text", &with_states(&format!("{TEXT}{contents}")));
    assert_eq!(covers("/Half gs 95 595 100 18 re f"), [""; 0]);
    assert_eq!(covers("/Marker gs 1 1 0 rg 95 595 100 18 re f"), [""; 0]);
    assert_eq!(covers("/Masked gs 95 595 100 18 re f"), [""; 0]);
    assert_eq!(covers("/Marker gs 0 g 95 595 100 18 re f"), ["Jane Example"]);
}

#[test]
fn boxes_in_forms_and_patterns_cover() {
    let with = |contents: &str, extra: &[String], resources: &str| {
        let mut objects = page_with(&format!("{TEXT}{contents}"), "", "", resources);
        objects.extend(extra.iter().cloned());
        texts("covered-text", &file(&objects))
    };
    let form = stream("/Type /XObject /Subtype /Form /BBox [0 0 100 18]", "0 0 200 200 re f");
    assert_eq!(with("q 1 0 0 1 95 595 cm /X Do Q", &[form], "/XObject << /X 6 0 R >>"), ["Jane Example"]);
    let dense = stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 8 8] /XStep 8 /YStep 8 /Resources << >>",
        "0 0 8 8 re f 0.5 G 0 0 m 8 8 l S",
    );
    let pattern = "/Pattern << /P 6 0 R >>";
    assert_eq!(with("/Pattern cs /P scn 95 595 100 18 re f", &[dense], pattern), ["Jane Example"]);
    let thin = stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 8 8] /XStep 8 /YStep 8 /Resources << >>",
        "0 0 1 8 re 7 0 1 8 re f",
    );
    assert_eq!(with("/Pattern cs /P scn 95 595 100 18 re f", &[thin], pattern), [""; 0]);
}

#[test]
fn pictures_cover() {
    let with = |image: String| {
        let mut objects = page_with(&format!("{TEXT}q 100 0 0 18 95 595 cm /I Do Q"), "", "", "/XObject << /I 6 0 R >>");
        objects.push(image);
        objects
            .push(stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", "\0"));
        texts("covered-text", &file(&objects))
    };
    let plain = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray";
    assert_eq!(with(stream(plain, "\0")), ["Jane Example"]);
    assert_eq!(with(stream(&format!("{plain} /SMask 7 0 R"), "\0")), [""; 0], "the mask lets everything through");
    let stencil = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 1 /ImageMask true";
    assert_eq!(with(stream(stencil, "\0")), ["Jane Example"]);
    let inline = format!("{TEXT}q 100 0 0 18 95 595 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI Q");
    assert_eq!(covered(&inline), ["Jane Example"]);
}

#[test]
fn annotations_cover() {
    let with = |annotation: &str, extra: &[String]| {
        let mut objects = page_with(TEXT, "", &format!("/Annots [<< /Type /Annot {annotation} >>]"), "");
        objects.extend(extra.iter().cloned());
        seen(&file(&objects))
    };
    let count = |seen: &[Observation], kind: &str| seen.iter().filter(|one| one.kind.id == kind).count();
    let rect = "/Rect [95 595 195 613]";
    assert_eq!(count(&with(&format!("/Subtype /Square {rect} /IC [0 0 0]"), &[]), "covered-text"), 1);
    assert_eq!(count(&with(&format!("/Subtype /Square {rect} /C [0 0 0]"), &[]), "covered-text"), 0);
    assert_eq!(count(&with(&format!("/Subtype /Square {rect} /IC [0 0 0] /F 2"), &[]), "covered-text"), 0);
    let quads = "/QuadPoints [95 613 195 613 95 595 195 595]";
    assert_eq!(count(&with(&format!("/Subtype /Highlight {rect} {quads} /C [1 1 0]"), &[]), "covered-text"), 0);
    assert_eq!(count(&with(&format!("/Subtype /Highlight {rect} {quads} /C [0 0 0]"), &[]), "covered-text"), 1);
    let appearance = stream("/Type /XObject /Subtype /Form /BBox [0 0 10 10]", "0 0 10 10 re f");
    assert_eq!(count(&with(&format!("/Subtype /Stamp {rect} /AP << /N 6 0 R >>"), &[appearance]), "covered-text"), 1);
    assert_eq!(count(&with(&format!("/Subtype /Redact {rect}"), &[]), "redaction-not-applied"), 1);
    assert_eq!(count(&with(&format!("/Subtype /Text {rect} /Contents (Ask Jane)"), &[]), "comment"), 1);
}

#[test]
fn turned_pages_are_measured_as_they_lie() {
    let bytes = file(&page_with(&format!("{TEXT}95 595 100 18 re f"), "", "/Rotate 90", ""));
    let audit = look(&bytes);
    assert_eq!(audit.pages[0].turn, 90);
    let one = audit.observations.iter().find(|one| one.kind.id == "covered-text").unwrap();
    let [left, bottom, right, top] = one.area.unwrap();
    assert!(left > 99.0 && right < 195.0 && bottom > 590.0 && top < 615.0, "{:?}", one.area);
    assert_eq!(one.page, Some(1));
}

#[test]
fn other_ways_of_hiding_are_named() {
    let kinds = |contents: &str| {
        let found = seen(&file(&page(contents)));
        found.iter().map(|one| one.kind.id).collect::<Vec<_>>()
    };
    assert_eq!(kinds("BT /F1 12 Tf 3 Tr 100 600 Td (Jane) Tj ET"), ["invisible-text"]);
    assert_eq!(kinds("BT /F1 12 Tf -300 600 Td (Jane) Tj ET"), ["off-page-text"]);
    assert_eq!(kinds("BT /F1 1 Tf 100 600 Td (Jane) Tj ET"), ["tiny-text"]);
    assert_eq!(kinds("BT /F1 1 Tf 12 0 0 12 100 600 Tm (Jane) Tj ET"), [""; 0]);
    assert_eq!(kinds("q 300 300 10 10 re W n BT /F1 12 Tf 100 600 Td (Jane) Tj ET Q"), ["clipped-text"]);
    let layered = |off: &str| {
        let catalog = format!("/OCProperties << /OCGs [6 0 R] /D << /OFF [{off}] >> >>");
        let contents = "/OC /L BDC BT /F1 12 Tf 100 600 Td (Jane) Tj ET EMC";
        let mut objects = page_with(contents, &catalog, "", "/Properties << /L 6 0 R >>");
        objects.push("<< /Type /OCG /Name (Notes) >>".to_owned());
        seen(&file(&objects)).iter().map(|one| one.kind.id).collect::<Vec<_>>()
    };
    assert_eq!(layered("6 0 R"), ["hidden-layer-text"]);
    assert_eq!(layered(""), [""; 0]);
}

#[test]
fn boxes_on_a_scan_are_told_from_panels_that_are_written_on() {
    let scan = |contents: &str| {
        let mut objects = page_with(&format!("q 612 0 0 792 0 0 cm /I Do Q {contents}"), "", "", "/XObject << /I 6 0 R >>");
        objects.push(stream(
            "/Type /XObject /Subtype /Image /Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
            "\u{1}~",
        ));
        seen(&file(&objects)).iter().map(|one| one.kind.id).collect::<Vec<_>>()
    };
    assert_eq!(scan("95 595 100 18 re f"), ["covered-picture"]);
    assert_eq!(scan("1 g 95 595 100 18 re f 0 g BT /F1 12 Tf 100 600 Td (Jane) Tj ET"), [""; 0]);
    assert_eq!(scan("BT /F1 12 Tf 3 Tr 100 600 Td (Jane) Tj ET"), ["scan-text-layer"]);
}

#[test]
fn older_versions_are_read() {
    let mut bytes = file(&page("BT /F1 12 Tf 100 600 Td (Jane Example) Tj ET"));
    let first = String::from_utf8(bytes.clone()).unwrap();
    let previous = first.rfind("xref\n0").unwrap();
    let at = bytes.len();
    let update = format!("4 0 obj\n{}\nendobj\n", stream("", "BT /F1 12 Tf 100 600 Td (Removed) Tj ET"));
    bytes.extend_from_slice(update.as_bytes());
    let table = bytes.len();
    let end =
        format!("xref\n4 1\n{at:010} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {previous} >>\nstartxref\n{table}\n%%EOF\n");
    bytes.extend_from_slice(end.as_bytes());
    let audit = look(&bytes);
    let old: Vec<_> = audit.observations.iter().filter(|one| one.kind.id == "old-revision").collect();
    assert_eq!(old.len(), 1);
    assert_eq!((old[0].place.as_str(), old[0].value.as_deref()), ("version 1 of 2", Some("Jane Example")));
    assert!(audit.texts.iter().any(|text| text.text.contains("Jane Example")), "the detector gets it, too");
    assert_eq!(texts("old-revision", &file(&page(TEXT))), [""; 0]);
}

#[test]
fn properties_attachments_scripts_and_previews_are_named() {
    let catalog = "/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> /JavaScript << /Names [(b) << /S /JavaScript /JS (app.alert) >>] >> >>";
    let mut objects = page_with(TEXT, catalog, "/Thumb 8 0 R", "");
    objects.push("<< /Type /Filespec /F (list.txt) /EF << /F 7 0 R >> >>".to_owned());
    objects.push(stream("/Type /EmbeddedFile", "Jane Example, 555-0100"));
    objects.push(stream("/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", "0"));
    objects.push("<< /Author (Jane Example) /Producer (Some Program) /Title (A letter) >>".to_owned());
    let audit = look(&file_with_trailer(&objects, "/Info 9 0 R"));
    let mut kinds: Vec<&str> = audit.observations.iter().map(|one| one.kind.id).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["active-content", "attachment", "metadata", "metadata-person", "thumbnail"]);
    assert!(audit.texts.iter().any(|text| text.text.contains("555-0100")), "the attachment is read");
    for one in &audit.observations {
        assert!(!format!("{} {}", one.place, one.detail).contains("Jane"), "no value but in `value`: {}", one.detail);
    }
}

#[test]
fn hostile_files_are_refused_or_read_but_never_a_panic() {
    let whole =
        file(&page(&format!("{TEXT}q 95 595 100 18 re W n 1e30 0 0 1e30 1e38 1e38 cm 0 0 1 1 re f Q 95 595 1e300 1e300 re B")));
    for cut in (0..whole.len()).step_by(7) {
        let _ = audit(&Source::new(&whole[..cut], "cut.pdf"), &Limits::default());
    }
    for at in (0..whole.len()).step_by(3) {
        let mut turned = whole.clone();
        turned[at] ^= 0x15;
        let _ = audit(&Source::new(&turned, "turned.pdf"), &Limits::default());
    }
    look(&file(&page(&"0 0 612 792 re f ".repeat(40))));
}

/// Failed redactions that people published: told by their names.
#[test]
fn published_failures_are_found_and_good_ones_are_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/documents/pdf");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no sample documents at {}", folder.display());
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with("xray-") {
            continue;
        }
        let found = !texts("covered-text", &std::fs::read(entry.path()).unwrap()).is_empty();
        let bad = (name.contains("bad") && !name.contains("no_bad")) || name.contains("yes");
        assert_eq!(found, bad, "{name}");
    }
}
