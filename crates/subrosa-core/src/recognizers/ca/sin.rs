//! Social insurance numbers: nine digits in threes, 0 and 8 never first, Luhn; 9 first for temporary residents.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 12 of them.
//! *References*: Employment Insurance Act of Canada; Employment and Social Development Canada, SIN Code of Practice.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::luhn::luhn;

/// Social insurance number of Canada.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CA_SIN"),
        summary: "Social insurance number of Canada.",
        context: &[
            "sin",
            "social insurance",
            "social insurance number",
            "nas",
            "numéro d'assurance sociale",
            "assurance sociale",
        ],
        negative_context: &[],
        hits: &["SIN ⟦912-345-675⟧", "NAS : ⟦912345683⟧"],
        misses: &["SIN 912-345-670", "912-345-675"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999-999-999", 200), Layout::new("999 999 999", 100), Layout::new("9{9}", 60)])],
    check: Check::new("Luhn, first digit not 0 or 8", 12, |digits| !matches!(digits.first(), Some(b'0' | b'8')) && luhn(digits)),
};
