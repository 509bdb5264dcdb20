//! Health insurance numbers (KVNR): a letter, eight digits, a check digit; lifelong.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: GKV-Spitzenverband, Richtlinien nach § 290 SGB V.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{cross_sum, ends};

/// Health insurance number of Germany.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DE_HEALTH_INSURANCE"),
        summary: "Health insurance number of Germany.",
        context: &[
            "krankenversichertennummer",
            "kvnr",
            "versichertennummer",
            "kv-nummer",
            "krankenversicherungsnummer",
            "krankenkasse",
            "gesundheitskarte",
        ],
        negative_context: &[],
        hits: &["KVNR ⟦A123456780⟧"],
        misses: &["KVNR A123456781", "A123456780"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("A9{9}", 90)])],
    check: Check::new("letter as two digits, weights 1, 2 modulo 10", 10, kvnr),
};

/// Whether the last digit is the sum of the digits of the products.
fn kvnr(signs: &[u8]) -> bool {
    let Some((letter, rest)) = signs.split_first() else { return false };
    let letter = letter.saturating_sub(b'A') + 1;
    let mut digits = [b'0' + letter / 10, b'0' + letter % 10, 0, 0, 0, 0, 0, 0, 0, 0];
    digits[2..].iter_mut().zip(rest).for_each(|(place, digit)| *place = *digit);
    ends(signs, cross_sum(&digits, &[1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10)
}
