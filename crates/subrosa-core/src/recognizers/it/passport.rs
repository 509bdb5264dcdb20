//! Italian passports: two letters and seven digits; found after a word that says so.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: [`crate::recognizers::us::passport`], which takes what stands after the word passport alone.
//! *References*: Legge 1185/1967 of Italy.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::validators::{Signs, has_form};
use crate::verdict::Verdict;

/// Passport numbers of Italy.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IT_PASSPORT"),
        summary: "Passport number of Italy, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["passaporto ⟦YA1234567⟧", "Passaporto n. ⟦AA7654321⟧"],
        misses: &["passaporto 1234567", "passaporto YA123"],
    },
    cues: Cues::new(CUES, &[]),
    base: 700,
    validate: plausible,
};

const CUES: &[&str] = &["passaporto", "passaporto italiano", "numero passaporto", "italian passport"];

fn plausible(value: &str) -> Verdict {
    let signs: &[u8] = &Signs::of(value);
    if has_form(signs, b"AA9999999") { Verdict::Unknown } else { Verdict::Invalid }
}
