//! Reads a package or a flat file into a document.

use std::collections::HashSet;

use super::base64;
use super::body::{Fate, OdfBody, Part, Place, XmlPart};
use super::manifest::{self, Manifest};
use super::references::References;
use super::story::Story;
use crate::document::{Document, UnreadPart};
use crate::flow::{Carrier, Collector, Entry, drawn};
use crate::formats::Source;
use crate::image::{self, metafile};
use crate::limits::Limits;
use crate::nested::{self, Children};
use crate::package::{Budget, Package};
use crate::refusal::Refusal;
use crate::xml::{Splice, XmlText, scan};

/// First bytes of pictures whose pixels are all they hold, or whose metadata can be taken out.
const PICTURES: &[&[u8]] = &[b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF", b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*", b"RIFF"];

/// First bytes of font programs.
const FONTS: &[&[u8]] = &[b"\0\x01\0\0", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2"];

/// Reads a package.
///
/// # Errors
/// A [`Refusal`] for containers and markup that cannot be read for certain, and for encrypted parts.
pub(super) fn package(source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
    let package = Package::open(source.bytes, limits)?;
    let mut budget = Budget::new(limits, source.bytes.len());
    let mut members = package.members().to_vec();
    // Whoever looks for the media type looks at the first member.
    members.sort_by_key(|member| member.name != "mimetype");
    let list = package.find(manifest::NAME).ok_or_else(|| Refusal::damaged(manifest::NAME, "it is missing"))?;
    let list = XmlText::decode(manifest::NAME, package.expand(list, &mut budget)?)?;
    let list_of_parts = Manifest::read(&undeclared(&list.text), limits)?;
    if package.find("content.xml").is_none() {
        return Err(Refusal::damaged("content.xml", "it is missing"));
    }

    let folders: Vec<&str> = members.iter().filter_map(|member| member.name.strip_suffix("content.xml")).collect();
    let mut reader = Reader::new(source, limits);
    let mut datas = Vec::with_capacity(members.len());
    for member in &members {
        let skip = member.is_folder() || member.name == manifest::NAME;
        datas.push(if skip { Vec::new() } else { package.expand(member, &mut budget)? });
    }
    reader.left = budget.left();
    let folder_of = |name: &str| {
        let own = folders.iter().filter(|folder| name.starts_with(**folder)).max_by_key(|folder| folder.len());
        own.copied().unwrap_or_default().to_owned()
    };
    let names: HashSet<String> = members.iter().map(|member| member.name.clone()).collect();
    let mut list = Some((list, list_of_parts));
    for (member, data) in members.iter().zip(datas) {
        let folder = folder_of(&member.name);
        let local = member.name.get(folder.len()..).unwrap_or_default();
        let (fate, unread) = match list.take_if(|_| member.name == manifest::NAME) {
            Some(list) => (Fate::Manifest(Box::new(list)), false),
            None if member.is_folder() => (Fate::Drop, false),
            None => reader.decide(&member.name, &folder, local, data, &names)?,
        };
        reader.parts.push(Part { name: member.name.clone(), member: Some(member.clone()), fate, unread });
        reader.folders.push(folder);
    }
    reader.document(source.bytes.to_vec())
}

/// Reads a flat file.
///
/// # Errors
/// A [`Refusal`] for markup that cannot be read for certain.
pub(super) fn flat(source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
    let mut reader = Reader::new(source, limits);
    let text = XmlText::decode("document", source.bytes.to_vec())?;
    let fate = Fate::Xml(Box::new(XmlPart::new(text)));
    reader.parts.push(Part { name: String::new(), member: None, fate, unread: false });
    reader.folders.push(String::new());
    reader.document(source.bytes.to_vec())
}

/// A document being read.
struct Reader<'s> {
    source: Source<'s>,
    limits: &'s Limits,
    /// How many bytes documents inside may still expand to.
    left: u64,
    parts: Vec<Part>,
    /// The folder of the document that each part belongs to.
    folders: Vec<String>,
    collector: Collector,
    /// Documents inside this one, with how they are called.
    nested: Vec<(String, Document)>,
    unread: Vec<UnreadPart>,
    notes: Vec<String>,
    /// How many pictures in the markup were read.
    pictures: usize,
    macros: bool,
}

impl<'s> Reader<'s> {
    fn new(source: &Source<'s>, limits: &'s Limits) -> Self {
        Self {
            source: *source,
            limits,
            left: limits.expanded_bytes,
            parts: Vec::new(),
            folders: Vec::new(),
            collector: Collector::default(),
            nested: Vec::new(),
            unread: Vec::new(),
            notes: Vec::new(),
            pictures: 0,
            macros: false,
        }
    }

