//! Reads case sheets.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{CaseSheet, Consent, Date, Name, Person};
use crate::entity::Entity;
use crate::role::Role;

/// The version of the case sheet's format.
const VERSION: u32 = 1;
/// Family name particles: they begin a family name.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la",
    "le", "san", "st", "ter", "van", "von", "zu", "zum", "zur",
];
/// Most people of a sheet, so that what is made of their names stays small.
const MOST: usize = 2000;

/// What is wrong with a case sheet, and where. Holds no value of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct CaseError {
    /// Line in the file, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    version: Spanned<u32>,
    #[serde(default)]
    people: Vec<PersonRow>,
    #[serde(default)]
    consent: Vec<ConsentRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonRow {
    role: Spanned<String>,
    word: Option<Spanned<String>>,
    #[serde(default)]
    minor: bool,
    #[serde(default)]
    names: Vec<Spanned<NameRow>>,
    #[serde(default)]
    nicknames: Vec<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    born: Vec<Spanned<Datetime>>,
    #[serde(default)]
    addresses: Vec<String>,
    #[serde(default)]
    phones: Vec<String>,
    #[serde(default)]
    emails: Vec<String>,
    #[serde(default)]
    numbers: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    terms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum NameRow {
    Whole(String),
    Parts(NameParts),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameParts {
    #[serde(default)]
    given: String,
    #[serde(default)]
    family: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsentRow {
    #[serde(default)]
    of: Vec<Spanned<String>>,
    keep: Vec<Spanned<String>>,
    recipient: Spanned<String>,
    until: Option<Spanned<Datetime>>,
    ground: Spanned<String>,
}

pub(super) fn parse(source: &str) -> Result<CaseSheet, CaseError> {
    let sheet: Sheet = toml::from_str(source).map_err(|error| {
        // What was found there can be a value of the sheet; what was expected cannot.
        let message = error.message();
        let message = match message.split_once(", expected ") {
            Some((found, expected)) if found.starts_with("invalid") => format!("expected {expected}"),
            _ if message.starts_with("data did not match") => "expected a text, or given = and family =".to_owned(),
            _ => message.to_owned(),
        };
        at(source, error.span().unwrap_or_default().start, message)
    })?;
    let objection = |place: std::ops::Range<usize>, message: String| at(source, place.start, message);
    if *sheet.version.get_ref() != VERSION {
        return Err(objection(sheet.version.span(), format!("this program reads case sheets of version {VERSION}")));
    }
    if sheet.people.len() > MOST {
        return Err(at(source, 0, format!("a case sheet has at most {MOST} people")));
    }
    let mut people = Vec::with_capacity(sheet.people.len());
    for row in sheet.people {
        people.push(person(row, &objection)?);
    }
    number(&mut people);
    let consents = sheet.consent.into_iter().map(|row| consent(row, &people, &objection)).collect::<Result<_, _>>()?;
    Ok(CaseSheet::new(people, consents))
}

type Objection<'a> = dyn Fn(std::ops::Range<usize>, String) -> CaseError + 'a;

fn person(row: PersonRow, objection: &Objection<'_>) -> Result<Person, CaseError> {
    let role = Role::find(row.role.get_ref()).ok_or_else(|| {
        let known: Vec<_> = Role::ALL.iter().map(|(name, _)| *name).collect();
        objection(row.role.span(), format!("`role` must be one of {}", known.join(", ")))
    })?;
    let word = match row.word {
        None => role.name().to_uppercase().replace('-', "_"),
        Some(word) => {
            let upper = word.get_ref().to_uppercase();
            if upper.len() < 3 || upper.len() > 40 || !upper.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_') {
                return Err(objection(word.span(), "`word` must have 3 to 40 letters A to Z or _".to_owned()));
            }
            upper
        }
    };
    let mut names = Vec::new();
    for row in row.names {
        let span = row.span();
        let name = match row.into_inner() {
            NameRow::Whole(whole) => split(&whole),
            NameRow::Parts(parts) => Name { given: words(&parts.given), family: words(&parts.family) },
        };
        if name.given.is_empty() && name.family.is_empty() {
            return Err(objection(span, "a name must not be empty".to_owned()));
        }
        names.push(name);
    }
    let born = row.born.iter().map(|date| self::date(date, objection)).collect::<Result<_, _>>()?;
    let mut numbers = BTreeMap::new();
    for (key, values) in row.numbers {
        numbers.insert(entity(&key, objection)?, values);
    }
    let aliases = row.nicknames.into_iter().chain(row.aliases).collect();
    let minor = row.minor;
    let (addresses, phones, emails, terms) = (row.addresses, row.phones, row.emails, row.terms);
    Ok(Person { role, minor, word, number: None, names, aliases, born, addresses, phones, emails, numbers, terms })
}

/// Numbers those who are called the same.
fn number(people: &mut [Person]) {
    let mut called: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for person in people.iter() {
        called.entry(person.word.clone()).or_default().0 += 1;
    }
    for person in people {
        if let Some((all, given)) = called.get_mut(&person.word)
            && *all > 1
        {
            *given += 1;
            person.number = Some(*given);
        }
    }
}

fn consent(row: ConsentRow, people: &[Person], objection: &Objection<'_>) -> Result<Consent, CaseError> {
    let mut of = Vec::new();
    for name in &row.of {
        let (word, number) = match name.get_ref().rsplit_once('-').map(|(word, number)| (word, number.parse::<u32>())) {
            Some((word, Ok(number))) => (word, Some(number)),
            _ => (name.get_ref().as_str(), None),
        };
        let role = Role::find(name.get_ref());
        let before = of.len();
        of.extend(people.iter().enumerate().filter_map(|(index, person)| {
            let called = person.word.eq_ignore_ascii_case(word) && (number.is_none() || number == person.number);
            (called || role == Some(person.role)).then_some(index)
        }));
        if of.len() == before {
            let called: Vec<String> = people.iter().map(Person::called).collect();
            let said = format!(
                "nobody in this sheet is called so or has this role; there are {}",
                if called.is_empty() { "none".to_owned() } else { called.join(", ") }
            );
            return Err(objection(name.span(), said));
        }
    }
    for (field, text) in [("recipient", &row.recipient), ("ground", &row.ground)] {
        if text.get_ref().trim().is_empty() || text.get_ref().chars().any(char::is_control) {
            return Err(objection(text.span(), format!("`{field}` must be a text without control characters")));
        }
    }
    let keep = row.keep.iter().map(|name| entity(name, objection)).collect::<Result<_, _>>()?;
    let until = row.until.as_ref().map(|until| date(until, objection)).transpose()?;
    Ok(Consent { of, keep, recipient: row.recipient.into_inner(), until, ground: row.ground.into_inner() })
}

fn entity(name: &Spanned<String>, objection: &Objection<'_>) -> Result<Entity, CaseError> {
    let entity = Entity::parse(name.get_ref()).map_err(|error| objection(name.span(), error.to_string()))?;
    let known = |recognizer: &&dyn crate::recognizer::Recognizer| recognizer.info().entity == entity;
    if registry_has(known) { Ok(entity) } else { Err(objection(name.span(), "there is no such entity; see `list`".to_owned())) }
}

fn registry_has(known: impl Fn(&&dyn crate::recognizer::Recognizer) -> bool) -> bool {
    crate::registry::all().iter().any(|recognizer| known(&(*recognizer as &dyn crate::recognizer::Recognizer)))
}

fn date(value: &Spanned<Datetime>, objection: &Objection<'_>) -> Result<Date, CaseError> {
    let date = value.get_ref().date.ok_or_else(|| objection(value.span(), "expected a day, YYYY-MM-DD".to_owned()))?;
    Ok(Date { year: date.year, month: date.month, day: date.day })
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Given and family names of a name in one text: `Family, Given`, or the last word with its particles as the family name.
fn split(whole: &str) -> Name {
    if let Some((family, given)) = whole.split_once(',') {
        return Name { given: words(given), family: words(family) };
    }
    let mut given = words(whole);
    let particle = |word: &String| PARTICLES.contains(&word.to_lowercase().trim_end_matches('.'));
    // The first word is a given name even where it looks like a particle: `Van Morris`.
    let start = given.iter().skip(1).position(particle).map_or_else(|| given.len().saturating_sub(1), |at| at + 1);
    let family = given.split_off(start);
    Name { given, family }
}

fn at(source: &str, place: usize, message: String) -> CaseError {
    let before = source.get(..place).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    CaseError { line, column, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(source: &str, expected: &str) {
        let error = parse(source).expect_err("the sheet is wrong").to_string();
        assert_eq!(error, expected);
        assert!(!error.contains("Canary"), "{error}");
    }

    #[test]
    fn names_are_split() {
        let of = |whole: &str| {
            let name = split(whole);
            (name.given.join(" "), name.family.join(" "))
        };
        assert_eq!(of("Jane Ann Roe"), ("Jane Ann".into(), "Roe".into()));
        assert_eq!(of("Roe, Jane Ann"), ("Jane Ann".into(), "Roe".into()));
        assert_eq!(of("Pieter van der Berg"), ("Pieter".into(), "van der Berg".into()));
        assert_eq!(of("Van Morris"), ("Van".into(), "Morris".into()));
        assert_eq!(of("Roe"), (String::new(), "Roe".into()));
    }

    #[test]
    fn those_called_the_same_are_numbered() {
        let sheet = parse(
            "version = 1\n[[people]]\nrole = 'client'\nnames = ['Jane Roe']\n\
             [[people]]\nrole = 'clinician'\nnames = ['Ada Poe']\n\
             [[people]]\nrole = 'relative'\nword = 'mother'\nnames = [{ given = 'Mary', family = 'Roe' }]\n\
             [[people]]\nrole = 'clinician'\nnames = ['Max Doe']\n",
        )
        .unwrap();
        let called: Vec<_> = sheet.people().iter().map(|person| (person.word.as_str(), person.number)).collect();
        assert_eq!(called, [("CLIENT", None), ("CLINICIAN", Some(1)), ("MOTHER", None), ("CLINICIAN", Some(2))]);
    }

    #[test]
    fn objections_name_the_place_and_no_value() {
        refused("version = 2", "line 1, column 11: this program reads case sheets of version 1");
        refused(
            "version = 1\n[[people]]\nrole = 'boss'",
            "line 3, column 8: `role` must be one of client, relative, clinician, official, employer, third-party",
        );
        refused("version = 1\n[[people]]\nrole = 'client'\nnames = 'Canary'", "line 4, column 9: expected a sequence");
        refused(
            "version = 1\n[[people]]\nrole = 'client'\nnames = [3]",
            "line 4, column 9: expected a text, or given = and family =",
        );
        refused("version = 1\n[[people]]\nrole = 'client'\nnames = ['']", "line 4, column 10: a name must not be empty");
        refused("version = 1\n[[people]]\nrole = 'client'\nborn = ['Canary']", "line 4, column 9: expected a TOML datetime");
        refused(
            "version = 1\n[[people]]\nrole = 'client'\nnumbers = { CANARY_NUMBER = ['1'] }",
            "line 4, column 13: there is no such entity; see `list`",
        );
        refused(
            "version = 1\n[[people]]\nrole = 'client'\nnmaes = []",
            "line 4, column 1: unknown field `nmaes`, expected one of `role`, `word`, `minor`, `names`, `nicknames`, `aliases`, `born`, `addresses`, `phones`, `emails`, `numbers`, `terms`",
        );
        refused(
            "version = 1\n[[people]]\nrole = 'client'\n[[consent]]\nkeep = ['PERSON']\nof = ['CANARY']\nrecipient = 'x'\nground = 'y'",
            "line 6, column 7: nobody in this sheet is called so or has this role; there are CLIENT",
        );
    }

    #[test]
    fn consents_hold_for_their_recipient_and_time() {
        let sheet = parse(
            "version = 1\n[[people]]\nrole = 'client'\nnames = ['Jane Roe']\n[[people]]\nrole = 'relative'\nnames = ['Mary Roe']\n\
             [[consent]]\nkeep = ['PERSON']\nof = ['client']\nrecipient = 'Harbor Clinic'\nuntil = 2027-01-31\nground = 'signed'\n",
        )
        .unwrap();
        let day = |month, day| Date { year: 2027, month, day };
        assert_eq!(sheet.in_force("harbor  clinic", day(1, 31)).len(), 1);
        assert!(sheet.in_force("Harbor Clinic", day(2, 1)).is_empty());
        assert!(sheet.in_force("Other Clinic", day(1, 1)).is_empty());
        let [consent] = sheet.consents() else { panic!("one consent") };
        assert!(consent.covers(&Entity::PERSON, Some(0)));
        assert!(!consent.covers(&Entity::PERSON, Some(1)));
        assert!(!consent.covers(&Entity::PERSON, None));
        assert!(!consent.covers(&Entity::PHONE_NUMBER, Some(0)));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(source in "[a-z\\[\\]=.'\"{} \n0-9-]{0,120}") {
            let _ = parse(&source);
            let _ = parse(&format!("version = 1\n[[people]]\nrole = 'client'\n{source}"));
        }
    }
}
