//! Identity card numbers: electronic `AA99999AA`, older ones of paper and plastic with seven digits.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout.
//! *References*: Decreto del Ministro dell'interno of 23 December 2015.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;

/// Number of an identity card of Italy.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IT_IDENTITY_CARD"),
        summary: "Number of an identity card of Italy.",
        context: &["carta d'identità", "carta identità", "carta di identità", "cie", "identity card", "documento"],
        negative_context: &[],
        hits: &["carta d'identità n. ⟦CA12345AB⟧", "carta d'identità ⟦AX1234567⟧"],
        misses: &["CA12345AB"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("AA99999AA", 180),
        Layout::new("AA9{7}", 150),
        Layout::new("AA 9{7}", 150),
        Layout::new("9{7}AA", 150),
    ])],
    check: Check::NONE,
};
