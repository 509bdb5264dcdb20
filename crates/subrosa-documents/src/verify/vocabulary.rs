//! Names of elements and attributes that belong to a vocabulary of a format, and so to nobody.
//!
//! In `<table:cell-style>` the word `cells` (folding drops the hyphen) and in `personalView="1"` the word `personal` are the
//! format's, whatever the list of removed values says. A name is excused when the match lies wholly within it and its
//! namespace is one of a document format's. Which prefix stands for which namespace is taken from the whole text, and a
//! prefix that stands for anything else anywhere in it is not excused. A name without a namespace is a user's own: in their
//! XML, a person's name can be the name of an element.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::words::CONSTANTS;

/// What the namespaces begin with, besides the formats' [constants](CONSTANTS).
const NAMESPACES: &[&str] = &[
    "http://docs.oasis-open.org/",
    "http://openoffice.org/",
    "http://purl.org/dc/",
    "urn:openoffice:names:",
    "urn:org:documentfoundation:names:",
];

/// Longest tag looked at, before and after a name in it.
const LONGEST_TAG: usize = 64 << 10;
/// Longest name.
const LONGEST_NAME: usize = 200;

/// The namespaces of a text.
pub(super) struct Vocabulary<'t> {
    text: &'t str,
    /// Of each prefix, whether all its namespaces are of formats. Only made when a name has to be judged.
    prefixes: OnceCell<BTreeMap<&'t str, bool>>,
}

impl<'t> Vocabulary<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, prefixes: OnceCell::new() }
    }

    /// Whether a match lies in the name of an element or attribute of a format, or in several with white space between:
    /// folding drops that, and `<text:date style:name="x">` holds `test`.
    pub(super) fn names(&self, place: &Range<usize>) -> bool {
        let Some(found) = self.text.get(place.clone()) else { return false };
        let mut at = place.start;
        let mut named = false;
        for piece in found.split(|char: char| char.is_ascii_whitespace()) {
            let piece = at..at + piece.len();
            at = piece.end + 1;
            if piece.is_empty() {
                continue;
            }
            if !self.prefix(&piece).is_some_and(|prefix| self.is_format(prefix)) {
                return false;
            }
            named = true;
        }
        named
    }

    fn is_format(&self, prefix: &str) -> bool {
        let prefixes = self.prefixes.get_or_init(|| prefixes(self.text));
        prefixes.get(prefix).copied().unwrap_or(false)
    }

    /// The prefix of the name around a match: that of its element when the name is an attribute's without one.
    fn prefix(&self, place: &Range<usize>) -> Option<&'t str> {
        let found = self.text.get(place.clone())?;
        if !found.chars().all(in_name) {
            return None;
        }
        let from = self.text.ceil_char_boundary(place.start.saturating_sub(LONGEST_TAG));
        let head = self.text.get(from..place.start)?;
        let tail = self.text.get(place.end..)?;
        let before = head.trim_end_matches(in_name);
        let after = tail.trim_start_matches(in_name);
        let name = from + before.len()..self.text.len() - after.len();
        if name.len() > LONGEST_NAME {
            return None;
        }
        let name = self.text.get(name)?;
        let (prefix, _) = name.split_once(':').unwrap_or(("", name));
        if before.strip_suffix('/').unwrap_or(before).ends_with('<') {
            let ends = after.starts_with(|char: char| char.is_ascii_whitespace() || matches!(char, '>' | '/'));
            return ends.then_some(prefix);
        }
        let value = after.trim_start().strip_prefix('=')?.trim_start();
        if !value.starts_with(['"', '\'']) || !before.ends_with(|char: char| char.is_ascii_whitespace()) {
            return None;
        }
        let element = element(before)?;
        let (own, _) = element.split_once(':').unwrap_or(("", element));
        Some(if prefix.is_empty() { own } else { prefix })
    }
}

