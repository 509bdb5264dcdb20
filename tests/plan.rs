//! Plans and their carrying out, by the built program: what a person decides happens, nothing else does, and a plan that does
//! not fit is refused.

#![allow(clippy::disallowed_methods, reason = "tests make files")]
#![allow(clippy::print_stderr, reason = "a test that skips something says so")]
#![allow(clippy::unwrap_used, reason = "all of this is tests")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

#[path = "support/schema.rs"]
mod schema;

const NOTE: &str = "Patient: Jane Miller, born 03/04/1961.\nDr. John Smith saw Jane Miller about asthma.\nRef 44 of Zoë Çelik, call 212-555-0143.\n";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// A folder with `note.txt`, and its plan in `plan.json`.
    fn new(text: &str, more: &[&str]) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.put("note.txt", text);
        let made = desk.run(&[&["plan", "note.txt", "-o", "plan.json"], more].concat());
        assert!(made.status.code().is_some_and(|code| code < 2), "{}", err(&made));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_subrosa"));
        command.current_dir(self.folder.path()).args(arguments).output().expect("the program starts")
    }

    /// The plan with `change` made to it.
    fn decide(&self, change: impl FnOnce(&mut Value)) {
        let mut plan = self.json("plan.json");
        change(&mut plan);
        self.put("plan.json", &plan.to_string());
    }

    fn apply(&self, more: &[&str]) -> Output {
        self.run(&[&["apply", "plan.json", "note.txt", "-o", "out", "--force"], more].concat())
    }

    /// The document as decided.
    #[track_caller]
    fn applied(&self) -> String {
        let applied = self.apply(&[]);
        assert_eq!(applied.status.code(), Some(0), "{}", err(&applied));
        self.read("out/note.txt")
    }

    /// Nothing is written, for this reason.
    #[track_caller]
    fn refused(&self, code: i32, reason: &str) {
        let applied = self.apply(&[]);
        let said = err(&applied);
        assert_eq!(applied.status.code(), Some(code), "{said}");
        assert!(said.contains(reason), "{said}");
        assert!(!said.contains("Miller"), "{said}");
        assert!(!self.path("out/note.txt").exists() && !self.path("out/decisions.json").exists());
    }
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The findings of a plan with this value.
fn of<'p>(plan: &'p mut Value, value: &str) -> Vec<&'p mut Value> {
    let all = plan["findings"].as_array_mut().unwrap();
    let found: Vec<_> = all.iter_mut().filter(|finding| finding["value"] == value).collect();
    assert!(!found.is_empty(), "{value}");
    found
}

fn added(start: usize, end: usize) -> Value {
    json!({ "id": "a1", "segment": 0, "start": start, "end": end, "origin": "added", "entity": "PERSON", "decision": { "action": "redact" } })
}

#[test]
fn a_plan_that_nobody_changed_gives_what_redact_gives() {
    let examples = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples"));
    let mut seen = 0;
    for entry in std::fs::read_dir(examples).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name == "README.md" {
            continue;
        }
        seen += 1;
        let desk = Desk::new("", &[]);
        let file = path.to_str().unwrap();
        assert_eq!(desk.run(&["redact", file, "-o", "by-redact/"]).status.code(), Some(0), "{name}");
        for text in [&["--force"][..], &["--force", "--no-text"]] {
            assert_eq!(desk.run(&[&["plan", file, "-o", "plan.json"], text].concat()).status.code(), Some(0), "{name}");
            let applied = desk.run(&["apply", "plan.json", file, "-o", "by-apply/", "--force"]);
            assert_eq!(applied.status.code(), Some(0), "{name}: {}", err(&applied));
            let read = |folder: &str| std::fs::read(desk.path(folder).join(&name)).unwrap();
            assert!(read("by-redact") == read("by-apply"), "{name}");
            let (one, other) = (desk.json("by-redact/report.json"), desk.json("by-apply/report.json"));
            assert_eq!(one["files"][0]["findings"]["by_entity"], other["files"][0]["findings"]["by_entity"], "{name}");
        }
    }
    assert!(seen >= 9, "{seen}");
}

