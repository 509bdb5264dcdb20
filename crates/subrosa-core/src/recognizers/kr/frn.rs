//! Foreigner registration numbers: like [`super::rrn`], with 5 to 8 for sex and century and a check digit of its own.
//!
//! *Misses by design*: thirteen digits without hyphen, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 600 of them.
//! *References*: Immigration Act of South Korea, article 31.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::birth::year_month_day;
use crate::validators::korea::check_digit;
use crate::validators::weights::ends;

/// Registration number of a foreigner in South Korea.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("KR_FRN"),
        summary: "Registration number of a foreigner in South Korea.",
        context: &["외국인등록번호", "외국인등록", "frn", "arc", "alien registration", "foreigner registration"],
        negative_context: &[],
        hits: &["외국인등록번호: ⟦800101-5234563⟧", "FRN ⟦8001015234563⟧"],
        misses: &["801301-5234567"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999999-9999999", 300),
        Layout::new("999999 9999999", 150),
        Layout::new("9{13}", 40),
    ])],
    check: Check::new("date of birth, weights 2 to 9 modulo 11", 600, |digits| ends(digits, check_digit(digits, 13)))
        .with_form(|digits| year_month_day(digits, 0) && matches!(digits.get(6), Some(b'5'..=b'8')))
        .not_always(),
};
