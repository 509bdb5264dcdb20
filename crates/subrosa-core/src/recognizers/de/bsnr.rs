//! Practice numbers (BSNR): nine digits, the region first. There is no check digit.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout.
//! *References*: Kassenärztliche Bundesvereinigung, Richtlinie nach § 75 Absatz 7 SGB V.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;

/// Practice number of Germany.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DE_BSNR"),
        summary: "Practice number of Germany.",
        context: &["bsnr", "betriebsstättennummer", "betriebsstätten-nr", "nbsnr"],
        negative_context: &[],
        hits: &["BSNR ⟦521234567⟧"],
        misses: &["521234567"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{9}", 150)])],
    check: Check::NONE,
};
