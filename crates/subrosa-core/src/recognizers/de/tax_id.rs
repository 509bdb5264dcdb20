//! Tax identification numbers (Steuer-ID): eleven digits, one of the first ten twice or three times, ISO 7064 MOD 11,10.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 290 of them.
//! *References*: Bundeszentralamt für Steuern, Steuerliche Identifikationsnummer; § 139b AO.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::iso7064::mod_11_10;

/// Tax identification number of Germany.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DE_TAX_ID"),
        summary: "Tax identification number of Germany.",
        context: &[
            "steuer-id",
            "steuerid",
            "steuerliche identifikationsnummer",
            "identifikationsnummer",
            "steuer-identifikationsnummer",
            "idnr",
            "tax id",
        ],
        negative_context: &[],
        hits: &["Steuer-ID ⟦23 456 789 021⟧", "IdNr. ⟦23456789021⟧"],
        misses: &["12345678901", "Steuer-ID 23 456 789 020"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("99 999 999 999", 150), Layout::new("9{11}", 40)])],
    check: Check::new("one digit repeated, ISO 7064 MOD 11,10", 290, mod_11_10).with_form(form),
};

/// Whether the first digit is not 0 and just one of the first ten stands there twice or three times.
fn form(digits: &[u8]) -> bool {
    let mut counts = [0_u8; 10];
    digits.iter().take(10).for_each(|digit| counts[usize::from(digit.wrapping_sub(b'0')) % 10] += 1);
    let several = counts.iter().filter(|count| **count > 1).count();
    digits.first() != Some(&b'0') && several == 1 && counts.iter().all(|count| *count <= 3)
}
