//! Hong Kong identity card numbers: one or two letters, six digits, and a check sign, mostly in brackets.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 11 of them.
//! *References*: Registration of Persons Ordinance (Cap. 177) of Hong Kong.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::sum;
use crate::validators::{Check, value};

/// Identity card number of Hong Kong.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("HK_ID"),
        summary: "Identity card number of Hong Kong.",
        context: &["hkid", "hong kong identity", "identity card", "id card", "香港身份證", "身份證號碼", "身份證"],
        negative_context: &[],
        hits: &["⟦A123456(3)⟧", "HKID ⟦A1234563⟧"],
        misses: &["A1234563", "A123456(0)"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("A999999(*)", 400),
        Layout::new("AA999999(*)", 400),
        Layout::new("A999999*", 40),
        Layout::new("AA999999*", 40),
    ])],
    check: Check::new("weights 9 to 1 modulo 11", 11, hkid),
};

/// Whether the check sign, `A` for ten, is right; a missing first letter counts 36.
fn hkid(signs: &[u8]) -> bool {
    let Some((last, rest)) = signs.split_last() else { return false };
    let check = match rest.len() {
        7 => (9 * 36 + sum(rest, &[8, 7, 6, 5, 4, 3, 2])) as u32,
        8 => sum(rest, &[9, 8, 7, 6, 5, 4, 3, 2]) as u32,
        _ => return false,
    };
    (last.is_ascii_digit() || *last == b'A') && (check + value(*last)).is_multiple_of(11)
}
