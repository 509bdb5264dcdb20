//! Electors' photo identity card (EPIC) numbers: three letters and seven digits, the last by Luhn in newer ones.
//!
//! *Misses by design*: numbers of older layouts; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Election Commission of India, Handbook for Electoral Registration Officers.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::luhn::luhn;

/// Number of a voter's photo identity card in India.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IN_VOTER"),
        summary: "Number of a voter's photo identity card in India.",
        context: &["voter", "voter id", "epic", "elector", "electoral", "मतदाता"],
        negative_context: &[],
        hits: &["voter ID ⟦ABC1234566⟧"],
        misses: &["flight ABC1234567", "ABC1234566"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("AAA9{7}", 140)])],
    check: Check::new("Luhn", 10, |signs| luhn(signs.get(3..).unwrap_or_default())).not_always(),
};
