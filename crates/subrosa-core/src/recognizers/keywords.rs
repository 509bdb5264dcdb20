//! Words that are looked for in a whole block: for recognizers that read what follows a word and no number wakes.

use std::sync::OnceLock;

use crate::block::Block;
use crate::dictionary::word_hash;
use crate::token::Kind;

/// A set of words with a filter before it that tells off nearly every other word by one bit.
pub struct Keywords {
    list: &'static [&'static str],
    hashes: OnceLock<(u64, Vec<u64>)>,
}

impl Keywords {
    /// The words of `list`, lower case.
    pub const fn new(list: &'static [&'static str]) -> Self {
        Self { list, hashes: OnceLock::new() }
    }

    fn hashes(&self) -> &(u64, Vec<u64>) {
        self.hashes.get_or_init(|| {
            let mut hashes: Vec<_> = self.list.iter().map(|word| word_hash(word)).collect();
            hashes.sort_unstable();
            (hashes.iter().fold(0, |filter, hash| filter | 1 << (hash & 63)), hashes)
        })
    }

    /// Indices of the tokens of `block` that are one of the words.
    pub fn find<'a>(&'a self, block: &'a Block<'_>) -> impl Iterator<Item = usize> + 'a {
        let (filter, hashes) = self.hashes();
        block
            .tokens
            .iter()
            .enumerate()
            .filter(move |(_, token)| {
                filter >> (token.hash & 63) & 1 == 1 && token.kind == Kind::Word && hashes.binary_search(&token.hash).is_ok()
            })
            .map(|(index, _)| index)
    }
}
