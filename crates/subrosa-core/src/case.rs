//! The case sheet: what is known of the people that documents are about.
//!
//! Names, relatives, birth dates, addresses and numbers that somebody writes down once are found with certainty in every
//! document of the case, in all the ways they are commonly written ([`variants`]), and tell who is meant: `[CLIENT]`,
//! `[MOTHER]`, `[CLINICIAN-1]`. A case sheet also says what may stay, for which recipient, until when and on what ground.
//!
//! What it does not do: decide who is meant where a writing fits several of its people. `Ms Roe` stays a person of its own
//! when mother and daughter are both called so, unless one of them has `Ms Roe` among her aliases.

mod dates;
mod finder;
mod parse;
mod typos;
pub mod variants;

use std::collections::BTreeMap;

use crate::dates::civil::Civil;
use crate::entity::Entity;
use crate::fold::fold;
use crate::role::Role;

pub(crate) use finder::Finder;
pub use parse::CaseError;
pub(crate) use typos::is_slip;

/// What explanations call the recognizer of what the case sheet names.
pub const RECOGNIZER: &str = "case-sheet";

/// People and consents.
#[derive(Clone, Default)]
pub struct CaseSheet {
    people: Vec<Person>,
    consents: Vec<Consent>,
    /// Whom each writing of a value stands for; nothing where it fits several.
    owners: BTreeMap<String, Option<usize>>,
}

/// A person of the case.
#[derive(Clone)]
pub struct Person {
    /// The part they play.
    pub role: Role,
    /// Whether they are under age.
    pub minor: bool,
    /// What labels call them: `CLIENT`, `MOTHER`.
    pub word: String,
    /// Which of those that are called so, from 1; nothing for the only one.
    pub number: Option<u32>,
    /// Names, the first of which is the one that pseudonyms are made from.
    pub names: Vec<Name>,
    /// Nicknames and other writings, as they are.
    pub aliases: Vec<String>,
    /// Birth dates.
    pub born: Vec<Date>,
    /// Addresses, lines parted by commas.
    pub addresses: Vec<String>,
    /// Telephone and fax numbers.
    pub phones: Vec<String>,
    /// Mail addresses.
    pub emails: Vec<String>,
    /// Identifiers by entity.
    pub numbers: BTreeMap<Entity, Vec<String>>,
    /// Whatever else has to go.
    pub terms: Vec<String>,
}

/// A person's name.
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    /// Given names, in order.
    pub given: Vec<String>,
    /// Family names with their particles, in order.
    pub family: Vec<String>,
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, from 1.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

/// What may stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The people whose data it is about, by index; all when empty.
    of: Vec<usize>,
    /// What may stay.
    pub keep: Vec<Entity>,
    /// Who may have it.
    pub recipient: String,
    /// The last day it holds; for ever when nothing.
    pub until: Option<Date>,
    /// Consent or legal demand, in the words of the user.
    pub ground: String,
}

impl CaseSheet {
    /// Reads a case sheet, TOML as in `docs/case-sheet.md`.
    ///
    /// # Errors
    /// [`CaseError`] with line and column; it holds no value of the sheet.
    pub fn parse(source: &str) -> Result<Self, CaseError> {
        parse::parse(source)
    }

    fn new(people: Vec<Person>, consents: Vec<Consent>) -> Self {
        let mut owners: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (index, person) in people.iter().enumerate() {
            for term in variants::of(person).iter().filter(|term| !term.slip) {
                let owner = owners.entry(fold(&term.text)).or_insert(Some(index));
                if *owner != Some(index) {
                    *owner = None;
                }
            }
        }
        // What may be a slip of one name and is another as it stands is the other.
        let mut slips: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (index, person) in people.iter().enumerate() {
            for term in variants::of(person).iter().filter(|term| term.slip) {
                let owner = slips.entry(fold(&term.text)).or_insert(Some(index));
                if *owner != Some(index) {
                    *owner = None;
                }
            }
        }
        for (writing, owner) in slips {
            owners.entry(writing).or_insert(owner);
        }
        // An alias is listed on purpose, so it counts before what is made of others' names.
        for (index, person) in people.iter().enumerate() {
            for alias in &person.aliases {
                let others = people.iter().enumerate().any(|(other, person)| other != index && person.aliases.contains(alias));
                owners.insert(fold(alias), (!others).then_some(index));
            }
        }
        Self { people, consents, owners }
    }

