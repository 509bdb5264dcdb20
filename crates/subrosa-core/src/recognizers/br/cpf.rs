//! Taxpayer numbers of persons (CPF): nine digits and two check digits.
//!
//! *Misses by design*: eleven digits without points, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 90 of them.
//! *References*: Receita Federal do Brasil, Instrução Normativa RFB 1548/2015.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{is, missing};
use crate::validators::{Check, is_repeated};

/// Taxpayer number of a person in Brazil.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("BR_CPF"),
        summary: "Taxpayer number of a person in Brazil.",
        context: &["cpf", "cadastro de pessoas físicas", "c.p.f"],
        negative_context: &[],
        hits: &["⟦123.456.789-09⟧", "CPF ⟦12345678810⟧"],
        misses: &["123.456.789-00", "12345678901"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999.999.999-99", 350),
        Layout::new("999 999 999-99", 250),
        Layout::new("9{9}-99", 200),
        Layout::new("9{11}", 40),
    ])],
    check: Check::new("two weighted sums modulo 11", 90, cpf),
};

/// Whether both check digits are right; ten is written 0.
fn cpf(digits: &[u8]) -> bool {
    is(digits, 9, missing(digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2], 11) % 10)
        && is(digits, 10, missing(digits, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2], 11) % 10)
        && !is_repeated(digits)
}
