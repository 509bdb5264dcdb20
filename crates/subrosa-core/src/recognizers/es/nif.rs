//! Identity card and tax numbers (DNI, NIF): eight digits and a check letter; `K`, `L` or `M` and seven digits for those
//! without a card.
//!
//! *Misses by design*: numbers with a wrong letter.
//! *Confuses with*: other numbers of the same layout, about one in 26 of them.
//! *References*: Real Decreto 1553/2005 of Spain; Ministerio del Interior, cálculo del dígito de control.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, number};

/// Identity and tax number of a person in Spain.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("ES_NIF"),
        summary: "Identity and tax number of a person in Spain.",
        context: &["nif", "dni", "documento nacional de identidad", "d.n.i", "documento", "identificación fiscal", "n.i.f"],
        negative_context: &[],
        hits: &["⟦12345678Z⟧", "DNI: ⟦12.345.678-Z⟧", "NIF ⟦K1234567L⟧"],
        misses: &["12345678A"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9{8}A", 300),
        Layout::new("9{8}-A", 350),
        Layout::new("9{8} A", 250),
        Layout::new("99.999.999-A", 450),
        Layout::new("99.999.999A", 450),
        Layout::new("99.999.999 A", 450),
        Layout::new("9{7}A", 100),
        Layout::new("A9{7}A", 250),
    ])],
    check: Check::new("modulo 23, letter", 26, nif),
};

/// Whether the letter is that of the remainder by 23.
fn nif(signs: &[u8]) -> bool {
    let Some((last, rest)) = signs.split_last() else { return false };
    let digits = match rest.split_first() {
        Some((b'K' | b'L' | b'M', digits)) => digits,
        Some((b'0'..=b'9', _)) => rest,
        _ => return false,
    };
    b"TRWAGMYFPDXBNJZSQVHLCKE".get(number(digits, 0, digits.len()) as usize % 23) == Some(last)
}
