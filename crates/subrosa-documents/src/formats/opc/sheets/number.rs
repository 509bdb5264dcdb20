//! Numbers of cells as a reader sees them: dates for serial numbers, digits behind a mask, no exponents.
//!
//! Not here: currencies, fractions, percentages, rounding. A number keeps all its digits, whatever the format shows; how the sheet
//! itself shows it is `format`'s.
//! Written to ECMA-376-1, 18.8.30 and 18.8.31 (number formats), 18.17.4 (dates and times).

/// How a style shows numbers, as far as it matters for what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Display {
    /// As a number.
    #[default]
    Plain,
    /// As a date, a time of day, or both.
    Date {
        /// Day, month or year are shown.
        day: bool,
        /// Hours, minutes or seconds are shown.
        time: bool,
    },
    /// Digits in places, with other characters between them: `000-00-0000`.
    Mask(String),
}

/// The display of a built-in format.
pub(super) fn built_in(id: u32) -> Display {
    match id {
        14..=17 | 27..=31 | 34..=36 | 50..=58 => Display::Date { day: true, time: false },
        18..=21 | 32 | 33 | 45 | 47 => Display::Date { day: false, time: true },
        22 => Display::Date { day: true, time: true },
        _ => Display::Plain,
    }
}

/// The display of a format's code.
pub(super) fn of_code(code: &str) -> Display {
    let (mut day, mut time, mut month) = (false, false, false);
    let mut mask = Some(String::new());
    let section = section_for_long_numbers(code);
    if section.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("general")) {
        return Display::Plain;
    }
    let mut chars = section.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => {
                let literal: String = chars.by_ref().take_while(|&char| char != '"').collect();
                push_literal(&mut mask, &literal);
            }
            '\\' => {
                if let Some(char) = chars.next() {
                    push_literal(&mut mask, char.encode_utf8(&mut [0; 4]));
                }
            }
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|&char| char != ']').collect();
                // `[h]` counts hours beyond a day: an amount, no time.
                if inside.chars().all(|char| matches!(char, 'h' | 'm' | 's' | 'H' | 'M' | 'S')) && !inside.is_empty() {
                    return Display::Plain;
                }
            }
            'y' | 'Y' | 'd' | 'D' | 'e' => day = true,
            'h' | 'H' | 's' | 'S' => time = true,
            'm' | 'M' => month = true,
            '0' | '#' | '?' => {
                if let Some(mask) = &mut mask {
                    mask.push(char);
                }
            }
            '-' | ' ' | '(' | ')' | '/' | '+' => push_literal(&mut mask, char.encode_utf8(&mut [0; 4])),
            _ => mask = None,
        }
    }
    if day || time || month {
        // `m` alone is a month, with hours or seconds it is minutes.
        return Display::Date { day: day || (month && !time), time };
    }
    match mask {
        Some(mask) if is_mask(&mask) => Display::Mask(mask),
        _ => Display::Plain,
    }
}

/// A code may have sections with conditions: `[<=9999999]###-####;(###) ###-####`. The last of those holds for long numbers.
fn section_for_long_numbers(code: &str) -> &str {
    let mut sections = code.split(';');
    let first = sections.next().unwrap_or_default();
    if first.starts_with("[<") { sections.next().unwrap_or(first) } else { first }
}

fn push_literal(mask: &mut Option<String>, literal: &str) {
    if literal.chars().any(|char| matches!(char, '0' | '#' | '?')) {
        *mask = None;
    } else if let Some(mask) = mask {
        mask.push_str(literal);
    }
}

/// Several digits, and either separators between them or zeros before them.
fn is_mask(mask: &str) -> bool {
    let places = mask.chars().filter(|&char| is_place(char)).count();
    let zeros = mask.chars().filter(|&char| char == '0').count();
    places >= 4 && (places < mask.chars().count() || zeros >= 4)
}

fn is_place(char: char) -> bool {
    matches!(char, '0' | '#' | '?')
}

/// What a reader sees of a number. `raw` is the number as the file has it.
pub(super) fn show(raw: &str, display: &Display, since_1904: bool) -> String {
    let plain = plain(raw);
    let shown = match display {
        Display::Plain => None,
        Display::Date { day, time } => raw.trim().parse().ok().and_then(|serial| date(serial, *day, *time, since_1904)),
        Display::Mask(mask) => masked(&plain, mask),
    };
    shown.unwrap_or(plain)
}

