//! Passport numbers of the United States: nine digits, or a letter and eight; found after the word passport.
//!
//! *Misses by design*: numbers that nothing announces: nine digits can be anything.
//! *Confuses with*: passports of other countries with the same form, which are as personal; other forms are not taken.
//! *References*: ICAO Doc 9303 part 4; US Department of State, Next Generation Passport.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::verdict::Verdict;

/// Passport numbers.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_PASSPORT"),
        summary: "Passport number of the United States or of the same form, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["Passport No. ⟦A12345678⟧", "passport: ⟦123456789⟧", "passport ⟦AB1234567⟧ issued"],
        misses: &["123456789", "passport of 1998", "passport 1234", "passport control 123456789"],
    },
    cues: Cues::new(CUES, &["travel document"]),
    base: 600,
    validate: plausible,
};

const CUES: &[&str] = &[
    "passport",
    "us passport",
    "travel document",
    "reisepass",
    "passnummer",
    "pasaporte",
    "passeport",
    "passaporto",
    "paspoort",
    "passaporte",
];

/// Eight or nine letters and digits, at most three of them letters.
fn plausible(value: &str) -> Verdict {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let signs = value.bytes().filter(u8::is_ascii_alphanumeric).count();
    if (7..=9).contains(&signs) && digits + 3 >= signs { Verdict::Unknown } else { Verdict::Invalid }
}
