//! European health insurance card numbers: twenty digits, 80, the country, the issuer, and Luhn last.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 1000 of them.
//! *References*: EN 1867:1997; Decision S2 of the Administrative Commission for the Coordination of Social Security Systems.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::luhn::luhn;

/// Number of a European health insurance card.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("EU_EHIC"),
        summary: "Number of a European health insurance card.",
        context: &[
            "ehic",
            "european health insurance card",
            "health insurance card",
            "ceam",
            "tarjeta sanitaria europea",
            "europäische krankenversicherungskarte",
            "carte européenne",
            "tessera europea",
        ],
        negative_context: &[],
        hits: &["EHIC ⟦80250000012345678907⟧", "EHIC: ⟦80276000012345678902⟧"],
        misses: &["EHIC 81250000012345678900", "EHIC 80250000012345678900"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{20}", 0), Layout::new("99 999 9{15}", 100)])],
    check: Check::new("80, Luhn", 1000, |digits| digits.starts_with(b"80") && luhn(digits)),
};
