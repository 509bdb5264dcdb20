//! Which recognizers a word near a number speaks for.
//!
//! Most numbers in a text are nobody's, and most recognizers of numbers need a word that says what the number is. One look-up
//! a word tells which recognizers could find theirs; around a number no other is asked. What is told here is only that it
//! *may* be worth asking: a phrase is known by one of its words, and [`crate::context`] and [`crate::recognizers::cue`] look closer.

use std::collections::HashMap;

use crate::block::Block;
use crate::by_hash::ByHash;
use crate::dictionary::stem_hash;
use crate::token::Kind;

/// The words that speak for recognizers, which are known by a number.
pub struct Speakers {
    by_word: ByHash<Vec<u16>>,
    /// A bit for each of the words, by 14 bits of its hash: most others are turned away here.
    filter: Box<[u64; FILTER]>,
}

/// Words of the filter.
const FILTER: usize = 256;

impl Default for Speakers {
    fn default() -> Self {
        Self { by_word: HashMap::default(), filter: Box::new([0; FILTER]) }
    }
}

/// Word and bit of a hash in the filter.
const fn place(hash: u64) -> (usize, u64) {
    ((hash >> 6) as usize % FILTER, 1 << (hash & 63))
}

impl Speakers {
    /// Makes the words of `phrase` speak for `recognizer`. Of several the longest is listened for.
    pub fn add(&mut self, phrase: &str, recognizer: u16) {
        let letters = |word: &&str| (word.chars().all(char::is_alphabetic), word.chars().count());
        let words = phrase.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        let Some(word) = words.max_by_key(letters) else { return };
        let hash = stem_hash(word);
        let (index, bit) = place(hash);
        self.filter[index] |= bit;
        let list = self.by_word.entry(hash).or_default();
        if list.last() != Some(&recognizer) {
            list.push(recognizer);
        }
    }

    /// What the words of a block say.
    pub fn listen<'s>(&'s self, block: &Block<'_>) -> Nearby<'s> {
        let mut nearby = Nearby::default();
        for hash in block.labels.iter().flat_map(|label| &label.words) {
            nearby.label.extend(self.by_word.get(hash).into_iter().flatten());
        }
        for (index, token) in block.tokens.iter().enumerate() {
            let hash = match token.kind {
                Kind::Word => crate::lexicon::stem(block.text, token),
                Kind::Number if !token.is_digits() => stem_hash(token.span().of(block.text)),
                Kind::Number | Kind::Punctuation(_) => continue,
            };
            let (word, bit) = place(hash);
            if self.filter[word] & bit != 0
                && let Some(recognizers) = self.by_word.get(&hash)
            {
                nearby.said.push((index, recognizers));
            }
        }
        nearby
    }
}

/// What the words of a block say, in order.
#[derive(Default)]
pub struct Nearby<'s> {
    said: Vec<(usize, &'s [u16])>,
    label: Vec<u16>,
}

impl Nearby<'_> {
    /// Puts the recognizers that a label of the segment or a word in the tokens `from..to` speaks for into `speaking`, sorted.
    #[inline]
    pub fn collect(&self, from: usize, to: usize, speaking: &mut Vec<u16>) {
        speaking.clear();
        if self.said.is_empty() && self.label.is_empty() {
            return;
        }
        speaking.extend_from_slice(&self.label);
        let first = self.said.partition_point(|(token, _)| *token < from);
        let near = self.said[first..].iter().take_while(|(token, _)| *token < to);
        near.for_each(|(_, recognizers)| speaking.extend_from_slice(recognizers));
        speaking.sort_unstable();
        speaking.dedup();
    }
}
