//! Getting back what a role may have back, and nothing else.

use std::collections::BTreeMap;

use super::*;
use crate::VaultError;
use proptest::prelude::*;

on_both_stores!(
    a_clerk_restores_account_numbers_and_nothing_else,
    who_may_write_only_cannot_read_by_any_way,
    a_restoration_has_a_reason_and_is_counted,
    a_record_comes_back_as_far_as_the_role_reaches,
    a_document_with_a_kind_that_the_role_cannot_write_is_not_half_kept,
);

const IBAN: Entity = Entity::new("IBAN_CODE");

fn a_clerk_restores_account_numbers_and_nothing_else(store: Store) {
    let place = Place::new(store);
    place.grant("clerk", &[Ability::Restore], &["IBAN_CODE"]).unwrap();
    let name = person(&place.vault, "Jane Doe");
    let account = code(&place.vault, &IBAN, "DE02 1203 0000 0000 2020 51").unwrap();
    let clerk = place.open("clerk").unwrap();
    assert_eq!(value(&clerk, &account).unwrap().unwrap(), "DE02 1203 0000 0000 2020 51");
    assert_eq!(value(&clerk, &name).unwrap().unwrap(), "-");
    assert_eq!(value(&place.vault, &format!("[{}]", name.to_lowercase())).unwrap().unwrap(), "Jane Doe");
    assert_eq!(value(&clerk, "[see note]").unwrap(), None);
    assert_eq!(value(&clerk, "CLIENT-12").unwrap(), None);
}

fn who_may_write_only_cannot_read_by_any_way(store: Store) {
    let place = Place::new(store);
    place.grant("writer", &[Ability::Write], &["*"]).unwrap();
    let writer = place.open("writer").unwrap();
    let code = person(&writer, "Jane Doe");
    assert!(matches!(writer.restoring("a test"), Err(VaultError::NotAllowed { .. })));
    // Not by the ability alone: the keys are not there.
    let known = writer.known();
    assert!(known.keyring.epochs.iter().all(|epoch| epoch.root.is_none() && epoch.hatch.key("PERSON").is_none()));
    assert!(known.keyring.authority.is_none());
    drop(known);
    assert_eq!(value(&place.vault, &code).unwrap().unwrap(), "Jane Doe");
}

fn a_restoration_has_a_reason_and_is_counted(store: Store) {
    let place = Place::new(store);
    place.grant("clerk", &[Ability::Restore], &["IBAN_CODE"]).unwrap();
    let name = person(&place.vault, "Jane Doe");
    let clerk = place.open("clerk").unwrap();
    for reason in ["", "  x ", "two\nlines", &"x".repeat(501)] {
        assert!(matches!(clerk.restoring(reason), Err(VaultError::NoReason)));
    }
    let mut restoring = clerk.restoring("court order 12").unwrap();
    restoring.value_of(&name).unwrap();
    restoring.value_of("none").unwrap();
    let event = restoring.finish();
    assert_eq!((event.role.as_str(), event.reason.as_str()), ("clerk", "court order 12"));
    assert_eq!((event.restored, event.withheld), (BTreeMap::new(), BTreeMap::from([("PERSON".to_owned(), 1)])));
}

fn a_record_comes_back_as_far_as_the_role_reaches(store: Store) {
    let place = Place::new(store);
    place.grant("clerk", &[Ability::Restore], &["IBAN_CODE"]).unwrap();
    let list = [
        removed(&Entity::PERSON, 0, "Jane Doe", "[PERSON-1]"),
        removed(&IBAN, 20, "DE02", ""),
        removed(&Entity::PERSON, 30, "Mrs Doe", "[PERSON-1]"),
    ];
    place.vault.keep(&[1; 32], &list).unwrap();
    let of = |vault: &Vault, output: &[u8; 32]| vault.restoring("a test").unwrap().removed(output).unwrap();
    let all = of(&place.vault, &[1; 32]).unwrap();
    assert!(all.removed == list && all.withheld.is_empty());
    let part = of(&place.open("clerk").unwrap(), &[1; 32]).unwrap();
    assert!(part.removed == list[1..2]);
    assert_eq!(part.withheld, BTreeMap::from([("PERSON".to_owned(), 2)]));
    assert!(of(&place.vault, &[2; 32]).is_none());
    // Kept again: the later record counts.
    place.vault.keep(&[1; 32], &list[..1]).unwrap();
    assert_eq!(of(&place.vault, &[1; 32]).unwrap().removed.len(), 1);
    place.vault.keep(&[3; 32], &[]).unwrap();
    assert!(of(&place.vault, &[3; 32]).unwrap().removed.is_empty());
}

fn a_document_with_a_kind_that_the_role_cannot_write_is_not_half_kept(store: Store) {
    let place = Place::new(store);
    place.grant("writer", &[Ability::Write], &["PERSON"]).unwrap();
    let writer = place.open("writer").unwrap();
    let list = [removed(&Entity::PERSON, 0, "Jane", "x"), removed(&Entity::LOCATION, 9, "Springfield", "y")];
    assert!(matches!(writer.keep(&[1; 32], &list), Err(VaultError::NoKey { .. })));
    assert!(place.vault.restoring("a test").unwrap().removed(&[1; 32]).unwrap().is_none());
    // And what was rolled back is no longer counted on.
    writer.keep(&[1; 32], &list[..1]).unwrap();
    assert_eq!(place.vault.restoring("a test").unwrap().removed(&[1; 32]).unwrap().unwrap().removed.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_goes_in_comes_out(values in proptest::collection::vec(("[A-Z]{1,3}", ".{0,80}"), 1..20)) {
        let place = Place::new(Store::File);
        let list: Vec<Removed> = values
            .iter()
            .enumerate()
            .map(|(at, (entity, value))| removed(&Entity::parse(entity).unwrap(), at * 10, value, "[X-1]"))
            .collect();
        place.vault.keep(&[9; 32], &list).unwrap();
        let ask = |entity: &Entity, value: &str| {
            place.vault.code_of(&Ask { entity, identity: value, value, word: "X", form: CodeForm::Random }).unwrap()
        };
        let codes: Vec<String> = list.iter().map(|removed| ask(&removed.entity, &removed.value)).collect();
        place.vault.rotate().unwrap();
        let again = place.open(OWNER).unwrap();
        prop_assert!(again.restoring("a test").unwrap().removed(&[9; 32]).unwrap().unwrap().removed == list);
        for (removed, code) in list.iter().zip(&codes) {
            prop_assert!(value(&again, code).unwrap().as_deref() == Some(&removed.value));
            prop_assert_eq!(&ask(&removed.entity, &removed.value), code);
        }
    }
}
