//! Driver's licences (patente): two letters, seven digits, a letter; or `U1` and eight signs.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout.
//! *References*: Ministero delle Infrastrutture e dei Trasporti, patente di guida.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, has_form};

/// Driver's licence number of Italy.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IT_DRIVER_LICENSE"),
        summary: "Driver's licence number of Italy.",
        context: &["patente", "patente di guida", "numero patente", "driving licence", "driver's license"],
        negative_context: &[],
        hits: &["patente ⟦AB1234567C⟧", "Patente di guida n. ⟦U1A2B3C4DE⟧"],
        misses: &["patente X9ABCDEFGZ", "AB1234567C"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("AA9{7}A", 150), Layout::new("A9*{7}A", 150)])],
    check: Check::form("two letters or U1", |signs| signs.starts_with(b"U1") || has_form(signs, b"AA9999999A")),
};
