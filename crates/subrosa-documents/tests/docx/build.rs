//! Builds packages with an independent archive writer and looks into written ones with its reader.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::case_sensitive_file_extension_comparisons
)] // each test program uses its own part of it

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A package: members by name, relationships of the main part, extra content types.
#[derive(Clone, Default)]
pub struct Docx {
    pub members: Vec<(String, Vec<u8>)>,
    pub relations: Vec<String>,
    pub root_relations: Vec<String>,
    pub types: Vec<String>,
}

impl Docx {
    /// A document with this body markup.
    pub fn new(body: &str) -> Self {
        Self::with_main(&document(body))
    }

    /// A document whose main part is this markup.
    pub fn with_main(markup: &str) -> Self {
        Self::default().part("word/document.xml", markup)
    }

    pub fn part(mut self, name: &str, data: impl AsRef<[u8]>) -> Self {
        self.members.push((name.to_owned(), data.as_ref().to_vec()));
        self
    }

    /// A part that the main part refers to.
    pub fn related(mut self, id: &str, kind: &str, name: &str, data: impl AsRef<[u8]>) -> Self {
        let target = name.strip_prefix("word/").map_or_else(|| format!("/{name}"), str::to_owned);
        self.relations.push(format!(r#"<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}"/>"#));
        self.part(name, data)
    }

    pub fn external(mut self, id: &str, kind: &str, target: &str) -> Self {
        self.relations.push(format!(r#"<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}" TargetMode="External"/>"#));
        self
    }

    pub fn root(mut self, id: &str, kind: &str, name: &str, data: impl AsRef<[u8]>) -> Self {
        self.root_relations.push(format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{name}"/>"#));
        self.part(name, data)
    }

    pub fn typed(mut self, name: &str, kind: &str) -> Self {
        self.types.push(format!(r#"<Override PartName="/{name}" ContentType="{kind}"/>"#));
        self
    }

    /// All members, the package's own first.
    pub fn all(&self) -> Vec<(String, Vec<u8>)> {
        let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        let types = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="{main}"/>{}</Types>"#,
            self.types.concat()
        );
        let root = format!(
            r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>{}</Relationships>"#,
            self.root_relations.concat()
        );
        let relations = format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{}</Relationships>"#, self.relations.concat());
        let mut all = vec![("[Content_Types].xml".to_owned(), types.into_bytes()), ("_rels/.rels".to_owned(), root.into_bytes())];
        if !self.relations.is_empty() {
            all.push(("word/_rels/document.xml.rels".to_owned(), relations.into_bytes()));
        }
        all.extend(self.members.iter().cloned());
        all
    }

    pub fn bytes(&self) -> Vec<u8> {
        archive(&self.all())
    }
}

/// A main part around body markup.
pub fn document(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>{body}</w:body></w:document>"#
    )
}

/// A paragraph of runs.
pub fn paragraph(runs: &[&str]) -> String {
    format!("<w:p>{}</w:p>", runs.iter().map(|run| format!("<w:r><w:t>{run}</w:t></w:r>")).collect::<String>())
}

pub fn archive(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in members {
        let method = if name.ends_with(".png") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(data).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A member of a written package.
pub fn member(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut file = archive.by_name(name).ok()?;
    let mut data = Vec::new();
    file.read_to_end(&mut data).unwrap();
    Some(data)
}

/// A member as text.
pub fn text(bytes: &[u8], name: &str) -> String {
    String::from_utf8(member(bytes, name).unwrap()).unwrap()
}

pub fn names(bytes: &[u8]) -> Vec<String> {
    ZipArchive::new(Cursor::new(bytes)).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect()
}

/// Whether a value is nowhere in a package: not in a member, not in its text with tags left out, not in a name.
pub fn is_free_of(bytes: &[u8], value: &str) -> bool {
    names(bytes).iter().all(|name| {
        let data = member(bytes, name).unwrap();
        let raw = String::from_utf8_lossy(&data).into_owned();
        let wide: Vec<u16> = data.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let joined: String = raw.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
        ![raw, joined, String::from_utf16_lossy(&wide), name.clone()].iter().any(|view| view.contains(value))
    })
}