/// A number without an exponent and without the noise of binary fractions.
pub(super) fn plain(raw: &str) -> String {
    let raw = raw.trim();
    let short = raw.len() <= 15 && !raw.contains(['e', 'E']);
    match raw.parse::<f64>() {
        Ok(number) if !short && number.is_finite() && number.abs() < 1e21 => format!("{number}"),
        _ => raw.to_owned(),
    }
}

/// The digits of a whole number in the places of a mask, from the right.
fn masked(plain: &str, mask: &str) -> Option<String> {
    if plain.is_empty() || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut digits = plain.bytes().rev().map(char::from);
    let mut places = mask.chars().filter(|&char| is_place(char)).count();
    let mut out: Vec<char> = Vec::with_capacity(mask.len());
    for char in mask.chars().rev() {
        if is_place(char) {
            places -= 1;
            match digits.next() {
                Some(digit) => out.push(digit),
                None if char == '0' => out.push('0'),
                None => {}
            }
            if places == 0 {
                // What does not fit stands before the first place.
                out.extend(digits.by_ref());
            }
        } else {
            out.push(char);
        }
    }
    Some(out.iter().rev().collect::<String>().trim().to_owned())
}

/// The first serial number after the last day that programs can show, 9999-12-31.
const END: f64 = 2_958_466.0;
pub(super) const DAY: i64 = 86_400;

/// A serial number taken apart.
pub(super) struct Moment {
    pub(super) days: i64,
    /// Of the day.
    pub(super) seconds: i64,
}

/// The day and the second that a serial number stands for, where programs show any.
pub(super) fn moment(serial: f64) -> Option<Moment> {
    if !(0.0..END).contains(&serial) {
        return None;
    }
    let seconds = (serial * DAY as f64).round() as i64;
    Some(Moment { days: seconds.div_euclid(DAY), seconds: seconds.rem_euclid(DAY) })
}

/// `1980-05-03`, `1980-05-03 14:30`, `14:30:05`.
fn date(serial: f64, day: bool, time: bool, since_1904: bool) -> Option<String> {
    let Moment { days, seconds: rest } = moment(serial)?;
    let clock = || {
        let (hours, minutes, seconds) = (rest / 3600, rest / 60 % 60, rest % 60);
        if seconds == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{seconds:02}") }
    };
    if !day || (days == 0 && !since_1904) {
        return time.then(clock);
    }
    let (year, month, day) = civil(days + epoch(days, since_1904));
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if time && rest != 0 { format!("{date} {}", clock()) } else { date })
}

/// Days from 1970 to the day of serial number zero. In the system of 1900 there was a 29 February in that year.
pub(super) fn epoch(serial: i64, since_1904: bool) -> i64 {
    match (since_1904, serial < 60) {
        (true, _) => -24_107,
        (false, true) => -25_568,
        (false, false) => -25_569,
    }
}

/// The serial number of what [`show`] gave as a date, after an edit; nothing when it no longer is one.
pub(super) fn serial(text: &str, since_1904: bool) -> Option<String> {
    let (date, clock) = match text.split_once(' ') {
        Some((date, clock)) => (date, Some(clock)),
        None => (text, None),
    };
    let mut steps = date.split('-');
    let (year, month, day) = (number(steps.next()?, 4)?, number(steps.next()?, 2)?, number(steps.next()?, 2)?);
    if steps.next().is_some() {
        return None;
    }
    let days = days_of(year, month, day);
    if civil(days) != (year, month, day) {
        return None;
    }
    let late = days - epoch(60, since_1904);
    let serial = if late >= 60 || since_1904 { late } else { days - epoch(0, since_1904) };
    if serial < 1 {
        return None;
    }
    let Some(clock) = clock else { return Some(serial.to_string()) };
    Some(format!("{}", serial as f64 + seconds_of(clock)? as f64 / DAY as f64))
}

/// A whole number of so many digits.
fn number(text: &str, length: usize) -> Option<i64> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<i64>().ok()).flatten()
}

