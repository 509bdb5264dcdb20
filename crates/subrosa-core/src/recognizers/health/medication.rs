//! Drugs, by their own and trade names.
//!
//! *Misses by design*: terms in no list; everyday words without a health word near.
//! *Confuses with*: firms and people named like a drug.
//! *References*: ICD-10-CM, MeSH and others, see `dictionaries/SOURCES.toml`.

use crate::dictionary::HealthKind;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};

use super::terms;

/// Drug or class of drugs.
pub static RECOGNIZER: Medication = Medication {
    info: Info {
        module: module_path!(),
        entity: Entity::new("MEDICATION"),
        summary: "Drug or class of drugs.",
        context: &["mg", "mcg", "tablet", "dose", "daily", "prescribed", ":medication", ":drug"],
        negative_context: &[],
        hits: &["takes ⟦metformin⟧ 500 mg and ⟦lisinopril⟧ daily"],
        misses: &["He drinks water with his lunch at the office."],
    },
};

/// See [`RECOGNIZER`].
pub struct Medication {
    info: Info,
}

impl Recognizer for Medication {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        terms::propose(site, &[HealthKind::Medication], proposals);
    }
}
