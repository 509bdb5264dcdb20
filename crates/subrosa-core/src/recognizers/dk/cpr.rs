//! Personal identification numbers (CPR-nummer): birth date and four digits; since 2007 some have no check digit.
//!
//! *Misses by design*: numbers without a check digit, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 290 of them.
//! *References*: CPR-kontoret, Personnummeret i CPR-systemet.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::birth::day_month_year;
use crate::validators::weights::divides;

/// Personal identification number of Denmark.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DK_CPR"),
        summary: "Personal identification number of Denmark.",
        context: &["cpr", "cpr-nr", "cpr-nummer", "personnummer", "cprnr"],
        negative_context: &[],
        hits: &["⟦010180-1233⟧", "CPR: ⟦0101801233⟧"],
        misses: &["CPR 321380-1234", "0101801238"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999999-9999", 200), Layout::new("999999 9999", 100), Layout::new("9{10}", 40)])],
    check: Check::new("date of birth, weights 4, 3, 2, 7, 6, 5, 4, 3, 2, 1 modulo 11", 290, |digits| {
        divides(digits, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
    })
    .with_form(|digits| day_month_year(digits, 0))
    .not_always(),
};
