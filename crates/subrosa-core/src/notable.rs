//! The few tokens of a text that some stage or recognizer waits for, found in one pass for all of them.
//!
//! Most tokens of most texts are everyday words and short numbers. Looking at each of them once for every list of words would
//! cost more than all the lists find. Here each word is asked once who waits for it, and the lexicon knows the answers last
//! given; who waits for a word then visits its own few.

use std::sync::OnceLock;

use crate::dictionary::{self, PlaceKind};
use crate::health::Term;
use crate::keyword::{self, Classes, Keyword};
use crate::lexicon::Lexicon;
use crate::plain::spelled;
use crate::recognizers::generic::nrp;
use crate::recognizers::keywords::LISTS;
use crate::token::{self, Gap, Kind, Shape, Token};

/// Words and numbers from this length on are notable: keys and tokens.
pub const LONG: usize = 16;

/// Who waits for a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    lists: u8,
    /// What keyword it is.
    classes: Classes,
}

impl Waiting {
    /// It is on one of [`LISTS`], or spells a digit or sign.
    const LISTED: u8 = 1;
    /// A health term, or part of one.
    const HEALTH: u8 = 1 << 1;
    /// With a capital, those who belong to a country, people or faith.
    const PEOPLE: u8 = 1 << 2;
    /// A name of people or a big place and no everyday word, so that it may be a name in small letters too.
    const NAME: u8 = 1 << 3;

    /// Who waits for the word of `token`.
    pub(crate) fn of(text: &str, token: &Token) -> Self {
        let demonym = || dictionary::places().get(token.hash).is_some_and(|place| place.kind == Some(PlaceKind::Demonym));
        let on = |list: u8, is_on: bool| if is_on { list } else { 0 };
        let lists = on(Self::LISTED, listed().binary_search(&token.hash).is_ok())
            | on(Self::HEALTH, !Term::of(text, token).is_none())
            | on(Self::PEOPLE, nrp::is_group(token) || demonym())
            | on(Self::NAME, is_always_name(token.hash));
        Self { lists, classes: keyword::classes(token) }
    }

    /// Whether it is a name of people or a big place and no everyday word.
    pub const fn is_name(self) -> bool {
        self.lists & Self::NAME != 0
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

/// What is notable of a text. Indices of tokens, in order.
#[derive(Default)]
pub struct Notable {
    /// Everything but words that begin with a small letter.
    pub standing_out: Vec<u32>,
    /// Words that are on a list of [`LISTS`] or spell a digit or sign, numbers with letters, and what is long.
    pub tokens: Vec<u32>,
    /// Words at which a phrase may begin that some recognizer reads.
    pub keywords: Vec<Keyword>,
    /// Words at which a health term may begin, and the numbers that may be part of one.
    pub health: Vec<u32>,
    /// Words with a capital that may name those who belong to a country, people or faith.
    pub peoples: Vec<u32>,
    /// Words that may be names though they begin with a small letter.
    pub small_names: Vec<u32>,
    /// What may part columns: `|`, and what stands behind a tab or several blanks.
    pub parting: Vec<u32>,
    /// Whether one of them does: blanks behind the end of a sentence do not.
    pub columns: bool,
    /// How many words of more than one letter there are.
    pub words: usize,
    /// The token before parts sentences or their parts.
    ended: bool,
    /// The token before, if it is a number without letters.
    number: Option<u32>,
}

impl Notable {
    /// Appends the tokens of `text` to `tokens`, which are none yet; what is notable of them.
    pub fn read(text: &str, tokens: &mut Vec<Token>, lexicon: &Lexicon) -> Self {
        let mut notable = Self { ended: true, ..Self::default() };
        token::read(text, tokens, |index, token| notable.see(text, index as u32, token, lexicon));
        notable
    }

    /// What is notable of `tokens`.
    pub fn of(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Self {
        let mut notable = Self { ended: true, ..Self::default() };
        (0..).zip(tokens).for_each(|(index, token)| notable.see(text, index, token, lexicon));
        notable
    }

    /// Takes in the next token.
    #[inline]
    fn see(&mut self, text: &str, index: u32, token: &Token, lexicon: &Lexicon) {
        if token.gap == Gap::Wide || token.is_byte(b'|') {
            self.parting.push(index);
            self.columns |= token.gap == Gap::Wide && !self.ended || token.is_byte(b'|');
        }
        self.ended = false;
        let number = self.number.take();
        match token.kind {
            Kind::Word => {
                self.words += usize::from(token.len() > 1);
                let waiting = lexicon.word(text, token).waiting;
                if waiting != Waiting::default() || token.len() >= LONG {
                    self.note(index, token, waiting);
                }
                if token.shape.has(Shape::CAPITAL_FIRST) {
                    self.standing_out.push(index);
                }
            }
            Kind::Number => {
                let mixed = token.shape.has(Shape::LETTER);
                if mixed || token.len() >= LONG {
                    self.tokens.push(index);
                }
                // `HbA1c`, `5-hydroxytryptamine`: seldom, so only with letters in it or a word joined to it.
                if mixed {
                    self.health.push(index);
                } else {
                    self.number = Some(index);
                }
                self.standing_out.push(index);
            }
            Kind::Punctuation(sign) => {
                self.ended = matches!(sign, b'.' | b'!' | b'?' | b':' | b';' | b',');
                if sign == b'-' && token.gap == Gap::None {
                    self.health.extend(number);
                }
                self.standing_out.push(index);
            }
        }
    }

    /// Shows a word to those who wait for it.
    fn note(&mut self, index: u32, token: &Token, waiting: Waiting) {
        let waits = |list: u8| waiting.lists & list != 0;
        if waits(Waiting::LISTED) || token.len() >= LONG {
            self.tokens.push(index);
        }
        if waits(Waiting::HEALTH) {
            self.health.push(index);
        }
        if waits(Waiting::PEOPLE) && token.is_capitalised() {
            self.peoples.push(index);
        }
        if waits(Waiting::NAME) && !token.is_capitalised() {
            self.small_names.push(index);
        }
        if waiting.classes != Classes::default() {
            self.keywords.push(Keyword { token: index as usize, classes: waiting.classes });
        }
    }
}

/// The hashes of the words of all lists, sorted.
fn listed() -> &'static [u64] {
    static HASHES: OnceLock<Vec<u64>> = OnceLock::new();
    HASHES.get_or_init(|| {
        let mut hashes: Vec<u64> = LISTS.iter().flat_map(|list| list.hashes()).chain(spelled::hashes()).copied().collect();
        hashes.sort_unstable();
        hashes
    })
}
