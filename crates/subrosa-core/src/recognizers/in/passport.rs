//! Indian passports: a letter and seven digits, the first not 0; found after a word that says so.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: [`crate::recognizers::us::passport`], which takes what stands after the word passport alone.
//! *References*: Passports Act 1967 of India.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::validators::{Signs, has_form};
use crate::verdict::Verdict;

/// Passport numbers of India.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IN_PASSPORT"),
        summary: "Passport number of India, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["Indian passport ⟦A1234567⟧", "passport of India no. ⟦Z7654321⟧"],
        misses: &["Indian passport A0234567", "passport A1234567"],
    },
    cues: Cues::new(CUES, &[]),
    base: 700,
    validate: plausible,
};

const CUES: &[&str] = &["indian passport", "passport of india", "india passport"];

fn plausible(value: &str) -> Verdict {
    let signs: &[u8] = &Signs::of(value);
    if has_form(signs, b"A9999999") && signs[1] != b'0' { Verdict::Unknown } else { Verdict::Invalid }
}
