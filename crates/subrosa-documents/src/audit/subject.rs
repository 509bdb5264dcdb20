//! The file that is asked about, opened once for all questions.

use crate::formats::Source;
use crate::formats::pdf::{Inspection, inspect};
use crate::limits::Limits;
use crate::package::{Budget, Package};
use crate::refusal::Refusal;
use crate::xml::XmlText;

/// The kinds of office document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Office {
    Word,
    Workbook,
    Slides,
    OpenDocument,
    /// A package of another kind.
    Other,
}

/// A member of a package.
pub(super) struct Part {
    pub name: String,
    pub data: Data,
}

/// A member's data.
pub(super) enum Data {
    Xml(String),
    Bytes(Vec<u8>),
}

/// The members of a package.
pub(super) struct Parts {
    pub kind: Office,
    pub parts: Vec<Part>,
}

/// What a file turned out to be.
pub(super) enum Content {
    Pdf(Box<Inspection>),
    Package(Parts),
    Html(String),
    Rtf(String),
    Mail(String),
    Picture,
    Other,
}

/// The file.
pub(super) struct Subject<'a> {
    pub source: &'a Source<'a>,
    pub limits: &'a Limits,
    pub content: Content,
    /// Parts that could not be looked into, and why.
    pub unread: Vec<(String, String)>,
}

impl<'a> Subject<'a> {
    pub(super) fn open(source: &'a Source<'a>, limits: &'a Limits) -> Result<Self, Refusal> {
        let mut unread = Vec::new();
        let bytes = source.bytes;
        let head = bytes.get(..1024).unwrap_or(bytes);
        let content = if memchr::memmem::find(head, b"%PDF-").is_some() && memchr::memmem::find(bytes, b"endobj").is_some() {
            let mut inspection = inspect(bytes, source.aids.passwords, limits)?;
            unread.append(&mut inspection.unread);
            Content::Pdf(Box::new(inspection))
        } else if bytes.starts_with(b"PK\x03\x04") {
            Content::Package(Parts::open(bytes, limits, &mut unread)?)
        } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) || bytes.starts_with(b"\x89PNG\r\n") {
            Content::Picture
        } else if is_html(source, head) {
            Content::Html(String::from_utf8_lossy(bytes).into_owned())
        } else if bytes.starts_with(b"{\\rtf") {
            Content::Rtf(String::from_utf8_lossy(bytes).into_owned())
        } else if is_mail(source, head) {
            Content::Mail(String::from_utf8_lossy(bytes).into_owned())
        } else {
            Content::Other
        };
        Ok(Self { source, limits, content, unread })
    }

    pub(super) fn pdf(&self) -> Option<&Inspection> {
        if let Content::Pdf(pdf) = &self.content { Some(pdf) } else { None }
    }

    /// The members, when the file is a package of this kind.
    pub(super) fn office(&self, kind: Office) -> Option<&Parts> {
        self.package().filter(|parts| parts.kind == kind)
    }

    pub(super) fn package(&self) -> Option<&Parts> {
        if let Content::Package(parts) = &self.content { Some(parts) } else { None }
    }

    pub(super) fn rtf(&self) -> Option<&str> {
        if let Content::Rtf(text) = &self.content { Some(text) } else { None }
    }

    pub(super) fn mail(&self) -> Option<&str> {
        if let Content::Mail(text) = &self.content { Some(text) } else { None }
    }

    pub(super) fn html(&self) -> Option<&str> {
        if let Content::Html(text) = &self.content { Some(text) } else { None }
    }
}

fn is_mail(source: &Source<'_>, head: &[u8]) -> bool {
    let start = String::from_utf8_lossy(head).to_ascii_lowercase();
    let telling = ["mime-version:", "received:", "message-id:", "return-path:", "delivered-to:"];
    let has = telling.iter().any(|name| start.starts_with(name) || start.contains(&format!("\n{name}")));
    has && (source.extension() == "eml" || start.contains("\nfrom:") || start.starts_with("from:"))
}

fn is_html(source: &Source<'_>, head: &[u8]) -> bool {
    let start = String::from_utf8_lossy(head).trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).to_ascii_lowercase();
    matches!(source.extension().as_str(), "html" | "htm" | "xhtml")
        || start.starts_with("<!doctype html")
        || start.starts_with("<html")
}

impl Parts {
    fn open(bytes: &[u8], limits: &Limits, unread: &mut Vec<(String, String)>) -> Result<Self, Refusal> {
        let package = Package::open(bytes, limits)?;
        let mut budget = Budget::new(limits, bytes.len());
        let mut parts = Vec::new();
        for member in package.members().iter().filter(|member| !member.is_folder()) {
            let data = match package.expand(member, &mut budget) {
                Ok(data) => data,
                Err(limit @ Refusal::Limit(_)) => return Err(limit),
                Err(refusal) => {
                    unread.push((member.name.clone(), refusal.to_string()));
                    continue;
                }
            };
            let lower = member.name.to_ascii_lowercase();
            let xml = [".xml", ".rels", ".vml"].iter().any(|end| lower.ends_with(end));
            let data = if xml {
                match XmlText::decode(&member.name, data) {
                    Ok(decoded) => Data::Xml(decoded.text),
                    Err(refusal) => {
                        unread.push((member.name.clone(), refusal.to_string()));
                        continue;
                    }
                }
            } else {
                Data::Bytes(data)
            };
            parts.push(Part { name: member.name.clone(), data });
        }
        let has = |start: &str| parts.iter().any(|part: &Part| part.name.starts_with(start));
        let kind = if has("word/") {
            Office::Word
        } else if has("xl/") {
            Office::Workbook
        } else if has("ppt/") {
            Office::Slides
        } else if has("mimetype") && has("content.xml") {
            Office::OpenDocument
        } else {
            Office::Other
        };
        Ok(Self { kind, parts })
    }

    /// The XML members whose names begin with `start`.
    pub(super) fn xml<'s>(&'s self, start: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.parts.iter().filter_map(move |part| match &part.data {
            Data::Xml(text) if part.name.starts_with(start) && !part.name.contains("_rels/") => Some((&*part.name, &**text)),
            _ => None,
        })
    }

    /// One XML member.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        self.parts.iter().find_map(|part| match &part.data {
            Data::Xml(text) if part.name.eq_ignore_ascii_case(name) => Some(&**text),
            _ => None,
        })
    }
}
