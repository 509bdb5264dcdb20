//! National registration identity card numbers and foreign identification numbers: `S`, `T`, `F`, `G` or `M`, seven digits, a
//! check letter.
//!
//! *Misses by design*: numbers with a wrong check digit.
//! *Confuses with*: other numbers of the same layout, about one in 135 of them.
//! *References*: National Registration Act 1965 of Singapore; the check letter as published by its users.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Info, Trigger};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;
use crate::validators::weights::remainder;

/// Identity card or foreign identification number of Singapore.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("SG_NRIC_FIN"),
        summary: "Identity card or foreign identification number of Singapore.",
        context: &["nric", "fin", "identity card", "ic number", "singpass"],
        negative_context: &[],
        hits: &["⟦S1234567D⟧", "NRIC ⟦G1234567X⟧"],
        misses: &["S1234567A"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("A9{7}A", 300)])],
    check: Check::new("weights 2, 7, 6, 5, 4, 3, 2 modulo 11, letter", 135, nric),
};

/// Whether the first letter is in use and the last is its check letter; each group of first letters has an alphabet of its own.
fn nric(signs: &[u8]) -> bool {
    let (Some((first, rest)), Some(last)) = (signs.split_first(), signs.last()) else { return false };
    let (offset, letters) = match first {
        b'S' => (0, b"JZIHGFEDCBA"),
        b'T' => (4, b"JZIHGFEDCBA"),
        b'F' => (0, b"XWUTRQPNMLK"),
        b'G' => (4, b"XWUTRQPNMLK"),
        b'M' => (3, b"XWUTRQPNJLK"),
        _ => return false,
    };
    letters.get((remainder(rest, &[2, 7, 6, 5, 4, 3, 2], 11) as usize + offset) % 11) == Some(last)
}
