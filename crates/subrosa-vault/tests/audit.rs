//! The audit log under attack, under several hands, and under kills.

#![allow(clippy::disallowed_methods, reason = "tests make files, start processes and pass them variables")]
#![allow(clippy::unwrap_used, reason = "all of this is tests")]

#[path = "../../../tests/support/schema.rs"]
mod schema;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ed25519_dalek::{SigningKey, VerifyingKey};
use subrosa_vault::audit::{Anchor, AuditError, Entry, Fault, Hash, Head, Log, Record, Subject, Time, key_id};

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn trusted(seeds: &[u8]) -> Vec<VerifyingKey> {
    seeds.iter().map(|seed| key(*seed).verifying_key()).collect()
}

fn record(number: u64) -> Record {
    Record {
        time: Time::from_unix(1_772_357_400 + number),
        actor: "records office".to_owned(),
        action: "redact".to_owned(),
        subjects: vec![Subject {
            name: format!("in/{number}.txt"),
            outcome: Some("redacted".to_owned()),
            sha256_in: Some(Hash::of(b"before")),
            sha256_out: Some(Hash::of(b"after")),
        }],
        counts: BTreeMap::from([("PERSON".to_owned(), number), ("DATE_TIME".to_owned(), 2)]),
        reason: Some("request 12".to_owned()),
        policy: Some(Hash::of(b"policy").to_string()),
    }
}

struct Place {
    _folder: tempfile::TempDir,
    path: PathBuf,
    log: Log,
}

/// A log of entries 1 to `count`, by key 1.
fn log(count: u64) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.jsonl");
    let log = Log::at(&path);
    for number in 1..=count {
        log.append(record(number), &key(1), None).unwrap();
    }
    Place { _folder: folder, path, log }
}

impl Place {
    fn lines(&self) -> Vec<String> {
        fs::read_to_string(&self.path).unwrap().lines().map(str::to_owned).collect()
    }

    fn put(&self, lines: &[String]) {
        fs::write(&self.path, lines.join("\n") + "\n").unwrap();
    }

    fn head(&self) -> Head {
        self.log.verify(&trusted(&[1]), None).unwrap().head
    }

