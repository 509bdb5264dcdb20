//! Individual taxpayer identification numbers: like a social security number, but 9 first and 50 to 65, 70 to 88, 90 to 92 or
//! 94 to 99 in the middle. There is no check digit.
//!
//! *Misses by design*: nine digits without hyphens, unless a label or context word stands near.
//! *Confuses with*: mistyped and sample social security numbers.
//! *References*: IRS Publication 1915.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, number};

/// Individual taxpayer identification numbers.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_ITIN"),
        summary: "Individual taxpayer identification number of the United States.",
        context: &["itin", "tax id", "taxpayer", "tin", "tax identification"],
        negative_context: &["ssn", "social security"],
        hits: &["ITIN: ⟦912-70-1234⟧", "taxpayer ⟦900-65-4321⟧", "itin ⟦912701234⟧"],
        misses: &["912-70-1234 is a number", "ITIN 912-69-1234", "tax id 812-70-1234", "912701234"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999-99-9999", 400), Layout::new("999 99 9999", 400), Layout::new("9{9}", 150)])],
    check: Check::form("9 first, middle 50 to 99 but not 66 to 69, 89 and 93", given_out),
};

/// Whether the number starts with 9 and has a group in use.
fn given_out(digits: &[u8]) -> bool {
    digits.first() == Some(&b'9') && matches!(number(digits, 3, 5), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}
