//! Pseudonyms over an archive: the same for any number of threads, order, run and machine; restored to what was there.

#![allow(clippy::disallowed_methods, reason = "tests make files")]
#![allow(clippy::unwrap_used, reason = "all of this is tests")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

const KEY: &str = "subrosa-key-1:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";
const KEYED: &str = "version = 1\nname = 'keyed'\n[default]\noperator = 'pseudonym'\n";
/// The policy's word stands in every code, so that it can be told from the rest.
const GIVEN: &[&str] = &["Jane", "Mary", "John", "Peter", "Anna", "Robert", "Laura", "David", "Helen", "Frank"];
const FAMILY: &[&str] = &["Winslow", "Ashworth", "Hartley", "Bellamy", "Kowalski", "Moretti", "Lindqvist", "Okafor", "Tanaka"];

/// Writes `count` letters into a folder, each about two of ninety people.
fn archive(folder: &Path, count: usize) {
    std::fs::create_dir_all(folder).unwrap();
    for number in 0..count {
        let name = |at: usize| format!("{} {}", GIVEN[at % GIVEN.len()], FAMILY[at / GIVEN.len() % FAMILY.len()]);
        let (one, two) = (name(number * 7 % 90), name((number * 13 + 5) % 90));
        let mut text = format!("Dear Mr. {one},\n\nMs {two} wrote to you on 3 May 2024.\n");
        let _ = writeln!(text, "Her card 4111 1111 1111 1111 and her number (555) 010-{:04} are on file.", 100 + number % 100);
        std::fs::write(folder.join(format!("{number:05}.txt")), text).unwrap();
    }
}

fn subrosa(folder: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_subrosa")).current_dir(folder).args(arguments).output().unwrap();
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {shown}");
    output
}

/// Names and bytes of the files of a folder, but for reports.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap()))
        .filter(|(name, _)| !name.contains("report.json"))
        .collect()
}

fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("key"), KEY).unwrap();
    std::fs::write(folder.path().join("keyed.toml"), KEYED).unwrap();
    archive(&folder.path().join("in"), 200);
    folder
}

#[test]
fn keyed_pseudonyms_are_the_same_for_any_threads_order_and_run() {
    let folder = prepared();
    let folder = folder.path();
    let common = ["--policy", "keyed.toml", "--key-file", "key"];
    subrosa(folder, &[&["redact", "in", "-o", "one", "--jobs", "1"][..], &common].concat());
    subrosa(folder, &[&["redact", "in", "-o", "many", "--jobs", "4"][..], &common].concat());
    let one = contents(&folder.join("one"));
    assert_eq!(one.len(), 200);
    assert!(one == contents(&folder.join("many")), "the number of threads makes a difference");
    // One after the other, the last first, each a run of its own.
    for number in [199, 100, 3] {
        let (name, out) = (format!("in/{number:05}.txt"), format!("single/{number:05}.txt"));
        subrosa(folder, &[&["redact", &name, "-o", &out][..], &common].concat());
        assert_eq!(one[&format!("{number:05}.txt")], std::fs::read(folder.join(&out)).unwrap());
    }
    // One person has one code, and no two have the same.
    let text = String::from_utf8(one.into_values().flatten().collect()).unwrap();
    let codes: std::collections::BTreeSet<&str> =
        text.match_indices("[PERSON-").map(|(at, _)| text[at..].split(']').next().unwrap()).collect();
    assert_eq!(codes.len(), 90, "{codes:?}");
}

