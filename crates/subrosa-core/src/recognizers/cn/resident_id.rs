//! Resident identity numbers: region, birth date, order, and a check sign that can be `X`.
//!
//! *Misses by design*: the old numbers of fifteen digits; numbers with a wrong check sign.
//! *Confuses with*: other numbers of the same layout, about one in 75000 of them.
//! *References*: GB 11643-1999, Citizen identification number.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::full_year_month_day;
use crate::validators::iso7064::mod_11_2;
use crate::validators::{Check, number};

/// Resident identity number of China.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CN_RESIDENT_ID"),
        summary: "Resident identity number of China.",
        context: &["身份证号码", "身份证号", "身份证", "居民身份证", "公民身份号码", "resident identity", "chinese id"],
        negative_context: &[],
        hits: &["⟦110101198001011232⟧", "他的身份证号码是⟦110101198001011232⟧，", "身份证号: ⟦110101198001011240⟧"],
        misses: &["110101198001011230"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{17}*", 150)])],
    check: Check::new("region, date of birth, ISO 7064 MOD 11-2", 75000, resident),
};

/// Whether the number starts with a province, holds a date and passes.
fn resident(signs: &[u8]) -> bool {
    matches!(number(signs, 0, 2), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
        && full_year_month_day(signs, 6)
        && signs.last().is_some_and(|last| last.is_ascii_digit() || *last == b'X')
        && mod_11_2(signs)
}
