//! Aadhaar numbers: twelve digits in fours, 2 to 9 first, with a Verhoeff check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 12 of them.
//! *References*: Unique Identification Authority of India, UID Numbering Scheme.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::verhoeff::verhoeff;

/// Aadhaar number of a resident of India.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IN_AADHAAR"),
        summary: "Aadhaar number of a resident of India.",
        context: &["aadhaar", "aadhar", "uidai", "uid", "आधार"],
        negative_context: &[],
        hits: &["Aadhaar ⟦2345 6789 0124⟧", "Aadhaar number: ⟦234567890124⟧"],
        misses: &["Aadhaar 2345 6789 0120", "2345 6789 0124"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9999 9999 9999", 200),
        Layout::new("9999-9999-9999", 150),
        Layout::new("9{12}", 60),
    ])],
    check: Check::new("Verhoeff, first digit 2 to 9", 12, aadhaar),
};

/// Whether the number passes; one that reads the same backwards is none.
fn aadhaar(digits: &[u8]) -> bool {
    digits.first() >= Some(&b'2') && !digits.iter().eq(digits.iter().rev()) && verhoeff(digits)
}