    /// What becomes of a member, and whether it could not be read. `local` is its path in the `folder` of its document.
    fn decide(
        &mut self,
        name: &str,
        folder: &str,
        local: &str,
        data: Vec<u8>,
        names: &HashSet<String>,
    ) -> Result<(Fate, bool), Refusal> {
        let (first, rest) = local.split_once('/').unwrap_or((local, ""));
        let gone = match first {
            "mimetype" if folder.is_empty() => return Ok((Fate::Keep, false)),
            "META-INF" if rest.contains("signature") => Some("digital signature, which no longer holds"),
            "META-INF" => Some("no part of the format"),
            "Thumbnails" => Some("preview picture of the first page"),
            "Basic" | "Scripts" | "Dialogs" => {
                self.macros = true;
                Some("macros")
            }
            "Configurations2" | "Configurations" => Some("toolbars and menus"),
            "layout-cache" => Some("layout cache, which programs make again"),
            "Versions" | "VersionList.xml" => Some("older versions of the document"),
            "Pictures" if rest.starts_with("TablePreview") => Some("picture of a table that is kept itself"),
            "ObjectReplacements" if names.contains(&format!("{folder}{rest}/content.xml")) => {
                Some("picture of an embedded object that is kept itself")
            }
            _ => None,
        };
        if let Some(what) = gone {
            if !data.is_empty() {
                self.notes.push(format!("{name}: removed: {what}"));
            }
            return Ok((Fate::Drop, false));
        }
        if data.is_empty() || FONTS.iter().any(|magic| data.starts_with(magic)) {
            return Ok((Fate::Keep, false));
        }
        if looks_like_markup(&data) && !is_svg(name, &data) {
            let text = XmlText::decode(name, data)?;
            return Ok((Fate::Xml(Box::new(XmlPart::new(text))), false));
        }
        if metafile::is_metafile(&data) {
            return Ok(self.metafile(name, data));
        }
        if PICTURES.iter().any(|magic| data.starts_with(magic)) {
            if let Some(document) = nested::picture(&self.source, name, &data, self.limits, self.left) {
                self.nested.push((name.to_owned(), document));
                return Ok((Fate::Child(self.nested.len() - 1), false));
            }
            return Ok(match image::without_metadata(&data) {
                Ok(cleaned) => (Fate::Picture(cleaned.unwrap_or(data)), false),
                Err(reason) => self.cannot(name, reason),
            });
        }
        // Compound files may hold more than the format that knows one of their streams reads.
        if !data.starts_with(&crate::ole::SIGNATURE)
            && let Ok(document) = nested::read(&self.source, name, &data, self.limits, self.left)
        {
            self.nested.push((name.to_owned(), document));
            return Ok((Fate::Child(self.nested.len() - 1), false));
        }
        if is_svg(name, &data) {
            let text = XmlText::decode(name, data)?;
            return Ok((Fate::Xml(Box::new(XmlPart::new(text))), false));
        }
        if first == "ObjectReplacements" {
            self.notes.push(format!("{name}: removed: picture of an embedded object that cannot be inspected"));
            return Ok((Fate::Drop, false));
        }
        if rest.is_empty() {
            // Objects of other programs stand beside the parts of the document.
            self.notes.push(format!("{name}: removed: embedded object that cannot be inspected"));
            return Ok((Fate::Drop, false));
        }
        let reason = if data.starts_with(b"VCLMTF") { "a StarView metafile" } else { "its kind of content is not known" };
        Ok(self.cannot(name, reason))
    }

    fn cannot(&mut self, name: &str, reason: &str) -> (Fate, bool) {
        self.unread.push(UnreadPart { part: name.to_owned(), reason: reason.to_owned() });
        (Fate::Keep, true)
    }

    fn metafile(&mut self, name: &str, mut data: Vec<u8>) -> (Fate, bool) {
        let Some(read) = metafile::read(&data) else {
            return self.cannot(name, "a metafile whose records cannot be followed");
        };
        self.notes.push(format!("{name}: picture, only its text records were looked into"));
        data.truncate(read.end);
        for range in read.blank {
            if let Some(blank) = data.get_mut(range) {
                blank.fill(0);
            }
        }
        let part = self.parts.len();
        for (text, pieces) in drawn(part, &read.texts, &data) {
            self.collector.run(part, "drawn text".to_owned(), text, pieces);
        }
        (Fate::Metafile(data), false)
    }

    /// Reads the markup and puts everything together.
    fn document(mut self, bytes: Vec<u8>) -> Result<Document, Refusal> {
        let drawn = std::mem::take(&mut self.collector);
        let known = self.parts.iter().zip(&self.folders);
        let known = known.map(|(part, folder)| (part.name.as_str(), folder.as_str(), !matches!(part.fate, Fate::Drop)));
        let references = References::new(known, self.macros);
        let mut order: Vec<usize> =
            (0..self.parts.len()).filter(|index| matches!(self.parts[*index].fate, Fate::Xml(_))).collect();
        order.sort_by_key(|index| (rank(&self.parts[*index].name), *index));
        for index in order {
            self.story(index, &references)?;
        }
        let mut entries = std::mem::take(&mut self.collector);
        entries.runs.extend(drawn.runs);
        Ok(self.assemble(bytes, entries))
    }

