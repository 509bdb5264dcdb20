//! NHS numbers of England, Wales and the Isle of Man: ten digits, often grouped three, three, four, with a modulo 11 check digit.
//!
//! *Misses by design*: numbers without a label or context word, since one ten-digit number in eleven passes the check.
//! *Confuses with*: telephone numbers and other ten-digit identifiers. Numbers that start with 999 are test numbers.
//! *References*: NHS Data Model and Dictionary, NHS NUMBER.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::divides;
use crate::validators::{Check, is_repeated};

/// NHS numbers.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("UK_NHS"),
        summary: "National Health Service number, ten digits with a check digit.",
        context: &["nhs", "nhs number", "nhs no", "national health service", "health service"],
        negative_context: &["order", "invoice", "version", "phone", "fax", "tel", "isbn"],
        hits: &["NHS no: ⟦999 000 0018⟧, seen 3 May", "NHS number ⟦9990000026⟧", "nhs ⟦999-000-0018⟧"],
        misses: &["999 000 0019", "ref 19990000018", "9990000018", "NHS 9990000019"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999 999 9999", 250),
        Layout::new("999-999-9999", 250),
        Layout::new("9{10}", 90),
    ])],
    check: Check::new("weights 10 to 1 modulo 11", 11, nhs),
};

/// Whether the number passes; ten equal digits stand for nothing.
fn nhs(digits: &[u8]) -> bool {
    divides(digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11) && !is_repeated(digits)
}
