//! Employer identification numbers: two digits for the campus that gave it, hyphen, seven digits. There is no check digit.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout.
//! *References*: Internal Revenue Service, How EINs are assigned and valid EIN prefixes.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, number};

/// Employer identification number of the United States.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_EIN"),
        summary: "Employer identification number of the United States.",
        context: &["ein", "employer identification", "employer id", "fein", "tax id", "federal tax id", "tin"],
        negative_context: &[],
        hits: &["EIN ⟦12-3456789⟧", "EIN: ⟦123456789⟧"],
        misses: &["EIN 07-3456789", "12-3456789"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("99-9{7}", 200), Layout::new("9{9}", 60)])],
    check: Check::form(
        "prefix in use",
        |digits| matches!(number(digits, 0, 2), 1..=6 | 10..=16 | 20..=27 | 30..=48 | 50..=68 | 71..=77 | 80..=88 | 90..=95 | 98 | 99),
    ),
};
