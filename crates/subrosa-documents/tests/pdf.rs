//! True removal from PDF files: small files built by hand, redacted, and read again by ourselves and by another reader.

#[allow(dead_code, reason = "each test program uses its own part")]
mod pdf_support;

use std::fmt::Write as _;

use pdf_support::{
    assert_gone, file, file_with_trailer, other_reader, page, page_with, pdf, raw_parts, read, redact, squeezed, stream,
};
use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::{Aids, Limits, Source};

/// Redacts the word `Quillfeather` and looks that it is gone and `kept` is still there.
fn gone_and_kept(objects: &[String], kept: &[&str]) -> Vec<u8> {
    let written = redact(&file(objects), "Quillfeather", "[NAME]");
    assert_gone(&written, "Quillfeather");
    let text = squeezed(&read(&written).expect("readable"));
    for word in kept {
        assert!(text.contains(word), "{word} was kept");
    }
    assert!(text.contains("[NAME]"), "the label is drawn as text");
    written
}

/// The contents of the page of a written file, unpacked.
fn contents(written: &[u8]) -> String {
    raw_parts(written).into_iter().filter(|part| part.name.ends_with("stream (one byte)")).map(|part| part.text).collect()
}

#[test]
fn a_simple_string_loses_its_codes_and_keeps_the_rest() {
    let written = gone_and_kept(&page("BT /F1 12 Tf 72 700 Td (Patient Quillfeather was seen) Tj ET"), &["Patient", "wasseen"]);
    assert!(other_reader(&written).contains("was seen"));
}

#[test]
fn words_split_over_operators_and_kerns_are_one_word() {
    let contents = "BT /F1 12 Tf 72 700 Td [(Dear Qui) -20 (ll) 15 (fea)] TJ (th) Tj 24 0 Td [(er) 40 ( said so)] TJ ET";
    gone_and_kept(&page(contents), &["Dear", "saidso"]);
}

#[test]
fn line_feeding_operators_are_read_and_written() {
    let contents = "BT /F1 12 Tf 14 TL 72 700 Td (first) Tj (Quillfeather two) ' 1 0.5 (Quillfeather three) \" (four) ' ET";
    let written = gone_and_kept(&page(contents), &["first", "two", "three", "four"]);
    let lines: Vec<String> = read(&written).expect("readable").segments[0].text.lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 4, "each line stays a line");
}

#[test]
fn letters_placed_one_by_one_leave_no_trace_of_their_number() {
    let mut contents = String::from("BT /F1 10 Tf 72 700 Td (Name) Tj ");
    let mut step = 24.0;
    for letter in "Quillfeather".chars() {
        let _ = write!(contents, "{step} 0 Td ({letter}) Tj ");
        step = 5.0;
    }
    contents.push_str("8 0 Td (came) Tj -92 -20 Td (below) Tj ET");
    let written = gone_and_kept(&page(&contents), &["Name", "came", "below"]);
    let text = self::contents(&written);
    assert!(text.matches(" Td").count() <= 3, "moves of removed letters are gone: the moves left tell nothing");
}

#[test]
fn the_gap_does_not_depend_on_what_was_removed() {
    let shape = |name: &str| {
        let contents = format!("BT /F1 12 Tf 72 700 Td (Name: ) Tj ({name}) Tj ( is here) Tj 0 -20 Td (next line) Tj ET");
        self::contents(&redact(&file(&page(&contents)), name, "[NAME]"))
    };
    assert_eq!(shape("Quillfeather"), shape("Ott"), "both files are the same");
    let placed = |name: &str, width: f64| {
        let contents = format!("BT /F1 10 Tf 1 0 0 1 72 700 Tm ({name}) Tj 1 0 0 1 {} 700 Tm (is here) Tj ET", 72.0 + width);
        self::contents(&redact(&file(&page(&contents)), name, "[NAME]"))
    };
    assert_eq!(placed("iii", 6.66 + 3.0), placed("iiii", 8.88 + 3.0), "text placed on its own moves with the label");
}

