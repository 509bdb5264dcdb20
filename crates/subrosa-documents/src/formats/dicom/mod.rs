//! DICOM files (PS3.10): their attributes by the basic application level confidentiality profile (PS3.15, annex E), their
//! pixels by reading the text burned into them.
//!
//! What the profile removes goes in any case, whatever is found: names, dates, identifiers, free text, private attributes,
//! curves, overlays, enclosed documents, structured reports, signatures. Every text is a segment all the same, labelled with
//! its attribute's name, so that reports tell what was there and names in it are looked for in what stays. The written file
//! says that its identity was removed, and how.
//!
//! Pixels are read where they are plain (one or three samples, eight or sixteen bits) or JPEG baseline, one fragment a frame;
//! a word that goes is filled in its frame. Other pixels, and all when there is no reader of text, are an unread part.
//! Faces that can be rebuilt from a series of the head are not handled. Deflated and big-endian files are refused.

mod data;
mod pixels;
mod profile;

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use data::{Element, Kinds, Reader, Value};
use pixels::Pixels;
use profile::Action;

use crate::document::{Body, Document, Part, UnreadPart};
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::nested;
use crate::picture::look::{DOUBTFUL, Seen, look};
use crate::refusal::Refusal;
use crate::view::{Block, Face, Shape, Views};

/// Where the file's own data set begins: after 128 bytes for anything, and a mark.
const START: usize = 132;

/// The DICOM format.
pub(super) struct Dicom;

impl Format for Dicom {
    fn id(&self) -> &'static str {
        "dcm"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        source.bytes.get(128..START) == Some(b"DICM")
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let file = File::read(source.bytes, limits)?;
        let mut collected = Collected { encoding: file.encoding(), segments: Vec::new(), places: Vec::new() };
        let mut elements = file.elements;
        collected.walk(&mut elements, file.kinds, &mut Vec::new());
        let mut unread = Vec::new();
        let mut looked = false;
        let pixels = Pixels::find(&elements, &file.syntax, limits);
        match (&pixels, source.aids.ocr) {
            (Ok(None), _) => {}
            (Ok(Some(pixels)), Some(ocr)) => match collected.look(pixels, ocr) {
                Ok(()) => looked = true,
                Err(reason) => unread.push(UnreadPart { part: "pixels".to_owned(), reason }),
            },
            (Ok(Some(_)), None) => {
                let reason = "text in pictures cannot be read: there is no program for it".to_owned();
                unread.push(UnreadPart { part: "pixels".to_owned(), reason });
            }
            (Err(reason), _) => unread.push(UnreadPart { part: "pixels".to_owned(), reason: (*reason).to_owned() }),
        }
        let body = DicomBody {
            meta: file.meta,
            elements,
            kinds: file.kinds,
            encoding: collected.encoding,
            places: collected.places,
            pixels: pixels.ok().flatten(),
            looked,
            blank: false,
        };
        Ok(Document { segments: collected.segments, unread, body: Box::new(body) })
    }

    /// All text of all values, whatever their kind.
    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        let file = File::read(source.bytes, limits)?;
        let (mut parts, mut text) = (Vec::new(), String::new());
        let mut stack: Vec<&Element> = file.elements.iter().chain(&file.meta).collect();
        while let Some(element) = stack.pop() {
            match &element.value {
                Value::Plain(bytes) if element.tag != data::PIXELS => {
                    text.extend(bytes.iter().map(|byte| char::from(*byte)));
                    text.push('\n');
                    // Private elements and those of unknown kind may hold text in any writing.
                    if !bytes.is_ascii() || memchr::memchr(0, bytes.trim_ascii_end()).is_some() {
                        nested::views("values", bytes, &mut parts);
                    }
                }
                Value::Items(items) => stack.extend(items.iter().flatten()),
                _ => {}
            }
        }
        let preamble = source.bytes.get(..128).unwrap_or_default().iter().map(|byte| char::from(*byte)).collect();
        parts.push(Part { name: "values".to_owned(), text });
        parts.push(Part { name: "preamble".to_owned(), text: preamble });
        Ok(parts)
    }
}

/// A file, taken apart.
struct File {
    meta: Vec<Element>,
    elements: Vec<Element>,
    kinds: Kinds,
    syntax: String,
}

