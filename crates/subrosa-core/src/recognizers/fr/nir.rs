//! Social security numbers (NIR, numéro INSEE): sex, year and month of birth, place, order, and a key modulo 97. Places in
//! Corsica have 2A or 2B.
//!
//! *Misses by design*: thirteen digits without key, and fifteen without blanks, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 195 of them.
//! *References*: Décret n° 82-103 of 22 January 1982; INSEE, Numéro d'inscription au répertoire.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, number, value};

/// Social security number of France.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("FR_NIR"),
        summary: "Social security number of France.",
        context: &[
            "sécurité sociale",
            "numéro de sécurité sociale",
            "nir",
            "insee",
            "n° ss",
            "sécu",
            "numéro insee",
            "assuré",
            "immatriculation",
        ],
        negative_context: &[],
        hits: &[
            "⟦1 80 01 75 123 456 60⟧",
            "NIR ⟦180017512340019⟧",
            "sécurité sociale : ⟦1 80 01 2A 123 456 20⟧",
            "n° de sécurité sociale : ⟦1 80 01 75 123 456⟧",
        ],
        misses: &["1 80 13 75 123 456 78", "5 80 01 75 123 456 78", "180017512345678"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9 99 99 99 999 999 99", 300),
        Layout::new("9 99 99 9A 999 999 99", 300),
        Layout::new("9 99 99 99 999 999", 150),
        Layout::new("9{15}", 40),
        Layout::new("9{6}A9{8}", 40),
        Layout::new("9{13}", 150),
    ])],
    check: Check::new("sex, month, modulo 97", 195, key).with_form(form).not_always(),
};

/// Whether sex and month can be; months from 20 stand for ones that are not known.
fn form(signs: &[u8]) -> bool {
    matches!(signs.first(), Some(b'1'..=b'4' | b'7' | b'8'))
        && matches!(number(signs, 3, 5), 1..=12 | 20..=42 | 50..=99)
        && signs
            .iter()
            .enumerate()
            .all(|(place, sign)| sign.is_ascii_digit() || place == 6 && matches!(sign, b'A' | b'B') && signs[5] == b'2')
}

/// Whether the last two digits are the key of the thirteen before. 2A counts as 19, 2B as 18.
fn key(signs: &[u8]) -> bool {
    let (Some(number_signs), Some(_)) = (signs.get(..13), signs.get(14)) else { return false };
    let digit = |(place, sign): (usize, &u8)| match (place, sign) {
        (5, _) if signs[6] == b'A' || signs[6] == b'B' => 1,
        (_, b'A') => 9,
        (_, b'B') => 8,
        (_, sign) => value(*sign),
    };
    let rest = number_signs.iter().enumerate().map(digit).fold(0, |sum, digit| (sum * 10 + digit) % 97);
    number(signs, 13, 15) == 97 - rest
}