#[test]
fn overprinted_copies_go_together() {
    let contents = "BT /F1 12 Tf 72 700 Td (Quillfeather) Tj ET BT /F1 12 Tf 72.3 700 Td (Quillfeather) Tj ET BT /F1 12 Tf 72 600 Td (kept) Tj ET";
    gone_and_kept(&page(contents), &["kept"]);
}

#[test]
fn a_value_that_rightly_stays_elsewhere_is_not_counted_twice() {
    use subrosa_core::{edit::Edit, entity::Entity, span::Span};
    let bytes = file(&page("BT /F1 12 Tf 72 700 Td (Quillfeather, aged 4512) Tj 0 -20 Td (Dose 4512 units) Tj ET"));
    let document = read(&bytes).expect("readable");
    assert_eq!(document.segments.len(), 1);
    let at = document.segments[0].text.find("4512").expect("there");
    let edit =
        Edit { span: Span::new(at, at + 4), replacement: "[AGE]".to_owned(), entity: Entity::new("AGE"), operator: "redact" };
    let edits = vec![vec![edit]];
    let written = document.body.write(&edits).expect("writable");
    let verified = subrosa_documents::verify::verify(
        pdf(),
        &document,
        &edits,
        &Source::nameless(&written),
        &subrosa_documents::Limits::default(),
    );
    assert!(verified.is_ok(), "{verified:?}");
}

#[test]
fn unseen_text_is_seen() {
    let contents = "BT /F1 12 Tf 3 Tr 72 700 Td (Quillfeather) Tj ET 1 g BT /F1 12 Tf 0 Tr 72 600 Td (Quillfeather) Tj ET \
                    BT /F1 12 Tf 900 2000 Td (Quillfeather) Tj ET BT /F1 0.01 Tf 72 500 Td (Quillfeather) Tj ET \
                    q 0 0 1 1 re W n BT /F1 12 Tf 72 400 Td (Quillfeather) Tj ET Q /OC /Hidden BDC BT /F1 12 Tf 72 300 Td (Quillfeather kept) Tj ET EMC";
    gone_and_kept(&page(contents), &["kept"]);
}

#[test]
fn composite_fonts_are_read_by_their_table() {
    let mut objects =
        page_with("BT /F2 12 Tf 72 700 Td <000100020003000400040005000600070008> Tj <0009000A0006000B0001> Tj ET", "", "", "");
    objects[2] = objects[2].replace("/F1 5 0 R", "/F1 5 0 R /F2 6 0 R");
    let letters = "Quilfeathrsk";
    let mut table = String::from("1 begincodespacerange <0000> <ffff> endcodespacerange 12 beginbfchar\n");
    let codes = [('Q', 1), ('u', 2), ('i', 3), ('l', 4), ('f', 5), ('e', 6), ('a', 7), ('t', 8), ('h', 9), ('e', 10), ('r', 11)];
    for (letter, code) in codes {
        let _ = writeln!(table, "<{code:04X}> <{:04X}>", letter as u32);
    }
    table.push_str("endbfchar");
    assert_eq!(letters.len(), 12);
    objects[3] =
        stream("", "BT /F2 12 Tf 72 700 Td <00010002000300040004000500060007> Tj <000800090006000B> Tj <00030008> Tj ET");
    objects.push(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 8 0 R >>"
            .to_owned(),
    );
    objects.push("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>".to_owned());
    objects.push(stream("", &table));
    let written = gone_and_kept(&objects, &["it"]);
    assert!(contents(&written).contains("<00030008>"), "kept codes keep their bytes");
}

#[test]
fn forms_in_forms_patterns_and_appearances_are_edited() {
    let mut objects = page_with(
        "/X1 Do BT /F1 12 Tf 72 600 Td (kept) Tj ET",
        "",
        "/Annots [8 0 R]",
        "/XObject << /X1 6 0 R >> /Pattern << /P1 10 0 R >>",
    );
    let font = "/Resources << /Font << /F1 5 0 R >> /XObject << /X2 7 0 R >> >>";
    objects.push(stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 612 792] {font}"), "q 1 0 0 1 50 50 cm /X2 Do Q"));
    objects.push(stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >>",
        "BT /F1 12 Tf 72 650 Td (By Quillfeather) Tj ET",
    ));
    objects.push("<< /Type /Annot /Subtype /FreeText /Rect [0 0 100 20] /Contents (Ask Quillfeather) /T (Quillfeather) /AP << /N 9 0 R >> >>".to_owned());
    objects.push(stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 5 0 R >> >>",
        "BT /F1 9 Tf 2 5 Td (Ask Quillfeather) Tj ET",
    ));
    objects.push(stream(
        "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << /Font << /F1 5 0 R >> >>",
        "BT /F1 2 Tf (Quillfeather) Tj ET",
    ));
    gone_and_kept(&objects, &["kept", "By", "Ask"]);
}

