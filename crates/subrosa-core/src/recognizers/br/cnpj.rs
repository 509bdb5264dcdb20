//! Registration numbers of companies (CNPJ): twelve digits, from 2026 on letters too, and two check digits.
//!
//! *Misses by design*: fourteen digits without points, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 90 of them.
//! *References*: Receita Federal do Brasil, Instrução Normativa RFB 2229/2024.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::is;
use crate::validators::{Check, is_repeated};

/// Registration number of a company in Brazil.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("BR_CNPJ"),
        summary: "Registration number of a company in Brazil.",
        context: &["cnpj", "cadastro nacional da pessoa jurídica", "c.n.p.j"],
        negative_context: &[],
        hits: &["⟦12.345.678/0001-95⟧", "CNPJ ⟦12345678000195⟧", "CNPJ: ⟦12.ABC.345/01DE-35⟧"],
        misses: &["12.345.678/0001-00", "12345678000100"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("**.***.***/****-99", 300),
        Layout::new("9{14}", 40),
        Layout::new("*{12}99", 40),
    ])],
    check: Check::new("two weighted sums modulo 11", 90, cnpj),
};

/// Whether both check digits are right. A letter counts as its place in ASCII after 0.
fn cnpj(signs: &[u8]) -> bool {
    let check = |weights: &[u32]| {
        let sum: u32 = signs.iter().zip(weights).map(|(sign, weight)| u32::from(sign - b'0') * weight).sum();
        (11 - sum % 11) % 11 % 10
    };
    is(signs, 12, check(&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]))
        && is(signs, 13, check(&[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]))
        && !is_repeated(signs)
}
