//! Names of months and weekdays by language, to write a date as it was written.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Which of [`LANGUAGES`] are meant, a bit each.
pub(super) type Mask = u8;

/// All of them.
pub(super) const ALL: Mask = 0b111_1111;
/// English.
pub(super) const EN: Mask = 1;
/// Spanish.
pub(super) const ES: Mask = 1 << 1;
/// German.
pub(super) const DE: Mask = 1 << 2;
/// French.
pub(super) const FR: Mask = 1 << 3;
/// Italian.
pub(super) const IT: Mask = 1 << 4;
/// Dutch.
pub(super) const NL: Mask = 1 << 5;
/// Portuguese.
pub(super) const PT: Mask = 1 << 6;
/// Languages that write months and weekdays with a capital.
pub(super) const CAPITALS: Mask = EN | DE;

/// The names of one language, in small letters.
struct Language {
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    /// Other short forms, with the month counted from 0.
    also: &'static [(&'static str, usize)],
    /// From Monday.
    weekdays: [&'static str; 7],
    short_weekdays: [&'static str; 7],
    also_weekdays: &'static [(&'static str, usize)],
}

#[rustfmt::skip] // many a line
static LANGUAGES: [Language; 7] = [
    Language {
        months: ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
        short_months: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        also: &[("sept", 8), ("febr", 1)],
        weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        short_weekdays: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        also_weekdays: &[("tues", 1), ("thur", 3), ("thurs", 3)],
    },
    Language {
        months: ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
        short_months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
        also: &[("setiembre", 8), ("sept", 8)],
        weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
        short_weekdays: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
        also_weekdays: &[],
    },
    Language {
        months: ["januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"],
        short_months: ["jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"],
        also: &[("jänner", 0), ("febr", 1), ("mrz", 2), ("maerz", 2), ("sept", 8)],
        weekdays: ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
        short_weekdays: ["mo", "di", "mi", "do", "fr", "sa", "so"],
        also_weekdays: &[("sonnabend", 5)],
    },
    Language {
        months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        short_months: ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"],
        also: &[("fév", 1)],
        weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        short_weekdays: ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"],
        also_weekdays: &[],
    },
    Language {
        months: ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"],
        short_months: ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
        also: &[],
        weekdays: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
        short_weekdays: ["lun", "mar", "mer", "gio", "ven", "sab", "dom"],
        also_weekdays: &[],
    },
    Language {
        months: ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
        short_months: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        also: &[("sept", 8), ("febr", 1)],
        weekdays: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
        short_weekdays: ["ma", "di", "wo", "do", "vr", "za", "zo"],
        also_weekdays: &[],
    },
    Language {
        months: ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"],
        short_months: ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
        also: &[],
        weekdays: ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"],
        short_weekdays: ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"],
        also_weekdays: &[("segunda", 0), ("terça", 1), ("quarta", 2), ("quinta", 3), ("sexta", 4)],
    },
];

/// What a word can be the name of, in the languages of a mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// Counted from 0.
    pub(super) number: usize,
    /// In which languages it is that.
    pub(super) languages: Mask,
    /// In which of them it is the full name.
    pub(super) full: Mask,
}

/// Small letters without accents.
pub(crate) fn plain(word: &str) -> String {
    word.nfkd().filter(|sign| !is_combining_mark(*sign)).flat_map(char::to_lowercase).collect()
}

/// Names by how they are compared.
type Table = BTreeMap<String, Name>;

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<Name> {
    static MONTHS: LazyLock<Table> =
        LazyLock::new(|| table(|language| (&language.months[..], &language.short_months[..], language.also)));
    MONTHS.get(&plain(word)).copied()
}

/// The weekday that a word names, Monday first.
pub(super) fn weekday(word: &str) -> Option<Name> {
    static WEEKDAYS: LazyLock<Table> =
        LazyLock::new(|| table(|language| (&language.weekdays[..], &language.short_weekdays[..], language.also_weekdays)));
    WEEKDAYS.get(&plain(word)).copied()
}

