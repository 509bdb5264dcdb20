//! What is different with a server.

use super::*;
use crate::VaultError;

fn server() -> Option<Location> {
    Some(Location::parse(Path::new(&postgres::cluster()?.address())).unwrap())
}

fn owner() -> Opener {
    Opener::Passphrase(passphrase(OWNER))
}

#[test]
fn a_vault_moves_from_a_file_to_a_server_and_back() {
    let Some(there) = server() else { return };
    let place = Place::new(Store::File);
    let codes: Vec<String> = (0..30).map(|i| person(&place.vault, &format!("Person {i}"))).collect();
    place.grant("clerk", &[Ability::Restore], &["PERSON"]).unwrap();
    place.vault.keep(&[1; 32], &[removed(&Entity::PERSON, 0, "Person 1", "x")]).unwrap();
    place.vault.set_audit_head(crate::AuditHead { count: 7, hash: [7; 32] }).unwrap();
    let path = |name: &str| place.folder.path().join(name);
    place.vault.backup(&path("first")).unwrap();
    assert!(Vault::restore_backup(&path("first"), &there, OWNER, &owner(), 20_000, false).unwrap().is_none());
    let shared = open(&there, OWNER).unwrap();
    assert_eq!(shared.id(), place.vault.id());
    assert_eq!(shared.stats().unwrap(), place.vault.stats().unwrap());
    // It goes on there: values keep their codes, new ones get new, roles are the same.
    assert_eq!(person(&shared, "Person 3"), codes[3]);
    let new = person(&shared, "Person 30");
    shared.rotate().unwrap();
    let clerk = open(&there, "clerk").unwrap();
    assert_eq!(value(&clerk, &codes[29]).unwrap().unwrap(), "Person 29");
    assert!(shared.restoring("a test").unwrap().removed(&[1; 32]).unwrap().is_some());
    assert_eq!(shared.audit_head().unwrap().unwrap().count, 7);
    assert_eq!(shared.backup(&path("second")).unwrap(), 32);
    let back = path("back");
    Vault::restore_backup(&path("second"), &back, OWNER, &owner(), 20_000, false).unwrap();
    let back = open(&back, OWNER).unwrap();
    assert_eq!(value(&back, &new).unwrap().unwrap(), "Person 30");
    assert_eq!(person(&back, "Person 0"), codes[0]);
}

#[test]
fn a_damaged_backup_leaves_nothing_on_the_server() {
    let Some(there) = server() else { return };
    let place = Place::new(Store::File);
    person(&place.vault, "Jane Doe");
    let backup = place.folder.path().join("backup");
    place.vault.backup(&backup).unwrap();
    let copy = crate::database::Database::open_file(&backup).unwrap();
    copy.tamper("UPDATE entries SET day = day + 1");
    copy.unshare().unwrap();
    drop(copy);
    let restored = Vault::restore_backup(&backup, &there, OWNER, &owner(), 20_000, false);
    assert!(matches!(restored, Err(VaultError::Tampered(_))), "{restored:?}");
    assert!(matches!(open(&there, OWNER), Err(VaultError::NotAVault(_))));
}

#[test]
fn a_schema_that_is_something_else_is_no_vault() {
    let Some(there) = server() else { return };
    let Location::Server(server) = &there else { unreachable!() };
    let schema = server.schema();
    let mut client = server.connect().unwrap();
    client.batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
    assert!(matches!(open(&there, OWNER), Err(VaultError::NotAVault(_))));
    // An empty one can become a vault: whoever may make no schemas has one made.
    let vault = Vault::create(&there, &lock(OWNER), ["PERSON"], 20_000).unwrap();
    assert!(matches!(Vault::create(&there, &lock(OWNER), [], 20_000), Err(VaultError::Exists)));
    person(&vault, "Jane Doe");
    client.batch_execute(&format!("SET search_path = {schema}")).unwrap();
    let mut open_after = |sql: &str| {
        client.batch_execute(sql).unwrap();
        open(&there, OWNER)
    };
    let spy = "CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
               CREATE TRIGGER spy BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION spy()";
    assert!(matches!(open_after(spy), Err(VaultError::NotAVault(_))));
    assert!(matches!(open_after("DROP TRIGGER spy ON entries"), Err(VaultError::NotAVault(_))), "until the next VACUUM");
    assert!(open_after("VACUUM entries").is_ok());
    assert!(matches!(open_after("CREATE TABLE more (id int)"), Err(VaultError::NotAVault(_))));
    assert!(matches!(open_after(&format!("COMMENT ON SCHEMA {schema} IS 'subrosa vault 9'")), Err(VaultError::Version(9))));
}

