//! Holidays: `on Christmas Day`, `Thanksgiving 2019`, `Labor Day weekend`, `an Ostern`, `en Nochebuena`.
//!
//! A holiday is a date with another name. Those that fall on a day that can be reckoned have it with their year; `Mother's Day`,
//! `Independence Day` or `Ramadan` fall on other days in other countries or calendars, and are only known to be dates. Names of
//! holidays of the United States mean theirs: Thanksgiving is in November.
//!
//! A name that is nothing else (`Boxing Day`, `Karfreitag`) is a date wherever it stands. One that is also said of trees, eggs or
//! people (`Christmas`, `Easter`, `Silvester`) needs a word before it, `at Christmas`, or a year behind it, and nothing that it
//! would be part of (`Christmas tree`, `Easter Rogers`).
//!
//! *References*: Easter by the rule of the Gregorian calendar (computus); the days of the holidays of the United States,
//! 5 USC 6103; of the others, the calendars of their countries and churches.

use super::languages::{DE, EN, ES, FR, IT, Mask, NL, PT, month_name};
use super::{Civil, Date, Form, words, written};
use crate::block::Block;
use crate::keyword::Classes;
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind};

/// When a holiday is.
#[derive(Clone, Copy, Debug)]
enum When {
    /// Month and day.
    On(u32, u32),
    /// The so-manieth weekday (0 is Monday) of a month; 5 is the last. And so many days later.
    Nth(u32, usize, u32, i64),
    /// Days after Easter Sunday.
    Easter(i64),
    /// On a day that its name does not tell.
    Unknown,
}
use When::{Easter, Nth, On, Unknown};

