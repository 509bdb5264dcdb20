//! Driver's licences: what follows `driver's license` or `DL`. Each state has its own form, so the words decide.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: licences of other kinds that stand after `license no.`; those are
//! [`crate::recognizers::generic::unique_identifier`].
//! *References*: AAMVA DL/ID Card Design Standard; 45 CFR 164.514(b)(2)(i)(K).

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::verdict::Verdict;

/// Driver's licences.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_DRIVER_LICENSE"),
        summary: "Number of a driver's licence, after words that say so.",
        context: CUES,
        negative_context: &[],
        hits: &[
            "driver's license number is ⟦F162823540116⟧",
            "DL# ⟦5130634⟧",
            "Driving licence: ⟦MORGA657054SM9IJ⟧",
            "drivers license ⟦2270-66-1551⟧",
        ],
        misses: &["12 mg/dL 12345", "the driver drove 12345 miles", "A1", "INTRODUCTORY DL"],
    },
    cues: Cues::new(CUES, &["dl", "driver"]),
    base: 600,
    validate: plausible,
};

const CUES: &[&str] = &[
    "driver's license",
    "drivers license",
    "driver license",
    "driver's licence",
    "driving licence",
    "driving license",
    "drivers licence",
    "driver licence",
    "operator license",
    "driverslicense",
    "dl no",
    "dln",
    "führerschein",
    "permiso de conducir",
    "permis de conduire",
    "patente di guida",
    "rijbewijs",
    "carta de condução",
];

/// Four digits at least, no more than sixteen letters and digits.
fn plausible(value: &str) -> Verdict {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let signs = value.bytes().filter(u8::is_ascii_alphanumeric).count();
    if digits >= 4 && (5..=20).contains(&signs) { Verdict::Unknown } else { Verdict::Invalid }
}
