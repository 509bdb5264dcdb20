//! A piece of a segment as the recognizers see it.

use std::cell::OnceCell;

use crate::dictionary::ClassInfo;
use crate::health::{self, HealthTerm, Term};
use crate::keyword::{Classes, Keyword};
use crate::lexicon::{Lexeme, Lexicon, Word};
use crate::machine;
use crate::notable::Notable;
use crate::span::Span;
use crate::token::{Gap, Kind, Token};

/// Tokenised text. Recognizers look only here: nothing is found across two blocks.
pub struct Block<'a> {
    /// The text of the block.
    pub text: &'a str,
    /// Its tokens, in order.
    pub tokens: &'a [Token],
    /// Labels of the whole segment, nearest first, as hashes of their words.
    pub labels: &'a [&'a Label],
    lexicon: Option<&'a Lexicon>,
    own_lexicon: OnceCell<Lexicon>,
    terms: OnceCell<Vec<HealthTerm>>,
    notable: Option<&'a Notable>,
    own_notable: OnceCell<Notable>,
    colons: OnceCell<Vec<usize>>,
    capitals: OnceCell<Capitals>,
    source: OnceCell<bool>,
}

/// How a text uses capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Capitals {
    /// Hardly at all: chat, queries.
    None,
    Usual,
    /// For everything: forms, telegrams.
    All,
}

/// The words of a field name, hashed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// [`word_hash`](crate::dictionary::word_hash) of each word, `camelCase` and `snake_case` parted.
    pub words: Vec<u64>,
}

