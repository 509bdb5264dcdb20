//! What somebody can do who has the file and not the keys: nothing that is not noticed.

use super::*;
use crate::VaultError;
use crate::lock::tests::identity;
use crate::{Identities, Recipient};
use proptest::prelude::*;

on_both_stores!(
    a_wrong_passphrase_or_identity_opens_nothing,
    swapped_and_changed_rows_are_noticed_by_readers_and_writers,
    rows_of_another_vault_are_noticed,
    a_role_cannot_be_widened_or_brought_back,
    a_slot_that_nobody_vouches_for_gets_no_values,
    a_part_of_a_record_cannot_be_taken_away_or_exchanged,
    the_file_holds_no_value_and_no_hash_of_one,
    the_head_of_the_audit_log_is_signed_and_never_goes_back,
);

#[allow(clippy::needless_pass_by_value, reason = "what is asked is thrown away")]
fn tampered<T>(result: Result<T>) -> bool {
    matches!(result, Err(VaultError::Tampered(_)))
}

fn a_wrong_passphrase_or_identity_opens_nothing(store: Store) {
    let place = Place::new(store);
    let (ours, to_ours) = identity();
    let (other, _) = identity();
    place.vault.grant("reader", Abilities::of(&[Ability::Restore]), &Categories::All, &Lock::Recipients(vec![to_ours])).unwrap();
    let open_with = |role: &str, opener: Opener| Vault::open(place.location(), role, &opener, 20_000);
    let identities = |text: &str| Opener::Identities(Identities::parse(text).unwrap());
    assert!(open_with("reader", identities(&ours)).is_ok());
    let wrong = [
        open_with("reader", identities(&other)),
        open_with("reader", Opener::Passphrase(passphrase(OWNER))),
        open_with(OWNER, identities(&ours)),
        open_with(OWNER, Opener::Passphrase(Passphrase::new("passphrase of ownes"))),
        open_with(OWNER, Opener::Passphrase(Passphrase::new(""))),
    ];
    assert!(wrong.into_iter().all(|opened| matches!(opened, Err(VaultError::WrongSecret { .. }))));
    assert!(matches!(open_with("nobody", identities(&ours)), Err(VaultError::NoRole(_))));
    assert!(Recipient::parse("nothing").is_err());
}

fn swapped_and_changed_rows_are_noticed_by_readers_and_writers(store: Store) {
    let changes = [
        "UPDATE entries SET code = CASE id WHEN 1 THEN 'X-1' ELSE 'X-2' END",
        "CREATE TEMP TABLE old AS SELECT * FROM entries; \
         UPDATE entries SET sealed = (SELECT sealed FROM old WHERE old.id = 3 - entries.id)",
        "UPDATE entries SET day = day + 1",
        "UPDATE entries SET epoch = epoch + 1",
        "UPDATE entries SET category = 'IBAN_CODE'",
        "UPDATE entries SET seal = seal + 1",
        "UPDATE entries SET sealed = zeroblob(length(sealed))",
        "UPDATE entries SET sealed = zeroblob(0)",
        "UPDATE seals SET half = zeroblob(32)",
    ];
    for sql in changes {
        let place = Place::new(store);
        place.grant("writer", &[Ability::Write], &["*"]).unwrap();
        let (first, second) = (person(&place.vault, "Jane Doe"), person(&place.vault, "Max Roe"));
        let (first, second) = if sql.contains("X-1") { ("X-1".to_owned(), "X-2".to_owned()) } else { (first, second) };
        place.vault.desk().database.tamper_all(sql);
        let owner = place.open(OWNER).unwrap();
        for code in [&first, &second] {
            let got = value(&owner, code);
            // A row of an epoch or category that there are no keys for is withheld rather than wrong.
            assert!(tampered_or_withheld(&got), "{sql}");
        }
        // A writer sees all but what is sealed.
        let writer = place.open("writer").unwrap();
        let seen = code(&writer, &Entity::PERSON, "Jane Doe");
        assert_eq!(tampered(seen), !sql.contains("sealed =") && !sql.contains("half"), "{sql}");
    }
}

