//! Names in markup that somebody made up: of elements and attributes, prefixes and namespaces of no published vocabulary. In
//! data of one's own, a person's name can be any of them.
//!
//! A name changes everywhere alike, or the markup would no longer be one; [`Kind::Name`] keeps it a name. Not here: names of
//! published vocabularies, which are nobody's.

use std::ops::Range;

use super::{Family, Kind, Name, Tag};

/// Attributes of the vocabulary of compatibility that list prefixes.
const LISTS: &[&str] = &["Ignorable", "MustUnderstand", "ProcessContent", "PreserveElements", "PreserveAttributes", "Requires"];

/// The made-up names of a start tag, with how each is written.
pub(crate) fn of_tag(tag: &Tag<'_>) -> Vec<(Range<usize>, Kind)> {
    let mut found = Vec::new();
    for declaration in tag.declarations.iter().filter(|declaration| declaration.own) {
        found.push((declaration.prefix.clone(), Kind::Name));
        found.push((declaration.value.clone(), Kind::Uri));
    }
    if tag.name.own {
        of_name(tag.text, tag.range.start + 1, &tag.name, &mut found);
    }
    for attribute in &tag.attributes {
        if attribute.name.own {
            // A name without a prefix is its element's, which is why it is its own.
            of_name(tag.text, attribute.name_start, &attribute.name, &mut found);
        }
        let lists = attribute.name.family == Family::Compatibility || tag.name.family == Family::Compatibility;
        if lists && LISTS.contains(&attribute.name.local) {
            of_list(tag, attribute.value.clone(), &mut found);
        }
    }
    found.retain(|(range, _)| tag.text.get(range.clone()).is_some_and(|text| text.len() > 1));
    found
}

/// The made-up names of the end tag that ends at `end`; nothing for an empty-element tag.
pub(crate) fn of_end(text: &str, name: &Name<'_>, end: usize) -> Vec<(Range<usize>, Kind)> {
    let mut found = Vec::new();
    let start = text.get(..end).and_then(|head| head.rfind('<')).filter(|start| name.own && text[*start..].starts_with("</"));
    if let Some(start) = start {
        of_name(text, start + 2, name, &mut found);
    }
    found.retain(|(range, _)| range.len() > 1);
    found
}

/// The prefix and the local part of a name that starts at `start`.
fn of_name(text: &str, start: usize, name: &Name<'_>, out: &mut Vec<(Range<usize>, Kind)>) {
    let local = if name.prefix.is_empty() { start } else { start + name.prefix.len() + 1 };
    let inside = |range: Range<usize>, expected: &str| text.get(range.clone()).filter(|found| *found == expected).map(|_| range);
    out.extend(inside(start..start + name.prefix.len(), name.prefix).map(|range| (range, Kind::Name)));
    out.extend(inside(local..local + name.local.len(), name.local).map(|range| (range, Kind::Name)));
}

/// The made-up prefixes in a list of them.
fn of_list(tag: &Tag<'_>, value: Range<usize>, out: &mut Vec<(Range<usize>, Kind)>) {
    let Some(list) = tag.text.get(value.clone()) else { return };
    let mut at = value.start;
    for word in list.split(|char: char| char.is_ascii_whitespace() || char == ':') {
        let own =
            tag.declarations.iter().any(|declaration| declaration.own && tag.text.get(declaration.prefix.clone()) == Some(word));
        if own {
            out.push((at..at + word.len(), Kind::Name));
        }
        at += word.len() + 1;
    }
}

/// A text as the name of an element or attribute.
pub(crate) fn as_name(text: &str) -> String {
    let name: String =
        text.chars().map(|char| if char.is_alphanumeric() || matches!(char, '_' | '-' | '.') { char } else { '_' }).collect();
    if name.starts_with(|char: char| char.is_alphabetic() || char == '_') { name } else { format!("_{name}") }
}

#[cfg(test)]
mod tests {
    use super::as_name;

    #[test]
    fn any_text_becomes_a_name() {
        assert_eq!(as_name("[PERSON-1]"), "_PERSON-1_");
        assert_eq!(as_name("1a"), "_1a");
        assert_eq!(as_name(""), "_");
        assert_eq!(as_name("a:b <c>"), "a_b__c_");
    }
}
