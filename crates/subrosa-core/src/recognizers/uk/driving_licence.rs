//! Driving licence numbers: five signs of the surname, birth date with fifty more in the month for women, initials, three
//! signs.
//!
//! *Misses by design*: Northern Ireland's numbers of eight digits.
//! *Confuses with*: other numbers of the same layout.
//! *References*: Driver and Vehicle Licensing Agency, INF45/1.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::{Check, number};

/// Driving licence number of Great Britain.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("UK_DRIVING_LICENCE"),
        summary: "Driving licence number of Great Britain.",
        context: &["driving licence", "driver number", "dvla", "licence number", "driving license"],
        negative_context: &[],
        hits: &["⟦MORGA657054SM9IJ⟧", "driving licence ⟦MORGA 657054 SM9IJ⟧"],
        misses: &["MORGA653354SM9IJ"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("*****999999**9AA", 500),
        Layout::new("***** 999999 **9AA", 500),
        Layout::new("*****999999*****", 300),
        Layout::new("***** 999999 **9AA 99", 500),
    ])],
    check: Check::form("surname, date of birth", form),
};

/// Whether surname and initials are letters filled up with nines, and month and day can be.
fn form(signs: &[u8]) -> bool {
    let (Some(surname), Some(initials)) = (signs.get(..5), signs.get(11..13)) else { return false };
    let filled = |part: &[u8]| {
        let letters = part.iter().take_while(|sign| sign.is_ascii_alphabetic()).count();
        letters > 0 && part[letters..].iter().all(|sign| *sign == b'9')
    };
    let month = number(signs, 6, 8);
    filled(surname) && filled(initials) && is_day(0, if month > 50 { month - 50 } else { month }, number(signs, 8, 10))
}
