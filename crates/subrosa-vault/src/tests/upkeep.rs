//! Rotation, revocation, expiry, forgetting, backups, and a disk without room.

use super::*;
use crate::{Erased, VaultError};

on_both_stores!(
    a_revoked_role_is_out_and_its_old_keys_open_nothing,
    a_role_changes_its_own_secret_and_the_old_one_opens_nothing,
    somebody_can_always_administer,
    only_administrators_administer,
    a_rotation_that_was_interrupted_is_ended_and_codes_stay,
    what_is_too_old_expires,
    a_forgotten_person_is_in_no_byte_of_the_file,
    a_seal_that_was_cleared_away_is_not_used_again,
    a_backup_is_whole_and_comes_back,
    a_damaged_backup_is_refused_and_nothing_is_left,
    a_group_that_was_rolled_back_lets_no_document_out,
);

fn a_revoked_role_is_out_and_its_old_keys_open_nothing(store: Store) {
    let place = Place::new(store);
    place.grant("clerk", &[Ability::Write, Ability::Restore], &["*"]).unwrap();
    let clerk = place.open("clerk").unwrap();
    let before = person(&clerk, "Jane Doe");
    let keys = clerk.known().keyring.clone();
    let sealed = place.vault.desk().database.entry_by_code(&before).unwrap().unwrap().sealed;
    assert_eq!(place.vault.revoke("clerk").unwrap(), 1);
    assert!(matches!(place.open("clerk"), Err(VaultError::Revoked(_))));
    // Nor does it go on where it was open.
    assert!(matches!(code(&clerk, &Entity::PERSON, "Max Roe"), Err(VaultError::Revoked(_))));
    assert!(matches!(clerk.restoring("a test").unwrap().value_of(&before), Err(VaultError::Revoked(_))));
    let after = place.vault.desk().database.entry_by_code(&before).unwrap().unwrap();
    assert!(keys.epoch(after.epoch).is_none(), "its keys are of an epoch that is over");
    assert!(!holds(&place.bytes(), &sealed), "what its keys opened is not in the file");
    assert_eq!(value(&place.vault, &before).unwrap().unwrap(), "Jane Doe");
    assert!(matches!(place.vault.revoke("clerk"), Err(VaultError::Revoked(_))));
    assert!(place.grant("clerk", &[Ability::Restore], &["*"]).is_err(), "its name stands in the audit log");
}

fn a_role_changes_its_own_secret_and_the_old_one_opens_nothing(store: Store) {
    let place = Place::new(store);
    place.grant("clerk", &[Ability::Restore], &["PERSON"]).unwrap();
    let code = person(&place.vault, "Jane Doe");
    let clerk = place.open("clerk").unwrap();
    let old = place.vault.desk().database.locks("clerk").unwrap().remove(0).sealed;
    assert!(matches!(clerk.relock(&Lock::Passphrase(Passphrase::new("short"), CHEAP)), Err(VaultError::Invalid(_))));
    clerk.relock(&Lock::Passphrase(Passphrase::new("something else now"), CHEAP)).unwrap();
    assert!(matches!(place.open("clerk"), Err(VaultError::WrongSecret { .. })));
    assert!(!holds(&place.bytes(), &old), "the old lock is gone");
    // Who had it open goes on; the new secret opens the same role, which can change to an identity.
    assert_eq!(value(&clerk, &code).unwrap().unwrap(), "Jane Doe");
    let changed = Opener::Passphrase(Passphrase::new("something else now"));
    let clerk = Vault::open(place.location(), "clerk", &changed, 20_000).unwrap();
    let (identity, recipient) = crate::lock::tests::identity();
    clerk.relock(&Lock::Recipients(vec![recipient])).unwrap();
    assert!(Vault::open(place.location(), "clerk", &changed, 20_000).is_err());
    let identity = Opener::Identities(crate::Identities::parse(&identity).unwrap());
    let clerk = Vault::open(place.location(), "clerk", &identity, 20_000).unwrap();
    assert_eq!(value(&clerk, &code).unwrap().unwrap(), "Jane Doe");
    assert!(place.open(OWNER).is_ok());
}

