//! VAT identification numbers (USt-IdNr.): `DE` and nine digits, ISO 7064 MOD 11,10.
//!
//! *Misses by design*: numbers with a wrong check digit, unless a label or context word stands near.
//! *Confuses with*: other numbers of the same layout, about one in 6760 of them.
//! *References*: Bundeszentralamt für Steuern; § 27a UStG.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::iso7064::mod_11_10;

/// VAT identification number of Germany.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DE_VAT_ID"),
        summary: "VAT identification number of Germany.",
        context: &["ust-idnr", "ust-id", "umsatzsteuer-identifikationsnummer", "ust-id-nr", "vat", "umsatzsteuer"],
        negative_context: &[],
        hits: &["⟦DE123456788⟧", "USt-IdNr. ⟦DE 123456789⟧"],
        misses: &["DE123456789", "FR123456788"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("AA9{9}", 200),
        Layout::new("AA 9{9}", 200),
        Layout::new("AA 999 999 999", 200),
        Layout::new("AA999 999 999", 200),
    ])],
    check: Check::new("DE, ISO 7064 MOD 11,10", 6760, |signs| mod_11_10(signs.get(2..).unwrap_or_default()))
        .with_form(|signs| signs.starts_with(b"DE") && signs.get(2) != Some(&b'0'))
        .not_always(),
};
