//! Identity card numbers: up to seven digits and a letter of eight in use. There is no check digit.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout.
//! *References*: Identity Card and other Identity Documents Act (Cap. 258) of Malta.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;

/// Identity card number of Malta.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("MT_IDENTITY_CARD"),
        summary: "Identity card number of Malta.",
        context: &["identity card", "id card", "karta tal-identità", "karta tal-identita", "id no", "maltese"],
        negative_context: &[],
        hits: &["ID card ⟦0123480M⟧"],
        misses: &["ID card 0123480Q", "0123480M"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{7}A", 150), Layout::new("9{6}A", 150), Layout::new("9{5}A", 150)])],
    check: Check::form("one of eight letters", |signs| signs.last().is_some_and(|last| b"MGAPLHBZ".contains(last))),
};
