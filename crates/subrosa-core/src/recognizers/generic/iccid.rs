//! Numbers of SIM cards (ICCID): nineteen or twenty digits that start with 89, the last a Luhn check digit.
//!
//! *Misses by design*: numbers that no word announces.
//! *Confuses with*: payment cards, which do not start with 89.
//! *References*: ITU-T E.118.

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger};
use crate::validators::luhn::luhn;

/// Numbers of SIM cards.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("ICCID"),
        summary: "Number of a SIM card (ICCID).",
        context: &["iccid", "sim", "sim card", "esim"],
        negative_context: &[],
        hits: &["ICCID: ⟦8944010000000000017⟧", "SIM ⟦8944 0100 0000 0000 017⟧"],
        misses: &["8944010000000000017", "ICCID 8944010000000000018"],
    },
    triggers: &[Trigger::Digits { min: 19, max: 20 }],
    patterns: &[Pattern::new("digits", r"89\d{2}(?:[ -]?\d{4}){3}[ -]?\d{3,4}", 250)],
    validate: luhn,
    inside_longer: false,
    compiled: Compiled::new(),
};
