//! Every place where a PDF can keep a text that no reader shows on a page: one file holds a word in each, the word goes, and
//! the written file is searched by a reader of its own, so that a failure names the places.
//!
//! Text that pages do show is in `pdf_streams`, files that are refused in `pdf_admission`, what widths and places tell in
//! `pdf_spacing`, `pdf_subset` and `pdf_labels`, pictures in `pictures_inside` and `pdf_inline_images`.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]
#![allow(clippy::format_collect)]

#[allow(dead_code, reason = "each test program uses its own part")]
mod pdf_support;

use std::io::{Read as _, Write as _};

use pdf_support::{pdf, read};
use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::{Limits, Source, verify};

/// A file in which each place holds a word of its own.
#[derive(Default)]
struct Planted {
    objects: Vec<(String, Option<Vec<u8>>)>,
    places: Vec<(String, String)>,
}

impl Planted {
    /// A new word for a place: letters only, with no other word in it.
    fn word(&mut self, place: &str) -> String {
        let number = self.places.len();
        let letter = |value: usize| char::from(b'a' + value as u8);
        let word = format!("Quorn{}{}ix", letter(number / 20), letter(number % 20));
        self.places.push((place.to_owned(), word.clone()));
        word
    }

    fn object(&mut self, object: impl Into<String>) -> usize {
        self.objects.push((object.into(), None));
        self.objects.len()
    }

    fn stream(&mut self, dict: impl Into<String>, data: impl AsRef<[u8]>) -> usize {
        self.objects.push((dict.into(), Some(data.as_ref().to_vec())));
        self.objects.len()
    }

    fn bytes(&mut self, trailer: &str) -> Vec<u8> {
        let (before, between, after) =
            (self.word("before the header"), self.word("between objects"), self.word("behind the end of the file"));
        let mut out = format!("{before}\n%PDF-1.7\n% {before}\n").into_bytes();
        let mut offsets = Vec::new();
        for (index, (object, data)) in self.objects.iter().enumerate() {
            offsets.push(out.len());
            let _ = writeln!(out, "{} 0 obj", index + 1);
            if let Some(data) = data {
                let _ = write!(out, "<< {object} /Length {} >>\nstream\n", data.len());
                out.extend_from_slice(data);
                out.extend_from_slice(b"\nendstream");
            } else {
                out.extend_from_slice(object.as_bytes());
            }
            let _ = write!(out, "\nendobj\n% {between}\n");
        }
        let start = out.len();
        let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1);
        for offset in &offsets {
            let _ = writeln!(out, "{offset:010} 00000 n ");
        }
        let _ =
            write!(out, "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n{after}\n", offsets.len() + 1);
        out
    }

    /// Takes every word out and gives the places where one is left.
    fn left(&self, bytes: &[u8]) -> Vec<&str> {
        let document = read(bytes).unwrap();
        assert_eq!(document.unread, []);
        let hits = |text: &str| {
            let mut edits: Vec<Edit> = Vec::new();
            for (_, word) in &self.places {
                edits.extend(text.match_indices(word.as_str()).map(|(at, found)| Edit {
                    span: Span::new(at, at + found.len()),
                    replacement: "[X]".to_owned(),
                    entity: Entity::DENIED_TERM,
                    operator: "redact",
                }));
            }
            edits.sort_by_key(|edit| edit.span.start);
            edits
        };
        let edits: Vec<Vec<Edit>> = document.segments.iter().map(|segment| hits(&segment.text)).collect();
        let written = document.body.write(&edits).unwrap();
        let verified = verify::verify(pdf(), &document, &edits, &Source::nameless(&written), &Limits::default());
        let plain = unpacked(&written);
        let left: Vec<&str> =
            self.places.iter().filter(|(_, word)| holds(&plain, word)).map(|(place, _)| place.as_str()).collect();
        assert!(left.is_empty() == verified.is_ok() || left.is_empty(), "what is left is not seen: {left:?}");
        assert!(verified.is_ok() || !left.is_empty(), "{verified:?}");
        left
    }
}

/// The bytes, and behind them every stream of them that can be inflated. Knows nothing of the structure of the file.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for (at, found) in memchr::memmem::find_iter(bytes, b"stream\n").map(|at| (at, 7)) {
        let mut plain = Vec::new();
        let _ = flate2::read::ZlibDecoder::new(&bytes[at + found..]).take(1 << 22).read_to_end(&mut plain);
        out.extend_from_slice(&plain);
    }
    out
}