#[test]
fn glyph_procedures_of_type3_fonts_are_read() {
    let mut objects = page_with("BT /F1 12 Tf 72 700 Td (kept) Tj /T3 10 Tf (ab) Tj ET", "", "", "");
    objects[2] = objects[2].replace("/F1 5 0 R", "/F1 5 0 R /T3 6 0 R");
    objects.push(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 98 /Widths [500 500] \
         /Encoding << /Differences [97 /a /b] >> /CharProcs << /a 7 0 R /b 8 0 R >> /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
    );
    objects.push(stream("", "500 0 d0 BT /F1 300 Tf (Quillfeather) Tj ET"));
    objects.push(stream("", "500 0 d0 0 0 500 500 re f"));
    gone_and_kept(&objects, &["kept", "ab"]);
}

#[test]
fn fields_bookmarks_links_and_layers_are_edited() {
    let mut objects = page_with(
        "BT /F1 12 Tf 72 700 Td (Quillfeather kept) Tj ET",
        "/AcroForm << /Fields [6 0 R] /XFA [(datasets) 9 0 R] >> /Outlines 7 0 R /Names << /Dests << /Names [(Quillfeather) [3 0 R /Fit]] >> \
         /EmbeddedFiles << /Names [(Quillfeather.txt) 10 0 R] >> /JavaScript << /Names [(x) << /S /JavaScript /JS (Quillfeather) >>] >> >> \
         /OCProperties << /OCGs [12 0 R] /D << /Order [12 0 R] >> >> /Metadata 13 0 R /PageLabels << /Nums [0 << /P (Quillfeather-) >>] >>",
        "/Annots [6 0 R 14 0 R 15 0 R] /PieceInfo << /App << /Private (Quillfeather) >> >>",
        "",
    );
    objects.push("<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 100 20] /T (patient Quillfeather) /TU (Patient name) /V (Quillfeather) /DV (Quillfeather) /P 3 0 R >>".to_owned());
    objects.push("<< /Type /Outlines /First 8 0 R /Last 8 0 R /Count 1 >>".to_owned());
    objects.push(
        "<< /Title <FEFF005100750069006C006C0066006500610074006800650072> /Parent 7 0 R /Dest (Quillfeather) >>".to_owned(),
    );
    objects.push(stream("", "<xfa>Quillfeather</xfa>"));
    objects.push("<< /Type /Filespec /F (Quillfeather.txt) /EF << /F 11 0 R >> >>".to_owned());
    // A program: no format reads it.
    objects.push(stream("/Type /EmbeddedFile", "\x7fELF about Quillfeather"));
    objects.push("<< /Type /OCG /Name (Layer of Quillfeather) >>".to_owned());
    objects.push(stream("/Type /Metadata /Subtype /XML", "<x:xmpmeta>Quillfeather</x:xmpmeta>"));
    objects.push(
        "<< /Type /Annot /Subtype /Link /Rect [0 0 10 10] /A << /S /URI /URI (https://example.com/Quillfeather) >> >>".to_owned(),
    );
    objects.push("<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 10 10] /FS 10 0 R /Contents (Quillfeather) >>".to_owned());
    let bytes =
        file_with_trailer(&objects, "/Info << /Title (Quillfeather) /Author (Quillfeather) /Producer (Pen) >> /ID [(a) (b)]");
    let document = read(&bytes).expect("readable");
    let field = document.segments.iter().find(|segment| segment.text == "Quillfeather" && !segment.labels.is_empty());
    assert!(
        document.segments.iter().any(|segment| segment.labels.iter().any(|label| &**label == "Patient name")),
        "a field's value is labelled"
    );
    assert!(field.is_some());
    let notes = document.body.notes().concat();
    assert!(["Attached", "Scripts", "XFA", "Metadata"].iter().all(|matter| notes.contains(matter)));
    let written = redact(&bytes, "Quillfeather", "[NAME]");
    assert_gone(&written, "Quillfeather");
    let text = squeezed(&read(&written).expect("readable"));
    assert!(text.contains("https://example.com/[NAME]") && text.contains("Layerof[NAME]") && text.contains("Pen"));
    let raw = String::from_utf8_lossy(&written);
    assert!(
        !raw.contains("EmbeddedFile")
            && !raw.contains("JavaScript")
            && !raw.contains("XFA")
            && !raw.contains("PieceInfo")
            && !raw.contains("Metadata")
    );
}

