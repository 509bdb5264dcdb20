//! VAT numbers (partita IVA): eleven digits, the three before the last for the office, Luhn.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 95 of them.
//! *References*: Decreto del Presidente della Repubblica 633/1972, article 35.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::luhn::luhn;
use crate::validators::{Check, is_repeated, number};

/// VAT number of Italy.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IT_VAT_CODE"),
        summary: "VAT number of Italy.",
        context: &["partita iva", "p. iva", "p.iva", "piva", "vat", "codice iva"],
        negative_context: &[],
        hits: &["partita IVA ⟦12345670033⟧", "P. IVA ⟦IT12345670033⟧"],
        misses: &["partita IVA 12345670030", "12345670033"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{11}", 40), Layout::new("AA9{11}", 200), Layout::new("AA 9{11}", 200)])],
    check: Check::new("office, Luhn", 95, partita_iva),
};

/// Whether the number, after `IT` if letters stand before it, names an office and passes.
fn partita_iva(signs: &[u8]) -> bool {
    let digits = signs.strip_prefix(b"IT").unwrap_or(signs);
    digits.len() == 11 && matches!(number(digits, 7, 10), 1..=100 | 120 | 121 | 888 | 999) && luhn(digits) && !is_repeated(digits)
}
