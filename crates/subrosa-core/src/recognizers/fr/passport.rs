//! French passports: two digits, two letters, five digits; found after a word that says so.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: [`crate::recognizers::us::passport`], which takes what stands after the word passport alone.
//! *References*: Décret n° 2005-1726 of France.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::validators::{Signs, has_form};
use crate::verdict::Verdict;

/// Passport numbers of France.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("FR_PASSPORT"),
        summary: "Passport number of France, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["passeport ⟦12AB34567⟧", "Passeport n° ⟦09PC12345⟧"],
        misses: &["passeport 123456789 ans", "passeport AB123"],
    },
    cues: Cues::new(CUES, &[]),
    base: 700,
    validate: plausible,
};

const CUES: &[&str] = &["passeport", "numéro de passeport", "passeport français", "french passport"];

fn plausible(value: &str) -> Verdict {
    let signs: &[u8] = &Signs::of(value);
    if has_form(signs, b"99AA99999") { Verdict::Unknown } else { Verdict::Invalid }
}
