//! `year`: of a date the year stays, `3 March 1980` becomes `1980`.
//!
//! What is a year, decade or span of years already stays; `March 1999 to May 2004` becomes `1999-2004`. Where no year can be told
//! (`last Tuesday`, `3 March`, a time, a holiday, a year of an era) the value is labelled.
//!
//! *Years of two digits* are widened only when there is one year they can stand for: with a `reference_year`, the hundred years up
//! to it, and for births the hundred and twenty up to it, so that `03/04/10` as a birth is nobody knows who's, born 1910 or
//! 2010. Else they are labelled.
//!
//! *Births* (`DATE_OF_BIRTH`): a year that makes the person older than `age_limit` in the `reference_year`, or may, becomes
//! `[BORN_BY-1936]`: born in that year or before. Without a reference year nothing tells how old anybody is, so a birth is
//! labelled, unless `age_limit` is 0, which means no limit.
//!
//! *What is left*: the year. *The law*: 45 CFR 164.514(b)(2)(i)(C) takes "all elements of dates (except year)", and of ages
//! over 89 the year as well; Federal Rule of Civil Procedure 5.2(a)(2) wants the year of birth alone (`age_limit` 0). Whether the
//! year of another event tells that somebody is older than 89 is not looked at.
//!
//! *A second run* leaves a year alone.

use super::{Context, Kind, Leaves, Operator, Outcome, Parameter, labelled};
use crate::dates::{Order, Reading};
use crate::entity::Entity;

/// Keeps the year of a date.
pub struct Year;

impl Operator for Year {
    fn id(&self) -> &'static str {
        "year"
    }

    fn description(&self) -> &'static str {
        "Keeps the year of a date; of births so long ago that they tell a great age, [BORN_BY-1936]. Labels what has no sure year."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "reference_year",
                kind: Kind::Count { default: 0, least: 0, most: 2199 },
                description: "The year in which the documents are given away, 0 when nobody says.",
            },
            Parameter {
                name: "age_limit",
                kind: Kind::Count { default: 89, least: 0, most: 150 },
                description: "The oldest age that a year of birth may tell, 0 for any.",
            },
        ]
    }

    fn leaves(&self) -> Leaves {
        Leaves::General
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let reference = context.parameters.count("reference_year");
        let limit = context.parameters.count("age_limit");
        let birth = *context.entity == Entity::DATE_OF_BIRTH;
        let Some(years) = read(context.value, |two| widened(two, reference, if birth { 120 } else { 100 })) else {
            return labelled(context);
        };
        if birth && limit > 0 {
            // Who was born in the year before the limit's is of that age or a year older, by the day of birth.
            let Some(oldest) = reference.checked_sub(limit + 1) else { return labelled(context) };
            match years {
                Years::One(year) if year <= oldest => return Outcome::Replace(format!("[BORN_BY-{oldest}]")),
                Years::Decade(year) | Years::Span(year, _) if year <= oldest => return labelled(context),
                _ => {}
            }
        }
        let text = match years {
            Years::One(year) => year.to_string(),
            Years::Decade(year) => format!("{year}s"),
            Years::Span(first, last) => format!("{first}-{last}"),
        };
        let same = |sign: char| if matches!(sign, '\u{2010}'..='\u{2015}' | '/') { '-' } else { sign };
        let plain: String = context.value.chars().map(same).filter(|sign| !matches!(sign, ' ' | '\'' | '\u{2019}')).collect();
        if plain == text { Outcome::Keep } else { Outcome::Replace(text) }
    }
}

/// What is known of when something was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Years {
    One(u32),
    Decade(u32),
    Span(u32, u32),
}

/// The only year of a window of so many years up to the reference year that ends in these two digits.
fn widened(two: u32, reference: u32, window: u32) -> Option<u32> {
    let century = reference.checked_sub(two)? / 100 * 100;
    let latest = century + two;
    let earlier = latest.checked_sub(100)?;
    (earlier + window <= reference).then_some(latest)
}

/// The years of a value.
fn read(value: &str, widened: impl Fn(u32) -> Option<u32>) -> Option<Years> {
    if let Some(reading) = Reading::new(value, Order::MonthDay) {
        let year = reading.days().first()?.year;
        return Some(Years::One(if reading.is_short() { widened(year % 100)? } else { year }));
    }
    in_part(value, widened)
}

