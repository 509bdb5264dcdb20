//! Health insurance claim numbers, used until 2019: a social security number and one to three signs for the beneficiary.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout.
//! *References*: CMS, Medicare Claims Processing Manual, chapter 2.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;

/// Former Medicare claim number of the United States.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_HICN"),
        summary: "Former Medicare claim number of the United States.",
        context: &["hicn", "medicare", "claim number", "health insurance claim", "medicare claim"],
        negative_context: &[],
        hits: &["HICN ⟦987-65-4321A⟧", "Medicare claim number: ⟦987654321B1⟧"],
        misses: &["987-65-4321A"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999-99-9999A", 200),
        Layout::new("999-99-9999-A", 200),
        Layout::new("999-99-9999A9", 200),
        Layout::new("999-99-9999-A9", 200),
        Layout::new("9{9}A", 150),
        Layout::new("9{9}A9", 150),
    ])],
    check: Check::NONE,
};
