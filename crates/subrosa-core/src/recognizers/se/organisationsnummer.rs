//! Organisation numbers (organisationsnummer): ten digits, the third at least 2, Luhn.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 12 of them.
//! *References*: Skatteverket, SKV 709, Organisationsnummer.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::luhn::luhn;

/// Organisation number of Sweden.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("SE_ORGANISATIONSNUMMER"),
        summary: "Organisation number of Sweden.",
        context: &["organisationsnummer", "orgnr", "org.nr", "org nr", "organisation number"],
        negative_context: &[],
        hits: &["organisationsnummer: ⟦556789-1238⟧"],
        misses: &["organisationsnummer: 556789-1230", "556789-1238"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("999999-9999", 80), Layout::new("9{10}", 60)])],
    check: Check::new("Luhn, third digit at least 2", 12, |digits| digits.get(2) >= Some(&b'2') && luhn(digits)),
};
