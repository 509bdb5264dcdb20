//! Citizenship card numbers (cédula de ciudadanía): six to ten digits, mostly with points. There is no check digit.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout.
//! *References*: Registraduría Nacional del Estado Civil of Colombia.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;

/// Citizenship card number of Colombia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CO_CEDULA"),
        summary: "Citizenship card number of Colombia.",
        context: &["cédula", "cedula", "c.c", "cédula de ciudadanía", "cedula de ciudadania", "cc no", "tarjeta de identidad"],
        negative_context: &[],
        hits: &["cédula ⟦1.012.345.678⟧", "C.C. No. ⟦52.123.456⟧"],
        misses: &["1.012.345.678"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9.999.999.999", 200),
        Layout::new("99.999.999", 200),
        Layout::new("999.999.999", 150),
        Layout::new("9.999.999", 200),
        Layout::new("9{10}", 150),
        Layout::new("9{8}", 150),
        Layout::new("9{7}", 150),
    ])],
    check: Check::NONE,
};
