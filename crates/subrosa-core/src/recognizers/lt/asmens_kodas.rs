//! Personal codes of Lithuania: a digit for sex and century, birth date, three digits, a check digit by two rows of weights,
//! which Estonia and Lithuania share.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 450 of them.
//! *References*: Law on the Population Register of Lithuania; EVS 585:2007.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::baltic::baltic_code;

/// Personal code of Lithuania.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("LT_ASMENS_KODAS"),
        summary: "Personal code of Lithuania.",
        context: &["asmens kodas", "asmens kodo", "a.k", "a. k", "personal code"],
        negative_context: &[],
        hits: &["asmens kodas: ⟦38001011235⟧"],
        misses: &["asmens kodas: 38001011230", "38001011235"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{11}", 40)])],
    check: Check::new("date of birth, weights 1 to 9 or 3 to 9 modulo 11", 450, baltic_code),
};
