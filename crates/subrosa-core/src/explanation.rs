//! Why a finding was accepted, step by step, without the text.

use crate::confidence::Confidence;

/// One thing that moved a confidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The check digit or structure holds; one random value in `chance` does too.
    Valid {
        /// One random value in this many passes.
        chance: u32,
    },
    /// A context word or phrase stands near. The word comes from the recognizer, never from the text.
    Context {
        /// The context word.
        word: &'static str,
        /// Thousandths gained.
        gain: i16,
    },
    /// A word that speaks against it stands near.
    NegativeContext {
        /// The context word.
        word: &'static str,
        /// Thousandths lost, as a negative number.
        loss: i16,
    },
    /// The label of the field (column header, key, text before a colon) names it.
    Label {
        /// The recognizer's word that the label matched.
        word: &'static str,
        /// Thousandths gained.
        gain: i16,
    },
    /// The same value was accepted elsewhere in the document.
    Propagated,
    /// The user's deny list holds the term.
    Denied,
    /// The case sheet has the value, or a way of writing it.
    Known,
    /// Overlapping findings were joined into this one.
    Merged,
}

/// Why a finding was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Identifier of the recognizer, or `deny-list`, or `case-sheet`.
    pub recognizer: &'static str,
    /// Name of the pattern or rule within it.
    pub pattern: &'static str,
    /// Confidence before the steps.
    pub base: Confidence,
    /// What moved it, in order.
    pub steps: Vec<Step>,
}
