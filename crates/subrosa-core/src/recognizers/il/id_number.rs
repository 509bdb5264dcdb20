//! Identity numbers (mispar zehut): nine digits, leading zeros kept, with a Luhn check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Population Registry Law of Israel, 1965.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::luhn::luhn;

/// Identity number of Israel.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IL_ID_NUMBER"),
        summary: "Identity number of Israel.",
        context: &["תעודת זהות", "מספר זהות", "ת.ז", "ת״ז", "teudat zehut", "zehut", "israeli id"],
        negative_context: &[],
        hits: &["תעודת זהות: ⟦123456782⟧", "Teudat zehut ⟦123456782⟧"],
        misses: &["תעודת זהות: 123456780", "123456782"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{9}", 60), Layout::new("9{8}-9", 60)])],
    check: Check::new("Luhn", 10, luhn),
};
