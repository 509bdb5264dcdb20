//! Points in time as the log writes them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A second in UTC, as RFC 3339 writes it: `2026-03-01T09:30:00Z`. Years 1970 to 9999, so that texts sort as times do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Time(String);

/// The text is no time of the form `2026-03-01T09:30:00Z`, nor a day `2026-03-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time is written 2026-03-01T09:30:00Z, a day 2026-03-01")]
pub struct InvalidTime;

/// The last second of the year 9999.
const LAST: u64 = 253_402_300_799;

impl Time {
    /// From seconds since 1970-01-01T00:00:00Z, leap seconds not counted. What is past the year 9999 becomes its end.
    pub fn from_unix(seconds: u64) -> Self {
        let seconds = seconds.min(LAST);
        let (year, month, day) = civil(seconds / 86_400);
        let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        Self(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Days since 1970-01-01 as year, month and day of the Gregorian calendar: years are counted from March, so that the leap day
/// comes last.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468; // from 0000-03-01
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day_of_month = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + u64::from(month <= 2), month, day_of_month)
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A time, or a day, which is its first second.
impl FromStr for Time {
    type Err = InvalidTime;

    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        let text = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
        let shape = text.bytes().map(|byte| if byte.is_ascii_digit() { b'9' } else { byte });
        if !shape.eq(b"9999-99-99T99:99:99Z".iter().copied()) {
            return Err(InvalidTime);
        }
        let part =
            |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<u8>().ok()).ok_or(InvalidTime);
        let year: u16 = text.get(..4).and_then(|digits| digits.parse().ok()).ok_or(InvalidTime)?;
        let (month, day, hour, minute, second) = (part(5..7)?, part(8..10)?, part(11..13)?, part(14..16)?, part(17..19)?);
        let is_day = year >= 1970 && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        if is_day && hour < 24 && minute < 60 && second < 60 { Ok(Self(text)) } else { Err(InvalidTime) }
    }
}

impl TryFrom<String> for Time {
    type Error = InvalidTime;

    fn try_from(text: String) -> Result<Self, InvalidTime> {
        let time: Self = text.parse()?;
        if time.0 == text { Ok(time) } else { Err(InvalidTime) }
    }
}

impl From<Time> for String {
    fn from(time: Time) -> Self {
        time.0
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_dates() {
        let written = |seconds| Time::from_unix(seconds).to_string();
        assert_eq!(written(0), "1970-01-01T00:00:00Z");
        assert_eq!(written(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(written(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(written(4_107_542_400), "2100-03-01T00:00:00Z");
        assert_eq!(written(1_772_357_400), "2026-03-01T09:30:00Z");
        assert_eq!(written(u64::MAX), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn every_day_of_five_centuries_follows_the_one_before() {
        let mut last = Time::from_unix(0);
        for day in 1..182_621 {
            let next = Time::from_unix(day * 86_400);
            assert!(last < next && next.as_str().parse() == Ok(next.clone()), "{last} {next}");
            last = next;
        }
        assert_eq!(last.as_str(), "2469-12-30T00:00:00Z");
    }

    #[test]
    fn only_times_are_times() {
        assert_eq!("2026-03-01".parse(), Ok(Time::from_unix(1_772_323_200)));
        for wrong in [
            "",
            "2026-03-01T09:30:00",
            "2026-03-01T09:30:00+00:00",
            "2026-02-29",
            "2026-13-01",
            "2026-03-01T24:00:00Z",
            "x026-03-01",
            "2026-03-0é",
        ] {
            assert_eq!(wrong.parse::<Time>(), Err(InvalidTime), "{wrong}");
        }
        // In an entry a day alone would be another writing of the same.
        assert_eq!(Time::try_from("2026-03-01".to_owned()), Err(InvalidTime));
    }
}
