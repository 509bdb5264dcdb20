//! Social security numbers (NUSS, NAF): province, eight digits, two check digits modulo 97.
//!
//! *Misses by design*: numbers without slashes, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 175 of them.
//! *References*: Tesorería General de la Seguridad Social, Orden TAS/2865/2003.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, number};

/// Social security number of Spain.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("ES_NUSS"),
        summary: "Social security number of Spain.",
        context: &["nuss", "naf", "seguridad social", "número de la seguridad social", "afiliación", "nº ss", "n.s.s", "nass"],
        negative_context: &[],
        hits: &["⟦28/12345678/40⟧", "NUSS: ⟦281234567840⟧"],
        misses: &["281234567899", "28/12345678/00"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("99/9{8}/99", 250),
        Layout::new("99/9{7}/99", 200),
        Layout::new("99 9{8} 99", 150),
        Layout::new("99-9{8}-99", 150),
        Layout::new("9{12}", 40),
        Layout::new("9{11}", 0),
    ])],
    check: Check::new("province, modulo 97", 175, nuss),
};

/// Whether the number starts with a province and ends with its remainder by 97; a short number is added to the province.
fn nuss(digits: &[u8]) -> bool {
    let (Some(last), province) = (digits.len().checked_sub(2), number(digits, 0, 2)) else { return false };
    let own = u64::from(number(digits, 2, last));
    let whole = own + u64::from(province) * if own < 10_000_000 { 10_000_000 } else { 100_000_000 };
    matches!(province, 1..=53 | 66) && whole % 97 == u64::from(number(digits, last, digits.len()))
}
