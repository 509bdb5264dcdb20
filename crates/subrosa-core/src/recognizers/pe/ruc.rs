//! Taxpayer numbers (RUC): eleven digits, 10 first for persons, the last a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 180 of them.
//! *References*: Superintendencia Nacional de Aduanas y de Administración Tributaria of Peru.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{ends, remainder};
use crate::validators::{Check, number};

/// Taxpayer number of Peru.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PE_RUC"),
        summary: "Taxpayer number of Peru.",
        context: &["ruc", "r.u.c", "registro único de contribuyentes"],
        negative_context: &[],
        hits: &["RUC ⟦10123456781⟧"],
        misses: &["RUC 10123456780", "10123456781"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{11}", 40)])],
    check: Check::new("kind, weights 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 modulo 11", 180, ruc),
};

/// Whether the kind is in use and the last digit is the check digit.
fn ruc(digits: &[u8]) -> bool {
    matches!(number(digits, 0, 2), 10 | 15..=17 | 20)
        && ends(digits, (11 - remainder(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11)) % 10)
}
