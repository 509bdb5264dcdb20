//! Canadian postal codes: `K1A 0B1`, a letter for the district, a digit and a letter, then a digit, a letter and a digit.
//!
//! *Misses by design*: codes in small letters.
//! *Confuses with*: part numbers of the same make without a blank, so those need a word or label.
//! *References*: Canada Post, *Addressing Guidelines*; D, F, I, O, Q and U are never used, W and Z never first.

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger, unchecked};

/// Canadian postal codes.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CA_POSTAL_CODE"),
        summary: "Postal code of Canada.",
        context: &["postal code", "code postal", "zip"],
        negative_context: &["part number", "model", "sku", "serial"],
        hits: &["Ottawa ON ⟦K1A 0B1⟧", "Postal code: ⟦K1A0B1⟧"],
        misses: &["part K1A0B1", "D1A 0B1", "K1A 0B12", "K1O 0B1"],
    },
    triggers: &[Trigger::Mixed { min: 6, max: 6 }],
    patterns: &[
        Pattern::new("blank", "[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9]", 560),
        Pattern::new("joined", "[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z]-?[0-9][ABCEGHJ-NPRSTV-Z][0-9]", 250),
    ],
    validate: unchecked,
    inside_longer: false,
    compiled: Compiled::new(),
};
