//! National provider identifiers: ten digits, 1 or 2 first, a Luhn check digit over `80840` and the number.
//!
//! *Misses by design*: a number with a wrong check digit; any without a label or context word.
//! *Confuses with*: telephone and other ten-digit numbers, one in ten of those that start alike.
//! *References*: 45 CFR 162.406; CMS, National Provider Identifier Standard, check digit calculation.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, luhn};

/// National provider identifiers.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_NPI"),
        summary: "National provider identifier of the United States.",
        context: &["npi", "provider", "national provider identifier", "provider number", "physician", "prescriber"],
        negative_context: &["phone", "fax", "tel"],
        hits: &["NPI ⟦1234567893⟧", "Provider number: ⟦1234567893⟧"],
        misses: &["1234567893", "NPI 1234567890", "phone 1234567893"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{10}", 50)])],
    check: Check::new("Luhn over 80840 and the number, 1 or 2 first", 50, npi),
};

/// Whether the number starts with 1 or 2 and passes Luhn after the prefix of the United States for health care.
fn npi(digits: &[u8]) -> bool {
    let all = b"80840".iter().chain(digits).copied();
    matches!(digits.first(), Some(b'1' | b'2')) && luhn::passes(all)
}
