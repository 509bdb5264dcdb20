//! National Insurance numbers: two letters, six digits, a suffix A to D; often grouped in twos. There is no check digit.
//!
//! *Misses by design*: numbers without the suffix and small letters, unless a label or context word stands near.
//! *Confuses with*: product codes of the same form. Prefixes that were never given out are not taken.
//! *References*: HMRC National Insurance Manual NIM39110.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger};
use crate::verdict::Verdict;

/// National Insurance numbers.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("UK_NINO"),
        summary: "National Insurance number of the United Kingdom.",
        context: &["national insurance", "nino", "ni number", "ni no", "insurance number"],
        negative_context: &["part", "model", "sku", "flight"],
        hits: &["NI number ⟦AB 12 34 56 C⟧.", "⟦AB123456C⟧", "nino: ⟦ab123456c⟧", "National Insurance no. ⟦AB 123456⟧"],
        misses: &["QQ123456C", "GB 12 34 56 C", "AB123456E", "AB1234567", "ab123456c", "DA123456C", "AB 123456"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("AA999999A", 750),
        Layout::new("AA 999999A", 750),
        Layout::new("AA999999 A", 750),
        Layout::new("AA 999999 A", 750),
        Layout::new("AA 99 99 99 A", 750),
        Layout::new("AA 99 99 99A", 750),
        Layout::new("AA99 99 99 A", 750),
        Layout::new("AA99 99 99A", 750),
        Layout::new("AA-99-99-99-A", 300),
        Layout::new("AA999999", 150),
        Layout::new("AA 999999", 150),
        Layout::new("AA 99 99 99", 150),
    ])],
    patterns: &[
        Pattern::new("grouped", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} \d{2} \d{2} ?[A-D]", 750),
        Pattern::new("capitals", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{6} ?[A-D]", 650),
        Pattern::new(
            "small",
            r"[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-Da-d]",
            300,
        ),
        Pattern::new("no-suffix", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2}", 150),
    ],
    validate: prefix,
    inside_longer: false,
    compiled: Compiled::new(),
};

/// Prefixes that are not used.
fn prefix(value: &str) -> Verdict {
    let unused = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];
    let prefix = value.get(..2).unwrap_or_default();
    if unused.iter().any(|unused| prefix.eq_ignore_ascii_case(unused)) { Verdict::Invalid } else { Verdict::Unknown }
}
