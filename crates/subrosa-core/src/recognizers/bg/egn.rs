//! Uniform civil numbers (EGN): birth date with the century in the month, three digits, a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 90 of them.
//! *References*: Civil Registration Act of Bulgaria, Ordinance RD-02-20-9.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::weights::{ends, remainder};
use crate::validators::{Check, number};

/// Civil number of Bulgaria.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("BG_EGN"),
        summary: "Civil number of Bulgaria.",
        context: &["егн", "единен граждански номер", "egn", "civil number"],
        negative_context: &[],
        hits: &["ЕГН: ⟦8001011236⟧", "EGN ⟦8001011236⟧"],
        misses: &["ЕГН: 8001011230", "8001011236"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{10}", 40)])],
    check: Check::new("date of birth, weights 2, 4, 8, 5, 10, 9, 7, 3, 6 modulo 11", 90, egn),
};

/// Whether the number holds a date, twenty more in the month before 1900 and forty more from 2000, and passes.
fn egn(digits: &[u8]) -> bool {
    let month = number(digits, 2, 4);
    month <= 52
        && is_day(number(digits, 0, 2), month % 20, number(digits, 4, 6))
        && ends(digits, remainder(digits, &[2, 4, 8, 5, 10, 9, 7, 3, 6], 11) % 10)
}
