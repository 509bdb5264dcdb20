//! Drugs, by their own and trade names, and the chemicals that are like them.
//!
//! The finding is the drug's name with its salt. Dose, form, route and frequency are left: they name nobody and nothing.
//!
//! *Misses by design*: trade names that are everyday words; enzymes, antibodies and the like, which laboratories measure.
//! *Confuses with*: firms and people named like a drug; chemicals that are no medicine.
//! *References*: DrugBank, MeSH and others, see `dictionaries/SOURCES.toml`; [`crate::health`] for stems of international names.

use crate::dictionary::HealthKind;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};

use super::terms;

/// Drug or class of drugs, without its dose.
pub static RECOGNIZER: Medication = Medication {
    info: Info {
        module: module_path!(),
        entity: Entity::new("MEDICATION"),
        summary: "Drug or class of drugs, without its dose.",
        context: &[
            "mg",
            "mcg",
            "tablet",
            "dose",
            "daily",
            "prescribed",
            "capsule",
            "injection",
            ":medication",
            ":drug",
            ":prescription",
        ],
        negative_context: &[],
        hits: &[
            "takes ⟦metformin⟧ 500 mg and ⟦lisinopril⟧ daily",
            "on ⟦metoprolol tartrate⟧ 25 mg PO BID",
            "⟦warfarin⟧-induced bleeding time; ⟦Zyxumab⟧ was stopped",
        ],
        misses: &[
            "He drinks water with his lunch at the office.",
            "mRNA and cDNA of a protein kinase",
            "in April, with a pistol",
        ],
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
        terms::propose(site, HealthKind::Medication, proposals);
    }
}
