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
#[ignore = "some seconds in a release build, minutes in others: cargo test --release -p subrosa-cli --test pseudonyms -- --ignored"]
fn ten_thousand_documents_have_the_same_pseudonyms_for_any_threads_and_order() {
    let folder = prepared();
    let folder = folder.path();
    archive(&folder.join("in"), 10_000);
    std::fs::write(folder.join("codes.toml"), KEYED.replace("pseudonym", "code").replace("keyed", "codes")).unwrap();
    succeeds(folder, &["vault", "init", "--vault", "v"]);
    for means in [["--policy", "keyed.toml", "--key-file", "key"], ["--policy", "codes.toml", "--vault", "v"]] {
        let outputs = ["1", "4"].map(|jobs| {
            let out = format!("{}-{jobs}", means[1]);
            succeeds(folder, &[&["redact", "in", "-o", &out, "--jobs", jobs][..], &means].concat());
            contents(&folder.join(out))
        });
        assert_eq!(outputs[0].len(), 10_000);
        assert!(outputs[0] == outputs[1], "{means:?}");
    }
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
    assert_eq!(log.lines().count(), 204, "the making of the vault, two redactions, and each file that was restored");
    assert!(log.contains("an answer came") && !log.contains("Winslow") && !log.contains("4111 1111"));
    succeeds(folder, &["audit", "verify", "v.audit.jsonl", "--vault", "v"]);
    // The vault knows how far the log had come.
    let cut: Vec<&str> = log.lines().take(203).collect();
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

#[test]
fn whatever_is_done_with_a_vault_is_in_its_log() {
    let folder = with_vault();
    let folder = folder.path();
    let vault = ["--policy", "codes.toml", "--vault", "v"];
    succeeds(folder, &["receipt", "keygen", "key.pem"]);
    let ground = ["--reason", "the archive closes", "--actor", "records office"];
    succeeds(folder, &[&["redact", "in/00001.txt", "-o", "one.txt"][..], &vault, &ground].concat());
    // A report's key is another matter than the log's.
    succeeds(folder, &[&["redact", "in/00002.txt", "-o", "two.txt", "--sign-key", "key.pem"][..], &vault].concat());
    succeeds(folder, &[&["plan", "in/00003.txt", "-o", "plan.json", "--reason", "a look"][..], &vault].concat());
    succeeds(folder, &[&["apply", "plan.json", "in/00003.txt", "-o", "three.txt"][..], &vault].concat());
    succeeds(folder, &["restore", "three.txt", "-o", "back.txt", "--vault", "v", "--reason", "an answer came"]);
    succeeds(folder, &["audit", "verify", "v.audit.jsonl", "--vault", "v"]);
    let log = std::fs::read_to_string(folder.join("v.audit.jsonl")).unwrap();
    let entries: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |name: &str| entries.iter().map(|entry| entry[name].as_str().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(told("action"), ["vault init", "redact", "redact", "plan", "apply", "restore"]);
    assert_eq!(told("actor"), ["owner", "records office", "owner", "owner", "owner", "owner"]);
    assert_eq!(told("reason"), ["", "the archive closes", "", "a look", "", "an answer came"]);
    assert!(GIVEN.iter().chain(FAMILY).all(|name| !log.contains(name)), "{log}");
    // What cannot be recorded is not done.
    std::fs::write(folder.join("v.audit.jsonl"), log.lines().next().unwrap().to_owned() + "\n").unwrap();
    for wrong in [&["redact", "in/00001.txt", "-o", "no.txt"][..], &["plan", "in/00003.txt", "-o", "no.txt"]] {
        let (code, said) = ran(folder, &[wrong, &vault].concat(), PASSPHRASE);
        assert!(code == Some(2) && said.contains("ends before where the vault saw its log end"), "{said}");
        assert!(!folder.join("no.txt").exists());
    }
    // Without a vault there is no log by itself.
    let (code, said) = ran(folder, &["redact", "in/00001.txt", "-o", "no.txt", "--reason", "none"], PASSPHRASE);
    assert!(code == Some(2) && said.contains("--reason: it is for the audit log"), "{said}");
}

#[test]
fn restorations_with_a_key_have_a_reason_and_a_log_that_the_key_verifies() {
    let folder = prepared();
    let folder = folder.path();
    std::fs::write(folder.join("sealed.toml"), KEYED.replace("pseudonym", "encrypt")).unwrap();
    std::fs::write(folder.join("other"), KEY.replace("00", "ff")).unwrap();
    subrosa(folder, &["redact", "in/00001.txt", "-o", "one.txt", "--policy", "sealed.toml", "--key-file", "key"]);
    let restore = ["restore", "one.txt", "-o", "back.txt", "--key-file", "key"];
    for wrong in [&[][..], &["--reason", "x"], &["--reason", "a\nb c"]] {
        assert_eq!(ran(folder, &[&restore[..], wrong].concat(), PASSPHRASE).0, Some(2), "{wrong:?}");
    }
    succeeds(folder, &[&restore[..], &["--reason", "an answer came"]].concat());
    assert_eq!(std::fs::read(folder.join("back.txt")).unwrap(), std::fs::read(folder.join("in/00001.txt")).unwrap());
    succeeds(folder, &["audit", "verify", "key.audit.jsonl", "--key-file", "key"]);
    assert_eq!(ran(folder, &["audit", "verify", "key.audit.jsonl", "--key-file", "other"], PASSPHRASE).0, Some(1));
    let log = std::fs::read_to_string(folder.join("key.audit.jsonl")).unwrap();
    assert!(log.contains("an answer came") && !log.contains("4111") && log.lines().count() == 1, "{log}");
    // Another key opens nothing, and says so.
    let other = ["restore", "one.txt", "-o", "no.txt", "--key-file", "other", "--reason", "a guess"];
    let (code, said) = ran(folder, &other, PASSPHRASE);
    assert!(code == Some(1) && said.contains("0 restored") && !said.contains("0 withheld"), "{said}");
}

#[test]
fn a_list_has_what_codes_stand_for_and_codes_that_lead_nowhere_are_told() {
    let folder = with_vault();
    let folder = folder.path();
    succeeds(folder, &["redact", "in/00001.txt", "-o", "red.txt", "--policy", "codes.toml", "--vault", "v"]);
    let red = std::fs::read_to_string(folder.join("red.txt")).unwrap();
    succeeds(folder, &["restore", "red.txt", "-o", "list.csv", "--list", "--vault", "v", "--reason", "to be filed under seal"]);
    let list = std::fs::read_to_string(folder.join("list.csv")).unwrap();
    assert!(list.starts_with("file,code,kind,value\n"), "{list}");
    for line in list.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert!(cells[0] == "red.txt" && red.contains(&format!("[{}]", cells[1])), "{line}");
    }
    assert!(list.contains(",CREDIT_CARD,4111 1111 1111 1111\n"), "{list}");
    // In another vault the codes stand for nothing.
    succeeds(folder, &["vault", "init", "--vault", "w"]);
    let (code, said) = ran(folder, &["restore", "red.txt", "-o", "no.txt", "--vault", "w", "--reason", "a test"], PASSPHRASE);
    let codes = red.matches('[').count();
    assert!(code == Some(1) && said.contains(&format!("{codes} not found")), "{codes}: {said}");
}

#[test]
#[cfg(unix)]
fn killed_at_fifty_moments_outputs_log_and_vault_are_whole() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = with_vault();
    let folder = folder.path();
    let redact = ["redact", "in", "-o", "out", "--force", "--policy", "codes.toml", "--vault", "v"];
    let start = std::time::Instant::now();
    succeeds(folder, &["redact", "in", "-o", "first", "--policy", "codes.toml", "--vault", "v"]);
    let whole = start.elapsed();
    let mut seen = 0;
    for turn in 0..50_u32 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_subrosa"));
        command.current_dir(folder).args(redact).env("SUBROSA_PASSPHRASE", PASSPHRASE).stderr(std::process::Stdio::null());
        let mut child = command.spawn().unwrap();
        // From before it opens the vault to where it should be done.
        std::thread::sleep(whole * (turn.wrapping_mul(2_654_435_761) >> 22) / 1024);
        // SIGKILL: nothing is tidied up.
        child.kill().unwrap();
        child.wait().unwrap();
        for entry in std::fs::read_dir(folder.join("out")).into_iter().flatten().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if name.starts_with(".subrosa-") {
                assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{name}");
                std::fs::remove_file(entry.path()).unwrap();
            } else if name.as_bytes()[0].is_ascii_digit() {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                assert!(text.ends_with("are on file.\n") && text.matches("[PERSON-").count() == 2, "{name} is not whole");
                seen += 1;
            }
        }
    }
    assert!(seen > 0, "every run was killed before it wrote something");
    succeeds(folder, &redact);
    succeeds(folder, &["restore", "out", "-o", "back", "--vault", "v", "--reason", "after it all"]);
    assert!(contents(&folder.join("in")) == contents(&folder.join("back")));
    succeeds(folder, &["audit", "verify", "v.audit.jsonl", "--vault", "v"]);
}