    #[track_caller]
    fn broken(&self, line: u64, head: Option<&Head>) -> Fault {
        match self.log.verify(&trusted(&[1]), head) {
            Err(AuditError::Broken { line: at, fault }) => {
                assert_eq!(at, line, "{fault}");
                fault
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_was_appended_is_read_again() {
    let place = log(3);
    let verified = place.log.verify(&trusted(&[2, 1]), None).unwrap();
    assert_eq!((verified.head.count, verified.torn, verified.repairs, verified.out_of_time), (3, 0, 0, 0));
    assert_eq!(verified.keys, BTreeMap::from([(key_id(&key(1).verifying_key()), 3)]));
    assert_eq!(verified.head.hash, Hash::of(place.lines()[2].as_bytes()));
    let entries: Vec<Entry> = place.log.entries().unwrap().map(Result::unwrap).collect();
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(entries[1].subjects, record(2).subjects);
    assert_eq!(entries[1].time.as_str(), "2026-03-01T09:30:02Z");
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&place.path).unwrap().permissions()) & 0o777, 0o600);
}

/// The form is a promise to other programs: this line, its hash and its signature stay as they are.
#[test]
fn the_canonical_form_stays() {
    let place = log(1);
    let [line] = place.lines().try_into().unwrap();
    let (body, signature) = line.split_once(",\"sig\":\"").unwrap();
    let zeros = "0".repeat(64);
    let hash = |bytes: &[u8]| Hash::of(bytes).to_string();
    assert_eq!(
        body,
        format!(
            "{{\"v\":1,\"seq\":1,\"time\":\"2026-03-01T09:30:01Z\",\"actor\":\"records office\",\"action\":\"redact\",\
             \"subjects\":[{{\"name\":\"in/1.txt\",\"outcome\":\"redacted\",\"sha256_in\":\"{}\",\"sha256_out\":\"{}\"}}],\
             \"counts\":{{\"DATE_TIME\":2,\"PERSON\":1}},\"reason\":\"request 12\",\"policy\":\"{}\",\"prev\":\"{zeros}\",\
             \"key\":\"{}\"",
            hash(b"before"),
            hash(b"after"),
            hash(b"policy"),
            &hash(key(1).verifying_key().as_bytes())[..32],
        )
    );
    // As the documentation says, without a line of the library's.
    let signed = format!("subrosa audit entry 1\n{body}}}");
    let bytes: Vec<u8> = (0..64).map(|i| u8::from_str_radix(&signature[i * 2..i * 2 + 2], 16).unwrap()).collect();
    let signature = ed25519_dalek::Signature::from_slice(&bytes).unwrap();
    key(1).verifying_key().verify_strict(signed.as_bytes(), &signature).unwrap();
}

#[test]
fn any_changed_byte_shows() {
    let place = log(3);
    let good = fs::read(&place.path).unwrap();
    for at in 0..good.len() {
        for change in [1, 0x20, 0x80, (at % 255) as u8 + 1] {
            let mut bad = good.clone();
            bad[at] ^= change;
            fs::write(&place.path, &bad).unwrap();
            // The last line end alone is what a crash takes, too: it shows as a torn line.
            let intact = place.log.verify(&trusted(&[1]), None).is_ok_and(|verified| verified.torn == 0);
            assert!(!intact, "byte {at} of {} changed by {change}", good.len());
        }
    }
}

#[test]
fn any_dropped_or_doubled_byte_shows() {
    let place = log(2);
    let good = fs::read(&place.path).unwrap();
    for at in 0..good.len() {
        for bad in [[&good[..at], &good[at + 1..]].concat(), [&good[..=at], &good[at..]].concat()] {
            fs::write(&place.path, &bad).unwrap();
            let intact = place.log.verify(&trusted(&[1]), None).is_ok_and(|verified| verified.torn == 0);
            assert!(!intact, "byte {at}");
        }
    }
}

#[test]
fn entries_taken_out_moved_or_doubled_show() {
    let place = log(5);
    let lines = place.lines();
    let mut out = lines.clone();
    out.remove(2);
    place.put(&out);
    assert_eq!(place.broken(3, None), Fault::Order { expected: 3, found: 4 });
    place.put(&lines[1..]);
    assert_eq!(place.broken(1, None), Fault::Order { expected: 1, found: 2 });
    let mut moved = lines.clone();
    moved.swap(1, 3);
    place.put(&moved);
    assert_eq!(place.broken(2, None), Fault::Order { expected: 2, found: 4 });
    let mut doubled = lines.clone();
    doubled.insert(1, lines[0].clone());
    place.put(&doubled);
    assert_eq!(place.broken(2, None), Fault::Order { expected: 2, found: 1 });
}

#[test]
fn another_writing_of_the_same_entry_is_a_forgery() {
    let place = log(1);
    let [line] = place.lines().try_into().unwrap();
    let others = [
        line.replacen("\":", "\": ", 1),
        format!(" {line}"),
        format!("{line}\r"),
        line.replacen("request", "\\u0072equest", 1),
        line.replacen("\"v\":1,\"seq\":1", "\"seq\":1,\"v\":1", 1),
        line.replacen("\"v\":1", "\"v\":1,\"more\":0", 1),
        line.replacen("{\"DATE_TIME\":2,\"PERSON\":1}", "{\"PERSON\":1,\"DATE_TIME\":2}", 1),
        line.replacen("\"v\":1", "\"v\":1,\"v\":1", 1),
    ];
    for other in others {
        assert_ne!(other, line);
        place.put(&[other]);
        assert_eq!(place.broken(1, None), Fault::Unreadable);
    }
}

/// Somebody with the key, or with two logs of one key, cannot put an entry among others either.
#[test]
fn an_entry_of_another_log_does_not_fit() {
    let (place, other) = (log(3), log(0));
    for number in 1..=3 {
        other.log.append(Record { actor: "somebody else".to_owned(), ..record(number) }, &key(1), None).unwrap();
    }
    let mut lines = place.lines();
    lines[1] = other.lines()[1].clone();
    place.put(&lines);
    assert_eq!(place.broken(2, None), Fault::Chain);
}

#[test]
fn foreign_keys_show() {
    let place = log(1);
    place.log.append(record(2), &key(9), None).unwrap();
    assert_eq!(place.broken(2, None), Fault::UnknownKey { key: key_id(&key(9).verifying_key()) });
    assert_eq!(place.log.verify(&trusted(&[1, 9]), None).unwrap().keys.len(), 2);
    // Their entry under a trusted key's name.
    let ids = [9, 1].map(|seed| key_id(&key(seed).verifying_key()).to_string());
    let mut lines = place.lines();
    lines[1] = lines[1].replace(&ids[0], &ids[1]);
    place.put(&lines);
    assert_eq!(place.broken(2, None), Fault::Signature);
}

#[test]
fn a_log_cut_off_or_replayed_shows_to_who_knows_its_head() {
    let place = log(3);
    let (older, head3) = (place.lines(), place.head());
    place.log.append(record(4), &key(1), None).unwrap();
    let head4 = place.head();
    let verify = |head: &Head| place.log.verify(&trusted(&[1]), Some(head));
    assert!(verify(&head4).is_ok() && verify(&head3).is_ok());
    place.put(&older);
    assert_eq!(place.broken(4, Some(&head4)), Fault::RolledBack { head: head4 });
    assert!(verify(&head3).is_ok());
    // Cut off, then gone on with another entry.
    place.log.append(record(9), &key(1), None).unwrap();
    assert_eq!(place.broken(4, Some(&head4)), Fault::OtherHistory { head: head4 });
    // Cut off in the middle, so that it looks like a crash.
    place.put(&older);
    let text = fs::read_to_string(&place.path).unwrap();
    fs::write(&place.path, &text[..text.len() - 40]).unwrap();
    assert!(place.log.verify(&trusted(&[1]), None).unwrap().torn > 0);
    assert_eq!(place.broken(3, Some(&head3)), Fault::RolledBack { head: head3 });
}

#[derive(Default)]
struct Kept(Cell<Option<Head>>);

impl Anchor for Kept {
    fn head(&self) -> Result<Option<Head>, String> {
        Ok(self.0.get())
    }

