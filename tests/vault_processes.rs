//! A vault that several processes share, and that processes are killed over.
//!
//! The other processes are this test program, told by a variable to do nothing but write into a vault.

#![allow(clippy::disallowed_methods, reason = "tests make files and read the environment and the clock")]
#![allow(clippy::unwrap_used, reason = "all of this is tests")]
#![cfg(unix)]

#[cfg(feature = "postgres")]
#[path = "support/postgres.rs"]
#[allow(clippy::print_stderr, reason = "it says when it is skipped")]
mod postgres;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use subrosa_core::entity::Entity;
use subrosa_core::restore::Removed;
use subrosa_core::span::Span;
use subrosa_core::store::{Ask, CodeForm};
use subrosa_vault::{Answer, AuditHead, Costs, Location, Lock, OWNER, Opener, Passphrase, Vault};

/// Tells a process of this program what to do: `write`, `rotate` or `forget`, and the vault.
const ORDER: &str = "SUBROSA_TEST_VAULT_ORDER";

fn secret() -> Passphrase {
    Passphrase::new("passphrase of the owner")
}

fn create(place: &Location) -> Vault {
    let cheap = Costs { memory: 64, passes: 1, lanes: 1 };
    Vault::create(place, &Lock::Passphrase(secret(), cheap), ["PERSON"], 20_000).unwrap()
}

fn open(place: &Location) -> Vault {
    Vault::open(place, OWNER, &Opener::Passphrase(secret()), 20_000).unwrap()
}

fn person(vault: &Vault, name: &str) -> String {
    let ask = Ask { entity: &Entity::PERSON, identity: name, value: name, word: "PERSON", form: CodeForm::Random };
    vault.code_of(&ask).unwrap()
}

