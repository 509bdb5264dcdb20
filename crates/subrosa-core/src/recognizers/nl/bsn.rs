//! Citizen service numbers (burgerservicenummer): nine digits that pass the test of eleven.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 11 of them.
//! *References*: Wet algemene bepalingen burgerservicenummer; Logisch Ontwerp BRP.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::divides;
use crate::validators::{Check, is_repeated};

/// Citizen service number of the Netherlands.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("NL_BSN"),
        summary: "Citizen service number of the Netherlands.",
        context: &["bsn", "burgerservicenummer", "sofinummer", "sofi", "citizen service number"],
        negative_context: &[],
        hits: &["BSN ⟦123456782⟧", "BSN: ⟦1234.56.782⟧"],
        misses: &["BSN 123456780", "123456782"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9{9}", 80),
        Layout::new("999.999.999", 60),
        Layout::new("9999.99.999", 80),
        Layout::new("9999 99 999", 80),
    ])],
    check: Check::new("weights 9 to 2 and -1 modulo 11", 11, |digits| {
        divides(digits, &[9, 8, 7, 6, 5, 4, 3, 2, -1], 11) && !is_repeated(digits)
    }),
};
