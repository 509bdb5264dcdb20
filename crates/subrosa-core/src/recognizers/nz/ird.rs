//! IRD numbers: eight or nine digits, the last by modulo 11 with two rows of weights.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 11 of them.
//! *References*: Inland Revenue of New Zealand, Resident Withholding Tax specification, IRD number validation.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{ends, missing};
use crate::validators::{Check, number};

/// Inland Revenue number of New Zealand.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("NZ_IRD"),
        summary: "Inland Revenue number of New Zealand.",
        context: &["ird", "ird number", "inland revenue"],
        negative_context: &[],
        hits: &["IRD ⟦49-123-450⟧", "IRD number: ⟦049-123-450⟧"],
        misses: &["IRD 49-123-451", "49-123-450"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("99-999-999", 60),
        Layout::new("999-999-999", 80),
        Layout::new("9{8}", 60),
        Layout::new("9{9}", 60),
    ])],
    check: Check::new("weights 3, 2, 7, 6, 5, 4, 3, 2 modulo 11", 11, ird),
};

/// Whether the number is in the range in use and passes by the first weights, or by the second where the first say ten.
fn ird(digits: &[u8]) -> bool {
    let mut nine = *b"000000000";
    let Some(place) = nine.len().checked_sub(digits.len()) else { return false };
    nine[place..].copy_from_slice(digits);
    let first = missing(&nine, &[3, 2, 7, 6, 5, 4, 3, 2], 11);
    let check = if first == 10 { missing(&nine, &[7, 4, 3, 2, 5, 2, 7, 6], 11) } else { first };
    (10_000_000..200_000_000).contains(&number(&nine, 0, 9)) && ends(&nine, check)
}
