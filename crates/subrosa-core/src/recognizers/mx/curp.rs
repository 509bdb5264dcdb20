//! Population registry codes (CURP): four letters of the name, birth date, sex, state, three consonants, a sign, a check
//! digit.
//!
//! *Misses by design*: codes with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 900 of them.
//! *References*: Registro Nacional de Población, Instructivo normativo para la asignación de la CURP.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::year_month_day;
use crate::validators::weights::ends;
use crate::validators::{Check, value};

/// Population registry code of Mexico.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("MX_CURP"),
        summary: "Population registry code of Mexico.",
        context: &["curp", "clave única", "registro de población"],
        negative_context: &[],
        hits: &["⟦GOMC800101HDFNRR05⟧", "CURP: ⟦GOMC050101MDFNRRA2⟧"],
        misses: &["GOMC800101HDFNRR00"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("AAAA999999AAAAAA*9", 450)])],
    check: Check::new("date of birth, sex, weighted sum modulo 10", 900, curp),
};

/// Whether the code holds date and sex, and the last digit is its check digit. The alphabet has `Ñ` after `N`.
fn curp(signs: &[u8]) -> bool {
    let worth = |sign: &u8| value(*sign) + u32::from(*sign > b'N');
    let sum: u32 = signs.iter().take(17).zip((2..=18).rev()).map(|(sign, weight)| worth(sign) * weight).sum();
    year_month_day(signs, 4) && matches!(signs.get(10), Some(b'H' | b'M' | b'X')) && ends(signs, (10 - sum % 10) % 10)
}
