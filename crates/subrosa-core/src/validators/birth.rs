//! Dates of birth inside numbers.

use super::number;

/// Whether there is such a day in some year that ends in `year`, or in that year when it has four digits.
pub const fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (year < 100 || !year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    1 <= day && day <= days
}

/// Whether six digits from `at` are year, month and day.
pub fn year_month_day(signs: &[u8], at: usize) -> bool {
    is_day(number(signs, at, at + 2), number(signs, at + 2, at + 4), number(signs, at + 4, at + 6))
}

/// Whether six digits from `at` are day, month and year.
pub fn day_month_year(signs: &[u8], at: usize) -> bool {
    is_day(number(signs, at + 4, at + 6), number(signs, at + 2, at + 4), number(signs, at, at + 2))
}

/// Whether eight digits from `at` are a year of the last or this century, month and day.
pub fn full_year_month_day(signs: &[u8], at: usize) -> bool {
    let year = number(signs, at, at + 4);
    (1880..2100).contains(&year) && is_day(year, number(signs, at + 4, at + 6), number(signs, at + 6, at + 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_calendar() {
        assert!(year_month_day(b"800229", 0) && day_month_year(b"x290280", 1) && full_year_month_day(b"20000229", 0));
        assert!(!year_month_day(b"810229", 0) && !full_year_month_day(b"19000229", 0) && !full_year_month_day(b"30000101", 0));
        assert!(!year_month_day(b"801301", 0) && !year_month_day(b"800100", 0) && !year_month_day(b"80", 0));
    }
}
