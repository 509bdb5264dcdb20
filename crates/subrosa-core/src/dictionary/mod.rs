//! Dictionaries: names, places, health terms, everyday words and word classes, compiled into the library.
//!
//! Each is a [`Table`] keyed by the hash of a word or phrase ([`word_hash`], [`phrase_hash`]) and read in place from constant
//! bytes: no start-up work, three memory reads a lookup. Terms of several words are followed word by word while an entry says
//! [`PhraseEntry::is_prefix`]; [`Table::longest`] does it.
//!
//! A hit is evidence and no more. The tables do not hold their words, so an unlisted word passes for a listed one once in
//! 2^11 to 2^14 lookups, and listed words are often everyday words as well, which the entries say (`common_word`,
//! `ambiguous`, `upper_only`). The tables cannot be listed, and do not say where a term came from: the sources, with their
//! licences, are in the repository's `dictionaries/`. They are made by `cargo xtask gen`.

pub mod build;
mod entries;
mod fold;
mod hash;
mod recent;
mod static_map;

use std::marker::PhantomData;

pub use entries::{ClassInfo, Entry, HealthInfo, HealthKind, NameInfo, PhraseEntry, PlaceInfo, PlaceKind, WordClass, WordInfo};
pub(crate) use hash::{exact_hash, letters_hash, short_letters_hash};
pub use hash::{is_word_char, phrase_hash, stem_hash, stem_hash_of, word_hash, words};
pub use recent::Recent;
pub use static_map::StaticMap;

/// A compiled dictionary.
pub struct Table<E> {
    map: StaticMap<'static>,
    entry: PhantomData<E>,
}

impl<E: Entry> Table<E> {
    const fn open(bytes: &'static [u8]) -> Self {
        match StaticMap::open(bytes) {
            Some(map) => Self { map, entry: PhantomData },
            None => {
                panic!("a file in data/ is no dictionary: empty it, then run `cargo xtask gen`")
            }
        }
    }

    /// What the dictionary says of a word or phrase.
    #[inline]
    pub fn get(&self, hash: u64) -> Option<E> {
        E::from_bits(self.map.get(hash))
    }

    /// Entries, beginnings of phrases included.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    /// An unlisted word is taken for a listed one once in 2^this lookups, or more rarely.
    pub fn fingerprint_bits(&self) -> u32 {
        self.map.fingerprint_bits()
    }
}

impl<E: PhraseEntry> Table<E> {
    /// The longest term that the words begin with, and how many words it has.
    ///
    /// Takes words only as long as a longer term is possible. Words are given by their [`word_hash`], for health terms by
    /// their [`stem_hash`].
    #[inline]
    pub fn longest(&self, words: impl IntoIterator<Item = u64>) -> Option<(usize, E)> {
        let mut best = None;
        let mut phrase = None;
        for (index, word) in words.into_iter().enumerate() {
            let hash = phrase.map_or(word, |so_far| phrase_hash(so_far, word));
            let Some(entry) = self.get(hash) else { break };
            if entry.is_term() {
                best = Some((index + 1, entry));
            }
            if !entry.is_prefix() {
                break;
            }
            phrase = Some(hash);
        }
        best
    }
}

/// A table from `data/`: compiled in, or else opened when it is first asked for.
macro_rules! table {
    ($entry:ty, $name:literal) => {{
        #[cfg(feature = "embedded-data")]
        static TABLE: Table<$entry> = Table::open(include_bytes!(concat!("../../data/", $name, ".bin")));
        #[cfg(not(feature = "embedded-data"))]
        static TABLE: std::sync::LazyLock<Table<$entry>> = std::sync::LazyLock::new(|| Table::open(crate::data::file($name)));
        &TABLE
    }};
}

/// Given names and surnames, by [`word_hash`].
#[inline]
pub fn names() -> &'static Table<NameInfo> {
    table!(NameInfo, "names")
}

/// Places, by [`word_hash`] and [`phrase_hash`].
#[inline]
pub fn places() -> &'static Table<PlaceInfo> {
    table!(PlaceInfo, "places")
}

/// Health terms, by [`stem_hash`] and [`phrase_hash`].
#[inline]
pub fn health() -> &'static Table<HealthInfo> {
    table!(HealthInfo, "health")
}

/// Everyday English words, by [`word_hash`].
#[inline]
pub fn common_words() -> &'static Table<WordInfo> {
    table!(WordInfo, "words")
}

/// Titles, roles, legal forms, street types, months and the other [`WordClass`]es, by [`word_hash`] and [`phrase_hash`].
#[inline]
pub fn classes() -> &'static Table<ClassInfo> {
    table!(ClassInfo, "classes")
}

#[cfg(test)]
mod tests;
