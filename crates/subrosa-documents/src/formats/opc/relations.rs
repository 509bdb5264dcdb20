//! Relationships and content types: which part is what, and who points at it.
//!
//! Written to ECMA-376-2 (Open Packaging Conventions), clauses 6 and 7.

use std::collections::HashMap;
use std::ops::Range;

use crate::limits::Limits;
use crate::percent;
use crate::refusal::Refusal;
use crate::xml::{Family, Name, Tag, TextKind, Visitor, scan};

/// The part that says what every other part is.
pub(crate) const CONTENT_TYPES: &str = "[Content_Types].xml";

/// A relationship.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    /// The relationships part it stands in.
    pub(crate) file: usize,
    /// The part it starts from; nothing for the package itself.
    pub(crate) source: Option<usize>,
    /// Its identifier within the source.
    pub(crate) id: String,
    /// The last step of its type's URI: `image`, `officeDocument`.
    pub(crate) kind: String,
    /// The part it leads to, when that is in the package.
    pub(crate) target: Option<usize>,
    /// Where its element stands in the relationships part.
    pub(crate) range: Range<usize>,
    /// The value of its target when it leads out of the package.
    pub(crate) external: Option<Range<usize>>,
    /// The value of its target when it leads to a part.
    pub(crate) internal: Option<Range<usize>>,
}

/// The part whose relationships the part `name` holds: an empty string for the package.
pub(crate) fn source_name(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".rels")?;
    let (folder, file) = match stem.rsplit_once('/') {
        Some((folder, file)) => (folder, file),
        None => ("", stem),
    };
    let parent = if folder == "_rels" { "" } else { folder.strip_suffix("/_rels")? };
    Some(match (parent, file) {
        (_, "") => String::new(),
        ("", file) => file.to_owned(),
        (parent, file) => format!("{parent}/{file}"),
    })
}

/// Resolves a target against the folder of its source; lower-case, since part names differ in more than case.
pub(crate) fn resolve(source: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let target = percent::decode(target.as_bytes());
    let target = String::from_utf8_lossy(&target).replace('\\', "/").to_ascii_lowercase();
    let mut steps: Vec<&str> = match source.rsplit_once('/') {
        Some((folder, _)) if !target.starts_with('/') => folder.split('/').collect(),
        _ => Vec::new(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

/// Reads a relationships part. `names` maps lower-case names to parts.
pub(crate) fn read(
    file: usize,
    part: &str,
    text: &str,
    names: &HashMap<String, usize>,
    limits: &Limits,
) -> Result<Vec<Relation>, Refusal> {
    let source_path = source_name(part).unwrap_or_default();
    let mut reader =
        RelationReader { file, source: names.get(&source_path).copied(), source_path, names, relations: Vec::new(), open: None };
    scan(part, text, limits, &mut reader)?;
    Ok(reader.relations)
}

struct RelationReader<'n> {
    file: usize,
    source: Option<usize>,
    source_path: String,
    names: &'n HashMap<String, usize>,
    relations: Vec<Relation>,
    open: Option<Relation>,
}

impl<'a> Visitor<'a> for RelationReader<'_> {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        if !tag.name.is(Family::Package, "Relationship") {
            return Ok(());
        }
        let outside = tag.raw("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
        let target = tag.value("Target").unwrap_or_default();
        let kind = tag.value("Type").unwrap_or_default();
        let internal = if outside { None } else { self.names.get(&resolve(&self.source_path, &target)).copied() };
        let value =
            tag.attributes.iter().find(|attribute| attribute.name.local == "Target").map(|attribute| attribute.value.clone());
        self.open = Some(Relation {
            file: self.file,
            source: self.source,
            id: tag.value("Id").unwrap_or_default(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            target: internal,
            range: tag.range.clone(),
            // A target that is no part leads nowhere: its text is content like an address.
            external: value.clone().filter(|_| outside || internal.is_none()),
            internal: value.filter(|_| !outside && internal.is_some()),
        });
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, end: usize) -> Result<(), Refusal> {
        if name.is(Family::Package, "Relationship")
            && let Some(mut relation) = self.open.take()
        {
            relation.range.end = end;
            self.relations.push(relation);
        }
        Ok(())
    }

    fn text(&mut self, _: Range<usize>, _: TextKind) -> Result<(), Refusal> {
        Ok(())
    }
}

/// The entry of one part among the content types.
struct Override {
    kind: String,
    range: Range<usize>,
    /// The value that names the part.
    name: Option<Range<usize>>,
}

/// The content types of a package.
#[derive(Default)]
pub(crate) struct ContentTypes {
    by_extension: HashMap<String, String>,
    by_name: HashMap<String, Override>,
    open: Option<(String, Override)>,
}

impl ContentTypes {
    /// Reads the part.
    pub(crate) fn read(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let mut types = Self::default();
        scan(CONTENT_TYPES, text, limits, &mut types)?;
        Ok(types)
    }

    /// The type of a part, empty when it has none.
    pub(crate) fn of(&self, name: &str) -> &str {
        let name = name.to_ascii_lowercase();
        if let Some(entry) = self.by_name.get(&name) {
            return &entry.kind;
        }
        let extension = name.rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default();
        self.by_extension.get(extension).map(String::as_str).unwrap_or_default()
    }

    /// Where the element stands that names this very part.
    pub(crate) fn entry(&self, name: &str) -> Option<Range<usize>> {
        self.by_name.get(&name.to_ascii_lowercase()).map(|entry| entry.range.clone())
    }

    /// The value that names this very part.
    pub(crate) fn named(&self, name: &str) -> Option<Range<usize>> {
        self.by_name.get(&name.to_ascii_lowercase())?.name.clone()
    }
}

impl<'a> Visitor<'a> for ContentTypes {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let kind = tag.value("ContentType").unwrap_or_default();
        match tag.name.local {
            "Default" => {
                self.by_extension.insert(tag.value("Extension").unwrap_or_default().to_ascii_lowercase(), kind);
            }
            "Override" => {
                let name = tag.value("PartName").unwrap_or_default();
                let named = tag.attributes.iter().find(|attribute| attribute.name.local == "PartName");
                let named = named.map(|attribute| attribute.value.clone());
                self.open = Some((resolve("", &name), Override { kind, range: tag.range.clone(), name: named }));
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, end: usize) -> Result<(), Refusal> {
        if name.local == "Override"
            && let Some((name, mut entry)) = self.open.take()
        {
            entry.range.end = end;
            self.by_name.insert(name, entry);
        }
        Ok(())
    }

    fn text(&mut self, _: Range<usize>, _: TextKind) -> Result<(), Refusal> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_resolve_like_uris() {
        assert_eq!(source_name("_rels/.rels").as_deref(), Some(""));
        assert_eq!(source_name("word/_rels/document.xml.rels").as_deref(), Some("word/document.xml"));
        assert_eq!(source_name("word/document.xml"), None);
        assert_eq!(resolve("word/document.xml", "../customXml/item%31.xml#a"), "customxml/item1.xml");
        assert_eq!(resolve("word/document.xml", "/word/Media/a.png"), "word/media/a.png");
        assert_eq!(resolve("word/document.xml", "../../../x"), "x");
    }
}
