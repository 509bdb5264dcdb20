//! Times as Outlook keeps them: hundreds of nanoseconds since 1601, in UTC.

const PER_SECOND: u64 = 10_000_000;
const DAY: u64 = 86_400;
/// Days from 0000-03-01 to 1601-01-01 in the calendar of today.
const DAYS_BEFORE_1601: u64 = 584_694;
/// The year that stands for "no date".
const NEVER: u64 = 4500;

/// The time as text, to the second; nothing where it says that there is none.
pub(super) fn text(time: u64) -> Option<String> {
    let seconds = time / PER_SECOND;
    if seconds == 0 {
        return None;
    }
    // Years begin in March here, so that the day that comes every four years is the last.
    let days = seconds / DAY + DAYS_BEFORE_1601;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = era * 400 + year + next;
    if year >= NEVER {
        return None;
    }
    let time = seconds % DAY;
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    Some(if time == 0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    })
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn times_are_dates() {
        assert_eq!(text(116_444_736_000_000_000).as_deref(), Some("1970-01-01"));
        assert_eq!(text(125_911_155_450_000_000).as_deref(), Some("1999-12-31 12:05:45"));
        assert_eq!(text(125_962_992_000_000_000).as_deref(), Some("2000-02-29 12:00:00"));
        assert_eq!(text(0), None);
        assert_eq!(text(0x0CB3_4557_A3DD_4000), None);
        assert_eq!(text(u64::MAX), None);
    }
}
