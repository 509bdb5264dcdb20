//! Titles: words that a finding of a person holds beside the name.
//!
//! `Mr. Smith` is taken out as a whole, for a title tells sex, rank or trade. Where names are compared, with one another or with
//! terms that a user allows, titles do not count.
//!
//! Words are in small letters without accents.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::span::Span;

/// Words before a name that are no part of it. Those that are given names too (Dean, Don, Major) are left out.
#[rustfmt::skip]
pub(crate) const TITLES: &[&str] = &[
    "admiral", "agent", "attorney", "avv", "baron", "baroness", "bishop", "capt", "captain", "cllr", "col", "colonel",
    "commander", "constable", "corporal", "councillor", "dame", "detective", "dhr", "dipl", "docteur", "doctor", "doctora",
    "dott", "dottor", "dottoressa", "dottssa", "dr", "dra", "father", "fr", "frau", "fraulein", "general", "herr", "hon",
    "imam", "ing", "inspector", "judge", "justice", "lady", "lieutenant", "lord", "lt", "madame", "mag", "maitre", "mayor",
    "meneer", "messrs", "mevr", "mevrouw", "midwife", "minister", "miss", "missus", "mister", "mlle", "mme", "monsieur", "mr",
    "mrs", "ms", "mx", "nurse", "officer", "pastor", "pc", "president", "prof", "profesor", "profesora", "professeur",
    "professor", "rabbi", "rev", "reverend", "senator", "senhor", "senhora", "senor", "senora", "sergeant", "sgt", "sig",
    "signor", "signora", "sigra", "sir", "sister", "sr", "sra", "srta", "superintendent", "veuve",
];

/// Words after a name that are no part of it.
pub(crate) const SUFFIXES: &[&str] = &[
    "jr", "sr", "ii", "iii", "iv", "md", "do", "phd", "dds", "rn", "np", "pa-c", "lcsw", "psyd", "esq", "jd", "mba", "obe", "cbe",
];

/// The part of `span` behind the titles it begins with; empty where there is nothing else.
pub(crate) fn without(text: &str, span: Span) -> Span {
    let mut start = span.start;
    loop {
        let rest = text.get(start..span.end).unwrap_or_default();
        let word = rest.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
        let plain: String = word.nfkd().filter(|sign| !is_combining_mark(*sign)).flat_map(char::to_lowercase).collect();
        if !TITLES.contains(&plain.as_str()) {
            return Span::new(start, span.end);
        }
        let behind = rest.get(word.len()..).unwrap_or_default();
        start = span.end - behind.trim_start_matches(|sign: char| !sign.is_alphanumeric()).len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_off_the_front() {
        for (name, bare) in [
            ("Dr. Rebecca Thornton", "Rebecca Thornton"),
            ("PROF. DR. Baumann", "Baumann"),
            ("Mr\nSmith", "Smith"),
            ("Rebecca Thornton", "Rebecca Thornton"),
            ("Señora Ruiz", "Ruiz"),
            ("Drake", "Drake"),
            ("Dr.", ""),
            ("", ""),
        ] {
            assert_eq!(without(name, Span::new(0, name.len())).of(name), bare, "{name:?}");
        }
    }
}