#[test]
fn text_that_stands_for_glyphs_is_edited_with_them() {
    let contents = "/Span << /ActualText (Quillfeather) >> BDC BT /F1 12 Tf 72 700 Td (Quillfeather) Tj ET EMC \
                    /Span << /MCID 3 /Alt (of Quillfeather) >> BDC EMC % drawn for Quillfeather\nBT /F1 12 Tf 72 600 Td (kept) Tj ET";
    let written = gone_and_kept(&page(contents), &["kept"]);
    assert!(contents_hold(&written, "/MCID 3"));
}

fn contents_hold(written: &[u8], text: &str) -> bool {
    contents(written).contains(text)
}

#[test]
fn older_revisions_and_stray_bytes_are_not_carried_over() {
    let mut bytes = file(&page("BT /F1 12 Tf 72 700 Td (Secret Quillfeather) Tj ET"));
    let first_table = String::from_utf8_lossy(&bytes).rfind("xref\n0").expect("a table");
    let offset = bytes.len();
    let contents = stream("", "BT /F1 12 Tf 72 700 Td (Nothing here) Tj ET");
    bytes.extend_from_slice(format!("4 0 obj\n{contents}\nendobj\n").as_bytes());
    let start = bytes.len();
    bytes.extend_from_slice(format!("xref\n4 1\n{offset:010} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {first_table} >>\nstartxref\n{start}\n%%EOF\nQuillfeather").as_bytes());
    let document = read(&bytes).expect("readable");
    let text = squeezed(&document);
    assert!(text.contains("Nothinghere") && !text.contains("Quillfeather"));
    let written = document.body.write(&[]).expect("writable");
    assert_gone(&written, "Quillfeather");
    assert!(!String::from_utf8_lossy(&written).contains("/Prev"));
}

#[test]
fn text_without_an_edit_stays_where_it_is() {
    let bytes = file(&page("BT /F1 12 Tf 72 700 Td [(One) -250 (two)] TJ T* (three) Tj ET"));
    let document = read(&bytes).expect("readable");
    let written = document.body.write(&[]).expect("writable");
    assert!(contents_hold(&written, "[(One) -250 (two)] TJ T* (three) Tj"));
    assert_eq!(written, read(&bytes).expect("readable").body.write(&[]).expect("writable"), "the same bytes every time");
    let again = read(&written).expect("readable");
    assert_eq!(written, again.body.write(&[]).expect("writable"), "writing twice changes nothing");
}

#[test]
fn pages_that_only_pixels_can_tell_are_unread() {
    let image = stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x");
    let with = |contents: &str| {
        let mut objects = page_with(contents, "", "", "/XObject << /Im 6 0 R >>");
        objects.push(image.clone());
        read(&file(&objects)).expect("readable").unread
    };
    assert_eq!(with("q 612 0 0 792 0 0 cm /Im Do Q").len(), 1, "image only");
    assert_eq!(with("q 612 0 0 792 0 0 cm /Im Do Q BT /F1 9 Tf 3 Tr 72 700 Td (layer) Tj ET").len(), 1, "scan with a text layer");
    assert_eq!(with("q 100 0 0 50 0 0 cm /Im Do Q BT /F1 9 Tf 72 700 Td (letter) Tj ET"), [], "a picture beside text");
    assert_eq!(with(""), [], "a blank page");
}