impl<'a> Block<'a> {
    /// A block of `text`, whose tokens are `tokens`.
    pub fn new(text: &'a str, tokens: &'a [Token], labels: &'a [&'a Label]) -> Self {
        Self {
            text,
            tokens,
            labels,
            lexicon: None,
            own_lexicon: OnceCell::new(),
            terms: OnceCell::new(),
            capitals: OnceCell::new(),
            colons: OnceCell::new(),
            notable: None,
            own_notable: OnceCell::new(),
            source: OnceCell::new(),
        }
    }

    /// The same block, when what is notable of it is known.
    #[must_use]
    pub fn with_notable(self, notable: &'a Notable) -> Self {
        Self { notable: Some(notable), ..self }
    }

    /// The same block, read with the lexicon of its document.
    #[must_use]
    pub fn with_lexicon(self, lexicon: &'a Lexicon) -> Self {
        Self { lexicon: Some(lexicon), ..self }
    }

    /// A block of a part of its text, with tokens and labels of its own.
    pub fn of_part<'b>(&'b self, text: &'b str, tokens: &'b [Token], labels: &'b [&'b Label]) -> Block<'b> {
        Block::new(text, tokens, labels).with_lexicon(self.lexicon())
    }

    fn lexicon(&self) -> &Lexicon {
        self.lexicon.unwrap_or_else(|| self.own_lexicon.get_or_init(Lexicon::default))
    }

    /// What is asked of every word, of the word at `index`.
    pub fn word(&self, index: usize) -> Word {
        self.tokens.get(index).map_or_else(Word::default, |token| self.lexicon().word(self.text, token))
    }

    /// What is notable of the tokens. Looked for once a block.
    pub fn notable(&self) -> &Notable {
        let own = || self.own_notable.get_or_init(|| Notable::of(self.text, self.tokens, self.lexicon()));
        self.notable.unwrap_or_else(own)
    }

    /// What the dictionaries say of the word at `index`; of one without a capital nothing is asked.
    pub fn lexeme(&self, index: usize) -> Lexeme {
        let capitalised = self.tokens.get(index).filter(|token| token.is_capitalised());
        capitalised.map_or_else(Lexeme::default, |token| self.lexicon().lexeme(token))
    }

    /// Whether the word at `index` is a name of people or a big place and no everyday word, and so may be one in small letters.
    pub fn is_small_name(&self, index: usize) -> bool {
        self.word(index).waiting.is_name()
    }

    /// What is asked of the word at `index` when a health term may begin with it.
    pub fn term(&self, index: usize) -> Term {
        self.tokens.get(index).map_or_else(Term::default, |token| self.lexicon().term(self.text, token))
    }

    /// What the dictionaries say of the word at `index`, with a capital or without.
    pub fn lexeme_in_any_case(&self, index: usize) -> Lexeme {
        self.tokens.get(index).map_or_else(Lexeme::default, |token| self.lexicon().lexeme(token))
    }

    /// The health terms of the block, in order. Looked up once a block.
    pub fn health_terms(&self) -> &[HealthTerm] {
        self.terms.get_or_init(|| health::health_terms(self))
    }

    /// Whether the token belongs to a health term.
    pub fn is_health_term(&self, index: usize) -> bool {
        let terms = self.health_terms();
        let after = terms.partition_point(|term| term.first <= index);
        after > 0 && terms[after - 1].last >= index
    }

    /// Whether its writer used next to no capitals, so that a name may have none either.
    pub fn is_without_capitals(&self) -> bool {
        self.capitals() == Capitals::None
    }

    /// Whether it is written in capitals throughout.
    pub fn is_all_capitals(&self) -> bool {
        self.capitals() == Capitals::All
    }

    /// Whether it is source code by and large. Looked at once a block.
    pub fn is_source(&self) -> bool {
        *self.source.get_or_init(|| machine::is_source(self))
    }

    fn capitals(&self) -> Capitals {
        *self.capitals.get_or_init(|| {
            let (mut capitalised, mut upper) = (0, 0);
            let all = self.notable().words;
            for index in self.notable().standing_out.iter().map(|index| *index as usize) {
                let token = &self.tokens[index];
                if token.kind == Kind::Word && token.len() > 1 {
                    upper += usize::from(token.shape.is_upper());
                    capitalised += usize::from(!self.begins_sentence(index));
                }
            }
            if upper * 10 >= all * 7 && all >= 4 {
                Capitals::All
            } else if capitalised * 30 <= all {
                Capitals::None
            } else {
                Capitals::Usual
            }
        })
    }

    /// The words of some of `classes`, in order.
    pub fn keywords(&self, classes: Classes) -> impl Iterator<Item = Keyword> {
        self.notable().keywords.iter().copied().filter(move |keyword| keyword.classes.any(classes))
    }

    /// The last colon before the token at `index`. Looked for once a block.
    pub fn colon_before(&self, index: usize) -> Option<usize> {
        let colons = self.colons.get_or_init(|| {
            let tokens = self.tokens.iter().enumerate();
            tokens.filter(|(_, token)| token.is_byte(b':')).map(|(index, _)| index).collect()
        });
        let after = colons.partition_point(|colon| *colon < index);
        after.checked_sub(1).map(|last| colons[last])
    }

    /// The token's text.
    pub fn str(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |token| token.span().of(self.text))
    }

    /// The token at `index`, if there is one.
    pub fn token(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    /// The token before `index`, if there is one.
    pub fn before(&self, index: usize) -> Option<&Token> {
        index.checked_sub(1).and_then(|index| self.tokens.get(index))
    }

    /// The span from the first byte of `first` to the last of `last`, both included.
    pub fn span(&self, first: usize, last: usize) -> Span {
        match (self.tokens.get(first), self.tokens.get(last)) {
            (Some(first), Some(last)) => Span::new(first.start as usize, last.end as usize),
            _ => Span::default(),
        }
    }

    /// Index of the first token that ends after byte `at`.
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| (token.end as usize) <= at)
    }

    /// Index of the first token of the line that `index` stands on.
    pub fn line_start(&self, index: usize) -> usize {
        let mut at = index.min(self.tokens.len().saturating_sub(1));
        while at > 0 && self.tokens[at].gap < Gap::Line {
            at -= 1;
        }
        at
    }

    /// Whether the token begins a sentence: first in a paragraph, or after a full stop, question or exclamation mark, or
    /// after a colon, bullet or quotation mark that itself begins one.
    pub fn begins_sentence(&self, mut index: usize) -> bool {
        loop {
            let Some(token) = self.tokens.get(index) else { return true };
            if token.gap >= Gap::Paragraph {
                return true;
            }
            let Some(before) = self.before(index) else { return true };
            match before.kind {
                Kind::Punctuation(b'.') => return !self.is_abbreviation(index - 1),
                Kind::Punctuation(b'!' | b'?' | b'*' | b'>') => return true,
                Kind::Punctuation(b'"' | b'(' | b'[' | b'-' | b'\'' | b'#') if before.gap != Gap::None || index == 1 => {
                    index -= 1;
                }
                Kind::Punctuation(b':' | b';') => return token.gap >= Gap::Line,
                Kind::Word | Kind::Number | Kind::Punctuation(_) => return false,
            }
        }
    }

    /// Whether the full stop at `stop` ends an abbreviation or an initial rather than a sentence.
    pub fn is_abbreviation(&self, stop: usize) -> bool {
        self.before(stop).is_some_and(|word| {
            word.kind == Kind::Word
                && (word.is_one_letter()
                    || (word.len() <= 4 && word.is_capitalised() && self.word(stop - 1).class != ClassInfo::default()))
        })
    }
}
