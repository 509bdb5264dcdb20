//! Runs `cases/*.toml` on the built program: the same findings as the library's, through `scan --records` and `redact -`.

#![allow(clippy::disallowed_methods, clippy::format_push_string, clippy::unwrap_used, reason = "tests read their own files")]

#[path = "cases/format.rs"]
mod format;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use format::Case;
use serde_json::{Value, json};
use subrosa_core::span::Span;

/// The arguments a case needs. Lists are written to files in `folder`.
fn arguments(case: &Case, folder: &Path, number: usize) -> Vec<String> {
    let mut arguments = Vec::new();
    if let Some(policy) = &case.policy {
        arguments.extend(["--policy".to_owned(), policy.clone()]);
    }
    if let Some(source) = case.policy_file() {
        let path = folder.join(format!("policy-{number}.toml"));
        std::fs::write(&path, source).unwrap();
        arguments.extend(["--policy".to_owned(), path.to_string_lossy().into_owned()]);
    }
    if !case.entities.is_empty() {
        arguments.extend(["--entities".to_owned(), case.entities.join(",")]);
    }
    for (name, terms) in [("deny", &case.deny), ("allow", &case.allow)] {
        if !terms.is_empty() {
            let path = folder.join(format!("{name}-{number}.txt"));
            std::fs::write(&path, terms.join("\n")).unwrap();
            arguments.extend([format!("--{name}"), path.to_string_lossy().into_owned()]);
        }
    }
    arguments
}

/// The exit code and stdout.
fn subrosa(arguments: &[String], stdin: &str) -> (i32, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_subrosa"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("piped").write_all(stdin.as_bytes()).expect("the program reads");
    let output = child.wait_with_output().expect("the program ends");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap_or_default(), String::from_utf8(output.stdout).expect("output is UTF-8"))
}

/// Cases of one text without labels: what a record and a text file can hold.
fn cases() -> Vec<Case> {
    format::all().into_iter().filter(|case| case.labels.is_empty() && case.marked.all().len() == 1).collect()
}

#[test]
fn records_have_the_findings_of_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let cases = cases();
    let mut by_arguments: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (number, case) in cases.iter().enumerate() {
        by_arguments.entry(arguments(case, folder.path(), number)).or_default().push(number);
    }
    let mut answered = 0;
    for (options, numbers) in by_arguments {
        let input: String = numbers
            .iter()
            .map(|number| json!({"id": number, "text": format::unmark(&cases[*number].marked.all()[0]).0}).to_string() + "\n")
            .collect();
        let mut arguments = vec!["scan".to_owned(), "--records".to_owned()];
        arguments.extend(options);
        for line in subrosa(&arguments, &input).1.lines() {
            let answer: Value = serde_json::from_str(line).unwrap();
            let case = &cases[usize::try_from(answer["id"].as_u64().unwrap()).unwrap()];
            let marked = &case.marked.all()[0];
            let (text, _) = format::unmark(marked);
            let offset = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
            let spans = answer["spans"].as_array().unwrap();
            let found = spans
                .iter()
                .map(|span| (Span::new(offset(&span["start"]), offset(&span["end"])), span["entity"].as_str().unwrap()));
            assert_eq!(format::mark(&text, found), *marked, "{}", case.name);
            answered += 1;
        }
    }
    assert_eq!(answered, cases.len());
}

#[test]
fn a_text_file_is_redacted_as_the_case_says() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("case.key");
    std::fs::write(&key, format::KEY).unwrap();
    for (number, case) in cases().iter().enumerate() {
        let Some(wanted) = &case.redacted else { continue };
        let mut arguments: Vec<String> = ["redact", "-", "-o", "-", "--stdin-filename", "case.txt"].map(str::to_owned).to_vec();
        arguments.extend(self::arguments(case, folder.path(), number));
        arguments.extend(["--key-file".to_owned(), key.to_string_lossy().into_owned()]);
        for (name, value) in &case.parameters {
            arguments.extend(["--param".to_owned(), format!("{name}={value}")]);
        }
        let (code, redacted) = subrosa(&arguments, &format::unmark(&case.marked.all()[0]).0);
        assert_eq!(redacted, wanted.all()[0], "{}", case.name);
        assert_eq!(code, i32::from(!case.undecided.is_empty()), "{}", case.name);
    }
}
