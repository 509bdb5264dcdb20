//! `subrosa inventory`: whose values are whose in each kind of file, k-anonymity reckoned by hand, the notice of a breach, and no
//! value in any output unless asked for.

#![allow(clippy::disallowed_methods, reason = "tests make files")]
#![allow(clippy::unwrap_used, reason = "all of this is tests")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

#[path = "support/schema.rs"]
mod schema;

fn inventory(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_subrosa"));
    command.current_dir(folder).args(["inventory", "--no-ocr"]).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The report as JSON, with values.
fn report(files: &[(&str, &str)], arguments: &[&str]) -> Value {
    let folder = folder(files);
    let all: Vec<&str> = [".", "--format", "json", "--show-values"].into_iter().chain(arguments.iter().copied()).collect();
    serde_json::from_str(&stdout(&inventory(folder.path(), &all))).unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// What a person holds: the person by name, the values of a kind.
fn held(report: &Value, name: &str, entity: &str) -> Vec<String> {
    let people = report["people"].as_array().unwrap();
    let person = people.iter().find(|person| person["name"] == name).unwrap_or_else(|| panic!("nobody is called {name}"));
    let kind = person["kinds"].as_array().unwrap().iter().find(|kind| kind["entity"] == entity);
    kind.map(|kind| texts(&kind["shown"])).unwrap_or_default()
}

fn how(report: &Value, name: &str, entity: &str) -> String {
    let people = report["people"].as_array().unwrap();
    let person = people.iter().find(|person| person["name"] == name).unwrap();
    let kind = person["kinds"].as_array().unwrap().iter().find(|kind| kind["entity"] == entity).unwrap();
    kind["how"].as_str().unwrap().to_owned()
}

const PATIENTS: &str = "\
MRN,First name,Last name,Date of birth,Sex,Street,City,State,ZIP,Phone,Guardian name,Guardian phone,Diagnosis
A-100201,Jane,Winslow,1980-05-02,F,12 Elm Street,Springfield,IL,62701,(555) 555-0101,Mary Winslow,(555) 555-0102,asthma
A-100202,Peter,Hollis,1981-06-03,M,14 Elm Street,Columbus,OH,43004,(555) 555-0103,,,hypertension
";

#[test]
fn a_row_is_its_persons() {
    let report = report(&[("patients.csv", PATIENTS)], &[]);
    assert_eq!(held(&report, "Jane Winslow", "MEDICAL_RECORD_NUMBER"), ["A-100201"]);
    assert_eq!(held(&report, "Jane Winslow", "PHONE_NUMBER"), ["(555) 555-0101"]);
    assert_eq!(held(&report, "Mary Winslow", "PHONE_NUMBER"), ["(555) 555-0102"]);
    assert_eq!(held(&report, "Peter Hollis", "HEALTH_CONDITION"), ["hypertension"]);
    assert_eq!(how(&report, "Jane Winslow", "DATE_OF_BIRTH"), "record");
    assert_eq!(report["totals"]["people"], 3);
    let people = report["people"].as_array().unwrap();
    let jane = people.iter().find(|person| person["name"] == "Jane Winslow").unwrap();
    assert_eq!(jane["state"], "IL");
    assert_eq!(texts(&jane["quasi_identifiers"]), ["birth date", "sex", "postal code", "place"]);
    let types = ["full name", "date of birth", "home address", "diagnosis", "other types of information"];
    assert_eq!(texts(&jane["types"]), types);
}

#[test]
fn objects_cards_and_messages_are_records() {
    let report = report(
        &[
            (
                "a.json",
                r#"{"patients": [{"name": "Jane Winslow", "phone": "(555) 555-0101"}, {"name": "Peter Hollis", "phone": "(555) 555-0103"}]}"#,
            ),
            (
                "b.vcf",
                "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Castell\r\nTEL:+1 555 555 0104\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Max Barlow\r\nTEL:+1 555 555 0105\r\nEND:VCARD\r\n",
            ),
            (
                "c.hl7",
                "MSH|^~\\&|A|B|C|D|20260302||ADT^A01|1|P|2.5.1\rPID|1||A100203^^^X^MR||Dorsey^Carla^^^||19820704|F|||1 Oak Street^^Columbus^OH^43004||(555)555-0106\rNK1|1|Dorsey^Owen|BRO||(555)555-0107\r",
            ),
            (
                "d.jsonl",
                "{\"name\": \"Nora Selwyn\", \"email\": \"one@example.com\"}\n{\"name\": \"Otto Marlowe\", \"email\": \"two@example.com\"}\n",
            ),
        ],
        &[],
    );
    assert_eq!(held(&report, "Peter Hollis", "PHONE_NUMBER"), ["(555) 555-0103"]);
    assert_eq!(held(&report, "Ada Castell", "PHONE_NUMBER"), ["+1 555 555 0104"]);
    assert_eq!(held(&report, "Max Barlow", "PHONE_NUMBER"), ["+1 555 555 0105"]);
    assert_eq!(held(&report, "Carla Dorsey", "PHONE_NUMBER"), ["(555)555-0106"]);
    assert_eq!(held(&report, "Owen Dorsey", "PHONE_NUMBER"), ["(555)555-0107"]);
    assert_eq!(held(&report, "Otto Marlowe", "EMAIL_ADDRESS"), ["two@example.com"]);
}

const LETTER: &str = "\
From: Paula Reyes <p.reyes@example.org>
To: Jane Winslow <jw@example.com>
Subject: Results
Content-Type: text/plain

Jane Winslow can be reached at (555) 555-0101.

The office is open from 9 to 5. Its fax is (555) 555-0199.
";

#[test]
fn running_text_gives_guesses_and_what_is_far_belongs_to_nobody() {
    let report = report(&[("letter.eml", LETTER), ("patients.csv", PATIENTS)], &[]);
    let jane = held(&report, "Jane Winslow", "PHONE_NUMBER");
    assert_eq!(jane, ["(555) 555-0101"], "the same number in a row and in a letter is one value");
    let file = &report["files"].as_array().unwrap()[0];
    assert_eq!(file["path"], "./letter.eml");
    let unassigned: u64 = file["counts"].as_array().unwrap().iter().map(|kind| kind["unassigned"].as_u64().unwrap()).sum();
    assert!(unassigned > 0, "{file}");
    let people = report["people"].as_array().unwrap();
    let jane = people.iter().find(|person| person["name"] == "Jane Winslow").unwrap();
    assert_eq!(texts(&jane["files"]), ["./letter.eml", "./patients.csv"]);
}

#[test]
fn a_form_in_a_document_is_about_its_person() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let output = inventory(&examples, &["discharge-letter.docx", "--format", "json", "--show-values"]);
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(held(&report, "Augustin Pellerin", "DATE_OF_BIRTH"), ["11/04/1932"]);
    assert_eq!(how(&report, "Augustin Pellerin", "MEDICAL_RECORD_NUMBER"), "record");
}

#[test]
fn a_row_without_a_name_joins_by_its_number() {
    let results = "MRN,Test,Date\nA-100201,potassium,2026-01-05\nA-100777,potassium,2026-01-06\n";
    let report = report(&[("patients.csv", PATIENTS), ("results.csv", results)], &[]);
    assert_eq!(held(&report, "Jane Winslow", "MEDICATION"), ["potassium"]);
    let unnamed = report["people"].as_array().unwrap().iter().filter(|person| person["named"] == "unnamed").count();
    assert_eq!(unnamed, 1, "the other number is somebody who is named nowhere");
}

#[test]
fn namesakes_are_told_apart_or_said_to_be_in_doubt() {
    let table = "Name,SSN,Notes\nJohn Smith,536-22-8147,a\nJohn Smith,529-31-7725,b\n";
    let report = report(&[("a.csv", table), ("b.txt", "John Smith called yesterday.\n")], &[]);
    let people = report["people"].as_array().unwrap();
    assert_eq!(people.len(), 3);
    let doubts = report["may_be_the_same"].as_array().unwrap();
    assert_eq!(doubts.len(), 1, "{doubts:?}");
    assert_eq!(texts(&doubts[0]["people"]), ["PERSON-1", "PERSON-2", "PERSON-3"]);
}

/// Ten rows: five, three, one, one by birth date, postal code and sex.
fn table() -> Vec<[&'static str; 3]> {
    let mut rows = vec![["1980-05-02", "62701", "F"]; 5];
    rows.extend([["1981-05-02", "62701", "M"]; 3]);
    rows.push(["1982-05-02", "62701", "M"]);
    rows.push(["1982-05-02", "43004", "M"]);
    rows
}

#[test]
fn anonymity_of_tables_reckoned_by_hand() {
    let mut csv = String::from("Case,Date of birth,ZIP,Sex\n");
    let mut jsonl = String::new();
    for (number, [birth, zip, sex]) in table().iter().enumerate() {
        let _ = writeln!(csv, "{number},{birth},{zip},{sex}");
        let _ =
            writeln!(jsonl, "{{\"case\": \"c{number}\", \"birthDate\": \"{birth}\", \"zip\": \"{zip}\", \"sex\": \"{sex}\"}}");
    }
    let report = report(&[("a.csv", &csv), ("b.jsonl", &jsonl)], &[]);
    for file in report["files"].as_array().unwrap() {
        let [table] = file["tables"].as_array().unwrap().as_slice() else { panic!("{file}") };
        let of = ["rows", "smallest_class", "unique_rows", "rows_in_small_classes"].map(|name| table[name].as_u64().unwrap());
        assert_eq!(of, [10, 1, 2, 5], "{file}");
        let columns: Vec<&str> =
            table["columns"].as_array().unwrap().iter().map(|column| column["is"].as_str().unwrap()).collect();
        assert_eq!(columns.len(), 3);
        assert!(["birth date", "postal code", "sex"].iter().all(|is| columns.contains(is)), "{columns:?}");
        assert_eq!(file["risk"], "high");
    }
}

#[test]
fn thresholds_count_residents_and_individuals() {
    let table = |rows: usize| {
        let mut table = String::from("MRN,Street,State,ZIP\n");
        for number in 0..rows {
            let _ = writeln!(table, "A-{},{} Elm Street,IL,62701", 100_000 + number, number + 1);
        }
        table
    };
    for (rows, media, secretary) in
        [(499, "not-reached", "not-reached"), (500, "not-reached", "reached"), (501, "reached", "reached")]
    {
        let report = report(&[("a.csv", &table(rows))], &["--breach", "--discovered", "2026-01-01"]);
        let breach = &report["breach"];
        assert_eq!(breach["individuals"]["at_least"], rows, "{breach}");
        assert_eq!((breach["media"].as_str(), breach["secretary"].as_str()), (Some(media), Some(secretary)), "{rows}");
        assert_eq!((breach["notify_by"].as_str(), breach["states"][0]["state"].as_str()), (Some("2026-03-02"), Some("IL")));
    }
}

#[test]
fn codes_are_the_same_wherever_the_key_is() {
    let key = |digit: &str| format!("subrosa-key-1:{}\n", digit.repeat(64));
    let id = |name: &str, text: &str, digit: &str| {
        let folder = folder(&[("key", &key(digit)), (name, text)]);
        let output = inventory(folder.path(), &[name, "--format", "json", "--key-file", "key"]);
        let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
        report["people"][0]["id"].as_str().unwrap().to_owned()
    };
    let first = id("a.txt", "Jane Winslow called.\n", "7");
    assert!(first.starts_with("PERSON-") && first.len() == 15, "{first}");
    assert_eq!(
        first,
        id("b.csv", "Name,Town\nPeter Hollis,x\nJane Winslow,y\n", "7")
            .replace(&id("b.csv", "Name,Town\nPeter Hollis,x\n", "7"), &first)
    );
    assert_ne!(first, id("a.txt", "Jane Winslow called.\n", "8"));
}

#[test]
fn what_was_not_looked_into_comes_first() {
    let folder = folder(&[("a.docx", "PK\u{3}\u{4}nothing"), ("b.txt", "Jane Winslow called.\n")]);
    for format in ["text", "csv", "html", "json"] {
        let output = inventory(folder.path(), &[".", "--format", format]);
        assert_eq!(output.status.code(), Some(3));
        let text = stdout(&output);
        assert!(text.find("a.docx").unwrap() < text.find("b.txt").unwrap(), "{format}");
    }
}

#[test]
fn a_case_sheet_gives_roles_and_leaves_clinicians_out() {
    let sheet = "version = 1\n[[people]]\nrole = 'client'\nnames = ['Jane Winslow']\nphones = ['(555) 555-0101']\n\
                 [[people]]\nrole = 'clinician'\nnames = ['Paula Reyes']\n";
    let folder = folder(&[("case.toml", sheet), ("a.eml", LETTER)]);
    let output = inventory(folder.path(), &["a.eml", "--case", "case.toml", "--breach", "--format", "json", "--show-values"]);
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let roles: Vec<&str> = report["people"].as_array().unwrap().iter().filter_map(|person| person["role"].as_str()).collect();
    assert_eq!(roles, ["clinician", "client"]);
    assert_eq!(how(&report, "Jane Winslow", "PHONE_NUMBER"), "case-sheet");
    assert_eq!(report["breach"]["individuals"]["at_least"], 1);
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let files: Vec<(String, String)> = (0..40)
        .map(|number| (format!("{number}.csv"), PATIENTS.replace("A-1002", &format!("A-{}", 1000 + number % 7))))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    for format in ["text", "json", "csv", "html"] {
        let run = |jobs: &str| stdout(&inventory(folder.path(), &[".", "--format", format, "--jobs", jobs, "--breach"]));
        assert_eq!(run("1"), run("4"), "{format}");
    }
}

/// Every name and value of the files below.
const CANARIES: &[&str] = &[
    "Winslow",
    "Hollis",
    "Jane",
    "100201",
    "1980-05-02",
    "Elm Street",
    "62701",
    "0101",
    "0102",
    "asthma",
    "jw@",
    "p.reyes",
    "Reyes",
    "536-22-8147",
    "Springfield",
];

#[test]
fn no_value_comes_out_unless_asked_for() {
    let more =
        "Jane Winslow, SSN 536-22-8147, born 1980-05-02, lives at 12 Elm Street, Springfield, IL 62701; call (555) 555-0101.\n";
    let json = r#"{"patients": [{"name": "Jane Winslow", "ssn": "536-22-8147"}, {"name": "J. Winslow", "dob": "1980-05-02"}]}"#;
    let folder =
        folder(&[("a.csv", PATIENTS), ("b.eml", LETTER), ("c.txt", more), ("d.json", json), ("e.docx", "PK\u{3}\u{4}Winslow")]);
    for format in ["text", "json", "csv", "html"] {
        let output = inventory(folder.path(), &[".", "--format", format, "--breach", "--stats"]);
        let errors = String::from_utf8(output.stderr.clone()).unwrap();
        for canary in CANARIES {
            assert!(!stdout(&output).contains(canary), "{canary} in {format}");
            assert!(!errors.contains(canary), "{canary} on stderr of {format}");
        }
        let shown = stdout(&inventory(folder.path(), &[".", "--format", format, "--show-values"]));
        assert!(shown.contains("Jane Winslow") && shown.contains("536-22-8147"), "{format}");
    }
}

/// The document has the fields of the committed schema and no others.
#[test]
fn json_follows_its_schema() {
    let schema = schema::load("inventory.v1.json");
    let folder = folder(&[
        ("a.csv", PATIENTS),
        ("b.eml", LETTER),
        ("c.txt", "Mr. Hollis and J. Smith called; John Smith did not.\n"),
        ("d.docx", "PK\u{3}\u{4}nothing"),
        ("case.toml", "version = 1\n[[people]]\nrole = 'client'\nnames = ['Jane Winslow']\n"),
    ]);
    let breach = ["--breach", "--discovered", "2026-03-02", "--case", "case.toml"];
    for arguments in [&["--show-values"] as &[&str], &breach, &[]] {
        let all: Vec<&str> = [".", "--format", "json"].into_iter().chain(arguments.iter().copied()).collect();
        let report: Value = serde_json::from_str(&stdout(&inventory(folder.path(), &all))).unwrap();
        schema::check(&report, &schema).unwrap();
        assert_eq!(report["not_looked_into"].as_array().unwrap().len(), 1);
        assert!(!report["may_be_the_same"].as_array().unwrap().is_empty());
    }
}
