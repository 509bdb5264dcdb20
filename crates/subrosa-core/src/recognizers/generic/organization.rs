//! Companies, authorities, schools, hospitals: what stands under a label such as `Employer:`.
//!
//! In running text the [tagger](crate::tagger) finds them.
//!
//! *Misses by design*: names in small letters; bodies called by a word alone (`the Court`).
//! *Confuses with*: products and places that are called like their maker.
//! *References*: word classes, see `dictionaries/SOURCES.toml`.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::field::FieldRecognizer;

/// See the module.
pub static RECOGNIZER: FieldRecognizer = FieldRecognizer {
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
            "the ⟦Ministry of Education⟧ replied",
        ],
        misses: &["The court and the hospital were closed.", "Hospital course: uneventful.", "School starts in May."],
    },
    most: 8,
    joints: &["&", "of", "and", "-", "'", "s", "the"],
};
