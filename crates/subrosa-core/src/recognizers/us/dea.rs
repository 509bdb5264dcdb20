//! Registration numbers of the Drug Enforcement Administration: registrant type, first letter of the surname (or 9), six
//! digits and a check digit.
//!
//! *Misses by design*: numbers without a label or context word; a wrong check digit.
//! *Confuses with*: passport and other numbers of two letters and seven digits, one in ten of those.
//! *References*: 21 CFR 1301.35; DEA Diversion Control Division, registrant number format.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{ends, remainder};

/// DEA registration numbers.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_DEA"),
        summary: "Registration number of a prescriber with the US Drug Enforcement Administration.",
        context: &["dea", "dea number", "drug enforcement", "prescriber", "registration"],
        negative_context: &["passport"],
        hits: &["DEA ⟦AB1234563⟧", "DEA No: ⟦A91234563⟧"],
        misses: &["AB1234563", "DEA AB1234564", "DEA QQ1234563"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("AA9{7}", 90), Layout::new("A9{8}", 90)])],
    check: Check::new("weights 1, 2 modulo 10", 12, dea),
};

/// Whether the first letter is a type of registrant, a 9 or a letter follows, and the seven digits pass.
fn dea(signs: &[u8]) -> bool {
    let (Some(kind), Some(second), Some(digits)) = (signs.first(), signs.get(1), signs.get(2..)) else { return false };
    let known = matches!(kind, b'A'..=b'H' | b'J'..=b'N' | b'P' | b'R'..=b'U' | b'X');
    known && (second.is_ascii_alphabetic() || *second == b'9') && ends(digits, remainder(digits, &[1, 2, 1, 2, 1, 2], 10))
}
