//! Symptoms and signs: what a patient feels or shows.
//!
//! *Misses by design*: everyday words without a health word near; descriptions in a patient's own words.
//! *Confuses with*: the same words in another sense (`a feverish week`).
//! *References*: ICD-10-CM, MeSH and others, see `dictionaries/SOURCES.toml`; [`crate::health`] for what is made of them.

use crate::dictionary::HealthKind;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};

use super::terms;

/// Symptom or sign of a disease.
pub static RECOGNIZER: Symptom = Symptom {
    info: Info {
        module: module_path!(),
        entity: Entity::new("SYMPTOM"),
        summary: "Symptom or sign of a disease.",
        context: &[
            "complains of",
            "complaining of",
            "complaint",
            "presents with",
            "presented with",
            "reports",
            "denies",
            "symptoms",
            "history of",
            ":review of systems",
        ],
        negative_context: &[],
        hits: &["He has ⟦chest pain⟧ and ⟦shortness of breath⟧.", "denies ⟦nausea⟧, ⟦vomiting⟧"],
        misses: &["She opened the chest of drawers and a window.", "a breath of fresh air"],
    },
};

/// See [`RECOGNIZER`].
pub struct Symptom {
    info: Info,
}

impl Recognizer for Symptom {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        terms::propose(site, HealthKind::Symptom, proposals);
    }
}
