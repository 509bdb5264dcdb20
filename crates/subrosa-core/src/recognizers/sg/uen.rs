//! Unique entity numbers: eight or nine digits and a letter, or `T08LL0001A` for other bodies; the last letter is a check.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 26 of them.
//! *References*: Accounting and Corporate Regulatory Authority, Unique Entity Number.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::remainder;

/// Unique entity number of a business in Singapore.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("SG_UEN"),
        summary: "Unique entity number of a business in Singapore.",
        context: &["uen", "unique entity number", "acra", "roc", "business registration"],
        negative_context: &[],
        hits: &["UEN ⟦12345678M⟧", "UEN: ⟦201912345R⟧", "uen ⟦T08LL1234H⟧"],
        misses: &["UEN 12345678A", "12345678M"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9{8}A", 100), Layout::new("9{9}A", 100), Layout::new("A99AA9999A", 100)])],
    check: Check::new("weights modulo 11, letter", 26, uen),
};

/// Whether the last letter is the check letter of one of the three forms.
fn uen(signs: &[u8]) -> bool {
    let Some((last, rest)) = signs.split_last() else { return false };
    let letter = match rest.len() {
        8 => b"XMKECAWLJDB".get(remainder(rest, &[10, 4, 9, 3, 8, 2, 7, 1], 11) as usize),
        9 if rest[0].is_ascii_digit() => b"ZKCMDNERGWH".get(remainder(rest, &[10, 8, 6, 4, 9, 7, 5, 3, 1], 11) as usize),
        _ => return other(rest, *last),
    };
    letter == Some(last)
}

/// The form of other bodies reckons with its letters, of which some are not used.
fn other(rest: &[u8], last: u8) -> bool {
    const ALPHABET: &[u8; 34] = b"ABCDEFGHJKLMNPQRSTUVWX0123456789YZ";
    let place = |sign: &u8| ALPHABET.iter().position(|known| known == sign);
    let weights = [4, 3, 5, 3, 10, 2, 2, 5, 7];
    let mut sum = 0;
    for (sign, weight) in rest.iter().zip(weights) {
        let Some(place) = place(sign) else { return false };
        sum += place * weight;
    }
    matches!(rest.first(), Some(b'R' | b'S' | b'T'))
        && rest.len() == weights.len()
        && ALPHABET.get((sum + 11 * 11 - 5) % 11) == Some(&last)
}