impl File {
    fn read(bytes: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut reader = Reader::new(bytes, START, limits.parts);
        let meta = reader.elements(Kinds::Written, None, Some(2), 0)?;
        let syntax = meta.iter().find(|element| element.tag == 0x0002_0010).and_then(|element| match &element.value {
            Value::Plain(value) => Some(plain(value)),
            _ => None,
        });
        let syntax = syntax.ok_or_else(|| Refusal::damaged("file meta information", "it names no transfer syntax"))?;
        let kinds = match syntax.as_str() {
            "1.2.840.10008.1.2" => Kinds::Implied,
            "1.2.840.10008.1.2.1.99" => return Err(Refusal::Unsupported("a deflated DICOM file".to_owned())),
            "1.2.840.10008.1.2.2" => return Err(Refusal::Unsupported("a big-endian DICOM file".to_owned())),
            _ => Kinds::Written,
        };
        let elements = Reader::new(bytes, reader.position(), limits.parts).elements(kinds, None, None, 0)?;
        Ok(Self { meta, elements, kinds, syntax })
    }

    /// The encoding of texts: of the specific character set, the last value that is known.
    fn encoding(&self) -> &'static Encoding {
        let set = self.elements.iter().find(|element| element.tag == 0x0008_0005);
        let Some(Value::Plain(value)) = set.map(|element| &element.value) else { return encoding_rs::WINDOWS_1252 };
        let names = plain(value);
        let encoding = |name: &str| {
            Some(match name.trim() {
                "ISO_IR 192" => encoding_rs::UTF_8,
                "GB18030" | "GBK" => encoding_rs::GB18030,
                "ISO_IR 101" | "ISO 2022 IR 101" => encoding_rs::ISO_8859_2,
                "ISO_IR 109" | "ISO 2022 IR 109" => encoding_rs::ISO_8859_3,
                "ISO_IR 110" | "ISO 2022 IR 110" => encoding_rs::ISO_8859_4,
                "ISO_IR 144" | "ISO 2022 IR 144" => encoding_rs::ISO_8859_5,
                "ISO_IR 127" | "ISO 2022 IR 127" => encoding_rs::ISO_8859_6,
                "ISO_IR 126" | "ISO 2022 IR 126" => encoding_rs::ISO_8859_7,
                "ISO_IR 138" | "ISO 2022 IR 138" => encoding_rs::ISO_8859_8,
                "ISO_IR 148" | "ISO 2022 IR 148" => encoding_rs::WINDOWS_1254,
                "ISO_IR 166" | "ISO 2022 IR 166" => encoding_rs::WINDOWS_874,
                "ISO_IR 13" => encoding_rs::SHIFT_JIS,
                "ISO 2022 IR 87" | "ISO 2022 IR 159" => encoding_rs::ISO_2022_JP,
                "ISO 2022 IR 149" => encoding_rs::EUC_KR,
                _ => return None,
            })
        };
        names.rsplit('\\').find_map(encoding).unwrap_or(encoding_rs::WINDOWS_1252)
    }
}

/// A value without its padding.
fn plain(value: &[u8]) -> String {
    String::from_utf8_lossy(value).trim_end_matches(['\0', ' ']).to_owned()
}

/// What stands behind a segment.
enum Origin {
    /// A text: the way to it through items, and whether it stays.
    Text { path: Vec<usize>, tag: u32 },
    /// Text burned into a frame.
    Frame { number: usize, seen: Seen },
}

struct Collected {
    encoding: &'static Encoding,
    segments: Vec<Segment>,
    places: Vec<Origin>,
}

impl Collected {
    /// Takes in the texts, and does with the elements what the profile says.
    fn walk(&mut self, elements: &mut Vec<Element>, kinds: Kinds, path: &mut Vec<usize>) {
        let mut kept = Vec::with_capacity(elements.len());
        for mut element in std::mem::take(elements) {
            let action = profile::action(&element, kinds);
            if let Value::Items(items) = &mut element.value {
                for (number, item) in items.iter_mut().enumerate() {
                    path.extend([kept.len(), number]);
                    self.walk(item, kinds, path);
                    path.truncate(path.len().saturating_sub(2));
                }
            }
            if let Value::Plain(value) = &mut element.value {
                // Where the kind is not written, what looks like text is one.
                let text = data::is_text(element.kind) || kinds == Kinds::Implied && action != Action::Rename && printable(value);
                if text && element.tag != data::PIXELS {
                    path.push(kept.len());
                    // Codes and numbers of what stays are the format's own words.
                    let structural = action == Action::Text && !profile::is_free_text(element.tag);
                    self.text(element.tag, value, path, structural);
                    path.pop();
                }
                match action {
                    Action::Empty => value.clear(),
                    Action::Rename => *value = renamed(value),
                    _ => {}
                }
            }
            if action != Action::Remove {
                kept.push(element);
            }
        }
        *elements = kept;
    }