    fn advance(&self, head: &Head) -> Result<(), String> {
        self.0.set(Some(*head));
        Ok(())
    }
}

#[test]
fn nothing_is_appended_to_a_log_that_its_anchor_does_not_know() {
    let (place, anchor) = (log(0), Kept::default());
    for number in 1..=3 {
        place.log.append(record(number), &key(1), Some(&anchor)).unwrap();
    }
    assert_eq!(anchor.0.get(), Some(place.head()));
    let held = place.head();
    // One that was appended without the anchor's knowing, as by a process killed before it told.
    place.log.append(record(4), &key(1), None).unwrap();
    place.log.append(record(5), &key(1), Some(&anchor)).unwrap();
    assert_eq!(anchor.0.get().unwrap().count, 5);
    let refused = |place: &Place| match place.log.append(record(6), &key(1), Some(&anchor)) {
        Err(AuditError::Broken { fault, .. }) => fault,
        other => panic!("{other:?}"),
    };
    let lines = place.lines();
    place.put(&lines[..3]);
    assert!(matches!(refused(&place), Fault::RolledBack { .. }));
    assert_eq!(place.lines().len(), 3);
    anchor.0.set(Some(Head { hash: Hash::of(b"another"), ..held }));
    place.put(&lines);
    assert!(matches!(refused(&place), Fault::OtherHistory { .. }));
    anchor.0.set(Some(Head { hash: Hash::of(b"another"), count: 5 }));
    assert!(matches!(refused(&place), Fault::OtherHistory { .. }));
    fs::remove_file(&place.path).unwrap();
    assert!(matches!(refused(&place), Fault::RolledBack { .. }));
}

#[test]
fn a_line_torn_anywhere_is_told_from_forgery_and_repaired() {
    let place = log(2);
    let two = fs::read(&place.path).unwrap();
    let lines = place.lines();
    let whole = lines[0].len() + 1;
    for cut in whole + 1..two.len() {
        fs::write(&place.path, &two[..cut]).unwrap();
        let verified = place.log.verify(&trusted(&[1]), None).unwrap();
        assert_eq!((verified.head.count, verified.torn), (1, (cut - whole) as u64), "{cut}");
        if cut % 50 != 0 && cut != two.len() - 1 {
            continue;
        }
        let appended = place.log.append(record(7), &key(1), None).unwrap();
        let verified = place.log.verify(&trusted(&[1]), None).unwrap();
        assert_eq!((verified.head, verified.torn), (appended.head, 0));
        let entries: Vec<Entry> = place.log.entries().unwrap().map(Result::unwrap).collect();
        assert_eq!(entries.last().unwrap().counts["PERSON"], 7);
        assert_eq!(entries.len(), 3);
        if cut == two.len() - 1 {
            // Only the line end was missing: the entry is kept.
            assert_eq!((appended.cut, verified.repairs, place.lines()[1].as_str()), (0, 0, lines[1].as_str()));
        } else {
            assert_eq!((appended.cut, verified.repairs), ((cut - whole) as u64, 1));
            assert_eq!(entries[1].counts["bytes"], (cut - whole) as u64);
            assert_eq!(entries[1].subjects[0].sha256_in, Some(Hash::of(&two[whole..cut])));
        }
    }
}

#[test]
fn what_no_append_leaves_behind_is_no_torn_line() {
    let place = log(1);
    let good = fs::read_to_string(&place.path).unwrap();
    for forged in
        ["x", "{\"v\":1,\"seq\":3,\"time\":\"2026", "{\"v\":1,\"seq\":1,", &"{\"v\":1,\"seq\":2,\"time\":\"".repeat(60_000)]
    {
        fs::write(&place.path, format!("{good}{forged}")).unwrap();
        assert_eq!(place.broken(2, None), Fault::Unreadable);
        assert!(matches!(place.log.append(record(2), &key(1), None), Err(AuditError::Broken { line: 2, .. })));
        assert_eq!(fs::read_to_string(&place.path).unwrap().len(), good.len() + forged.len(), "nothing was touched");
    }
    // A file that was lengthened before its bytes came.
    fs::write(&place.path, format!("{good}\0\0\0")).unwrap();
    assert_eq!(place.log.append(record(2), &key(1), None).unwrap().cut, 3);
}

#[test]
fn nothing_follows_a_last_line_that_was_changed() {
    let place = log(2);
    let text = fs::read_to_string(&place.path).unwrap();
    fs::write(&place.path, text.replace("in/2.txt", "in/2.txt\" ")).unwrap();
    let refused = place.log.append(record(3), &key(1), None);
    assert!(matches!(refused, Err(AuditError::Broken { line: 2, fault: Fault::Unreadable })), "{refused:?}");
    assert!(place.log.check().is_err());
}

#[test]
fn records_that_cannot_be_entries() {
    let place = log(1);
    let before = fs::read(&place.path).unwrap();
    let long = vec![Subject { name: "x".repeat(1 << 20), ..Subject::default() }];
    let wrong = [
        Record { actor: String::new(), ..record(2) },
        Record { actor: "a\nb".to_owned(), ..record(2) },
        Record { action: "Redact".to_owned(), ..record(2) },
        Record { reason: Some(String::new()), ..record(2) },
        Record { reason: Some("\u{1b}[31m".to_owned()), ..record(2) },
        Record { policy: Some("redact".to_owned()), ..record(2) },
        Record { subjects: long, ..record(2) },
    ];
    for record in wrong {
        assert!(matches!(place.log.append(record, &key(1), None), Err(AuditError::Invalid(_))));
    }
    assert_eq!(fs::read(&place.path).unwrap(), before);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_record_comes_back(
        actor in "[^\\p{Cc}]{1,20}", reason in "[^\\p{Cc}]{1,40}", names in proptest::collection::vec(".{0,30}|[\\x00-\\x1f\"\\\\]{0,9}", 0..4),
        counts in proptest::collection::btree_map(".{0,8}", 0_u64.., 0..4), seconds in 0_u64..253_402_300_800,
    ) {
        let place = log(1);
        let subjects: Vec<Subject> = names.into_iter().map(|name| Subject { name, ..Subject::default() }).collect();
        let record = Record { time: Time::from_unix(seconds), actor, action: "vault grant".to_owned(), subjects, counts,
            reason: Some(reason), policy: None };
        place.log.append(record.clone(), &key(1), None).unwrap();
        proptest::prop_assert_eq!(place.log.verify(&trusted(&[1]), None).unwrap().head.count, 2);
        let entry = place.log.entries().unwrap().nth(1).unwrap().unwrap();
        proptest::prop_assert_eq!((entry.actor, entry.subjects, entry.counts), (record.actor, record.subjects, record.counts));
        proptest::prop_assert_eq!((entry.time, entry.reason), (record.time, record.reason));
    }

    #[test]
    fn any_bytes_are_no_panic(bytes in proptest::collection::vec(0_u8.., 0..300)) {
        let place = log(0);
        fs::write(&place.path, &bytes).unwrap();
        let verified = place.log.verify(&trusted(&[1]), None);
        proptest::prop_assert!(verified.is_err() || verified.unwrap().head.count == 0);
        let _ = place.log.append(record(1), &key(1), None);
    }
}

const CHILD: &str = "SUBROSA_TEST_AUDIT_LOG";

/// Not a test by itself: the process that the tests below start appends for as long as it is let.
#[test]
fn child() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    for number in 0..2000 {
        Log::at(&path).append(record(number), &key(1), None).unwrap();
    }
}

