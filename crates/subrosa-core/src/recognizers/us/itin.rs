//! Individual taxpayer identification numbers: like a social security number, but 9 first and 50 to 65, 70 to 88, 90 to 92 or
//! 94 to 99 in the middle. There is no check digit.
//!
//! *Misses by design*: nine digits without hyphens, unless a label or context word stands near.
//! *Confuses with*: mistyped and sample social security numbers.
//! *References*: IRS Publication 1915.

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger, unchecked};

/// Individual taxpayer identification numbers.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_ITIN"),
        summary: "Individual taxpayer identification number of the United States.",
        context: &["itin", "tax id", "taxpayer", "tin", "tax identification"],
        negative_context: &["ssn", "social security"],
        hits: &["ITIN: ⟦912-70-1234⟧", "taxpayer ⟦900-65-4321⟧", "itin ⟦912701234⟧"],
        misses: &["912-70-1234 is a number", "ITIN 912-69-1234", "tax id 812-70-1234", "912701234"],
    },
    triggers: &[Trigger::Digits { min: 9, max: 9 }],
    patterns: &[
        Pattern::new("grouped", r"9\d{2}[- ](?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])[- ]\d{4}", 400),
        Pattern::new("digits", r"9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}", 150),
    ],
    validate: unchecked,
    inside_longer: false,
    compiled: Compiled::new(),
};
