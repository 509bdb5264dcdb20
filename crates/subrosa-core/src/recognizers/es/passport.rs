//! Spanish passports: three letters and six digits, older ones two letters; found after a word that says so.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: [`crate::recognizers::us::passport`], which takes what stands after the word passport alone.
//! *References*: Real Decreto 896/2003 of Spain.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::validators::{Signs, has_form};
use crate::verdict::Verdict;

/// Passport numbers of Spain.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("ES_PASSPORT"),
        summary: "Passport number of Spain, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["pasaporte ⟦ABC123456⟧", "Pasaporte nº ⟦AB123456⟧"],
        misses: &["pasaporte 123456", "pasaporte de 1998"],
    },
    cues: Cues::new(CUES, &[]),
    base: 700,
    validate: plausible,
};

const CUES: &[&str] = &["pasaporte", "pasaporte español", "pasaporte n", "nº pasaporte", "spanish passport"];

fn plausible(value: &str) -> Verdict {
    let signs: &[u8] = &Signs::of(value);
    if has_form(signs, b"AAA999999") || has_form(signs, b"AA999999") || has_form(signs, b"A99999999") {
        Verdict::Unknown
    } else {
        Verdict::Invalid
    }
}
