//! National identity numbers (fødselsnummer) and D-numbers, whose day is forty more: birth date, three digits, two check
//! digits.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 540 of them.
//! *References*: Skatteetaten, Forskrift om folkeregistrering.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::weights::divides;
use crate::validators::{Check, number};

/// National identity number of Norway.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("NO_FODSELSNUMMER"),
        summary: "National identity number of Norway.",
        context: &["fødselsnummer", "fodselsnummer", "fnr", "personnummer", "d-nummer", "fødselsnr"],
        negative_context: &[],
        hits: &["⟦010180 12371⟧", "fødselsnummer: ⟦01018012452⟧"],
        misses: &["010180 12300"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999999 99999", 150), Layout::new("9{11}", 40)])],
    check: Check::new("date of birth, two weighted sums modulo 11", 540, fodselsnummer),
};

/// Whether the number holds a date and both check digits are right. Numbers for tests have forty or eighty added to the month.
fn fodselsnummer(digits: &[u8]) -> bool {
    let (day, month) = (number(digits, 0, 2), number(digits, 2, 4));
    let (day, month) = (if day > 40 { day - 40 } else { day }, if month > 80 { month - 80 } else { month % 40 });
    is_day(number(digits, 4, 6), month, day)
        && divides(digits.get(..10).unwrap_or_default(), &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1], 11)
        && divides(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
}
