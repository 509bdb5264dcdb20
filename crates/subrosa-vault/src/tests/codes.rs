//! One value, one code.

use std::collections::BTreeSet;

use super::*;
use crate::VaultError;

on_both_stores!(
    the_same_value_has_the_same_code_in_every_process_and_role,
    a_value_of_another_kind_has_another_code,
    counted_codes_count_for_each_word,
    a_role_writes_what_it_has_keys_for_and_nothing_else,
    a_writer_of_all_kinds_can_write_those_that_the_vault_was_told_of,
    threads_agree,
    a_word_that_cannot_be_told_from_the_code_is_refused,
);

fn the_same_value_has_the_same_code_in_every_process_and_role(store: Store) {
    let place = Place::new(store);
    place.grant("writer", &[Ability::Write], &["PERSON"]).unwrap();
    let first = person(&place.vault, "Jane Doe");
    assert_eq!(person(&place.vault, "JANE DOE"), first);
    assert_eq!(person(&place.open(OWNER).unwrap(), "jane doe"), first);
    let writer = place.open("writer").unwrap();
    assert_eq!(person(&writer, "Jane Doe"), first);
    let second = person(&writer, "Max Roe");
    assert_eq!(person(&place.vault, "Max Roe"), second);
    assert_ne!(first, second);
    assert!(crate::code::parse(&first).is_some(), "{first}");
}

fn a_value_of_another_kind_has_another_code(store: Store) {
    let place = Place::new(store);
    assert_ne!(person(&place.vault, "Jordan"), code(&place.vault, &Entity::LOCATION, "Jordan").unwrap());
}

fn counted_codes_count_for_each_word(store: Store) {
    let place = Place::new(store);
    let ask = |value: &str, word: &str| {
        let ask = Ask { entity: &Entity::PERSON, identity: value, value, word, form: CodeForm::Counted };
        place.vault.code_of(&ask).unwrap()
    };
    let codes = [ask("a", "CLIENT"), ask("b", "CLIENT"), ask("c", "MOTHER"), ask("a", "CLIENT"), ask("d", "CLIENT")];
    assert_eq!(codes, ["CLIENT-1", "CLIENT-2", "MOTHER-1", "CLIENT-1", "CLIENT-3"]);
}

fn a_role_writes_what_it_has_keys_for_and_nothing_else(store: Store) {
    let place = Place::new(store);
    place.grant("writer", &[Ability::Write], &["PERSON"]).unwrap();
    place.grant("reader", &[Ability::Restore], &["*"]).unwrap();
    let (writer, reader) = (place.open("writer").unwrap(), place.open("reader").unwrap());
    assert!(matches!(code(&writer, &Entity::LOCATION, "Springfield"), Err(VaultError::NoKey { .. })));
    assert!(matches!(code(&reader, &Entity::PERSON, "Jane Doe"), Err(VaultError::NotAllowed { .. })));
    assert!(matches!(reader.key("dates"), Err(VaultError::NotAllowed { .. })));
    assert_eq!(writer.key("dates").unwrap().bytes(), place.vault.key("dates").unwrap().bytes());
}

fn a_writer_of_all_kinds_can_write_those_that_the_vault_was_told_of(store: Store) {
    let place = Place::new(store);
    place.grant("writer", &[Ability::Write], &["*"]).unwrap();
    let writer = place.open("writer").unwrap();
    let own = Entity::parse("CASE_NUMBER").unwrap();
    assert!(matches!(code(&writer, &own, "1"), Err(VaultError::NoKey { .. })));
    place.grant("other", &[Ability::Restore], &["CASE_NUMBER"]).unwrap();
    assert!(code(&writer, &own, "1").is_ok());
}

fn threads_agree(store: Store) {
    let place = Place::new(store);
    let others: Vec<Vault> = (0..3).map(|_| place.open(OWNER).unwrap()).collect();
    let vaults: Vec<&Vault> = others.iter().chain([&place.vault, &place.vault]).collect();
    let codes: Vec<Vec<String>> = std::thread::scope(|scope| {
        let ask = |vault: &Vault, turn: usize| {
            (0..200).map(|i| person(vault, &format!("Person {}", (i * 7 + turn * 50) % 200))).collect::<BTreeSet<_>>()
        };
        let threads: Vec<_> = vaults.iter().enumerate().map(|(turn, vault)| scope.spawn(move || ask(vault, turn))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap().into_iter().collect()).collect()
    });
    assert!(codes.iter().all(|of_thread| *of_thread == codes[0]));
    assert_eq!(codes[0].len(), 200);
    assert_eq!(place.vault.stats().unwrap().entries, [("PERSON".to_owned(), 200)]);
}

fn a_word_that_cannot_be_told_from_the_code_is_refused(store: Store) {
    let place = Place::new(store);
    let ask = Ask { entity: &Entity::PERSON, identity: "a", value: "a", word: "client", form: CodeForm::Random };
    assert!(matches!(place.vault.code_of(&ask), Err(VaultError::Invalid(_))));
}