#[test]
fn plans_follow_the_schema_and_only_their_owner_reads_them() {
    let desk = Desk::new(NOTE, &["--near", "0.25"]);
    schema::check(&desk.json("plan.json"), &schema::load("plan.v1.json")).unwrap();
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&desk.path("plan.json").metadata().unwrap().permissions()) & 0o777, 0o600);
    let bare = Desk::new(NOTE, &["--no-text"]);
    schema::check(&bare.json("plan.json"), &schema::load("plan.v1.json")).unwrap();
    for value in ["Miller", "Smith", "1961", "0143", "PERSON-1"] {
        assert!(!bare.read("plan.json").contains(value), "{value}");
    }
    // The same value has the same number, whether there is text or not.
    let groups = |desk: &Desk| {
        desk.json("plan.json")["findings"].as_array().unwrap().iter().map(|f| f["group"].clone()).collect::<Vec<_>>()
    };
    let millers: Vec<Value> = of(&mut desk.json("plan.json"), "Jane Miller").iter().map(|f| f["group"].clone()).collect();
    assert!(millers.len() == 2 && millers[0] == millers[1]);
    assert!(!groups(&bare).is_empty());
}

#[test]
fn what_is_kept_stays_and_what_is_added_goes() {
    let desk = Desk::new(NOTE, &[]);
    let start = NOTE.find("Ref 44").unwrap();
    desk.decide(|plan| {
        of(plan, "Jane Miller")[1]["decision"] = json!({ "action": "keep", "reason": "a public office" });
        of(plan, "asthma")[0]["decision"] = json!({ "action": "redact" });
        of(plan, "212-555-0143")[0]["decision"] = json!({ "action": "redact", "code": "(b)(6)", "reason": "privacy" });
        of(plan, "Dr. John Smith")[0]["decision"] = json!({ "action": "redact", "entity": "ORGANIZATION" });
        plan["findings"].as_array_mut().unwrap().push(added(start, start + 6));
    });
    assert_eq!(
        desk.applied(),
        "Patient: [PERSON-1], born [DATE_OF_BIRTH].\n[ORGANIZATION] saw Jane Miller about [HEALTH_CONDITION].\n\
         [PERSON-2] of [PERSON-3], call [(b)(6)].\n"
    );
    let log = desk.json("out/decisions.json");
    schema::check(&log, &schema::load("decisions.v1.json")).unwrap();
    assert_eq!(
        log["counts"],
        json!({ "redacted": 6, "kept": 1, "near_redacted": 0, "near_kept": 0, "added": 1, "retagged": 1, "undecided": 0, "parted": 1 })
    );
    assert_eq!((&log["codes"], &log["reasons"]), (&json!({ "(b)(6)": 1 }), &json!({ "a public office": 1, "privacy": 1 })));
    let report = desk.json("out/report.json");
    assert!(report["files"][0]["notes"][0].as_str().unwrap().contains("1 value is removed in one place and kept in another"));
    assert_eq!(report["files"][0]["findings"]["by_operator"], json!({ "keep": 1, "label": 7 }));
    assert_eq!(log["sha256_out"], report["files"][0]["sha256_out"]);
    for file in ["out/decisions.json", "out/report.json"] {
        for value in ["Miller", "Smith", "Ref", "0143", "asthma"] {
            assert!(!desk.read(file).contains(value), "{file} holds {value}");
        }
    }
}

