//! What the dictionaries say of the words of a block.

use std::sync::{Mutex, PoisonError};

use crate::dictionary::{self, ClassInfo, NameInfo, PlaceInfo, Recent, WordClass, WordInfo, exact_hash};
use crate::health::Term;
use crate::notable::Waiting;
use crate::token::{Shape, Token};

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
    /// Who waits for it.
    pub waiting: Waiting,
}

impl Word {
    fn of(text: &str, token: &Token) -> Self {
        Self { class: dictionary::classes().get(token.hash).unwrap_or_default(), waiting: Waiting::of(text, token) }
    }
}

/// The dictionaries, with the answers last given.
///
/// Most words of a text are everyday words of its language, so that one lexicon serves document after document. Takes a
/// megabyte.
pub struct Lexicon {
    words: Recent<Word>,
    lexemes: Recent<Lexeme>,
    terms: Recent<Term>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self { words: Recent::new(1 << 15), lexemes: Recent::new(1 << 13), terms: Recent::new(1 << 12) }
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

    /// What is asked of a word at which a health term may begin.
    #[inline]
    pub fn term(&self, text: &str, token: &Token) -> Term {
        self.terms.get(exact(text, token), || Term::of(text, token))
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
