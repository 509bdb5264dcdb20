//! Community health index numbers: birth date, four digits, modulo 11.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 290 of them.
//! *References*: Public Health Scotland, CHI Number, Scottish Health and Social Care Data Dictionary.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::birth::day_month_year;
use crate::validators::weights::divides;

/// Community health index number of Scotland.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("UK_CHI"),
        summary: "Community health index number of Scotland.",
        context: &["chi", "chi number", "community health index", "chi no"],
        negative_context: &[],
        hits: &["CHI ⟦010180 1238⟧", "CHI number: ⟦0101801246⟧"],
        misses: &["CHI 321380 1234", "0101801234", "CHI 010180 1230"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999999 9999", 100), Layout::new("9{10}", 40), Layout::new("999 999 9999", 40)])],
    check: Check::new("date of birth, weights 10 to 1 modulo 11", 290, |digits| {
        day_month_year(digits, 0) && divides(digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11)
    }),
};