fn somebody_can_always_administer(store: Store) {
    let place = Place::new(store);
    assert!(matches!(place.vault.revoke(OWNER), Err(VaultError::LastAdministrator(_))));
    place.grant("second", &[Ability::Administer], &["*"]).unwrap();
    assert!(matches!(place.vault.revoke(OWNER), Err(VaultError::Invalid(_))), "not itself");
    let second = place.open("second").unwrap();
    second.revoke(OWNER).unwrap();
    assert!(matches!(place.vault.rotate(), Err(VaultError::Revoked(_))));
    assert!(second.rotate().is_ok());
    assert!(place.grant("third", &[Ability::Restore], &["*"]).is_err());
}

fn only_administrators_administer(store: Store) {
    let place = Place::new(store);
    place.grant("clerk", &[Ability::Write, Ability::Restore], &["*"]).unwrap();
    let clerk = place.open("clerk").unwrap();
    let refused = |result: Result<()>| assert!(matches!(result, Err(VaultError::NotAllowed { .. })));
    refused(clerk.rotate().map(drop));
    refused(clerk.revoke(OWNER).map(drop));
    refused(clerk.forget("Jane").map(drop));
    refused(clerk.retain(Some(1)).map(drop));
    refused(clerk.grant("x", Abilities::ALL, &Categories::All, &lock("x")));
    assert!(place.grant("x", &[Ability::Administer], &["PERSON"]).is_err(), "who administers has all");
    assert!(place.grant("x", &[], &["PERSON"]).is_err());
    assert!(place.grant("X y", &[Ability::Write], &["PERSON"]).is_err());
    assert!(place.grant("x", &[Ability::Write], &["person"]).is_err());
}

fn a_rotation_that_was_interrupted_is_ended_and_codes_stay(store: Store) {
    let place = Place::new(store);
    let codes: Vec<String> = (0..1200).map(|i| person(&place.vault, &format!("Person {i}"))).collect();
    let list = [removed(&Entity::PERSON, 0, "Person 1", &codes[1])];
    place.vault.keep(&[1; 32], &list).unwrap();
    let other = place.open(OWNER).unwrap();
    // A row that does not open stops it half way.
    let damaged = codes[700].clone();
    place.vault.desk().database.tamper(&format!("UPDATE entries SET sealed = randomblob(100) WHERE code = '{damaged}'"));
    let stopped = place.vault.rotate();
    assert!(matches!(&stopped, Err(VaultError::Tampered(place)) if place.contains(&damaged)), "{stopped:?}");
    assert!(place.vault.stats().unwrap().rotating);
    // In the middle of it all codes are found, by those who had the vault open and those who open it now, and new ones made.
    let now = place.open(OWNER).unwrap();
    for vault in [&place.vault, &other, &now] {
        for i in [0, 499, 500, 1199] {
            assert_eq!(person(vault, &format!("Person {i}")), codes[i]);
        }
    }
    let new = person(&other, "Someone New");
    place.vault.forget(&damaged).unwrap();
    now.rotate().unwrap();
    let stats = now.stats().unwrap();
    assert_eq!((stats.rotating, stats.epoch, stats.entries), (false, 2, vec![("PERSON".to_owned(), 1200)]));
    assert_eq!(person(&other, "Person 1000"), codes[1000]);
    assert_eq!(value(&now, &new).unwrap().unwrap(), "Someone New");
    assert!(now.restoring("a test").unwrap().removed(&[1; 32]).unwrap().unwrap().removed == list);
}

fn what_is_too_old_expires(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let room = store.room(&folder);
    let at = |day| Vault::open(&room, OWNER, &Opener::Passphrase(passphrase(OWNER)), day).unwrap();
    drop(Vault::create(&room, &lock(OWNER), [], 100).unwrap());
    let old = person(&at(100), "Jane Doe");
    at(100).keep(&[1; 32], &[removed(&Entity::PERSON, 0, "Jane Doe", "x")]).unwrap();
    let new = person(&at(105), "Max Roe");
    assert!(matches!(at(110).retain(None), Err(VaultError::Invalid(_))));
    assert!(matches!(at(110).retain(Some(0)), Err(VaultError::Invalid(_))));
    assert_eq!(at(110).retain(Some(10)).unwrap(), Erased::default(), "ten days old is not older than ten days");
    assert_eq!(at(111).retain(None).unwrap(), Erased { codes: 1, records: 1 });
    assert_eq!(value(&at(111), &old).unwrap(), None);
    assert_eq!(value(&at(111), &new).unwrap().unwrap(), "Max Roe");
    assert_ne!(person(&at(111), "Jane Doe"), old);
}

