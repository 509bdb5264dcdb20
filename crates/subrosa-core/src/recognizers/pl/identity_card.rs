//! Identity card numbers (dowód osobisty): three letters and six digits, the first of them a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Act on Identity Cards of Poland, 6 August 2010; ICAO Doc 9303.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::divides;

/// Number of an identity card of Poland.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PL_IDENTITY_CARD"),
        summary: "Number of an identity card of Poland.",
        context: &["dowód osobisty", "dowodu osobistego", "seria i numer", "nr dowodu", "dowód", "identity card"],
        negative_context: &[],
        hits: &["dowód osobisty ⟦ABC412345⟧"],
        misses: &["dowód osobisty ABC012345", "ABC412345"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("AAA999999", 90), Layout::new("AAA 999999", 90)])],
    check: Check::new("weights 7, 3, 1 modulo 10", 10, |signs| divides(signs, &[7, 3, 1, 9, 7, 3, 1, 7, 3], 10)),
};
