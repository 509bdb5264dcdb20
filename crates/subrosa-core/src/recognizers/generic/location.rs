//! Towns, regions, countries and other named places: what stands under a label such as `City:`.
//!
//! In running text the [tagger](crate::tagger) finds places.
//!
//! *Misses by design*: places in small letters, unless the whole text has no capitals.
//! *Confuses with*: people and firms named after places.
//! *References*: GeoNames, see `dictionaries/SOURCES.toml`.

use crate::entity::Entity;
use crate::recognizer::Info;
use crate::recognizers::field::FieldRecognizer;

/// See the module.
pub static RECOGNIZER: FieldRecognizer = FieldRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::LOCATION,
        summary: "Town, region, country or other named place.",
        context: &[
            ":city",
            ":town",
            ":place",
            ":location",
            ":country",
            ":state",
            ":county",
            ":province",
            ":birthplace",
            ":place of birth",
            ":residence",
            ":ciudad",
            ":provincia",
            ":localidad",
            ":país",
            ":ville",
            ":pays",
            ":stadt",
            ":ort",
        ],
        negative_context: &[],
        hits: &[
            "She moved from ⟦Boston⟧ to ⟦Nairobi⟧ in spring.",
            "born in ⟦Sri Lanka⟧",
            "He lives near ⟦Cedar County⟧.",
            "Place of birth: ⟦Obervellach⟧",
        ],
        misses: &["A nice bath and some reading.", "The page was mobile."],
    },
    most: 4,
    joints: &["-", "'", "."],
};

/// Postal codes of the states, districts and territories (USPS Publication 28, appendix B).
pub const US_STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD",
    "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD",
    "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "PR", "GU", "VI", "AS", "MP",
];
