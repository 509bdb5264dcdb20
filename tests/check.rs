//! `subrosa check` on a PDF with a name under a black box: every kind of report, the exit codes, and values only when asked.

#![allow(clippy::disallowed_methods, reason = "tests make files")]
#![allow(clippy::unwrap_used, reason = "all of this is tests")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

#[path = "support/schema.rs"]
mod schema;

const SECRET: &str = "Zanzibarov";

/// A page of one line, with a black box on it or without.
fn pdf(boxed: bool) -> Vec<u8> {
    let cover = if boxed { "95 595 200 18 re f" } else { "" };
    let contents = format!("BT /F1 12 Tf 100 600 Td ({SECRET}) Tj ET {cover}");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{contents}\nendstream", contents.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut out = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 6\n0000000000 65535 f \n");
    for offset in offsets {
        let _ = writeln!(out, "{offset:010} 00000 n ");
    }
    let _ = write!(out, "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    out.into_bytes()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("boxed.pdf"), pdf(true)).unwrap();
    std::fs::write(folder.path().join("clean.pdf"), pdf(false)).unwrap();
    std::fs::write(folder.path().join("broken.pdf"), b"%PDF-1.7\n1 0 obj\nendobj\n").unwrap();
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    // An entity that no word here is of, so that only the questions speak.
    let mut command = Command::new(env!("CARGO_BIN_EXE_subrosa"));
    command.current_dir(folder).arg("check").args(arguments).args(["--entities", "CREDIT_CARD"]).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn exit_codes_are_those_agreed() {
    let folder = folder();
    let code = |names: &[&str]| check(folder.path(), names).status.code();
    assert_eq!(code(&["clean.pdf"]), Some(0));
    assert_eq!(code(&["boxed.pdf"]), Some(1));
    assert_eq!(code(&["nowhere.pdf"]), Some(2));
    assert_eq!(code(&["broken.pdf"]), Some(3));
    assert_eq!(code(&["boxed.pdf", "broken.pdf"]), Some(3));
}

#[test]
fn every_report_names_the_place_and_no_value() {
    let folder = folder();
    for (format, telling) in [
        ("text", "page 1: 10 characters under a filled shape"),
        ("json", "\"page\": 1"),
        ("sarif", "covered-text"),
        ("html", "<svg"),
    ] {
        let output = check(folder.path(), &["boxed.pdf", "--format", format]);
        assert_eq!(output.status.code(), Some(1), "{format}");
        let said = stdout(&output) + &String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(telling), "{format}: {said}");
        assert!(!said.contains(SECRET), "{format}");
        let shown = stdout(&check(folder.path(), &["boxed.pdf", "--format", format, "--show-values"]));
        assert!(shown.contains(SECRET), "{format}");
    }
}

#[test]
fn severities_can_be_left_out() {
    let folder = folder();
    assert_eq!(check(folder.path(), &["boxed.pdf", "--severity", "high"]).status.code(), Some(1));
    std::fs::write(
        folder.path().join("page.html"),
        "<!doctype html><html><head><meta name=\"author\" content=\"x\"></head></html>",
    )
    .unwrap();
    let output = check(folder.path(), &["page.html", "--severity", "high"]);
    assert!(!stdout(&output).contains("metadata"));
}

/// The document has the fields of the committed schema and no others.
#[test]
fn json_follows_its_schema() {
    let schema = schema::load("check.v1.json");
    let folder = folder();
    for arguments in [vec![".", "--format", "json"], vec!["boxed.pdf", "--format", "json", "--show-values"]] {
        let report: Value = serde_json::from_str(&stdout(&check(folder.path(), &arguments))).unwrap();
        schema::check(&report, &schema).unwrap();
        assert_eq!(report["totals"]["high"], 1);
    }
    let report: Value = serde_json::from_str(&stdout(&check(folder.path(), &[".", "--format", "json"]))).unwrap();
    let verdicts: Vec<&str> = report["files"].as_array().unwrap().iter().map(|file| file["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["findings", "not_inspected", "clean"]);
}
