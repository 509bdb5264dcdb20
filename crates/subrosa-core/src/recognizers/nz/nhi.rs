//! National health index numbers: three letters and four digits, since 2022 also three letters, two digits and two letters;
//! the last is a check.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: HISO 10046:2023, Consumer Health Identity Standard, Health New Zealand.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, value};

/// National health index number of New Zealand.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("NZ_NHI"),
        summary: "National health index number of New Zealand.",
        context: &["nhi", "national health index", "nhi number"],
        negative_context: &["flight"],
        hits: &["NHI ⟦ABC1235⟧", "NHI: ⟦ABC12DS⟧"],
        misses: &["NHI ABC1230", "ABC1235"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("AAA9999", 90), Layout::new("AAA99AA", 90)])],
    check: Check::new("weights 7 to 2 modulo 11 or 23", 10, nhi),
};

/// Whether the check sign is right. `I` and `O` are not used, so letters count 1 to 24.
fn nhi(signs: &[u8]) -> bool {
    const LETTERS: &[u8; 24] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut sum = 0;
    for (sign, weight) in signs.iter().zip([7, 6, 5, 4, 3, 2]) {
        let value = if sign.is_ascii_digit() {
            Some(value(*sign) as usize)
        } else {
            LETTERS.iter().position(|known| known == sign).map(|at| at + 1)
        };
        let Some(value) = value else { return false };
        sum += value * weight;
    }
    match signs.last() {
        Some(last @ b'0'..=b'9') => sum % 11 != 0 && (11 - sum % 11) % 10 == value(*last) as usize,
        Some(last) => LETTERS.get(22 - sum % 23) == Some(last),
        None => false,
    }
}
