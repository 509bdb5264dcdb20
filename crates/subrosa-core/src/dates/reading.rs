//! Reads one date as it is written, and writes another day in the same way.
//!
//! The whole value has to be understood: weekday, day, month, year, and a time, in numbers (`03/04/1980`, `1980-03-04T10:20Z`,
//! `198003041020`) or with a month in letters (`3rd of March, 1980`, `12. März 2019`, `17-Feb-23`, `3-5 March 1980`). What is not
//! written so, or lacks the day, month or year, is not read at all.
//!
//! Which of day and month comes first in `03/04/1980` cannot be told from it, so whoever asks says which [`Order`] is meant; a
//! value that is a date in one order only, or has points, is read in that. Years of two digits are taken for 1969 to 2068:
//! what is written again are two digits, and only the leap day of 1900 would make a difference.

use super::civil::Civil;
use super::clock::time;
use super::languages::{self, ALL, CAPITALS, DE, EN, Mask};
use crate::span::Span;

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
            written += &match what {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// ASCII digits, with their value if there are at most eight.
    Number(u32),
    Word,
    Blank,
    /// `/`, `.`, `,`, `-` for every dash, `'` for every apostrophe; 0 for all others.
    Sign(u8),
}

#[derive(Clone, Copy)]
struct Lexeme {
    span: Span,
    kind: Kind,
}

