//! What may stay of each kind of value under laws that list it, for the check of policies.
//!
//! A limit is a maximum: nothing at all always satisfies it, and so does a code that only a separate table can lead back.
//! Sources: 45 CFR 164.514(b)(2)(i) and (e)(2); Federal Rules of Civil Procedure 5.2(a), of Criminal Procedure 49.1(a), of
//! Bankruptcy Procedure 9037(a); PCI DSS 4.0.1, 3.4.1 and 3.5.1.

use std::collections::BTreeMap;

use super::{Treatment, safe_harbor};
use crate::entity::Entity;
use crate::operators::Leaves;
use crate::role::Role;

/// A law's list.
pub struct List {
    /// As policies name it.
    pub name: &'static str,
    /// What may stay of a value; nothing when the list does not speak of it.
    pub most: fn(&Entity, &Who<'_>) -> Option<Limit>,
}

/// The name.
impl std::fmt::Debug for List {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "List({})", self.name)
    }
}

/// Whose value it is.
pub struct Who<'a> {
    /// What a rule's condition says that the person is.
    pub role: Option<Role>,
    /// Whether a minor may be among those whom the rule is for.
    pub may_be_minor: bool,
    /// The parameters of the policy.
    pub given: &'a BTreeMap<String, String>,
}

/// What may stay.
pub struct Limit {
    /// The clause that says so, in a few words.
    pub clause: String,
    /// Whether a treatment stays within it.
    pub permits: fn(&Treatment) -> bool,
    /// The operators that do besides those that leave nothing, for people.
    pub forms: &'static str,
}

/// All lists, sorted by name.
pub static LISTS: &[List] = &[
    List { name: "card-display", most: card_display },
    List { name: "federal-courts", most: federal_courts },
    List { name: "limited-data-set", most: limited_data_set },
    List { name: "safe-harbor", most: safe_harbor },
];

/// The list of this name.
pub fn find(name: &str) -> Option<&'static List> {
    LISTS.iter().find(|list| list.name == name)
}

fn nothing(treatment: &Treatment) -> bool {
    treatment.operator.leaves() <= Leaves::Code
}

fn is(treatment: &Treatment, ids: &[&str]) -> bool {
    ids.contains(&treatment.operator.id())
}

/// The rule names the individual, relatives, employers and household members; not those who treat them or act for an
/// authority.
fn is_outside(role: Option<Role>) -> bool {
    matches!(role, Some(Role::Clinician | Role::Official))
}

fn safe_harbor(entity: &Entity, who: &Who<'_>) -> Option<Limit> {
    let letter = safe_harbor::letter(entity)?;
    if *entity == Entity::PERSON && is_outside(who.role) {
        return None;
    }
    let (permits, forms): (fn(&Treatment) -> bool, _) = match entity.id() {
        "AGE" => (|t| nothing(t) || (is(t, &["age-cap"]) && t.parameters.count("limit") <= 89), "`age-cap` up to 89"),
        "DATE_TIME" => (|t| nothing(t) || is(t, &["year"]), "`year`"),
        "DATE_OF_BIRTH" => (
            |t| nothing(t) || (is(t, &["year"]) && (1..=89).contains(&t.parameters.count("age_limit"))),
            "`year` with an age limit of at most 89",
        ),
        "ZIP_CODE" | "POSTAL_CODE" => (|t| nothing(t) || is(t, &["zip3"]), "`zip3`"),
        "LOCATION" => (|t| nothing(t) || is(t, &["state-or-country"]), "`state-or-country`"),
        _ => (nothing, ""),
    };
    let what = safe_harbor::LETTERS.iter().find(|(known, ..)| *known == letter).map_or("", |(_, what, _)| what);
    Some(Limit { clause: format!("{letter}, {what}"), permits, forms })
}

