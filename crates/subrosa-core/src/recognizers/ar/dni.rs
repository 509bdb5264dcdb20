//! Identity document numbers (DNI): seven or eight digits, mostly with points. There is no check digit.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: Peru's numbers, which have the same layout, and amounts.
//! *References*: Registro Nacional de las Personas, Ley 17.671 of Argentina.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;

/// Identity document number of Argentina and other countries that have no check digit.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("AR_DNI"),
        summary: "Identity document number of Argentina and other countries that have no check digit.",
        context: &["dni", "d.n.i", "documento nacional de identidad", "número de documento"],
        negative_context: &[],
        hits: &["DNI ⟦12.345.678⟧", "DNI: ⟦12345678⟧"],
        misses: &["12.345.678"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("99.999.999", 200),
        Layout::new("9.999.999", 200),
        Layout::new("9{8}", 150),
        Layout::new("9{7}", 150),
    ])],
    check: Check::NONE,
};
