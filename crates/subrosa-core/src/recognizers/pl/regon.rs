//! Statistical numbers (REGON): nine digits, or fourteen for a branch, modulo 11.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 9 of them.
//! *References*: Statistics Poland, Regulation on the REGON register.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{ends, remainder};
use crate::validators::{Check, is_repeated};

/// Statistical number of a business in Poland.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PL_REGON"),
        summary: "Statistical number of a business in Poland.",
        context: &["regon", "numer regon", "nr regon"],
        negative_context: &[],
        hits: &["REGON ⟦123456785⟧"],
        misses: &["REGON 123456780", "123456785"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{9}", 60), Layout::new("9{14}", 60)])],
    check: Check::new("weights 8, 9, 2 to 7 modulo 11", 9, regon),
};

/// Whether the check digit is right; of fourteen digits it is the last.
fn regon(digits: &[u8]) -> bool {
    let weights: &[i32] = if digits.len() == 9 { &[8, 9, 2, 3, 4, 5, 6, 7] } else { &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8] };
    ends(digits, remainder(digits, weights, 11) % 10) && !is_repeated(digits)
}
