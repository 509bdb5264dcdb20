//! Tests of the built program: the transcripts in `cli/`, whose README says how they are written, and what no transcript can
//! say (signals, many threads, whole reports).

#![allow(clippy::disallowed_methods, reason = "tests make files and read the environment")]
#![allow(clippy::print_stderr, reason = "a test that skips something says so")]
#![allow(clippy::unwrap_used, reason = "all of this is tests")]

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use subrosa_core::report::{Report, Verdict};

/// The program, in `folder`, with none of the caller's colours.
fn subrosa(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_subrosa"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR").env("COLUMNS", "100");
    command
}

fn run(folder: &Path, arguments: &[impl AsRef<OsStr>], stdin: &str) -> Output {
    let mut command = subrosa(folder, arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    // A program that ends without reading closes the pipe.
    let _ = child.stdin.take().expect("piped").write_all(stdin.as_bytes());
    child.wait_with_output().expect("the program ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

fn write(folder: &Path, name: &str, content: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("below the folder")).unwrap();
    std::fs::write(path, content).unwrap();
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn report(folder: &Path, name: &str) -> Report {
    serde_json::from_str(&read(folder, name)).expect("the report follows its schema")
}

/// The files below a folder, sorted, with `/`.
fn tree(folder: &Path) -> Vec<String> {
    fn collect(folder: &Path, root: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                collect(&entry.path(), root, found);
            } else {
                let path = entry.path();
                found.push(path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let mut found = Vec::new();
    collect(folder, folder, &mut found);
    found.sort();
    found
}

#[test]
fn transcripts() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cli"));
    let bless = std::env::var_os("SUBROSA_BLESS").is_some();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension() == Some("txt".as_ref()));
    paths.sort();
    assert!(paths.len() >= 5, "the transcripts are there");
    let mut failures = String::new();
    for path in paths {
        let expected = std::fs::read_to_string(&path).unwrap();
        let happened = replayed(&expected);
        if happened == expected {
            continue;
        }
        if bless {
            std::fs::write(&path, &happened).unwrap();
        } else {
            let _ = writeln!(failures, "{}:", path.file_name().unwrap().to_string_lossy());
            for (number, (is, should)) in happened.lines().zip(expected.lines()).enumerate().filter(|(_, (a, b))| a != b).take(1)
            {
                let _ = writeln!(failures, "  line {}\n    expected {should}\n    happened {is}", number + 1);
            }
            if happened.lines().count() != expected.lines().count() {
                let _ = writeln!(failures, "  the whole of what happened:\n{happened}");
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// The transcript with what really happened in place of the expected lines; those that `[..]` lets pass stay as they are.
fn replayed(transcript: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut result = String::new();
    let mut lines = transcript.lines().peekable();
    while let Some(line) = lines.next() {
        let _ = writeln!(result, "{line}");
        if let Some(name) = line.strip_prefix("file ") {
            let mut content = String::new();
            while let Some(line) = lines.next_if(|line| line.starts_with('|')) {
                let _ = writeln!(result, "{line}");
                let _ = writeln!(content, "{}", line.strip_prefix("| ").unwrap_or(""));
            }
            write(folder.path(), name, &content);
        } else if let Some(command) = line.strip_prefix("$ ") {
            let mut stdin = String::new();
            while let Some(line) = lines.next_if(|line| line.starts_with('<')) {
                let _ = writeln!(result, "{line}");
                let _ = writeln!(stdin, "{}", line.strip_prefix("< ").unwrap_or(""));
            }
            let mut expected = Vec::new();
            while let Some(line) = lines.next_if(|line| line.starts_with(['>', '!', '='])) {
                expected.push(line);
            }
            let happened = happened(folder.path(), command, &stdin);
            let passes =
                happened.len() == expected.len() && happened.iter().zip(&expected).all(|(is, should)| matches(should, is));
            for line in happened.iter().zip(expected.iter().map(Some).chain(std::iter::repeat(None))) {
                match line {
                    (_, Some(expected)) if passes => result.push_str(expected),
                    (happened, _) => result.push_str(happened),
                }
                result.push('\n');
            }
        }
    }
    result
}

fn happened(folder: &Path, command: &str, stdin: &str) -> Vec<String> {
    let words = words(command);
    let (program, arguments) = words.split_first().expect("a command");
    let marked =
        |mark: &str, text: &str| text.lines().map(|line| format!("{mark} {line}").trim_end().to_owned()).collect::<Vec<_>>();
    match (program.as_str(), arguments) {
        ("show", [name]) => match std::fs::read_to_string(folder.join(name)) {
            Ok(content) => marked(">", &content),
            Err(error) => vec![format!("! {error}")],
        },
        ("tree", [name]) => tree(&folder.join(name)).iter().map(|path| format!("> {path}")).collect(),
        ("subrosa", arguments) => {
            let output = run(folder, arguments, stdin);
            let mut lines = marked(">", &text(&output.stdout));
            lines.extend(marked("!", &text(&output.stderr)));
            match output.status.code() {
                Some(0) => {}
                code => lines.push(format!("= {}", code.map_or("a signal".to_owned(), |code| code.to_string()))),
            }
            lines
        }
        _ => panic!("unknown command: {command}"),
    }
}

fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (i, piece) in command.split('\'').enumerate() {
        if i % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn matches(expected: &str, happened: &str) -> bool {
    let mut pieces = expected.trim_end().split("[..]");
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = happened.strip_prefix(first) else { return false };
    let mut last = None;
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
        last = Some(piece);
    }
    // A pattern that ends in `[..]` takes the rest.
    rest.is_empty() || last == Some("")
}

const CARD: &str = "4111 1111 1111 1111";

/// A folder with some files that hold findings, some that do not, and one that no format claims.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for i in 0..40 {
        let content = if i % 3 == 0 { format!("Entry {i}\ncard {CARD}\n") } else { format!("Entry {i}\n") };
        write(folder.path(), &format!("in/{}/{i}.txt", i % 7), &content);
    }
    std::fs::write(folder.path().join("in/3/picture.bin"), [0, 159, 146, 150, 0]).unwrap();
    folder
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = archive();
    let redact = |jobs: &str, out: &str| run(folder.path(), &["redact", "in", "-o", out, "--jobs", jobs], "");
    let one = redact("1", "one");
    let many = redact("7", "many");
    assert_eq!(one.status.code(), Some(3));
    assert_eq!(text(&one.stderr), text(&many.stderr));
    let names = tree(&folder.path().join("one"));
    assert_eq!(names.len(), 41, "40 files and the report");
    assert_eq!(names, tree(&folder.path().join("many")));
    for name in names {
        assert_eq!(read(&folder.path().join("one"), &name), read(&folder.path().join("many"), &name), "{name}");
    }
    let scan = |jobs: &str| run(folder.path(), &["scan", "in", "--format", "jsonl", "-j", jobs], "");
    assert_eq!(text(&scan("1").stdout), text(&scan("7").stdout));
}

#[test]
fn the_report_says_what_happened() {
    let folder = archive();
    let output = run(folder.path(), &["redact", "in", "-o", "out", "--entities", "CREDIT_CARD"], "");
    assert_eq!(output.status.code(), Some(3));
    let report = report(folder.path(), "out/report.json");
    assert!(report.complete);
    assert_eq!((report.totals.files, report.totals.redacted, report.totals.clean, report.totals.refused), (41, 14, 26, 1));
    for file in &report.files {
        let out = folder.path().join("out").join(&file.path);
        let size = std::fs::metadata(&out).map(|metadata| metadata.len()).ok();
        assert_eq!(file.bytes_out, size, "{}", file.path);
        assert_eq!(file.verdict == Verdict::Refused, size.is_none(), "{}", file.path);
        assert_eq!(file.sha256_out.is_some(), size.is_some());
        assert!(file.verdict != Verdict::Clean || file.sha256_in == file.sha256_out);
    }
    assert_eq!(report.policy.name, "redact");
    assert_eq!(report.policy.sha256.len(), 64);
}

#[test]
fn redacting_twice_changes_nothing() {
    let folder = archive();
    run(folder.path(), &["redact", "in", "-o", "one"], "");
    std::fs::remove_file(folder.path().join("one/report.json")).unwrap();
    let output = run(folder.path(), &["redact", "one", "-o", "two"], "");
    assert_eq!(output.status.code(), Some(0));
    for name in tree(&folder.path().join("one")) {
        assert_eq!(read(&folder.path().join("one"), &name), read(&folder.path().join("two"), &name), "{name}");
    }
}

/// Everything the program says or writes about a document, without the document itself, holds no value of it.
#[test]
fn no_value_leaves_by_another_door() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "notes.txt", &format!("card {CARD} here\n"));
    write(folder.path(), "rows.jsonl", &format!("{{\"id\": 1, \"text\": \"card {CARD}\"}}\n{{\"id\": 2, \"text\": {CARD}}}\n"));
    std::fs::write(folder.path().join("broken.txt"), format!("card {CARD}\0\u{1}\n")).unwrap();
    write(folder.path(), "policy.toml", "version = 1\nname = 'x'\n[default]\noperator = 'remove'\n");
    let records = read(folder.path(), "rows.jsonl");
    let sessions: &[(&[&str], &str)] = &[
        (&["scan", "."], ""),
        (&["scan", ".", "--format", "jsonl", "--stats"], ""),
        (&["scan", ".", "--format", "sarif"], ""),
        (&["scan", ".", "--format", "html"], ""),
        (&["scan", "--records", "--stats"], &records),
        (&["explain", "notes.txt"], ""),
        (&["explain", "broken.txt"], ""),
        (&["redact", "notes.txt", "broken.txt", "-o", "out", "--policy", "policy.toml", "--stats"], ""),
    ];
    for (arguments, stdin) in sessions {
        let output = run(folder.path(), arguments, stdin);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(!said.is_empty(), "{arguments:?}");
        assert!(!said.contains("1111"), "{arguments:?} says\n{said}");
    }
    assert!(!read(folder.path(), "out/report.json").contains("1111"));
    assert_eq!(read(folder.path(), "out/notes.txt"), "card  here\n");
    let shown = run(folder.path(), &["scan", "notes.txt", "--show-values"], "");
    assert!(text(&shown.stdout).contains(CARD), "the canary is found at all");
}

#[test]
fn the_report_names_no_denied_term_of_a_file_name() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "deny.txt", "Canary Island\n");
    write(folder.path(), "in/Canary_Island/canary island.txt", "nothing\n");
    std::fs::write(folder.path().join("in/Canary_Island/canary-island.bin"), [0, 1, 0, 255]).unwrap();
    let output = run(folder.path(), &["redact", "in", "-o", "out", "--deny", "deny.txt"], "");
    assert_eq!(output.status.code(), Some(3));
    assert!(!read(folder.path(), "out/report.json").to_lowercase().contains("canary"));
    assert_eq!(tree(&folder.path().join("out")), ["[DENIED_TERM]/[DENIED_TERM].txt", "report.json"]);
}

#[test]
fn stats_have_the_agreed_fields() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["scan", "--records", "--stats"], &format!("{{\"id\":1,\"text\":\"card {CARD}\"}}\n"));
    let stats: Value = serde_json::from_str(text(&output.stderr).trim()).expect("one JSON line");
    let mut names: Vec<&str> = stats.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["bytes", "detect_seconds", "findings", "peak_rss_bytes", "wall_seconds"]);
    assert_eq!(stats["findings"], 1);
    assert!(stats["wall_seconds"].as_f64().unwrap() > 0.0);
}

