//! Tax numbers (Steuernummer): office, district and number with slashes, differently in each state; thirteen digits for the
//! whole country.
//!
//! *Misses by design*: numbers without a label or context word.
//! *Confuses with*: other numbers of the same layout.
//! *References*: ELSTER, Struktur der Steuernummern.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;

/// Tax number of Germany.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DE_TAX_NUMBER"),
        summary: "Tax number of Germany.",
        context: &["steuernummer", "steuer-nr", "st.-nr", "stnr", "st-nr", "steuernr"],
        negative_context: &[],
        hits: &["Steuernummer: ⟦93/815/08152⟧", "St.-Nr. ⟦2893081508152⟧"],
        misses: &["93/815/08152"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("99/999/99999", 200),
        Layout::new("999/999/99999", 200),
        Layout::new("999/9999/9999", 200),
        Layout::new("99 999 99999", 150),
        Layout::new("999 999 99999", 150),
        Layout::new("9{13}", 150),
    ])],
    check: Check::NONE,
};
