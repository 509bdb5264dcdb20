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
use crate::dictionary::HealthKind;


pub use morphology::Form;

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

/// The health terms of a text, in order and without overlaps.
pub fn health_terms(block: &Block<'_>) -> Vec<HealthTerm> {
    let (text, tokens) = (block.text, block.tokens);
    let units = units::units(block);
    let mut terms = compose::terms(text, tokens, &units);
    abbreviations::find(text, tokens, &mut terms);
    terms
}