fn process(order: &str, place: &Location) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "worker", "--nocapture", "--ignored"])
        .env(ORDER, format!("{order} {place}"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Lines of a process: a value, a blank, its code, as far as it came.
fn pairs(child: Child) -> BTreeMap<String, String> {
    let lines = BufReader::new(child.stdout.unwrap()).lines();
    lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("code ")?.rsplit_once(' ').map(own)).collect()
}

fn own((value, code): (&str, &str)) -> (String, String) {
    (value.to_owned(), code.to_owned())
}

/// What the other processes do. A line is printed when what it says is on the disk.
#[test]
#[ignore = "run by other tests"]
fn worker() {
    let Ok(order) = std::env::var(ORDER) else { return };
    let (what, place) = order.split_once(' ').unwrap();
    let vault = open(&Location::parse(Path::new(place)).unwrap());
    let mut out = std::io::stdout().lock();
    let start = std::process::id() as usize;
    match what {
        "share" => {
            for i in 0..400 {
                let name = format!("Person {}", (start + i * 7) % 400);
                writeln!(out, "code {name} {}", person(&vault, &name)).unwrap();
            }
        }
        "write" => {
            for i in 0.. {
                let name = format!("{start} {i}");
                let code = person(&vault, &name);
                let removed = Removed {
                    segment: 0,
                    span: Span::new(0, 1),
                    entity: Entity::PERSON,
                    value: name.clone(),
                    replacement: code.clone(),
                    before: String::new(),
                    after: String::new(),
                };
                let mut output = [0; 32];
                output[..8].copy_from_slice(&(start as u64).to_be_bytes());
                output[8..16].copy_from_slice(&(i as u64).to_be_bytes());
                vault.keep(&output, &[removed]).unwrap();
                vault
                    .with_audit_head(|head| Ok(AuditHead { count: head.map_or(0, |head| head.count) + 1, hash: output }))
                    .unwrap();
                vault.flush().unwrap();
                writeln!(out, "code {name} {code}").unwrap();
            }
        }
        "rotate" => loop {
            vault.rotate().unwrap();
        },
        _ => unreachable!("an order"),
    }
}

/// Runs a test on a vault in a file and, where there is a server, on one there.
fn on_both_stores(test: impl Fn(&Path, &Location)) {
    let folder = tempfile::tempdir().unwrap();
    test(folder.path(), &Location::File(folder.path().join("vault")));
    #[cfg(feature = "postgres")]
    if let Some(cluster) = postgres::cluster() {
        test(folder.path(), &Location::parse(Path::new(&cluster.address())).unwrap());
    }
}

#[test]
fn processes_agree() {
    on_both_stores(|_, place| {
        drop(create(place));
        let children: Vec<Child> = (0..4).map(|_| process("share", place)).collect();
        let all: Vec<_> = children.into_iter().map(pairs).collect();
        assert_eq!(all[0].len(), 400);
        assert!(all.iter().all(|pairs| *pairs == all[0]));
        assert_eq!(open(place).stats().unwrap().entries, [("PERSON".to_owned(), 400)]);
    });
}

/// What was printed before a process was killed is in the vault; the vault is sound; nobody has to repair anything.
fn killed_over(order: &str, times: u32, expected: &mut BTreeMap<String, String>, place: &Location) {
    for turn in 0..times {
        let mut child = process(order, place);
        // From before it opens the vault to well into its work.
        let millis = 15 + u64::from(turn.wrapping_mul(2_654_435_761) >> 24);
        std::thread::sleep(Duration::from_millis(millis));
        // SIGKILL on Unix: nothing is tidied up.
        child.kill().unwrap();
        child.wait().unwrap();
        let given = pairs(child);
        let vault = open(place);
        let mut restoring = vault.restoring("a test").unwrap();
        for (value, code) in &given {
            let answer = restoring.value_of(code).unwrap();
            assert!(answer == Answer::Value { entity: Entity::PERSON, value: value.clone() }, "turn {turn}");
        }
        expected.extend(given);
    }
}

#[test]
fn killed_at_fifty_moments_a_vault_is_whole() {
    on_both_stores(|folder, place| {
        drop(create(place));
        let mut given = BTreeMap::new();
        killed_over("write", 40, &mut given, place);
        assert!(given.len() > 100, "only {} codes were given before the processes were killed", given.len());
        killed_over("rotate", 10, &mut given, place);
        let vault = open(place);
        // Every row and record opens, which the backup checks.
        let copy = folder.join(if place.file().is_some() { "backup" } else { "backup of the server's" });
        let checked = vault.backup(&copy).unwrap();
        let stats = vault.stats().unwrap();
        assert_eq!(checked, stats.outputs + stats.entries.iter().map(|(_, count)| count).sum::<u64>());
        assert!(vault.audit_head().unwrap().unwrap().count >= given.len() as u64);
        vault.rotate().unwrap();
        assert!(!vault.stats().unwrap().rotating);
        let mut restoring = vault.restoring("a test").unwrap();
        for (value, code) in given {
            assert!(restoring.value_of(&code).unwrap() == Answer::Value { entity: Entity::PERSON, value });
        }
    });
}

/// Codes given and looked up in a second, in a release build. A look-up is of what this process met before; what another wrote is
/// looked up once.
#[test]
#[ignore = "measures: cargo test --release -p subrosa-vault --test vault_processes -- --ignored --nocapture"]
#[allow(clippy::print_stderr, reason = "it says what it measured")]
fn a_vault_is_fast_enough() {
    const MANY: usize = 50_000;
    on_both_stores(|_, place| {
        let vault = create(place);
        let names: Vec<String> = (0..MANY).map(|number| format!("Person Number {number}")).collect();
        let a_second = |vault: &Vault, times: usize| {
            let start = std::time::Instant::now();
            for name in (0..times).flat_map(|_| &names) {
                person(vault, name);
            }
            vault.flush().unwrap();
            (MANY * times) as f64 / start.elapsed().as_secs_f64()
        };
        let (inserted, met, unmet) = (a_second(&vault, 1), a_second(&vault, 10), a_second(&open(place), 1));
        let kind = if place.file().is_some() { "a file" } else { "a server" };
        eprintln!("{kind}: {inserted:.0} inserts, {met:.0} look-ups, {unmet:.0} of what another process wrote, a second");
        // A server shares the machine with the test.
        let share = if place.file().is_some() { 1.0 } else { 2.0 };
        if !cfg!(debug_assertions) {
            assert!(inserted * share >= 20_000.0 && met * share >= 200_000.0, "{kind}");
        }
    });
}
