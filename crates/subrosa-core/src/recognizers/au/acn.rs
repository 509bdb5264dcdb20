//! Australian company numbers: nine digits in threes, the last a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Australian Securities and Investments Commission, Australian Company Number digit check.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::divides;

/// Company number in Australia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("AU_ACN"),
        summary: "Company number in Australia.",
        context: &["acn", "australian company number", "company number"],
        negative_context: &[],
        hits: &["ACN ⟦123 456 780⟧", "ACN: ⟦123456780⟧"],
        misses: &["ACN 123 456 781", "123 456 780"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999 999 999", 80), Layout::new("9{9}", 60)])],
    check: Check::new("weights 8 to 1 modulo 10", 10, |digits| divides(digits, &[8, 7, 6, 5, 4, 3, 2, 1, 1], 10)),
};
