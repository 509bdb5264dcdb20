//! Health insurance numbers of Quebec (NAM): three letters of the surname, one of the name, birth date with the month fifty
//! more for women, two signs.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 20 of them.
//! *References*: Régie de l'assurance maladie du Québec, numéro d'assurance maladie.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::{Check, number};

/// Health insurance number of Quebec.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CA_RAMQ"),
        summary: "Health insurance number of Quebec.",
        context: &["ramq", "nam", "assurance maladie", "health insurance", "carte soleil", "carte d'assurance maladie"],
        negative_context: &[],
        hits: &["⟦TREM 8051 1212⟧", "RAMQ: ⟦TREM80511212⟧"],
        misses: &["TREM 8033 1212"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("AAAA 9999 9999", 450),
        Layout::new("AAAA9{8}", 250),
        Layout::new("AAAA-9999-9999", 400),
    ])],
    check: Check::new("date of birth", 20, dated),
};

/// Whether year, month and day can be.
fn dated(signs: &[u8]) -> bool {
    let month = number(signs, 6, 8);
    is_day(number(signs, 4, 6), if month > 50 { month - 50 } else { month }, number(signs, 8, 10))
}
