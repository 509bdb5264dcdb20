//! Dates in numbers.

use super::Form;
use super::month::exists;

/// A number at byte `at`: its value, how many digits it has and where it ends. At most eight digits.
pub(super) fn digits(text: &str, at: usize) -> Option<(u32, usize, usize)> {
    let run = text.as_bytes().get(at..)?;
    let len = run.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if len == 0 || len > 8 {
        return None;
    }
    let value = run[..len].iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
    Some((value, len, at + len))
}

/// A separator at byte `at`: `/`, `.`, `-` (or a typographic dash), where the next number starts, whether blanks stand around.
fn separator(text: &str, at: usize) -> Option<(u8, usize, bool)> {
    let bytes = text.as_bytes();
    let blank_before = usize::from(bytes.get(at) == Some(&b' '));
    let mark = at + blank_before;
    let (byte, width) = match bytes.get(mark..)? {
        [b'/', ..] => (b'/', 1),
        [b'.', ..] => (b'.', 1),
        [b'-', ..] => (b'-', 1),
        [0xe2, 0x80, 0x90..=0x95, ..] => (b'-', 3),
        _ => return None,
    };
    let blank_after = usize::from(bytes.get(mark + width) == Some(&b' '));
    // `12. 3. 1980` has blanks after only, `12 / 3 / 1980` on both sides.
    let even = blank_before == blank_after || byte == b'.' && blank_before == 0;
    even.then_some((byte, mark + width + blank_after, blank_after == 1))
}

fn is_year(value: u32, len: usize) -> bool {
    len == 4 && (1700..2200).contains(&value)
}

fn is_recent(value: u32, len: usize) -> bool {
    len == 4 && (1900..2100).contains(&value)
}

/// The date in numbers that starts at byte `start` of `text`: its end and form. Does not look at what stands around it.
pub fn numeric(text: &str, start: usize) -> Option<(usize, Form)> {
    let (a, a_len, a_end) = digits(text, start)?;
    if a_len == 8 {
        let day = exists(Some(a / 10_000), a / 100 % 100, a % 100);
        return (is_recent(a / 10_000, 4) && day).then_some((a_end, Form::Compact));
    }
    let (first, b_start, loose) = separator(text, a_end)?;
    let (b, b_len, b_end) = digits(text, b_start)?;
    let third = separator(text, b_end)
        .filter(|(second, _, second_loose)| *second == first && *second_loose == loose)
        .and_then(|(_, c_start, _)| digits(text, c_start));
    if let Some((c, c_len, c_end)) = third {
        return three(first, loose, (a, a_len), (b, b_len), (c, c_len)).map(|form| (c_end, form));
    }
    if loose {
        return None;
    }
    two(first, (a, a_len), (b, b_len)).map(|form| (b_end, form))
}

type Number = (u32, usize);

fn three(separator: u8, loose: bool, (a, a_len): Number, (b, b_len): Number, (c, c_len): Number) -> Option<Form> {
    if is_year(a, a_len) {
        return (b_len <= 2 && c_len <= 2 && (exists(Some(a), b, c))).then_some(Form::Numeric);
    }
    let is_day = |year| exists(year, a, b) || exists(year, b, a);
    if is_year(c, c_len) && a_len <= 3 && b_len <= 3 && a < 100 && b < 100 {
        let sound = a_len <= 2 && b_len <= 2 && is_day(Some(c));
        return Some(if sound { Form::Numeric } else { Form::Impossible });
    }
    if a_len > 2 || b_len > 2 {
        return None;
    }
    if c_len != 2 || loose || !is_day(None) {
        return None;
    }
    Some(match separator {
        b'.' if a_len == 2 && b_len == 2 => Form::NumericMonth,
        b'.' => Form::LikeVersion,
        b'-' if a_len == 1 && b_len == 1 => Form::NumericDay,
        _ => Form::ShortYear,
    })
}

fn two(separator: u8, (a, a_len): Number, (b, b_len): Number) -> Option<Form> {
    if is_recent(a, a_len) {
        if is_recent(b, b_len) {
            return (a < b && b - a <= 120 && separator != b'.').then_some(Form::Years);
        }
        // `2019/20`, but `2019-03` is a month.
        if b_len == 2 && b == (a + 1) % 100 && separator == b'/' {
            return Some(Form::Years);
        }
        return (b_len == 2 && (1..=12).contains(&b) && separator == b'-').then_some(Form::LooseMonth);
    }
    if a_len <= 2 && (1..=12).contains(&a) && is_recent(b, b_len) {
        // `1/2048` is a dilution.
        return (separator != b'/').then_some(Form::LooseMonth).or((b < 2048).then_some(Form::NumericMonth));
    }
    None
}
