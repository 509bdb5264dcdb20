//! Diseases, disorders and injuries: listed, formed (`-itis`), put together (`loss of vision`) or abbreviated.
//!
//! *Misses by design*: everyday words (`cold`, `stroke`) without a health word near.
//! *Confuses with*: everyday words in health senses.
//! *References*: ICD-10-CM, MeSH and others, see `dictionaries/SOURCES.toml`; [`crate::health`] for what is made of them.

use crate::dictionary::HealthKind;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};

use super::terms;

/// Disease, disorder or injury.
pub static RECOGNIZER: HealthCondition = HealthCondition {
    info: Info {
        module: module_path!(),
        entity: Entity::new("HEALTH_CONDITION"),
        summary: "Disease, disorder or injury.",
        context: &[
            "diagnosis",
            "diagnosed with",
            "diagnosed as",
            "history of",
            "suffers from",
            "suffering from",
            "treated for",
            "positive for",
            "died of",
            "symptoms",
            ":condition",
            ":problem",
            ":diagnoses",
            ":past medical history",
            ":allergies",
        ],
        negative_context: &[],
        hits: &[
            "She has ⟦type 2 diabetes⟧ and ⟦hypertension⟧.",
            "no signs of ⟦pneumonia⟧, and no ⟦diabetes⟧",
            "a family with ⟦breast and ovarian cancer⟧",
            "⟦cancer of the breast⟧, ⟦Parkinson's disease⟧, ⟦stage III colon cancer⟧",
            "⟦familial adenomatous polyposis⟧ (⟦FAP⟧). Later, ⟦FAP⟧ was ruled out.",
            "⟦acute renal failure⟧ after ⟦damage to the liver⟧, and ⟦G6PD deficiency⟧",
            "Ms Ruiz was told of her ⟦Norrie disease⟧ then.",
        ],
        misses: &[
            "It was a cold day, and a shock to all of us.",
            "He said that power failure and a loss of face are hard.",
            "The diagnosis and prognosis took a toll; the genome and the diploma did not.",
            "Mr Parkinson and Mrs Crohn met in the hall.",
        ],
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
        terms::propose(site, HealthKind::Condition, proposals);
    }
}
