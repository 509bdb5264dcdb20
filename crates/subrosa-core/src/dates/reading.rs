//! Reads one date as it is written, and writes another day in the same way.
//!
//! The whole value has to be understood: weekday, day, month, year, and a time, in numbers (`03/04/1980`, `1980-03-04T10:20Z`,
//! `198003041020`) or with a month in letters (`3rd of March, 1980`, `12. März 2019`, `17-Feb-23`, `3-5 March 1980`). What is not
//! written so, or lacks the day, month or year, is not read at all.
//!
//! Which of day and month comes first in `03/04/1980` cannot be told from it, so whoever asks says which [`Order`] is meant; a
//! value that is a date in one order only, or has points, is read in that. Years of two digits are taken for 1969 to 2068:
//! what is written again are two digits, and only the leap day of 1900 would make a difference.

mod lex;

use super::civil::Civil;
use super::clock::time;
use super::languages::{self, ALL, CAPITALS, DE, EN, Mask};
use crate::span::Span;
use lex::{Kind, Lexeme, lex};

/// What the first of two numbers is that can both be day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `12/25/1980`
    MonthDay,
    /// `25/12/1980`
    DayMonth,
}

/// A date as it is written.
pub struct Reading<'t> {
    text: &'t str,
    /// What changes with the date, in order and disjoint; everything between stays.
    slots: Vec<Slot>,
    days: Vec<Civil>,
    /// Digits of the year.
    year_digits: usize,
}

/// A part of the text that says something of the date.
struct Slot {
    span: Span,
    what: What,
}

enum What {
    Weekday {
        languages: Mask,
        full: bool,
    },
    /// The day of the date of this index, filled up with zeros to this width.
    Day {
        index: usize,
        width: usize,
    },
    Ordinal,
    MonthNumber {
        width: usize,
    },
    MonthName {
        languages: Mask,
        full: bool,
    },
    Year {
        digits: usize,
    },
    /// Year, month and day in eight digits.
    Compact,
}

impl<'t> Reading<'t> {
    /// Reads a value that is one date, or several days of one month.
    pub fn new(text: &'t str, order: Order) -> Option<Self> {
        if text.len() > 80 {
            return None;
        }
        let lexemes = lex(text);
        let mut parser = Parser { text, lexemes: &lexemes, at: 0, order, slots: Vec::new(), hints: ALL };
        let (days, year_digits) = parser.date()?;
        let slots = parser.slots;
        Some(Self { text, slots, days, year_digits })
    }

    /// The days, in the order in which they are written.
    pub fn days(&self) -> &[Civil] {
        &self.days
    }

    /// Whether the year has two digits, so that its century is a guess.
    pub fn is_short(&self) -> bool {
        self.year_digits == 2
    }

    /// The text with other days: as many as [`days`](Self::days). Nothing when they cannot be written so: a list whose days are
    /// not in one month any more, or a year of more digits.
    pub fn with(&self, days: &[Civil]) -> Option<String> {
        let first = days.first()?;
        let one_month = days.iter().all(|day| (day.year, day.month) == (first.year, first.month));
        if days.len() != self.days.len() || !one_month || !(1000..=9999).contains(&first.year) {
            return None;
        }
        let mut written = String::with_capacity(self.text.len() + 8);
        let mut done = 0;
        let mut last_day = first.day;
        for Slot { span, what } in &self.slots {
            written.push_str(self.text.get(done..span.start)?);
            let old = self.text.get(span.range())?;
            let new = match what {
                Weekday { languages, full } => {
                    let name = languages::weekday_name(first.weekday(), *languages, *full);
                    languages::like(old, if old.contains('-') { name } else { name.trim_end_matches("-feira") })
                }
                Day { index, width } => {
                    last_day = days.get(*index)?.day;
                    format!("{last_day:0width$}")
                }
                Ordinal => ordinal(old, last_day),
                MonthNumber { width } => format!("{:0width$}", first.month),
                MonthName { languages, full } => {
                    languages::like(old, languages::month_name(first.month as usize - 1, *languages, *full))
                }
                Year { digits: 2 } => format!("{:02}", first.year % 100),
                Year { .. } => first.year.to_string(),
                Compact => format!("{:04}{:02}{:02}", first.year, first.month, first.day),
            };
            written.push_str(&new);
            done = span.end;
        }
        written.push_str(self.text.get(done..)?);
        Some(written)
    }
}

use What::{Compact, Day, MonthName, MonthNumber, Ordinal, Weekday, Year};

