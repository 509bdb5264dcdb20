//! What the dictionaries say of the words of a block.

use std::sync::{Mutex, PoisonError};

use crate::dictionary::{self, ClassInfo, HealthInfo, NameInfo, PlaceInfo, Recent, WordClass, WordInfo, exact_hash, stem_hash};
use crate::health::Form;
use crate::notable::Waiting;
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
}

impl Word {
    pub(crate) fn of(text: &str, token: &Token) -> Self {
        Self {
            class: dictionary::classes().get(token.hash).unwrap_or_default(),
            health: dictionary::health().get(stem(text, token)),
            form: Form::of(token.span().of(text), token.hash),
        }
    }
}

/// The dictionaries, with the answers last given.
///
/// Most words of a text are everyday words of its language, so that one lexicon serves document after document. Takes a
/// megabyte.
pub struct Lexicon {
    lexemes: Recent<Lexeme>,
    words: Recent<Word>,
    waiting: Recent<Waiting>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self { lexemes: Recent::new(1 << 13), words: Recent::new(1 << 13), waiting: Recent::new(1 << 15) }
    }
}

/// Lexicons that wait for a document to read: as many as were ever in use at once.
#[derive(Default)]
pub(crate) struct Lexicons(Mutex<Vec<Lexicon>>);

impl Lexicons {
    /// Reads with one of them.
    pub(crate) fn with<T>(&self, read: impl FnOnce(&Lexicon) -> T) -> T {
        let waiting = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lexicon = waiting().pop().unwrap_or_default();
        let answer = read(&lexicon);
        waiting().push(lexicon);
        answer
    }
}

impl Lexicon {
    /// What the dictionaries say of a word with a capital.
    #[inline]
    pub fn lexeme(&self, token: &Token) -> Lexeme {
        self.lexemes.get(token.hash, || Lexeme::of(token.hash))
    }

    /// What is asked of every word.
    #[inline]
    pub fn word(&self, text: &str, token: &Token) -> Word {
        self.words.get(exact(text, token), || Word::of(text, token))
    }

    /// Who waits for a word.
    #[inline]
    pub fn waiting(&self, text: &str, token: &Token) -> Waiting {
        self.waiting.get(exact(text, token), || Waiting::of(text, token))
    }

    /// Looks up every word that starts with a capital.
    pub fn lexemes(&self, tokens: &[Token]) -> Vec<Lexeme> {
        tokens.iter().map(|token| if token.is_capitalised() { self.lexeme(token) } else { Lexeme::default() }).collect()
    }
}

/// A hash that tells a word from others that are spelled alike, for what is asked of its letters as they stand.
#[inline]
fn exact(text: &str, token: &Token) -> u64 {
    // Words that differ in accents have one hash.
    if token.shape.has(Shape::NON_ASCII) {
        return exact_hash(token.span().of(text));
    }
    // The length tells a word from the same with a character in it that nobody sees.
    token.hash ^ token.len() as u64
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
