//! Lifelong physician numbers (LANR): six digits, a check digit, two for the field.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Kassenärztliche Bundesvereinigung, Richtlinie nach § 75 Absatz 7 SGB V.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{is, missing};

/// Physician number of Germany.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DE_LANR"),
        summary: "Physician number of Germany.",
        context: &["lanr", "arztnummer", "arzt-nr", "lebenslange arztnummer"],
        negative_context: &[],
        hits: &["LANR ⟦123456601⟧"],
        misses: &["LANR 123456001", "123456601"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{9}", 60)])],
    check: Check::new("weights 4, 9 modulo 10", 10, |digits| is(digits, 6, missing(digits, &[4, 9, 4, 9, 4, 9], 10))),
};
