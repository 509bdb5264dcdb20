//! Business registration numbers: ten digits, grouped three, two, five, the last a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: National Tax Service of South Korea.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{ends, sum};
use crate::validators::{Check, value};

/// Registration number of a business in South Korea.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("KR_BRN"),
        summary: "Registration number of a business in South Korea.",
        context: &["사업자등록번호", "사업자번호", "사업자", "brn", "business registration"],
        negative_context: &[],
        hits: &["사업자등록번호: ⟦123-45-67891⟧", "BRN ⟦1234567891⟧"],
        misses: &["사업자등록번호: 123-45-67890", "123-45-67891"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999-99-99999", 80), Layout::new("9{10}", 60)])],
    check: Check::new("weights 1, 3, 7, 1, 3, 7, 1, 3, 5 modulo 10", 10, brn),
};

/// Whether the number passes; the ninth digit counts with the tens of its product as well.
fn brn(digits: &[u8]) -> bool {
    let tens = digits.get(8).map_or(0, |digit| value(*digit) * 5 / 10) as i32;
    ends(digits, (-(sum(digits, &[1, 3, 7, 1, 3, 7, 1, 3, 5]) + tens)).rem_euclid(10).unsigned_abs())
}
