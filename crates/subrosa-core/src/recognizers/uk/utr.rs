//! Unique taxpayer references: ten digits, the first a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 9 of them.
//! *References*: HM Revenue and Customs, Specification for PAYE and self assessment, UTR check.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::remainder;

/// Unique taxpayer reference of the United Kingdom.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("UK_UTR"),
        summary: "Unique taxpayer reference of the United Kingdom.",
        context: &["utr", "unique taxpayer reference", "self assessment", "tax reference", "hmrc"],
        negative_context: &[],
        hits: &["UTR ⟦11234 56789⟧", "UTR: ⟦3123456788⟧"],
        misses: &["UTR 01234 56789", "11234 56789"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("99999 99999", 80), Layout::new("9{10}", 60)])],
    check: Check::new("weights 6, 7, 8, 9, 10, 5, 4, 3, 2 modulo 11", 9, utr),
};

/// Whether the first digit is what the nine others say.
fn utr(digits: &[u8]) -> bool {
    let rest = remainder(digits, &[0, 6, 7, 8, 9, 10, 5, 4, 3, 2], 11) as usize;
    digits.first() == b"21987654321".get(rest)
}
