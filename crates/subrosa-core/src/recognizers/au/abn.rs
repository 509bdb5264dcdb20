//! Australian business numbers: eleven digits, grouped two, three, three, three; the first two are check digits, modulo 89.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 89 of them.
//! *References*: Australian Business Register, Format of the ABN.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::sum;

/// Business number of a company or sole trader in Australia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("AU_ABN"),
        summary: "Business number of a company or sole trader in Australia.",
        context: &["abn", "australian business number", "business number"],
        negative_context: &[],
        hits: &["ABN ⟦12 345 678 012⟧", "ABN: ⟦12345678012⟧"],
        misses: &["ABN 12 345 678 000", "12 345 678 012"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("99 999 999 999", 40), Layout::new("9{11}", 20)])],
    check: Check::new("weights 10, 1, 3 to 19 modulo 89", 89, abn),
};

/// Whether the weighted sum, the first digit less one, is a multiple of 89.
fn abn(digits: &[u8]) -> bool {
    (sum(digits, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 == 0 && digits.first() != Some(&b'0')
}
