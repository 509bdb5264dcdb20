//! Driver's licences: region 11 to 28, year, six digits, two check digits whose method is not published.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout.
//! *References*: Road Traffic Act of South Korea, enforcement rules.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, number};

/// Driver's licence number of South Korea.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("KR_DRIVER_LICENSE"),
        summary: "Driver's licence number of South Korea.",
        context: &["운전면허번호", "운전면허", "면허번호", "driver's license", "driving licence"],
        negative_context: &[],
        hits: &["운전면허번호: ⟦11-19-123456-78⟧"],
        misses: &["운전면허번호: 45-19-123456-78", "11-19-123456-78"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("99-99-999999-99", 250)])],
    check: Check::form("region", |digits| matches!(number(digits, 0, 2), 11..=28)),
};
