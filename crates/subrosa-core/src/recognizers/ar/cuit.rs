//! Tax and labour numbers (CUIT, CUIL): two digits for the kind, the identity number, a check digit.
//!
//! *Misses by design*: eleven digits without hyphens, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 110 of them.
//! *References*: Administración Federal de Ingresos Públicos, Resolución General 10/1997.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::divides;
use crate::validators::{Check, number};

/// Tax and labour number of Argentina.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("AR_CUIT"),
        summary: "Tax and labour number of Argentina.",
        context: &["cuit", "cuil", "clave única de identificación", "c.u.i.t", "c.u.i.l"],
        negative_context: &[],
        hits: &["⟦20-12345678-6⟧", "CUIL: ⟦27123456780⟧"],
        misses: &["20-12345678-0", "20123456780"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("99-9{8}-9", 250),
        Layout::new("99 9{8} 9", 150),
        Layout::new("99.9{8}.9", 150),
        Layout::new("9{11}", 40),
    ])],
    check: Check::new("kind, weights 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 modulo 11", 110, cuit),
};

/// Whether the kind is in use and the number passes.
fn cuit(digits: &[u8]) -> bool {
    matches!(number(digits, 0, 2), 20 | 23..=27 | 30 | 33 | 34 | 50 | 51 | 55)
        && divides(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
}
