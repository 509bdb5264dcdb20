//! Other names in the same sentences, so that the words around a name are learned and not the names of one corpus.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::Context;
use subrosa_core::tagger::NameKind;

use super::corpus::{Annotation, Record, kind};
use super::learn::Random;

/// Names to choose from.
pub(super) struct Names {
    given: Vec<String>,
    surnames: Vec<String>,
    places: Vec<String>,
}

/// Of this many words one is made up from the halves of two, and so in no list.
const MADE_UP: u64 = 8;

impl Names {
    /// From the sources of the dictionaries.
    pub(super) fn read(dictionaries: &Path) -> anyhow::Result<Self> {
        let read = |file: &str| {
            let path = dictionaries.join(file);
            std::fs::read_to_string(&path).with_context(|| path.display().to_string())
        };
        // A name that is a well-known word of any kind would teach that the word is a person.
        let (words, places) = (read("words.tsv")?, read("places.tsv")?);
        let known: HashSet<&str> = words.lines().chain(places.lines()).filter_map(|line| line.split('\t').next()).collect();
        let text = read("names.tsv")?;
        let (mut given, mut surnames) = (Vec::new(), Vec::new());
        for line in text.lines().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            if let [name, as_given, as_surname, "0"] = fields[..]
                && name.len() > 2
                && !known.contains(name)
            {
                let name = capitalised(name);
                if as_given > as_surname {
                    given.push(name);
                } else {
                    surnames.push(name);
                }
            }
        }
        let places = places.lines().skip(1).filter_map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            matches!(fields[..], [name, "city", _, "0"] if !name.contains(' ') && name.len() > 3).then(|| capitalised(fields[0]))
        });
        Ok(Self { given, surnames, places: places.collect() })
    }

    /// The record with other names of people and towns. The same word becomes the same word throughout.
    pub(super) fn swap(&self, record: &Record, random: &mut Random) -> Record {
        let characters: Vec<char> = record.text.chars().collect();
        let mut swapped: HashMap<(NameKind, String), String> = HashMap::new();
        let mut spans: Vec<&Annotation> = record.spans.iter().collect();
        spans.sort_by_key(|span| span.start);
        let mut out = Record { text: String::new(), spans: Vec::new(), unsure: Vec::new() };
        let mut length = 0;
        // How far later places have moved, in characters.
        let mut moves = vec![(0_usize, 0_isize)];
        let mut at = 0;
        for span in spans {
            if span.start < at || span.end > characters.len() {
                continue;
            }
            length += push(&mut out.text, &characters[at..span.start]);
            let start = length;
            let inner: String = characters[span.start..span.end].iter().collect();
            let inner = match kind(&span.label) {
                Some(kind @ NameKind::Person) => self.reword(&inner, kind, &mut swapped, random),
                Some(kind @ NameKind::Location) if !inner.contains(' ') => self.reword(&inner, kind, &mut swapped, random),
                _ => inner,
            };
            length += inner.chars().count();
            out.text.push_str(&inner);
            out.spans.push(Annotation { start, end: length, label: span.label.clone() });
            at = span.end;
            moves.push((at, length as isize - at as isize));
        }
        push(&mut out.text, &characters[at..]);
        out.unsure = record
            .unsure
            .iter()
            .map(|(start, end)| {
                let moved = moves.iter().rev().find(|(from, _)| from <= start).map_or(0, |(_, by)| *by);
                (start.saturating_add_signed(moved), end.saturating_add_signed(moved))
            })
            .collect();
        out
    }

    fn reword(
        &self,
        name: &str,
        kind: NameKind,
        swapped: &mut HashMap<(NameKind, String), String>,
        random: &mut Random,
    ) -> String {
        let words: Vec<&str> = name.split(' ').collect();
        let last = words.len() - 1;
        let reworded = words.iter().enumerate().map(|(index, word)| {
            let plain = word.chars().count() > 2 && word.chars().all(char::is_alphabetic) && word.starts_with(char::is_uppercase);
            if !plain {
                return (*word).to_owned();
            }
            let upper = word.chars().all(char::is_uppercase);
            let list = match kind {
                NameKind::Person if index == last && last > 0 => &self.surnames,
                NameKind::Person if last > 0 => &self.given,
                NameKind::Person => {
                    if random.below(2) == 0 {
                        &self.given
                    } else {
                        &self.surnames
                    }
                }
                _ => &self.places,
            };
            let new = swapped.entry((kind, word.to_lowercase())).or_insert_with(|| pick(list, random));
            if upper { new.to_uppercase() } else { new.clone() }
        });
        reworded.collect::<Vec<_>>().join(" ")
    }
}

fn pick(list: &[String], random: &mut Random) -> String {
    let mut one = || &list[random.below(list.len() as u64) as usize];
    let (first, second) = (one(), one());
    if random.below(MADE_UP) > 0 {
        return first.clone();
    }
    let half = |word: &str| word.chars().count().div_ceil(2);
    first.chars().take(half(first)).chain(second.chars().skip(half(second))).collect()
}

fn push(text: &mut String, characters: &[char]) -> usize {
    text.extend(characters);
    characters.len()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