fn tampered_or_withheld(got: &Result<Option<String>>) -> bool {
    match got {
        Err(VaultError::Tampered(_)) => true,
        Ok(Some(value)) => value == "-",
        _ => false,
    }
}

fn rows_of_another_vault_are_noticed(store: Store) {
    let (place, other) = (Place::new(store), Place::new(store));
    let theirs = person(&other.vault, "Eve Poe");
    person(&place.vault, "Jane Doe");
    place.steal(&other, "entries");
    place.steal(&other, "seals");
    let owner = place.open(OWNER).unwrap();
    assert!(tampered(value(&owner, &theirs)));
    // Nor can a role be brought along.
    place.steal(&other, "roles");
    assert!(tampered(place.open(OWNER)));
    place.steal(&other, "locks");
    assert!(matches!(place.open(OWNER), Err(VaultError::WrongSecret { .. })), "the lock is bound to its vault");
    place.steal(&other, "meta");
    // Now all but the rows is the other vault.
    assert_eq!(place.open(OWNER).unwrap().id(), other.vault.id());
}

fn a_role_cannot_be_widened_or_brought_back(store: Store) {
    let changes = [
        "UPDATE roles SET abilities = 7 WHERE name = 'clerk'",
        "UPDATE roles SET categories = '*' WHERE name = 'clerk'",
        "UPDATE roles SET keyring = (SELECT keyring FROM roles WHERE name = 'owner') WHERE name = 'clerk'",
        "UPDATE roles SET slot = (SELECT slot FROM roles WHERE name = 'owner') WHERE name = 'clerk'",
        "UPDATE roles SET revoked = 1 - revoked WHERE name = 'clerk'",
        "UPDATE roles SET signature = zeroblob(64) WHERE name = 'clerk'",
        "UPDATE meta SET value = zeroblob(length(value)) WHERE name = 'state signature'",
    ];
    for sql in changes {
        let place = Place::new(store);
        place.grant("clerk", &[Ability::Restore], &["PERSON"]).unwrap();
        place.vault.desk().database.tamper(sql);
        let opened = place.open("clerk");
        assert!(tampered(opened) || sql.contains("revoked"), "{sql}");
        // Who administers notices before giving such a role new keys; who checked the state before does not check it again.
        assert!(tampered(place.vault.rotate()) || sql.contains("state signature"), "{sql}");
    }
}

fn a_slot_that_nobody_vouches_for_gets_no_values(store: Store) {
    let place = Place::new(store);
    place.grant("writer", &[Ability::Write], &["*"]).unwrap();
    let writer = place.open("writer").unwrap();
    place.vault.desk().database.tamper("UPDATE categories SET slot = randomblob(32)");
    assert!(tampered(code(&writer, &Entity::PERSON, "Jane Doe")));
}

fn a_part_of_a_record_cannot_be_taken_away_or_exchanged(store: Store) {
    let changes = [
        "DELETE FROM removed WHERE category = 'PERSON'",
        "UPDATE removed SET output = 3 - output",
        "UPDATE outputs SET tag = randomblob(16)",
        "UPDATE outputs SET day = day + 1",
        "UPDATE outputs SET sealed = zeroblob(length(sealed))",
    ];
    for sql in changes {
        let place = Place::new(store);
        for output in [[1; 32], [2; 32]] {
            let list = [removed(&Entity::PERSON, 0, "Jane", "x"), removed(&Entity::AGE, 9, "45", "y")];
            place.vault.keep(&output, &list).unwrap();
        }
        let database = &place.vault.desk().database;
        if sql.contains("SET output") {
            // Around the constraint that no category stands twice.
            database.tamper("UPDATE removed SET output = -output");
            database.tamper("UPDATE removed SET output = 3 + output");
        } else {
            database.tamper(sql);
        }
        let owner = place.open(OWNER).unwrap();
        let got = owner.restoring("a test").unwrap().removed(&[1; 32]);
        assert!(tampered(got.map(|record| assert!(record.is_none(), "{sql}"))) || sql.contains("SET tag"), "{sql}");
    }
}

