//! Words that are looked for in a whole block: for recognizers that read what follows a word and that no number wakes.
//!
//! A list of such words has to stand in [`LISTS`]: one pass over the text finds the words of all lists.

use std::sync::OnceLock;

use crate::block::Block;
use crate::dictionary::word_hash;
use crate::token::Kind;

use super::generic::{api_key, coordinates, password, photograph, private_key};

/// Every list. Words of another are not found.
pub static LISTS: &[&Keywords] =
    &[&api_key::WORDS, &api_key::PREFIXES, &coordinates::WORDS, &password::WORDS, &photograph::WORDS, &private_key::WORDS];

/// A set of words.
pub struct Keywords {
    list: &'static [&'static str],
    hashes: OnceLock<Vec<u64>>,
}

impl Keywords {
    /// The words of `list`, lower case.
    pub const fn new(list: &'static [&'static str]) -> Self {
        Self { list, hashes: OnceLock::new() }
    }

    /// The hashes of the words, sorted.
    pub fn hashes(&self) -> &[u64] {
        self.hashes.get_or_init(|| {
            let mut hashes: Vec<_> = self.list.iter().map(|word| word_hash(word)).collect();
            hashes.sort_unstable();
            hashes
        })
    }

    /// Whether a word with this hash is one of them.
    pub fn has(&self, hash: u64) -> bool {
        self.hashes().binary_search(&hash).is_ok()
    }

    /// Indices of the tokens of `block` that are one of the words.
    pub fn find<'a>(&'a self, block: &'a Block<'_>) -> impl Iterator<Item = usize> + 'a {
        let hashes = self.hashes();
        block.notable().tokens.iter().map(|index| *index as usize).filter(move |index| {
            block.token(*index).is_some_and(|token| token.kind == Kind::Word && hashes.binary_search(&token.hash).is_ok())
        })
    }
}