#[test]
fn glyphs_without_a_meaning_are_unread() {
    let mut objects = page("BT /F1 12 Tf 72 700 Td (ABC) Tj ET");
    objects[4] = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65 /LastChar 67 /Widths [500 500 500] \
                  /Encoding << /Differences [65 /g1 /g2 /g3] >> /CharProcs << >> >>"
        .to_owned();
    let unread = read(&file(&objects)).expect("readable").unread;
    assert_eq!(unread.len(), 1);
    assert_eq!(unread[0].part, "page 1");
}

#[test]
fn a_lying_table_does_not_hide_what_the_font_says() {
    let mut objects = page("BT /F1 12 Tf 72 700 Td (Quillfeather) Tj ET");
    objects[4] = objects[4].replace("/Encoding", "/ToUnicode 6 0 R /Encoding");
    objects.push(stream("", "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <7a> <0041> endbfrange 1 beginbfchar <51> <0058> endbfchar"));
    assert!(squeezed(&read(&file(&objects)).expect("readable")).contains("Quillfeather"));
    let written = redact(&file(&objects), "Quillfeather", "");
    assert_gone(&written, "Quillfeather");
}

#[test]
fn refusals_say_why() {
    let refusal = |bytes: &[u8]| read(bytes).err().map(|refusal| refusal.kind());
    assert_eq!(refusal(b"%PDF-1.7\nnothing"), Some("damaged"));
    let mut objects = page("");
    objects[1] = "<< /Type /Pages /Kids [] /Count 0 >>".to_owned();
    assert_eq!(refusal(&file(&objects)), Some("damaged"), "no pages");
    objects[1] = "<< /Type /Pages /Kids [2 0 R] /Count 1 >>".to_owned();
    assert_eq!(refusal(&file(&objects)), Some("damaged"), "pages in a circle");
    let mut objects = page("x");
    objects[3] = stream("/Filter /FlateDecode", "not deflated");
    assert_eq!(refusal(&file(&objects)), Some("damaged"), "content that does not decode");
    let mut objects = page_with("/X1 Do", "", "", "/XObject << /X1 6 0 R >>");
    objects.push(stream("/Subtype /Form /Resources << /XObject << /X1 6 0 R >> >>", "/X1 Do"));
    assert_eq!(refusal(&file(&objects)), Some("damaged"), "forms in a circle");
    let direct = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (00000000000000000000000000000000) /U (00000000000000000000000000000000) >>";
    assert_eq!(refusal(&file_with_trailer(&page(""), direct)), Some("encrypted"), "protection named in the trailer itself");
    assert_eq!(refusal(&protected("secret")), Some("encrypted"), "a password is needed");
}

/// A small file encrypted with RC4 under a user password.
fn protected(password: &str) -> Vec<u8> {
    use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};
    let plain = file_with_trailer(
        &page("BT /F1 12 Tf 72 700 Td (Patient Quillfeather) Tj ET"),
        "/ID [(0123456789abcdef) (0123456789abcdef)]",
    );
    let mut document = Document::load_mem(&plain).expect("a good file");
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: password,
        key_length: 128,
        permissions: Permissions::PRINTABLE,
    };
    let state = EncryptionState::try_from(version).expect("a good key");
    document.encrypt(&state).expect("encryptable");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("writable");
    bytes
}

#[test]
fn a_given_password_opens_the_file_and_protects_what_is_written() {
    let passwords = ["wrong".to_owned(), "secret".to_owned()];
    let aids = Aids { passwords: &passwords, ..Aids::default() };
    let bytes = protected("secret");
    let source = Source::new(&bytes, "test.pdf").with(aids);
    let limits = Limits::default();
    let document = pdf().read(&source, &limits).expect("opened");
    let index = document.segments.iter().position(|segment| segment.text.contains("Quillfeather")).expect("found");
    let start = document.segments[index].text.find("Quillfeather").expect("found");
    let mut edits = vec![Vec::new(); index + 1];
    edits[index].push(Edit {
        span: Span::new(start, start + 12),
        replacement: "[NAME]".to_owned(),
        entity: Entity::new("TEST"),
        operator: "redact",
    });
    let written = document.body.write(&edits).expect("writable");
    assert!(matches!(read(&written), Err(subrosa_documents::Refusal::Encrypted(_))), "nobody reads it without the password");
    let written = Source { bytes: &written, ..source };
    subrosa_documents::verify::verify(pdf(), &document, &edits, &written, &limits).expect("no residue");
    let again = pdf().read(&written, &limits).expect("opened");
    assert!(squeezed(&again).contains("Patient[NAME]"));
}

