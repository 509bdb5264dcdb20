//! Bank routing numbers: nine digits, a Federal Reserve prefix, check digit with the weights 3, 7, 1.
//!
//! *Misses by design*: numbers without a label or context word; the fraction form on cheques.
//! *Confuses with*: other nine-digit numbers, one in twenty-five.
//! *References*: American Bankers Association, Routing Number Administrative Rules and Procedures.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::divides;
use crate::validators::{Check, number};

/// Bank routing numbers.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_BANK_ROUTING"),
        summary: "Routing number of a bank in the United States.",
        context: &["routing", "aba", "rtn", "routing number", "routing transit", "bank", "wire"],
        negative_context: &["ssn", "social security"],
        hits: &["ABA ⟦111000025⟧", "Routing number: ⟦1110-0002-5⟧"],
        misses: &["111000025", "ABA 111000024", "routing 911000025"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{9}", 90), Layout::new("9999-9999-9", 150)])],
    check: Check::new("weights 3, 7, 1 modulo 10, Federal Reserve prefix", 25, routing),
};

/// Whether the number has a Federal Reserve prefix in use and passes.
fn routing(digits: &[u8]) -> bool {
    matches!(number(digits, 0, 2), 1..=12 | 21..=32 | 61..=72 | 80) && divides(digits, &[3, 7, 1, 3, 7, 1, 3, 7, 1], 10)
}
