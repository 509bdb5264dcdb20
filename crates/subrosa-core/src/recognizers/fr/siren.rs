//! Company numbers: SIREN of nine digits in threes, SIRET with five more for the establishment; Luhn.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Code de commerce, article R123-220; INSEE, Sirene.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::luhn::luhn;
use crate::validators::{Check, is_repeated};

/// Company number of France.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("FR_SIREN"),
        summary: "Company number of France.",
        context: &["siren", "siret", "n° siren", "n° siret", "rcs"],
        negative_context: &[],
        hits: &["SIREN ⟦123 456 782⟧", "SIRET : ⟦123 456 782 00010⟧"],
        misses: &["SIREN 123 456 780", "123 456 782"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999 999 999", 60),
        Layout::new("9{9}", 60),
        Layout::new("999 999 999 99999", 100),
        Layout::new("9{14}", 60),
    ])],
    check: Check::new("Luhn", 10, |digits| luhn(digits) && luhn(digits.get(..9).unwrap_or_default()) && !is_repeated(digits)),
};
