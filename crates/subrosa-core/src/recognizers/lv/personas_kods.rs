//! Personal codes: birth date, hyphen, a digit for the century, three digits, a check digit; since 2017 a number that starts
//! with 32 and tells nothing.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 850 of them.
//! *References*: Population Register Law of Latvia.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::day_month_year;
use crate::validators::weights::sum;
use crate::validators::{Check, number, value};

/// Personal code of Latvia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("LV_PERSONAS_KODS"),
        summary: "Personal code of Latvia.",
        context: &["personas kods", "personas koda", "p.k", "personal code"],
        negative_context: &[],
        hits: &["personas kods: ⟦010180-11248⟧"],
        misses: &["personas kods 321380-11234x", "01018011235"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999999-99999", 250), Layout::new("9{11}", 40)])],
    check: Check::new("date of birth, weighted sum modulo 11", 850, latvia).with_form(form).not_always(),
};

/// Whether the number starts with a date, or with what stands for none.
fn form(digits: &[u8]) -> bool {
    matches!(number(digits, 0, 2), 32..=39) || day_month_year(digits, 0) && matches!(digits.get(6), Some(b'0'..=b'2'))
}

/// Whether the number with a date has the right check digit; the new ones have none.
fn latvia(digits: &[u8]) -> bool {
    let check = (1101 - sum(digits, &[1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11;
    day_month_year(digits, 0)
        && matches!(digits.get(6), Some(b'0'..=b'2'))
        && i32::try_from(value(*digits.last().unwrap_or(&0))) == Ok(check)
}