fn holds(bytes: &[u8], word: &str) -> bool {
    let wide = |order: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let hex = word.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let wide_hex = word.encode_utf16().map(|unit| format!("{unit:04x}")).collect::<String>();
    let lower = bytes.to_ascii_lowercase();
    [word.to_lowercase().into_bytes(), hex.into_bytes(), wide_hex.into_bytes()]
        .iter()
        .any(|one| memchr::memmem::find(&lower, one).is_some())
        || [wide(u16::to_le_bytes), wide(u16::to_be_bytes)].iter().any(|one| memchr::memmem::find(bytes, one).is_some())
}

fn wide_hex(word: &str) -> String {
    let units = word.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<String>();
    format!("<FEFF{units}>")
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A page with a font, and the numbers of the objects that the tests add to: catalog 1, page 3, contents 4.
fn begin(planted: &mut Planted, catalog: &str, page: &str, resources: &str, contents: &str) {
    planted.object(format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"));
    planted.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    planted.object(format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> {resources} >> {page} >>"
    ));
    planted.stream("", contents);
    planted.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
}

#[test]
fn the_document_and_its_properties() {
    let mut planted = Planted::default();
    let mut word = |place: &str| planted.word(place);
    let info = ["Title", "Author", "Subject", "Keywords", "Creator", "Company", "SourceModified"]
        .map(|key| format!("/{key} ({})", word(&format!("Info {key}"))))
        .join(" ");
    let key = word("a key of one's own in Info");
    let catalog = format!(
        "/Metadata 6 0 R /Lang ({}) /URI << /Base (http://example.com/{}) >> \
         /OpenAction << /S /JavaScript /JS ({}) >> /AA << /WC << /S /JavaScript /JS ({}) >> >> \
         /PageLabels << /Nums [0 << /P ({}) >>] >> /Dests << /{} [3 0 R /Fit] >> \
         /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /Info ({}) /OutputCondition ({}) /RegistryName ({}) >>] \
         /Legal << /Attestation ({}) >> /PieceInfo << /App << /Private << /Who ({}) >> >> >> \
         /SpiderInfo << /V 1.0 /C [<< /URL (http://example.com/{}) >>] >> \
         /Threads [<< /I << /Title ({}) /Author ({}) >> /F 7 0 R >>] \
         /Collection << /Schema << /{} << /Subtype /S /N ({}) >> >> /D ({}) >> \
         /Perms << /DocMDP << /Name ({}) /Reason ({}) /ContactInfo ({}) >> >> \
         /ViewerPreferences << /Extra ({}) >> /Extensions << /{} << /BaseVersion /1.7 /ExtensionLevel 3 >> >>",
        word("language"),
        word("base of links"),
        word("script run on opening"),
        word("script run on closing"),
        word("page labels"),
        word("name of a destination"),
        word("output intent, information"),
        word("output intent, condition"),
        word("output intent, registry"),
        word("legal attestation"),
        word("private data of a program"),
        word("web capture"),
        word("thread, title"),
        word("thread, author"),
        word("collection, field"),
        word("collection, name"),
        word("collection, first file"),
        word("signature, name"),
        word("signature, reason"),
        word("signature, contact"),
        word("viewer preferences"),
        word("prefix of an extension"),
    );
    begin(&mut planted, &catalog, "", "", "BT /F1 12 Tf 72 700 Td (kept) Tj ET");
    let metadata = planted.word("metadata of the document");
    planted.stream("/Type /Metadata /Subtype /XML", format!("<x:xmpmeta>{metadata}</x:xmpmeta>"));
    planted.object("<< /Type /Bead /T 7 0 R /N 7 0 R /V 7 0 R /P 3 0 R /R [0 0 9 9] >>");
    let loose = planted.word("an object that nothing uses");
    planted.object(format!("<< /Loose ({loose}) >>"));
    let dropped = planted.word("a stream that nothing uses");
    planted.stream("", dropped);
    let bytes = planted.bytes(&format!("/Info << {info} /{key} (1) /Producer (Pen) >>"));
    assert_eq!(planted.left(&bytes), [""; 0]);
}

#[test]
fn pages_and_what_they_use() {
    let mut planted = Planted::default();
    let mut word = |place: &str| planted.word(place);
    let page = format!(
        "/Metadata 6 0 R /Thumb 7 0 R /PieceInfo << /App << /Private ({}) >> >> /AA << /O << /S /JavaScript /JS ({}) >> >> \
         /ID ({}) /VP [<< /Type /Viewport /Name ({}) /BBox [0 0 9 9] /Measure << /R ({}) >> >>] \
         /PresSteps << /NA << /S /URI /URI (http://example.com/{}) >> >> /SeparationInfo << /DeviceColorant ({}) >> \
         /LastModified ({}) /TemplateInstantiated /{}",
        word("page, private data"),
        word("page, script"),
        word("page, identifier"),
        word("viewport, name"),
        word("viewport, scale"),
        word("page, presentation"),
        word("page, colorant"),
        word("page, time of change"),
        word("page, template"),
    );
    let resources = format!(
        "/XObject << /Im 8 0 R /Fm 9 0 R /Ps 14 0 R /Alt 15 0 R >> /Properties << /P1 << /ActualText ({}) /Alt {} /E ({}) >> /Oc 10 0 R >> \
         /ColorSpace << /Cs [/Separation /{} /DeviceGray 11 0 R] >> /Shading << /Sh << /ShadingType 2 /ColorSpace /DeviceGray \
         /Coords [0 0 1 1] /Function 11 0 R >> >> /ExtGState << /Gs << /SMask << /S /Luminosity /G 12 0 R >> /HT << /HalftoneType 1 \
         /HalftoneName ({}) /Frequency 60 /Angle 45 /SpotFunction /Round >> >> >> /Pattern << /Pt 13 0 R >>",
        word("property list, actual text"),
        wide_hex(&word("property list, alternative")),
        word("property list, expansion"),
        word("name of an ink"),
        word("name of a halftone"),
    );
    let contents = format!(
        "% {}\n/Span /P1 BDC EMC /Span << /ActualText ({}) /E ({}) >> BDC EMC /{} MP /{} << /X ({}) >> DP \
         /OC /Oc BDC EMC q /Gs gs /Im Do /Fm Do Q /Cs cs 1 scn /Pattern cs /Pt scn 0 0 9 9 re f \
         BI /W 1 /H 1 /BPC 8 /CS /G ID {}EI Q BT /F1 12 Tf 72 700 Td (kept) Tj (\\{:03o}{}) Tj <{}> Tj ET",
        word("comment in the contents"),
        word("actual text"),
        word("expansion"),
        word("tag of a marked point"),
        word("tag of a marked point with properties"),
        word("properties of a marked point"),
        "x ",
        b'Q',
        &word("escaped letters")[1..],
        word("hexadecimal letters").bytes().map(|byte| format!("{byte:02x}")).collect::<String>(),
    );
    begin(&mut planted, "/OCProperties << /OCGs [10 0 R] /D << /Order [(group) 10 0 R] >> >>", &page, &resources, &contents);
    let data = planted.word("metadata of a page");
    planted.stream("/Type /Metadata /Subtype /XML", format!("<x:xmpmeta>{data}</x:xmpmeta>"));
    let data = planted.word("thumbnail");
    planted.stream("/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", data);
    // An image with metadata of its own, whose packed pixels something follows.
    let (tail, source) = (planted.word("behind the pixels of an image"), planted.word("image, prepress"));
    let mut pixels = deflated(&[7]);
    pixels.extend_from_slice(tail.as_bytes());
    planted.stream(
        format!(
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode \
             /Metadata 6 0 R /OPI << /2.0 << /Type /OPI /F ({source}) >> >> /Alternates [<< /Image 15 0 R /DefaultForPrinting false >>]"
        ),
        pixels,
    );
    let (text, info, group) = (planted.word("form"), planted.word("form, private data"), planted.word("form, reference"));
    planted.stream(
        format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /Font << /F1 5 0 R >> >> /Metadata 6 0 R \
             /PieceInfo << /App << /Private ({info}) >> >> /Ref << /F ({group}) /Page 0 >>"
        ),
        format!("BT /F1 12 Tf 0 0 Td ({text}) Tj ET"),
    );
    let (name, creator) = (planted.word("layer"), planted.word("layer, creator"));
    planted.object(format!(
        "<< /Type /OCG /Name ({name}) /Usage << /CreatorInfo << /Creator ({creator}) /Subtype /Artwork >> >> >>"
    ));
    let comment = planted.word("comment in a function");
    planted.stream("/FunctionType 4 /Domain [0 1] /Range [0 1]", format!("{{ % {comment}\n 1 exch sub }}"));
    let mask = planted.word("soft mask");
    planted.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Group << /S /Transparency /CS /DeviceGray >> /Resources << /Font << /F1 5 0 R >> >>",
        format!("BT /F1 12 Tf 0 0 Td ({mask}) Tj ET"),
    );
    let tile = planted.word("pattern");
    planted.stream(
        "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << /Font << /F1 5 0 R >> >>",
        format!("BT /F1 2 Tf ({tile}) Tj ET"),
    );
    let script = planted.word("PostScript");
    planted.stream("/Type /XObject /Subtype /PS", format!("% {script}\n"));
    let jpeg = planted.word("metadata in a JPEG picture");
    let end = planted.word("behind a JPEG picture");
    let mut picture = vec![0xff, 0xd8, 0xff, 0xfe, 0, 2 + jpeg.len() as u8];
    picture.extend_from_slice(jpeg.as_bytes());
    picture.extend_from_slice(&[0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
    picture.extend_from_slice(end.as_bytes());
    planted.stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter [/FlateDecode /DCTDecode]",
        deflated(&picture),
    );
    let bytes = planted.bytes("");
    assert_eq!(planted.left(&bytes), [""; 0]);
}

