//! Tax identification numbers (NIP): ten digits, in two usual groupings, modulo 11.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 11 of them.
//! *References*: Ministry of Finance of Poland, Numer Identyfikacji Podatkowej.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{ends, remainder};
use crate::validators::{Check, is_repeated};

/// Tax identification number of Poland.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PL_NIP"),
        summary: "Tax identification number of Poland.",
        context: &["nip", "numer identyfikacji podatkowej", "nr nip"],
        negative_context: &[],
        hits: &["NIP ⟦123-456-78-02⟧", "NIP: ⟦1234567802⟧"],
        misses: &["NIP 123-456-78-00", "123-456-78-02"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999-999-99-99", 90),
        Layout::new("999-99-99-999", 90),
        Layout::new("9{10}", 60),
    ])],
    check: Check::new("weights 6, 5, 7, 2, 3, 4, 5, 6, 7 modulo 11", 11, |digits| {
        ends(digits, remainder(digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7], 11)) && !is_repeated(digits)
    }),
};