#[test]
fn something_else_is_no_vault() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    #[allow(clippy::disallowed_methods, reason = "a test writes a file")]
    let write = |bytes: &[u8]| std::fs::write(&path, bytes).unwrap();
    for bytes in [b"".as_slice(), b"something else", &[0; 5000]] {
        write(bytes);
        assert!(matches!(open(&path, OWNER), Err(VaultError::NotAVault(_))));
        assert!(matches!(Vault::create(&path, &lock(OWNER), [], 0), Err(VaultError::Exists)));
    }
    let place = Place::new(Store::File);
    place.vault.desk().database.tamper_all("CREATE TRIGGER spy AFTER INSERT ON entries BEGIN DELETE FROM roles; END");
    assert!(matches!(place.open(OWNER), Err(VaultError::NotAVault(_))));
}

fn the_file_holds_no_value_and_no_hash_of_one(store: Store) {
    use sha2::{Digest as _, Sha256};
    let place = Place::new(store);
    person(&place.vault, "Canary Island");
    place.vault.keep(&[7; 32], &[removed(&Entity::PERSON, 0, "Canary Island", "x")]).unwrap();
    let bytes = place.bytes();
    for sought in ["Canary Island", "canaryisland", "Canary"] {
        assert!(!holds(&bytes, sought.as_bytes()));
        assert!(!holds(&bytes, &Sha256::digest(sought.as_bytes())[..8]));
    }
    assert!(!holds(&bytes, &[7; 32]), "nor the hash of an output");
    assert!(!format!("{:?}", place.vault).contains("anary"));
}

#[cfg(unix)]
#[test]
fn only_the_user_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new(Store::File);
    person(&place.vault, "Jane Doe");
    for entry in std::fs::read_dir(place.folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{}", entry.path().display());
    }
}

fn the_head_of_the_audit_log_is_signed_and_never_goes_back(store: Store) {
    let place = Place::new(store);
    place.grant("clerk", &[Ability::Restore], &["PERSON"]).unwrap();
    let clerk = place.open("clerk").unwrap();
    assert_eq!(place.vault.audit_head().unwrap(), None);
    let head = |count| crate::AuditHead { count, hash: [count as u8; 32] };
    clerk.set_audit_head(head(2)).unwrap();
    assert_eq!(place.vault.audit_head().unwrap(), Some(head(2)));
    assert!(matches!(place.vault.set_audit_head(head(1)), Err(VaultError::Invalid(_))));
    place.vault.revoke("clerk").unwrap();
    assert_eq!(place.vault.audit_head().unwrap(), Some(head(2)), "what a revoked role signed still holds");
    let role = place.vault.roles().unwrap().into_iter().find(|role| role.name == "clerk").unwrap();
    assert_eq!(role.verifying_key, clerk.signer().verifying_key());
    place.vault.desk().database.tamper("UPDATE meta SET value = zeroblob(length(value)) WHERE name = 'audit head'");
    assert!(tampered(place.vault.audit_head()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever happens to the bytes of the file: nothing panics, and no code ever stands for a wrong value.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test changes a file")]
    fn damaged_files_never_give_a_wrong_value(damages in proptest::collection::vec((any::<u32>(), 1_u8..), 1..30)) {
        let place = Place::new(Store::File);
        let codes: Vec<String> = (0..50).map(|i| person(&place.vault, &format!("Person {i}"))).collect();
        place.vault.keep(&[1; 32], &[removed(&Entity::PERSON, 0, "Person 1", "x")]).unwrap();
        let path = place.folder.path().join("copy");
        place.vault.backup(&path).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        for (at, change) in damages {
            let at = at as usize % bytes.len();
            bytes[at] ^= change;
        }
        std::fs::write(&path, bytes).unwrap();
        let Ok(vault) = open(&path, OWNER) else { return Ok(()) };
        for (index, code) in codes.iter().enumerate() {
            if let Ok(Some(got)) = value(&vault, code) {
                prop_assert_eq!(got, format!("Person {index}"));
            }
            let _ = super::code(&vault, &Entity::PERSON, &format!("Person {index}"));
        }
        let _ = vault.restoring("a test").unwrap().removed(&[1; 32]);
        let _ = (vault.roles(), vault.stats(), vault.audit_head(), vault.rotate());
        let _ = vault.backup(&place.folder.path().join("backup"));
    }
}
