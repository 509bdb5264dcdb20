//! Identifiers of fingerprints, voices, faces, eyes and genetic profiles: what follows `fingerprint ID`, `voiceprint`, `iris code`.
//!
//! The marks themselves are pictures and sounds, which text does not hold.
//!
//! *Misses by design*: identifiers that nothing announces; templates in binary form.
//! *Confuses with*: fingerprints of keys and certificates, which groups of two hexadecimal digits tell apart.
//! *References*: 45 CFR 164.514(b)(2)(i)(P); ISO/IEC 2382-37 (vocabulary).

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;
use crate::verdict::Verdict;

/// Biometric identifiers.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("BIOMETRIC_IDENTIFIER"),
        summary: "Identifier of a fingerprint, voice, face, eye or genetic profile, after words that say so.",
        context: &[],
        negative_context: &["key", "sha256", "certificate", "ssh"],
        hits: &[
            "Fingerprint ID: ⟦FP-448120⟧",
            "voiceprint ⟦VP20931⟧ matched",
            "Retina scan ID ⟦RS-7781-A⟧",
            "DNA profile no. ⟦2019/4471⟧",
            "Fingerabdruck-ID: ⟦DE-55120⟧",
        ],
        misses: &["fingerprints of 12345 people", "ssh key fingerprint 12:34:56:78", "the iris has 12345 folds"],
    },
    cues: Cues::new(
        &[
            "fingerprint id",
            "fingerprint no",
            "finger print id",
            "fingerprint template",
            "fingerprint card",
            "voiceprint",
            "voice print",
            "voiceprint id",
            "voice id",
            "retina scan",
            "retina scan id",
            "retinal scan id",
            "iris scan",
            "iris scan id",
            "iris code",
            "iris id",
            "face id",
            "facial template",
            "face template",
            "facial recognition id",
            "biometric id",
            "biometric identifier",
            "biometric template",
            "biometric reference",
            "palm print id",
            "palmprint",
            "palm vein id",
            "dna profile",
            "dna sample",
            "dna profile no",
            "genetic profile",
            "fingerabdruck id",
            "stimmabdruck",
            "biometrische kennung",
            "dna profil",
            "huella dactilar",
            "huella digital id",
            "id biométrico",
            "perfil genético",
            "empreinte digitale",
            "identifiant biométrique",
            "empreinte vocale",
            "profil génétique",
        ],
        &["fingerprint", "biometric", "retina", "iris", "dna"],
    ),
    base: 600,
    validate: plausible,
};

/// No bytes parted by colons, which are the fingerprint of a key.
fn plausible(value: &str) -> Verdict {
    if value.contains(':') { Verdict::Invalid } else { Verdict::Unknown }
}
