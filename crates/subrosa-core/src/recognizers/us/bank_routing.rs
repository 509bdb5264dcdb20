//! Bank routing numbers: nine digits, a Federal Reserve prefix, check digit with the weights 3, 7, 1.
//!
//! *Misses by design*: numbers without a label or context word; the fraction form on cheques.
//! *Confuses with*: other nine-digit numbers, one in twenty-five.
//! *References*: American Bankers Association, Routing Number Administrative Rules and Procedures.

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger};
use crate::validators::aba::aba;

/// Bank routing numbers.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_BANK_ROUTING"),
        summary: "Routing number of a bank in the United States.",
        context: &["routing", "aba", "rtn", "routing number", "routing transit", "bank", "wire"],
        negative_context: &["ssn", "social security"],
        hits: &["ABA ⟦111000025⟧", "Routing number: ⟦1110-0002-5⟧"],
        misses: &["111000025", "ABA 111000024", "routing 911000025"],
    },
    triggers: &[Trigger::Digits { min: 9, max: 9 }],
    patterns: &[Pattern::new("digits", r"\d{9}", 100), Pattern::new("grouped", r"\d{4}-\d{4}-\d", 150)],
    validate: aba,
    inside_longer: false,
    compiled: Compiled::new(),
};