#[test]
fn a_near_miss_that_is_accepted_goes() {
    let text = "the code 123456 is written on the door\n";
    let desk = Desk::new(text, &["--near", "0.25", "--threshold", "0.99"]);
    let plan = desk.json("plan.json");
    assert!(plan["findings"].as_array().unwrap().iter().all(|finding| finding["origin"] == "near"));
    let text = "Jane Miller called 212-555-0143.\n";
    let desk = Desk::new(text, &["--threshold", "0.99"]);
    desk.decide(|plan| {
        let mut phones = of(plan, "212-555-0143");
        let phone = phones.remove(0);
        assert_eq!((&phone["origin"], &phone["decision"]["action"]), (&json!("near"), &json!("keep")));
        assert!(phone["why"].as_array().unwrap().last().unwrap().as_str().unwrap().contains("is below the threshold 0.99"));
        phone["decision"]["action"] = json!("redact");
    });
    desk.refused(2, "give --policy, --threshold");
    let applied = desk.apply(&["--threshold", "0.99"]);
    assert_eq!(applied.status.code(), Some(0), "{}", err(&applied));
    assert!(desk.read("out/note.txt").ends_with("called [PHONE_NUMBER].\n"), "{}", desk.read("out/note.txt"));
}

#[test]
fn a_plan_is_for_one_file_and_one_policy() {
    let desk = Desk::new(NOTE, &[]);
    desk.put("note.txt", &NOTE.replace("44", "45"));
    desk.refused(3, "it is for another file");
    assert_eq!(desk.json("out/report.json")["files"][0]["refusal"]["kind"], "plan");
    schema::check(&desk.json("out/report.json"), &schema::load("report.v1.json")).unwrap();
    desk.put("note.txt", NOTE);
    desk.decide(|plan| plan["input"]["text_sha256"] = json!("0".repeat(64)));
    desk.refused(3, "reads otherwise");
    let desk = Desk::new(NOTE, &[]);
    desk.decide(|plan| plan["policy"]["sha256"] = json!("0".repeat(64)));
    desk.refused(2, "another hash");
    desk.decide(|plan| plan["policy"]["name"] = json!("ours"));
    desk.refused(2, "no preset");
}

#[test]
fn a_plan_that_is_none_is_refused_without_its_text() {
    let desk = Desk::new(NOTE, &[]);
    let whole = desk.json("plan.json");
    type Change = fn(&mut Value);
    let wrong: [(&str, Change); 12] = [
        ("no plan", |plan| plan["more"] = json!("Jane Miller")),
        ("no plan", |plan| plan["findings"][0]["decision"]["action"] = json!("Jane Miller")),
        ("another version", |plan| plan["schema"] = json!(2)),
        ("there is no entity", |plan| plan["findings"][0]["entity"] = json!("NAME")),
        ("there is no entity", |plan| plan["findings"][0]["decision"]["entity"] = json!("x")),
        ("a code has", |plan| plan["findings"][0]["decision"]["code"] = json!("]<script>")),
        ("a reason has", |plan| plan["findings"][0]["decision"]["reason"] = json!("a\u{1b}[2J")),
        ("finding 1 names a segment", |plan| plan["findings"][0]["segment"] = json!(9)),
        ("finding 1 lies outside", |plan| plan["findings"][0]["end"] = json!(5000)),
        ("finding 1 ends before", |plan| plan["findings"][0]["end"] = json!(2)),
        ("finding 1 is empty", |plan| plan["findings"][0]["end"] = plan["findings"][0]["start"].clone()),
        ("holds a value that is removed", |plan| plan["findings"][0]["decision"]["reason"] = json!("jane MILLER's wish")),
    ];
    for (reason, change) in wrong {
        let mut plan = whole.clone();
        change(&mut plan);
        desk.put("plan.json", &plan.to_string());
        let code = if reason.starts_with("finding") || reason.starts_with("holds") { 3 } else { 2 };
        desk.refused(code, reason);
    }
    // In the middle of `ë`.
    desk.put("plan.json", &whole.to_string());
    let inside = NOTE.find('ë').unwrap() + 1;
    desk.decide(|plan| plan["findings"].as_array_mut().unwrap().push(added(inside, inside + 4)));
    desk.refused(3, "finding a1 lies outside its segment, or begins or ends within a character");
    desk.put("plan.json", "Jane Miller");
    desk.refused(2, "line 1, column");
}

