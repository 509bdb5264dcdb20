//! Companies, authorities, schools, hospitals: what stands under a label such as `Employer:`, and what somebody is said to work
//! for.
//!
//! Elsewhere in running text the [tagger](crate::tagger) finds them.
//!
//! *Misses by design*: names in small letters; bodies called by a word alone (`the Court`).
//! *Confuses with*: products and places that are called like their maker.
//! *References*: word classes, see `dictionaries/SOURCES.toml`.

mod workplace;

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::field::FieldRecognizer;
use crate::verdict::Verdict;

/// So much that it counts, and that a finding of another kind of the same words goes before.
const WORKPLACE: Confidence = Confidence::new(520);

/// See the module.
pub static RECOGNIZER: Organization = Organization(FieldRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::ORGANIZATION,
        summary: "Company, authority, school, hospital or other named body.",
        context: &[
            ":company",
            ":employer",
            ":organization",
            ":organisation",
            ":hospital",
            ":facility",
            ":clinic",
            ":school",
            ":institution",
            ":insurer",
            ":insurance company",
            ":carrier",
            ":payer",
            ":agency",
            ":company name",
            ":affiliation",
            ":empresa",
            ":centro",
        ],
        negative_context: &[],
        hits: &[
            "admitted to ⟦Saint Brigid's Hospital⟧ on Monday",
            "works for ⟦Globex Widgets Ltd⟧",
            "the ⟦University of Ruritania⟧ and the ⟦Ankara Administrative Court⟧",
            "Employer: ⟦Initech⟧",
            "She works as a time clerk at ⟦D2L Group⟧.",
            "the ⟦Ministry of Education⟧ replied",
        ],
        misses: &["The court and the hospital were closed.", "Hospital course: uneventful.", "School starts in May."],
    },
    most: 8,
    joints: &["&", "of", "and", "-", "'", "s", "the"],
});

/// The recognizer of [`Entity::ORGANIZATION`].
pub struct Organization(FieldRecognizer);

impl Recognizer for Organization {
    fn info(&self) -> &Info {
        self.0.info()
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Label, Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        // The first token of a block is told twice: once for the block, and once where the segment has a label.
        if site.token != 0 || !site.block.labels.is_empty() {
            self.0.propose(site, proposals);
        }
        if site.token == 0 {
            workplace::workplaces(site.block, |span| {
                let (base, verdict) = (WORKPLACE, Verdict::Unknown);
                proposals.push(Proposal { span, base, pattern: "workplace", verdict });
            });
        }
    }
}