    /// The people, in the order of the sheet.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The one whom documents are about, if the sheet has just one.
    pub fn client(&self) -> Option<&Person> {
        let mut clients = self.people.iter().filter(|person| person.role == Role::Client);
        clients.next().filter(|_| clients.next().is_none())
    }

    /// The only person, by index, that a value as written stands for.
    pub fn owner(&self, value: &str) -> Option<usize> {
        *self.owners.get(&fold(value))?
    }

    /// The consents that hold for a recipient on a day. Recipients are compared folded.
    pub fn in_force(&self, recipient: &str, today: Date) -> Vec<Consent> {
        let holds =
            |consent: &&Consent| fold(&consent.recipient) == fold(recipient) && consent.until.is_none_or(|until| today <= until);
        self.consents.iter().filter(holds).cloned().collect()
    }

    /// All consents, whoever they are for.
    pub fn consents(&self) -> &[Consent] {
        &self.consents
    }
}

impl Date {
    /// The day so many days after 1970-01-01, in the Gregorian calendar; to the year 9999.
    ///
    /// Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `civil_from_days`: eras of 400 years that begin on
    /// the first of March.
    pub fn of_day(days: u32) -> Self {
        let shifted = days + 719_468;
        let (era, of_era) = (shifted / 146_097, shifted % 146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + u32::from(month <= 2);
        Self { year: year as u16, month: month as u8, day: day as u8 }
    }

    /// A day as `2026-01-31`; nothing for any other text, and for days that there are not.
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = text.split('-').collect::<Vec<_>>().try_into().ok()?;
        let number = |digits: &str, length| {
            (digits.len() == length && digits.bytes().all(|digit| digit.is_ascii_digit())).then(|| digits.parse().ok())?
        };
        let (year, month, day): (u16, u16, u16) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        Civil::new(year.into(), month.into(), day.into())?;
        Some(Self { year, month: month as u8, day: day as u8 })
    }
}

impl Consent {
    /// Whether it lets a value of this entity stay, which belongs to `owner`.
    pub fn covers(&self, entity: &Entity, owner: Option<usize>) -> bool {
        self.keep.contains(entity) && (self.of.is_empty() || owner.is_some_and(|owner| self.of.contains(&owner)))
    }
}

impl Person {
    /// The name by which pseudonyms are made: words in small letters, given names first.
    pub fn identity(&self) -> String {
        let first = self.names.first().map(Name::whole).or_else(|| self.aliases.first().cloned()).unwrap_or_default();
        first.to_lowercase()
    }

    /// What labels call them, `CLINICIAN-1`.
    pub fn called(&self) -> String {
        self.number.map_or_else(|| self.word.clone(), |number| format!("{}-{number}", self.word))
    }
}

impl Name {
    /// Given and family names.
    pub fn whole(&self) -> String {
        self.given.iter().chain(&self.family).cloned().collect::<Vec<_>>().join(" ")
    }
}

/// How many people, nothing of them.
impl std::fmt::Debug for CaseSheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CaseSheet({} people, {} consents)", self.people.len(), self.consents.len())
    }
}

/// The role.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.role.name())
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        for (days, expected) in [(0, "1970-01-01"), (11_016, "2000-02-29"), (19_723, "2024-01-01"), (47_541, "2100-03-01")] {
            assert_eq!(Date::of_day(days).to_string(), expected);
        }
    }

    #[test]
    fn an_alias_belongs_to_whom_it_is_listed_under() {
        let sheet = |extra: &str| {
            CaseSheet::parse(&format!(
                "version = 1\n[[people]]\nrole = 'client'\nnames = ['Jane Roe']\n{extra}\n\
                 [[people]]\nrole = 'relative'\nnames = ['Mary Roe']\naliases = ['Roe']\n"
            ))
            .unwrap()
        };
        assert_eq!(sheet("").owner("ROE"), Some(1));
        assert_eq!(sheet("aliases = ['Roe']").owner("Roe"), None);
        assert_eq!(sheet("").owner("Jane"), Some(0));
        assert_eq!(sheet("").client().map(Person::identity).as_deref(), Some("jane roe"));
    }

    #[test]
    fn debug_shows_no_value() {
        let sheet = CaseSheet::parse("version = 1\n[[people]]\nrole = 'client'\nnames = ['Canary']\n").unwrap();
        assert!(!format!("{sheet:?} {:?}", sheet.people()).contains("Canary"));
    }
}
