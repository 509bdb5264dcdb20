//! What the dictionaries say of the words of a block.

use crate::dictionary::{self, ClassInfo, NameInfo, PlaceInfo, WordClass, WordInfo, stem_hash};
use crate::token::{Kind, Token};

pub use crate::health::{HealthTerm, health_terms};

/// What the dictionaries say of one word.
#[derive(Clone, Copy, Default)]
pub struct Lexeme {
    /// As part of a person's name.
    pub name: NameInfo,
    /// As a place of one word, or the first word of one.
    pub place: Option<PlaceInfo>,
    /// As an everyday word.
    pub word: Option<WordInfo>,
    /// As a title, role, month and so on.
    pub class: ClassInfo,
}

impl Lexeme {
    /// Whether the word belongs to `class`.
    pub fn is(&self, class: WordClass) -> bool {
        self.class.is(class)
    }

    /// Whether people write it mostly in lower case, so that a capital may only mean a sentence start or a heading.
    pub fn is_everyday(&self) -> bool {
        self.name.common_word || self.word.is_some_and(|word| word.mostly_lower_case && word.frequency >= 1)
    }

    /// Whether no dictionary of names, places or everyday words has it.
    pub fn is_unknown(&self) -> bool {
        self.name == NameInfo::default() && self.place.is_none() && self.word.is_none() && self.class == ClassInfo::default()
    }
}

/// Looks up every word that starts with a capital.
pub fn lexemes(tokens: &[Token]) -> Vec<Lexeme> {
    let look_up = |token: &Token| {
        if !token.is_capitalised() {
            return Lexeme::default();
        }
        Lexeme {
            name: dictionary::names().get(token.hash).unwrap_or_default(),
            place: dictionary::places().get(token.hash),
            word: dictionary::common_words().get(token.hash),
            class: dictionary::classes().get(token.hash).unwrap_or_default(),
        }
    };
    tokens.iter().map(look_up).collect()
}

/// The token's hash by its singular; only words that end in `s` or `y` have another than their own.
pub(crate) fn stem(text: &str, token: &Token) -> u64 {
    let word = token.span().of(text);
    match word.as_bytes().last() {
        Some(b's' | b'y' | b'S' | b'Y') if word.len() >= 5 => stem_hash(word),
        _ if token.kind == Kind::Word => token.hash,
        _ => stem_hash(word),
    }
}
