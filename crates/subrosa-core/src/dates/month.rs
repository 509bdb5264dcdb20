//! Names of months, and which days there are.

use std::sync::OnceLock;

use crate::block::Block;
use crate::dictionary::word_hash;
use crate::token::Kind;

/// Names and abbreviations by month, lower case: English, Spanish, German, French, Italian, Dutch, Portuguese.
static NAMES: [&[&str]; 12] = [
    &["january", "jan", "enero", "ene", "januar", "jänner", "janvier", "janv", "gennaio", "gen", "januari", "janeiro"],
    &[
        "february",
        "feb",
        "febr",
        "febrero",
        "februar",
        "février",
        "fevrier",
        "févr",
        "fév",
        "febbraio",
        "februari",
        "fevereiro",
        "fev",
    ],
    &["march", "mar", "marzo", "märz", "maerz", "mär", "mrz", "mars", "maart", "mrt", "março", "marco"],
    &["april", "apr", "abril", "abr", "avril", "avr", "aprile"],
    &["may", "mayo", "mai", "maggio", "mag", "mei", "maio"],
    &["june", "jun", "junio", "juni", "juin", "giugno", "giu", "junho"],
    &["july", "jul", "julio", "juli", "juillet", "juil", "luglio", "lug", "julho"],
    &["august", "aug", "agosto", "ago", "août", "aout", "augustus"],
    &["september", "sept", "sep", "septiembre", "setiembre", "septembre", "settembre", "setembro", "set"],
    &["october", "oct", "octubre", "oktober", "okt", "octobre", "ottobre", "ott", "outubro", "out"],
    &["november", "nov", "noviembre", "novembre", "novembro"],
    &["december", "dec", "diciembre", "dic", "dezember", "dez", "décembre", "decembre", "déc", "dicembre", "dezembro"],
];

/// Names that are everyday words or names too, and so need a capital and more around them.
static AMBIGUOUS: &[&str] = &["may", "mar", "march", "mars", "dec", "sep", "jan", "mai"];

/// Abbreviations that are words even with a capital, in other languages than theirs.
static FOREIGN: &[&str] = &["set", "out", "gen", "mag", "ago", "ott", "dic", "ene", "fev", "marco", "lug", "giu"];

/// A month's name in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Month {
    /// 1 to 12.
    pub(super) number: u32,
    /// The word stands for other things as well and nothing in its spelling says that it is a month.
    pub(super) doubtful: bool,
}

/// The month named by the token at `index`.
pub(super) fn month(block: &Block<'_>, index: usize) -> Option<Month> {
    let token = block.token(index)?;
    if token.kind != Kind::Word || !(3..=12).contains(&token.len()) {
        return None;
    }
    by_hash(token.hash).map(|(number, kind)| Month {
        number,
        doubtful: kind == Sureness::Foreign || kind == Sureness::Ambiguous && !token.is_capitalised(),
    })
}

/// The month with this name.
pub(super) fn named(name: &str) -> Option<u32> {
    by_hash(word_hash(name)).map(|(number, _)| number)
}

/// How sure a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    Sure,
    Ambiguous,
    Foreign,
}

fn kind(name: &str) -> Sureness {
    if FOREIGN.contains(&name) {
        Sureness::Foreign
    } else if AMBIGUOUS.contains(&name) {
        Sureness::Ambiguous
    } else {
        Sureness::Sure
    }
}

fn by_hash(hash: u64) -> Option<(u32, Sureness)> {
    static TABLE: OnceLock<Vec<(u64, u32, Sureness)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: Vec<_> = (1..)
            .zip(NAMES)
            .flat_map(|(number, names)| names.iter().map(move |name| (word_hash(name), number, kind(name))))
            .collect();
        table.sort_unstable();
        table
    });
    let at = table.binary_search_by_key(&hash, |(hash, ..)| *hash).ok()?;
    let (_, number, kind) = table[at];
    Some((number, kind))
}

/// Whether the month has that day. Without a year, 29 February exists.
pub(super) fn exists(year: Option<u32>, month: u32, day: u32) -> bool {
    let leap = year.is_none_or(|year| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=last).contains(&day)
}