fn appending(path: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--test-threads=1"]).env(CHILD, path);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn entries(path: &Path) -> u64 {
    fs::read(path).map_or(0, |bytes| bytes.split(|byte| *byte == b'\n').count() as u64 - 1)
}

fn wait_for(path: &Path, count: u64) {
    for _ in 0..2000 {
        if entries(path) >= count {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the processes append nothing");
}

#[test]
fn two_processes_append_to_one_chain() {
    let place = log(0);
    let mut children = [appending(&place.path), appending(&place.path)];
    wait_for(&place.path, 60);
    for number in 0..20 {
        place.log.append(record(number), &key(1), None).unwrap();
    }
    // Read while they write.
    let seen = place.log.verify(&trusted(&[1]), None).unwrap();
    assert!(seen.head.count >= 80 && seen.torn == 0, "{seen:?}");
    for child in &mut children {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    place.log.append(record(1), &key(1), None).unwrap();
    let verified = place.log.verify(&trusted(&[1]), Some(&seen.head)).unwrap();
    assert_eq!(verified.torn, 0);
}

#[test]
fn kills_at_any_moment_leave_a_log_that_goes_on() {
    let place = log(0);
    let mut known = Head::default();
    for round in 0..50_u64 {
        let before = entries(&place.path);
        let mut child = appending(&place.path);
        wait_for(&place.path, before + 1);
        std::thread::sleep(Duration::from_micros(round * 977 % 9000));
        child.kill().unwrap();
        child.wait().unwrap();
        // What was there is there still; at most the beginning of an entry is too much.
        let verified = place.log.verify(&trusted(&[1]), Some(&known)).unwrap();
        assert!(verified.head.count > known.count);
        known = place.log.append(record(round), &key(1), None).unwrap().head;
        assert_eq!(place.log.verify(&trusted(&[1]), Some(&known)).unwrap().torn, 0);
    }
}

/// The schema and the program agree on every field.
#[test]
fn lines_follow_the_schema() {
    let place = log(2);
    let line: serde_json::Value = serde_json::from_str(&place.lines()[1]).unwrap();
    let reads = |value: &serde_json::Value| serde_json::from_value::<Entry>(value.clone()).is_ok();
    let optional = ["outcome", "sha256_in", "sha256_out", "reason", "policy"];
    schema::every_field_is_checked(&line, &schema::load("audit.v1.json"), &optional, &["counts"], &reads);
}
