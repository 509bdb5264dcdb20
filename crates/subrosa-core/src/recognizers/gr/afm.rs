//! Tax registration numbers (AFM): nine digits, the last by powers of two modulo 11.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Independent Authority for Public Revenue of Greece.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{ends, remainder};
use crate::validators::{Check, is_repeated};

/// Tax number of Greece.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("GR_AFM"),
        summary: "Tax number of Greece.",
        context: &["αφμ", "α.φ.μ", "afm", "αριθμός φορολογικού μητρώου"],
        negative_context: &[],
        hits: &["ΑΦΜ: ⟦123456783⟧", "AFM ⟦123456783⟧"],
        misses: &["ΑΦΜ: 123456780", "123456783"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{9}", 60)])],
    check: Check::new("powers of two modulo 11", 10, |digits| {
        ends(digits, remainder(digits, &[256, 128, 64, 32, 16, 8, 4, 2], 11) % 10) && !is_repeated(digits)
    }),
};
