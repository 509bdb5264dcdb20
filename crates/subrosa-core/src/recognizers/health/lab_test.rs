//! Laboratory tests, by what they measure. The values measured are not part of the finding.
//!
//! *Misses by design*: everyday substances (`sodium` in a recipe) without a health word near.
//! *Confuses with*: the same substances as chemicals or drugs.
//! *References*: a list written by hand of usual panels, see `dictionaries/`.

use crate::dictionary::HealthKind;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};

use super::terms;

/// Laboratory test or measured substance.
pub static RECOGNIZER: LabTest = LabTest {
    info: Info {
        module: module_path!(),
        entity: Entity::new("LAB_TEST"),
        summary: "Laboratory test or measured substance.",
        context: &["lab", "labs", "laboratory", "serum", "plasma", "level", "urine", "test", "results", ":test", ":labs"],
        negative_context: &[],
        hits: &["⟦HbA1c⟧ 7.2, ⟦creatinine⟧ 1.1", "normal ⟦liver function tests⟧"],
        misses: &["We tested the brakes and the results were good."],
    },
};

/// See [`RECOGNIZER`].
pub struct LabTest {
    info: Info,
}

impl Recognizer for LabTest {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        terms::propose(site, HealthKind::LabTest, proposals);
    }
}
