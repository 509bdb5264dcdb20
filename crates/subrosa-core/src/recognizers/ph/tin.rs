//! Taxpayer identification numbers: nine digits, the last by modulo 11, and often three or five for the branch.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 11 of them.
//! *References*: Bureau of Internal Revenue of the Philippines, BIR Form 1902.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{is, remainder};
use crate::validators::{Check, is_repeated};

/// Taxpayer identification number of the Philippines.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PH_TIN"),
        summary: "Taxpayer identification number of the Philippines.",
        context: &["tin", "taxpayer identification", "bir"],
        negative_context: &[],
        hits: &["TIN ⟦123-456-782⟧", "TIN: ⟦123-456-782-000⟧"],
        misses: &["TIN 123-456-780", "123-456-782"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999-999-999", 80),
        Layout::new("999-999-999-999", 80),
        Layout::new("999-999-999-99999", 80),
        Layout::new("9{9}", 60),
        Layout::new("9{12}", 60),
    ])],
    check: Check::new("weights 9 to 2 modulo 11", 11, tin),
};

/// Whether the ninth digit is what the first eight say.
fn tin(digits: &[u8]) -> bool {
    is(digits, 8, remainder(digits, &[9, 8, 7, 6, 5, 4, 3, 2], 11)) && !is_repeated(digits)
}
