//! Resident registration numbers: birth date, hyphen, a digit for sex and century, six more; those given since October 2020
//! have no check digit.
//!
//! *Misses by design*: thirteen digits without hyphen, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 600 of them.
//! *References*: Resident Registration Act of South Korea, enforcement rules.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::birth::year_month_day;
use crate::validators::korea::check_digit;
use crate::validators::weights::ends;

/// Resident registration number of South Korea.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("KR_RRN"),
        summary: "Resident registration number of South Korea.",
        context: &["주민등록번호", "주민번호", "주민등록", "rrn", "resident registration"],
        negative_context: &[],
        hits: &["주민등록번호: ⟦800101-1234560⟧", "번호는 ⟦800101-1234560⟧입니다", "RRN ⟦8001011234560⟧"],
        misses: &["801301-1234567", "8001011234567"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999999-9999999", 300),
        Layout::new("999999 9999999", 150),
        Layout::new("9{13}", 40),
    ])],
    check: Check::new("date of birth, weights 2 to 9 modulo 11", 600, |digits| ends(digits, check_digit(digits, 11)))
        .with_form(|digits| year_month_day(digits, 0) && matches!(digits.get(6), Some(b'1'..=b'4' | b'9' | b'0')))
        .not_always(),
};
