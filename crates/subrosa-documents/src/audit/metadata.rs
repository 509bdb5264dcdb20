//! Who wrote the file, what is it called, where was it made?
//!
//! Names of programs and times are passed over: they name nobody.

use super::Question;
use super::answers::{Answers, Observation, counted};
use super::kind::{Kind, Severity};
use super::markup::{Event, walk, within};
use super::subject::{Office, Parts, Subject};
use super::{pdf, plain, subject};
use crate::limits::Limits;

static NAMES: Kind = Kind {
    id: "metadata-person",
    severity: Severity::Medium,
    title: "The properties name a person or an organisation",
    why: "Author, last editor, manager and company are shown by every viewer's property window.",
    advice: "Remove the document properties, or run `subrosa redact`, which does.",
};
static PROPERTIES: Kind = Kind {
    id: "metadata",
    severity: Severity::Low,
    title: "The properties say what the file is about",
    why: "Titles, subjects, keywords, custom properties and paths often repeat names and case numbers.",
    advice: "Remove the document properties, or run `subrosa redact`, which does.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&NAMES, &PROPERTIES], ask };

/// Properties that name somebody, by their local names in lower case.
const PERSONS: &[&str] = &[
    "author",
    "creator",
    "lastmodifiedby",
    "manager",
    "company",
    "initial-creator",
    "printed-by",
    "editor",
    "artist",
    "ownername",
];
/// Properties that may say anything.
const WORDS: &[&str] = &[
    "title",
    "subject",
    "keywords",
    "keyword",
    "description",
    "comments",
    "category",
    "contentstatus",
    "template",
    "hyperlinkbase",
    "titlesofparts",
    "user-defined",
    "headline",
    "instructions",
    "captionwriter",
    "authorsposition",
    "credit",
    "source",
    "city",
];

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    if let Some(file) = subject.pdf() {
        if let Some(info) = file.store.dict(&file.store.document.trailer, b"Info") {
            for (key, _) in info {
                let lower = String::from_utf8_lossy(key).to_ascii_lowercase();
                let program =
                    matches!(lower.as_str(), "producer" | "creationdate" | "moddate" | "trapped" | "creator" | "sourcemodified");
                let Some(value) = pdf::text(&file.store, info, key).filter(|_| !program) else { continue };
                field("document information", &lower, &value, answers);
            }
        }
        let packet = file.store.root().and_then(|root| pdf::stream(&file.store, root, b"Metadata"));
        if let Some(packet) = packet {
            xmp("document metadata (XMP)", &String::from_utf8_lossy(&packet), subject.limits, answers);
        }
    }
    if let Some(parts) = subject.package() {
        office(parts, subject, answers);
    }
    if let Some(text) = subject.rtf() {
        let known =
            ["author", "operator", "manager", "company", "title", "subject", "keywords", "doccomm", "category", "hlinkbase"];
        for control in plain::controls(text).filter(|one| known.contains(&one.word)) {
            let name = if control.word == "operator" { "lastmodifiedby" } else { control.word };
            field("document information", name, plain::following(text, &control), answers);
        }
    }
    if let Some(text) = subject.mail() {
        delivery(text, answers);
    }
    if let Some(html) = subject.html() {
        head(html, answers);
    }
}

/// Header fields that mail programs do not show.
fn delivery(mail: &str, answers: &mut Answers) {
    let headers = plain::headers(mail);
    let hidden = |name: &str| {
        name == "bcc" || name == "x-originating-ip" || name == "x-sender-ip" || name == "disposition-notification-to"
    };
    for (name, value) in headers.iter().filter(|(name, _)| hidden(name)) {
        let what = if name == "bcc" { "blind copies" } else { "where or by whom it was sent" };
        answers.text("message headers", Some(name), value);
        answers.see(&NAMES, "message headers", what).value = Some(value.clone());
    }
    let stations = headers.iter().filter(|(name, _)| name == "received").count();
    if stations > 0 {
        let detail = counted(stations, "station") + " of its way, with computers and addresses";
        answers.see_many(&PROPERTIES, "message headers", detail, stations);
    }
}

/// One property.
fn field(place: &str, name: &str, value: &str, answers: &mut Answers) {
    if value.trim().is_empty() {
        return;
    }
    let name = if matches!(name, "creator" | "initial-creator") { "author" } else { name };
    let (kind, what) = if let Some(known) = PERSONS.iter().find(|known| **known == name) {
        (&NAMES, *known)
    } else if let Some(known) = WORDS.iter().find(|known| **known == name) {
        (&PROPERTIES, *known)
    } else {
        (&PROPERTIES, "a custom property")
    };
    let value = value.trim();
    // The same property stands in several places of a file as a rule.
    let same = |known: &Observation| known.kind == kind && known.detail == what && known.value.as_deref() == Some(value);
    if answers.observations.iter().any(same) {
        return;
    }
    answers.text(place, Some(what), value);
    let seen = answers.see(kind, place, what);
    seen.value = Some(seen.value.take().map_or_else(|| value.to_owned(), |first| format!("{first}, {value}")));
}

