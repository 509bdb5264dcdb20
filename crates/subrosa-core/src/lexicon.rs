//! What the dictionaries say of the words of a block.

use crate::dictionary::{self, ClassInfo, HealthInfo, NameInfo, PlaceInfo, Recent, WordClass, WordInfo, stem_hash};
use crate::health::Form;
use crate::token::{Kind, Shape, Token};

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

impl Lexeme {
    fn of(hash: u64) -> Self {
        Self {
            name: dictionary::names().get(hash).unwrap_or_default(),
            place: dictionary::places().get(hash),
            word: dictionary::common_words().get(hash),
            class: dictionary::classes().get(hash).unwrap_or_default(),
        }
    }
}

/// What is asked of every word, with a capital or without.
#[derive(Clone, Copy, Default)]
pub struct Word {
    /// As a title, role, month and so on.
    pub class: ClassInfo,
    /// As a health term of one word, or the first word of one.
    pub health: Option<HealthInfo>,
    /// As a health term by its form alone.
    pub form: Form,
    /// Whether it is a name of people or a big place and no everyday word, so that it may be a name in small letters too.
    pub always_name: bool,
}

impl Word {
    fn of(text: &str, token: &Token) -> Self {
        Self {
            class: dictionary::classes().get(token.hash).unwrap_or_default(),
            health: dictionary::health().get(stem(text, token)),
            form: Form::of(token.span().of(text), token.hash),
            always_name: token.kind == Kind::Word && is_always_name(token.hash),
        }
    }
}

fn is_always_name(hash: u64) -> bool {
    dictionary::common_words().get(hash).is_none_or(|word| !word.mostly_lower_case && word.frequency < 5)
        && (dictionary::names()
            .get(hash)
            .is_some_and(|name| name.given.max(name.surname) >= 2 && (!name.common_word || name.given > 2))
            || dictionary::places()
                .get(hash)
                .is_some_and(|place| place.kind.is_some() && place.population >= 2 && !place.ambiguous))
}

/// The dictionaries, with the words of one document that were looked up last.
///
/// Nearly every word of a text is one of few, so most cost one look here.
pub struct Lexicon {
    lexemes: Recent<Lexeme>,
    words: Recent<Word>,
}

impl Lexicon {
    /// For a document of so many bytes: a short one needs little room.
    pub fn new(bytes: usize) -> Self {
        Self { lexemes: Recent::new((bytes / 32).min(1 << 12)), words: Recent::new((bytes / 16).min(1 << 14)) }
    }

    /// What the dictionaries say of a word with a capital.
    #[inline]
    pub fn lexeme(&self, token: &Token) -> Lexeme {
        self.lexemes.get(token.hash, || Lexeme::of(token.hash))
    }

    /// What is asked of every word.
    #[inline]
    pub fn word(&self, text: &str, token: &Token) -> Word {
        // Words that differ in accents have one hash, but their forms are looked at as they are written.
        if token.shape.has(Shape::NON_ASCII) {
            return Word::of(text, token);
        }
        // The length tells a word from the same with a character in it that nobody sees.
        self.words.get(token.hash ^ token.len() as u64, || Word::of(text, token))
    }

    /// Looks up every word that starts with a capital.
    pub fn lexemes(&self, tokens: &[Token]) -> Vec<Lexeme> {
        tokens.iter().map(|token| if token.is_capitalised() { self.lexeme(token) } else { Lexeme::default() }).collect()
    }
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
