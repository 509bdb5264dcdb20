//! Personal identification numbers (OIB): eleven digits, ISO 7064 MOD 11,10.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Personal Identification Number Act of Croatia.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::iso7064::mod_11_10;

/// Personal identification number of Croatia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("HR_OIB"),
        summary: "Personal identification number of Croatia.",
        context: &["oib", "osobni identifikacijski broj"],
        negative_context: &[],
        hits: &["OIB ⟦12345678903⟧"],
        misses: &["OIB 12345678900", "12345678903"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{11}", 80)])],
    check: Check::new("ISO 7064 MOD 11,10", 10, mod_11_10),
};
