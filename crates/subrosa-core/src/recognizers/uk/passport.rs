//! British passports: nine digits; newer ones two letters and seven digits; found after a word that says so.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: [`crate::recognizers::us::passport`], which takes what stands after the word passport alone.
//! *References*: His Majesty's Passport Office.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::validators::{Signs, has_form};
use crate::verdict::Verdict;

/// Passport numbers of the United Kingdom.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("UK_PASSPORT"),
        summary: "Passport number of the United Kingdom, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["UK passport ⟦123456789⟧", "British passport no. ⟦AB1234567⟧"],
        misses: &["UK passport AB12345", "passport 123456789"],
    },
    cues: Cues::new(CUES, &[]),
    base: 700,
    validate: plausible,
};

const CUES: &[&str] = &["uk passport", "british passport", "uk passport no", "passport of the united kingdom"];

fn plausible(value: &str) -> Verdict {
    let signs: &[u8] = &Signs::of(value);
    if has_form(signs, b"999999999") || has_form(signs, b"AA9999999") { Verdict::Unknown } else { Verdict::Invalid }
}
