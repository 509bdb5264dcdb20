//! The plain reading of a text: what a reader sees, where the characters or the writing hide it from programs.
//!
//! People and machines write one value in many ways: with full-width digits, a soft hyphen or a zero-width space inside, a
//! Cyrillic letter in an address, a line end in the middle, digits as words, a letter O for a nought. Recognizers know the
//! plain form only. This stage rewrites what differs and keeps the way back, so that a span found in the plain reading is
//! mapped to whole characters of the source, with everything that was dropped inside it.
//!
//! Two steps, each a list of [`Rewrite`]s: characters first ([`characters`]), then, on the tokens of what came of that, line
//! ends ([`lines`]), words for digits and signs ([`spelled`]) and misread digits ([`noise`]). A text in which nothing is to
//! be rewritten costs one look at its bytes and one at its tokens, and is not copied.
//!
//! Not done here: letter case, accents and whole words of another script (dictionaries fold those, see
//! [`word_hash`](crate::dictionary::word_hash)), and anything that needs to know what a value means.

pub mod characters;
pub mod lines;
pub mod noise;
pub mod spelled;

use std::borrow::Cow;

use crate::lexicon::Lexicon;
use crate::notable::Notable;
use crate::span::Span;
use crate::token::Token;

/// A part of the source that reads otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// Where, on character boundaries.
    pub source: Span,
    /// What stands there in the plain reading; may be empty.
    pub plain: Cow<'static, str>,
}

impl Rewrite {
    /// A rewrite of the bytes `start..end`.
    pub fn new(start: usize, end: usize, plain: impl Into<Cow<'static, str>>) -> Self {
        Self { source: Span::new(start, end), plain: plain.into() }
    }
}

/// A rewritten text and the way back.
#[derive(Default)]
struct Rewritten {
    text: String,
    /// Where each rewrite stands in both texts, in order.
    places: Vec<Place>,
}

struct Place {
    source: Span,
    plain: Span,
}

impl Rewritten {
    /// Applies `rewrites`, which are in order and disjoint.
    fn new(source: &str, rewrites: &[Rewrite]) -> Self {
        let mut text = String::with_capacity(source.len() + rewrites.len());
        let mut places = Vec::with_capacity(rewrites.len());
        let mut done = 0;
        for rewrite in rewrites {
            text.push_str(&source[done..rewrite.source.start]);
            let start = text.len();
            text.push_str(&rewrite.plain);
            places.push(Place { source: rewrite.source, plain: Span::new(start, text.len()) });
            done = rewrite.source.end;
        }
        text.push_str(&source[done..]);
        Self { text, places }
    }

    /// Where a span of the rewritten text stands in the source. A rewritten part that the span touches is taken whole; what
    /// was dropped at its ends is left out.
    fn place(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.start(span.start);
            return Span::new(at, at);
        }
        Span::new(self.start(span.start), self.end(span.end))
    }

    fn start(&self, at: usize) -> usize {
        let after = self.places.partition_point(|place| place.plain.start <= at);
        match after.checked_sub(1).and_then(|index| self.places.get(index)) {
            None => at,
            Some(place) if at < place.plain.end => place.source.start,
            Some(place) => place.source.end + (at - place.plain.end),
        }
    }

    fn end(&self, at: usize) -> usize {
        let after = self.places.partition_point(|place| place.plain.start < at);
        match after.checked_sub(1).and_then(|index| self.places.get(index)) {
            None => at,
            Some(place) if at <= place.plain.end => place.source.end,
            Some(place) => place.source.end + (at - place.plain.end),
        }
    }
}

/// The plain reading of a text.
pub struct Plain<'a> {
    source: &'a str,
    /// Characters rewritten, if any were.
    characters: Option<Rewritten>,
    /// Writing rewritten, if any was.
    writing: Option<Rewritten>,
    tokens: Vec<Token>,
    notable: Notable,
}

impl<'a> Plain<'a> {
    /// Reads `source`. `tokens` is room for its tokens, whatever it held.
    pub fn read(source: &'a str, mut tokens: Vec<Token>, lexicon: &Lexicon) -> Self {
        let mut read = |text: &str| {
            tokens.clear();
            let notable = Notable::read(text, &mut tokens, lexicon);
            (std::mem::take(&mut tokens), notable)
        };
        let rewrites = characters::rewrites(source);
        let characters = (!rewrites.is_empty()).then(|| Rewritten::new(source, &rewrites));
        let text = characters.as_ref().map_or(source, |rewritten| &rewritten.text);
        let (tokens, notable) = read(text);
        match writing(text, &tokens, &notable) {
            None => Self { source, characters, writing: None, tokens, notable },
            Some(writing) => {
                let (tokens, notable) = read(&writing.text);
                Self { source, characters, writing: Some(writing), tokens, notable }
            }
        }
    }

    /// The text as it stands.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// Whether it reads otherwise than it stands.
    pub fn is_rewritten(&self) -> bool {
        self.characters.is_some() || self.writing.is_some()
    }

    /// The text in its plain reading.
    pub fn text(&self) -> &str {
        self.writing.as_ref().or(self.characters.as_ref()).map_or(self.source, |rewritten| rewritten.text.as_str())
    }

    /// Its tokens.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// What is notable of them.
    pub fn notable(&self) -> &Notable {
        &self.notable
    }

    /// Where a span of the plain reading stands in the source: on character boundaries, rewritten parts whole.
    pub fn place(&self, span: Span) -> Span {
        let span = self.writing.as_ref().map_or(span, |rewritten| rewritten.place(span));
        self.characters.as_ref().map_or(span, |rewritten| rewritten.place(span))
    }

    /// Gives the room for tokens back.
    pub fn into_tokens(self) -> Vec<Token> {
        self.tokens
    }
}

/// What the second step makes of a text, if anything.
fn writing(text: &str, tokens: &[Token], notable: &Notable) -> Option<Rewritten> {
    let mut rewrites = Vec::new();
    lines::rewrites(text, &mut rewrites);
    spelled::rewrites(text, tokens, notable, &mut rewrites);
    noise::rewrites(text, tokens, notable, &mut rewrites);
    if rewrites.is_empty() {
        return None;
    }
    // Where two overlap the first and longest holds.
    rewrites.sort_by_key(|rewrite| (rewrite.source.start, std::cmp::Reverse(rewrite.source.end)));
    let mut done = 0;
    rewrites.retain(|rewrite| {
        let keep = rewrite.source.start >= done && !rewrite.source.is_empty();
        if keep {
            done = rewrite.source.end;
        }
        keep
    });
    Some(Rewritten::new(text, &rewrites))
}

#[cfg(test)]
mod tests;