/// The years of what is no whole date: `March 2019`, `12/2019`, `1999-2004`, `1980s`, `Mar '98`.
fn in_part(value: &str, widened: impl Fn(u32) -> Option<u32>) -> Option<Years> {
    // Times have numbers of four digits as well, eras count otherwise.
    const NOT: &[&str] = &["am", "pm", "a", "p", "h", "hrs", "hours", "uhr", "bc", "bce", "ce", "ad", "z", "utc", "gmt"];
    let lower = value.to_lowercase();
    let is_number = |sign: char| sign.is_numeric();
    if lower.contains(':') || lower.split(|sign: char| !sign.is_alphabetic()).any(|word| NOT.contains(&word)) {
        return None;
    }
    let mut years = Vec::new();
    let mut short = Vec::new();
    let mut rest = lower.as_str();
    let mut before = None;
    while let Some(start) = rest.find(is_number) {
        before = rest[..start].chars().next_back().or(before.filter(|_| start == 0));
        let run = &rest[start..];
        let end = run.find(|sign| !is_number(sign)).unwrap_or(run.len());
        let (digits, after) = run.split_at(end);
        let number: u32 = digits.parse().ok().filter(|_| digits.is_ascii())?;
        let decade = number.is_multiple_of(10)
            && ["s", "'s", "\u{2019}s"]
                .iter()
                .any(|ending| after.strip_prefix(ending).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
        match digits.len() {
            4 if (1500..2200).contains(&number) && decade => years.push(Years::Decade(number)),
            4 if (1500..2200).contains(&number) => years.push(Years::One(number)),
            1 | 2 if decade => return None,
            2 if matches!(before, Some('\'' | '\u{2019}')) || before == Some('-') && number > 31 => short.push(number),
            1 | 2 => {}
            _ => return None,
        }
        before = digits.chars().next_back();
        rest = after;
    }
    match (years.as_slice(), short.as_slice()) {
        ([one], []) => Some(*one),
        ([Years::One(first), Years::One(last)], []) if first == last => Some(Years::One(*first)),
        ([Years::One(first), Years::One(last)], []) if first < last => Some(Years::Span(*first, *last)),
        ([], [two]) => widened(*two).map(Years::One),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::Value;
    use crate::operators::testing::replaced;

    #[track_caller]
    fn case(value: &str, expected: &str) {
        assert_eq!(replaced(&Year, &Entity::DATE_TIME, value, &[]), expected, "{value}");
    }

    #[track_caller]
    fn birth(value: &str, reference: u32, limit: u32, expected: &str) {
        let set = [("reference_year", Value::Count(reference)), ("age_limit", Value::Count(limit))];
        assert_eq!(replaced(&Year, &Entity::DATE_OF_BIRTH, value, &set), expected, "{value}");
    }

    #[test]
    fn the_year_stays() {
        for value in [
            "3 March 1980",
            "03/04/1980",
            "1980-03-04T10:20:30Z",
            "March 1980",
            "12/1980",
            "1980-12",
            "spring 1980",
            "198003041020",
        ] {
            case(value, "1980");
        }
        for value in ["12 de marzo de 1980", "Montag, 3. M\u{e4}rz 1980", "early 1980", "the third of March, 1980", "1980/81"] {
            case(value, "1980");
        }
        case("March 1999 to May 2004", "1999-2004");
        case("1999 and 2004", "1999-2004");
    }

    #[test]
    fn years_are_kept_as_they_are() {
        for value in ["1980", "1980s", "1999-2004", "1999\u{2013}2004"] {
            let outcome = crate::operators::operate(&Year, &Entity::DATE_TIME, value, None, &[]);
            assert_eq!(outcome, Outcome::Keep, "{value}");
        }
    }

    #[test]
    fn what_has_no_year_is_labelled() {
        for value in [
            "3 March",
            "Tuesday",
            "last week",
            "10:30 am",
            "1830 hrs",
            "508 BC",
            "",
            "4/12",
            "'80s",
            "19",
            "1999, 2001, 2004",
            "2004-1999",
            "\u{662}\u{660}\u{661}\u{669}",
            "12345",
            "at 1630:00",
        ] {
            case(value, "[DATE_TIME]");
        }
    }

    #[test]
    fn two_digits_are_widened_only_when_sure() {
        case("03/04/80", "[DATE_TIME]");
        let in_2026 = |value: &str| replaced(&Year, &Entity::DATE_TIME, value, &[("reference_year", Value::Count(2026))]);
        assert_eq!(in_2026("03/04/80"), "1980");
        assert_eq!(in_2026("03/04/26"), "2026");
        assert_eq!(in_2026("03/04/27"), "1927");
        assert_eq!(in_2026("Mar '98"), "1998");
        assert_eq!(in_2026("17-Feb-23"), "2023");
        birth("03/04/80", 2026, 89, "1980");
        birth("03/04/10", 2026, 89, "[DATE_OF_BIRTH]");
        birth("03/04/30", 2026, 89, "[BORN_BY-1936]");
    }

    #[test]
    fn births_of_the_very_old_become_one_class() {
        birth("3 March 1910", 2026, 89, "[BORN_BY-1936]");
        birth("1936", 2026, 89, "[BORN_BY-1936]");
        birth("1937", 2026, 89, "1937");
        birth("3 March 1937", 2026, 89, "1937");
        birth("the 1930s", 2026, 89, "[DATE_OF_BIRTH]");
        birth("3 March 1980", 0, 89, "[DATE_OF_BIRTH]");
        birth("3 March 1910", 0, 0, "1910");
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_read(value in "\\PC{0,40}|[0-9'/s -]{0,16}") {
            let text = replaced(&Year, &Entity::DATE_TIME, &value, &[]);
            // Once more changes nothing.
            proptest::prop_assert!(text.starts_with('[') || replaced(&Year, &Entity::DATE_TIME, &text, &[]) == text);
        }
    }
}
