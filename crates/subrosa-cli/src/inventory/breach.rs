//! What a notice of a breach needs, by 45 CFR 164.404 to 164.408: how many individuals, in which States, by when, and what of
//! the notice's contents the files tell. Whether there was a breach, whether the information was unsecured, and who of the people
//! is an individual in the sense of the rule is not for a program to say.
//!
//! Two counts, since names can be of people about whom nothing was said, and two names of one person: *at least* counts people
//! with more than a name, those who may be the same once, and none whom the case sheet knows by their trade; *at most* counts all.

use std::collections::BTreeMap;

use serde::Serialize;
use subrosa_core::case::Date;

use super::kinds::{OTHER, TYPES};
use super::people::Alike;
use super::report::Person;

/// Calendar days after discovery, and after the end of the year for small breaches.
const DAYS: u32 = 60;
/// 164.406 says *more than* 500 residents of a State, 164.408 says 500 *or more* individuals.
const MANY: u64 = 500;

/// The view.
#[derive(Serialize)]
pub struct Breach {
    /// What it keeps to.
    pub basis: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discovered: Option<String>,
    /// The last day for notices to individuals: 164.404(b).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notify_by: Option<String>,
    /// The last day to tell the Secretary of a breach of fewer than 500: 164.408(c).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annual_log_by: Option<String>,
    pub individuals: Range,
    /// People whose State an address tells.
    pub states: Vec<InState>,
    /// People whose State nothing tells.
    pub state_unknown: Range,
    /// 164.406: media, for more than 500 residents of a State.
    pub media: Threshold,
    /// 164.408: the Secretary at once, for 500 individuals or more.
    pub secretary: Threshold,
    /// People for each type of information.
    pub types: Vec<OfType>,
    /// What a notice has to contain: 164.404(c)(1).
    pub notice: Vec<Element>,
}

/// Two counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Range {
    pub at_least: u64,
    pub at_most: u64,
}

/// People of one State.
#[derive(Serialize)]
pub struct InState {
    pub state: &'static str,
    #[serde(flatten)]
    pub people: Range,
    /// Whether there are more than 500.
    pub media: Threshold,
}

/// Whether a number is reached by what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Threshold {
    /// Even by the smaller count.
    Reached,
    /// By the larger count only.
    Perhaps,
    /// Not by what was found; what was not found is not counted.
    NotReached,
}

impl Threshold {
    fn of(range: Range, reached: impl Fn(u64) -> bool) -> Self {
        if reached(range.at_least) {
            Self::Reached
        } else if reached(range.at_most) {
            Self::Perhaps
        } else {
            Self::NotReached
        }
    }

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Perhaps => "perhaps reached",
            Self::NotReached => "not reached by what was found",
        }
    }
}

/// How many people a type of information is about.
#[derive(Serialize)]
pub struct OfType {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub people: u64,
}

/// A part of the notice.
#[derive(Serialize)]
pub struct Element {
    pub letter: char,
    pub asks: &'static str,
    /// What the program can say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// What somebody has to add.
    pub missing: &'static str,
}

/// The view of these people.
pub fn view(people: &[Person], alike: &[Alike], discovered: Option<Date>) -> Breach {
    let one = same_for_all(people.len(), alike);
    let is_certain = |person: &Person| person.has_more_than_a_name() && !person.is_there_by_trade();
    // By those who may be one: whether somebody of them counts, and their State.
    let mut sets: BTreeMap<usize, (bool, Option<&'static str>)> = BTreeMap::new();
    let mut most: BTreeMap<Option<&'static str>, u64> = BTreeMap::new();
    for (person, one) in people.iter().zip(&one) {
        let set = sets.entry(*one).or_default();
        set.0 |= is_certain(person);
        set.1 = set.1.or(person.state);
        *most.entry(person.state).or_default() += 1;
    }
    let mut least: BTreeMap<Option<&'static str>, u64> = BTreeMap::new();
    for (_, state) in sets.values().filter(|(certain, _)| *certain) {
        *least.entry(*state).or_default() += 1;
    }
    let range = |state: Option<&'static str>| Range {
        at_least: least.get(&state).copied().unwrap_or_default().min(most.get(&state).copied().unwrap_or_default()),
        at_most: most.get(&state).copied().unwrap_or_default(),
    };
    let individuals = Range { at_least: least.values().sum(), at_most: people.len() as u64 };
    let unknown = range(None);
    let states: Vec<InState> = most
        .keys()
        .filter_map(|state| *state)
        .map(|state| {
            let people = range(Some(state));
            // Those without a State could be of this one.
            let possible = Range { at_most: people.at_most + unknown.at_most, ..people };
            InState { state, people, media: Threshold::of(possible, |count| count > MANY) }
        })
        .collect();
    let nowhere = Threshold::of(Range { at_least: 0, ..unknown }, |count| count > MANY);
    let media = states.iter().map(|state| state.media).chain([nowhere]).min_by_key(|threshold| *threshold as u8);
    let types: Vec<OfType> = TYPES
        .iter()
        .copied()
        .chain([OTHER])
        .map(|kind| OfType { kind, people: people.iter().filter(|person| person.types.contains(&kind)).count() as u64 })
        .filter(|of| of.people > 0)
        .collect();
    Breach {
        basis: "45 CFR 164.404, 164.406, 164.408; whether there was a breach of unsecured information is not decided here",
        discovered: discovered.map(|date| date.to_string()),
        notify_by: discovered.map(|date| Date::of_day(day(date) + DAYS).to_string()),
        annual_log_by: discovered.map(|date| {
            let end_of_year = Date { year: date.year, month: 12, day: 31 };
            Date::of_day(day(end_of_year) + DAYS).to_string()
        }),
        individuals,
        states,
        state_unknown: unknown,
        media: media.unwrap_or(Threshold::NotReached),
        secretary: Threshold::of(individuals, |count| count >= MANY),
        notice: notice(&types, discovered),
        types,
    }
}

