//! Personal identity numbers (personnummer) and coordination numbers, whose day is sixty more: birth date, hyphen, three
//! digits, Luhn.
//!
//! *Misses by design*: numbers without hyphen, unless a label or context word stands near; a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 135 of them.
//! *References*: Skatteverket, SKV 704, Personnummer.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::luhn::luhn;
use crate::validators::{Check, number};

/// Personal identity number of Sweden.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("SE_PERSONNUMMER"),
        summary: "Personal identity number of Sweden.",
        context: &["personnummer", "personnr", "samordningsnummer", "pnr", "personal identity number"],
        negative_context: &[],
        hits: &["⟦800101-1231⟧", "personnummer: ⟦198001611238⟧"],
        misses: &["801301-1234", "8001011236", "800101-1230"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999999-9999", 250),
        Layout::new("999999+9999", 250),
        Layout::new("99999999-9999", 250),
        Layout::new("9{10}", 40),
        Layout::new("9{12}", 40),
    ])],
    check: Check::new("date of birth, Luhn", 135, personnummer),
};

/// Whether the last ten digits hold a date, the day sixty more for coordination numbers, and pass.
fn personnummer(digits: &[u8]) -> bool {
    let Some(ten) = digits.len().checked_sub(10).and_then(|from| digits.get(from..)) else { return false };
    let day = number(ten, 4, 6);
    let day = if day > 60 { day - 60 } else { day };
    let century = digits.len() == 10 || matches!(number(digits, 0, 2), 18..=20);
    century && is_day(number(ten, 0, 2), number(ten, 2, 4), day) && luhn(ten)
}
