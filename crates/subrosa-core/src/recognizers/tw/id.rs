//! National identity numbers: a letter for the place of registration, 1 or 2 by sex (8 and 9 for foreigners), seven digits, a
//! check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 25 of them.
//! *References*: Household Registration Act of Taiwan; Ministry of the Interior.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::sum;

/// National identity number of Taiwan.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("TW_ID"),
        summary: "National identity number of Taiwan.",
        context: &["身分證字號", "身分證", "身份證字號", "統一編號", "national id", "taiwan id", "arc"],
        negative_context: &[],
        hits: &["身分證字號: ⟦A123456789⟧", "Taiwan ID ⟦B223456782⟧"],
        misses: &["身分證字號: A123456780", "A123456789"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("A9{9}", 100)])],
    check: Check::new("letter, weights 9 to 1 modulo 10, sex", 25, taiwan),
};

/// The number of each first letter, in the order in which the places were listed.
const LETTERS: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";

/// Whether the number passes: the letter stands for two digits.
fn taiwan(signs: &[u8]) -> bool {
    let Some((first, rest)) = signs.split_first() else { return false };
    let Some(letter) = LETTERS.iter().position(|known| known == first) else { return false };
    let letter = letter as i32 + 10;
    let sum = letter / 10 + letter % 10 * 9 + sum(rest, &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    matches!(rest.first(), Some(b'1' | b'2' | b'8' | b'9')) && sum % 10 == 0
}
