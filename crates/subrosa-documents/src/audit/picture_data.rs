//! Do pictures say where, when and by whom they were taken?

use super::Question;
use super::answers::Answers;
use super::kind::{Kind, Severity};
use super::subject::{Content, Data, Subject};
use crate::formats::pdf::store::Store;

static LOCATION: Kind = Kind {
    id: "picture-location",
    severity: Severity::High,
    title: "A picture says where it was taken",
    why: "Cameras and telephones write coordinates into pictures; they lead to homes and workplaces.",
    advice: "Remove the metadata of the picture, or run `subrosa redact`, which does.",
};
static DATA: Kind = Kind {
    id: "picture-metadata",
    severity: Severity::Low,
    title: "A picture holds metadata",
    why: "Camera, serial number, time, author and captions may name people.",
    advice: "Remove the metadata of the picture, or run `subrosa redact`, which does.",
};
static PREVIEW: Kind = Kind {
    id: "picture-preview",
    severity: Severity::Medium,
    title: "A picture holds a small copy of itself",
    why: "The small copy may have been made before the picture was cropped or blackened.",
    advice: "Remove the metadata of the picture, or save it anew.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&LOCATION, &DATA, &PREVIEW], ask };

/// Most tags of one directory.
const MAX_TAGS: usize = 512;

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    match &subject.content {
        Content::Picture => picture("picture", subject.source.bytes, answers),
        Content::Package(parts) => {
            for part in &parts.parts {
                if let Data::Bytes(bytes) = &part.data {
                    picture(&part.name, bytes, answers);
                }
            }
        }
        Content::Pdf(file) => pdf(&file.store, answers),
        Content::Html(_) | Content::Rtf(_) | Content::Mail(_) | Content::Other => {}
    }
}

fn pdf(store: &Store, answers: &mut Answers) {
    for (id, object) in &store.document.objects {
        if let Ok(stream) = object.as_stream()
            && stream.content.starts_with(&[0xff, 0xd8, 0xff])
        {
            picture(&format!("object {}", id.0), &stream.content, answers);
        }
    }
}

fn picture(place: &str, bytes: &[u8], answers: &mut Answers) {
    let mut found = Found::default();
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        jpeg(bytes, &mut found);
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes, &mut found);
    } else {
        return;
    }
    if found.location {
        answers.see(&LOCATION, place, "coordinates");
    }
    if found.preview {
        answers.see(&PREVIEW, place, "a small copy of the picture");
    }
    found.things.sort_unstable();
    found.things.dedup();
    if !found.things.is_empty() {
        answers.see(&DATA, place, found.things.join(", "));
    }
    for (label, text) in found.texts {
        answers.text(place, Some(label), &text);
    }
}