#[test]
fn attached_files_are_written_by_their_own_formats() {
    let mut objects = page_with(
        "BT /F1 12 Tf 72 700 Td (Quillfeather kept) Tj ET",
        "/Names << /EmbeddedFiles << /Names [(Quillfeather.txt) 6 0 R (zz) 8 0 R] >> >>",
        "/Annots [10 0 R]",
        "",
    );
    objects.push("<< /Type /Filespec /F (about Quillfeather.txt) /Desc (of Quillfeather) /EF << /F 7 0 R >> >>".to_owned());
    objects.push(stream("/Type /EmbeddedFile /Params << /ModDate (D:20200101) >>", "seen by Quillfeather in spring"));
    objects.push("<< /Type /Filespec /F (a.bin) /EF << /F 9 0 R >> >>".to_owned());
    objects.push(stream("/Type /EmbeddedFile", "\x7fELF Quillfeather"));
    objects.push("<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 10 10] /FS 6 0 R /Contents (Quillfeather) >>".to_owned());
    let bytes = file_with_trailer(&objects, "");
    let document = read(&bytes).expect("readable");
    assert!(document.body.notes().concat().contains("cannot be inspected"));
    let attached =
        document.segments.iter().position(|segment| segment.text.starts_with("seen by")).expect("the attachment is read");
    assert_eq!(document.body.place(attached, Span::new(0, 4)), "attachment 1, line 1");
    let written = redact(&bytes, "Quillfeather", "[NAME]");
    assert_gone(&written, "Quillfeather");
    let again = read(&written).expect("readable");
    assert!(squeezed(&again).contains("seenby[NAME]inspring"));
    let raw = String::from_utf8_lossy(&written);
    assert!(raw.matches("/EmbeddedFile ").count() == 1 && !raw.contains("ModDate") && raw.contains("about [NAME].txt"));
}

#[test]
fn protection_that_needs_no_password_is_kept() {
    let written = redact(&protected(""), "Quillfeather", "[NAME]");
    assert_gone(&written, "Quillfeather");
    assert!(String::from_utf8_lossy(&written).contains("/Encrypt"));
    assert!(squeezed(&read(&written).expect("readable")).contains("Patient"));
}

#[test]
fn hostile_bytes_end_in_an_answer() {
    let mut objects = page_with(
        "BT /F1 12 Tf 72 700 Td [(Quill) -20 (feather)] TJ T* (two) ' ET BI /W 1 /H 1 /BPC 8 ID x EI",
        "",
        "/Annots [6 0 R]",
        "",
    );
    objects.push("<< /Type /Annot /Subtype /FreeText /Rect [0 0 100 20] /Contents (Ask) >>".to_owned());
    let whole = file(&objects);
    let attempt = |bytes: &[u8]| {
        if let Ok(document) = read(bytes) {
            let edits: Vec<Vec<subrosa_core::edit::Edit>> = document
                .segments
                .iter()
                .map(|segment| {
                    let end = segment.text.char_indices().nth(2).map_or(segment.text.len(), |(at, _)| at);
                    let span = subrosa_core::span::Span::new(0, end);
                    vec![subrosa_core::edit::Edit {
                        span,
                        replacement: "[X]".to_owned(),
                        entity: subrosa_core::entity::Entity::new("X"),
                        operator: "redact",
                    }]
                })
                .collect();
            let _ = document.body.write(&edits);
        }
    };
    for end in (0..whole.len()).step_by(7) {
        attempt(&whole[..end]);
    }
    let mut state = 1_u32;
    for _ in 0..400 {
        let mut garbled = whole.clone();
        for _ in 0..4 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = state as usize % garbled.len();
            garbled[at] = (state >> 24) as u8;
        }
        attempt(&garbled);
    }
}

