//! Personal numbers (PESEL): birth date with the century in the month, four digits, a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 55 of them.
//! *References*: Act on Population Register of Poland, 24 September 2010.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::weights::divides;
use crate::validators::{Check, number};

/// Personal number of Poland.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PL_PESEL"),
        summary: "Personal number of Poland.",
        context: &["pesel", "numer pesel", "nr pesel"],
        negative_context: &[],
        hits: &["PESEL ⟦80010112340⟧"],
        misses: &["PESEL 80010112341", "80010112340"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{11}", 100)])],
    check: Check::new("date of birth, weights 1, 3, 7, 9 modulo 10", 55, pesel),
};

/// Whether the number holds a date, whose month counts twenty for each century, and passes.
fn pesel(digits: &[u8]) -> bool {
    is_day(number(digits, 0, 2), number(digits, 2, 4) % 20, number(digits, 4, 6))
        && divides(digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10)
}
