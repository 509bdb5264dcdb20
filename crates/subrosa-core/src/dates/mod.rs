//! Reads dates and times as people write them, in English and the other large languages of western Europe.
//!
//! Three parts: [`numeric`] (`3/4/1980`, `1980-03-04`), `written` (`3rd of March, 1980`, `12. März 2019`, `in 1998`) and
//! `clock` (`10:30 am`). [`find`] puts them together at one number of a text. Days are checked against the calendar.
//!
//! [`find`] only says where a date stands and how much its form alone is worth, not which day it is, since which of day and
//! month comes first cannot be told from `3/4/1980`; [`Reading`] is told the order, reads a value and writes another day likewise. Numbers in words (`the third of March`) and phrases such as
//! `last month` are not read; a holiday with its year is ([`moved_holiday`]).

pub(crate) mod civil;
mod clock;
mod holidays;
mod languages;
mod month;
mod number;
mod phrase;
mod reading;
mod words;
mod written;

pub use civil::Civil;
pub use clock::time;
pub use holidays::moved as moved_holiday;
pub(crate) use languages::plain;
pub use number::numeric;
pub use phrase::phrases;
pub use reading::{Order, Reading};

use crate::block::Block;
use crate::span::Span;
use crate::token::{Gap, Kind};

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Year, month, day in numbers, the year with four digits.
    Numeric,
    /// The same with a year of two digits.
    ShortYear,
    /// The same with points and single digits: `3.4.80`, which can be a version.
    LikeVersion,
    /// Eight digits, `19800304`.
    Compact,
    /// Made like a date, but there is no such day: mistyped, if a label says that it is a date.
    Impossible,
    /// Month and year in numbers, `12/2019`.
    NumericMonth,
    /// The same with a point or hyphen.
    LooseMonth,
    /// Day and month in numbers after a cue, `on 4/12`.
    NumericDay,
    /// `1999-2004`.
    Years,
    /// Day, month in letters, year.
    Full,
    /// Day and month in letters.
    Day,
    /// Month in letters or season, and year.
    Month,
    /// The same with a year of two digits that is marked as such.
    MonthShort,
    /// A year after a cue.
    Year,
    /// `1980s`.
    Decade,
    /// A time of day that says so: `10:30 am`, `at 14:05`.
    Time,
    /// `14:05` alone, which can be many things.
    BareTime,
    /// A weekday alone: `Tuesday`.
    Weekday,
    /// The same in a language that writes it like a name, or small.
    WeekdayLoose,
    /// A month alone: `in March`.
    MonthName,
    /// A weekday or month seen from now: `last Friday`.
    RelativeDay,
    /// The same with a week, month or year, and `yesterday`.
    Relative,
    /// `Christmas Day`, `Thanksgiving 2019`, `at Easter`.
    Holiday,
}

impl Form {
    /// Name for explanations.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Numeric => "numeric",
            Self::ShortYear => "numeric-short-year",
            Self::LikeVersion => "numeric-dotted",
            Self::Compact => "compact",
            Self::Impossible => "impossible",
            Self::NumericMonth => "numeric-month",
            Self::LooseMonth => "numeric-month-loose",
            Self::NumericDay => "numeric-day",
            Self::Years => "years",
            Self::Full => "day-month-year",
            Self::Day => "day-month",
            Self::Month => "month-year",
            Self::MonthShort => "month-short-year",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Time => "time",
            Self::BareTime => "bare-time",
            Self::Weekday => "weekday",
            Self::WeekdayLoose => "weekday-loose",
            Self::MonthName => "month-name",
            Self::RelativeDay => "relative-day",
            Self::Relative => "relative",
            Self::Holiday => "holiday",
        }
    }

    /// Confidence of the form alone, in thousandths.
    pub const fn base(self) -> u16 {
        match self {
            Self::Full | Self::Numeric => 850,
            Self::Month => 750,
            Self::ShortYear | Self::Day => 650,
            Self::NumericMonth | Self::Decade | Self::Time | Self::RelativeDay | Self::Holiday => 600,
            Self::NumericDay | Self::MonthShort | Self::Year | Self::Years => 550,
            Self::Weekday | Self::MonthName => 520,
            Self::WeekdayLoose => 500,
            // Weeks and years ago fill texts; they tell a day only beside a word such as `seen`.
            Self::Relative => 400,
            Self::LikeVersion | Self::LooseMonth => 300,
            Self::Compact | Self::BareTime => 200,
            Self::Impossible => 100,
        }
    }

    /// Whether day, month and a year of four digits are all there.
    pub const fn is_complete(self) -> bool {
        matches!(self, Self::Numeric | Self::Full)
    }

    /// Whether it is a time of day only.
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Time | Self::BareTime)
    }
}

