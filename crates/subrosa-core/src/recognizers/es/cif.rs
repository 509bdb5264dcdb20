//! Tax numbers of companies and other bodies (CIF): a letter for the kind, seven digits, a check digit or letter.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 14 of them.
//! *References*: Orden EHA/451/2008 of Spain.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{cross_sum, ends};

/// Tax number of a body in Spain.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("ES_CIF"),
        summary: "Tax number of a body in Spain.",
        context: &["cif", "nif", "c.i.f", "identificación fiscal"],
        negative_context: &[],
        hits: &["CIF ⟦A58818501⟧", "CIF: ⟦Q2818002D⟧"],
        misses: &["CIF A58818500", "A58818501"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("A9{8}", 80),
        Layout::new("A-9{8}", 90),
        Layout::new("A9{7}A", 80),
        Layout::new("A-9{7}-A", 90),
        Layout::new("A-9{7}-9", 90),
    ])],
    check: Check::new("weights 1, 2 modulo 10", 14, cif),
};

/// Whether the last sign is the check digit, or its letter, as the kind of body has it.
fn cif(signs: &[u8]) -> bool {
    let [kind, digits @ .., last] = signs else { return false };
    let check = (10 - cross_sum(digits, &[2, 1, 2, 1, 2, 1, 2]) % 10) % 10;
    match kind {
        b'A' | b'B' | b'E' | b'H' => ends(signs, check),
        b'P' | b'Q' | b'R' | b'S' | b'W' | b'N' => b"JABCDEFGHI".get(check as usize) == Some(last),
        b'C' | b'D' | b'F' | b'G' | b'J' | b'U' | b'V' => ends(signs, check) || b"JABCDEFGHI".get(check as usize) == Some(last),
        _ => false,
    }
}
