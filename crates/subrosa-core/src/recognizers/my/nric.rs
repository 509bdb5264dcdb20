//! Identity card numbers (MyKad): birth date, place of birth, four digits; no check digit.
//!
//! *Misses by design*: twelve digits without hyphens, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 40 of them.
//! *References*: National Registration Regulations 1990 of Malaysia.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::year_month_day;
use crate::validators::{Check, number};

/// Identity card number of Malaysia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("MY_NRIC"),
        summary: "Identity card number of Malaysia.",
        context: &["nric", "mykad", "kad pengenalan", "no. kad pengenalan", "ic no", "identity card", "malaysian"],
        negative_context: &[],
        hits: &["⟦800101-14-1234⟧", "No. K/P (MyKad): ⟦800101141234⟧"],
        misses: &["801301-14-1234", "800101141234"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999999-99-9999", 300), Layout::new("9{12}", 100)])],
    check: Check::new("date of birth, place of birth", 40, nric),
};

/// Whether the number holds a date and a place of birth in use.
fn nric(digits: &[u8]) -> bool {
    year_month_day(digits, 0) && matches!(number(digits, 6, 8), 1..=16 | 21..=68 | 71 | 72 | 74..=79 | 82..=93 | 98 | 99)
}
