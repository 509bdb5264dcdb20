//! Diseases, injuries and symptoms.
//!
//! *Misses by design*: terms in no list; everyday words without a health word near.
//! *Confuses with*: everyday words in health senses.
//! *References*: ICD-10-CM, MeSH and others, see `dictionaries/SOURCES.toml`.

use crate::dictionary::HealthKind;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};

use super::terms;

/// Disease, disorder, injury or symptom.
pub static RECOGNIZER: HealthCondition = HealthCondition {
    info: Info {
        module: module_path!(),
        entity: Entity::new("HEALTH_CONDITION"),
        summary: "Disease, disorder, injury or symptom.",
        context: &[
            "diagnosis",
            "diagnosed with",
            "history of",
            "suffers from",
            "symptoms",
            ":condition",
            ":problem",
            ":allergies",
        ],
        negative_context: &[],
        hits: &["She has ⟦type 2 diabetes⟧ and ⟦hypertension⟧.", "no signs of ⟦pneumonia⟧", "known ⟦migraines⟧"],
        misses: &["It was a cold day, and a shock to all of us."],
    },
};

/// See [`RECOGNIZER`].
pub struct HealthCondition {
    info: Info,
}

impl Recognizer for HealthCondition {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        terms::propose(site, &[HealthKind::Condition, HealthKind::Symptom], proposals);
    }
}
