//! National identification numbers (matricule): birth date with the whole year, three digits, a Luhn and a Verhoeff check
//! digit.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 120000 of them.
//! *References*: Loi of 19 June 2013 of Luxembourg on the identification of natural persons.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::birth::full_year_month_day;
use crate::validators::luhn::luhn;
use crate::validators::verhoeff::verhoeff;

/// National identification number of Luxembourg.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("LU_MATRICULE"),
        summary: "National identification number of Luxembourg.",
        context: &["matricule", "numéro d'identification national", "matricule national", "identifikatiounsnummer"],
        negative_context: &[],
        hits: &["⟦1980010112302⟧"],
        misses: &["1980010112300"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9999 99 99 999 99", 200), Layout::new("9{13}", 100)])],
    check: Check::new("date of birth, Luhn, Verhoeff", 120_000, matricule),
};

/// Whether the number holds a date and both check digits, each over the first eleven, are right.
fn matricule(digits: &[u8]) -> bool {
    let (Some(first), Some(last)) = (digits.get(..12), digits.get(12)) else { return false };
    let mut other = [b'0'; 12];
    other[..11].copy_from_slice(&first[..11]);
    other[11] = *last;
    full_year_month_day(digits, 0) && luhn(first) && verhoeff(&other)
}
