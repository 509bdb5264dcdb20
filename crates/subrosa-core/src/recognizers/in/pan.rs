//! Permanent account numbers: five letters, four digits, a letter. The fourth letter says what the holder is, `P` for a
//! person.
//!
//! *Misses by design*: numbers in small letters, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout.
//! *References*: Income Tax Department of India, PAN structure.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;

/// Permanent account number of a taxpayer in India.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IN_PAN"),
        summary: "Permanent account number of a taxpayer in India.",
        context: &["pan", "permanent account number", "income tax"],
        negative_context: &["sku", "model", "part"],
        hits: &["⟦ABCPX1234Z⟧", "pan ⟦abcpx1234z⟧"],
        misses: &["ABCDX1234Z", "abcpx1234z"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("AAAAA9999A", 550)])],
    check: Check::form("kind of holder in the fourth place", |signs| {
        signs.get(3).is_some_and(|kind| b"ABCFGHJLPT".contains(kind))
    }),
};
