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

impl Explanation {
    /// The steps, each with what it moved the confidence by, where it did, and in words.
    pub fn reasons(&self) -> Vec<(String, String)> {
        let moved = |by: i16| format!("{:+.2}", f64::from(by) / 1000.0);
        let step = |step: &Step| match step {
            Step::Valid { chance } => (String::new(), format!("its check holds (one random value in {chance} passes too)")),
            Step::Context { word, gain: by } | Step::NegativeContext { word, loss: by } => {
                (moved(*by), format!("`{word}` stands near"))
            }
            Step::Label { word, gain } => (moved(*gain), format!("the field is called `{word}`")),
            Step::Propagated => (String::new(), "the same value was found elsewhere in the document".to_owned()),
            Step::Denied => (String::new(), "the deny list holds it".to_owned()),
            Step::Known => (String::new(), "the case sheet has it".to_owned()),
            Step::Merged => (String::new(), "overlapping findings were joined".to_owned()),
        };
        let base = (format!("{:.2}", self.base.unit()), format!("{} {}", self.recognizer, self.pattern));
        std::iter::once(base).chain(self.steps.iter().map(step)).collect()
    }
}