fn a_forgotten_person_is_in_no_byte_of_the_file(store: Store) {
    let place = Place::new(store);
    let other = place.open(OWNER).unwrap();
    let jane = person(&place.vault, "Jane Doe");
    let max = person(&place.vault, "Max Roe");
    let list = [
        removed(&Entity::PERSON, 0, "Jane Doe", "[PERSON-1]"),
        removed(&Entity::PERSON, 20, "Mrs Doe", "[PERSON-1]"),
        removed(&Entity::PERSON, 40, "Janie", &format!("[{jane}]")),
        removed(&Entity::PERSON, 60, "Max Roe", "[PERSON-2]"),
        removed(&Entity::AGE, 80, "45", "[AGE]"),
    ];
    place.vault.keep(&[1; 32], &list).unwrap();
    place.vault.flush().unwrap();
    let entry = place.vault.desk().database.entry_by_code(&jane).unwrap().unwrap();
    let part = place.vault.desk().database.removed_of(1).unwrap().into_iter().find(|part| part.category == "PERSON").unwrap();
    assert!(holds(&place.bytes(), &entry.sealed), "it is there before");
    assert_eq!(place.vault.forget("DOE, Jane").unwrap(), Erased { codes: 1, records: 3 });
    let after = place.bytes();
    for gone in [entry.sealed.as_slice(), &entry.tag, &entry.proof, jane.as_bytes(), &part.sealed] {
        assert!(!holds(&after, gone));
    }
    assert_eq!(value(&place.vault, &jane).unwrap(), None);
    assert_eq!(value(&place.vault, &max).unwrap().unwrap(), "Max Roe");
    let left = place.vault.restoring("a test").unwrap().removed(&[1; 32]).unwrap().unwrap();
    assert!(left.removed == list[3..]);
    // Who had the vault open makes a new code and a new seal that can be opened.
    let again = person(&other, "Ada Poe");
    assert_eq!(value(&place.vault, &again).unwrap().unwrap(), "Ada Poe");
    assert!(matches!(place.vault.forget("Jane Doe"), Err(VaultError::UnknownPerson)));
    assert_eq!(place.vault.forget(&max).unwrap(), Erased { codes: 1, records: 1 });
}

fn a_seal_that_was_cleared_away_is_not_used_again(store: Store) {
    let place = Place::new(store);
    let other = place.open(OWNER).unwrap();
    let first = person(&other, "Jane Doe");
    place.vault.forget(&first).unwrap();
    let second = person(&other, "Max Roe");
    assert_eq!(value(&place.vault, &second).unwrap().unwrap(), "Max Roe");
    // The same where a backup told of the change first.
    place.vault.forget(&second).unwrap();
    other.backup(&place.folder.path().join("backup")).unwrap();
    let third = person(&other, "Ada Poe");
    assert_eq!(value(&place.vault, &third).unwrap().unwrap(), "Ada Poe");
}

