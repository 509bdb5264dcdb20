//! Identity document numbers (DNI, CUI): eight digits and a check sign, digit or letter. Without it they are those of
//! [`crate::recognizers::ar::dni`].
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Registro Nacional de Identificación y Estado Civil of Peru.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::remainder;

/// Identity document number of Peru with its check sign.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PE_DNI"),
        summary: "Identity document number of Peru with its check sign.",
        context: &["dni", "cui", "documento nacional de identidad", "reniec"],
        negative_context: &[],
        hits: &["DNI ⟦12345678-1⟧", "CUI: ⟦12345679-C⟧"],
        misses: &["DNI 12345678-0", "12345678-1"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{8}-*", 80), Layout::new("9{9}", 60), Layout::new("9{8} - *", 80)])],
    check: Check::new("weights 3, 2, 7, 6, 5, 4, 3, 2 modulo 11", 10, dni),
};

/// Whether the last sign is the check of the eight digits, in one of its two alphabets.
fn dni(signs: &[u8]) -> bool {
    let rest = remainder(signs, &[3, 2, 7, 6, 5, 4, 3, 2], 11) as usize;
    let last = signs.get(8);
    last.is_some() && (last == b"65432110987".get(rest) || last == b"KJIHGFEDCBA".get(rest))
}
