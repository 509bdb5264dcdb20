//! Identification numbers (kennitala) of people and, with the day forty more, of bodies: birth date, two digits, a check
//! digit, the century.
//!
//! *Misses by design*: numbers without hyphen, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 490 of them.
//! *References*: Þjóðskrá, Registers Iceland, Kennitala.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::weights::divides;
use crate::validators::{Check, number};

/// Identification number of Iceland.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IS_KENNITALA"),
        summary: "Identification number of Iceland.",
        context: &["kennitala", "kt", "kennitölu"],
        negative_context: &[],
        hits: &["⟦010180-1209⟧", "kt. ⟦0101801209⟧"],
        misses: &["010180-1219"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999999-9999", 250), Layout::new("999999 9999", 100), Layout::new("9{10}", 40)])],
    check: Check::new("date of birth, weights 3, 2, 7, 6, 5, 4, 3, 2 modulo 11, century", 490, kennitala),
};

/// Whether the number holds a date, a century, and the check digit, the ninth, is right.
fn kennitala(digits: &[u8]) -> bool {
    let day = number(digits, 0, 2);
    let day = if day > 40 { day - 40 } else { day };
    is_day(number(digits, 4, 6), number(digits, 2, 4), day)
        && matches!(digits.last(), Some(b'0' | b'8' | b'9'))
        && divides(digits.get(..9).unwrap_or_default(), &[3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
}
