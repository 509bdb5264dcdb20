//! National provider identifiers: ten digits, 1 or 2 first, a Luhn check digit over `80840` and the number.
//!
//! *Misses by design*: a number with a wrong check digit; any without a label or context word.
//! *Confuses with*: telephone and other ten-digit numbers, one in ten of those that start alike.
//! *References*: 45 CFR 162.406; CMS, National Provider Identifier Standard, check digit calculation.

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger};
use crate::validators::npi::npi;

/// National provider identifiers.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_NPI"),
        summary: "National provider identifier of the United States.",
        context: &["npi", "provider", "national provider identifier", "provider number", "physician", "prescriber"],
        negative_context: &["phone", "fax", "tel"],
        hits: &["NPI ⟦1234567893⟧", "Provider number: ⟦1234567893⟧"],
        misses: &["1234567893", "NPI 1234567890", "phone 1234567893"],
    },
    triggers: &[Trigger::Digits { min: 10, max: 10 }],
    patterns: &[Pattern::new("digits", r"[12]\d{9}", 100)],
    validate: npi,
    inside_longer: false,
    compiled: Compiled::new(),
};