#[test]
fn spans_that_overlap_are_joined_and_all_of_it_goes() {
    let desk = Desk::new(NOTE, &[]);
    let start = NOTE.find("John").unwrap();
    desk.decide(|plan| {
        of(plan, "Dr. John Smith")[0]["decision"]["action"] = json!("keep");
        plan["findings"].as_array_mut().unwrap().push(added(start, start + "John Smith saw".len()));
        let mut again = added(start + 5, start + 20);
        again["decision"]["code"] = json!("Ex. 7(C)");
        plan["findings"].as_array_mut().unwrap().push(again);
    });
    let out = desk.applied();
    assert!(out.contains("\nDr. [Ex. 7(C)] about"), "{out}");
    assert!(!out.contains("Smith") && !out.contains("John"), "{out}");
}

#[test]
fn undecided_findings_block() {
    let desk = Desk::new(NOTE, &["--ask-below", "1"]);
    assert!(of(&mut desk.json("plan.json"), "asthma")[0]["decision"]["action"] == "keep", "what the policy keeps is no question");
    desk.refused(1, "nothing is written");
    let applied = desk.apply(&["--undecided", "label"]);
    assert_eq!(applied.status.code(), Some(0), "{}", err(&applied));
    assert!(desk.read("out/note.txt").contains("call [PHONE_NUMBER]."));
    assert!(desk.json("out/decisions.json")["counts"]["undecided"].as_u64() > Some(0));
}

#[test]
fn what_the_policy_leaves_to_a_person_is_undecided() {
    let policy =
        "version = 1\nname = \"ours\"\n[default]\noperator = \"label\"\n[entities.PHONE_NUMBER]\noperator = \"review\"\n";
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    desk.put("note.txt", NOTE);
    desk.put("ours.toml", policy);
    let made = desk.run(&["plan", "note.txt", "-o", "plan.json", "--policy", "ours.toml"]);
    assert_eq!(made.status.code(), Some(1), "{}", err(&made));
    assert_eq!(of(&mut desk.json("plan.json"), "212-555-0143")[0]["decision"]["action"], "undecided");
    let policy = ["--policy", "ours.toml"];
    assert_eq!(desk.apply(&policy).status.code(), Some(1));
    assert!(!desk.path("out/note.txt").exists());
    desk.decide(|plan| of(plan, "212-555-0143")[0]["decision"]["action"] = json!("redact"));
    let applied = desk.apply(&policy);
    assert_eq!(applied.status.code(), Some(0), "{}", err(&applied));
    assert!(desk.read("out/note.txt").contains("call [PHONE_NUMBER]."));
    desk.decide(|plan| of(plan, "212-555-0143")[0]["decision"]["action"] = json!("keep"));
    assert_eq!(desk.apply(&policy).status.code(), Some(0));
    assert!(desk.read("out/note.txt").contains("call 212-555-0143."));
}