#[test]
fn fields_annotations_and_the_outline() {
    let mut planted = Planted::default();
    let mut word = |place: &str| planted.word(place);
    let catalog = format!(
        "/AcroForm << /Fields [6 0 R 7 0 R 8 0 R] /DA (/F1 0 Tf % {}) /XFA [(template) 12 0 R] /CO [6 0 R] >> /Outlines 9 0 R \
         /Names << /Dests << /Names [({}) << /D [3 0 R /Fit] >>] >> /EmbeddedFiles << /Names [({}) 11 0 R] >> \
         /JavaScript << /Names [({}) << /S /JavaScript /JS 13 0 R >>] >> /AP << /Names [({}) 14 0 R] >> \
         /Pages << /Names [({}) 3 0 R] >> /URLS << /Names [(http://example.com/{}) 3 0 R] >> /Renditions << /Names [({}) << /S /MR >>] >> >> \
         /AF [11 0 R]",
        word("form, default appearance"),
        word("tree of destinations"),
        word("tree of files"),
        word("tree of scripts"),
        word("tree of appearances"),
        word("tree of pages"),
        word("tree of addresses"),
        word("tree of renditions"),
    );
    begin(
        &mut planted,
        &catalog,
        "/Annots [6 0 R 7 0 R 8 0 R 15 0 R 16 0 R 17 0 R 18 0 R 19 0 R 20 0 R 21 0 R]",
        "",
        "BT /F1 12 Tf 72 700 Td (kept) Tj ET",
    );
    let mut word = |place: &str| planted.word(place);
    let text = format!(
        "<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 99 9] /T ({}) /TU ({}) /TM ({}) /V ({}) /DV {} /RV (<body>{}</body>) \
         /DS (font: {}) /AA << /K << /S /JavaScript /JS ({}) >> >> >>",
        word("field, name"),
        word("field, name for people"),
        word("field, name for export"),
        word("field, value"),
        wide_hex(&word("field, default")),
        word("field, rich value"),
        word("field, style"),
        word("field, script"),
    );
    let choice = format!(
        "<< /Type /Annot /Subtype /Widget /FT /Ch /Rect [0 0 99 9] /T (choice) /Opt [({}) [({}) ({})]] /V ({}) /TI 0 /I [0] >>",
        word("choice, option"),
        word("choice, value for export"),
        word("choice, shown value"),
        word("choice, chosen value"),
    );
    let button = format!(
        "<< /Type /Annot /Subtype /Widget /FT /Btn /Rect [0 0 9 9] /T (button) /MK << /CA ({}) /RC ({}) /AC ({}) >> /V /{} /AS /{} \
         /A << /S /SubmitForm /F << /FS /URL /F (http://example.com/{}) >> /Fields [({})] >> >>",
        word("button, caption"),
        word("button, caption under the pointer"),
        word("button, caption when pressed"),
        word("button, value"),
        word("button, state"),
        word("button, where it sends"),
        word("button, what it sends"),
    );
    for object in [text, choice, button] {
        planted.object(object);
    }
    planted.object("<< /Type /Outlines /First 10 0 R /Last 10 0 R /Count 1 >>");
    let mut word = |place: &str| planted.word(place);
    let item = format!(
        "<< /Title ({}) /Parent 9 0 R /A << /S /GoToR /F (/home/{}/a.pdf) /D ({}) /Next << /S /Launch /F ({}) /Win << /F ({}) /P ({}) >> >> >> >>",
        word("bookmark"),
        word("bookmark, file"),
        word("bookmark, place in a file"),
        word("bookmark, program"),
        word("bookmark, program on Windows"),
        word("bookmark, parameters"),
    );
    let file = format!(
        "<< /Type /Filespec /F ({0}.txt) /UF {1} /Desc ({2}) /EF << /F 22 0 R >> /CI << /Who ({3}) >> >>",
        word("file, name"),
        wide_hex(&word("file, name in Unicode")),
        word("file, description"),
        word("file, field of a collection"),
    );
    planted.object(item);
    planted.object(file);
    let (form, script, appearance) =
        (planted.word("XFA"), planted.word("script in a stream"), planted.word("appearance in the tree"));
    planted.stream("", format!("<template>{form}</template>"));
    planted.stream("", format!("app.alert('{script}')"));
    planted.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /Font << /F1 5 0 R >> >>",
        format!("BT /F1 12 Tf 0 0 Td ({appearance}) Tj ET"),
    );
    let mut word = |place: &str| planted.word(place);
    let note = format!(
        "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents ({}) /T ({}) /Subj ({}) /NM ({}) /RC (<p>{}</p>) /M ({}) /Lang ({}) \
         /CreationDate ({}) /StateModel ({}) /State ({}) >>",
        word("note"),
        word("note, author"),
        word("note, subject"),
        word("note, name"),
        word("note, rich text"),
        word("note, time of change"),
        word("note, language"),
        word("note, time of making"),
        word("note, model of states"),
        word("note, state"),
    );
    let redaction = format!(
        "<< /Type /Annot /Subtype /Redact /Rect [0 0 9 9] /OverlayText ({}) /DA (% {}) >>",
        word("redaction that was not applied"),
        word("redaction, appearance"),
    );
    let stamp = format!("<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /Name /{} /AP << /N 14 0 R >> >>", word("stamp"));
    let link = format!(
        "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (mailto:{}@example.com) >> /PA << /S /URI /URI (http://example.com/{}) >> >>",
        word("link"),
        word("link of web capture"),
    );
    let movie = format!(
        "<< /Type /Annot /Subtype /Movie /Rect [0 0 9 9] /T ({}) /Movie << /F ({}) >> >>",
        word("film, title"),
        word("film, file"),
    );
    let screen = format!(
        "<< /Type /Annot /Subtype /Screen /Rect [0 0 9 9] /T ({}) /A << /S /Rendition /R << /S /MR /N ({}) /C << /S /MCD /N ({}) /D ({}) >> >> /JS ({}) >> >>",
        word("screen, title"),
        word("rendition, name"),
        word("rendition, clip"),
        word("rendition, data"),
        word("rendition, script"),
    );
    let attached = format!(
        "<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 11 0 R /Contents ({}) >>",
        word("attached file, contents")
    );
    for object in [note, redaction, stamp, link, movie, screen, attached] {
        planted.object(object);
    }
    let (data, checked) = (planted.word("text of an attached file"), planted.word("type of an attached file"));
    planted.stream(format!("/Type /EmbeddedFile /Subtype /text#2Fplain /Params << /ModDate ({checked}) >>"), data);
    let bytes = planted.bytes("");
    assert_eq!(planted.left(&bytes), [""; 0]);
}

