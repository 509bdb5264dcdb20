//! National identification numbers: thirteen digits, grouped one, four, five, two, one, with a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 13 of them.
//! *References*: Civil Registration Act B.E. 2534 of Thailand.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{ends, remainder};

/// National identification number of Thailand.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("TH_TNIN"),
        summary: "National identification number of Thailand.",
        context: &["เลขประจำตัวประชาชน", "บัตรประชาชน", "thai id", "national id", "citizen id", "tnin"],
        negative_context: &[],
        hits: &["เลขประจำตัวประชาชน: ⟦1-2345-67890-12-1⟧", "Thai ID ⟦1234567890121⟧"],
        misses: &["1234567890121", "เลขประจำตัวประชาชน: 1-2345-67890-12-0"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9-9999-99999-99-9", 400),
        Layout::new("9 9999 99999 99 9", 200),
        Layout::new("9{13}", 60),
    ])],
    check: Check::new("weights 13 to 2 modulo 11, first digit 1 to 8", 13, tnin),
};

/// Whether the first digit is in use and the last is the check digit.
fn tnin(digits: &[u8]) -> bool {
    let check = (11 - remainder(digits, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2], 11)) % 10;
    matches!(digits.first(), Some(b'1'..=b'8')) && ends(digits, check)
}
