//! Identity numbers: birth date, four digits by sex, citizenship, one digit that was race, Luhn.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 900 of them.
//! *References*: Identification Act 68 of 1997; Department of Home Affairs.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::birth::year_month_day;
use crate::validators::luhn::luhn;

/// Identity number of South Africa.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("ZA_ID_NUMBER"),
        summary: "Identity number of South Africa.",
        context: &["id number", "identity number", "rsa id", "south african id", "id no", "identiteitsnommer"],
        negative_context: &["isbn", "barcode", "ean"],
        hits: &["ID number ⟦800101 5009 087⟧", "Identity number: ⟦8001015009087⟧"],
        misses: &["ID number 801301 5009 087", "8001015009087", "ID number 800101 5009 080"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999999 9999 99 9", 150),
        Layout::new("999999 9999 999", 150),
        Layout::new("9{13}", 40),
    ])],
    check: Check::new("date of birth, citizenship, Luhn", 900, |digits| {
        year_month_day(digits, 0) && matches!(digits.get(10), Some(b'0'..=b'2')) && luhn(digits)
    }),
};