#[test]
fn sarif_is_one_document_with_every_finding() {
    let folder = archive();
    let output = run(folder.path(), &["scan", "in", "--format", "sarif", "--entities", "CREDIT_CARD"], "");
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 14);
    assert_eq!(run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "CREDIT_CARD");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false, "one file was not scanned");
}

#[cfg(unix)]
#[test]
fn interrupted_says_130() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = subrosa(folder.path(), &["scan", "--records"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"{\"id\":1,\"text\":\"a\"}\n").unwrap();
    // The answer shows that the program runs, and that it does not wait for more input before it answers.
    let mut answer = [0; 10];
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut answer).unwrap();
    assert_eq!(&answer, b"{\"id\":1,\"s");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[cfg(unix)]
#[test]
fn interrupted_before_its_input_ends_redact_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = subrosa(folder.path(), &["redact", "-", "-o", "out"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // More than a pipe holds: when all is written, the program has set itself up and is reading.
    stdin.write_all(format!("card {CARD}\n").repeat(20_000).as_bytes()).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(tree(folder.path()), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_quiet() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "notes.txt", &format!("card {CARD}\n").repeat(10_000));
    let mut command = subrosa(folder.path(), &["scan", "notes.txt"]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn an_output_that_is_an_input_through_a_link_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "notes.txt", &format!("card {CARD}\n"));
    std::fs::create_dir(folder.path().join("out")).unwrap();
    std::os::unix::fs::symlink("../notes.txt", folder.path().join("out/notes.txt")).unwrap();
    let output = run(folder.path(), &["redact", "notes.txt", "-o", "out", "--force"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(read(folder.path(), "notes.txt").contains(CARD));
}

#[test]
fn permissions_and_leftovers() {
    let folder = archive();
    run(folder.path(), &["redact", "in", "-o", "out"], "");
    assert!(tree(folder.path()).iter().all(|name| !name.contains("subrosa")), "no temporary file is left");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("in/0/0.txt"), mode("out/0/0.txt"));
    }
}

/// Lines out have the fields of the committed schema and no others.
#[test]
fn records_follow_their_schema() {
    let schema: Value =
        serde_json::from_str(&read(Path::new(env!("CARGO_MANIFEST_DIR")), "../../docs/schemas/records.v1.json")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["scan", "--records"], &format!("{{\"id\":[1],\"text\":\"card {CARD}\"}}\n"));
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    for (object, schema) in [(&line, &schema), (&line["spans"][0], &schema["properties"]["spans"]["items"])] {
        assert_eq!(schema["additionalProperties"], false);
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(object), keys(&schema["properties"]));
        assert_eq!(schema["required"].as_array().unwrap().len(), keys(object).len());
    }
    assert_eq!(line["id"], serde_json::json!([1]));
}

