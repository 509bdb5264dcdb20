//! Social security numbers (AHV, AVS): 756, nine digits, and the check digit of article numbers.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 10000 of them.
//! *References*: Verordnung über die Alters- und Hinterlassenenversicherung, article 133.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::divides;
use crate::validators::{Check, number};

/// Social security number of Switzerland.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CH_AHV"),
        summary: "Social security number of Switzerland.",
        context: &["ahv", "avs", "ahv-nr", "ahv-nummer", "numéro avs", "sozialversicherungsnummer", "numero avs", "navs13"],
        negative_context: &[],
        hits: &["⟦756.1234.5678.97⟧", "AHV-Nr. ⟦7561234567897⟧"],
        misses: &["AHV 755.1234.5678.97", "756.1234.5678.90"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999.9999.9999.99", 250),
        Layout::new("999 9999 9999 99", 150),
        Layout::new("9{13}", 80),
    ])],
    check: Check::new("756, weights 1, 3 modulo 10", 10000, |digits| {
        number(digits, 0, 3) == 756 && divides(digits, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1], 10)
    }),
};
