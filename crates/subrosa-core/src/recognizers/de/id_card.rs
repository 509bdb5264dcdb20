//! Identity card numbers (Personalausweis): nine letters and digits of a set without vowels, and a check digit that is often
//! left out.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 26 of them.
//! *References*: Personalausweisverordnung; ICAO Doc 9303 part 3.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::{ends, remainder};

/// Number of an identity card of Germany.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DE_ID_CARD"),
        summary: "Number of an identity card of Germany.",
        context: &["personalausweis", "ausweisnummer", "personalausweisnummer", "ausweis-nr", "ausweis", "identity card"],
        negative_context: &[],
        hits: &["Personalausweis ⟦L01X00T47⟧", "Ausweisnummer: ⟦L01X00T471⟧"],
        misses: &["Personalausweis L01AEIOU7", "L01X00T47"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("A*{8}", 150), Layout::new("A*{9}", 90)])],
    check: Check::new("ICAO 7, 3, 1 modulo 10", 26, |signs| signs.len() == 10 && icao(signs)).with_form(form).not_always(),
};

/// Whether the first sign is one of those in use and the others are of the set without vowels.
fn form(signs: &[u8]) -> bool {
    let known = |sign: &u8| sign.is_ascii_digit() || b"CFGHJKLMNPRTVWXYZ".contains(sign);
    signs.first().is_some_and(|first| b"LMNPRTVWXY".contains(first))
        && signs.iter().all(known)
        && signs.iter().filter(|sign| sign.is_ascii_digit()).count() >= 3
}

/// Whether the last sign is the check digit of a travel document.
fn icao(signs: &[u8]) -> bool {
    ends(signs, remainder(signs, &[7, 3, 1, 7, 3, 1, 7, 3, 1], 10))
}
