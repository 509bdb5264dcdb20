//! Pension insurance numbers (Sozialversicherungsnummer): office, birth date, first letter of the birth name, two digits by
//! sex, a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 130 of them.
//! *References*: Versicherungsnummern-, Kontoführungs- und Versicherungsverlaufsverordnung (VKVV), § 2.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::is_day;
use crate::validators::weights::cross_sum;
use crate::validators::{Check, number, value};

/// Pension insurance number of Germany.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DE_SOCIAL_SECURITY"),
        summary: "Pension insurance number of Germany.",
        context: &[
            "sozialversicherungsnummer",
            "rentenversicherungsnummer",
            "versicherungsnummer",
            "sv-nummer",
            "svnr",
            "rvnr",
            "rv-nummer",
        ],
        negative_context: &[],
        hits: &["⟦65 010180 M 120⟧", "Sozialversicherungsnummer: ⟦65010180M120⟧"],
        misses: &["65 010180 M 121"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("99 999999 A 999", 250),
        Layout::new("99 999999 A99 9", 250),
        Layout::new("99999999 A 999", 250),
        Layout::new("99999999A999", 250),
    ])],
    check: Check::new("date of birth, weights 2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1 modulo 10", 130, vkvv),
};

/// Whether the number holds a date, the day fifty more where numbers ran out, and passes. The letter counts as two digits.
fn vkvv(signs: &[u8]) -> bool {
    let [before @ .., letter, a, b, check] = signs else { return false };
    let mut digits = [0_u8; 12];
    let letter = letter.saturating_sub(b'A') + 1;
    let all = before.iter().copied().chain([b'0' + letter / 10, b'0' + letter % 10, *a, *b]);
    digits.iter_mut().zip(all).for_each(|(place, digit)| *place = digit);
    let day = number(signs, 2, 4);
    let day = if day > 50 { day - 50 } else { day };
    is_day(number(signs, 6, 8), number(signs, 4, 6), day)
        && cross_sum(&digits, &[2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 == value(*check)
}