#[test]
fn a_changed_report_does_not_verify_and_another_program_agrees() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "in/note.txt", "Call Jane Miller on 212-555-0143.\n");
    assert!(run(folder.path(), &["receipt", "keygen", "key.pem"], "").status.success());
    assert!(run(folder.path(), &["redact", "in", "-o", "out", "--sign-key", "key.pem"], "").status.success());
    let report = read(folder.path(), "out/report.json");
    let holds = || run(folder.path(), &["receipt", "verify", "out/report.json", "--key", "key.pem.pub"], "").status.code();
    assert_eq!(holds(), Some(0));
    let openssl = || {
        let arguments = ["pkeyutl", "-verify", "-pubin", "-inkey", "key.pem.pub", "-rawin", "-in", "out/report.json"];
        let command =
            Command::new("openssl").current_dir(&folder).args(arguments).args(["-sigfile", "out/report.json.sig"]).output();
        command.ok().map(|output| output.status.success())
    };
    if openssl().is_none() {
        eprintln!("openssl is not installed: its verdict on the signature is not asked");
    }
    assert_ne!(openssl(), Some(false));
    write(folder.path(), "out/report.json", &report.replace("\"redacted\": 1", "\"redacted\": 2"));
    assert_eq!(holds(), Some(1));
    assert_ne!(openssl(), Some(true));
    // Every byte of a signature counts.
    write(folder.path(), "out/report.json", &report);
    let path = folder.path().join("out/report.json.sig");
    let signature = std::fs::read(&path).unwrap();
    for at in 0..signature.len() {
        let mut wrong = signature.clone();
        wrong[at] ^= 1;
        std::fs::write(&path, wrong).unwrap();
        assert_eq!(holds(), Some(1), "byte {at}");
    }
}
