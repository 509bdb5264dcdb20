//! Health card numbers of Alberta, Manitoba, Saskatchewan, New Brunswick and the smaller provinces: eight to twelve digits
//! without a check that all share.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout.
//! *References*: Canadian Institute for Health Information, provincial health card numbers.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;

/// Health card number of another province of Canada.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CA_HEALTH_CARD"),
        summary: "Health card number of another province of Canada.",
        context: &[
            "phin",
            "uli",
            "ahcip",
            "alberta health",
            "manitoba health",
            "saskatchewan health",
            "medicare nb",
            "nova scotia health",
            "health card number",
            "health services number",
        ],
        negative_context: &[],
        hits: &["Alberta Health ULI ⟦12345-6789⟧", "PHIN: ⟦123456789⟧"],
        misses: &["12345-6789"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("99999-9999", 200),
        Layout::new("9999-9999", 150),
        Layout::new("999 999 999", 150),
        Layout::new("9{8}", 150),
        Layout::new("9{9}", 150),
        Layout::new("9{10}", 150),
        Layout::new("9{12}", 150),
        Layout::new("9999 999 999", 150),
        Layout::new("999 999 999 999", 150),
    ])],
    check: Check::NONE,
};
