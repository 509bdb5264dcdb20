//! Which recognizers a word near a number speaks for.
//!
//! Most numbers in a text are nobody's, and most recognizers of numbers need a word that says what the number is. One look-up
//! a word tells which recognizers could find theirs; around a number no other is asked. What is told here is only that it
//! *may* be worth asking: a phrase is known by one of its words, and [`crate::context`] and [`crate::recognizers::cue`] look closer.

use std::collections::HashMap;

use crate::block::Block;
use crate::by_hash::ByHash;
use crate::dictionary::stem_hash;
use crate::health;
use crate::token::{Kind, Token};

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

    /// Listens to a block.
    pub fn listen<'s, 'b>(&'s self, block: &'s Block<'b>) -> Nearby<'s, 'b> {
        let words = block.labels.iter().flat_map(|label| &label.words);
        let label = words.flat_map(|word| self.by_word.get(word).into_iter().flatten()).copied().collect();
        Nearby { speakers: self, block, label, said: Vec::new(), heard: 0 }
    }

    /// The recognizers that the word of a token speaks for.
    fn of(&self, block: &Block<'_>, token: &Token) -> Option<&[u16]> {
        let hash = match token.kind {
            Kind::Word => health::stem(block.text, token),
            Kind::Number if !token.is_digits() => stem_hash(token.span().of(block.text)),
            Kind::Number | Kind::Punctuation(_) => return None,
        };
        let (word, bit) = place(hash);
        if self.filter[word] & bit == 0 { None } else { self.by_word.get(&hash).map(Vec::as_slice) }
    }
}

/// What the words of a block say. Only those near a number are listened to.
pub struct Nearby<'s, 'b> {
    speakers: &'s Speakers,
    block: &'s Block<'b>,
    /// Whom the labels of the segment speak for.
    label: Vec<u16>,
    /// Tokens that spoke, in order.
    said: Vec<(usize, &'s [u16])>,
    /// Token up to which was listened.
    heard: usize,
}

impl Nearby<'_, '_> {
    /// Puts the recognizers that a label of the segment or a word in the tokens `from..to` speaks for into `speaking`, sorted.
    /// Asked in the order of the tokens.
    #[inline]
    pub fn collect(&mut self, from: usize, to: usize, speaking: &mut Vec<u16>) {
        speaking.clear();
        let to = to.min(self.block.tokens.len());
        for index in self.heard.max(from)..to {
            if let Some(recognizers) = self.speakers.of(self.block, &self.block.tokens[index]) {
                self.said.push((index, recognizers));
            }
        }
        self.heard = self.heard.max(to);
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
