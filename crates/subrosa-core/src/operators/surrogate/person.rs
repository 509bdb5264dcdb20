//! Stand-ins for people's names.

use super::super::keyed::Draws;
use super::names::{Known, Listed, Lists, PARTICLES, known, lists};
use crate::dates::plain;
use crate::dictionary::{self, word_hash};
use crate::key::Key;
use crate::titles::{SUFFIXES, TITLES};

/// Titles that tell no trade or rank that few have: they stay, so that the text reads on.
#[rustfmt::skip] // many a line
const COMMON_TITLES: &[&str] = &[
    "dhr", "doctor", "doctora", "dott", "dr", "dra", "frau", "herr", "madame", "meneer", "mevr", "mevrouw", "miss", "mister", "mlle",
    "mme", "monsieur", "mr", "mrs", "ms", "mx", "prof", "professor", "senhor", "senhora", "senor", "senora", "sig", "signor", "signora",
    "sr", "sra", "srta",
];

/// A piece of a name as it is written.
enum Piece<'t> {
    Word(&'t str),
    Between(&'t str),
}

/// The stand-in for a mention of a person; nothing where the name has letters of another script, digits, or no name in it.
///
/// `identity` is the longest name that the person has in the document, in small letters without accents and titles.
pub(super) fn stand_in(value: &str, identity: &str, key: &Key) -> Option<String> {
    let latin = |sign: char| {
        sign.is_ascii_alphabetic() || matches!(sign, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{300}'..='\u{36f}')
    };
    if value.chars().any(|sign| sign.is_alphanumeric() && !latin(sign)) {
        return None;
    }
    let person = Person::new(value, identity, key)?;
    let mut text = String::with_capacity(value.len() + 8);
    let mut used = vec![false; person.words.len()];
    let mut pieces = pieces(value).into_iter().peekable();
    let mut named = false;
    while let Some(piece) = pieces.next() {
        let word = match piece {
            Piece::Between(between) => {
                text.push_str(between);
                continue;
            }
            Piece::Word(word) => word,
        };
        let (stem, possessive) = possessive(word);
        let bare = comparable(stem);
        let known = person.words.contains(&bare);
        if !known && !named && TITLES.contains(&bare.as_str()) {
            if COMMON_TITLES.contains(&bare.as_str()) {
                text.push_str(word);
            } else {
                pieces.next_if(|next| matches!(next, Piece::Between(_)));
            }
            continue;
        }
        if !known && named && SUFFIXES.contains(&bare.as_str()) {
            text.push_str(word);
            continue;
        }
        if !known && is_particle(&bare) && (named || stem.starts_with(char::is_lowercase) || person.particles.contains(&bare)) {
            pieces.next_if(|next| matches!(next, Piece::Between(_)));
            continue;
        }
        named = true;
        text.push_str(&person.word(stem, &bare, &mut used));
        text.push_str(possessive);
    }
    let same = |word: &str| person.words.iter().any(|own| own.len() > 1 && *own == comparable(word));
    let clean = !self::pieces(&text).iter().any(|piece| matches!(piece, Piece::Word(word) if same(possessive(word).0)));
    (named && clean).then_some(text)
}

/// A first and a family name by chance, of no language in particular, for the address of somebody.
pub(super) fn somebody(draws: &mut Draws) -> (String, String) {
    let Some(english) = lists().first() else { return Default::default() };
    let names =
        |listed: &mut dyn Iterator<Item = &'static Listed>| -> Vec<&'static str> { listed.map(|listed| listed.name).collect() };
    let given = draws.one(&names(&mut english.female.iter().chain(&english.male)));
    let family = draws.one(&names(&mut english.family.iter()));
    (given.to_lowercase(), family.to_lowercase())
}

/// What is made of one person.
struct Person {
    /// The names of the identity, without particles.
    words: Vec<String>,
    particles: Vec<String>,
    /// The stand-in for each of them.
    stand_ins: Vec<&'static str>,
    language: &'static Lists,
    key: Key,
}

impl Person {
    fn new(value: &str, identity: &str, key: &Key) -> Option<Self> {
        let all: Vec<String> = identity.split_whitespace().map(str::to_owned).filter(|word| !word.is_empty()).collect();
        let (particles, words): (Vec<_>, Vec<_>) =
            all.into_iter().enumerate().partition(|(at, word)| *at > 0 && is_particle(word));
        let particles: Vec<String> = particles.into_iter().map(|(_, word)| word).collect();
        let mut words: Vec<String> = words.into_iter().map(|(_, word)| word).collect();
        // An identity that knows nothing of names, from somebody who did not tell people apart.
        let first = pieces(value).iter().find_map(|piece| match piece {
            Piece::Word(word) if !TITLES.contains(&comparable(word).as_str()) => Some(comparable(possessive(word).0)),
            _ => None,
        });
        if words.len() < 2 && first.as_ref().is_some_and(|first| !words.contains(first)) {
            words = ordered(value);
        }
        words.truncate(12);
        if words.is_empty() {
            return None;
        }
        let language = language(&words, &particles);
        let mut person =
            Self { words, particles, stand_ins: Vec::new(), language, key: Key::new(key.mac(&[identity.as_bytes()])) };
        let family_from = person.family_from();
        for at in 0..person.words.len() {
            let stand_in = person.draw(at >= family_from, &[b"name", &[at as u8]], &person.words[at]);
            person.stand_ins.push(stand_in);
        }
        Some(person)
    }

    /// The first word that is a family name.
    fn family_from(&self) -> usize {
        match self.words.as_slice() {
            [only] => usize::from(is_given(only)),
            words if words.len() > 2 && self.language.names.two_families => words.len() - 2,
            words => words.len() - 1,
        }
    }

    /// A name that shares neither a word nor the first letter with the person's own.
    fn draw(&self, family: bool, parts: &[&[u8]], own: &str) -> &'static str {
        let Lists { female, male, family: families, .. } = self.language;
        let none: &[Listed] = &[];
        let (first, second) = match (family, self.words.first().and_then(|first| gender(first))) {
            (true, _) => (families.as_slice(), none),
            (false, Some(Gender::Female)) => (female.as_slice(), none),
            (false, Some(Gender::Male)) => (male.as_slice(), none),
            (false, None) => (female.as_slice(), male.as_slice()),
        };
        let sound: Vec<&'static str> = first
            .iter()
            .chain(second)
            .filter(|listed| {
                let fresh = !self.words.contains(&listed.plain) && !self.stand_ins.contains(&listed.name);
                fresh && listed.plain.chars().next() != own.chars().next()
            })
            .map(|listed| listed.name)
            .collect();
        Draws::new(&self.key, parts).one(&sound)
    }

    /// The stand-in for a word of a mention, in its letter case.
    fn word(&self, word: &str, bare: &str, used: &mut [bool]) -> String {
        let letters = bare.chars().count();
        let free = |at: &usize| used.get(*at) == Some(&false);
        let all = 0..self.words.len();
        let exact = all.clone().filter(free).find(|at| self.words[*at] == bare);
        let initial = all.clone().filter(free).find(|at| letters == 1 && self.words[*at].starts_with(bare));
        let abbreviated =
            all.clone().filter(free).find(|at| letters > 1 && self.words[*at].len() == 1 && bare.starts_with(&self.words[*at]));
        if let Some(at) = exact.or(initial).or(abbreviated) {
            if let Some(used) = used.get_mut(at) {
                *used = true;
            }
            return if letters == 1 { first_letter(self.stand_ins[at], word) } else { in_case(self.stand_ins[at], word) };
        }
        // `JS` for John Smith.
        let initials: String = self.words.iter().filter_map(|word| word.chars().next()).collect();
        if (2..=4).contains(&letters) && initials == bare && word.chars().all(char::is_uppercase) {
            return self.stand_ins.iter().map(|name| first_letter(name, word)).collect();
        }
        let other = self.draw(false, &[b"other", bare.as_bytes()], bare);
        if letters == 1 { first_letter(other, word) } else { in_case(other, word) }
    }
}

/// A name in the letter case of a word.
fn in_case(name: &str, word: &str) -> String {
    let mut letters = word.chars().filter(|sign| sign.is_alphabetic());
    match (letters.next().is_some_and(char::is_uppercase), letters.next().is_some_and(char::is_uppercase)) {
        (true, true) if word.chars().all(|sign| !sign.is_lowercase()) => name.to_uppercase(),
        (false, _) => name.to_lowercase(),
        _ => name.to_owned(),
    }
}

fn first_letter(name: &str, word: &str) -> String {
    let first: String = name.chars().take(1).collect();
    if word.starts_with(char::is_lowercase) { first.to_lowercase() } else { first }
}

/// Words of letters, apostrophes and hyphens, and what stands between them.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let inside =
        |sign: char| sign.is_alphanumeric() || matches!(sign, '\'' | '\u{2019}' | '-' | '\u{2010}' | '\u{300}'..='\u{36f}');
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = inside(first);
        let end = rest.find(|sign| inside(sign) != word).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        let has_letter = piece.chars().any(char::is_alphanumeric);
        pieces.push(if word && has_letter { Piece::Word(piece) } else { Piece::Between(piece) });
        rest = after;
    }
    pieces
}

