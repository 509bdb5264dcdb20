//! Tax file numbers: nine digits in threes, modulo 11.
//!
//! *Misses by design*: the old numbers of eight digits; numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 11 of them.
//! *References*: Australian Taxation Office, Tax file number algorithm.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::divides;
use crate::validators::{Check, is_repeated};

/// Tax file number of Australia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("AU_TFN"),
        summary: "Tax file number of Australia.",
        context: &["tfn", "tax file number", "tax file"],
        negative_context: &[],
        hits: &["TFN ⟦123 456 707⟧", "tax file number: ⟦123456707⟧"],
        misses: &["TFN 123 456 700", "123 456 707"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999 999 999", 80), Layout::new("999-999-999", 80), Layout::new("9{9}", 60)])],
    check: Check::new("weights 1, 4, 3, 7, 5, 8, 6, 9, 10 modulo 11", 11, |digits| {
        divides(digits, &[1, 4, 3, 7, 5, 8, 6, 9, 10], 11) && !is_repeated(digits)
    }),
};
