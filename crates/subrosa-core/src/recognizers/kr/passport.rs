//! Korean passports: `M`, `S`, `R`, `G` or `D`, and eight signs: digits, in newer ones a letter in the fifth place; found after a word that says so.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: [`crate::recognizers::us::passport`], which takes what stands after the word passport alone.
//! *References*: Passport Act of South Korea.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::validators::{Signs, has_form};
use crate::verdict::Verdict;

/// Passport numbers of South Korea.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("KR_PASSPORT"),
        summary: "Passport number of South Korea, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["여권번호: ⟦M12345678⟧", "Korean passport ⟦M123A4567⟧"],
        misses: &["여권번호: X12345678", "Korean passport M1234"],
    },
    cues: Cues::new(CUES, &[]),
    base: 700,
    validate: plausible,
};

const CUES: &[&str] = &["여권번호", "여권", "대한민국 여권", "korean passport", "korea passport"];

fn plausible(value: &str) -> Verdict {
    let signs: &[u8] = &Signs::of(value);
    if b"MSRGD".contains(signs.first().unwrap_or(&0)) && (has_form(signs, b"A99999999") || has_form(signs, b"A999A9999")) {
        Verdict::Unknown
    } else {
        Verdict::Invalid
    }
}
