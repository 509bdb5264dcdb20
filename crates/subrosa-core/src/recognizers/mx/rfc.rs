//! Taxpayer registry codes (RFC): three letters for bodies, four for persons, a date, two signs and a check.
//!
//! *Misses by design*: codes with a wrong check sign, and those of ten signs without one; names with `Ñ` or `&`.
//! *Confuses with*: other numbers of the same layout, about one in 290 of them.
//! *References*: Servicio de Administración Tributaria, Resolución Miscelánea Fiscal, anexo on the RFC.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::year_month_day;
use crate::validators::{Check, value};

/// Taxpayer registry code of Mexico.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("MX_RFC"),
        summary: "Taxpayer registry code of Mexico.",
        context: &["rfc", "registro federal de contribuyentes", "r.f.c"],
        negative_context: &[],
        hits: &["⟦GOMC800101AB8⟧", "RFC: ⟦GOM800101AB7⟧"],
        misses: &["GOMC800101AB0"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("AAAA999999***", 250),
        Layout::new("AAA999999***", 250),
        Layout::new("AAAA-999999-***", 300),
        Layout::new("AAA-999999-***", 300),
    ])],
    check: Check::new("date, weighted sum modulo 11", 290, rfc),
};

/// Whether the code holds a date and its last sign, `A` for ten, is right. The alphabet has `&` after `N` and `Ñ` last; a code of
/// a body has a blank before it.
fn rfc(signs: &[u8]) -> bool {
    let worth = |sign: &u8| value(*sign) + u32::from(*sign > b'N');
    let Some((last, rest)) = signs.split_last() else { return false };
    let (start, blank) = if rest.len() == 12 { (4, 0) } else { (3, 37 * 13) };
    let weights = (2..=rest.len() as u32 + 1).rev();
    let sum: u32 = blank + rest.iter().zip(weights).map(|(sign, weight)| worth(sign) * weight).sum::<u32>();
    let check = match (11 - sum % 11) % 11 {
        10 => b'A',
        check => b'0' + check as u8,
    };
    year_month_day(signs, start) && *last == check
}
