//! Numbers of SIM cards (ICCID): nineteen or twenty digits that start with 89, the last a Luhn check digit.
//!
//! *Misses by design*: numbers that no word announces.
//! *Confuses with*: payment cards, which do not start with 89.
//! *References*: ITU-T E.118.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::luhn::luhn;

/// Numbers of SIM cards.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("ICCID"),
        summary: "Number of a SIM card (ICCID).",
        context: &["iccid", "sim", "sim card", "esim"],
        negative_context: &[],
        hits: &["ICCID: ⟦8944010000000000017⟧", "SIM ⟦8944 0100 0000 0000 017⟧"],
        misses: &["8944010000000000017", "ICCID 8944010000000000018"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9999 9999 9999 9999 999", 30),
        Layout::new("9999 9999 9999 9999 9999", 30),
        Layout::new("9999-9999-9999-9999-999", 30),
        Layout::new("9{19}", 30),
        Layout::new("9{20}", 30),
    ])],
    check: Check::new("89 first, Luhn", 1000, |digits| digits.starts_with(b"89") && luhn(digits)),
};
