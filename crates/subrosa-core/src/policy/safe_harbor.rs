//! Which letter of 45 CFR 164.514(b)(2)(i), the list of what Safe Harbor removes, a kind of personal data falls under.
//!
//! What the list does not name falls under R, "any other unique identifying number, characteristic, or code", unless it is one
//! of the few kinds that describe without identifying (`NOT_LISTED`). So a new recognizer is removed until somebody decides
//! otherwise. Where a number is of two kinds, the narrower counts: a person's number in health insurance is I though the same
//! number pays pensions.
//!
//! Three judgements: employers are named by the rule next to the individual, so names of bodies are A; numbers that other
//! countries use as the United States use the social security number are G; numbers of doctors and firms are K, although the rule
//! asks only for those of the individual, for software cannot tell whose they are.

use super::groups;
use crate::entity::Entity;

/// The letters with what they list, in the rule's order, and the groups of entities under each. R has all others.
#[rustfmt::skip]
pub const LETTERS: &[(char, &str, &[&str])] = &[
    ('A', "Names", &["organizations", "people"]),
    ('B', "Geographic subdivisions smaller than a State", &["addresses", "coordinates", "places", "postal-codes"]),
    ('C', "Dates except the year, ages over 89", &["ages", "births", "dates"]),
    ('D', "Telephone numbers", &["phones"]),
    ('E', "Fax numbers", &[]),
    ('F', "Electronic mail addresses", &["emails"]),
    ('G', "Social security numbers", &["national-ids", "us-tax-ids"]),
    ('H', "Medical record numbers", &["medical-records"]),
    ('I', "Health plan beneficiary numbers", &["health-plans"]),
    ('J', "Account numbers", &["accounts", "cards", "wallets"]),
    ('K', "Certificate and license numbers", &["companies", "documents", "professionals"]),
    ('L', "Vehicle identifiers and license plates", &["vehicles"]),
    ('M', "Device identifiers and serial numbers", &["devices"]),
    ('N', "Web addresses (URLs)", &["urls"]),
    ('O', "Internet Protocol addresses", &["network"]),
    ('P', "Biometric identifiers", &["biometrics"]),
    ('Q', "Full-face photographs and comparable images", &["photographs"]),
    ('R', "Any other unique identifying number, characteristic, or code", &[]),
];

/// Entities under another letter than the others of their group.
const APART: &[(&str, char)] = &[("FAX_NUMBER", 'E'), ("MAC_ADDRESS", 'M'), ("US_EIN", 'K')];

/// Groups that the list does not name: they tell something of a person and identify nobody by themselves.
const NOT_LISTED: &[&str] = &["amounts", "durations", "health", "occupations", "origins"];

/// The letter that an entity falls under; nothing for what the list does not name.
pub fn letter(entity: &Entity) -> Option<char> {
    if let Some((_, letter)) = APART.iter().find(|(id, _)| *id == entity.id()) {
        return Some(*letter);
    }
    let Some(group) = groups::of(entity) else { return Some('R') };
    let listed = LETTERS.iter().find(|(_, _, groups)| groups.contains(&group.name)).map(|(letter, ..)| *letter);
    listed.or_else(|| (!NOT_LISTED.contains(&group.name)).then_some('R'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::policy::{PRESETS, Policy};
    use crate::registry;

    #[test]
    fn every_name_is_a_group_and_stands_once() {
        let mut seen = BTreeSet::new();
        for name in LETTERS.iter().flat_map(|(_, _, groups)| *groups).chain(NOT_LISTED) {
            assert!(groups::find(name).is_some(), "{name} is no group");
            assert!(seen.insert(*name), "{name} stands twice");
        }
        for (id, letter) in APART {
            let group = groups::of(&Entity::new(id)).expect("an entity of a group");
            assert!(!LETTERS.iter().any(|(own, _, groups)| own == letter && groups.contains(&group.name)), "{id} is not apart");
        }
        let letters: String = LETTERS.iter().map(|(letter, ..)| *letter).collect();
        assert_eq!(letters, "ABCDEFGHIJKLMNOPQR");
    }

    #[test]
    fn the_preset_keeps_only_what_is_not_listed() {
        let policy = Policy::preset("safe-harbor").unwrap();
        for recognizer in registry::all() {
            let entity = &recognizer.info().entity;
            let kept = policy.rule(entity).treatment.operator.id() == "keep";
            assert_eq!(kept, letter(entity).is_none(), "{entity}");
        }
        assert_eq!(letter(&Entity::new("PASSWORD")), Some('R'));
        assert_eq!(letter(&Entity::DENIED_TERM), Some('R'));
    }

    #[test]
    fn presets_name_only_entities_that_there_are() {
        let known: Vec<&str> =
            registry::all().iter().map(|recognizer| recognizer.info().entity.id()).chain(["DENIED_TERM"]).collect();
        for preset in PRESETS {
            assert!(Policy::parse(preset.source, &known).is_ok(), "{}", preset.name);
        }
    }
}