#[derive(Default)]
struct Found {
    location: bool,
    preview: bool,
    things: Vec<&'static str>,
    texts: Vec<(&'static str, String)>,
}

/// Walks the marker segments up to the picture itself. ITU-T T.81, annex B.
fn jpeg(bytes: &[u8], found: &mut Found) {
    let mut at = 2;
    while let Some([0xff, marker]) = bytes.get(at..at + 2).and_then(|pair| <[u8; 2]>::try_from(pair).ok()) {
        if marker == 0xff {
            at += 1;
            continue;
        }
        let Some(length) = be(bytes, at + 2, 2) else { return };
        let Some(body) = bytes.get(at + 4..at + 2 + length) else { return };
        match marker {
            0xda | 0xd9 => return,
            0xe1 if body.starts_with(b"Exif\0\0") => exif(body.get(6..).unwrap_or_default(), found),
            0xe1 if body.starts_with(b"http://ns.adobe.com/") => {
                found.things.push("XMP");
                let text = String::from_utf8_lossy(body);
                found.location |= text.contains("GPSLatitude");
                found.texts.push(("metadata", super::metadata::without_tags(&text)));
            }
            // The resource of captions; the others are settings of a program.
            0xed if memchr::memmem::find(body, b"8BIM\x04\x04").is_some() => {
                found.things.push("captions (IPTC)");
                found.texts.push(("caption", printable(body)));
            }
            0xfe if !body.is_empty() => {
                found.things.push("a comment");
                found.texts.push(("comment", printable(body)));
            }
            _ => {}
        }
        at += 2 + length;
    }
}

/// Walks the chunks. PNG, third edition, 5.3 and 11.3.
fn png(bytes: &[u8], found: &mut Found) {
    let mut at = 8;
    while let (Some(length), Some(kind)) = (be(bytes, at, 4), bytes.get(at + 4..at + 8)) {
        let Some(body) = at.checked_add(8).and_then(|start| bytes.get(start..start.checked_add(length)?)) else { return };
        match kind {
            b"eXIf" => exif(body, found),
            b"tEXt" | b"iTXt" if body.starts_with(b"Software\0") || body.starts_with(b"date:") => {}
            b"tEXt" | b"iTXt" | b"zTXt" => {
                found.things.push("text");
                if kind != b"zTXt" {
                    found.texts.push(("comment", printable(body)));
                }
            }
            b"IEND" => return,
            _ => {}
        }
        at += 12 + length;
    }
}

/// Exif 3.0, 4.6: tags of the directories.
fn exif(tiff: &[u8], found: &mut Found) {
    let little = match tiff.get(..4) {
        Some(b"II*\0") => true,
        Some(b"MM\0*") => false,
        _ => return,
    };
    let read = |at: usize, size: usize| if little { le(tiff, at, size) } else { be(tiff, at, size) };
    let Some(first) = read(4, 4) else { return };
    let mut queue = vec![(first, true)];
    let mut seen = Vec::new();
    while let Some((directory, main)) = queue.pop() {
        if directory == 0 || seen.contains(&directory) || seen.len() > 8 {
            continue;
        }
        seen.push(directory);
        let Some(count) = read(directory, 2) else { continue };
        let count = count.min(MAX_TAGS);
        for entry in 0..count {
            let Some(at) = directory.checked_add(2 + entry * 12) else { break };
            let (Some(tag), Some(length), Some(value)) = (read(at, 2), read(at + 4, 4), read(at + 8, 4)) else { break };
            let text = || {
                let start = if length <= 4 { at + 8 } else { value };
                let end = start.checked_add(length.min(4096))?;
                Some(printable(tiff.get(start..end)?))
            };
            let mut note = |thing: &'static str, label: &'static str| {
                found.things.push(thing);
                found.texts.extend(text().map(|text| (label, text)));
            };
            match tag {
                // The directory of the position, when it holds more than its version.
                0x8825 => found.location |= read(value, 2).is_some_and(|tags| tags > 1),
                0x8769 => queue.push((value, false)),
                0x010f | 0x0110 => note("camera", "camera"),
                0x0132 | 0x9003 | 0x9004 => found.things.push("time"),
                0x013b | 0x9c9d => note("author", "author"),
                0x8298 => note("copyright", "author"),
                0x010e | 0x9286 | 0x9c9b | 0x9c9c => note("caption", "caption"),
                0xa430 => note("owner", "owner"),
                0xa431 | 0xa435 | 0xc62f => found.things.push("serial number"),
                0x0201 => found.preview = true,
                _ => {}
            }
        }
        if main && let Some(next) = read(directory + 2 + count * 12, 4) {
            queue.push((next, false));
        }
    }
}

fn be(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    let field = bytes.get(at..at.checked_add(size)?)?;
    Some(field.iter().fold(0, |value, byte| value << 8 | usize::from(*byte)))
}

fn le(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    let field = bytes.get(at..at.checked_add(size)?)?;
    Some(field.iter().rev().fold(0, |value, byte| value << 8 | usize::from(*byte)))
}

fn printable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}
