//! `date-shift`: all dates of one person move by one secret number of days.
//!
//! The number follows from the key and the subject of the run (`Secrets::subject`), so that every document about a person moves
//! alike in every run and worker, and two persons move differently. It is never 0. Where no subject is told, all documents of
//! the run move alike. The days between two dates of one person stay exactly what they were, and so do times of day.
//!
//! *The form stays*: numbers, ISO 8601 with its time, months in letters in seven languages, ranges of days, `YYYYMMDD[HHMM]` of
//! DICOM and HL7; weekdays are those of the new day. See [`dates::Reading`](crate::dates::Reading). A holiday with its year becomes
//! the day that it is moved to: `Thanksgiving 2019` becomes `December 2, 2019`.
//!
//! *Labelled*: what is no whole date (`March 2019`, `12/2019`, `3 March`, a year, a time or weekday alone, `last Tuesday`, a
//! holiday without a year or of no certain day), a day that does not exist, a date in words, a list of days that would fall into two months, and a year beyond 1000
//! to 9999. A part of a date cannot be moved exactly: half a year on, `March` is September or, for the 31st, October.
//!
//! *Which of two numbers is the month* cannot be told from `03/04/1980`; `order` says it for the policy's documents. Dates that
//! are read the wrong way round are moved by as many days, but from another day: their intervals are wrong. Dates with
//! points are read day first, dates that exist in one order only in that.
//!
//! *What is left*: the order and distance of events, the time of day, about the year. A single known event of the person gives
//! all dates away. *The law*: not a transformation under Safe Harbor, which lets the year stay alone (45 CFR
//! 164.514(b)(2)(i)(C)); usual in Expert Determination and pseudonymisation.
//!
//! *A second run* moves dates again.

use super::keyed;
use super::{Context, Kind, Leaves, Operator, Outcome, Parameter, labelled};
use crate::dates::{Civil, Order, Reading, moved_holiday};
use crate::key::Key;
use crate::secrets::Needs;

/// Moves dates.
pub struct DateShift;

/// The order of day and month where a date does not tell it.
pub(super) const ORDER: Parameter = Parameter {
    name: "order",
    kind: Kind::Choice { default: MONTH_DAY, words: &[MONTH_DAY, "day-month"] },
    description: "What 03/04/1980 means: month first or day first.",
};
const MONTH_DAY: &str = "month-day";
/// The most days that a date moves where nothing is said.
pub(super) const DAYS: u32 = 365;

impl Operator for DateShift {
    fn id(&self) -> &'static str {
        "date-shift"
    }

    fn description(&self) -> &'static str {
        "Moves all dates of a person by the same secret number of days, in the form they are written in. Labels parts of dates."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "days",
                kind: Kind::Count { default: DAYS, least: 1, most: 36_500 },
                description: "The most days that a date moves.",
            },
            Parameter {
                name: "direction",
                kind: Kind::Choice { default: "both", words: &["both", "back", "forward"] },
                description: "Whether dates become earlier, later, or one of both by person.",
            },
            ORDER,
        ]
    }

    fn needs(&self) -> Needs {
        Needs::Key
    }

    fn leaves(&self) -> Leaves {
        Leaves::Derived
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let Some(key) = context.secrets.key else { return Outcome::Refuse("there is no key".to_owned()) };
        let days = context.parameters.count("days");
        let offset = offset(key, context.secrets.subject, days, context.parameters.text("direction"));
        let order = if context.parameters.text("order") == MONTH_DAY { Order::MonthDay } else { Order::DayMonth };
        shifted(context.value, offset, order).map_or_else(|| labelled(context), Outcome::Replace)
    }
}

/// By how many days the dates of a subject move: 1 to `most` there or back.
pub(super) fn offset(key: &Key, subject: &str, most: u32, direction: &str) -> i64 {
    let most = u64::from(most.max(1));
    let mac = keyed::derived(key, "date-shift").mac(&[subject.as_bytes()]);
    let number = mac.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let (days, sign) = (number % most + 1, number / most % 2);
    let back = match direction {
        "back" => true,
        "forward" => false,
        _ => sign == 0,
    };
    if back { -(days as i64) } else { days as i64 }
}

/// The date moved, if it is one.
pub(super) fn shifted(value: &str, days: i64, order: Order) -> Option<String> {
    let Some(reading) = Reading::new(value, order) else { return moved_holiday(value, days) };
    let new: Option<Vec<Civil>> = reading.days().iter().map(|day| day.plus(days)).collect();
    reading.with(&new?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::Value;
    use crate::operators::testing::{Asked, asked, key};

    #[track_caller]
    fn moved(subject: &str, value: &str, set: &[(&'static str, Value)]) -> String {
        let asking = Asked { entity: &Entity::DATE_TIME, value, subject, ..Asked::default() };
        match asked(&asking, &DateShift, set) {
            Outcome::Replace(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_it_makes_never_changes() {
        assert_eq!(moved("patient 1", "1980-03-04", &[]), "1980-12-10");
        assert_eq!(moved("patient 1", "March 4, 1980", &[]), "December 10, 1980");
        assert_eq!(moved("patient 2", "1980-03-04", &[]), "1979-11-07");
    }

    #[test]
    fn no_offset_is_zero_or_too_large() {
        for direction in ["both", "back", "forward"] {
            let all: Vec<i64> = (0..3000).map(|i| offset(&key(), &i.to_string(), 10, direction)).collect();
            assert!(all.iter().all(|days| (1..=10).contains(&days.abs())));
            assert_eq!(all.iter().any(|days| *days < 0), direction != "forward");
            assert_eq!(all.iter().any(|days| *days > 0), direction != "back");
            let mut different = all;
            different.sort_unstable();
            different.dedup();
            assert_eq!(different.len(), if direction == "both" { 20 } else { 10 });
        }
    }

    #[test]
    fn the_order_is_the_policy_s() {
        let order = |order: &str| moved("x", "03/04/1980", &[("order", Value::Text(order.into())), ("days", Value::Count(1))]);
        let both = [order("month-day"), order("day-month")];
        assert!(
            both == ["03/05/1980", "04/04/1980"].map(str::to_owned) || both == ["03/03/1980", "02/04/1980"].map(str::to_owned)
        );
    }

    #[test]
    fn parts_of_dates_are_labelled() {
        for value in ["March 2019", "2019", "10:30 am", "Tuesday", "30/02/1980", "Christmas", "", "Müller"] {
            assert_eq!(moved("x", value, &[]), "[DATE_TIME]", "{value}");
        }
    }
}