/// `Smith's` without and with its ending.
fn possessive(word: &str) -> (&str, &str) {
    let stem = ["'s", "\u{2019}s", "'S", "'", "\u{2019}"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    if stem.is_empty() { (word, "") } else { word.split_at(stem.len()) }
}

/// A word as identities have it: small, without accents and apostrophes.
fn comparable(word: &str) -> String {
    let plain = plain(word);
    plain
        .chars()
        .filter(|sign| !matches!(sign, '\'' | '\u{2019}'))
        .map(|sign| if sign == '\u{2010}' { '-' } else { sign })
        .collect()
}

/// The names of a value, given name first.
fn ordered(value: &str) -> Vec<String> {
    let names = |text: &str| -> Vec<String> {
        let mut names = Vec::new();
        for piece in pieces(text) {
            let Piece::Word(word) = piece else { continue };
            let bare = comparable(possessive(word).0);
            let first = names.is_empty();
            let title = first && TITLES.contains(&bare.as_str());
            let particle = is_particle(&bare) && (!first || word.starts_with(char::is_lowercase));
            if !title && !particle && (first || !SUFFIXES.contains(&bare.as_str())) {
                names.push(bare);
            }
        }
        names
    };
    match value.split_once(',') {
        Some((family, given)) if !names(given).is_empty() => {
            let mut all: Vec<String> = names(given).into_iter().filter(|name| !SUFFIXES.contains(&name.as_str())).collect();
            all.extend(names(family));
            all
        }
        _ => names(value),
    }
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gender {
    Female,
    Male,
}

/// What most bearers of a given name are, by the lists.
fn gender(name: &str) -> Option<Gender> {
    let Known { female, male, .. } = known(name);
    match (female != 0, male != 0) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

/// Whether a single name is more of a given than of a family name.
fn is_given(name: &str) -> bool {
    let info = dictionary::names().get(word_hash(name)).unwrap_or_default();
    info.given > info.surname || gender(name).is_some() && known(name).family == 0
}

/// The language that most of a name speaks for; English where nothing does.
fn language(words: &[String], particles: &[String]) -> &'static Lists {
    let listed: Vec<Known> = words.iter().map(|word| known(word)).collect();
    let score = |(bit, lists): (usize, &'static Lists)| {
        let ends =
            |word: &String| lists.names.endings.iter().any(|ending| word.len() > ending.len() + 1 && word.ends_with(ending));
        let by_word = words.iter().zip(&listed).map(|(word, known)| {
            if (known.female | known.male | known.family) & 1 << bit != 0 { 2 } else { usize::from(ends(word)) }
        });
        by_word.sum::<usize>() + particles.iter().filter(|particle| lists.names.particles.contains(&particle.as_str())).count()
    };
    // The first of those that have most.
    let best = lists().iter().enumerate().rev().max_by_key(|(bit, lists)| score((*bit, *lists)));
    best.map_or_else(|| unreachable!("there are languages"), |(_, lists)| lists)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::testing::key;

    #[track_caller]
    fn made(value: &str, identity: &str) -> String {
        stand_in(value, identity, &key()).unwrap_or_default()
    }

    #[test]
    fn one_person_has_one_name() {
        let full = made("John Smith", "john smith");
        let (given, family) = full.split_once(' ').unwrap();
        assert_eq!(made("Mr. Smith", "john smith"), format!("Mr. {family}"));
        assert_eq!(made("SMITH, JOHN", "john smith"), format!("{}, {}", family.to_uppercase(), given.to_uppercase()));
        assert_eq!(made("J.S.", "john smith"), format!("{}.{}.", &given[..1], &family[..1]));
        assert_eq!(made("JS", "john smith"), format!("{}{}", &given[..1], &family[..1]));
        assert_eq!(made("john smith's", "john smith"), format!("{}'s", full.to_lowercase()));
        assert_eq!(made("Smith", "john smith"), family);
        assert_eq!(made("Detective Sergeant Smith, Jr.", "john smith"), format!("{family}, Jr."));
        assert!(lists()[0].male.iter().any(|listed| listed.name == given), "{given}");
    }

    #[test]
    fn middle_names_and_initials_have_their_own() {
        let full = made("John A. Smith", "john a smith");
        let words: Vec<&str> = full.split(' ').collect();
        assert_eq!(words.len(), 3);
        assert_eq!(words[1].len(), 2);
        assert_eq!(made("John Smith", "john a smith"), format!("{} {}", words[0], words[2]));
    }

    #[test]
    fn names_stay_in_their_language() {
        let in_language = |value: &str, identity: &str, at: usize| {
            let text = made(value, identity);
            let Lists { female, male, family, .. } = &lists()[at];
            let known = |word: &str| female.iter().chain(male).chain(family).any(|listed| listed.name == word);
            assert!(text.split(' ').all(known), "{text}");
        };
        in_language("María García López", "maria garcia lopez", 1);
        in_language("Jürgen Müller", "jurgen muller", 2);
        in_language("Françoise Dubois", "francoise dubois", 3);
        in_language("Giuseppe Bernardini", "giuseppe bernardini", 4);
        in_language("Pieter van der Berg", "pieter van der berg", 5);
        in_language("João da Silva", "joao da silva", 6);
        let women = made("Françoise Dubois", "francoise dubois");
        assert!(lists()[3].female.iter().any(|listed| women.starts_with(listed.name)));
    }

    #[test]
    fn what_has_no_name_in_latin_letters_has_no_stand_in() {
        for value in ["王小明", "Иван Петров", "Dr.", "...", "", "John Smith 2"] {
            assert_eq!(stand_in(value, &plain(value), &key()), None, "{value}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_of_the_name_is_left(value in "[A-Ca-c ,.'’éß-]{0,24}|[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}") {
            let identity = ordered(&value).join(" ");
            if let Some(text) = stand_in(&value, &identity, &key()) {
                proptest::prop_assert_eq!(stand_in(&value, &identity, &key()), Some(text.clone()));
                for word in ordered(&value).iter().filter(|word| word.chars().count() > 2) {
                    let left = pieces(&text).iter().any(|piece| matches!(piece, Piece::Word(new) if comparable(new) == *word));
                    proptest::prop_assert!(!left, "{} {}", value, text);
                }
            }
        }

        #[test]
        fn any_name_can_be_asked(value in "\\PC{0,40}", identity in "\\PC{0,20}") {
            let _ = stand_in(&value, &identity, &key());
        }
    }
}
