//! Does a PDF still hold what it said before it was changed?
//!
//! Programs that save incrementally add the changes at the end of the file: everything before the last `%%EOF` is the older
//! file, whole. Each older file is read by itself and its text compared with the present one, line by line. Objects that the
//! present file holds but no longer uses are looked at, too.

use std::collections::HashSet;

use lopdf::Object;

use super::answers::{Answers, counted};
use super::kind::{Kind, Severity};
use super::subject::Subject;
use super::{Question, pdf};
use crate::document::Document;
use crate::formats::Format as _;
use crate::formats::Source;
use crate::formats::pdf::Pdf;
use crate::formats::pdf::filters::{self, Decoded};

static REVISION: Kind = Kind {
    id: "old-revision",
    severity: Severity::High,
    title: "An older version of the file is inside it",
    why: "The file was saved by adding changes at its end: cutting these off gives back what was there before.",
    advice: "Save the file anew as a whole (\"Save as\", \"optimise\", or `subrosa redact`), never incrementally.",
};
static LEFT_OVER: Kind = Kind {
    id: "left-over-content",
    severity: Severity::Medium,
    title: "Page content that is no longer used is still in the file",
    why: "Removed pages and drawings were only unlinked; programs that list all objects find them.",
    advice: "Save the file anew so that unused objects are dropped, or run `subrosa redact`.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&REVISION, &LEFT_OVER], ask };

/// Most older versions that are read: the oldest and the newest ones.
const MOST: usize = 12;

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    let Some(_) = subject.pdf() else { return };
    let bytes = subject.source.bytes;
    older(subject, bytes, answers);
    left_over(subject, answers);
}

fn older(subject: &Subject<'_>, bytes: &[u8], answers: &mut Answers) {
    let ends: Vec<usize> = memchr::memmem::find_iter(bytes, b"%%EOF").map(|at| at + 5).collect();
    let Some((last, before)) = ends.split_last() else { return };
    // The first end of a linearised file closes its first page, not an older version; so does any end with nothing after it.
    let linearised = memchr::memmem::find(bytes.get(..1024.min(bytes.len())).unwrap_or_default(), b"/Linearized").is_some();
    let rest = |from: usize| bytes.get(from..*last).unwrap_or_default();
    let mut versions: Vec<usize> = before.iter().copied().skip(usize::from(linearised)).collect();
    versions.retain(|end| memchr::memmem::find(rest(*end), b"startxref").is_some());
    if versions.is_empty() {
        return;
    }
    let count = versions.len();
    if versions.len() > MOST {
        let newest = versions.split_off(versions.len() - MOST + 1);
        versions.truncate(1);
        versions.extend(newest);
    }
    let Ok(present) = read(subject, bytes) else { return };
    let known: HashSet<String> = lines(&present).collect();
    let mut told = HashSet::new();
    for (number, end) in versions.iter().enumerate() {
        let place = format!("version {} of {}", number + 1, count + 1);
        let Ok(old) = read(subject, bytes.get(..*end).unwrap_or_default()) else { continue };
        let other: Vec<String> = lines(&old).filter(|line| !known.contains(line) && told.insert(line.clone())).collect();
        if other.is_empty() {
            continue;
        }
        let detail = format!("{} of text that the present version does not have", counted(other.len(), "line"));
        let text = other.join("\n");
        answers.text(&place, None, &text);
        answers.see_many(&REVISION, place, detail, other.len()).value = Some(text);
    }
}

fn read(subject: &Subject<'_>, bytes: &[u8]) -> Result<Document, crate::Refusal> {
    let source: Source<'_> = subject.source.inner(bytes, "old.pdf");
    Pdf.read(&source, subject.limits)
}

/// The lines of a document's text, white space evened out.
fn lines(document: &Document) -> impl Iterator<Item = String> {
    let texts = document.segments.iter().filter(|segment| !segment.structural);
    let lines = texts.flat_map(|segment| segment.text.lines());
    let even = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    even.filter(|line| line.chars().filter(|sign| sign.is_alphanumeric()).count() > 1)
}

/// Content streams that nothing leads to from the trailer.
fn left_over(subject: &Subject<'_>, answers: &mut Answers) {
    let Some(file) = subject.pdf() else { return };
    let store = &file.store;
    let mut reached = HashSet::new();
    let mut queue: Vec<&Object> = store.document.trailer.iter().map(|(_, value)| value).collect();
    while let Some(object) = queue.pop() {
        match object {
            Object::Reference(id) => {
                if reached.insert(*id)
                    && let Some(next) = store.document.objects.get(id)
                {
                    queue.push(next);
                }
            }
            Object::Array(items) => queue.extend(items),
            Object::Dictionary(dict) => queue.extend(dict.iter().map(|(_, value)| value)),
            Object::Stream(stream) => queue.extend(stream.dict.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    for (id, object) in &store.document.objects {
        let Object::Stream(stream) = object else { continue };
        if reached.contains(id) || store.name(&stream.dict, b"Type").is_some_and(|kind| matches!(kind, b"XRef" | b"ObjStm")) {
            continue;
        }
        let place = format!("object {}", id.0);
        match filters::decode(store, stream, pdf::MAX_STREAM) {
            Ok(Decoded::Bytes(content)) if shows_text(&content) => {
                answers.see(&LEFT_OVER, place, "a stream that shows text");
            }
            Ok(Decoded::Image) => {
                answers.see(&LEFT_OVER, place, "a picture");
            }
            _ => {}
        }
    }
}

/// Whether bytes look like page content with text.
fn shows_text(content: &[u8]) -> bool {
    let has = |needle: &[u8]| memchr::memmem::find(content, needle).is_some();
    has(b"BT") && has(b"ET") && (has(b"Tj") || has(b"TJ")) && has(b" Tf")
}
