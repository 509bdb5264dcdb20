//! Tax numbers (NIT): nine or ten digits, hyphen, a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 9 of them.
//! *References*: Dirección de Impuestos y Aduanas Nacionales de Colombia, Orden Administrativa 4 of 1989.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{ends, remainder};

/// Tax number of Colombia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CO_NIT"),
        summary: "Tax number of Colombia.",
        context: &["nit", "n.i.t", "número de identificación tributaria", "rut"],
        negative_context: &[],
        hits: &["NIT ⟦800.123.456-5⟧", "NIT: ⟦800123456-5⟧"],
        misses: &["NIT 800.123.456-0", "800.123.456-5"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999.999.999-9", 200), Layout::new("9{9}-9", 80), Layout::new("9{10}", 60)])],
    check: Check::new("weights 41, 37, 29, 23, 19, 17, 13, 7, 3 modulo 11", 9, nit),
};

/// Whether the last digit is the check of the nine before.
fn nit(digits: &[u8]) -> bool {
    let rest = remainder(digits, &[41, 37, 29, 23, 19, 17, 13, 7, 3], 11);
    ends(digits, if rest < 2 { rest } else { 11 - rest })
}