/// The name of the element whose start tag is open at the end of `head`, outside of all values.
fn element(head: &str) -> Option<&str> {
    // A value may hold `>` but never `<`, so the last `<` opens the tag.
    let tag = head.get(head.rfind('<')? + 1..)?;
    let length = tag.find(|char: char| !in_name(char)).unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(length);
    while let Some(at) = rest.find(['"', '\'', '>']) {
        let quote = rest.get(at..)?.chars().next().filter(|quote| *quote != '>')?;
        let value = rest.get(at + 1..)?;
        rest = value.get(value.find(quote)? + 1..)?;
    }
    (!name.is_empty()).then_some(name)
}

fn in_name(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.' | ':')
}

/// The prefixes that a text declares; the empty one is the namespace of names without a prefix, when its first element has one.
fn prefixes(text: &str) -> BTreeMap<&str, bool> {
    let mut prefixes = BTreeMap::new();
    for (at, found) in text.match_indices("xmlns") {
        let rest = text.get(at + found.len()..).unwrap_or_default();
        let prefix = rest.strip_prefix(':').unwrap_or_default();
        let prefix = prefix.get(..prefix.find(|char| !in_name(char)).unwrap_or(0)).unwrap_or_default();
        let rest = rest.get(if prefix.is_empty() { 0 } else { prefix.len() + 1 }..).unwrap_or_default().trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else { continue };
        let namespace = value.strip_prefix('"').or_else(|| value.strip_prefix('\'')).unwrap_or_default();
        let format = CONSTANTS.iter().chain(NAMESPACES).any(|start| namespace.starts_with(start));
        let all = prefixes.entry(prefix).or_insert(true);
        *all &= format;
    }
    // Without a default namespace on its first element, names without a prefix may be in none.
    let first = text.match_indices('<').find(|(at, _)| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphabetic));
    let first = first.and_then(|(at, _)| text.get(at..)?.split('>').next()).unwrap_or_default();
    if !first.contains("xmlns=") || text.contains("xmlns=\"\"") || text.contains("xmlns=''") {
        prefixes.remove("");
    }
    prefixes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, value: &str) -> bool {
        let at = text.find(value).unwrap();
        Vocabulary::new(text).names(&(at..at + value.len()))
    }

    const SHEET: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const TABLE: &str = "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"";

    #[test]
    fn names_of_formats_are_excused() {
        assert!(names(&format!("<table:cell-style {TABLE} table:x='1'/>"), "cell-s"));
        assert!(names(&format!("<table:a {TABLE}></table:cell-style>"), "cell-s"));
        assert!(names(&format!("<workbook {SHEET}><customWorkbookView a=\"x > y\" personalView=\"1\"/></workbook>"), "personal"));
        assert!(names(&format!("<table:a {TABLE} plain = '1'/>"), "plain"));
        assert!(names(&format!("<table:a {TABLE}><table:date table:style-name=\"\"/></table:a>"), "date table:style"));
    }

    #[test]
    fn content_and_names_of_users_are_not() {
        let in_text = format!("<table:a {TABLE}>personal table:personal</table:a>");
        assert!(!names(&in_text, "personal"));
        for inside in
            ["table:x=\"personal\"", "table:x=\"a personal=''\"", "table:x=\"a personal='b'\"", "table:x='a>b personal=\"\"'"]
        {
            assert!(!names(&format!("<table:a {TABLE} {inside}/>"), "personal"), "{inside}");
        }
        assert!(!names(&format!("<roebuck><table:a {TABLE}/></roebuck>"), "roebuck"), "in no namespace");
        assert!(!names(&format!("<table:a {TABLE} u:roebuck='1' xmlns:u='urn:example'/>"), "roebuck"));
        assert!(!names(&format!("<workbook {SHEET}><roebuck xmlns=\"\"/></workbook>"), "roebuck"));
        assert!(!names(&format!("<workbook {SHEET}><roebuck xmlns=\"urn:example\"/></workbook>"), "roebuck"));
        assert!(!names(&format!("<table:a {TABLE}><table:b xmlns:table='urn:example' table:roebuck=''/></table:a>"), "roebuck"));
        assert!(!names("<roebuck a=\"1\"/>", "roebuck"));
        assert!(!names(&format!("a <table:a {TABLE}/> < roebuck=\"1\""), "roebuck"));
    }
}
