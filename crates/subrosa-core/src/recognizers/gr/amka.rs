//! Social security numbers (AMKA): birth date, four digits, Luhn.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 270 of them.
//! *References*: Law 3655/2008 of Greece.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::birth::day_month_year;
use crate::validators::luhn::luhn;

/// Social security number of Greece.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("GR_AMKA"),
        summary: "Social security number of Greece.",
        context: &["αμκα", "α.μ.κ.α", "amka"],
        negative_context: &[],
        hits: &["ΑΜΚΑ: ⟦01018012342⟧", "AMKA ⟦01018012342⟧"],
        misses: &["ΑΜΚΑ: 01018012340", "01018012342"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{11}", 40)])],
    check: Check::new("date of birth, Luhn", 270, |digits| day_month_year(digits, 0) && luhn(digits)),
};
