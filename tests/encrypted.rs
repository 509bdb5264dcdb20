//! Encrypted outputs, by the built program: their recipient reads them, nobody else does, and their text is never on the disk.

#![allow(clippy::disallowed_methods, reason = "tests make files")]
#![allow(clippy::unwrap_used, reason = "all of this is tests")]

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output};

use age::x25519::Identity;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const NOTE: &str = "Jane Miller called 212-555-0143 about her canary.\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_subrosa")).current_dir(folder).args(arguments).output().expect("the program starts")
}

fn decrypted(bytes: &[u8], identity: &Identity) -> Option<String> {
    let decryptor = age::Decryptor::new(bytes).unwrap();
    let mut text = String::new();
    decryptor.decrypt(std::iter::once(identity as &dyn age::Identity)).ok()?.read_to_string(&mut text).unwrap();
    Some(text)
}

fn sha256(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// A folder with a note, and two who may read.
fn desk() -> (tempfile::TempDir, [Identity; 2]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    std::fs::write(folder.path().join("in/note.txt"), NOTE).unwrap();
    (folder, [Identity::generate(), Identity::generate()])
}

#[test]
fn recipients_read_the_output_and_nobody_else() {
    let (folder, [one, two]) = desk();
    let folder = folder.path();
    let (to_one, to_two) = (one.to_public().to_string(), two.to_public().to_string());
    assert!(run(folder, &["receipt", "keygen", "key.pem"]).status.success());
    let ended =
        run(folder, &["redact", "in", "-o", "out", "--encrypt-to", &to_one, "--encrypt-to", &to_two, "--sign-key", "key.pem"]);
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let sealed = std::fs::read(folder.join("out/note.txt.age")).unwrap();
    assert!(!folder.join("out/note.txt").exists());
    assert!(!sealed.windows(6).any(|window| window == b"canary"));
    for identity in [&one, &two] {
        let text = decrypted(&sealed, identity).expect("a recipient");
        assert!(text.ends_with("about her canary.\n") && !text.contains("Miller"), "{text}");
    }
    assert_eq!(decrypted(&sealed, &Identity::generate()), None);
    let report: Value = serde_json::from_slice(&std::fs::read(folder.join("out/report.json")).unwrap()).unwrap();
    let file = &report["files"][0];
    assert_eq!(file["path"], "note.txt");
    assert_eq!(file["encrypted"], json!({ "recipients": 2, "bytes": sealed.len(), "sha256": sha256(&sealed) }));
    assert_eq!(file["sha256_out"], sha256(decrypted(&sealed, &one).unwrap()));
    // The receipt is for the file as it stands there.
    assert!(run(folder, &["receipt", "verify", "out/report.json", "--key", "key.pem.pub"]).status.success());
    std::fs::write(folder.join("out/note.txt.age"), &sealed[..sealed.len() - 1]).unwrap();
    assert_eq!(run(folder, &["receipt", "verify", "out/report.json", "--key", "key.pem.pub"]).status.code(), Some(1));
}

#[test]
fn single_files_plans_and_stdout() {
    let (folder, [one, _]) = desk();
    let folder = folder.path();
    let to = one.to_public().to_string();
    for (named, out) in [("a.txt", "a.txt.age"), ("b.txt.age", "b.txt.age")] {
        let ended = run(folder, &["redact", "in/note.txt", "-o", named, "--encrypt-to", &to]);
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        let text = decrypted(&std::fs::read(folder.join(out)).unwrap(), &one).unwrap();
        assert!(text.contains("canary"), "{out}");
    }
    assert!(!folder.join("a.txt").exists() && !folder.join("b.txt").exists());
    let shown = run(folder, &["redact", "in/note.txt", "-o", "-", "--encrypt-to", &to]);
    assert!(decrypted(&shown.stdout, &one).unwrap().contains("canary"));
    assert!(run(folder, &["plan", "in/note.txt", "-o", "plan.json"]).status.success());
    assert!(run(folder, &["apply", "plan.json", "in/note.txt", "-o", "out", "--encrypt-to", &to]).status.success());
    assert!(decrypted(&std::fs::read(folder.join("out/note.txt.age")).unwrap(), &one).unwrap().contains("canary"));
    let again = run(folder, &["apply", "plan.json", "in/note.txt", "-o", "out", "--encrypt-to", &to]);
    assert_eq!(again.status.code(), Some(2), "what is there is not replaced");
    let wrong = run(folder, &["redact", "in", "-o", "out3", "--encrypt-to", "age1nobody"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("not an age recipient"));
}

/// Whatever the moment: the folder is looked at while the program writes into it.
#[test]
fn no_file_on_the_way_holds_the_text() {
    let (folder, [one, _]) = desk();
    let folder = folder.path();
    std::fs::write(folder.join("in/note.txt"), NOTE.repeat(20_000)).unwrap();
    let to = one.to_public().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_subrosa"));
    command.current_dir(folder).env("TMPDIR", folder.join("tmp")).args(["redact", "in", "-o", "out", "--encrypt-to", &to]);
    std::fs::create_dir(folder.join("tmp")).unwrap();
    let mut child = command.stderr(std::process::Stdio::null()).spawn().unwrap();
    loop {
        let ended = child.try_wait().unwrap();
        for entry in std::fs::read_dir(folder.join("out")).into_iter().flatten().flatten() {
            // It may be renamed in between.
            let Ok(bytes) = std::fs::read(entry.path()) else { continue };
            assert!(!bytes.windows(6).any(|window| window == b"canary"), "{}", entry.path().display());
            #[cfg(unix)]
            if let (true, Ok(metadata)) = (entry.file_name().to_string_lossy().ends_with(".partial"), entry.metadata()) {
                assert_eq!(std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077, 0);
            }
        }
        if let Some(status) = ended {
            assert!(status.success());
            break;
        }
    }
    assert_eq!(std::fs::read_dir(folder.join("tmp")).unwrap().count(), 0);
    let sealed = std::fs::read(folder.join("out/note.txt.age")).unwrap();
    assert_eq!(decrypted(&sealed, &one).unwrap().matches("canary").count(), 20_000);
}