#[test]
fn the_structure_tree_and_fonts() {
    let mut planted = Planted::default();
    begin(
        &mut planted,
        "/MarkInfo << /Marked true >> /StructTreeRoot 6 0 R",
        "/StructParents 0",
        "/Font << /F1 5 0 R /F2 9 0 R /F3 13 0 R >>",
        "/P << /MCID 0 >> BDC BT /F1 12 Tf 72 700 Td (kept) Tj ET EMC BT /F2 9 Tf (a) Tj /F3 9 Tf (a) Tj ET",
    );
    planted.objects[2].0 = planted.objects[2].0.replace("/Font << /F1 5 0 R >> ", "");
    let mut word = |place: &str| planted.word(place);
    let tree = format!(
        "<< /Type /StructTreeRoot /K 7 0 R /RoleMap << /{} /P >> /ClassMap << /{} << /O /Layout /Who ({}) >> >> \
         /IDTree << /Names [({}) 7 0 R] >> /Namespaces [<< /Type /Namespace /NS (http://example.com/{}) >>] /AF 11 0 R \
         /PronunciationLexicon [11 0 R] >>",
        word("role of one's own"),
        word("class"),
        word("class, attribute"),
        word("tree of elements"),
        word("namespace"),
    );
    let element = format!(
        "<< /Type /StructElem /S /P /P 6 0 R /Pg 3 0 R /K 0 /ID ({}) /T ({}) /Alt {} /E ({}) /ActualText ({}) /Lang ({}) /Phoneme ({}) \
         /A [<< /O /UserProperties /P [<< /N ({}) /V ({}) /F ({}) >>] >> << /O /Table /Summary ({}) /Headers [({})] >>] >>",
        word("element, identifier"),
        word("element, title"),
        wide_hex(&word("element, alternative")),
        word("element, expansion"),
        word("element, actual text"),
        word("element, language"),
        word("element, pronunciation"),
        word("element, property"),
        word("element, value of a property"),
        word("element, shown value"),
        word("table, summary"),
        word("table, headers"),
    );
    planted.object(tree);
    planted.object(element);
    planted.object("null");
    let mut word = |place: &str| planted.word(place);
    let font = format!(
        "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+{} /FirstChar 97 /LastChar 97 /Widths [500] /ToUnicode 10 0 R /Name /{} \
         /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+Other /FontFamily ({}) /Flags 32 /FontBBox [0 0 9 9] /ItalicAngle 0 \
         /Ascent 9 /Descent 0 /CapHeight 9 /StemV 1 /CharSet (/{}) /Lang /en >> >>",
        word("name of a font"),
        word("font, name in the resources"),
        word("font, family"),
        word("font, characters"),
    );
    planted.object(font);
    let comment = planted.word("comment in a table of characters");
    planted.stream(
        format!("/CMapName /{comment}"),
        format!(
            "% {comment}\n/CIDSystemInfo << /Registry ({comment}) >> def /CMapName /{comment} def\n1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <61> <0061> endbfchar"
        ),
    );
    let lexicon = planted.word("file of the structure tree");
    planted.object(format!("<< /Type /Filespec /F (a.xml) /EF << /F 12 0 R >> /Desc ({lexicon}) >>"));
    let math = planted.word("formula in the structure tree");
    planted.stream("/Type /EmbeddedFile", format!("<?xml version=\"1.0\"?><math><mi>{math}</mi></math>"));
    let glyph = planted.word("name of a glyph");
    planted.object(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 \
         /Widths [500] /ToUnicode 10 0 R /Encoding << /Differences [97 /{glyph}] >> /CharProcs << /{glyph} 14 0 R >> >>"
    ));
    planted.stream("", "500 0 d0 0 0 500 500 re f");
    let bytes = planted.bytes("");
    assert_eq!(planted.left(&bytes), [""; 0]);
}

