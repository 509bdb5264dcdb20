//! Personal health numbers of British Columbia: ten digits, 9 first, modulo 11.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 110 of them.
//! *References*: British Columbia Ministry of Health, Personal Health Number check digit.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{ends, missing};

/// Personal health number of British Columbia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CA_BC_PHN"),
        summary: "Personal health number of British Columbia.",
        context: &["phn", "personal health number", "bc services card", "carecard", "bc health"],
        negative_context: &[],
        hits: &["PHN ⟦9123 456 780⟧"],
        misses: &["PHN 9123 456 781", "9123 456 780"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9999 999 999", 40), Layout::new("9999-999-999", 40), Layout::new("9{10}", 40)])],
    check: Check::new("first digit 9, weights 2, 4, 8, 5, 10, 9, 7, 3 modulo 11", 110, phn),
};

/// Whether the first digit is 9 and the last the check digit of those between.
fn phn(digits: &[u8]) -> bool {
    let middle = digits.get(1..9).unwrap_or_default();
    digits.first() == Some(&b'9') && ends(digits, missing(middle, &[2, 4, 8, 5, 10, 9, 7, 3], 11))
}
