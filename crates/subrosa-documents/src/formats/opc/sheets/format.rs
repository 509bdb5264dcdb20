//! Numbers as a sheet shows them to who reads it: `5-Aug-24`, `12.5%`, `€1,234.50`.
//!
//! For the eye only: detection and writing keep to the number with all its digits ([`number`]). What would show fewer digits
//! before the point than the number has, or none at all, is not done: scaling by thousands, powers of ten, empty sections, sections
//! of words alone. Not here either: fractions, conditions, fractions of seconds, names of months in other languages than
//! English, formats that each reader's system has its own of.
//! Written to ECMA-376-1, 18.8.30 and 18.8.31 (number formats).

use std::fmt::Write as _;

use super::number::{self, Display};

/// Longer codes are no program's. Bytes.
const LONGEST: usize = 255;

/// A format's code, understood: what holds for positive numbers, negative ones and zero.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Format {
    sections: Vec<Option<Section>>,
}

#[derive(Debug, PartialEq, Eq)]
enum Section {
    Number(Figures),
    Date(Vec<Token>),
}

/// Where the digits stand, and what stands around them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Figures {
    before: String,
    after: String,
    /// Digits before the point that are shown even when they are zero.
    least: usize,
    /// Places behind the point: `true` for those that are shown even when they are zero.
    decimals: Vec<bool>,
    point: bool,
    thousands: bool,
    percents: i32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Literal(String),
    /// `y`, `m` (a month), `d`, `h`, `n` (minutes), `s`, and how many of them.
    Part(char, usize),
    /// Hours, minutes or seconds in all, beyond a day too.
    Elapsed(char, usize),
    /// `AM` or `PM`, by one letter or both.
    Half {
        short: bool,
    },
}

impl Format {
    /// The format of a code; nothing where no section of it is understood.
    pub(super) fn of_code(code: &str) -> Option<Self> {
        if code.len() > LONGEST {
            return None;
        }
        let sections: Vec<_> = sections(code).into_iter().take(3).map(section).collect();
        sections.iter().any(Option::is_some).then_some(Self { sections })
    }

    /// The format that has this number without the file saying so. Those with a date or a currency that each reader's system has
    /// its own of are left out.
    pub(super) fn built_in(id: u32) -> Option<Self> {
        let code = match id {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            37 | 38 => "#,##0 ;(#,##0)",
            39 | 40 => "#,##0.00;(#,##0.00)",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            _ => return None,
        };
        Self::of_code(code)
    }

    /// What the sheet shows where the cell's segment says `text`; nothing where that is the same, or is not known.
    pub(super) fn show(&self, text: &str, display: &Display, since_1904: bool) -> Option<String> {
        let number = match display {
            Display::Plain => text.parse().ok()?,
            Display::Date { .. } => number::serial_or_time(text, since_1904)?,
            Display::Mask(_) => return None,
        };
        let shown = self.shown(number, since_1904)?;
        let shown = shown.trim();
        (!shown.is_empty() && shown != text).then(|| shown.to_owned())
    }

    fn shown(&self, number: f64, since_1904: bool) -> Option<String> {
        if !number.is_finite() || number.abs() >= 1e15 {
            return None;
        }
        // What a format says of negative numbers has its sign in it.
        let (at, sign) = if number < 0.0 && self.sections.len() > 1 {
            (1, "")
        } else if number == 0.0 && self.sections.len() > 2 {
            (2, "")
        } else {
            (0, if number < 0.0 { "-" } else { "" })
        };
        match self.sections.get(at)?.as_ref()? {
            Section::Number(figures) => Some(figures.show(number.abs(), sign)),
            Section::Date(_) if number < 0.0 => None,
            Section::Date(tokens) => date(tokens, number, since_1904),
        }
    }
}

