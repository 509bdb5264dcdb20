//! Goods and services tax identification numbers: state, the holder's [`super::pan`], entity, `Z`, a check character.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 6000 of them.
//! *References*: Goods and Services Tax Network, GSTIN structure.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, number, value};

/// Goods and services tax number in India.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IN_GSTIN"),
        summary: "Goods and services tax number in India.",
        context: &["gstin", "gst", "goods and services tax"],
        negative_context: &[],
        hits: &["⟦27ABCPX1234Z1ZN⟧"],
        misses: &["27ABCPX1234Z1ZA"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("99AAAAA9999A*A*", 300)])],
    check: Check::new("state, PAN, weights 1, 2 in base 36", 6000, gstin).with_form(form),
};

/// Whether state, holder and the constant sign can be.
fn form(signs: &[u8]) -> bool {
    matches!(number(signs, 0, 2), 1..=38 | 97)
        && signs.get(5).is_some_and(|kind| b"ABCFGHJLPT".contains(kind))
        && signs.get(13) == Some(&b'Z')
}

/// Luhn in base 36: every second value from the right doubled, quotient and remainder by 36 added up.
fn gstin(signs: &[u8]) -> bool {
    let product = |(place, sign): (usize, &u8)| value(*sign) * (place as u32 % 2 + 1);
    let sum: u32 = signs.iter().rev().enumerate().map(product).map(|product| product / 36 + product % 36).sum();
    sum.is_multiple_of(36)
}
