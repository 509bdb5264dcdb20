//! `age-cap`: ages up to 89 stay, older ones become one class.
//!
//! 45 CFR 164.514(b)(2)(i)(C) lets ages over 89 be gathered "into a single category of age 90 or older". What cannot be
//! read as a number of years or less is labelled: this operator never guesses in the direction of keeping.

use super::{Context, Kind, Leaves, Operator, Outcome, Parameter, labelled};
use crate::entity::Entity;

/// Keeps an age up to a limit.
pub struct AgeCap;

impl Operator for AgeCap {
    fn id(&self) -> &'static str {
        "age-cap"
    }

    fn description(&self) -> &'static str {
        "Keeps ages up to a limit; older ones become [AGE_OVER-89]. Labels all else."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter {
            name: "limit",
            kind: Kind::Count { default: 89, least: 0, most: 150 },
            description: "The oldest age that stays.",
        }]
    }

    fn leaves(&self) -> Leaves {
        Leaves::General
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let limit = context.parameters.count("limit");
        // A number of anything else is not an age below the limit.
        if *context.entity != Entity::AGE {
            return labelled(context);
        }
        match read(context.value) {
            Some((number, _)) if number <= limit => Outcome::Keep,
            Some((_, Unit::Years)) => Outcome::Replace(format!("[{}_OVER-{limit}]", context.entity)),
            _ => Outcome::Replace(format!("[{}]", context.entity)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Years,
    /// Months, weeks or days; also what is not known.
    Other,
}

/// The age in whole years, where the value is one number and perhaps a unit.
pub(super) fn years(value: &str) -> Option<u32> {
    let (number, unit) = read(value)?;
    if unit == Unit::Years {
        let runs = value.split(|sign: char| !sign.is_numeric()).filter(|run| !run.is_empty()).count();
        return (runs <= 1).then_some(number);
    }
    let lower = value.to_lowercase();
    let mut words = lower.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty());
    let a_year = match words.find_map(|word| {
        [("month", 12), ("mo", 12), ("week", 52), ("wk", 52), ("day", 365)].iter().find(|(unit, _)| word.starts_with(unit))
    }) {
        // A second unit or number makes it unclear which counts.
        Some((_, parts)) if words.next().is_none_or(|word| matches!(word, "old" | "of" | "age")) => *parts,
        _ => return None,
    };
    let numbers = lower.split(|sign: char| !sign.is_numeric()).filter(|run| !run.is_empty()).count();
    (numbers == 1 && !lower.contains("year") && !lower.contains("yr")).then_some(number / a_year)
}

/// The largest number in the value, and whether it can only be years.
fn read(value: &str) -> Option<(u32, Unit)> {
    let lower = value.to_lowercase();
    let mut largest = None;
    for digits in lower.split(|sign: char| !sign.is_numeric()).filter(|run| !run.is_empty()) {
        largest = largest.max(Some(digits.parse::<u32>().ok()?));
    }
    let words: Vec<&str> = lower.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    if largest.is_none() {
        largest = in_words(&words);
    }
    let shorter = |word: &&str| ["month", "week", "day", "mo", "wk"].iter().any(|unit| word.starts_with(unit));
    let unit = if words.iter().any(shorter) { Unit::Other } else { Unit::Years };
    Some((largest?, unit))
}

/// An English number below a hundred, or a decade ("forties"), among words that count nothing.
fn in_words(words: &[&str]) -> Option<u32> {
    const SILENT: &[&str] = &[
        "a", "age", "aged", "ages", "year", "years", "yr", "yrs", "y", "o", "yo", "old", "of", "is", "in", "his", "her", "their",
        "mid", "early", "late", "the", "at", "month", "months", "week", "weeks", "day", "days", "and",
    ];
    const SMALL: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[(&str, &str)] = &[
        ("twenty", "twenties"),
        ("thirty", "thirties"),
        ("forty", "forties"),
        ("fifty", "fifties"),
        ("sixty", "sixties"),
        ("seventy", "seventies"),
        ("eighty", "eighties"),
        ("ninety", "nineties"),
    ];
    let mut number = None;
    for word in words {
        let value = if let Some(small) = SMALL.iter().position(|known| known == word) {
            small as u32
        } else if let Some(tens) = TENS.iter().position(|(ten, decade)| ten == word || decade == word) {
            (tens as u32 + 2) * 10
        } else if SILENT.contains(word) {
            continue;
        } else {
            return None;
        };
        number = Some(number.unwrap_or(0) + value);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::operate;

    #[track_caller]
    fn case(value: &str, expected: &str) {
        let kept = match operate(&AgeCap, &Entity::AGE, value, None, &[]) {
            Outcome::Keep => value.to_owned(),
            Outcome::Replace(text) => text,
            Outcome::Refuse(reason) => panic!("{reason}"),
        };
        assert_eq!(kept, expected);
    }

    #[test]
    fn the_limit_itself_stays() {
        case("89", "89");
        case("90", "[AGE_OVER-89]");
        case("aged 89 years", "aged 89 years");
        case("92-year-old", "[AGE_OVER-89]");
        case("101 years, 3 months", "[AGE]");
    }

    #[test]
    fn younger_units_stay_or_are_labelled() {
        case("6 months", "6 months");
        case("36 weeks", "36 weeks");
        case("1100 months", "[AGE]");
    }

    #[test]
    fn only_ages_are_ages() {
        for (entity, value) in [("CA_POSTAL_CODE", "K1A 0B1"), ("CASE_NUMBER", "44"), ("QUANTITY", "$12")] {
            let operated = operate(&AgeCap, &Entity::new(entity), value, None, &[]);
            assert_eq!(operated, Outcome::Replace(format!("[{entity}]")));
        }
    }

    #[test]
    fn reads_words() {
        case("forty-five years old", "forty-five years old");
        case("ninety-two", "[AGE_OVER-89]");
        case("in her eighties", "in her eighties");
        case("in his nineties", "[AGE_OVER-89]");
    }

    #[test]
    fn what_cannot_be_read_goes() {
        case("nonagenarian", "[AGE]");
        case("a hundred and two", "[AGE]");
        case("zweiundneunzig", "[AGE]");
        case("99999999999999999999", "[AGE]");
        case("٩٢", "[AGE]");
        case("", "[AGE]");
    }
}
