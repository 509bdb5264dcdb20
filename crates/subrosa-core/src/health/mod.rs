//! Health terms of a block: what a dictionary lists, what a word's ending tells, and what several words make together.
//!
//! Four steps, each linear in the block. `units` cuts the text into listed terms, words that are part of terms (`renal`,
//! `acute`, `failure`) and words that their ending gives away (`morphology`). `compose` makes terms of them: `acute renal
//! failure`, `cancer of the breast`, `breast and ovarian cancer`. `abbreviations` learns what a text says of its own
//! abbreviations, `familial adenomatous polyposis (FAP)`, and finds them in the rest of the block.
//!
//! Negation is not looked at: `no diabetes` names diabetes. Doses are no part of a drug's name.

mod abbreviations;
mod compose;
mod morphology;
mod units;

#[cfg(test)]
mod tests;

use crate::block::Block;
use crate::dictionary::{self, HealthInfo, HealthKind, stem_hash};
use crate::token::{Kind, Token};

use morphology::Form;

/// A health term and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HealthTerm {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// What it is: never a part of a term.
    pub kind: HealthKind,
    /// Also an everyday word (`cold`, `stroke`): believe it only with context.
    pub ambiguous: bool,
    /// What tells that it is one.
    pub origin: Origin,
}

/// What tells that words are a health term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A dictionary lists it.
    Listed,
    /// How it is formed: `-itis`, `-mab`, `6-hydroxy-`.
    Formed,
    /// Several words make it.
    Composed,
    /// The text says what it is short for.
    Abbreviated,
}

/// What a word tells where a health term may begin with it.
#[derive(Clone, Copy, Default)]
pub struct Term {
    /// As a listed term, or the first word of one.
    pub(crate) listed: Option<HealthInfo>,
    /// By its form alone.
    pub(crate) form: Form,
}

impl Term {
    /// Of the word of `token`.
    pub(crate) fn of(text: &str, token: &Token) -> Self {
        let word = token.span().of(text);
        Self { listed: dictionary::health().get(stem(text, token)), form: Form::of(word, token.hash) }
    }

    /// Whether no term begins with it.
    pub(crate) fn is_none(self) -> bool {
        self.listed.is_none() && self.form.is_none()
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

/// The health terms of a text, in order and without overlaps.
pub fn health_terms(block: &Block<'_>) -> Vec<HealthTerm> {
    let (text, tokens) = (block.text, block.tokens);
    let units = units::units(block);
    let mut terms = compose::terms(text, tokens, &units);
    abbreviations::find(text, tokens, &mut terms);
    terms
}