/// The sections of a code: semicolons that are in no literal part them.
fn sections(code: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut start, mut until, mut skip) = (0, None, false);
    for (at, char) in code.char_indices() {
        match (until, char) {
            _ if skip => skip = false,
            (Some(end), _) if char == end => until = None,
            (None, '"') => until = Some('"'),
            (None, '[') => until = Some(']'),
            (None, '\\' | '_' | '*') => skip = true,
            (None, ';') => {
                sections.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&code[start..]);
    sections
}

/// A piece of a section.
enum Piece {
    Literal(String),
    Sign(char),
    Elapsed(char, usize),
}

/// The pieces of a section; nothing where it has conditions or what is another reader's.
fn pieces(section: &str) -> Option<(Vec<Piece>, bool)> {
    let mut pieces = Vec::new();
    let mut english = true;
    let mut chars = section.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => pieces.push(Piece::Literal(chars.by_ref().take_while(|&char| char != '"').collect())),
            '\\' => pieces.push(Piece::Literal(chars.next()?.into())),
            '_' => {
                chars.next()?;
                pieces.push(Piece::Literal(" ".to_owned()));
            }
            // As many of that as the cell is wide.
            '*' => drop(chars.next()?),
            '[' => {
                let inside: String = chars.by_ref().take_while(|&char| char != ']').collect();
                if let Some(currency) = inside.strip_prefix('$') {
                    let (symbol, language) = currency.split_once('-').unwrap_or((currency, "en"));
                    pieces.push(Piece::Literal(symbol.to_owned()));
                    english = is_english(language)?;
                } else if let Some(unit) = elapsed(&inside) {
                    pieces.push(Piece::Elapsed(unit, inside.len()));
                } else if !inside.chars().all(|char| char.is_ascii_alphanumeric()) {
                    return None;
                }
            }
            _ => pieces.push(Piece::Sign(char)),
        }
    }
    Some((pieces, english))
}

/// Whether names of months are English: a language's name, or its number in hexadecimal. Nothing for other calendars and digits, and
/// for the formats of the reader's system.
fn is_english(language: &str) -> Option<bool> {
    match u32::from_str_radix(language, 16) {
        Ok(0xF400 | 0xF800) => None,
        Ok(number) => (number <= 0xFFFF).then_some(number & 0x3FF == 9),
        Err(_) => language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-').then(|| language.starts_with("en")),
    }
}

fn elapsed(inside: &str) -> Option<char> {
    let unit = inside.chars().next()?.to_ascii_lowercase();
    (matches!(unit, 'h' | 'm' | 's') && inside.chars().all(|char| char.eq_ignore_ascii_case(&unit))).then_some(unit)
}

fn section(section: &str) -> Option<Section> {
    let (pieces, english) = pieces(section)?;
    let is_date = pieces.iter().any(|piece| match piece {
        Piece::Elapsed(..) => true,
        Piece::Sign(char) => matches!(char.to_ascii_lowercase(), 'y' | 'd' | 'h' | 's' | 'm'),
        Piece::Literal(_) => false,
    });
    if is_date { tokens(&pieces, english).map(Section::Date) } else { figures(&pieces).map(Section::Number) }
}

fn figures(pieces: &[Piece]) -> Option<Figures> {
    let mut figures = Figures::default();
    let (mut places, mut over, mut comma) = (false, false, false);
    for piece in pieces {
        let sign = match piece {
            Piece::Literal(literal) => Err(literal.as_str()),
            Piece::Sign(sign) => Ok(*sign),
            Piece::Elapsed(..) => return None,
        };
        match sign {
            // Digits that something stands between: a mask.
            Ok('0' | '#' | '?') if over => return None,
            Ok(place @ ('0' | '#' | '?')) => {
                places = true;
                if figures.point {
                    figures.decimals.push(place == '0');
                } else {
                    figures.thousands |= std::mem::take(&mut comma);
                    figures.least += usize::from(place == '0');
                }
            }
            Ok(',') if places && !over && !figures.point => comma = true,
            Ok('.') if !over && !figures.point => figures.point = true,
            // Behind the last place: thousands, or millions.
            Ok(',') => return None,
            other => {
                over = places || figures.point;
                let side = if over { &mut figures.after } else { &mut figures.before };
                match other {
                    Ok('%') => {
                        figures.percents += 1;
                        side.push('%');
                    }
                    Ok(char) if "$-+():! ^&'~{}<>=€£¥".contains(char) => side.push(char),
                    Ok(_) => return None,
                    Err(literal) => side.push_str(literal),
                }
            }
        }
    }
    (places && !comma).then_some(figures)
}

