//! NHS numbers of England, Wales and the Isle of Man: ten digits, often grouped three, three, four, with a modulo 11 check digit.
//!
//! *Misses by design*: numbers without a label or context word, since one ten-digit number in eleven passes the check.
//! *Confuses with*: telephone numbers and other ten-digit identifiers. Numbers that start with 999 are test numbers.
//! *References*: NHS Data Model and Dictionary, NHS NUMBER.

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger};
use crate::validators::nhs::nhs;

/// NHS numbers.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("UK_NHS"),
        summary: "National Health Service number, ten digits with a check digit.",
        context: &["nhs", "nhs number", "nhs no", "national health service", "health service"],
        negative_context: &["order", "invoice", "version", "phone", "fax", "tel", "isbn"],
        hits: &["NHS no: ⟦999 000 0018⟧, seen 3 May", "NHS number ⟦9990000026⟧", "nhs ⟦999-000-0018⟧"],
        misses: &["999 000 0019", "ref 19990000018", "9990000018", "NHS 9990000019"],
    },
    triggers: &[Trigger::Digits { min: 10, max: 10 }],
    patterns: &[Pattern::new("grouped", r"\d{3}[ -]\d{3}[ -]\d{4}", 250), Pattern::new("digits", r"\d{10}", 150)],
    validate: nhs,
    inside_longer: false,
    compiled: Compiled::new(),
};
