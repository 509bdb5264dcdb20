//! Operations, examinations and therapies.
//!
//! *Misses by design*: everyday words for them (`scan`, `surgery`) without a health word near; descriptions.
//! *Confuses with*: procedures of other trades.
//! *References*: ICD-10-PCS, MeSH and others, see `dictionaries/SOURCES.toml`; [`crate::health`] for what is made of them.

use crate::dictionary::HealthKind;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};

use super::terms;

/// Operation, examination or therapy.
pub static RECOGNIZER: MedicalProcedure = MedicalProcedure {
    info: Info {
        module: module_path!(),
        entity: Entity::new("MEDICAL_PROCEDURE"),
        summary: "Operation, examination or therapy.",
        context: &["underwent", "status post", "scheduled for", "performed", "surgery", ":procedure", ":operation", ":treatment"],
        negative_context: &[],
        hits: &["underwent ⟦appendectomy⟧ and a ⟦colonoscopy⟧", "status post ⟦zyxectomy⟧"],
        misses: &["a dichotomy, an anatomy and some microscopy", "The committee discussed the procedure."],
    },
};

/// See [`RECOGNIZER`].
pub struct MedicalProcedure {
    info: Info,
}

impl Recognizer for MedicalProcedure {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        terms::propose(site, HealthKind::Procedure, proposals);
    }
}