/// Where a date stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The whole expression.
    pub span: Span,
    /// How it is written.
    pub form: Form,
}

/// The date that the number at token `number` belongs to. Cheap when there is none: looks at a few tokens only.
pub fn find(block: &Block<'_>, number: usize) -> Option<Date> {
    let token = block.token(number)?;
    if token.kind != Kind::Number || token.len() > 14 {
        return None;
    }
    // No day, month or year has three, five, six or seven digits, but for `508 BC`.
    if token.is_digits() && !matches!(token.len(), 1 | 2 | 4 | 8) && phrase::era(block, number).is_none() {
        return None;
    }
    let start = token.start as usize;
    let mut date = if let Some((end, form)) = standing_alone(block, number) {
        Date { span: Span::new(start, end), form }
    } else if let Some((first, last, form)) = written::written(block, number) {
        Date { span: block.span(first, last), form }
    } else if let Some((first, last, form)) = phrase::era(block, number).or_else(|| written::year(block, number)) {
        Date { span: phrase::with_year_word(block, block.span(first, last)), form }
    } else {
        let (end, form) = clock::alone(block, number)?;
        return Some(Date { span: Span::new(start, end), form });
    };
    date.span.end = with_time(block, date);
    date.span.start = with_weekday(block, date.span.start);
    Some(date)
}

/// A date in numbers at token `number` that is no part of something longer, such as a version or a telephone number.
fn standing_alone(block: &Block<'_>, number: usize) -> Option<(usize, Form)> {
    let start = block.tokens[number].start as usize;
    let (end, form) = numeric(block.text, start).or_else(|| written::day_slash_month(block, number))?;
    let bytes = block.text.as_bytes();
    let own = bytes[start..end].iter().copied().find(|byte| !byte.is_ascii_digit());
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let joins = |byte: u8| Some(byte) == own || matches!(byte, b'.' | b',' | b'+' | b'\\' | b'$' | b'@');
    if is_word(bytes.get(end)) && !matches!(bytes[end], b'T' | b't') {
        return None;
    }
    let after = bytes.get(end).is_some_and(|byte| joins(*byte)) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    let before =
        start > 0 && (joins(bytes[start - 1]) && (is_word(bytes.get(start.wrapping_sub(2))) || bytes[start - 1] == b'$'));
    let money = start > 0 && matches!(block.str(number.wrapping_sub(1)), "€" | "£") && block.tokens[number].gap == Gap::None;
    (!after && !before && !money).then_some((end, form))
}

/// The end of the date with the time that follows: `2018-02-24 12:45:18`, `2024-03-04T10:20Z`, `3 March 1980, 10:30 am`.
fn with_time(block: &Block<'_>, date: Date) -> usize {
    let end = date.span.end;
    if !matches!(date.form, Form::Numeric | Form::ShortYear | Form::Full | Form::Day | Form::NumericDay) {
        return end;
    }
    let rest = &block.text.as_bytes()[end..];
    let skipped = match rest {
        [b'T' | b't' | b' ', b'0'..=b'9', ..] => 1,
        [b',', b' ', b'0'..=b'9', ..] => 2,
        // `3 March at 14:05`
        _ => match CLOCK_JOINTS.iter().find(|joint| rest.starts_with(joint.as_bytes())) {
            Some(joint) => joint.len(),
            None => return end,
        },
    };
    match time(block.text, end + skipped) {
        Some((time_end, _)) => time_end,
        None => end,
    }
}

/// What joins a time to its date.
const CLOCK_JOINTS: &[&str] = &[" at ", ", at ", " um ", " à ", " a las ", " alle ", " om ", " às "];

/// The start with the weekday before: `Monday, 3 March`, `Mon 3/4/1980`.
fn with_weekday(block: &Block<'_>, start: usize) -> usize {
    let mut at = block.token_at(start);
    if at == 0 || block.tokens[at].gap > Gap::Blank {
        return start;
    }
    at -= 1;
    while at > 0 && (block.tokens[at].is_byte(b',') || block.tokens[at].is_byte(b'.') || words::ARTICLES.at(block, at)) {
        if block.tokens[at].gap > Gap::Blank {
            return start;
        }
        at -= 1;
    }
    if words::WEEKDAYS.at(block, at) { block.tokens[at].start as usize } else { start }
}

#[cfg(test)]
mod tests;
