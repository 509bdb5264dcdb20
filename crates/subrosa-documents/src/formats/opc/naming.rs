//! Values removed from the text are removed from the format's own naming too.
//!
//! Nobody looks for names in style and font names, since they are full of them; but a style called like a person whose name
//! was found in the text would give it away.

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::xml::slot::SlotEdit;

/// Shorter values are part of everything.
const SHORTEST: usize = 4;

/// Values that were removed, with what came in their place.
#[derive(Default)]
pub(super) struct Removed {
    known: HashSet<String>,
    values: Vec<(String, String)>,
}

impl Removed {
    /// Notes a value, if it is one that could be a name.
    pub(super) fn add(&mut self, value: &str, replacement: &str) {
        let value = value.trim();
        let letters = value.chars().filter(|character| character.is_alphabetic()).count();
        if letters >= SHORTEST && self.known.insert(value.to_ascii_lowercase()) {
            self.values.push((value.to_owned(), replacement.to_owned()));
        }
    }

    /// Something to search with, when there is anything to search for.
    pub(super) fn search(self) -> Option<Search> {
        if self.values.is_empty() {
            return None;
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(self.values.iter().map(|(value, _)| value))
            .ok()?;
        Some(Search { automaton, values: self.values })
    }
}

/// Finds removed values.
pub(super) struct Search {
    automaton: AhoCorasick,
    values: Vec<(String, String)>,
}

impl Search {
    /// The edits that take the values out of `text`, where they stand as words.
    pub(super) fn edits(&self, text: &str) -> Vec<SlotEdit> {
        let word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let matches = self.automaton.find_iter(text).filter(|found| {
            let before = text.get(..found.start()).and_then(|text| text.chars().next_back());
            let after = text.get(found.end()..).and_then(|text| text.chars().next());
            !word(before) && !word(after)
        });
        matches
            .filter_map(|found| {
                let (_, replacement) = self.values.get(found.pattern().as_usize())?;
                Some(SlotEdit { range: found.range(), text: replacement.clone() })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_taken_out() {
        let mut removed = Removed::default();
        removed.add("Quillon", "[A]");
        removed.add("Ann", "[B]");
        let search = removed.search().unwrap();
        let texts = |text: &str| search.edits(text).into_iter().map(|edit| edit.range).collect::<Vec<_>>();
        assert_eq!(texts("quillon 1, Ann"), vec![0..7]);
        assert!(texts("Quillons").is_empty());
    }
}