#[test]
fn another_key_gives_other_pseudonyms_and_no_key_none() {
    let folder = prepared();
    let folder = folder.path();
    std::fs::write(folder.join("other"), KEY.replace("00", "ff")).unwrap();
    let outputs = ["key", "other"].map(|key| {
        let out = format!("with-{key}.txt");
        subrosa(folder, &["redact", "in/00001.txt", "-o", &out, "--policy", "keyed.toml", "--key-file", key]);
        std::fs::read(folder.join(out)).unwrap()
    });
    assert!(outputs[0] != outputs[1]);
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_subrosa")).current_dir(folder).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = run(&["redact", "in", "-o", "none", "--policy", "keyed.toml"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("needs a key: use --key-file"), "{said}");
    let (code, said) = run(&["redact", "in", "-o", "none", "--policy", "keyed.toml", "--key-file", "in/00001.txt"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("no key") && !said.contains("Dear"), "{said}");
    assert!(!folder.join("none").exists());
}

const PASSPHRASE: &str = "a long enough passphrase";

/// As [`subrosa`], but for whatever exit code: the code and what was said.
fn ran(folder: &Path, arguments: &[&str], passphrase: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_subrosa"));
    let output = command.current_dir(folder).args(arguments).env("SUBROSA_PASSPHRASE", passphrase).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[track_caller]
fn succeeds(folder: &Path, arguments: &[&str]) {
    let (code, said) = ran(folder, arguments, PASSPHRASE);
    assert_eq!(code, Some(0), "{arguments:?}: {said}");
}

fn with_vault() -> tempfile::TempDir {
    let folder = prepared();
    std::fs::write(folder.path().join("codes.toml"), KEYED.replace("pseudonym", "code").replace("keyed", "codes")).unwrap();
    succeeds(folder.path(), &["vault", "init", "--vault", "v"]);
    folder
}

#[test]
fn codes_of_a_vault_are_the_same_in_every_later_run_and_come_back() {
    let folder = with_vault();
    let folder = folder.path();
    let common = ["--policy", "codes.toml", "--vault", "v"];
    succeeds(folder, &[&["redact", "in", "-o", "one", "--jobs", "4"][..], &common].concat());
    succeeds(folder, &[&["redact", "in", "-o", "two", "--jobs", "1"][..], &common].concat());
    let one = contents(&folder.join("one"));
    assert!(one == contents(&folder.join("two")));
    assert!(one.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("Winslow")));
    std::fs::remove_file(folder.join("one/report.json")).unwrap();
    succeeds(folder, &["restore", "one", "-o", "back", "--vault", "v", "--reason", "the archive is closed"]);
    assert!(contents(&folder.join("in")) == contents(&folder.join("back")), "restore after redact is not identity");
    // Somebody wrote into the document: the codes still say whose they are.
    let letter = String::from_utf8(one["00007.txt"].clone()).unwrap();
    std::fs::write(folder.join("edited.txt"), format!("Seen, thank you.\n{letter}")).unwrap();
    succeeds(folder, &["restore", "edited.txt", "-o", "restored.txt", "--vault", "v", "--reason", "an answer came"]);
    let restored = std::fs::read_to_string(folder.join("restored.txt")).unwrap();
    assert!(restored.contains("4111 1111 1111 1111") && !restored.contains("[PERSON-"), "{restored}");
    // What was done is in the log, each file for itself, and nothing of the values.
    let log = std::fs::read_to_string(folder.join("v.audit.jsonl")).unwrap();
    assert_eq!(log.lines().count(), 202, "the making of the vault, and each file");
    assert!(log.contains("an answer came") && !log.contains("Winslow") && !log.contains("4111 1111"));
    succeeds(folder, &["audit", "verify", "v.audit.jsonl", "--vault", "v"]);
    // The vault knows how far the log had come.
    let cut: Vec<&str> = log.lines().take(201).collect();
    std::fs::write(folder.join("v.audit.jsonl"), cut.join("\n") + "\n").unwrap();
    assert_eq!(ran(folder, &["audit", "verify", "v.audit.jsonl", "--vault", "v"], PASSPHRASE).0, Some(1));
    let again = ["restore", "edited.txt", "-o", "no.txt", "--vault", "v", "--reason", "another answer"];
    assert_eq!(ran(folder, &again, PASSPHRASE).0, Some(2));
    assert!(!folder.join("no.txt").exists(), "restored without an entry in the log");
}

#[test]
fn a_role_gets_back_what_it_was_granted_and_nothing_without_secret_or_reason() {
    let folder = with_vault();
    let folder = folder.path();
    std::fs::write(folder.join("billing"), "another long passphrase\n").unwrap();
    let grant = ["vault", "grant", "billing", "--vault", "v", "--allow", "restore", "--categories", "CREDIT_CARD"];
    succeeds(folder, &[&grant[..], &["--new-passphrase-file", "billing"]].concat());
    succeeds(folder, &["redact", "in/00001.txt", "-o", "red.txt", "--policy", "codes.toml", "--vault", "v"]);
    let restore = ["restore", "red.txt", "-o", "back.txt", "--vault", "v"];
    let as_billing = ["--role", "billing", "--passphrase-file", "billing", "--reason", "the bank asks"];
    let (code, said) = ran(folder, &[&restore[..], &as_billing].concat(), PASSPHRASE);
    assert_eq!(code, Some(1), "{said}");
    let back = std::fs::read_to_string(folder.join("back.txt")).unwrap();
    assert!(back.contains("4111 1111 1111 1111") && back.contains("[PERSON-"), "{back}");
    for wrong in [&[][..], &["--reason", ""], &["--reason", "x", "--role", "nobody"]] {
        let (code, said) = ran(folder, &[&restore[..], wrong, &["--force"]].concat(), PASSPHRASE);
        assert_eq!(code, Some(2), "{wrong:?}: {said}");
    }
    let (code, said) = ran(folder, &[&restore[..], &["--reason", "none at all", "--force"]].concat(), "a wrong passphrase");
    assert_eq!(code, Some(2), "{said}");
    assert!(!said.contains("4111"));
}
