//! Numbers of mobile subscribers (IMSI): fourteen or fifteen digits, country and network first. No check digit, so a word has to
//! say what it is.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: [`super::imei`], which has a check digit.
//! *References*: ITU-T E.212.

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger, unchecked};

/// Numbers of mobile subscribers.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IMSI"),
        summary: "Number of a mobile subscriber (IMSI).",
        context: &["imsi", "subscriber identity"],
        negative_context: &["imei", "card"],
        hits: &["IMSI: ⟦001010123456789⟧", "imsi ⟦001010123456789⟧ attached"],
        misses: &["001010123456789", "IMSI unknown"],
    },
    triggers: &[Trigger::Digits { min: 14, max: 15 }],
    patterns: &[Pattern::new("digits", r"\d{3} ?\d{2,3} ?\d{9,10}", 200)],
    validate: unchecked,
    inside_longer: false,
    compiled: Compiled::new(),
};
