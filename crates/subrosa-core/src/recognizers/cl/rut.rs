//! Identity and tax numbers (RUN, RUT): seven or eight digits and a check sign, `K` for ten.
//!
//! *Misses by design*: numbers without points, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 11 of them.
//! *References*: Servicio de Registro Civil e Identificación de Chile.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, value};

/// Identity and tax number of Chile.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CL_RUT"),
        summary: "Identity and tax number of Chile.",
        context: &["rut", "run", "r.u.t", "r.u.n", "rol único"],
        negative_context: &[],
        hits: &["⟦12.345.678-5⟧", "RUT ⟦12345679-3⟧", "RUT: ⟦1234567-4⟧"],
        misses: &["12345678-5", "12.345.678-0"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("99.999.999-*", 400),
        Layout::new("9.999.999-*", 400),
        Layout::new("9{8}-*", 80),
        Layout::new("9{7}-*", 80),
        Layout::new("9{8}*", 60),
    ])],
    check: Check::new("weights 2 to 7 modulo 11", 11, rut),
};

/// Whether the last sign is the check of the digits before it.
fn rut(signs: &[u8]) -> bool {
    let Some((last, digits)) = signs.split_last() else { return false };
    let sum: u32 = digits.iter().rev().zip([2, 3, 4, 5, 6, 7, 2, 3]).map(|(digit, weight)| value(*digit) * weight).sum();
    let check = match (11 - sum % 11) % 11 {
        10 => b'K',
        check => b'0' + check as u8,
    };
    *last == check
}
