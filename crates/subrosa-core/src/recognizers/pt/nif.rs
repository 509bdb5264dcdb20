//! Tax numbers (NIF, número de contribuinte): nine digits, modulo 11.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Decreto-Lei n.º 14/2013 of Portugal.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{ends, missing};
use crate::validators::{Check, number};

/// Tax number of Portugal.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PT_NIF"),
        summary: "Tax number of Portugal.",
        context: &["nif", "número de contribuinte", "contribuinte", "nipc", "número de identificação fiscal"],
        negative_context: &[],
        hits: &["NIF ⟦123456789⟧", "contribuinte n.º ⟦212 345 672⟧"],
        misses: &["NIF 123456780", "123456789"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{9}", 80), Layout::new("999 999 999", 80)])],
    check: Check::new("weights 9 to 1 modulo 11", 10, nif),
};

/// Whether the first digit is in use and the last is the check digit; ten is written 0.
fn nif(digits: &[u8]) -> bool {
    !matches!(digits.first(), Some(b'0' | b'4')) && ends(digits, missing(digits, &[9, 8, 7, 6, 5, 4, 3, 2], 11) % 10)
        || number(digits, 0, 2) == 45 && ends(digits, missing(digits, &[9, 8, 7, 6, 5, 4, 3, 2], 11) % 10)
}