/// The ending of an ordinal number, for another number: `3rd` and `4th`, `1er` and `2`, `1º` and `2`.
fn ordinal(old: &str, day: u32) -> String {
    let new = match (old.to_ascii_lowercase().as_str(), day) {
        ("st" | "nd" | "rd" | "th", 1 | 21 | 31) => "st",
        ("st" | "nd" | "rd" | "th", 2 | 22) => "nd",
        ("st" | "nd" | "rd" | "th", 3 | 23) => "rd",
        ("st" | "nd" | "rd" | "th", _) => "th",
        ("er" | "º" | "ª", 1) | ("e", _) => return old.to_owned(),
        _ => "",
    };
    if old.starts_with(|sign: char| sign.is_uppercase()) { new.to_uppercase() } else { new.to_owned() }
}

/// The days of a value, and how many digits its year has.
type Days = (Vec<Civil>, usize);

/// A year with its digits.
type WithYear = (u32, usize);

struct Parser<'t, 'l> {
    text: &'t str,
    lexemes: &'l [Lexeme],
    at: usize,
    order: Order,
    slots: Vec<Slot>,
    hints: Mask,
}

impl Parser<'_, '_> {
    fn peek(&self) -> Option<Lexeme> {
        self.lexemes.get(self.at).copied()
    }

    fn word(&self) -> &str {
        self.peek().filter(|lexeme| lexeme.kind == Kind::Word).map_or("", |lexeme| lexeme.span.of(self.text))
    }

    /// Past a sign or blank of this kind, if one stands here.
    fn skip(&mut self, kind: Kind) -> bool {
        let there = self.peek().is_some_and(|lexeme| lexeme.kind == kind);
        self.at += usize::from(there);
        there
    }

    fn sign(&mut self, sign: u8) -> bool {
        self.skip(Kind::Sign(sign))
    }

    fn blank(&mut self) -> bool {
        self.skip(Kind::Blank)
    }

    /// Past one of these words, whose language is taken note of.
    fn one_of(&mut self, words: &[&str]) -> bool {
        let word = languages::plain(self.word());
        let there = words.contains(&word.as_str());
        if there {
            self.note(languages::hint(&word));
            self.at += 1;
        }
        there
    }

    /// Narrows the languages that the date can be in, unless nothing would be left.
    fn note(&mut self, languages: Mask) {
        if self.hints & languages != 0 {
            self.hints &= languages;
        }
    }

    fn number(&mut self) -> Option<(u32, Span)> {
        let lexeme = self.peek()?;
        let Kind::Number(value) = lexeme.kind else { return None };
        self.at += 1;
        Some((value, lexeme.span))
    }

    fn push(&mut self, span: Span, what: What) {
        self.slots.push(Slot { span, what });
    }

    /// The days of the value and how many digits the year has.
    fn date(&mut self) -> Option<Days> {
        let attempts: [fn(&mut Self) -> Option<Days>; 4] = [Self::compact, Self::numeric, Self::day_first, Self::month_first];
        // `Mar` is a month first and a weekday only where that comes to nothing.
        for with_weekday in [false, true] {
            for attempt in attempts {
                self.at = 0;
                self.hints = ALL;
                self.slots.clear();
                if with_weekday {
                    self.weekday();
                }
                if let Some(found) = attempt(self)
                    && self.ends_with_time()
                {
                    self.settle_languages();
                    return Some(found);
                }
            }
        }
        None
    }

    /// `Monday, `, `Mon. `, `segunda-feira, `, `Montag, den `
    fn weekday(&mut self) {
        let Some(first) = self.peek() else { return };
        let Some(name) = languages::weekday(self.word()) else { return };
        self.at += 1;
        let mut span = first.span;
        let dash = self.at;
        if self.sign(b'-') && languages::plain(self.word()) == "feira" {
            span.end = self.peek().map_or(span.end, |feira| feira.span.end);
            self.at += 1;
        } else {
            self.at = dash;
        }
        self.note(name.languages);
        // `segunda` is short for `segunda-feira` and no abbreviation.
        let full = name.full != 0 || first.span.len() > 5;
        self.push(span, Weekday { languages: name.languages, full });
        self.sign(b'.');
        self.sign(b',');
        self.blank();
        if self.one_of(&["the", "den", "dem", "der", "le", "el", "il", "o"]) {
            self.blank();
        }
    }

