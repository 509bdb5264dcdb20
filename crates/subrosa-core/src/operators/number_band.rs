//! `number-band`: a number becomes the band it lies in, `[QUANTITY_120-129]`.
//!
//! For amounts and measures that single somebody out. Bands start at multiples of their width, and digits behind the decimal
//! point do not count; units and currencies go with the number. A comma before three digits is taken for a separator of
//! thousands, a point before exactly three digits for nothing that could be told: such a value is labelled, and so is one with
//! several numbers, a negative one, or one of more than fifteen digits. Numbers that name something are labelled too: the band of
//! an account number would be most of it.
//!
//! *What is left*: the number to within the width. *The law*: generalisation (rounding) in the sense of ISO/IEC 20889.

use super::{Context, Kind, Leaves, Operator, Outcome, Parameter, labelled};

/// What numbers count or measure.
const MEASURES: &[&str] = &["AGE", "DURATION", "LAB_TEST", "QUANTITY"];

/// Puts a band in a number's place.
pub struct NumberBand;

impl Operator for NumberBand {
    fn id(&self) -> &'static str {
        "number-band"
    }

    fn description(&self) -> &'static str {
        "Puts the band that a number lies in in its place: [QUANTITY_120-129]. For amounts, measures and ages; labels all else."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter {
            name: "width",
            kind: Kind::Count { default: 10, least: 2, most: 1_000_000_000 },
            description: "Numbers in a band.",
        }]
    }

    fn leaves(&self) -> Leaves {
        Leaves::General
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let width = u64::from(context.parameters.count("width")).max(1);
        let measure = MEASURES.contains(&context.entity.id());
        let Some(number) = whole(context.value).filter(|_| measure) else { return labelled(context) };
        let start = number - number % width;
        Outcome::Replace(format!("[{}_{start}-{}]", context.entity, start.saturating_add(width - 1)))
    }
}

/// The only number of the value, without what is behind its decimal point.
fn whole(value: &str) -> Option<u64> {
    let first = value.find(|sign: char| sign.is_ascii_digit())?;
    let last = value.rfind(|sign: char| sign.is_ascii_digit())?;
    let negative = value[..first].chars().next_back().is_some_and(|sign| matches!(sign, '-' | '\u{2212}' | '.' | ','));
    let written = value.get(first..=last)?;
    let foreign = value.chars().any(|sign| sign.is_numeric() && !sign.is_ascii_digit());
    if negative || foreign {
        return None;
    }
    let (whole, fraction) = match written.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (written, None),
    };
    let decimal = fraction.is_none_or(|digits| digits.len() != 3 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    let mut groups = whole.split(',');
    let head = groups.next().unwrap_or_default();
    let tail: Vec<&str> = groups.collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = tail.is_empty() || (head.len() <= 3 && tail.iter().all(|group| group.len() == 3 && digits(group)));
    if !(decimal && grouped && digits(head)) {
        return None;
    }
    let joined = head.to_owned() + &tail.concat();
    if joined.len() <= 15 { joined.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::Value;
    use crate::operators::testing::replaced;

    #[track_caller]
    fn case(value: &str, width: u32, expected: &str) {
        let quantity = Entity::new("QUANTITY");
        assert_eq!(replaced(&NumberBand, &quantity, value, &[("width", Value::Count(width))]), expected, "{value}");
    }

    #[test]
    fn bands() {
        case("125 mg", 10, "[QUANTITY_120-129]");
        case("120", 10, "[QUANTITY_120-129]");
        case("$52,300.50", 10_000, "[QUANTITY_50000-59999]");
        case("about 7.25 kg", 5, "[QUANTITY_5-9]");
        case("0.5", 2, "[QUANTITY_0-1]");
    }

    #[test]
    fn numbers_that_name_something_go() {
        for entity in ["ACCOUNT_NUMBER", "US_SSN", "CASE_NUMBER"] {
            let made = replaced(&NumberBand, &Entity::new(entity), "48213377", &[]);
            assert_eq!(made, format!("[{entity}]"));
        }
    }

    #[test]
    fn what_could_be_another_number_goes() {
        for value in [
            "1.234",
            "1.234,50",
            "12,34",
            "-5",
            "\u{2212}5",
            "3 to 4",
            "120/80",
            "1,2345",
            "٣",
            "",
            "x",
            ".5",
            "1234567890123456",
        ] {
            case(value, 10, "[QUANTITY]");
        }
    }
}
