//! Medical record numbers: what follows `MRN`, `Med Rec #`, `hospital number`, `patient ID`. Every hospital has its own form.
//!
//! *Misses by design*: numbers that nothing announces.
//! *Confuses with*: other numbers after `record no.` or `chart`.
//! *References*: 45 CFR 164.514(b)(2)(i)(H).

use crate::entity::Entity;
use crate::recognizer::{Info, unchecked};
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::LabelledRecognizer;

/// Medical record numbers.
pub static RECOGNIZER: LabelledRecognizer = LabelledRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("MEDICAL_RECORD_NUMBER"),
        summary: "Number of a patient or of a patient's record, after words that say so.",
        context: CUES,
        negative_context: &[],
        hits: &[
            "MRN ⟦12345⟧ seen 3 May",
            "(MRN: #⟦CC-789012⟧)",
            "Med Rec #: ⟦652667-7⟧",
            "under MRN ⟦12345-JS⟧?",
            "a medical record number ⟦SJH-987654⟧",
            "Patient ID: ⟦MTH-987654⟧",
            "NHC: ⟦436434/875⟧.",
            "Hospital number\n⟦A123456⟧",
        ],
        misses: &["the patient took 12345 steps", "record 12345 visitors", "MRN unknown, 12345", "MRN: see 3 May"],
    },
    cues: Cues::new(
        CUES,
        &[
            "record",
            "chart",
            "patient",
            "pt",
            "hospital",
            "hosp",
            "unit",
            "mr",
            "paciente",
            "patienten",
            "patiënt",
            "historia",
            "subject",
        ],
    ),
    base: 600,
    validate: unchecked,
};

const CUES: &[&str] = &[
    "mrn",
    "mrns",
    "medical record",
    "med rec",
    "medical record number",
    "medrec",
    "hospital number",
    "hospital no",
    "hosp no",
    "patient id",
    "pt id",
    "patient number",
    "patient no",
    "patientid",
    "chart number",
    "unit number",
    "urn",
    "nhc",
    "cipa",
    "historia clínica",
    "historia clinica",
    "patientennummer",
    "patienten-id",
    "fallnummer",
    "patiëntnummer",
    "dossier médical",
    "cartella clinica",
    "processo clínico",
    "umrn",
    "emrn",
    "chi",
];