#[test]
fn a_denied_term_can_be_kept_in_one_place() {
    let text = "Acme wrote. The Acme file. Acmes.\n";
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    desk.put("note.txt", text);
    desk.put("deny.txt", "Acme\n");
    let made = desk.run(&["plan", "note.txt", "-o", "plan.json", "--deny", "deny.txt"]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    desk.decide(|plan| of(plan, "Acme")[0]["decision"]["action"] = json!("keep"));
    let out = desk.applied();
    assert!(out.starts_with("Acme wrote. The [DENIED_TERM] file."), "{out}");
    // As long as all of it goes, it has to be gone from everywhere.
    desk.decide(|plan| of(plan, "Acme")[0]["decision"]["action"] = json!("redact"));
    assert!(!desk.applied().contains("Acme"));
    let same = desk.json("out/report.json")["files"][0]["findings"]["by_entity"].clone();
    assert_eq!(same, json!({ "DENIED_TERM": 3 }));
}

#[test]
fn what_was_decided_goes_to_the_audit_log() {
    let desk = Desk::new(NOTE, &[]);
    desk.decide(|plan| {
        of(plan, "212-555-0143")[0]["decision"] = json!({ "action": "redact", "code": "(b)(6)", "reason": "privacy" });
    });
    assert!(desk.run(&["receipt", "keygen", "key.pem"]).status.success());
    let applied = desk.apply(&["--sign-key", "key.pem", "--audit", "audit.jsonl", "--actor", "reviewer"]);
    assert_eq!(applied.status.code(), Some(0), "{}", err(&applied));
    assert!(desk.run(&["audit", "verify", "audit.jsonl", "--key", "key.pem.pub"]).status.success());
    assert!(desk.run(&["receipt", "verify", "out/report.json", "--key", "key.pem.pub"]).status.success());
    let entry = desk.json("audit.jsonl");
    assert_eq!((&entry["action"], &entry["actor"]), (&json!("apply"), &json!("reviewer")));
    assert_eq!((&entry["counts"]["code (b)(6)"], &entry["counts"]["reason privacy"]), (&json!(1), &json!(1)));
    let names: Vec<_> = entry["subjects"].as_array().unwrap().iter().map(|subject| subject["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["report report.json", "note.txt", "plan", "decisions"]);
    for value in ["Miller", "Smith", "0143"] {
        assert!(!desk.read("audit.jsonl").contains(value), "{value}");
    }
}

/// The blocks of JSON in a page.
fn block(page: &str, id: &str) -> Value {
    let start = format!("<script type=\"application/json\" id=\"{id}\">");
    let (_, rest) = page.split_once(&start).expect("the block is there");
    serde_json::from_str(rest.split_once("</script>").expect("it ends").0).unwrap()
}

const HOSTILE: &str = "Jane Miller wrote </script><img src=x onerror=alert(1)> & <!-- to Zoë Çelik 😀, 212-555-0143.\n";

#[test]
fn the_page_holds_the_plan_and_the_text_and_lets_nothing_else_run() {
    let desk = Desk::new(HOSTILE, &[]);
    let made = desk.run(&["plan", "note.txt", "--html", "-o", "review.html"]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    let page = desk.read("review.html");
    assert_eq!(block(&page, "plan"), desk.json("plan.json"));
    assert_eq!(block(&page, "segments")[0]["text"], HOSTILE);
    assert!(!page.contains("<img"));
    // The one script and the one style sheet are those that the policy names.
    let hash = |name: &str| {
        let (_, rest) = page.rsplit_once(&format!("<{name}>")).expect("it is there");
        let content = rest.split_once(&format!("</{name}>")).expect("it ends").0;
        let digest = <sha2::Sha256 as sha2::Digest>::digest(content);
        format!("'sha256-{}'", base64::Engine::encode(&base64::prelude::BASE64_STANDARD, digest))
    };
    let policy = format!("default-src 'none'; script-src {}; style-src {}; base-uri 'none'", hash("script"), hash("style"));
    assert!(page.contains(&policy), "{policy}");
    assert_eq!((page.matches("<script>").count(), page.matches("<style>").count()), (1, 1));
    let bare = desk.run(&["plan", "note.txt", "--html", "--no-text", "-o", "other.html"]);
    assert_eq!(bare.status.code(), Some(2));
}

/// In a real browser, where there is one: the script runs under the page's policy, and marks each finding in the text.
#[test]
fn a_browser_shows_the_findings_in_the_text() {
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let browser =
        browsers.iter().find(|name| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()));
    let Some(browser) = browser else {
        eprintln!("skipped: there is no Chromium");
        return;
    };
    let desk = Desk::new(HOSTILE, &[]);
    assert!(desk.run(&["plan", "note.txt", "--html", "-o", "review.html"]).status.success());
    let shown = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .arg(format!("--user-data-dir={}", desk.path("profile").display()))
        .arg(format!("file://{}", desk.path("review.html").display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&shown.stdout);
    let findings = desk.json("plan.json")["findings"].as_array().unwrap().len();
    assert!(findings >= 3);
    assert_eq!(dom.matches("<mark ").count(), findings, "{dom}");
    assert!(dom.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &amp; &lt;!-- to <mark "), "{dom}");
    assert!(dom.contains(&format!("{findings} go, 0 stay, 0 undecided")), "{dom}");
}
