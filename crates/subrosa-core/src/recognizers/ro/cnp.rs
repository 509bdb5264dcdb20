//! Personal numerical codes (CNP): a digit for sex and century, birth date, county, three digits, a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 600 of them.
//! *References*: Law No. 105/1996 of Romania.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::year_month_day;
use crate::validators::weights::{ends, remainder};
use crate::validators::{Check, number};

/// Personal numerical code of Romania.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("RO_CNP"),
        summary: "Personal numerical code of Romania.",
        context: &["cnp", "cod numeric personal", "codul numeric personal"],
        negative_context: &[],
        hits: &["CNP ⟦1800101401237⟧"],
        misses: &["CNP 1800101401230", "1800101401237"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{13}", 40)])],
    check: Check::new("date of birth, county, weights 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9 modulo 11", 600, cnp),
};

/// Whether the number holds sex, date and county, and the check digit is right; ten is written 1.
fn cnp(digits: &[u8]) -> bool {
    let check = match remainder(digits, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9], 11) {
        10 => 1,
        check => check,
    };
    digits.first() != Some(&b'0')
        && year_month_day(digits, 1)
        && matches!(number(digits, 7, 9), 1..=52 | 70)
        && ends(digits, check)
}
