//! Personal public service numbers: seven digits, a check letter, and since 2013 a second letter.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 26 of them.
//! *References*: Social Welfare Consolidation Act 2005 of Ireland; Revenue, PPSN check character.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::sum;

/// Personal public service number of Ireland.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IE_PPSN"),
        summary: "Personal public service number of Ireland.",
        context: &["pps", "ppsn", "pps number", "pps no", "personal public service", "rsi"],
        negative_context: &[],
        hits: &["PPS number ⟦1234567T⟧", "PPSN: ⟦1234567FA⟧"],
        misses: &["PPS number 1234567A", "1234567T"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{7}A", 120), Layout::new("9{7}AA", 120)])],
    check: Check::new("weights 8 to 2 modulo 23, letter", 26, ppsn),
};

/// Whether the eighth sign is the check letter; the ninth, `W`, `T`, `X` or none for 0, counts nine times.
fn ppsn(signs: &[u8]) -> bool {
    let second = match signs.get(8) {
        None | Some(b'W' | b'T' | b'X') => 0,
        Some(letter @ b'A'..=b'I') => i32::from(letter - b'A') + 1,
        Some(_) => return false,
    };
    let rest = (sum(signs, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23;
    signs.get(7) == b"WABCDEFGHIJKLMNOPQRSTUV".get(rest.unsigned_abs() as usize)
}
