//! Foreigners' identity numbers (NIE): `X`, `Y` or `Z`, seven digits and a check letter.
//!
//! *Misses by design*: numbers with a wrong letter.
//! *Confuses with*: other numbers of the same layout, about one in 225 of them.
//! *References*: Real Decreto 557/2011 of Spain.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, number};

/// Identity number of a foreigner in Spain.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("ES_NIE"),
        summary: "Identity number of a foreigner in Spain.",
        context: &["nie", "número de identidad de extranjero", "n.i.e", "extranjero", "tarjeta de residencia"],
        negative_context: &[],
        hits: &["⟦X1234567L⟧", "NIE: ⟦Y-1234567-X⟧"],
        misses: &["X1234567A"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("A9{7}A", 350),
        Layout::new("A-9{7}-A", 450),
        Layout::new("A 9{7} A", 350),
        Layout::new("A9{7}-A", 400),
        Layout::new("A-9{7}A", 400),
        Layout::new("A9{8}A", 300),
    ])],
    check: Check::new("first letter, modulo 23, letter", 225, nie),
};

/// Whether the letter is that of the remainder by 23, with 0, 1 or 2 for the first.
fn nie(signs: &[u8]) -> bool {
    let [first @ b'X'..=b'Z', digits @ .., last] = signs else { return false };
    let first = u32::from(first - b'X') * 10_u32.pow(digits.len().min(8) as u32);
    b"TRWAGMYFPDXBNJZSQVHLCKE".get((first + number(digits, 0, digits.len())) as usize % 23) == Some(last)
}
