//! German passports: nine letters and digits of a set without vowels, `C`, `F`, `G`, `H`, `J` or `K` first, and sometimes the check digit; found after a word that says so.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: [`crate::recognizers::us::passport`], which takes what stands after the word passport alone.
//! *References*: Passverordnung of Germany; ICAO Doc 9303 part 3.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::validators::Signs;
use crate::verdict::Verdict;

/// Passport numbers of Germany.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DE_PASSPORT"),
        summary: "Passport number of Germany, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["Reisepass ⟦C01X00T47⟧", "Passnummer: ⟦C01X00T478⟧"],
        misses: &["Reisepass C01A00T47", "Reisepass von 1998"],
    },
    cues: Cues::new(CUES, &[]),
    base: 700,
    validate: plausible,
};

const CUES: &[&str] = &["reisepass", "reisepassnummer", "passnummer", "pass-nr", "passnr", "german passport"];

fn plausible(value: &str) -> Verdict {
    let signs: &[u8] = &Signs::of(value);
    if matches!(signs.len(), 9 | 10)
        && b"CFGHJK".contains(&signs[0])
        && signs.iter().all(|sign| sign.is_ascii_digit() || b"CFGHJKLMNPRTVWXYZ".contains(sign))
    {
        Verdict::Unknown
    } else {
        Verdict::Invalid
    }
}
