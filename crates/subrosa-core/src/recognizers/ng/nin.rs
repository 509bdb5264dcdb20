//! National identification numbers: eleven digits that tell nothing, with a Verhoeff check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: National Identity Management Commission Act 2007.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::verhoeff::verhoeff;
use crate::validators::{Check, is_repeated};

/// National identification number of Nigeria.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("NG_NIN"),
        summary: "National identification number of Nigeria.",
        context: &["nin", "national identification number", "nimc"],
        negative_context: &[],
        hits: &["NIN ⟦12345678902⟧"],
        misses: &["NIN 12345678900", "12345678902"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{11}", 80)])],
    check: Check::new("Verhoeff", 10, |digits| verhoeff(digits) && !is_repeated(digits)),
};