#[test]
fn a_connection_that_breaks_lets_no_document_out() {
    let Some(there) = server() else { return };
    let Location::Server(server) = &there else { unreachable!() };
    let vault = Vault::create(&there, &lock(OWNER), ["PERSON"], 20_000).unwrap();
    let kept = person(&vault, "Jane Doe");
    vault.flush().unwrap();
    let ask = Ask { entity: &Entity::PERSON, identity: "max", value: "Max", word: "X", form: CodeForm::Random };
    vault.code_of(&ask).unwrap();
    let mut client = server.connect().unwrap();
    let others = "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_class c ON c.oid = relation \
                  WHERE c.relname IN ('meta', 'entries') AND c.relnamespace::regnamespace::text = $1 AND pid <> pg_backend_pid()";
    // Unless its group ended by itself just now, it is lost, and that is said.
    let ended = client.query(others, &[&server.schema()]).unwrap().len();
    let flushed = vault.flush();
    assert!(flushed.is_err() || ended == 0, "{ended}");
    if ended > 0 {
        assert!(matches!(vault.flush(), Err(VaultError::Lost(_) | VaultError::Database(_))));
    }
    let again = open(&there, OWNER).unwrap();
    assert_eq!(person(&again, "Jane Doe"), kept);
}

#[test]
fn a_server_that_is_not_there_is_named_without_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("postgres://ada@/cases?host={}", folder.path().display());
    let mut server = crate::Server::parse(&address).unwrap();
    server.set_password("a canary");
    let error = open(Location::Server(server), OWNER).unwrap_err();
    assert!(matches!(error, VaultError::Database(_)));
    assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
}

#[test]
fn who_remembers_all_sees_what_others_add_and_change() {
    let Some(there) = server() else { return };
    let cheap = crate::lock::tests::CHEAP;
    let one = Vault::create(there.clone(), &Lock::Passphrase(passphrase(OWNER), cheap), ["PERSON"], 20_000).unwrap();
    let two = open(&there, OWNER).unwrap();
    let names: Vec<String> = (0..200).map(|number| format!("Person {number}")).collect();
    let codes: Vec<String> = names.iter().map(|name| person(&one, name)).collect();
    assert!(one.has_mirror(), "it was not worth the while");
    assert!(names.iter().zip(&codes).all(|(name, code)| person(&two, name) == *code));
    assert!(two.has_mirror());
    // Each finds what the other adds, whoever comes first.
    for number in 200..260 {
        let name = format!("Person {number}");
        let (first, then) = if number % 2 == 0 { (&one, &two) } else { (&two, &one) };
        assert_eq!(person(first, &name), person(then, &name));
    }
    let mut all: Vec<String> = (0..260).map(|number| person(&one, &format!("Person {number}"))).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 260, "a code was given twice");
    // New keys, and something forgotten: all that was remembered is so no more.
    two.rotate().unwrap();
    assert_eq!(person(&one, "Person 300"), person(&two, "Person 300"));
    assert_eq!(person(&one, "Person 7"), codes[7]);
    two.forget(&codes[7]).unwrap();
    person(&one, "Person 301");
    assert_ne!(person(&one, "Person 7"), codes[7]);
    assert_eq!(one.stats().unwrap().entries, [("PERSON".to_owned(), 262)]);
    assert_eq!(value(&two, &person(&one, "Person 7")).unwrap().unwrap(), "Person 7");
}

#[test]
fn who_remembers_all_believes_no_row_that_was_changed() {
    let Some(there) = server() else { return };
    let cheap = crate::lock::tests::CHEAP;
    let one = Vault::create(there.clone(), &Lock::Passphrase(passphrase(OWNER), cheap), ["PERSON"], 20_000).unwrap();
    let codes: Vec<String> = (0..40).map(|number| person(&one, &format!("Person {number}"))).collect();
    let exchange = "CREATE TEMP TABLE old AS SELECT id, tag FROM entries; UPDATE entries SET tag = zeroblob(16) WHERE id = 3; \
        UPDATE entries SET tag = (SELECT tag FROM old WHERE old.id = 3) WHERE id = 4; \
        UPDATE entries SET tag = (SELECT tag FROM old WHERE old.id = 4) WHERE id = 3";
    one.desk().database.tamper_all(exchange);
    let two = open(&there, OWNER).unwrap();
    for number in (10..40).chain(0..10) {
        let given = code(&two, &Entity::PERSON, &format!("Person {number}"));
        match number {
            2 | 3 => assert!(matches!(given, Err(VaultError::Tampered(_))), "{number}"),
            _ => assert_eq!(given.unwrap(), codes[number]),
        }
    }
    assert!(two.has_mirror());
}
