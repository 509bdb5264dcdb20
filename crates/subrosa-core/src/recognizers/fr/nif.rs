//! Tax reference numbers (numéro fiscal, SPI): thirteen digits, 0 to 3 first, the last three a check modulo 511.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 2500 of them.
//! *References*: European Commission, TIN Algorithms, France.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, number, value};

/// Tax number of a person in France.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("FR_NIF"),
        summary: "Tax number of a person in France.",
        context: &["numéro fiscal", "spi", "référence fiscale", "nif", "numéro spi"],
        negative_context: &[],
        hits: &["numéro fiscal : ⟦30 23 217 600 053⟧"],
        misses: &["numéro fiscal 30 23 217 600 999", "numéro fiscal : 30 23 217 600 000"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("99 99 999 999 999", 100), Layout::new("9{13}", 0)])],
    check: Check::new("first digit 0 to 3, modulo 511", 2500, fiscal),
};

/// Whether the last three digits are the remainder of the ten before by 511.
fn fiscal(digits: &[u8]) -> bool {
    let rest = digits.iter().take(10).fold(0, |sum, digit| (sum * 10 + value(*digit)) % 511);
    matches!(digits.first(), Some(b'0'..=b'3')) && digits.len() == 13 && number(digits, 10, 13) == rest
}
