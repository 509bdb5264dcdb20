//! Personal numbers (EMŠO), as in all successors of Yugoslavia (JMBG): birth date with three digits of the year, region,
//! three digits, a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 1000 of them.
//! *References*: Central Population Register Act of Slovenia.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::weights::{ends, missing};
use crate::validators::{Check, number};

/// Personal number of Slovenia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("SI_EMSO"),
        summary: "Personal number of Slovenia.",
        context: &["emšo", "emso", "jmbg", "matična številka", "matični broj"],
        negative_context: &[],
        hits: &["EMŠO: ⟦0101980501230⟧", "JMBG ⟦0101980710239⟧"],
        misses: &["EMŠO 0113980501234", "EMŠO: 0101980501231"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{13}", 40)])],
    check: Check::new("date of birth, weights 7 to 2 twice modulo 11", 1000, emso),
};

/// Whether the number holds a date of the last or this century, and passes.
fn emso(digits: &[u8]) -> bool {
    let year = number(digits, 4, 7);
    let year = if year > 800 { 1000 + year } else { 2000 + year };
    year < 2100
        && is_day(year, number(digits, 2, 4), number(digits, 0, 2))
        && ends(digits, missing(digits, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11) % 10)
}