/// An XMP packet: ISO 16684-1. Names of programs, times and identifiers are passed over.
fn xmp(place: &str, packet: &str, limits: &Limits, answers: &mut Answers) {
    let start = packet.find("<x:xmpmeta").or_else(|| packet.find("<rdf:RDF")).unwrap_or(0);
    let end = packet.rfind("</x:xmpmeta>").map(|at| at + "</x:xmpmeta>".len());
    let end = end.or_else(|| packet.rfind("</rdf:RDF>").map(|at| at + "</rdf:RDF>".len())).unwrap_or(packet.len());
    let body = packet.get(start..end).unwrap_or_default();
    let mut found = Vec::new();
    let walked = walk(place, body, limits, |open, event| match event {
        Event::Open(_, attribute) => {
            for name in ["Author", "creator", "title", "Keywords", "description", "Company", "Manager"] {
                found.extend(attribute(name).map(|value| (name.to_ascii_lowercase(), value)));
            }
        }
        Event::Text(text) if !text.trim().is_empty() => {
            let holder = open.iter().rev().find(|name| !matches!(name.as_str(), "li" | "Alt" | "Seq" | "Bag"));
            let name = holder.map(|name| name.to_ascii_lowercase()).unwrap_or_default();
            let known = PERSONS.contains(&name.as_str()) || WORDS.contains(&name.as_str());
            if known && !within(open, "History") && !within(open, "DerivedFrom") {
                found.push((name, text.to_owned()));
            }
        }
        _ => {}
    });
    if walked.is_err() && !body.trim().is_empty() {
        answers.text(place, None, &without_tags(body));
    }
    found.dedup();
    for (name, value) in found {
        field(place, &name, &value, answers);
    }
}

/// Text of markup, tags left out.
pub(super) fn without_tags(markup: &str) -> String {
    let pieces = markup.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text).trim());
    pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("\n")
}

fn office(parts: &Parts, subject: &Subject<'_>, answers: &mut Answers) {
    let mut members: Vec<(&str, &str)> = parts.xml("docProps/").collect();
    members.extend(parts.find("meta.xml").map(|text| ("meta.xml", text)));
    for (name, text) in members {
        let mut value = String::new();
        let mut custom = 0;
        let _ = walk(name, text, subject.limits, |open, event| match event {
            Event::Open("property", _) => {
                custom += 1;
                value.clear();
            }
            Event::Open("template", attribute) => {
                if let Some(path) = attribute("href").filter(|path| !path.is_empty()) {
                    field(name, "template", &path, answers);
                }
            }
            Event::Open(..) => value.clear(),
            Event::Text(text) => value.push_str(text),
            Event::Close("property") => {
                answers.text(name, None, &value);
                value.clear();
            }
            Event::Close(local) => {
                let lower = local.to_ascii_lowercase();
                let known = PERSONS.contains(&lower.as_str()) || WORDS.contains(&lower.as_str());
                // The names of sheets and of the usual template say nothing new.
                let usual = lower == "template" && matches!(value.as_str(), "Normal" | "Normal.dotm" | "Normal.dot");
                if known && !usual && !within(open, "TitlesOfParts") {
                    field(name, &lower, &value, answers);
                }
                value.clear();
            }
            Event::Comment => {}
        });
        if custom > 0 {
            answers.see_many(
                &PROPERTIES,
                name,
                if custom == 1 { "a custom property".to_owned() } else { format!("{custom} custom properties") },
                custom,
            );
        }
    }
    if parts.kind == Office::Word {
        settings(parts, subject, answers);
    }
    for part in &parts.parts {
        let subject::Data::Xml(text) = &part.data else { continue };
        if part.name.ends_with("settings.xml.rels") {
            let _ = walk(&part.name, text, subject.limits, |_, event| {
                if let Event::Open("Relationship", attribute) = event
                    && attribute("Type").is_some_and(|kind| kind.ends_with("/attachedTemplate"))
                {
                    let path = attribute("Target").unwrap_or_default();
                    answers.text(&part.name, Some("path"), &path);
                    answers.see(&PROPERTIES, &*part.name, "the path of a template").value = Some(path);
                }
            });
        }
    }
}

/// Variables of a Word document, which macros and document assembly leave behind.
fn settings(parts: &Parts, subject: &Subject<'_>, answers: &mut Answers) {
    let name = "word/settings.xml";
    let Some(text) = parts.find(name) else { return };
    let mut count = 0;
    let _ = walk(name, text, subject.limits, |_, event| {
        if let Event::Open("docVar", attribute) = event {
            count += 1;
            answers.text(name, None, &attribute("val").unwrap_or_default());
        }
    });
    if count > 0 {
        answers.see_many(&PROPERTIES, name, counted(count, "document variable"), count);
    }
}

/// `<meta name="author" content="…">`.
fn head(html: &str, answers: &mut Answers) {
    for tag in html.split('<').filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag) {
        if !tag.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("meta ")) {
            continue;
        }
        let attribute = |name: &str| {
            let at = tag.to_ascii_lowercase().find(&format!("{name}="))? + name.len() + 1;
            let rest = tag.get(at..)?;
            let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
            rest.get(1..)?.split(quote).next().map(str::to_owned)
        };
        let (Some(name), Some(content)) = (attribute("name"), attribute("content")) else { continue };
        let name = name.to_ascii_lowercase();
        let name = name.strip_prefix("dc.").unwrap_or(&name);
        if PERSONS.contains(&name) || matches!(name, "keywords" | "description" | "subject") {
            field("head", name, &content, answers);
        }
    }
}
