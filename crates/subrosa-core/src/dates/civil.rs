//! Days of the Gregorian calendar, counted.
//!
//! The calendar is taken to have always been in use (proleptic), as ISO 8601 does. Years run from 1 to 9999.

use super::month::exists;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    /// 1 to 9999.
    pub year: u32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

/// Days of the 400 years after which the calendar repeats.
const CYCLE: i64 = 146_097;

impl Civil {
    /// The day, if there is one.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        ((1..=9999).contains(&year) && exists(Some(year), month, day)).then_some(Self { year, month, day })
    }

    /// Days since the last of February of year 0. Years are counted from March, so that the leap day is their last.
    fn number(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        // Days before the month, counted from March: 0, 31, 61, 92, 122, 153, …
        let before = (153 * month + 2) / 5;
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + before + i64::from(self.day)
    }

    /// The day so many days later; nothing before the year 1 or after 9999.
    pub fn plus(self, days: i64) -> Option<Self> {
        let zero_based = self.number().checked_add(days)? - 1;
        let (cycle, rest) = (zero_based.div_euclid(CYCLE), zero_based.rem_euclid(CYCLE));
        // The last century of a cycle and the last year of four years have a day more.
        let century = (rest / 36_524).min(3);
        let rest = rest - century * 36_524;
        let (four, rest) = (rest / 1461, rest % 1461);
        let in_four = (rest / 365).min(3);
        let rest = rest - in_four * 365;
        let year = cycle * 400 + century * 100 + four * 4 + in_four;
        let month = (5 * rest + 2) / 153;
        let day = rest - (153 * month + 2) / 5 + 1;
        let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
        Self::new(u32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
    }

    /// Days from `self` to `other`; negative when that is earlier.
    pub fn until(self, other: Self) -> i64 {
        other.number() - self.number()
    }

    /// The day of the week: 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> usize {
        // 1 March of year 0, day 1 by this count, was a Wednesday.
        (self.number() + 1).rem_euclid(7) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: u32, month: u32, day: u32) -> Civil {
        Civil::new(year, month, day).unwrap()
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut now = day(1596, 1, 1);
        let mut weekday = now.weekday();
        for _ in 0..310_000 {
            let next = now.plus(1).unwrap();
            let same_month = (next.year, next.month, next.day) == (now.year, now.month, now.day + 1);
            let next_month = next.day == 1 && !exists(Some(now.year), now.month, now.day + 1);
            assert!(same_month || next_month, "{now:?} {next:?}");
            assert_eq!((now.until(next), next.until(now)), (1, -1));
            weekday = (weekday + 1) % 7;
            assert_eq!(next.weekday(), weekday);
            now = next;
        }
        assert!(now.year > 2400);
        assert_eq!(day(1, 1, 1).plus(3_652_058), Some(day(9999, 12, 31)));
        assert_eq!(day(9999, 12, 31).plus(1), None);
    }

    #[test]
    fn known_days() {
        assert_eq!(day(1970, 1, 1).weekday(), 3);
        assert_eq!(day(2000, 1, 1).weekday(), 5);
        assert_eq!(day(2024, 2, 29).weekday(), 3);
        assert_eq!(day(2024, 2, 29).plus(365), Some(day(2025, 2, 28)));
        assert_eq!(day(1999, 12, 31).until(day(2000, 3, 1)), 61);
        assert_eq!(Civil::new(2023, 2, 29), None);
        assert_eq!(day(1, 1, 1).plus(-1), None);
        assert_eq!(day(1, 1, 1).plus(i64::MIN), None);
    }
}
