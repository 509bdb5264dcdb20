//! What a recognizer proposes.

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::span::Span;

/// What a check digit or a structure rule says of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The check holds. `chance` random values of the same shape pass for each that is real: one in `chance`.
    Valid {
        /// One random value in this many passes: 10 for Luhn, 11 for modulo 11, 97 for an IBAN.
        chance: u32,
    },
    /// The value cannot be what the recognizer looks for.
    Invalid,
    /// There is no check, or it cannot decide.
    Unknown,
}

/// A span that a recognizer proposes for its entity. Accepted or dropped by scoring.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Where, in the segment's text.
    pub span: Span,
    /// What it would be. Mostly the recognizer's own entity; a phone becomes a fax by its label.
    pub entity: Entity,
    /// Before context is looked at.
    pub base: Confidence,
    /// Index of the recognizer in the detector.
    pub recognizer: u16,
    /// Name of the pattern within the recognizer, for the explanation.
    pub pattern: &'static str,
    /// What the check said.
    pub verdict: Verdict,
}