fn limited_data_set(entity: &Entity, who: &Who<'_>) -> Option<Limit> {
    let letter = safe_harbor::letter(entity)?;
    if *entity == Entity::PERSON && is_outside(who.role) {
        return None;
    }
    let (permits, forms): (fn(&Treatment) -> bool, _) = match (letter, entity.id()) {
        (_, "STREET_ADDRESS") => (|t| nothing(t) || is(t, &["city-state", "state-or-country", "zip3"]), "`city-state`"),
        // Town, State, ZIP code and dates stay; other unique codes are not on this list.
        ('B' | 'C' | 'R', _) => return None,
        _ => (nothing, ""),
    };
    let what = safe_harbor::LETTERS.iter().find(|(known, ..)| *known == letter).map_or("", |(_, what, _)| what);
    let what = if entity.id() == "STREET_ADDRESS" { "Postal address other than town, State and ZIP code" } else { what };
    Some(Limit { clause: format!("(e)(2): {what}"), permits, forms })
}

fn federal_courts(entity: &Entity, who: &Who<'_>) -> Option<Limit> {
    let criminal = who.given.get("court").is_some_and(|court| court == "criminal");
    let (clause, permits, forms): (_, fn(&Treatment) -> bool, _) = match entity.id() {
        "US_SSN" | "US_ITIN" | "US_EIN" => (
            "the last four digits of a social-security or taxpayer number",
            |t| nothing(t) || is(t, &["last-four"]),
            "`last-four`",
        ),
        "ACCOUNT_NUMBER" | "CREDIT_CARD" | "CRYPTO" | "IBAN_CODE" => {
            ("the last four digits of a financial account", |t| nothing(t) || is(t, &["last-four"]), "`last-four`")
        }
        "DATE_OF_BIRTH" => ("the year of birth", |t| nothing(t) || is(t, &["year"]), "`year`"),
        "PERSON" if who.may_be_minor => ("the initials of a minor", |t| nothing(t) || is(t, &["initials"]), "`initials`"),
        "STREET_ADDRESS" if criminal => {
            ("city and State of a home address", |t| nothing(t) || is(t, &["city-state", "state-or-country"]), "`city-state`")
        }
        _ => return None,
    };
    Some(Limit { clause: format!("may include only {clause}"), permits, forms })
}

fn card_display(entity: &Entity, _: &Who<'_>) -> Option<Limit> {
    let (clause, permits, forms): (_, fn(&Treatment) -> bool, _) = match entity.id() {
        "CREDIT_CARD" => (
            "at most the first six and the last four digits of a card number",
            |t| nothing(t) || is(t, &["first-six-last-four", "last-four"]),
            "`last-four` or `first-six-last-four`",
        ),
        "PASSWORD" => ("no PIN after authorisation", nothing, ""),
        _ => return None,
    };
    Some(Limit { clause: clause.to_owned(), permits, forms })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_by_name() {
        assert!(LISTS.is_sorted_by(|a, b| a.name < b.name));
        for list in LISTS {
            assert_eq!(find(list.name).map(|found| found.name), Some(list.name));
        }
        assert!(find("nothing").is_none());
    }

    #[test]
    fn what_each_list_speaks_of() {
        let given = BTreeMap::new();
        let who = Who { role: None, may_be_minor: true, given: &given };
        let most = |list: &str, entity: &Entity| (find(list).unwrap().most)(entity, &who).map(|limit| limit.clause);
        let zip = Entity::ZIP_CODE;
        assert!(most("safe-harbor", &zip).is_some_and(|clause| clause.starts_with("B, ")));
        assert_eq!(most("limited-data-set", &zip), None);
        assert_eq!(most("federal-courts", &zip), None);
        assert!(most("federal-courts", &Entity::PERSON).is_some());
        let grown_up = Who { may_be_minor: false, ..who };
        assert!((find("federal-courts").unwrap().most)(&Entity::PERSON, &grown_up).is_none());
        let criminal = BTreeMap::from([("court".to_owned(), "criminal".to_owned())]);
        let at_home = Who { given: &criminal, role: None, may_be_minor: true };
        assert!((find("federal-courts").unwrap().most)(&Entity::STREET_ADDRESS, &at_home).is_some());
    }
}
