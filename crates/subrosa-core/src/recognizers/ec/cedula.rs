//! Identity card numbers (cédula): province, a digit below 7, six digits, Luhn; with 001 after them the taxpayer number
//! (RUC).
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 65 of them.
//! *References*: Ley Orgánica de Gestión de la Identidad y Datos Civiles of Ecuador.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::luhn::luhn;
use crate::validators::{Check, number};

/// Identity card number of Ecuador.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("EC_CEDULA"),
        summary: "Identity card number of Ecuador.",
        context: &["cédula", "cedula", "c.i", "cédula de identidad", "cedula de identidad", "ruc", "cédula de ciudadanía"],
        negative_context: &[],
        hits: &["cédula ⟦1712345675⟧", "RUC: ⟦1712345675001⟧"],
        misses: &["cédula 1712345670", "1712345675"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{10}", 100), Layout::new("9{9}-9", 150), Layout::new("9{13}", 40)])],
    check: Check::new("province, third digit below 7, Luhn", 65, cedula),
};

/// Whether the number starts with a province and passes; what follows the ten digits is a taxpayer's office.
fn cedula(digits: &[u8]) -> bool {
    matches!(number(digits, 0, 2), 1..=24 | 30)
        && digits.get(2) < Some(&b'7')
        && digits.get(10..).is_none_or(|office| office.is_empty() || office.starts_with(b"00") && office != b"000")
        && luhn(digits.get(..10).unwrap_or_default())
}
