//! Individual numbers (My Number): twelve digits, the last a check digit.
//!
//! *Misses by design*: numbers with a wrong check digit; any without a label or context word.
//! *Confuses with*: other numbers of the same layout, about one in 10 of them.
//! *References*: Ministry of Internal Affairs and Communications of Japan, Ordinance No. 85 of 2014, article 5.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::weights::{ends, missing};
use crate::validators::{Check, is_repeated};

/// Individual number of Japan.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("JP_MY_NUMBER"),
        summary: "Individual number of Japan.",
        context: &["マイナンバー", "個人番号", "my number", "mynumber", "individual number"],
        negative_context: &[],
        hits: &["マイナンバー: ⟦123456789018⟧", "My Number ⟦1234 5678 9018⟧"],
        misses: &["マイナンバー: 123456789010", "123456789018"],
    },
    triggers: &[Trigger::Layouts(&[
        Layout::new("9{12}", 60),
        Layout::new("9999 9999 9999", 80),
        Layout::new("9999-9999-9999", 80),
    ])],
    check: Check::new("weights 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 modulo 11", 10, my_number),
};

/// Whether the last digit is what is missing to a multiple of eleven; ten counts as 0.
fn my_number(digits: &[u8]) -> bool {
    ends(digits, missing(digits, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11) % 11 % 10) && !is_repeated(digits)
}
