//! Tax identification signs (adóazonosító jel): ten digits, 8 first, days since 1867, a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 110 of them.
//! *References*: Act XX of 1996 of Hungary on identification codes.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{ends, remainder};

/// Tax number of a person in Hungary.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("HU_TAX_ID"),
        summary: "Tax number of a person in Hungary.",
        context: &["adóazonosító jel", "adóazonosító", "adóazonosítója"],
        negative_context: &[],
        hits: &["adóazonosító jel: ⟦8334567898⟧"],
        misses: &["adóazonosító jel: 8334567890", "8334567898"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{10}", 40)])],
    check: Check::new("first digit 8, weights 1 to 9 modulo 11", 110, |digits| {
        digits.first() == Some(&b'8') && ends(digits, remainder(digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9], 11))
    }),
};