fn lex(text: &str) -> Vec<Lexeme> {
    let class = |sign: char| match sign {
        '0'..='9' => 0,
        sign if sign.is_alphabetic() => 1,
        sign if sign.is_whitespace() => 2,
        _ => 3,
    };
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut last = 3;
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        let this = class(sign);
        if let Some(lexeme) = lexemes.last_mut().filter(|_| this == last && this != 3) {
            lexeme.span.end = end;
            continue;
        }
        last = this;
        let kind = match sign {
            _ if this == 0 => Kind::Number(0),
            _ if this == 1 => Kind::Word,
            _ if this == 2 => Kind::Blank,
            '\u{2010}'..='\u{2015}' | '-' => Kind::Sign(b'-'),
            '\u{2019}' | '\'' => Kind::Sign(b'\''),
            '/' | '.' | ',' | '&' => Kind::Sign(sign as u8),
            _ => Kind::Sign(0),
        };
        lexemes.push(Lexeme { span: Span::new(at, end), kind });
    }
    for lexeme in &mut lexemes {
        if let Kind::Number(value) = &mut lexeme.kind {
            *value = lexeme.span.of(text).get(..lexeme.span.len().min(8)).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        }
    }
    lexemes
}

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
    fn date(&mut self) -> Option<(Vec<Civil>, usize)> {
        let attempts: [fn(&mut Self) -> Option<(Vec<Civil>, usize)>; 4] =
            [Self::compact, Self::numeric, Self::day_first, Self::month_first];
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
    fn compact(&mut self) -> Option<(Vec<Civil>, usize)> {
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
    fn numeric(&mut self) -> Option<(Vec<Civil>, usize)> {
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
    fn day_first(&mut self) -> Option<(Vec<Civil>, usize)> {
        let first = self.peek()?;
        // `1980 March 3` and `1980-Mar-03`
        if first.span.len() == 4 {
            let (year, span) = self.number()?;
            self.push(span, Year { digits: 4 });
            let tight = self.joint(&[]);
            let month = self.month(tight)?;
            self.joint(&[]);
            let days = self.days(tight)?;
            return self.all(&days, month, (year, 4));
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
        self.all(&days, month, year)
    }

    /// `March 3rd, 1980`, `Mar. 3-5, 2019`
    fn month_first(&mut self) -> Option<(Vec<Civil>, usize)> {
        let month = self.month(false)?;
        let tight = self.joint(&["the"]);
        let days = self.days(tight)?;
        self.joint(&["of"]);
        let year = self.year()?;
        self.all(&days, month, year)
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

    fn all(&self, days: &[u32], month: u32, (year, digits): WithYear) -> Option<(Vec<Civil>, usize)> {
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
mod tests {
    use super::*;

    #[track_caller]
    fn shifted(text: &str, days: i64) -> Option<String> {
        let reading = Reading::new(text, Order::MonthDay)?;
        let new: Option<Vec<Civil>> = reading.days().iter().map(|day| day.plus(days)).collect();
        reading.with(&new?)
    }

    #[test]
    fn every_form_is_written_as_it_was() {
        let table = [
            // English
            ("3/4/1980", 10, "3/14/1980"),
            ("03/04/1980", 3, "03/07/1980"),
            ("12/25/1980", 10, "01/04/1981"),
            ("25/12/1980", 10, "04/01/1981"),
            ("3-4-80", 30, "4-3-80"),
            ("1980-03-04", -4, "1980-02-29"),
            ("1980/3/4", 1, "1980/3/5"),
            ("3 / 4 / 1980", 1, "3 / 5 / 1980"),
            ("March 3rd, 1980", 1, "March 4th, 1980"),
            ("March 3, 1980", 365, "March 3, 1981"),
            ("Mar. 3, 1980", 120, "Jul. 1, 1980"),
            ("MARCH 3, 1980", 60, "MAY 2, 1980"),
            ("3 March 1980", 1, "4 March 1980"),
            ("03 March 1980", 1, "04 March 1980"),
            ("3rd of March, 1980", 28, "31st of March, 1980"),
            ("the 3rd of March, 1980", 1, ""),
            ("Monday, 3 March 1980", 1, "Tuesday, 4 March 1980"),
            ("Mon 3/3/1980", 2, "Wed 3/5/1980"),
            ("Tuesday the 4th of March 1980", 2, "Thursday the 6th of March 1980"),
            ("17-Feb-2023", -10, "07-Feb-2023"),
            ("17-FEB-23", 100, "28-MAY-23"),
            ("7-May-2023", 30, "6-Jun-2023"),
            ("17Feb2023", 20, "09Mar2023"),
            ("2023-Feb-17", 1, "2023-Feb-18"),
            ("Mar 3 '98", 1, "Mar 4 '98"),
            ("3-5 March 1980", 10, "13-15 March 1980"),
            ("March 3-5, 2019", 1, "March 4-6, 2019"),
            ("12, 13 and 14 March 2019", 1, "13, 14 and 15 March 2019"),
            // times
            ("2024-03-04T10:20:30.123+01:00", 1, "2024-03-05T10:20:30.123+01:00"),
            ("2018-02-24 12:45:18", 5, "2018-03-01 12:45:18"),
            ("3 March 1980, 10:30 am", 1, "4 March 1980, 10:30 am"),
            ("3/4/1980 at 14:05", 1, "3/5/1980 at 14:05"),
            // machines
            ("19800304", 30, "19800403"),
            ("198003041020", -64, "197912311020"),
            ("19800304102030", 1, "19800305102030"),
            ("19800304102030.1234-0500", 1, "19800305102030.1234-0500"),
            // other languages
            ("12. März 2019", 20, "1. April 2019"),
            ("04.03.1980", 1, "05.03.1980"),
            ("3.4.1980", 1, "4.4.1980"),
            ("12. 3. 1980", 1, "13. 3. 1980"),
            ("Montag, den 3. März 1980", 1, "Dienstag, den 4. März 1980"),
            ("3. Mai 1980", 30, "2. Juni 1980"),
            ("12 de marzo de 2019", 31, "12 de abril de 2019"),
            ("martes, 12 de marzo de 2019", 1, "miércoles, 13 de marzo de 2019"),
            ("12 de abril de 2019", 30, "12 de mayo de 2019"),
            ("7 de março de 2011", -31, "4 de fevereiro de 2011"),
            ("segunda-feira, 7 de março de 2011", 5, "sábado, 12 de março de 2011"),
            ("3 mars 1980", 31, "3 avril 1980"),
            ("1er mars 1980", 1, "2 mars 1980"),
            ("lundi 3 mars 1980", 1, "mardi 4 mars 1980"),
            ("3 mai 1980", 31, "3 juin 1980"),
            ("2 d'août 2004", 31, "2 d'septembre 2004"),
            ("12 dicembre 2001", 20, "1 gennaio 2002"),
            ("5 mei 2012", 31, "5 juni 2012"),
            ("5 april 2012", 31, "6 mei 2012"),
            ("maandag 5 maart 2012", 1, "dinsdag 6 maart 2012"),
        ];
        let mut wrong = Vec::new();
        for (text, days, expected) in table {
            let made = shifted(text, days).unwrap_or_default();
            if made != expected {
                wrong.push(format!("{text} {days:+}: {made:?}, not {expected:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn the_order_decides_only_what_is_open() {
        let day = |text, order| Reading::new(text, order).map(|reading| reading.days()[0]);
        assert_eq!(day("3/4/1980", Order::MonthDay), Civil::new(1980, 3, 4));
        assert_eq!(day("3/4/1980", Order::DayMonth), Civil::new(1980, 4, 3));
        assert_eq!(day("3.4.1980", Order::MonthDay), Civil::new(1980, 4, 3));
        assert_eq!(day("13/4/1980", Order::MonthDay), Civil::new(1980, 4, 13));
        assert_eq!(day("4/13/1980", Order::DayMonth), Civil::new(1980, 4, 13));
    }

    #[test]
    fn what_is_not_wholly_understood_is_not_read() {
        for text in [
            "",
            "March 2019",
            "12/2019",
            "3 March",
            "4/12",
            "2019",
            "1980s",
            "1999-2004",
            "Tuesday",
            "last Tuesday",
            "Christmas 2019",
            "third of March, 1998",
            "30/02/1980",
            "29 February 2019",
            "3 March 1980 or so",
            "3 March 19800",
            "10:30 am",
            "spring 1998",
            "19801304",
            "198003042520",
            "1980030410203",
            "3/4-1980",
            "3//1980",
            "３ March 1980",
            "32 March 1980",
            "March 3.5.1980 at",
        ] {
            assert!(shifted(text, 1).is_none(), "{text}: {:?}", shifted(text, 1));
        }
    }

    #[test]
    fn days_that_part_company_are_not_written() {
        assert_eq!(shifted("30-31 March 1980", 1), None);
        assert_eq!(shifted("31 December 9999", 1), None);
        assert_eq!(shifted("1 January 1000", -1), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_read(text in "[0-9/., -]{0,20}|[0-9a-zA-Zéº'./, -]{0,30}", days in -4000_i64..4000) {
            let _ = shifted(&text, days);
        }

        #[test]
        fn intervals_are_kept(first in 0_i64..80_000, gap in 0_i64..4000, days in -3650_i64..3650, form in 0_usize..7) {
            let base = Civil::new(1850, 1, 1).unwrap();
            let write = |day: Civil| match form {
                0 => format!("{}/{}/{}", day.month, day.day, day.year),
                1 => format!("{:04}-{:02}-{:02}", day.year, day.month, day.day),
                2 => format!("{}. {} {}", day.day, languages::like("X", languages::month_name(day.month as usize - 1, DE, true)), day.year),
                3 => format!("{} {}, {}", languages::like("X", languages::month_name(day.month as usize - 1, EN, false)), day.day, day.year),
                4 => format!("{:04}{:02}{:02}1020", day.year, day.month, day.day),
                5 => format!("{} de {} de {}", day.day, languages::month_name(day.month as usize - 1, languages::PT, true), day.year),
                _ => format!("{:02}.{:02}.{}", day.day, day.month, day.year),
            };
            let one = base.plus(first).unwrap();
            let other = one.plus(gap).unwrap();
            let moved = |day: Civil| {
                let text = shifted(&write(day), days).unwrap();
                Reading::new(&text, Order::MonthDay).unwrap().days()[0]
            };
            proptest::prop_assert_eq!(one.until(moved(one)), days);
            proptest::prop_assert_eq!(moved(one).until(moved(other)), gap);
        }
    }
}
