//! Health card numbers of Ontario: ten digits, grouped four, three, three, Luhn, and a version of two letters.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 11 of them.
//! *References*: Ontario Ministry of Health, Health Card Validation Reference Manual.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::luhn::luhn;

/// Health card number of Ontario.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CA_OHIP"),
        summary: "Health card number of Ontario.",
        context: &["ohip", "health card", "ontario health", "health number", "hcn", "carte santé"],
        negative_context: &[],
        hits: &["OHIP ⟦9876-543-217-AB⟧", "health card: ⟦9876543217⟧"],
        misses: &["OHIP 9876-543-210-AB", "9876-543-217-AB"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9999-999-999-AA", 150),
        Layout::new("9999 999 999 AA", 150),
        Layout::new("9999-999-999 AA", 150),
        Layout::new("9999-999-999", 80),
        Layout::new("9999 999 999", 60),
        Layout::new("9{10}AA", 90),
        Layout::new("9{10}", 60),
    ])],
    check: Check::new("Luhn, first digit not 0", 11, |signs| {
        signs.first() != Some(&b'0') && luhn(signs.get(..10).unwrap_or_default())
    }),
};
