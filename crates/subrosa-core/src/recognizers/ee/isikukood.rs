//! Personal codes of Estonia: a digit for sex and century, birth date, three digits, a check digit by two rows of weights,
//! which Estonia and Lithuania share.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 450 of them.
//! *References*: Population Register Act of Estonia; EVS 585:2007.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::baltic::baltic_code;

/// Personal code of Estonia.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("EE_ISIKUKOOD"),
        summary: "Personal code of Estonia.",
        context: &["isikukood", "isikukoodi", "ik", "personal identification code"],
        negative_context: &[],
        hits: &["isikukood: ⟦38001011235⟧"],
        misses: &["isikukood: 38001011230", "38001011235"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{11}", 40)])],
    check: Check::new("date of birth, weights 1 to 9 or 3 to 9 modulo 11", 450, baltic_code),
};