    /// `19800304`, and with a time `19800304102030.123+0100`.
    fn compact(&mut self) -> Option<Days> {
        let (value, span) = self.number()?;
        let digits = span.of(self.text);
        let clock = digits.get(8..)?;
        let pair = |at: usize| clock.get(at..at + 2).and_then(|pair| pair.parse::<u32>().ok());
        let sound = match clock.len() {
            0 => true,
            2 | 4 | 6 => pair(0)? < 24 && pair(2).is_none_or(|minute| minute < 60) && pair(4).is_none_or(|second| second <= 60),
            _ => false,
        };
        let date = Civil::new(value / 10_000, value / 100 % 100, value % 100).filter(|date| (1800..2200).contains(&date.year))?;
        self.push(Span::new(span.start, span.start + 8), Compact);
        if clock.len() == 6 && self.sign(b'.') {
            self.number()?;
        }
        if !clock.is_empty() {
            let zone = self.at;
            let plus = self.peek().is_some_and(|lexeme| lexeme.span.of(self.text) == "+");
            if plus || self.peek().is_some_and(|lexeme| lexeme.kind == Kind::Sign(b'-')) {
                self.at += 1;
                if self.number().is_none_or(|(_, span)| span.len() != 4) {
                    self.at = zone;
                }
            }
        }
        sound.then(|| (vec![date], 4))
    }

    /// `3/4/1980`, `1980-03-04`, `3.4.80`, `12. 3. 1980`
    fn numeric(&mut self) -> Option<Days> {
        let first = self.number()?;
        let separator = self.separator(None)?;
        let second = self.number()?;
        self.separator(Some(separator))?;
        let third = self.number()?;
        let width = |day: Span, month: Span| {
            let zero = [day, month].iter().any(|span| span.of(self.text).starts_with('0'));
            if zero || day.len() == 2 && month.len() == 2 { 2 } else { 1 }
        };
        let short = |span: Span| span.len() <= 2;
        if first.1.len() == 4 && short(second.1) && short(third.1) {
            let date = Civil::new(first.0, second.0, third.0)?;
            let width = width(third.1, second.1);
            self.push(first.1, Year { digits: 4 });
            self.push(second.1, MonthNumber { width });
            self.push(third.1, Day { index: 0, width });
            return Some((vec![date], 4));
        }
        if !short(first.1) || !short(second.1) {
            return None;
        }
        let (year, digits) = year(third)?;
        let day_month = Civil::new(year, second.0, first.0);
        let month_day = Civil::new(year, first.0, second.0);
        let day_first = match (day_month, month_day) {
            (Some(_), Some(_)) => separator == b'.' || self.order == Order::DayMonth,
            (one, _) => one.is_some(),
        };
        let (date, day, month) = if day_first { (day_month?, first, second) } else { (month_day?, second, first) };
        let width = width(day.1, month.1);
        let day = (day.1, Day { index: 0, width });
        let month = (month.1, MonthNumber { width });
        for (span, what) in if day_first { [day, month] } else { [month, day] } {
            self.push(span, what);
        }
        self.push(third.1, Year { digits });
        Some((vec![date], digits))
    }

    /// `/`, `-` or `.`, perhaps with blanks; the same one as before.
    fn separator(&mut self, before: Option<u8>) -> Option<u8> {
        self.blank();
        let Kind::Sign(sign) = self.peek()?.kind else { return None };
        let fits = before.map_or(matches!(sign, b'/' | b'-' | b'.'), |before| before == sign);
        self.at += usize::from(fits);
        self.blank();
        fits.then_some(sign)
    }

    /// `3rd of March, 1980`, `12. März 2019`, `17-Feb-23`, `17Feb2023`, `12, 13 and 14 March 2019`
    fn day_first(&mut self) -> Option<Days> {
        let first = self.peek()?;
        // `1980 March 3` and `1980-Mar-03`
        if first.span.len() == 4 {
            let (year, span) = self.number()?;
            self.push(span, Year { digits: 4 });
            let tight = self.joint(&[]);
            let month = self.month(tight)?;
            self.joint(&[]);
            let days = self.days(tight)?;
            return Self::all(&days, month, (year, 4));
        }
        let slots = self.slots.len();
        let days = self.days(false)?;
        let dotted = self.sign(b'.');
        if dotted {
            self.note(DE);
        }
        let tight = self.joint(&["of", "de", "di", "d"]);
        if tight {
            self.widen_days(slots);
        }
        let month = self.month(tight)?;
        self.joint(&["of", "de", "del", "do"]);
        let year = self.year()?;
        Self::all(&days, month, year)
    }

    /// `March 3rd, 1980`, `Mar. 3-5, 2019`
    fn month_first(&mut self) -> Option<Days> {
        let month = self.month(false)?;
        let tight = self.joint(&["the"]);
        let days = self.days(tight)?;
        self.joint(&["of"]);
        let year = self.year()?;
        Self::all(&days, month, year)
    }

    /// What stands between the parts: `.`, `,`, a blank, one of the words; or `-` or `/`, or nothing, which is tight.
    fn joint(&mut self, words: &[&str]) -> bool {
        if self.sign(b'-') || self.sign(b'/') {
            return true;
        }
        let start = self.at;
        self.sign(b'.');
        self.sign(b',');
        self.blank();
        if !words.is_empty() && self.one_of(words) {
            self.sign(b'\'');
            self.blank();
        }
        self.at == start
    }