#[test]
fn what_no_operator_shows() {
    let mut planted = Planted::default();
    let mut word = |place: &str| planted.word(place);
    let contents = format!(
        "({}) q ({}) 5 w Q 1 2 {} /Name ({}) frob {} BT /F1 12 Tf 72 700 Td (kept) Tj [(one) [({})] << /A ({}) >> {} (two)] TJ ET \
         BI /W 1 /H 1 /BPC 8 /CS /G /Note ({}) /{} 5 ({}) {} ID x EI \
         BI /W 1 /H 1 /BPC 8 /CS /G ID x{} EI /Sp << /A [({}) << /B ({}) >>] >> DP ({}) [({})]",
        word("string before an operator that saves"),
        word("string before a width"),
        word("word that is no operator"),
        word("string before no operator"),
        word("word alone"),
        word("list in a list that is shown"),
        word("dictionary in a list that is shown"),
        word("word in a list that is shown"),
        word("inline image, entry of one's own"),
        word("inline image, key of one's own"),
        word("inline image, value without a key"),
        word("inline image, word"),
        word("behind the pixels of an inline image"),
        word("list in a property list"),
        word("dictionary in a property list"),
        word("string at the end"),
        word("list at the end"),
    );
    begin(&mut planted, "", "", "", "");
    let (comment, end) = (planted.word("comment in an inline JPEG"), planted.word("behind an inline JPEG"));
    let (packed, tail) =
        (planted.word("comment in a packed inline JPEG"), planted.word("behind packed pixels of an inline image"));
    let jpeg = |comment: &str, end: &str| {
        let mut picture = vec![0xff, 0xd8, 0xff, 0xfe, 0, 2 + comment.len() as u8];
        picture.extend_from_slice(comment.as_bytes());
        picture.extend_from_slice(&[0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
        picture.extend_from_slice(end.as_bytes());
        picture
    };
    let mut bytes = contents.replace("[(one)", "\n[(one)").into_bytes();
    let inline = |filter: &str, data: &[u8]| {
        [format!("\nBI /W 1 /H 1 /BPC 8 /CS /G /F {filter} ID ").as_bytes(), data, b"\nEI\n"].concat()
    };
    bytes.extend(b"\nq Q");
    let mut all = inline("/DCT", &jpeg(&comment, &end));
    all.extend(inline("[/Fl /DCT]", &deflated(&jpeg(&packed, ""))));
    all.extend(inline("/Fl", &[deflated(&[7]), tail.into_bytes()].concat()));
    all.extend(bytes);
    planted.objects[3].1 = Some(all);
    let bytes = planted.bytes("");
    assert_eq!(planted.left(&bytes), [""; 0]);
}

#[test]
fn annotations_of_every_kind() {
    let mut planted = Planted::default();
    let numbers = (6..40).map(|number| format!("{number} 0 R ")).collect::<String>();
    begin(
        &mut planted,
        "/AcroForm << /Fields [6 0 R 7 0 R] /SigFlags 3 >> /DSS << /VRI << >> >> \
         /Names << /IDS << /Names [(x) 3 0 R] >> /Templates << /Names [(x) 3 0 R] >> /AlternatePresentations << /Names [] >> >>",
        &format!("/Annots [{numbers}]"),
        "",
        "BT /F1 12 Tf 72 700 Td (kept) Tj ET",
    );
    let mut word = |place: &str| planted.word(place);
    let mut all = vec![
        format!(
            "<< /Subtype /Widget /FT /Sig /Rect [0 0 9 9] /T (signed) /V << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached \
             /ByteRange [0 1 2 3] /Contents <00{}00> /Name ({}) /Reason ({}) /Location ({}) /ContactInfo ({}) /Cert ({}) /M ({}) \
             /Prop_Build << /App << /Name /{} >> >> /Reference [<< /Type /SigRef /TransformMethod /DocMDP /DigestValue ({}) >>] >> \
             /SV << /Type /SV /Reasons [({})] /LegalAttestation [({})] >> /Lock << /Type /SigFieldLock /Fields [({})] >> >>",
            word("signature, contents").bytes().map(|byte| format!("{byte:02x}")).collect::<String>(),
            word("signature of a field, name"),
            word("signature of a field, reason"),
            word("signature of a field, place"),
            word("signature of a field, contact"),
            word("signature of a field, certificate"),
            word("signature of a field, time"),
            word("signature of a field, program"),
            word("signature of a field, digest"),
            word("seed value, reasons"),
            word("seed value, attestation"),
            word("lock of a signature"),
        ),
        format!("<< /T (outer) /V ({}) /FT /Tx /Kids [8 0 R] >>", word("field above, value")),
        format!(
            "<< /Subtype /Widget /Parent 7 0 R /Rect [0 0 9 9] /T ({}) /V {} /MaxLen 12 /AP << /N << >> >> >>",
            word("field below, name"),
            wide_hex(&word("field below, value")),
        ),
    ];
    let texts = [
        "Text",
        "Link",
        "FreeText",
        "Line",
        "Square",
        "Circle",
        "Polygon",
        "PolyLine",
        "Highlight",
        "Underline",
        "Squiggly",
        "StrikeOut",
        "Stamp",
        "Caret",
        "Ink",
        "Popup",
        "Sound",
        "PrinterMark",
        "TrapNet",
        "Watermark",
        "3D",
        "RichMedia",
        "Projection",
        "OwnKind",
    ];
    for subtype in texts {
        let mut word = |what: &str| word(&format!("{subtype}, {what}"));
        all.push(format!(
            "<< /Type /Annot /Subtype /{subtype} /Rect [0 0 9 9] /Contents ({}) /T ({}) /Subj ({}) /RC (<p>{}</p>) /DS ({}) /DA (% {}) \
             /NM ({}) /M ({}) /CreationDate ({}) /Own ({}) /State ({}) /IT /FreeTextCallout /Measure << /R ({}) /X [<< /U ({}) >>] >> \
             /ExData << /Type /ExData /Note ({}) >> /BE << /S /C >> /Sound << /Note ({}) >> /RichMediaContent << /Note ({}) >> /3DV ({}) \
             /A << /S /URI /URI (http://example.com/{}) >> /AA << /E << /S /JavaScript /JS ({}) >> >> >>",
            word("contents"), word("author"), word("subject"), word("rich text"), word("style"), word("appearance"), word("name"),
            word("time of change"), word("time of making"), word("entry of one's own"), word("state"), word("scale"), word("unit"),
            word("data"), word("sound"), word("media"), word("view"), word("address"), word("script"),
        ));
    }
    let reply = format!("<< /Subtype /Text /Rect [0 0 9 9] /IRT 9 0 R /RT /R /Contents ({}) >>", word("reply"));
    let loose = format!("<< /Subtype /Text /Contents ({}) /T ({}) >>", word("without a place"), word("without a place, author"));
    all.extend([reply, loose]);
    for object in all {
        planted.object(object);
    }
    let bytes = planted.bytes("");
    assert_eq!(planted.left(&bytes), [""; 0]);
}

#[test]
fn objects_in_streams_and_what_stands_beside_them() {
    let mut planted = Planted::default();
    let mut word = |place: &str| planted.word(place);
    let (unused, between, kept) =
        (word("object in a stream that nothing uses"), word("between objects in a stream"), word("bookmark in a stream"));
    let (extended, named) = (word("stream that another extends"), word("entry of a stream of objects"));
    begin(&mut planted, "/Outlines 7 0 R", "", "", "BT /F1 12 Tf 72 700 Td (kept) Tj ET");
    // Objects 7 and 8 in a stream, and one that is not in the table at all.
    let first = "<< /Type /Outlines /First 8 0 R /Last 8 0 R /Count 1 >>";
    let second = format!("<< /Title ({kept}) /Parent 7 0 R >>");
    let third = format!("<< /Loose ({unused}) >>");
    let body = format!("{first} % {between}\n{second} {third}");
    let at = |text: &str| body.find(text).unwrap();
    let head = format!("7 {} 8 {} 30 {} ", at(first), at(&second), at(&third));
    let data = deflated(format!("{head}{body}").as_bytes());
    planted.stream(format!("/Type /ObjStm /N 3 /First {} /Filter /FlateDecode /Extends 6 0 R /Own ({named})", head.len()), data);
    let (before, behind, after) =
        (planted.word("before the header"), planted.word("behind the data of a stream"), planted.word("behind the end"));
    let mut out = format!("{before}\n%PDF-1.7\n").into_bytes();
    let header = before.len() + 1;
    let mut offsets = Vec::new();
    for (index, (object, data)) in planted.objects.iter().enumerate() {
        offsets.push(out.len() - header);
        let _ = writeln!(out, "{} 0 obj", index + 1);
        match data {
            Some(data) => {
                let _ = write!(out, "<< {object} /Length {} >>\nstream\n", data.len());
                out.extend_from_slice(data);
                let _ = write!(out, "\nendstream % {behind}");
            }
            None => out.extend_from_slice(object.as_bytes()),
        }
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len() - header;
    let mut table = vec![0_u8; 5];
    let mut entry =
        |kind: u8, value: usize, index: u8| table.extend([kind, (value >> 16) as u8, (value >> 8) as u8, value as u8, index]);
    for offset in &offsets {
        entry(1, *offset, 0);
    }
    entry(2, 6, 0);
    entry(2, 6, 1);
    entry(1, start, 0);
    let packed = deflated(&table);
    let _ = write!(
        out,
        "9 0 obj\n<< /Type /XRef /Size 10 /Root 1 0 R /W [1 3 1] /Filter /FlateDecode /Own ({extended}) /Length {} >>\nstream\n",
        packed.len()
    );
    out.extend(packed);
    let _ = write!(out, "\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n{after}");
    assert_eq!(planted.left(&out), [""; 0]);
}
