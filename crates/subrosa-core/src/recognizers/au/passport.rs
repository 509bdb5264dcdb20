//! Australian passports: a letter and seven digits, or two letters and seven digits; found after a word that says so.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: [`crate::recognizers::us::passport`], which takes what stands after the word passport alone.
//! *References*: Australian Passports Act 2005.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::validators::{Signs, has_form};
use crate::verdict::Verdict;

/// Passport numbers of Australia.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("AU_PASSPORT"),
        summary: "Passport number of Australia, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["Australian passport ⟦N1234567⟧", "Australian passport no. ⟦PA1234567⟧"],
        misses: &["Australian passport N123", "passport N1234567"],
    },
    cues: Cues::new(CUES, &[]),
    base: 700,
    validate: plausible,
};

const CUES: &[&str] = &["australian passport", "passport of australia", "australia passport"];

fn plausible(value: &str) -> Verdict {
    let signs: &[u8] = &Signs::of(value);
    if has_form(signs, b"A9999999") || has_form(signs, b"AA9999999") { Verdict::Unknown } else { Verdict::Invalid }
}
