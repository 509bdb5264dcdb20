//! `age-band`: an age becomes the band of years it lies in, `[AGE_80-84]`.
//!
//! Bands start at multiples of their width in years. Ages above a limit become one class, and the band below it ends at it.
//! Ages in months, weeks and days count as the whole years in them. What cannot be read as one number is labelled.
//!
//! *What is left*: the age to within the width. *The law*: generalisation in the sense of ISO/IEC 20889; the limit is that of
//! 45 CFR 164.514(b)(2)(i)(C), see [`age_cap`](super::age_cap).

use super::age_cap::years;
use super::{Context, Kind, Leaves, Operator, Outcome, Parameter, labelled};
use crate::entity::Entity;

/// Puts a band of years in an age's place.
pub struct AgeBand;

impl Operator for AgeBand {
    fn id(&self) -> &'static str {
        "age-band"
    }

    fn description(&self) -> &'static str {
        "Puts the band of years in an age's place, [AGE_80-84], and one class above a limit: [AGE_OVER-89]. Labels all else."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter { name: "width", kind: Kind::Count { default: 5, least: 2, most: 50 }, description: "Years in a band." },
            Parameter {
                name: "limit",
                kind: Kind::Count { default: 89, least: 0, most: 150 },
                description: "The oldest age that has a band.",
            },
        ]
    }

    fn leaves(&self) -> Leaves {
        Leaves::General
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let (width, limit) = (context.parameters.count("width").max(1), context.parameters.count("limit"));
        let entity = context.entity;
        if *entity != Entity::AGE {
            return labelled(context);
        }
        Outcome::Replace(match years(context.value) {
            Some(age) if age > limit => format!("[{entity}_OVER-{limit}]"),
            Some(age) => {
                let start = age - age % width;
                format!("[{entity}_{start}-{}]", start.saturating_add(width - 1).min(limit))
            }
            None => format!("[{entity}]"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::Value;
    use crate::operators::testing::replaced;

    #[track_caller]
    fn case(value: &str, width: u32, expected: &str) {
        assert_eq!(replaced(&AgeBand, &Entity::AGE, value, &[("width", Value::Count(width))]), expected);
    }

    #[test]
    fn bands_start_at_multiples() {
        case("83", 5, "[AGE_80-84]");
        case("80 years old", 5, "[AGE_80-84]");
        case("eighty-nine", 5, "[AGE_85-89]");
        case("0", 5, "[AGE_0-4]");
        case("37-year-old", 10, "[AGE_30-39]");
    }

    #[test]
    fn the_limit_ends_the_last_band() {
        case("88", 20, "[AGE_80-89]");
        case("90", 20, "[AGE_OVER-89]");
        case("103", 5, "[AGE_OVER-89]");
    }

    #[test]
    fn younger_units_are_years_too() {
        case("6 months", 5, "[AGE_0-4]");
        case("70 months", 5, "[AGE_5-9]");
        case("36 weeks", 5, "[AGE_0-4]");
        case("2 years 3 months", 5, "[AGE]");
    }

    #[test]
    fn what_cannot_be_read_goes() {
        for value in ["middle-aged", "", "99999999999999999999", "30 to 40"] {
            case(value, 5, "[AGE]");
        }
    }
}
