//! Canadian passports: two letters and six digits, newer ones a letter, six digits and two letters; found after a word that says so.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: [`crate::recognizers::us::passport`], which takes what stands after the word passport alone.
//! *References*: Canadian Passport Order, SI/81-86.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::validators::{Signs, has_form};
use crate::verdict::Verdict;

/// Passport numbers of Canada.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CA_PASSPORT"),
        summary: "Passport number of Canada, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["Canadian passport ⟦AB123456⟧", "passeport canadien ⟦A123456BC⟧"],
        misses: &["Canadian passport 1234567", "passport AB123456"],
    },
    cues: Cues::new(CUES, &[]),
    base: 700,
    validate: plausible,
};

const CUES: &[&str] = &["canadian passport", "passport canada", "passeport canadien"];

fn plausible(value: &str) -> Verdict {
    let signs: &[u8] = &Signs::of(value);
    if has_form(signs, b"AA999999") || has_form(signs, b"A999999AA") { Verdict::Unknown } else { Verdict::Invalid }
}
