//! Social security numbers: area, group and serial, `ddd-dd-dddd`. There is no check digit.
//!
//! The areas 000, 666 and 900 to 999, group 00 and serial 0000 were never given out; such numbers are found only where a label
//! or context word says what they are, since a mistyped or sample number still stands in a person's record.
//!
//! *Misses by design*: nine digits without hyphens, unless a label or context word stands near.
//! *Confuses with*: other numbers grouped three, two, four; [`super::itin`], which starts with 9.
//! *References*: Social Security Administration, POMS RM 10201.030.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger, unchecked};

/// Social security numbers.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_SSN"),
        summary: "Social security number of the United States.",
        context: &["ssn", "social security", "social security number", "soc sec", "ss no", "ss", "social"],
        negative_context: &["routing", "aba", "order", "invoice", "part"],
        hits: &["SSN ⟦987-65-4321⟧", "SSN: ⟦219099999⟧", "social security no. ⟦219 09 9999⟧", "⟦219-09-9999⟧"],
        misses: &["219099999", "987-65-4321", "000-12-3456", "219-00-9999", "219-09-99991", "part 219-09-9999"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999-99-9999", 600),
        Layout::new("999 99 9999", 200),
        Layout::new("999.99.9999", 200),
        Layout::new("9{9}", 150),
    ])],
    patterns: &[
        Pattern::new(
            "hyphens",
            r"(?:00[1-9]|0[1-9]\d|[1-57-8]\d{2}|6[0-57-9]\d|66[0-57-9])-(?:0[1-9]|[1-9]\d)-(?:000[1-9]|00[1-9]\d|0[1-9]\d{2}|[1-9]\d{3})",
            600,
        ),
        Pattern::new("grouped", r"\d{3}[- .]\d{2}[- .]\d{4}", 200),
        Pattern::new("digits", r"\d{9}", 150),
    ],
    validate: unchecked,
    inside_longer: false,
    compiled: Compiled::new(),
};
