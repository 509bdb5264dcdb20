//! `zip3`: of a ZIP code the first three digits stay, or `000` where few people live.
//!
//! A code of five digits, or nine with or without a hyphen. Three digits alone are taken for what an earlier run left.
//! Everything else is labelled.
//!
//! *What is left*: an area in which more than 20,000 people live.
//!
//! *The law*: 45 CFR 164.514(b)(2)(i)(B) lets the initial three digits stay if "the geographic unit formed by combining all ZIP
//! codes with the same three initial digits contains more than 20,000 people" by "the current publicly available data from the
//! Bureau of the Census", and wants `000` for all others.
//!
//! *The table* holds every prefix of 20,000 people or fewer in one of the censuses of 2000 (the 17 in the guidance of the
//! Department of Health and Human Services, 2012), 2010 or 2020 (population by ZIP code tabulation area, table P1). Prefixes of
//! military post, which no census counts, and those never given out below 005 count as restricted too. Other prefixes without
//! inhabitants, of one authority or company, are not told.

use super::{Context, Leaves, Operator, Outcome, labelled};

/// Keeps the first three digits of a ZIP code.
pub struct Zip3;

/// Prefixes of 20,000 people or fewer.
#[rustfmt::skip] // many a line
const FEW: &[&str] = &[
    "036", "059", "063", "102", "202", "203", "204", "205", "369", "556", "692", "753", "772", "790", "821", "823", "830",
    "831", "878", "879", "884", "890", "893",
];

/// Prefixes of Army, Air Force and fleet post offices.
#[rustfmt::skip]
const MILITARY: &[&str] = &["090", "091", "092", "093", "094", "095", "096", "097", "098", "340", "962", "963", "964", "965", "966"];

/// Prefixes that were never given out.
const NONE: &[&str] = &["000", "001", "002", "003", "004"];

impl Operator for Zip3 {
    fn id(&self) -> &'static str {
        "zip3"
    }

    fn description(&self) -> &'static str {
        "Keeps the first three digits of a ZIP code, or puts 000 where at most 20,000 people live. Labels all else."
    }

    fn leaves(&self) -> Leaves {
        Leaves::General
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        match prefix(context.value.trim()) {
            Some("000") if context.value == "000" => Outcome::Keep,
            Some(prefix) if [FEW, MILITARY, NONE].iter().any(|table| table.contains(&prefix)) => {
                Outcome::Replace("000".to_owned())
            }
            Some(prefix) if prefix == context.value => Outcome::Keep,
            Some(prefix) => Outcome::Replace(prefix.to_owned()),
            None => labelled(context),
        }
    }
}

/// The first three digits of `021`, `02139`, `02139-4307`, `02139 4307` and `021394307`.
fn prefix(value: &str) -> Option<&str> {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(value, 3) {
        return Some(value);
    }
    let (five, rest) = (value.get(..5)?, value.get(5..)?);
    let four = rest.strip_prefix(['-', ' ']).unwrap_or(rest);
    (digits(five, 5) && (rest.is_empty() || digits(four, 4))).then(|| five.get(..3)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::testing::replaced;

    #[track_caller]
    fn case(value: &str, expected: &str) {
        assert_eq!(replaced(&Zip3, &Entity::ZIP_CODE, value, &[]), expected);
    }

    #[test]
    fn three_digits_stay_where_enough_people_live() {
        case("02139", "021");
        case("02139-4307", "021");
        case("021394307", "021");
        case("10001", "100");
        case("100", "100");
    }

    #[test]
    fn few_people_become_zeros() {
        for prefix in FEW.iter().chain(MILITARY).chain(NONE) {
            case(&format!("{prefix}12"), "000");
            case(prefix, "000");
        }
        assert_eq!(FEW.len(), 23);
    }

    #[test]
    fn all_else_is_labelled() {
        for value in ["02", "0213", "021 39", "02139-", "02139-43", "SW1A 1AA", "٠٢١٣٩", ""] {
            case(value, "[ZIP_CODE]");
        }
    }
}