impl Figures {
    /// A number that is not negative, with this sign in front.
    fn show(&self, number: f64, sign: &str) -> String {
        let (mut whole, mut part) = rounded(number, 2 * self.percents, self.decimals.len());
        let least = self.decimals.iter().rposition(|always| *always).map_or(0, |last| last + 1);
        while part.len() > least && part.ends_with('0') {
            part.pop();
        }
        let sign = if whole.bytes().chain(part.bytes()).all(|digit| digit == b'0') { "" } else { sign };
        if whole == "0" && self.least == 0 {
            whole.clear();
        }
        let mut whole = format!("{whole:0>width$}", width = self.least);
        if self.thousands {
            for at in (1..whole.len()).rev().filter(|at| (whole.len() - at).is_multiple_of(3)).collect::<Vec<_>>() {
                whole.insert(at, ',');
            }
        }
        let point = if self.point { "." } else { "" };
        format!("{sign}{}{whole}{point}{part}{}", self.before, self.after)
    }
}

/// The digits of `number` times ten to the power of `shift`, before the point and `decimals` behind it; five is rounded up.
fn rounded(number: f64, shift: i32, decimals: usize) -> (String, String) {
    let written = format!("{number:e}");
    let (digits, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let mut digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    let mut point = exponent.parse::<i32>().unwrap_or(0) + 1 + shift;
    while point < 1 {
        digits.insert(0, 0);
        point += 1;
    }
    // A number has 15 digits before its point at most, and a percentage a few more.
    let mut point = usize::try_from(point).unwrap_or(1);
    let end = point + decimals;
    let up = digits.get(end).is_some_and(|digit| *digit >= 5);
    digits.resize(end, 0);
    if up {
        let carried = digits.iter_mut().rev().all(|digit| {
            *digit = (*digit + 1) % 10;
            *digit == 0
        });
        if carried {
            digits.insert(0, 1);
            point += 1;
        }
    }
    let digits: String = digits.iter().map(|digit| char::from(digit + b'0')).collect();
    let (whole, part) = digits.split_at(point);
    let whole = whole.trim_start_matches('0');
    (if whole.is_empty() { "0" } else { whole }.to_owned(), part.to_owned())
}

fn tokens(pieces: &[Piece], english: bool) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += 1;
        let char = match piece {
            Piece::Literal(literal) => {
                tokens.push(Token::Literal(literal.clone()));
                continue;
            }
            Piece::Elapsed(unit, length) => {
                tokens.push(Token::Elapsed(*unit, *length));
                continue;
            }
            Piece::Sign(char) => char.to_ascii_lowercase(),
        };
        match char {
            'y' | 'm' | 'd' | 'h' | 's' => {
                let same = |piece: &&Piece| matches!(piece, Piece::Sign(other) if other.eq_ignore_ascii_case(&char));
                let more = pieces.get(at..).unwrap_or_default().iter().take_while(same).count();
                at += more;
                tokens.push(Token::Part(char, more + 1));
            }
            'a' => {
                let short = ahead(pieces, at, "/p");
                if !short && !ahead(pieces, at, "m/pm") {
                    return None;
                }
                at += if short { 2 } else { 4 };
                tokens.push(Token::Half { short });
            }
            '-' | '/' | ':' | ' ' | ',' | '.' | '(' | ')' | '+' => {
                // Parts of a second.
                if char == '.' && matches!(pieces.get(at), Some(Piece::Sign('0'))) {
                    return None;
                }
                tokens.push(Token::Literal(char.into()));
            }
            _ => return None,
        }
    }
    minutes(&mut tokens);
    let named = |token: &Token| matches!(token, Token::Part('m' | 'd', 3..));
    (english || !tokens.iter().any(named)).then_some(tokens)
}