    /// One or more days of a month.
    fn days(&mut self, tight: bool) -> Option<Vec<u32>> {
        let mut days = Vec::new();
        loop {
            let (day, span) = self.number()?;
            if span.len() > 2 || days.len() == 8 {
                return None;
            }
            let zero = span.of(self.text).starts_with('0');
            let width = if zero || tight { span.len() } else { 1 };
            self.push(span, Day { index: days.len(), width });
            days.push(day);
            self.ordinal();
            let start = self.at;
            if self.further_day() {
                continue;
            }
            self.at = start;
            return Some(days);
        }
    }

    /// Past what stands before a further day, if one follows: `-`, `, `, ` and `.
    fn further_day(&mut self) -> bool {
        self.sign(b'.');
        self.blank();
        let mark = self.sign(b'-') || self.sign(b',') || self.sign(b'/') || self.sign(b'&');
        self.blank();
        let word = self.one_of(&["to", "and", "or", "bis", "und", "y", "al", "et", "au", "e", "tot", "en", "a"]);
        self.blank();
        let day = self.peek().is_some_and(|next| matches!(next.kind, Kind::Number(1..=31)) && next.span.len() <= 2);
        (mark || word) && day
    }

    fn ordinal(&mut self) {
        let Some(ending) = self.peek() else { return };
        let word = self.word().to_lowercase();
        if matches!(word.as_str(), "st" | "nd" | "rd" | "th" | "er" | "º" | "ª" | "e") {
            self.note(languages::hint(&word));
            self.push(ending.span, Ordinal);
            self.at += 1;
        }
    }

    /// Days are as wide as they were where hyphens join them with the month.
    fn widen_days(&mut self, from: usize) {
        for slot in self.slots.iter_mut().skip(from) {
            if let Day { width, .. } = &mut slot.what {
                *width = slot.span.len();
            }
        }
    }

    /// The month in letters, counted from 0.
    fn month(&mut self, tight: bool) -> Option<u32> {
        let lexeme = self.peek()?;
        let name = languages::month(self.word())?;
        let capital = self.word().starts_with(char::is_uppercase);
        self.at += 1;
        self.note(name.languages);
        if !capital {
            self.note(!CAPITALS);
        }
        let dotted = self.peek().is_some_and(|next| next.kind == Kind::Sign(b'.'));
        // `May` is both: short where months are written short, before a point and between hyphens.
        let full = name.full != 0 && !(dotted || tight && lexeme.span.len() <= 4);
        self.push(lexeme.span, MonthName { languages: name.languages, full });
        Some(name.number as u32 + 1)
    }

    /// `1980`, `80`, `'80`
    fn year(&mut self) -> Option<WithYear> {
        self.blank();
        self.sign(b'\'');
        let number = self.number()?;
        let (year, digits) = year(number)?;
        self.push(number.1, Year { digits });
        Some((year, digits))
    }

    fn all(days: &[u32], month: u32, (year, digits): WithYear) -> Option<Days> {
        let days: Option<Vec<Civil>> = days.iter().map(|day| Civil::new(year, month, *day)).collect();
        days.map(|days| (days, digits))
    }

    /// Whether nothing follows but a time.
    fn ends_with_time(&self) -> bool {
        let Some(next) = self.peek() else { return true };
        let rest = self.text.get(next.span.start..).unwrap_or_default();
        let joints = [" at ", ", at ", " um ", " à ", " a las ", " alle ", " om ", " às ", ", ", "T", "t", " "];
        joints
            .iter()
            .filter(|joint| rest.starts_with(**joint))
            .any(|joint| time(self.text, next.span.start + joint.len()).is_some_and(|(end, _)| end == self.text.len()))
    }

    /// Gives names one language: one that all words of the date are in, if there is one.
    fn settle_languages(&mut self) {
        for slot in &mut self.slots {
            if let Weekday { languages, .. } | MonthName { languages, .. } = &mut slot.what {
                let common = *languages & self.hints;
                let one = if common == 0 { *languages } else { common };
                // A weekday is in English if it can be, like all else.
                *languages = if one == 0 { EN } else { one & one.wrapping_neg() };
            }
        }
    }
}

/// The year of a number of four or two digits.
fn year((value, span): (u32, Span)) -> Option<WithYear> {
    match span.len() {
        4 if (1000..=9999).contains(&value) => Some((value, 4)),
        2 => Some((if value <= 68 { 2000 + value } else { 1900 + value }, 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