fn notice(types: &[OfType], discovered: Option<Date>) -> Vec<Element> {
    let listed: Vec<&str> = types.iter().map(|of| of.kind).collect();
    vec![
        Element {
            letter: 'A',
            asks: "what happened, with the date of the breach and the date of its discovery, if known",
            known: discovered.map(|date| format!("discovered on {date}")),
            missing: "what happened; the date of the breach",
        },
        Element {
            letter: 'B',
            asks: "the types of unsecured protected health information that were involved",
            known: (!listed.is_empty()).then(|| listed.join(", ")),
            missing: "whether it was unsecured; disability codes, which are not recognised; what was not looked into",
        },
        Element { letter: 'C', asks: "steps individuals should take to protect themselves", known: None, missing: "all of it" },
        Element {
            letter: 'D',
            asks: "what is done to investigate the breach, to mitigate harm and to protect against further breaches",
            known: None,
            missing: "all of it",
        },
        Element {
            letter: 'E',
            asks: "how to ask questions: a toll-free telephone number, an e-mail address, Web site, or postal address",
            known: None,
            missing: "all of it",
        },
    ]
}

/// For each of the people one of those who may be the same.
fn same_for_all(people: usize, alike: &[Alike]) -> Vec<usize> {
    let mut one: Vec<usize> = (0..people).collect();
    fn root(one: &[usize], mut at: usize) -> usize {
        while let Some(next) = one.get(at).copied().filter(|next| *next != at) {
            at = next;
        }
        at
    }
    for alike in alike {
        let Some(first) = alike.people.first() else { continue };
        for other in &alike.people {
            let (kept, gone) = (root(&one, *first), root(&one, *other));
            if let Some(slot) = one.get_mut(gone.max(kept)) {
                *slot = kept.min(gone);
            }
        }
    }
    (0..people).map(|person| root(&one, person)).collect()
}

/// Days from 1970-01-01, the inverse of [`Date::of_day`].
///
/// Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `days_from_civil`.
fn day(date: Date) -> u32 {
    let (month, day) = (u32::from(date.month), u32::from(date.day));
    let year = u32::from(date.year) - u32::from(month <= 2);
    let (era, of_era) = (year / 400, year % 400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// A day of the calendar as the command line has it: `2026-03-01`, from 1970 on.
///
/// # Errors
/// What is no such day.
pub fn parse_day(text: &str) -> Result<Date, String> {
    let wrong = || "not a day as YYYY-MM-DD".to_owned();
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, of_month] = parts.as_slice() else { return Err(wrong()) };
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) || !digits(of_month, 2) {
        return Err(wrong());
    }
    let date = Date {
        year: year.parse().map_err(|_| wrong())?,
        month: month.parse().map_err(|_| wrong())?,
        day: of_month.parse().map_err(|_| wrong())?,
    };
    let exists = (1970..9999).contains(&date.year) && (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
    if exists && Date::of_day(day(date)) == date { Ok(date) } else { Err("no day of the calendar since 1970".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        parse_day(text).unwrap()
    }

    #[test]
    fn days_of_the_calendar() {
        for good in ["1970-01-01", "2024-02-29", "2026-12-31", "2000-02-29"] {
            assert_eq!(Date::of_day(day(date(good))).to_string(), good);
        }
        for wrong in
            ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "01/02/2026", "", "1969-12-31", "2026-01-32", "+026-01-01"]
        {
            assert!(parse_day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sixty_calendar_days() {
        let view = |day: &str| view(&[], &[], Some(date(day)));
        assert_eq!(view("2026-01-01").notify_by.as_deref(), Some("2026-03-02"));
        assert_eq!(view("2024-01-01").notify_by.as_deref(), Some("2024-03-01"));
        assert_eq!(view("2026-05-05").annual_log_by.as_deref(), Some("2027-03-01"));
        assert_eq!(view("2027-05-05").annual_log_by.as_deref(), Some("2028-02-29"));
    }

    #[test]
    fn more_than_500_is_not_500_or_more() {
        let exactly = Range { at_least: 500, at_most: 500 };
        assert_eq!(Threshold::of(exactly, |count| count > MANY), Threshold::NotReached);
        assert_eq!(Threshold::of(exactly, |count| count >= MANY), Threshold::Reached);
        assert_eq!(Threshold::of(Range { at_least: 3, at_most: 501 }, |count| count > MANY), Threshold::Perhaps);
    }
}