    fn text(&mut self, tag: u32, value: &[u8], path: &[usize], structural: bool) {
        let (text, _) = self.encoding.decode_without_bom_handling(value);
        let text = text.trim_end_matches(['\0', ' ']);
        // Names have parts, values stand side by side.
        let text: String = text.chars().map(|char| if matches!(char, '^' | '\\' | '=') { ' ' } else { char }).collect();
        if text.trim().is_empty() {
            return;
        }
        let label = profile::name(tag);
        let labelled = |text| if label.is_empty() { Segment::new(text) } else { Segment::labelled(text, label) };
        self.segments.push(if structural { Segment::structural(text) } else { labelled(text) });
        self.places.push(Origin::Text { path: path.to_vec(), tag });
    }

    fn look(&mut self, pixels: &Pixels, ocr: &dyn crate::ocr::Ocr) -> Result<(), String> {
        for number in 0..pixels.frames() {
            let seen = look(ocr, &pixels.frame(number)?)?;
            if seen.doubtful {
                return Err(DOUBTFUL.to_owned());
            }
            if !seen.text.is_empty() {
                self.segments.push(Segment::new(seen.text.clone()));
                self.places.push(Origin::Frame { number, seen });
            }
        }
        Ok(())
    }
}

fn printable(value: &[u8]) -> bool {
    let text = value.trim_ascii_end();
    let text = text.strip_suffix(&[0]).unwrap_or(text);
    text.len() > 3 && text.len() < 1 << 16 && text.iter().all(|byte| *byte >= 0x20 || byte.is_ascii_whitespace() || *byte == 0x1B)
}

fn renamed(value: &[u8]) -> Vec<u8> {
    let all = value.split(|byte| *byte == b'\\').filter(|one| !one.is_empty()).map(profile::renamed);
    let mut text = all.collect::<Vec<_>>().join("\\").into_bytes();
    text.extend((text.len() % 2 == 1).then_some(0));
    text
}

struct DicomBody {
    meta: Vec<Element>,
    /// What the profile leaves.
    elements: Vec<Element>,
    kinds: Kinds,
    encoding: &'static Encoding,
    places: Vec<Origin>,
    pixels: Option<Pixels>,
    looked: bool,
    blank: bool,
}

impl Body for DicomBody {
    fn place(&self, segment: usize, _: Span) -> String {
        match self.places.get(segment) {
            Some(Origin::Text { tag, .. }) => format!("attribute ({:04X},{:04X})", tag >> 16, tag & 0xFFFF),
            Some(Origin::Frame { number, .. }) => format!("frame {}", number + 1),
            None => String::new(),
        }
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        let mut views = Views::of(segments);
        for (number, origin) in self.places.iter().enumerate() {
            match origin {
                Origin::Text { .. } => views.field(number, "Attributes", false),
                Origin::Frame { number: frame, .. } => {
                    let section = views.section(&format!("Frame {}", frame + 1));
                    views.whole(number, &Face::text(section).shaped(Shape::Line));
                }
            }
        }
        views.finish()
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        self.blank = on_unread == OnUnread::Blank && self.pixels.is_some();
        self.blank || on_unread == OnUnread::Keep
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let too_long = || Refusal::Internal("a value is too long for its attribute".to_owned());
        let mut out = Vec::new();
        let mut body = Vec::new();
        let mut texts = BTreeMap::new();
        let mut frames = Vec::new();
        for (origin, edits) in self.places.iter().zip(edits).filter(|(_, edits)| !edits.is_empty()) {
            match origin {
                Origin::Text { path, tag } => {
                    texts.insert((path.as_slice(), *tag), edits.as_slice());
                }
                Origin::Frame { number, seen } => frames.push((*number, seen.under(edits))),
            }
        }
        let mut elements = self.rebuilt(&self.elements, &mut Vec::new(), &texts);
        if let Some(pixels) = self.pixels.as_ref().filter(|_| self.blank || !frames.is_empty()) {
            let painted = pixels.painted(&frames, self.blank).map_err(|reason| Refusal::uninspectable("pixels", reason))?;
            if let Some(element) = elements.iter_mut().find(|element| element.tag == data::PIXELS) {
                element.value = painted;
            }
        }
        self.declare(&mut elements);
        data::write(&elements, self.kinds, &mut body).ok_or_else(too_long)?;
        out.resize(128, 0);
        out.extend_from_slice(b"DICM");
        let mut meta = Vec::new();
        data::write(&self.meta(), Kinds::Written, &mut meta).ok_or_else(too_long)?;
        let length = u32::try_from(meta.len()).map_err(|_| too_long())?.to_le_bytes().to_vec();
        data::write(&[Element { tag: 0x0002_0000, kind: *b"UL", value: Value::Plain(length) }], Kinds::Written, &mut out);
        out.extend_from_slice(&meta);
        out.extend_from_slice(&body);
        Ok(out)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![
            "Attributes: names, dates, identifiers, free text, private attributes, overlays and enclosed documents are left out \
             (basic profile of PS3.15, annex E); identifiers of images are new ones."
                .to_owned(),
        ];
        if self.blank {
            notes.push("The pixels are painted over, as their text could not be read.".to_owned());
        } else if self.looked {
            notes.push(
                "Pixels: printed text was looked into; what cannot be read by a program stays, and so do faces.".to_owned(),
            );
        } else if self.elements.iter().any(|element| element.tag == data::PIXELS) {
            notes.push("Pixels: not looked into.".to_owned());
        }
        notes
    }
}