/// Whether these letters follow, large or small.
fn ahead(pieces: &[Piece], at: usize, letters: &str) -> bool {
    letters
        .chars()
        .enumerate()
        .all(|(index, letter)| matches!(pieces.get(at + index), Some(Piece::Sign(char)) if char.eq_ignore_ascii_case(&letter)))
}

/// `m` is minutes right after hours and right before seconds.
fn minutes(tokens: &mut [Token]) {
    let unit = |token: &Token| match token {
        Token::Part(unit, _) | Token::Elapsed(unit, _) => Some(*unit),
        _ => None,
    };
    let units: Vec<(usize, char)> = tokens.iter().enumerate().filter_map(|(at, token)| Some((at, unit(token)?))).collect();
    for (index, (at, unit)) in units.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| units.get(before)).map(|(_, unit)| *unit);
        let after = units.get(index + 1).map(|(_, unit)| *unit);
        if *unit == 'm'
            && (before == Some('h') || after == Some('s'))
            && let Some(Token::Part(unit, 1..=2)) = tokens.get_mut(*at)
        {
            *unit = 'n';
        }
    }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

fn date(tokens: &[Token], serial: f64, since_1904: bool) -> Option<String> {
    let number::Moment { days, seconds } = number::moment(serial)?;
    let needs_day = tokens.iter().any(|token| matches!(token, Token::Part('y' | 'm' | 'd', _)));
    // Around the day that 1900 did not have, programs do not agree on weekdays.
    if needs_day && days < 61 && !since_1904 {
        return None;
    }
    let since_1970 = days + number::epoch(days, since_1904);
    let (year, month, day) = number::civil(since_1970);
    let month_name = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).copied()?;
    let day_name = usize::try_from((since_1970 + 4).rem_euclid(7)).ok().and_then(|day| DAYS.get(day)).copied()?;
    let halves = tokens.iter().any(|token| matches!(token, Token::Half { .. }));
    let hours = seconds / 3600;
    let hour = if halves { (hours + 11) % 12 + 1 } else { hours };
    let mut out = String::new();
    for token in tokens {
        let padded = |number: i64, length: usize| format!("{number:0>width$}", width = length.min(2));
        let piece = match token {
            Token::Literal(literal) => literal.clone(),
            Token::Part('y', ..=2) => padded(year % 100, 2),
            Token::Part('y', _) => year.to_string(),
            Token::Part('m', 3) => month_name.get(..3)?.to_owned(),
            Token::Part('m', 4) => month_name.to_owned(),
            Token::Part('m', 5) => month_name.get(..1)?.to_owned(),
            Token::Part('m', length @ ..=2) => padded(month, *length),
            Token::Part('d', 3) => day_name.get(..3)?.to_owned(),
            Token::Part('d', 4..) => day_name.to_owned(),
            Token::Part('d', length) => padded(day, *length),
            Token::Part('h', length) => padded(hour, *length),
            Token::Part('n', length) => padded(seconds / 60 % 60, *length),
            Token::Part('s', length) => padded(seconds % 60, *length),
            Token::Part(..) => return None,
            Token::Elapsed(unit, length) => {
                let all = days * number::DAY + seconds;
                let count = match unit {
                    'h' => all / 3600,
                    'm' => all / 60,
                    _ => all,
                };
                format!("{count:0>length$}")
            }
            Token::Half { short } => {
                let half = if hours < 12 { "AM" } else { "PM" };
                if *short { half.get(..1)?.to_owned() } else { half.to_owned() }
            }
        };
        let _ = write!(out, "{piece}");
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, number: &str, shown: Option<&str>) {
        let display = number::of_code(code);
        let text = number::show(number, &display, false);
        let told = Format::of_code(code).and_then(|format| format.show(&text, &display, false));
        assert_eq!(told.as_deref(), shown, "{code} of {number}");
    }

    #[test]
    fn numbers() {
        check("0", "1234.5", Some("1235"));
        check("0.00", "2", Some("2.00"));
        check("0.00", "0.125", Some("0.13"));
        check("0.0", "9.96", Some("10.0"));
        check("#,##0", "1234567", Some("1,234,567"));
        check("#,##0", "999.5", Some("1,000"));
        check("#,##0.00", "0.5", Some("0.50"));
        check("#.##", "0.5", Some(".5"));
        check("0.0##", "1.25", None);
        check("0.000", "1.005e-7", Some("0.000"));
        check("0", "0.4", Some("0"));
        check("000", "7", Some("007"));
    }

    #[test]
    fn signs() {
        check("0.0", "-1.25", Some("-1.3"));
        check("0.0", "-0.01", Some("0.0"));
        check("#,##0 ;(#,##0)", "-1234", Some("(1,234)"));
        check("0;-0;\"none\" 0", "0", Some("none 0"));
        check("0.0;[Red]0.0", "-1.25", Some("1.3"));
    }

    #[test]
    fn percentages_and_currencies() {
        check("0%", "0.25", Some("25%"));
        check("0.0%", "0.12345", Some("12.3%"));
        check("0%", "0.285", Some("29%"));
        check("$#,##0.00", "1234.5", Some("$1,234.50"));
        check("\"$\"#,##0.00", "-3", Some("-$3.00"));
        check("[$€-407] #,##0.00", "1234.5", Some("€ 1,234.50"));
        check("#,##0.00\\ [$€-1]", "7", Some("7.00 €"));
        check("_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)", "-12", Some("$(12.00)"));
        check("_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)", "0", Some("$-"));
        check("0 \"mg\"", "5", Some("5 mg"));
    }

    #[test]
    fn dates_and_times() {
        check("d-mmm-yy", "45509", Some("5-Aug-24"));
        check("dd/mm/yyyy", "45509", Some("05/08/2024"));
        check("dddd, mmmm d, yyyy", "45509", Some("Monday, August 5, 2024"));
        check("[$-409]mmmm\\ d\\,\\ yyyy;@", "45509", Some("August 5, 2024"));
        check("[$-C0A]d\\ mmm\\ yyyy;@", "45509", None);
        check("[$-C0A]dd\\.mm\\.yyyy;@", "45509", Some("05.08.2024"));
        check("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45509", None);
        check("yyyy-mm-dd", "45509", None);
        check("m/d/yy h:mm", "45509.604166666664", Some("8/5/24 14:30"));
        check("h:mm AM/PM", "0.604166666666667", Some("2:30 PM"));
        check("h:mm a/p", "0.0104166666666667", Some("12:15 A"));
        check("mm:ss", "0.00140046296296296", Some("02:01"));
        check("[h]:mm", "1.5", Some("36:00"));
        check("d mmm", "40", None);
    }

    #[test]
    fn what_would_hide_digits_is_left() {
        for code in ["0,", "#,##0,,\"M\"", "0.00E+00", ";;;", "\"yes\";\"no\"", "# ?/?", "General", "@", "[>100]0;0.0", "mm:ss.0"]
        {
            check(code, "2025550123", None);
        }
        check("000-00-0000", "12345678", None);
        assert_eq!(Format::of_code(&"0".repeat(256)), None);
    }

    #[test]
    fn built_in_formats_are_understood() {
        for id in 0..=49 {
            let known = !matches!(id, 0 | 5..=8 | 11..=14 | 22..=36 | 41..=44 | 47..=49);
            assert_eq!(Format::built_in(id).is_some(), known, "{id}");
        }
    }
}