#[test]
fn the_format_claims_by_content() {
    assert!(pdf().claims(&Source::nameless(b"junk\n%PDF-1.4\n1 0 obj\nendobj")));
    assert!(pdf().claims(&Source::nameless(b"\xef\xbb\xbf\n%PDF-1.4")));
    assert!(!pdf().claims(&Source::new(b"A file begins with %PDF-1.4", "note.txt")));
    assert!(!pdf().claims(&Source::new(b"PK", "x.pdf")));
}

#[test]
fn marks_in_a_size_nobody_reads_are_no_part_of_a_word() {
    // 12 em units of Helvetica at 12 points end where the mark begins.
    let contents = "BT /F1 12 Tf 72 700 Td (example.com) Tj ET BT /F1 1 Tf 135.4 699 Td (YVer1f) Tj ET";
    let texts: Vec<String> = read(&file(&page(contents))).unwrap().segments.into_iter().map(|segment| segment.text).collect();
    assert_eq!(texts[0].trim(), "example.com YVer1f");
}

#[test]
fn names_of_standard_fonts_are_nobodys() {
    let bytes = file(&page("BT /F1 12 Tf 72 700 Td (Helvetica Roe came) Tj ET"));
    let written = redact(&bytes, "Helvetica", "[NAME]");
    assert!(raw_parts(&written).iter().all(|part| !part.text.contains("Helvetica")));
    let own = page("BT /F1 12 Tf 72 700 Td (Quillfeather) Tj ET")
        .into_iter()
        .map(|object| object.replace("/Helvetica", "/Quillfeather"));
    let own = file(&own.collect::<Vec<_>>());
    assert!(raw_parts(&own).iter().any(|part| part.text.contains("Quillfeather\n")), "a font of one's own");
}

#[test]
fn codes_that_draw_marks_are_read_as_letters_too() {
    let mut objects = page_with("BT /F1 12 Tf 72 700 Td (kept) Tj /T3 10 Tf 0 -20 Td (Quill) Tj ET", "", "", "");
    objects[2] = objects[2].replace("/F1 5 0 R", "/F1 5 0 R /T3 6 0 R");
    let codes = "Quil".bytes().map(|code| format!("{code} /bullet ")).collect::<Vec<_>>().concat();
    objects.push(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 81 /LastChar 117 \
         /Widths [{}] /Encoding << /Differences [{codes}] >> /CharProcs << /bullet 7 0 R >> >>",
        "500 ".repeat(37)
    ));
    objects.push(stream("", "500 0 d0 0 0 500 500 re f"));
    let written = redact(&file(&objects), "Quill", "[NAME]");
    assert_gone(&written, "Quill");
    assert!(squeezed(&read(&written).unwrap()).contains("kept"));
}

#[test]
fn words_on_both_sides_of_a_label_are_not_one() {
    // The second line is shown first, so that the page has a reading in the order of its contents too.
    let contents = "BT /F1 12 Tf 1 0 0 1 72 650 Tm (about network rules here) Tj \
                    1 0 0 1 80 700 Tm (under network Quillfeather rules) Tj 1 0 0 1 72 600 Tm (a network rules page) Tj ET";
    let bytes = file(&page(contents));
    let document = read(&bytes).expect("readable");
    assert!(document.segments.len() > 1, "two readings");
    let edits: Vec<Vec<Edit>> = document
        .segments
        .iter()
        .map(|segment| {
            let places = ["Quillfeather", "network rules here"].iter().filter_map(|word| Some((segment.text.find(word)?, word)));
            let edit = |(at, word): (usize, &&str)| {
                let length = if word.starts_with('Q') { word.len() } else { "network rules".len() };
                Edit {
                    span: Span::new(at, at + length),
                    replacement: "[X]".to_owned(),
                    entity: Entity::new("TEST"),
                    operator: "redact",
                }
            };
            places.map(edit).collect()
        })
        .collect();
    let written = document.body.write(&edits).expect("writable");
    let verified = subrosa_documents::verify::verify(pdf(), &document, &edits, &Source::nameless(&written), &Limits::default());
    assert!(verified.is_ok(), "{verified:?}");
    assert!(squeezed(&read(&written).expect("readable")).matches("network[X]rules").count() > 1, "in both readings");
}