impl DicomBody {
    /// A copy of the elements with the edits made.
    fn rebuilt(&self, elements: &[Element], path: &mut Vec<usize>, texts: &BTreeMap<(&[usize], u32), &[Edit]>) -> Vec<Element> {
        let mut out = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            path.push(index);
            let value = match &element.value {
                Value::Plain(value) => {
                    let edits = texts.get(&(path.as_slice(), element.tag));
                    // What the profile has emptied stays empty.
                    let edited = edits.filter(|_| !value.is_empty()).map(|edits| self.edited(value, edits));
                    Value::Plain(edited.unwrap_or_else(|| value.clone()))
                }
                Value::Items(items) => {
                    let mut copies = Vec::with_capacity(items.len());
                    for (number, item) in items.iter().enumerate() {
                        path.push(number);
                        copies.push(self.rebuilt(item, path, texts));
                        path.pop();
                    }
                    Value::Items(copies)
                }
                Value::Fragments(fragments) => Value::Fragments(fragments.clone()),
            };
            path.pop();
            out.push(Element { tag: element.tag, kind: element.kind, value });
        }
        out
    }

    fn edited(&self, value: &[u8], edits: &[Edit]) -> Vec<u8> {
        let (text, _) = self.encoding.decode_without_bom_handling(value);
        let mut text = text.trim_end_matches(['\0', ' ']).to_owned();
        for edit in edits.iter().rev() {
            // Separators were read as blanks of the same length.
            if text.get(edit.span.range()).is_some() {
                text.replace_range(edit.span.range(), &edit.replacement);
            } else {
                text.clear();
            }
        }
        self.encoding.encode(&text).0.into_owned()
    }

    /// Says what was done (PS3.3, C.7.1.1 and C.12.1).
    fn declare(&self, elements: &mut Vec<Element>) {
        let text = |tag: u32, kind: [u8; 2], text: &str| Element { tag, kind, value: Value::Plain(text.as_bytes().to_vec()) };
        let mut said = vec![
            text(0x0012_0062, *b"CS", "YES"),
            text(0x0012_0063, *b"LO", "Basic profile of PS3.15 annex E, by Subrosa"),
            Element {
                tag: 0x0012_0064,
                kind: *b"SQ",
                value: Value::Items(vec![vec![
                    text(0x0008_0100, *b"SH", "113100"),
                    text(0x0008_0102, *b"SH", "DCM"),
                    text(0x0008_0104, *b"LO", "Basic Application Confidentiality Profile"),
                ]]),
            },
            text(0x0028_0303, *b"CS", "REMOVED"),
        ];
        if self.looked || self.blank {
            said.push(text(0x0028_0301, *b"CS", "NO"));
        }
        elements.retain(|element| !said.iter().any(|new| new.tag == element.tag));
        elements.extend(said);
        elements.sort_by_key(|element| element.tag);
    }

    /// The file's own data set: what kind of file it is, and the new identifier.
    fn meta(&self) -> Vec<Element> {
        let kept = self
            .meta
            .iter()
            .filter(|element| matches!(element.tag, 0x0002_0001 | 0x0002_0002 | 0x0002_0003 | 0x0002_0010 | 0x0002_0012));
        let copy = kept.filter_map(|element| match &element.value {
            Value::Plain(value) => {
                let value = if element.tag == 0x0002_0003 { renamed(value) } else { value.clone() };
                Some(Element { tag: element.tag, kind: element.kind, value: Value::Plain(value) })
            }
            _ => None,
        });
        copy.collect()
    }
}
