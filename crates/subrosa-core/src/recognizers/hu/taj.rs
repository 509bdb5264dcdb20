//! Social security numbers (TAJ-szám): nine digits in threes, the last a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Act XX of 1996 of Hungary on identification codes.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{ends, remainder};
use crate::validators::{Check, is_repeated};

/// Social security number of Hungary.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("HU_TAJ"),
        summary: "Social security number of Hungary.",
        context: &["taj", "taj szám", "taj-szám", "társadalombiztosítási azonosító", "tajszám"],
        negative_context: &[],
        hits: &["TAJ szám: ⟦123-456-788⟧", "TAJ ⟦123456788⟧"],
        misses: &["TAJ szám: 123-456-780", "123-456-788"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999-999-999", 80), Layout::new("999 999 999", 80), Layout::new("9{9}", 60)])],
    check: Check::new("weights 3, 7 modulo 10", 10, |digits| {
        ends(digits, remainder(digits, &[3, 7, 3, 7, 3, 7, 3, 7], 10)) && !is_repeated(digits)
    }),
};
