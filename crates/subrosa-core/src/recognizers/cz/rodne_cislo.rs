//! Birth numbers (rodné číslo) of the Czech Republic and Slovakia: birth date, slash, three or four digits; the month fifty
//! more for women.
//!
//! *Misses by design*: numbers without slash, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 65 of them.
//! *References*: Act No. 133/2000 Coll. of the Czech Republic; Act No. 301/1995 Z. z. of Slovakia.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::{Check, number, value};

/// Birth number of the Czech Republic and Slovakia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CZ_RODNE_CISLO"),
        summary: "Birth number of the Czech Republic and Slovakia.",
        context: &["rodné číslo", "rodne cislo", "r.č", "rč", "rodného čísla", "birth number"],
        negative_context: &[],
        hits: &["⟦805101/1232⟧", "rodné číslo: ⟦8001011238⟧"],
        misses: &["801301/1234", "8001011238"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999999/9999", 250), Layout::new("999999/999", 100), Layout::new("9{10}", 40)])],
    check: Check::new("date of birth, multiple of 11", 65, rodne_cislo).with_form(date).not_always(),
};

/// Whether the number holds a date: fifty more for women, twenty more where the numbers of a day ran out.
fn date(digits: &[u8]) -> bool {
    let month = number(digits, 2, 4) % 50;
    let month = if month > 20 { month - 20 } else { month };
    is_day(number(digits, 0, 2), month, number(digits, 4, 6))
}

/// Whether the whole is a multiple of eleven; until 1985 a remainder of ten was written as 0. Nine digits have no check.
fn rodne_cislo(digits: &[u8]) -> bool {
    let (Some(first), Some(last)) = (digits.get(..9), digits.get(9)) else { return false };
    let remainder = first.iter().fold(0, |sum, digit| (sum * 10 + value(*digit)) % 11);
    remainder % 10 == value(*last)
}
