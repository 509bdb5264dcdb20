//! Medicare beneficiary identifiers: eleven characters whose kinds follow a fixed plan, `1EG4-TE5-MK73`. No check digit.
//!
//! *Misses by design*: the older claim numbers (HICN), which [`crate::recognizers::health::health_plan_number`] finds by label.
//! *Confuses with*: product codes that happen to follow the plan, about one random run of eleven in three hundred.
//! *References*: CMS, Understanding the Medicare Beneficiary Identifier Format.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger, unchecked};

/// Medicare beneficiary identifiers.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("US_MBI"),
        summary: "Medicare beneficiary identifier of the United States.",
        context: &["medicare", "mbi", "beneficiary", "hicn"],
        negative_context: &["part", "model", "sku"],
        hits: &["Medicare ⟦1EG4-TE5-MK73⟧", "⟦1EG4TE5MK73⟧", "mbi ⟦1eg4te5mk73⟧"],
        misses: &["1EG4-TE5-MK7", "0EG4TE5MK73", "1SG4TE5MK73", "1eg4te5mk73"],
    },
    triggers: &[Trigger::Layouts(&[Layout::new("9A*9A*9AA99", 650), Layout::new("9A*9-A*9-AA99", 650)])],
    patterns: &[
        Pattern::new(
            "capitals",
            r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d(?:-[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-|[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d)[AC-HJKMNP-RT-Y]{2}\d{2}",
            650,
        ),
        Pattern::new(
            "small",
            r"[1-9][ac-hjkmnp-rt-y][ac-hjkmnp-rt-y0-9]\d-?[ac-hjkmnp-rt-y][ac-hjkmnp-rt-y0-9]\d-?[ac-hjkmnp-rt-y]{2}\d{2}",
            300,
        ),
    ],
    validate: unchecked,
    inside_longer: false,
    compiled: Compiled::new(),
};
