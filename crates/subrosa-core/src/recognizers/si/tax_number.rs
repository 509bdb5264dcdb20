//! Tax numbers (davčna številka): eight digits, modulo 11.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Tax Procedure Act of Slovenia.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{ends, missing};

/// Tax number of Slovenia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("SI_TAX_NUMBER"),
        summary: "Tax number of Slovenia.",
        context: &["davčna številka", "davčna", "tax number"],
        negative_context: &[],
        hits: &["davčna številka: ⟦12345679⟧"],
        misses: &["davčna številka: 12345670", "12345679"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{8}", 60)])],
    check: Check::new("weights 8 to 2 modulo 11", 10, |digits| {
        digits.first() != Some(&b'0')
            && matches!(missing(digits, &[8, 7, 6, 5, 4, 3, 2], 11), check @ 1..=10 if ends(digits, check % 10))
    }),
};