/// Full names, short names, others.
type Names = (&'static [&'static str], &'static [&'static str], &'static [(&'static str, usize)]);

fn table(names: impl Fn(&'static Language) -> Names) -> Table {
    let mut table = Table::new();
    for (bit, language) in LANGUAGES.iter().enumerate() {
        let (full, short, also) = names(language);
        let short = short.iter().enumerate().map(|(number, name)| (*name, number)).chain(also.iter().copied());
        let all = full
            .iter()
            .enumerate()
            .map(|(number, name)| (*name, number, true))
            .chain(short.map(|(name, number)| (name, number, false)));
        for (name, number, is_full) in all {
            // `mar` is a month in one language and Tuesday in another, but no word is two months.
            let entry = table.entry(plain(name)).or_insert(Name { number, languages: 0, full: 0 });
            entry.languages |= 1 << bit;
            entry.full |= Mask::from(is_full) << bit;
        }
    }
    table
}

/// The name of a month, counted from 0, in the first language of the mask.
pub(super) fn month_name(number: usize, languages: Mask, full: bool) -> &'static str {
    let language = first(languages);
    let names = if full { &language.months } else { &language.short_months };
    names.get(number).copied().unwrap_or_default()
}

/// The name of a weekday in the first language of the mask.
pub(super) fn weekday_name(number: usize, languages: Mask, full: bool) -> &'static str {
    let language = first(languages);
    let names = if full { &language.weekdays } else { &language.short_weekdays };
    names.get(number).copied().unwrap_or_default()
}

fn first(languages: Mask) -> &'static Language {
    let bit = (languages & ALL).trailing_zeros() as usize;
    LANGUAGES.get(bit).unwrap_or(&LANGUAGES[0])
}

/// In which languages a small word stands in dates.
pub(super) fn hint(word: &str) -> Mask {
    match plain(word).as_str() {
        "of" | "the" | "at" | "st" | "nd" | "rd" | "th" | "am" | "pm" | "and" | "to" => EN,
        "de" => ES | PT,
        "del" | "el" | "las" | "y" => ES,
        "den" | "dem" | "der" | "um" | "uhr" | "und" | "bis" => DE,
        "le" | "er" | "et" | "au" => FR,
        "di" | "il" | "alle" => IT,
        "om" | "tot" | "en" => NL,
        "as" | "feira" => PT,
        _ => ALL,
    }
}

/// The name in the letter case of a word.
pub(super) fn like(word: &str, name: &str) -> String {
    let mut upper = word.chars().filter(|sign| sign.is_alphabetic());
    let first = upper.next().is_some_and(char::is_uppercase);
    let rest = upper.next().is_some_and(char::is_uppercase);
    let mut signs = name.chars();
    match (first, rest) {
        (true, true) => name.to_uppercase(),
        (true, false) => signs.next().map(|sign| sign.to_uppercase().collect::<String>() + signs.as_str()).unwrap_or_default(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_as_itself() {
        for (bit, language) in LANGUAGES.iter().enumerate() {
            for (number, name) in language.months.iter().chain(&language.short_months).enumerate() {
                let found = month(name).unwrap();
                assert_eq!(found.number, number % 12, "{name}");
                assert_ne!(found.languages & 1 << bit, 0, "{name}");
                if number < 12 {
                    assert_eq!(month_name(number, 1 << bit, true), *name);
                }
            }
            for (number, name) in language.weekdays.iter().enumerate() {
                assert_eq!(weekday(name).map(|found| found.number), Some(number), "{name}");
                assert_eq!(weekday_name(number, 1 << bit, true), *name);
            }
        }
        assert_eq!(month("MÄRZ").map(|found| found.languages), Some(DE));
        assert_eq!(month("smarch"), None);
    }

    #[test]
    fn names_follow_the_case_of_a_word() {
        assert_eq!(like("March", "août"), "Août");
        assert_eq!(like("MARCH", "août"), "AOÛT");
        assert_eq!(like("mars", "août"), "août");
        assert_eq!(like("", "x"), "x");
    }
}
