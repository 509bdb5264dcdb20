//! Social security numbers (Sozialversicherungsnummer): three digits, a check digit, birth date; months above twelve where
//! the numbers of a day ran out.
//!
//! *Misses by design*: ten digits without blank, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 270 of them.
//! *References*: Dachverband der Sozialversicherungsträger, Aufbau der Versicherungsnummer.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::weights::{is, remainder};
use crate::validators::{Check, number};

/// Social security number of Austria.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("AT_SVNR"),
        summary: "Social security number of Austria.",
        context: &["sozialversicherungsnummer", "svnr", "sv-nr", "sv-nummer", "versicherungsnummer", "vsnr", "sv nr"],
        negative_context: &[],
        hits: &["⟦1237 010180⟧", "SVNR: ⟦1237010180⟧"],
        misses: &["123401018", "1230 010180"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9999 999999", 250),
        Layout::new("9999-999999", 200),
        Layout::new("9999/999999", 200),
        Layout::new("9{10}", 40),
    ])],
    check: Check::new("date of birth, weights 3, 7, 9, 5, 8, 4, 2, 1, 6 modulo 11", 270, svnr),
};

/// Whether the number ends with a date and the fourth digit is the check digit.
fn svnr(digits: &[u8]) -> bool {
    let (day, month) = (number(digits, 4, 6), number(digits, 6, 8));
    let dated = is_day(number(digits, 8, 10), month, day) || matches!(month, 13..=15) && (1..=31).contains(&day);
    dated && digits.first() != Some(&b'0') && is(digits, 3, remainder(digits, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6], 11))
}
