//! Tax identification codes: eight digits and a check letter.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: [`crate::recognizers::es::nif`], which has the same layout.
//! *References*: European Commission, TIN by country, Cyprus; VIES VAT number validation.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::{Check, value};

/// Tax identification code of Cyprus.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CY_TIC"),
        summary: "Tax identification code of Cyprus.",
        context: &["tic", "φορολογικής ταυτότητας", "αφτ", "α.φ.τ", "tax identification code", "φπα"],
        negative_context: &[],
        hits: &["TIC ⟦01234567U⟧"],
        misses: &["TIC 01234567A", "01234567U"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{8}A", 100)])],
    check: Check::new("two rows modulo 26, letter", 26, tic),
};

/// Whether the letter is that of the digits; those in odd places count by a table.
fn tic(signs: &[u8]) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let Some((last, digits)) = signs.split_last() else { return false };
    let value = |(place, digit): (usize, &u8)| if place % 2 == 0 { ODD[value(*digit) as usize % 10] } else { value(*digit) };
    let sum: u32 = digits.iter().enumerate().map(value).sum();
    u32::from(last.saturating_sub(b'A')) == sum % 26
}