/// How a holiday is written in small letters, when it is, whether its name is nothing else, and in what language.
type Holiday = (&'static str, When, bool, Mask);

/// Longer names before those that they begin with.
#[rustfmt::skip] // many a line
static HOLIDAYS: &[Holiday] = &[
    ("christmas eve", On(12, 24), true, EN), ("christmas day", On(12, 25), true, EN), ("christmas", On(12, 25), false, EN),
    ("xmas eve", On(12, 24), true, EN), ("xmas day", On(12, 25), true, EN), ("xmas", On(12, 25), false, EN),
    ("boxing day", On(12, 26), true, EN), ("new year's eve", On(12, 31), true, EN), ("new years eve", On(12, 31), true, EN),
    ("new year's day", On(1, 1), true, EN), ("new years day", On(1, 1), true, EN), ("new year's", On(1, 1), false, EN),
    ("martin luther king jr. day", Nth(1, 0, 3, 0), true, EN), ("martin luther king day", Nth(1, 0, 3, 0), true, EN),
    ("mlk day", Nth(1, 0, 3, 0), true, EN), ("presidents' day", Nth(2, 0, 3, 0), true, EN),
    ("presidents day", Nth(2, 0, 3, 0), true, EN), ("president's day", Nth(2, 0, 3, 0), true, EN),
    ("valentine's day", On(2, 14), true, EN), ("valentines day", On(2, 14), true, EN),
    ("st. patrick's day", On(3, 17), true, EN), ("st patrick's day", On(3, 17), true, EN),
    ("saint patrick's day", On(3, 17), true, EN), ("mardi gras", Easter(-47), true, EN | FR),
    ("ash wednesday", Easter(-46), true, EN), ("palm sunday", Easter(-7), true, EN), ("maundy thursday", Easter(-3), true, EN),
    ("good friday", Easter(-2), true, EN), ("easter sunday", Easter(0), true, EN), ("easter monday", Easter(1), true, EN),
    ("easter", Easter(0), false, EN), ("ascension day", Easter(39), true, EN), ("whit sunday", Easter(49), true, EN),
    ("whit monday", Easter(50), true, EN), ("pentecost", Easter(49), false, EN), ("anzac day", On(4, 25), true, EN),
    ("australia day", On(1, 26), true, EN), ("mother's day", Unknown, true, EN), ("mothers' day", Unknown, true, EN),
    ("father's day", Unknown, true, EN), ("fathers' day", Unknown, true, EN), ("memorial day", Nth(5, 0, 5, 0), true, EN),
    ("juneteenth", On(6, 19), true, EN), ("canada day", On(7, 1), true, EN), ("victoria day", Unknown, true, EN),
    ("independence day", Unknown, true, EN), ("fourth of july", On(7, 4), true, EN), ("labor day", Nth(9, 0, 1, 0), true, EN),
    ("labour day", Unknown, true, EN), ("columbus day", Nth(10, 0, 2, 0), true, EN),
    ("indigenous peoples' day", Nth(10, 0, 2, 0), true, EN), ("halloween", On(10, 31), false, EN),
    ("guy fawkes night", On(11, 5), true, EN), ("bonfire night", On(11, 5), true, EN), ("all saints' day", On(11, 1), true, EN),
    ("all saints day", On(11, 1), true, EN), ("veterans day", On(11, 11), true, EN), ("veterans' day", On(11, 11), true, EN),
    ("armistice day", On(11, 11), true, EN), ("remembrance day", On(11, 11), true, EN), ("remembrance sunday", Unknown, true, EN),
    ("thanksgiving day", Nth(11, 3, 4, 0), true, EN), ("thanksgiving", Nth(11, 3, 4, 0), false, EN),
    ("black friday", Nth(11, 3, 4, 1), false, EN), ("bank holiday monday", Unknown, true, EN),
    ("august bank holiday", Unknown, true, EN), ("yom kippur", Unknown, true, EN), ("rosh hashanah", Unknown, true, EN),
    ("hanukkah", Unknown, false, EN), ("chanukah", Unknown, false, EN), ("passover", Unknown, false, EN),
    ("ramadan", Unknown, false, ALL), ("eid al-fitr", Unknown, true, EN), ("eid al-adha", Unknown, true, EN),
    ("diwali", Unknown, false, EN), ("lunar new year", Unknown, true, EN), ("chinese new year", Unknown, true, EN),
    ("nochebuena", On(12, 24), true, ES), ("nochevieja", On(12, 31), true, ES), ("día de navidad", On(12, 25), true, ES),
    ("navidad", On(12, 25), false, ES), ("día de año nuevo", On(1, 1), true, ES), ("año nuevo", On(1, 1), false, ES),
    ("día de reyes", On(1, 6), true, ES), ("semana santa", Unknown, true, ES), ("domingo de ramos", Easter(-7), true, ES),
    ("jueves santo", Easter(-3), true, ES), ("viernes santo", Easter(-2), true, ES),
    ("domingo de resurrección", Easter(0), true, ES), ("lunes de pascua", Easter(1), true, ES),
    ("día de todos los santos", On(11, 1), true, ES), ("día de los muertos", On(11, 2), true, ES),
    ("día de la hispanidad", On(10, 12), true, ES), ("día de la constitución", On(12, 6), true, ES),
    ("heiligabend", On(12, 24), true, DE), ("heiliger abend", On(12, 24), true, DE), ("heiligen abend", On(12, 24), true, DE),
    ("ersten weihnachtstag", On(12, 25), true, DE), ("ersten weihnachtsfeiertag", On(12, 25), true, DE),
    ("zweiten weihnachtstag", On(12, 26), true, DE), ("zweiten weihnachtsfeiertag", On(12, 26), true, DE),
    ("weihnachten", On(12, 25), false, DE), ("silvesterabend", On(12, 31), true, DE), ("silvester", On(12, 31), false, DE),
    ("neujahrstag", On(1, 1), true, DE), ("neujahr", On(1, 1), false, DE), ("heilige drei könige", On(1, 6), true, DE),
    ("heiligen drei könige", On(1, 6), true, DE), ("rosenmontag", Easter(-48), true, DE), ("aschermittwoch", Easter(-46), true, DE),
    ("palmsonntag", Easter(-7), true, DE), ("gründonnerstag", Easter(-3), true, DE), ("karfreitag", Easter(-2), true, DE),
    ("ostersonntag", Easter(0), true, DE), ("ostermontag", Easter(1), true, DE), ("ostern", Easter(0), false, DE),
    ("christi himmelfahrt", Easter(39), true, DE), ("pfingstsonntag", Easter(49), true, DE),
    ("pfingstmontag", Easter(50), true, DE), ("pfingsten", Easter(49), false, DE), ("fronleichnam", Easter(60), true, DE),
    ("tag der arbeit", On(5, 1), true, DE), ("tag der deutschen einheit", On(10, 3), true, DE),
    ("reformationstag", On(10, 31), true, DE), ("allerheiligen", On(11, 1), true, DE),
    ("veille de noël", On(12, 24), true, FR), ("jour de noël", On(12, 25), true, FR), ("noël", On(12, 25), false, FR),
    ("jour de l'an", On(1, 1), true, FR), ("nouvel an", On(1, 1), false, FR), ("saint-sylvestre", On(12, 31), true, FR),
    ("vendredi saint", Easter(-2), true, FR), ("dimanche de pâques", Easter(0), true, FR), ("lundi de pâques", Easter(1), true, FR),
    ("pâques", Easter(0), false, FR), ("jeudi de l'ascension", Easter(39), true, FR), ("lundi de pentecôte", Easter(50), true, FR),
    ("pentecôte", Easter(49), false, FR), ("fête nationale", Unknown, true, FR), ("toussaint", On(11, 1), false, FR),
    ("vigilia di natale", On(12, 24), true, IT), ("giorno di natale", On(12, 25), true, IT), ("natale", On(12, 25), false, IT),
    ("capodanno", On(1, 1), true, IT), ("epifania", On(1, 6), false, IT), ("mercoledì delle ceneri", Easter(-46), true, IT),
    ("domenica delle palme", Easter(-7), true, IT), ("giovedì santo", Easter(-3), true, IT),
    ("venerdì santo", Easter(-2), true, IT), ("domenica di pasqua", Easter(0), true, IT), ("lunedì dell'angelo", Easter(1), true, IT),
    ("pasquetta", Easter(1), true, IT), ("pasqua", Easter(0), false, IT), ("ferragosto", On(8, 15), true, IT),
    ("ognissanti", On(11, 1), false, IT), ("festa della repubblica", On(6, 2), true, IT),
    ("festa della liberazione", On(4, 25), true, IT),
    ("kerstavond", On(12, 24), true, NL), ("eerste kerstdag", On(12, 25), true, NL), ("tweede kerstdag", On(12, 26), true, NL),
    ("kerstmis", On(12, 25), false, NL), ("kerst", On(12, 25), false, NL), ("oudejaarsavond", On(12, 31), true, NL),
    ("nieuwjaarsdag", On(1, 1), true, NL), ("goede vrijdag", Easter(-2), true, NL), ("eerste paasdag", Easter(0), true, NL),
    ("tweede paasdag", Easter(1), true, NL), ("paasmaandag", Easter(1), true, NL), ("pasen", Easter(0), false, NL),
    ("koningsdag", Unknown, true, NL), ("bevrijdingsdag", On(5, 5), true, NL), ("hemelvaartsdag", Easter(39), true, NL),
    ("eerste pinksterdag", Easter(49), true, NL), ("tweede pinksterdag", Easter(50), true, NL),
    ("pinksteren", Easter(49), false, NL), ("sinterklaasavond", On(12, 5), true, NL),
    ("véspera de natal", On(12, 24), true, PT), ("dia de natal", On(12, 25), true, PT), ("véspera de ano novo", On(12, 31), true, PT),
    ("dia de ano novo", On(1, 1), true, PT), ("ano novo", On(1, 1), false, PT), ("quarta-feira de cinzas", Easter(-46), true, PT),
    ("terça-feira de carnaval", Easter(-47), true, PT), ("domingo de ramos", Easter(-7), true, PT),
    ("sexta-feira santa", Easter(-2), true, PT), ("domingo de páscoa", Easter(0), true, PT), ("páscoa", Easter(0), false, PT),
    ("dia de todos os santos", On(11, 1), true, PT), ("dia do trabalhador", On(5, 1), true, PT),
    ("dia da independência", Unknown, true, PT),
];

const ALL: Mask = super::languages::ALL;

/// Words before a name that is also said of other things.
static CUES: Words = Words::new(&[
    "at", "on", "over", "since", "before", "after", "around", "until", "till", "by", "last", "this", "next", "during", "from",
    "past", "every", "en", "por", "desde", "para", "tras", "hasta", "an", "zu", "seit", "nach", "vor", "bis", "über", "um",
    "letzte", "letztes", "letzten", "à", "pour", "depuis", "avant", "après", "jusqu", "dernier", "a", "per", "dopo", "prima",
    "scorso", "met", "sinds", "voor", "na", "rond", "op", "vorige", "no", "até", "desde", "após",
]);

/// Words between a cue and a name: `à la Toussaint`.
static ARTICLES: Words = Words::new(&["the", "la", "el", "le", "der", "dem", "de", "het", "o", "l"]);

/// Words that go with a holiday and are a date like it: `Labor Day weekend`, `Christmas morning`.
static PARTS: Words =
    Words::new(&["weekend", "week", "morning", "afternoon", "evening", "night", "eve", "break", "holiday", "holidays", "season"]);

/// Small words that can follow a name without being said of it.
static FOLLOWING: Words = Words::new(&[
    "and", "or", "but", "to", "in", "at", "on", "of", "with", "when", "while", "he", "she", "they", "we", "i", "it", "his",
    "her", "their", "the", "was", "were", "is", "because", "after", "before", "for", "as", "from", "until", "this", "last", "y",
    "e", "und", "et", "en", "con", "mit", "avec", "met", "de", "del", "que", "war", "ist", "a", "o",
]);

/// Calls `found` with each holiday of the block.
pub(super) fn holidays(block: &Block<'_>, mut found: impl FnMut(Date)) {
    let mut done = 0;
    for keyword in block.keywords(Classes::HOLIDAY) {
        let start = block.tokens[keyword.token].start as usize;
        if start < done {
            continue;
        }
        let Some((holiday, end)) = named(block.text, start) else { continue };
        if let Some(date) = holiday_at(block, keyword.token, *holiday, end) {
            done = date.span.end;
            found(date);
        }
    }
}

fn holiday_at(block: &Block<'_>, first: usize, (_, _, sure, languages): Holiday, end: usize) -> Option<Date> {
    // English and German write them large; small ones are mostly other words.
    if languages & !(EN | DE) == 0 && !block.tokens[first].is_capitalised() {
        return None;
    }
    let mut last = block.token_at(end - 1);
    let joins = |index: usize| block.token(index).is_some_and(|token| token.gap == Gap::None && token.is_byte(b'-'));
    if joins(last + 1) || first > 0 && joins(first) {
        return None;
    }
    let near = |index: usize| block.token(index).is_some_and(|token| token.gap <= Gap::Line);
    let mut part = false;
    if near(last + 1) && PARTS.at(block, last + 1) {
        last += 1;
        part = true;
    }
    let year = written::year_after(block, last, false);
    if let Some((at, _)) = year {
        return Some(Date { span: block.span(first, at), form: Form::Holiday });
    }
    let next = block.token(last + 1).filter(|next| next.gap <= Gap::Line && next.kind == Kind::Word);
    // `Good Friday Agreement`, `Easter Rogers`; after a line end a sentence or a field may begin.
    if next.is_some_and(|next| next.is_capitalised() && next.gap <= Gap::Blank && !words::WEEKDAYS.at(block, last + 1)) {
        return None;
    }
    if !sure {
        let before = first.checked_sub(1)?;
        let before = if ARTICLES.at(block, before) { before.checked_sub(1).unwrap_or(before) } else { before };
        let cued = CUES.at(block, before) && near(first);
        // `Christmas tree`, `Easter eggs`
        let of_something = next.is_some() && !part && !FOLLOWING.at(block, last + 1);
        if !cued || of_something {
            return None;
        }
    }
    Some(Date { span: block.span(first, last), form: Form::Holiday })
}

/// The holiday whose name begins at `start`, and where it ends.
fn named(text: &str, start: usize) -> Option<(&'static Holiday, usize)> {
    let rest = text.get(start..)?;
    let first = rest.chars().next()?.to_lowercase().next();
    let mut likely = HOLIDAYS.iter().filter(|holiday| holiday.0.chars().next() == first);
    likely.find_map(|holiday| Some((holiday, start + prefix(rest, holiday.0)?)))
}

/// How long the name is at the start of the text, if it stands there as words of its own.
fn prefix(text: &str, name: &str) -> Option<usize> {
    let mut signs = text.char_indices().peekable();
    for expected in name.chars() {
        let (_, sign) = signs.next()?;
        let same = match expected {
            ' ' => sign.is_whitespace(),
            '\'' => matches!(sign, '\'' | '\u{2019}'),
            _ => sign == expected || sign.to_lowercase().eq([expected]),
        };
        if !same {
            return None;
        }
    }
    let (end, next) = signs.peek().copied().unwrap_or((text.len(), ' '));
    (!next.is_alphanumeric()).then_some(end)
}

/// The day of a value that is a holiday and its year, with the language it is in.
fn day(value: &str) -> Option<(Civil, Mask)> {
    let ((_, when, _, languages), end) = named(value, 0)?;
    let rest = value.get(end..)?.trim_start_matches([' ', ',']);
    let rest = ["of ", "de ", "del ", "in "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let year = rest.parse().ok().filter(|year| rest.len() == 4 && (1583..=9999).contains(year))?;
    Some((on(*when, year)?, *languages))
}

/// The day so many days after a holiday of a year, as its language writes days; nothing for all else.
pub fn moved(value: &str, days: i64) -> Option<String> {
    let (day, languages) = day(value)?;
    let Civil { year, month, day } = day.plus(days)?;
    let name = month_name(month as usize - 1, languages, true);
    let large = || {
        let mut signs = name.chars();
        signs.next().map(|first| first.to_uppercase().collect::<String>() + signs.as_str()).unwrap_or_default()
    };
    Some(match languages {
        ES | PT => format!("{day} de {name} de {year}"),
        DE => format!("{day}. {} {year}", large()),
        FR | IT | NL => format!("{day} {name} {year}"),
        _ => format!("{} {day}, {year}", large()),
    })
}

fn on(when: When, year: u32) -> Option<Civil> {
    match when {
        On(month, day) => Civil::new(year, month, day),
        Nth(month, weekday, which, later) => {
            let first = Civil::new(year, month, 1)?;
            let day = 1 + (7 + weekday - first.weekday()) as u32 % 7 + 7 * (which - 1);
            // The fifth, or else the fourth, is the last.
            Civil::new(year, month, day).or_else(|| Civil::new(year, month, day - 7))?.plus(later)
        }
        Easter(later) => easter(year)?.plus(later),
        Unknown => None,
    }
}

/// Easter Sunday of the Gregorian calendar.
fn easter(year: u32) -> Option<Civil> {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let (leaps, correction) = (century / 4, (century + 8) / 25);
    let moon = (19 * golden + century - leaps - (century - correction + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday + 114 - 7 * late;
    Civil::new(year, days / 31, days % 31 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marked;
    use crate::token::tokenise;

    fn found(text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        tokenise(text, &mut tokens);
        let mut found = Vec::new();
        holidays(&Block::new(text, &tokens, &[]), |date| found.push(date.span.of(text).to_owned()));
        found
    }

    #[test]
    fn every_name_is_read_whole() {
        for (name, ..) in HOLIDAYS {
            assert_eq!(named(name, 0).map(|(_, end)| end), Some(name.len()), "a shorter name stands before {name}");
            let mut signs = name.chars();
            let large: String = signs.next().unwrap().to_uppercase().chain(signs).collect();
            assert_eq!(found(&format!("Seen on {large} 2019.")), [format!("{large} 2019")], "its first word wakes nobody");
        }
    }

    #[test]
    fn holidays_and_what_is_only_called_like_them() {
        let table = [
            "Fell on ⟦Christmas Day⟧ and came in ⟦Boxing Day⟧.",
            "Admitted over ⟦Labor Day weekend⟧; last seen at ⟦Thanksgiving⟧.",
            "⟦Thanksgiving 2019⟧ and ⟦Good Friday, 2018⟧, before ⟦New Year’s Eve⟧",
            "She has drunk since ⟦Christmas⟧ and stopped at ⟦Easter⟧",
            "an ⟦Heiligabend⟧, zu ⟦Ostern⟧, seit ⟦Karfreitag 2020⟧, an ⟦Silvester⟧",
            "en ⟦Nochebuena⟧, desde ⟦Navidad⟧, el ⟦viernes santo⟧",
            "la ⟦veille de Noël⟧, depuis ⟦Pâques⟧, à la ⟦Toussaint⟧",
            "la ⟦vigilia di Natale⟧, dopo ⟦Pasqua⟧, a ⟦Ferragosto⟧",
            "op ⟦Goede Vrijdag⟧, na ⟦Pasen⟧, ⟦tweede kerstdag⟧",
            "no ⟦dia de Natal⟧, na ⟦Páscoa⟧, na ⟦Sexta-feira Santa⟧",
            "a Christmas tree, Easter eggs, at Christmas dinner, the labor day",
            "Easter Rogers and Mr Silvester Toussaint met Natale Bianchi",
            "the Good Friday Agreement, Memorial Day Hospital, Easter Island",
            "Halloween and Thanksgiving are holidays; christmas",
        ];
        for marked in table {
            let (text, expected) = marked::read(marked);
            assert_eq!(found(&text), expected, "{text}");
        }
    }

    #[test]
    fn a_holiday_of_a_year_is_a_day() {
        let is = |value: &str| day(value).map(|(day, _)| (day.year, day.month, day.day));
        let table = [
            ("Thanksgiving 2019", (2019, 11, 28)),
            ("Thanksgiving Day, 2024", (2024, 11, 28)),
            ("Memorial Day 2021", (2021, 5, 31)),
            ("Memorial Day 2022", (2022, 5, 30)),
            ("Labor Day 2020", (2020, 9, 7)),
            ("Martin Luther King Day 2018", (2018, 1, 15)),
            ("Easter 2000", (2000, 4, 23)),
            ("Easter 1961", (1961, 4, 2)),
            ("Easter 2038", (2038, 4, 25)),
            ("Good Friday 2008", (2008, 3, 21)),
            ("Pfingstmontag 2019", (2019, 6, 10)),
            ("Black Friday 2023", (2023, 11, 24)),
            ("navidad de 2011", (2011, 12, 25)),
        ];
        for (value, expected) in table {
            assert_eq!(is(value), Some(expected), "{value}");
        }
        for none in ["Thanksgiving", "Labor Day weekend 2019", "Mother's Day 2019", "Easter 19", "Eastern 2019", ""] {
            assert_eq!(is(none), None, "{none}");
        }
    }

    #[test]
    fn a_moved_holiday_is_a_day_of_its_language() {
        let table = [
            ("Thanksgiving 2019", 4, "December 2, 2019"),
            ("Karfreitag 2019", -19, "31. März 2019"),
            ("Noël 2019", 7, "1 janvier 2020"),
            ("Nochebuena de 2019", -1, "23 de diciembre de 2019"),
            ("Pasqua 2019", 1, "22 aprile 2019"),
            ("eerste kerstdag 2019", 1, "26 december 2019"),
            ("dia de Natal de 2019", 1, "26 de dezembro de 2019"),
        ];
        for (value, days, expected) in table {
            assert_eq!(moved(value, days).as_deref(), Some(expected));
        }
        assert_eq!(moved("Christmas", 4), None);
    }
}
