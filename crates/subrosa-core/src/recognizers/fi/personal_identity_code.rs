//! Personal identity codes (henkilötunnus): birth date, a sign for the century, three digits, a check sign.
//!
//! *Misses by design*: codes with a wrong check sign.
//! *Confuses with*: other numbers of the same layout, about one in 950 of them.
//! *References*: Government Decree on the Population Information System of Finland (128/2010).

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::birth::day_month_year;
use crate::validators::{Check, number};

/// Personal identity code of Finland.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("FI_PERSONAL_IDENTITY_CODE"),
        summary: "Personal identity code of Finland.",
        context: &["henkilötunnus", "hetu", "personbeteckning", "henkilötunnuksesi", "personal identity code"],
        negative_context: &[],
        hits: &["⟦010180-1232⟧", "hetu: ⟦010105A123P⟧"],
        misses: &["010180-1230"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("999999-999*", 350),
        Layout::new("999999+999*", 350),
        Layout::new("999999A999*", 350),
    ])],
    check: Check::new("date of birth, modulo 31", 950, hetu),
};

/// Whether the code holds a date, a century in use and the right check sign. Numbers from 900 are for tests, and are taken too.
fn hetu(signs: &[u8]) -> bool {
    let (century, individual) = if signs.len() == 11 { (signs.get(6), 7) } else { (None, 6) };
    let number = number(signs, 0, 6) * 1000 + number(signs, individual, individual + 3);
    century.is_none_or(|century| b"ABCDEFUVWXY".contains(century))
        && day_month_year(signs, 0)
        && signs.last() == b"0123456789ABCDEFHJKLMNPRSTUVWXY".get(number as usize % 31)
}
