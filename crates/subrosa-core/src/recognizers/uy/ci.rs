//! Identity card numbers (cédula de identidad): seven digits and a check digit, mostly with points and hyphen.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Dirección Nacional de Identificación Civil of Uruguay.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::divides;

/// Identity card number of Uruguay.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("UY_CI"),
        summary: "Identity card number of Uruguay.",
        context: &["cédula de identidad", "cedula de identidad", "c.i", "ci", "cédula"],
        negative_context: &[],
        hits: &["C.I. ⟦1.234.567-2⟧", "cédula de identidad: ⟦12345672⟧"],
        misses: &["C.I. 1.234.567-0", "1.234.567-2"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9.999.999-9", 240), Layout::new("9{7}-9", 80), Layout::new("9{8}", 60)])],
    check: Check::new("weights 2, 9, 8, 7, 6, 3, 4 modulo 10", 10, |digits| divides(digits, &[2, 9, 8, 7, 6, 3, 4, 1], 10)),
};