/// The seconds of `14:30` or `14:30:05`.
fn seconds_of(clock: &str) -> Option<i64> {
    let mut seconds = 0;
    let mut parts = clock.split(':');
    for (unit, most) in [(3600, 23), (60, 59), (1, 59)] {
        match parts.next() {
            Some(part) => seconds += unit * number(part, 2).filter(|part| *part <= most)?,
            None if unit == 1 => {}
            None => return None,
        }
    }
    parts.next().is_none().then_some(seconds)
}

/// The serial number of what [`show`] gave as a date or as a time of day.
pub(super) fn serial_or_time(text: &str, since_1904: bool) -> Option<f64> {
    match seconds_of(text) {
        Some(seconds) => Some(seconds as f64 / DAY as f64),
        None => serial(text, since_1904)?.parse().ok(),
    }
}

/// Year, month and day of a day counted from 1970 (Howard Hinnant, `chrono`-compatible low-level date algorithms).
pub(super) fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * shifted_month + 2) / 5 + 1)
}

fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * shifted_month + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_what_numbers_are() {
        let date = |day, time| Display::Date { day, time };
        assert_eq!(of_code("yyyy\\-mm\\-dd"), date(true, false));
        assert_eq!(of_code("[$-409]d/mmm/yy;@"), date(true, false));
        assert_eq!(of_code("mmmm"), date(true, false));
        assert_eq!(of_code("mm:ss"), date(false, true));
        assert_eq!(of_code("m/d/yy h:mm"), date(true, true));
        assert_eq!(of_code("[h]:mm"), Display::Plain);
        assert_eq!(of_code("\"day\" 0"), Display::Plain);
        assert_eq!(of_code("#,##0.00"), Display::Plain);
        assert_eq!(of_code("General"), Display::Plain);
        assert_eq!(of_code("000\\-00\\-0000"), Display::Mask("000-00-0000".to_owned()));
        assert_eq!(of_code("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####"), Display::Mask("(###) ###-####".to_owned()));
        assert_eq!(of_code("0"), Display::Plain);
    }

    #[test]
    fn numbers_read_as_people_see_them() {
        assert_eq!(show("4.11111111111111E15", &Display::Plain, false), "4111111111111110");
        assert_eq!(show("0.10000000000000001", &Display::Plain, false), "0.1");
        assert_eq!(show("0042", &Display::Plain, false), "0042");
        assert_eq!(show("1e999", &Display::Plain, false), "1e999");
        assert_eq!(show("12345678", &of_code("000-00-0000"), false), "012-34-5678");
        assert_eq!(show("2025550123", &of_code("(###) ###-####"), false), "(202) 555-0123");
        assert_eq!(show("12025550123", &of_code("(###) ###-####"), false), "(1202) 555-0123");
        assert_eq!(show("-5", &of_code("0000-00"), false), "-5");
    }

    #[test]
    fn serial_numbers_are_dates_and_back() {
        let date = built_in(14);
        let both = built_in(22);
        assert_eq!(show("29344", &date, false), "1980-05-03");
        assert_eq!(show("27882", &date, true), "1980-05-03");
        assert_eq!(show("29344.604166666668", &both, false), "1980-05-03 14:30");
        assert_eq!(show("0.604166666666667", &built_in(20), false), "14:30");
        assert_eq!(show("1", &date, false), "1900-01-01");
        assert_eq!(show("59", &date, false), "1900-02-28");
        assert_eq!(show("61", &date, false), "1900-03-01");
        assert_eq!(show("-3", &date, false), "-3");
        assert_eq!(show("nan", &date, false), "nan");
        for text in ["1980-05-03", "1900-01-01", "1900-03-01", "2000-02-29", "9999-12-31"] {
            assert_eq!(show(&serial(text, false).unwrap(), &date, false), text);
        }
        assert_eq!(show(&serial("1980-05-03 14:30", false).unwrap(), &both, false), "1980-05-03 14:30");
        assert_eq!(show(&serial("1980-05-03", true).unwrap(), &date, true), "1980-05-03");
        for text in ["[DATE]", "1980", "1980-02-30", "1980-05-03 25:00", "1880-01-01", "1980-05-03-01"] {
            assert_eq!(serial(text, false), None, "{text}");
        }
    }
}
