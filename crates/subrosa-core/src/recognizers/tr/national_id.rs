//! Türkiye's identity numbers (T.C. kimlik numarası): eleven digits, the last two check digits.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 110 of them.
//! *References*: Law No. 5490 on civil registration services of Türkiye.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{is, remainder};

/// Identity number of a citizen of Türkiye.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("TR_NATIONAL_ID"),
        summary: "Identity number of a citizen of Türkiye.",
        context: &["kimlik", "tckn", "t.c. kimlik", "kimlik no", "tc no", "tc kimlik"],
        negative_context: &[],
        hits: &["T.C. kimlik no: ⟦12345678950⟧"],
        misses: &["T.C. kimlik no: 12345678900", "12345678950"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{11}", 40)])],
    check: Check::new("two sums modulo 10", 110, kimlik),
};

/// Whether both check digits are right and the first digit is not 0.
fn kimlik(digits: &[u8]) -> bool {
    digits.first() != Some(&b'0')
        && is(digits, 9, remainder(digits, &[7, -1, 7, -1, 7, -1, 7, -1, 7], 10))
        && is(digits, 10, remainder(digits, &[1; 10], 10))
}