fn a_backup_is_whole_and_comes_back(store: Store) {
    let place = Place::new(store);
    let code = person(&place.vault, "Jane Doe");
    place.vault.keep(&[1; 32], &[removed(&Entity::PERSON, 0, "Jane Doe", "x")]).unwrap();
    let backup = place.folder.path().join("backup");
    assert_eq!(place.vault.backup(&backup).unwrap(), 2);
    assert!(matches!(place.vault.backup(&backup), Err(VaultError::Exists)));
    let later = person(&place.vault, "Max Roe");
    let restore = |to: &Location, replace| {
        Vault::restore_backup(&backup, to, OWNER, &Opener::Passphrase(passphrase(OWNER)), 20_000, replace)
    };
    assert!(matches!(restore(place.location(), false), Err(VaultError::Exists)));
    let aside = restore(place.location(), true).unwrap().unwrap();
    let restored = place.open(OWNER).unwrap();
    assert_eq!(value(&restored, &code).unwrap().unwrap(), "Jane Doe");
    assert_eq!(value(&restored, &later).unwrap(), None);
    // Nothing is lost: what was there stands aside, with what its journal held.
    assert_eq!(value(&open(&aside, OWNER).unwrap(), &later).unwrap().unwrap(), "Max Roe");
    let elsewhere = Location::File(place.folder.path().join("elsewhere"));
    assert!(restore(&elsewhere, false).unwrap().is_none());
    assert_eq!(value(&open(&elsewhere, OWNER).unwrap(), &code).unwrap().unwrap(), "Jane Doe");
    let wrong = Opener::Passphrase(Passphrase::new("something else"));
    let third = place.folder.path().join("third");
    assert!(Vault::restore_backup(&backup, &third, OWNER, &wrong, 20_000, false).is_err());
    assert!(!third.exists());
}

fn a_damaged_backup_is_refused_and_nothing_is_left(store: Store) {
    let place = Place::new(store);
    person(&place.vault, "Jane Doe");
    place.vault.desk().database.tamper("UPDATE entries SET sealed = zeroblob(length(sealed))");
    let backup = place.folder.path().join("backup");
    assert!(matches!(place.vault.backup(&backup), Err(VaultError::Tampered(_))));
    let names: Vec<_> = std::fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| name.to_str().unwrap().starts_with("vault")), "{names:?}");
}

#[test]
fn a_full_disk_loses_nothing() {
    let place = Place::new(Store::File);
    let before = person(&place.vault, "Jane Doe");
    place.vault.desk().database.leave_room(4);
    let (mut given, mut flushed) = (Vec::new(), 0);
    let error = loop {
        match code(&place.vault, &Entity::PERSON, &format!("Person {}", given.len())) {
            Ok(code) => given.push(code),
            Err(error) => break error,
        }
        if given.len() % 10 == 0 {
            if let Err(error) = place.vault.flush() {
                break error;
            }
            flushed = given.len();
        }
        assert!(given.len() < 10_000, "the disk was never full");
    };
    assert!(matches!(error, VaultError::Full), "{error}");
    // What `flush` says is true: all codes are there, or no document with them can go out.
    let kept = if place.vault.flush().is_ok() { given.len() } else { flushed };
    let again = place.open(OWNER).unwrap();
    assert_eq!(value(&again, &before).unwrap().unwrap(), "Jane Doe");
    assert!(kept > 0);
    for (index, code) in given.iter().enumerate().take(kept) {
        assert_eq!(value(&again, code).unwrap().unwrap(), format!("Person {index}"));
    }
    // With room it goes on.
    let next = person(&again, "Person after");
    assert_eq!(value(&again, &next).unwrap().unwrap(), "Person after");
}

fn a_group_that_was_rolled_back_lets_no_document_out(store: Store) {
    let place = Place::new(store);
    let ask = |value: &str| {
        place.vault.code_of(&Ask { entity: &Entity::PERSON, identity: value, value, word: "X", form: CodeForm::Random })
    };
    let kept = ask("Jane Doe").unwrap();
    place.vault.flush().unwrap();
    let lost = ask("Max Roe").unwrap();
    // As SQLite does when the disk fails in the middle of a commit.
    place.vault.open_desk().database.roll_back();
    assert!(place.vault.flush().is_err());
    assert!(matches!(place.vault.flush(), Err(VaultError::Lost(_))));
    assert!(matches!(ask("Ada Poe"), Err(VaultError::Lost(_))));
    let again = place.open(OWNER).unwrap();
    assert_eq!(value(&again, &kept).unwrap().unwrap(), "Jane Doe");
    assert_eq!(value(&again, &lost).unwrap(), None);
    assert!(code(&again, &Entity::PERSON, "Max Roe").is_ok());
}
