//! Medicare numbers: ten digits, grouped four, five, one; 2 to 6 first, the ninth a check digit, the tenth the issue of the
//! card.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 22 of them.
//! *References*: Services Australia, Medicare card number check digit.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{is, remainder};

/// Medicare card number of Australia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("AU_MEDICARE"),
        summary: "Medicare card number of Australia.",
        context: &["medicare", "medicare card", "medicare number"],
        negative_context: &[],
        hits: &["Medicare ⟦2123 45670 1⟧", "Medicare: ⟦2123456701⟧"],
        misses: &["Medicare 2123 45671 1", "2123 45670 1"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9999 99999 9", 0), Layout::new("9999-99999-9", 0), Layout::new("9{10}", 0)])],
    check: Check::new("weights 1, 3, 7, 9 modulo 10, first digit 2 to 6", 22, medicare),
};

/// Whether the first digit is in use, the issue is not 0, and the check digit, the ninth, is right.
fn medicare(digits: &[u8]) -> bool {
    matches!(digits.first(), Some(b'2'..=b'6'))
        && digits.last() != Some(&b'0')
        && is(digits, 8, remainder(digits, &[1, 3, 7, 9, 1, 3, 7, 9], 10))
}
