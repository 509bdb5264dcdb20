//! Are other files inside the file?

use lopdf::Object;

use super::answers::{Answers, counted};
use super::kind::{Kind, Severity};
use super::subject::{Data, Office, Subject};
use super::{Question, pdf, plain};
use crate::formats::{Source, sniff};

static ATTACHMENT: Kind = Kind {
    id: "attachment",
    severity: Severity::High,
    title: "A file is attached or embedded",
    why: "The whole other file goes out with this one, whatever the pages show of it.",
    advice: "Remove the attachment, or redact it by itself and attach it anew.",
};

static SOURCE_DATA: Kind = Kind {
    id: "embedded-data",
    severity: Severity::Medium,
    title: "A copy of source data is in the file",
    why: "Pivot tables, charts and links keep their own copy of the rows they were made from.",
    advice: "Paste values only into a new workbook, or clear the cache and break the links.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&ATTACHMENT, &SOURCE_DATA], ask };

/// Members of packages that are files of their own, or copies of data.
const EMBEDDED: &[(Office, &str)] = &[
    (Office::Word, "word/embeddings/"),
    (Office::Word, "word/afchunk"),
    (Office::Workbook, "xl/embeddings/"),
    (Office::Slides, "ppt/embeddings/"),
];
const COPIES: &[(Office, &str, &str)] = &[
    (Office::Workbook, "xl/pivotCache/pivotCacheRecords", "the rows of a pivot table"),
    (Office::Workbook, "xl/externalLinks/externalLink", "values of another workbook"),
    (Office::Workbook, "xl/connections.xml", "connections to data sources"),
    (Office::Workbook, "xl/queryTables/", "a query"),
    (Office::Word, "word/mailMerge", "mail merge data"),
];

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    if let Some(file) = subject.pdf() {
        for (id, dict) in pdf::dictionaries(&file.store) {
            let Some(embedded) = file.store.dict(dict, b"EF") else { continue };
            let name = pdf::text(&file.store, dict, b"UF").or_else(|| pdf::text(&file.store, dict, b"F"));
            let detail = format!("an attached file{}", extension(name.as_deref()));
            let place = format!("object {}", id.0);
            answers.see(&ATTACHMENT, &*place, detail).value.clone_from(&name);
            if let Some(name) = &name {
                answers.text(&place, Some("file name"), name);
            }
            let key: &[u8] = if embedded.has(b"UF") { b"UF" } else { b"F" };
            match pdf::stream(&file.store, embedded, key) {
                Some(bytes) => read_inside(subject, &place, name.as_deref().unwrap_or(""), &bytes, answers),
                None => answers.unread(place, "an attached file that cannot be decoded"),
            }
        }
        let portfolio = file.store.root().map(|root| file.store.get(root, b"Collection"));
        if matches!(portfolio, Some(Object::Dictionary(_))) {
            answers.see(&ATTACHMENT, "whole file", "the file is a portfolio of files");
        }
    }
    if let Some(text) = subject.rtf() {
        let count = plain::controls(text).filter(|one| one.word == "objdata").count();
        if count > 0 {
            answers.see_many(&ATTACHMENT, "whole file", counted(count, "embedded object"), count);
        }
    }
    if let Some(text) = subject.mail() {
        let lower = text.to_ascii_lowercase();
        let count = lower.lines().filter(|line| line.starts_with("content-disposition: attachment")).count();
        if count > 0 {
            answers.see_many(&ATTACHMENT, "message", counted(count, "attached file"), count);
        }
    }
    let Some(parts) = subject.package() else { return };
    for part in &parts.parts {
        let embedded = EMBEDDED.iter().any(|(kind, start)| parts.kind == *kind && part.name.starts_with(start));
        let object = parts.kind == Office::OpenDocument && is_object(&part.name);
        if embedded || object {
            answers.see(&ATTACHMENT, &*part.name, format!("an embedded file{}", extension(Some(&part.name))));
            if let (Data::Bytes(bytes), true) = (&part.data, embedded) {
                read_inside(subject, &part.name, &part.name, bytes, answers);
            }
        }
        if let Some((.., what)) = COPIES.iter().find(|(kind, start, _)| parts.kind == *kind && part.name.starts_with(start)) {
            answers.see(&SOURCE_DATA, &*part.name, *what);
        }
    }
}

/// Embedded objects of an OpenDocument file: `Object 1/content.xml`, `Object 2`.
fn is_object(name: &str) -> bool {
    let first = name.split('/').next().unwrap_or_default();
    let numbered = first.strip_prefix("Object ").is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    numbered && (name == first || name.ends_with("/content.xml"))
}

/// ` (xlsx)`: the extension is no text of the document when it is a usual one.
fn extension(name: Option<&str>) -> String {
    let extension = name.and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension.to_ascii_lowercase());
    let usual =
        extension.filter(|extension| (1..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric()));
    usual.map_or(String::new(), |extension| format!(" ({extension})"))
}

/// Gives the text of a file inside to the detector, where a format reads it.
fn read_inside(subject: &Subject<'_>, place: &str, name: &str, bytes: &[u8], answers: &mut Answers) {
    let source: Source<'_> = subject.source.inner(bytes, name);
    let read = sniff(&source).and_then(|format| format.read(&source, subject.limits));
    match read {
        Ok(document) => {
            for segment in &document.segments {
                let label = segment.labels.first().map(|label| &**label);
                answers.text(place, label, &segment.text);
            }
            let unread = document.unread.len();
            if unread > 0 {
                answers.unread(place, format!("{} of it cannot be inspected", counted(unread, "part")));
            }
        }
        Err(refusal) => answers.unread(place, format!("the file inside cannot be inspected: {refusal}")),
    }
}