    fn story(&mut self, index: usize, references: &References) -> Result<(), Refusal> {
        let Some(part) = self.parts.get_mut(index) else { return Ok(()) };
        let Fate::Xml(xml) = &mut part.fate else { return Ok(()) };
        let text = undeclared(&xml.text.text);
        let name = if part.name.is_empty() { "document" } else { &part.name };
        let mut story = Story::new(index, &text, &mut self.collector, references);
        scan(name, &text, self.limits, &mut story)?;
        story.finish();
        let (mut cuts, links) = (std::mem::take(&mut story.cuts), std::mem::take(&mut story.links));
        if story.printer_removed {
            self.notes.push(format!("{name}: removed: the name and set-up of a printer"));
        }
        let mut pictures = Vec::new();
        let mut unread: Vec<String> = story.unread.iter().map(|reason| (*reason).to_owned()).collect();
        for (range, object) in std::mem::take(&mut story.binary) {
            let data = text.get(range.clone()).and_then(base64::decode);
            match data {
                _ if object => {
                    self.notes.push(format!("{name}: removed: embedded object, or the picture of one, that cannot be inspected"));
                    cuts.push(Splice { range, text: String::new() });
                }
                Some(data) if let Some(document) = nested::picture(&self.source, "picture", &data, self.limits, self.left) => {
                    self.pictures += 1;
                    let called = format!("picture {}", self.pictures);
                    self.nested.push((if part.name.is_empty() { called } else { format!("{name}, {called}") }, document));
                    pictures.push((range, self.nested.len() - 1));
                }
                Some(data) if PICTURES.iter().any(|magic| data.starts_with(magic)) => match image::without_metadata(&data) {
                    Ok(cleaned) => {
                        self.notes.push(format!("{name}: picture, not looked into"));
                        cuts.extend(cleaned.map(|data| Splice { range, text: base64::encode(&data) }));
                    }
                    Err(reason) => unread.push(reason.to_owned()),
                },
                _ => unread.push("it holds binary data of an unknown kind".to_owned()),
            }
        }
        part.unread = !unread.is_empty();
        let unread = unread.into_iter().map(|reason| UnreadPart { part: name.to_owned(), reason });
        self.unread.extend(unread);
        xml.cuts = cuts;
        xml.links = links;
        xml.pictures = pictures;
        Ok(())
    }

    fn assemble(mut self, bytes: Vec<u8>, collector: Collector) -> Document {
        let Collector { runs, values, structural, .. } = collector;
        let mut segments = Vec::new();
        let mut places = Vec::new();
        for Entry { segment, part, place, carrier } in runs.into_iter().chain(values).chain(structural) {
            let lines = match &carrier {
                Carrier::Run(_) => memchr::memchr_iter(b'\n', segment.text.as_bytes()).collect(),
                _ => Vec::new(),
            };
            places.push(Place { part, detail: place, carrier, lines });
            segments.push(segment);
        }
        let mut children = Children::default();
        for (name, document) in self.nested {
            children.adopt(&name, document, &mut segments, &mut self.unread);
        }
        let body = OdfBody { bytes, parts: self.parts, places, children, blank: false, notes: self.notes };
        Document { segments, unread: self.unread, body: Box::new(body) }
    }
}

/// The markup with a document type declaration that only refers to a DTD blanked, as older programs wrote one. One that
/// declares something of its own stays, and is refused as such.
pub(super) fn undeclared(text: &str) -> std::borrow::Cow<'_, str> {
    let head = text.get(..text.floor_char_boundary(1024)).unwrap_or_default();
    let declaration = head.find("<!DOCTYPE").and_then(|start| {
        let length = head.get(start..)?.find(['>', '['])? + 1;
        let declaration = head.get(start..start + length)?;
        (declaration.ends_with('>') && !head.get(..start)?.contains("<!--")).then_some(start..start + length)
    });
    match declaration {
        Some(range) => {
            let mut text = text.to_owned();
            let blank = " ".repeat(range.len());
            text.replace_range(range, &blank);
            text.into()
        }
        None => text.into(),
    }
}

/// Whether the bytes begin like markup, in any encoding XML allows.
fn looks_like_markup(data: &[u8]) -> bool {
    let data = data.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(data);
    match data {
        [0xFF, 0xFE, b'<', 0, ..] | [0xFE, 0xFF, 0, b'<', ..] | [b'<', 0, ..] | [0, b'<', ..] => true,
        _ => data.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<'),
    }
}

fn is_svg(name: &str, data: &[u8]) -> bool {
    let head = data.get(..data.len().min(1024)).unwrap_or_default();
    name.to_ascii_lowercase().ends_with(".svg") || memchr::memmem::find(head, b"<svg").is_some()
}

/// The order of parts in a document: the text, embedded documents, headers and styles, data, properties.
fn rank(name: &str) -> u8 {
    match name {
        "content.xml" => 0,
        "styles.xml" => 2,
        "meta.xml" => 4,
        "settings.xml" => 5,
        _ if name.ends_with("content.xml") => 1,
        _ => 3,
    }
}
