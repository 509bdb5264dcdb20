//! National identity numbers (NIK): region, birth date with the day plus forty for women, four digits; no check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 22 of them.
//! *References*: Law No. 24 of 2013 of Indonesia on population administration.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::{Check, number};

/// National identity number of Indonesia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("ID_NIK"),
        summary: "National identity number of Indonesia.",
        context: &["nik", "ktp", "nomor induk kependudukan", "induk kependudukan", "kartu tanda penduduk"],
        negative_context: &["card", "visa", "mastercard"],
        hits: &["NIK ⟦3171014101800001⟧"],
        misses: &["NIK 3171013213800001", "3171014101800001"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{16}", 100)])],
    check: Check::new("region, date of birth", 22, nik),
};

/// Whether the number holds a province and a date of birth.
fn nik(digits: &[u8]) -> bool {
    let day = number(digits, 6, 8);
    let day = if day > 40 { day - 40 } else { day };
    matches!(number(digits, 0, 2), 11..=21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81 | 82 | 91..=97)
        && is_day(number(digits, 10, 12), number(digits, 8, 10), day)
}
