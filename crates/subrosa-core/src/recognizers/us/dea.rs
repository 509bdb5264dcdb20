//! Registration numbers of the Drug Enforcement Administration: registrant type, first letter of the surname (or 9), six
//! digits and a check digit.
//!
//! *Misses by design*: numbers without a label or context word; a wrong check digit.
//! *Confuses with*: passport and other numbers of two letters and seven digits, one in ten of those.
//! *References*: 21 CFR 1301.35; DEA Diversion Control Division, registrant number format.

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger};
use crate::validators::dea::dea;

/// DEA registration numbers.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_DEA"),
        summary: "Registration number of a prescriber with the US Drug Enforcement Administration.",
        context: &["dea", "dea number", "drug enforcement", "prescriber", "registration"],
        negative_context: &["passport"],
        hits: &["DEA ⟦AB1234563⟧", "DEA No: ⟦A91234563⟧"],
        misses: &["AB1234563", "DEA AB1234564", "DEA QQ1234563"],
    },
    triggers: &[Trigger::Alphanumeric { min: 9, max: 9 }],
    patterns: &[
        Pattern::new("letters-digits", r"[A-HJ-NPRSTUX][A-Z]\d{7}", 200),
        Pattern::new("business", r"[A-HJ-NPRSTUX]9\d{7}", 200),
    ],
    validate: check,
    inside_longer: false,
    compiled: Compiled::new(),
};

/// The check digit covers the seven digits at the end; a 9 in place of the letter does not count.
fn check(value: &str) -> crate::verdict::Verdict {
    dea(value.get(2..).unwrap_or_default())
}
