//! National register numbers (rijksregisternummer, numéro national) and BIS numbers, whose month is twenty or forty more:
//! birth date, order, modulo 97.
//!
//! *Misses by design*: eleven digits without points, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 500 of them.
//! *References*: Koninklijk besluit of 3 April 1984 on the national register number.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::{Check, number, value};

/// National register number of Belgium.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("BE_NATIONAL_NUMBER"),
        summary: "National register number of Belgium.",
        context: &[
            "rijksregisternummer",
            "rijksregister",
            "numéro national",
            "registre national",
            "numéro de registre national",
            "insz",
            "niss",
            "nationalregisternummer",
            "rrn",
        ],
        negative_context: &[],
        hits: &["⟦80.01.01-123.79⟧", "rijksregisternummer: ⟦80010112478⟧"],
        misses: &["80011012345", "80.01.01-123.00"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("99.99.99-999.99", 350),
        Layout::new("99.99.99-999-99", 350),
        Layout::new("99 99 99 999 99", 150),
        Layout::new("999999-999-99", 250),
        Layout::new("9{11}", 40),
    ])],
    check: Check::new("date of birth, modulo 97", 500, national),
};

/// Whether the number holds a date, or zeros for one that is not known, and the last two digits are its key: of those born
/// from 2000 on with a 2 put before.
fn national(digits: &[u8]) -> bool {
    let (month, day) = (number(digits, 2, 4), number(digits, 4, 6));
    let dated = month < 53 && (is_day(number(digits, 0, 2), month % 20, day) || month % 20 == 0 && day == 0);
    let key = |century: u32| 97 - digits.iter().take(9).fold(century, |sum, digit| (sum * 10 + value(*digit)) % 97);
    dated
        && digits.len() == 11
        && (number(digits, 9, 11) == key(0) || number(digits, 0, 2) < 50 && number(digits, 9, 11) == key(2))
}
