//! A vault on a PostgreSQL server, as somebody uses it who has only the program: two desks, one vault, one log.

#![allow(clippy::disallowed_methods, reason = "tests make files and start programs")]
#![allow(clippy::unwrap_used, reason = "all of this is tests")]
#![cfg(all(unix, feature = "postgres"))]

#[path = "support/postgres.rs"]
#[allow(clippy::print_stderr, reason = "it says when it is skipped")]
mod postgres;

use std::path::Path;
use std::process::{Child, Command, Stdio};

const PASSPHRASE: &str = "a long enough passphrase";
const POLICY: &str = "version = 1\nname = 'codes'\n[default]\noperator = 'code'\n";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_subrosa"));
    command.current_dir(folder).args(arguments).env("SUBROSA_PASSPHRASE", PASSPHRASE);
    for variable in ["PGUSER", "PGPASSWORD", "PGPASSFILE"] {
        command.env_remove(variable);
    }
    command
}

#[track_caller]
fn runs(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = command(folder, arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap())
}

#[track_caller]
fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let (code, said) = runs(folder, arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {said}");
    said
}

#[test]
fn a_team_shares_a_vault_on_a_server() {
    let Some(cluster) = postgres::cluster() else { return };
    let address = cluster.address();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("codes.toml"), POLICY).unwrap();
    for desk in ["one", "two"] {
        std::fs::create_dir(folder.join(desk)).unwrap();
        for number in 0..60 {
            let text = format!("Dear Mr. John Winslow{},\n\nMs Jane Ashworth wrote to you.\n", ["", " Hartley"][number % 2]);
            std::fs::write(folder.join(desk).join(format!("{number:02}.txt")), text).unwrap();
        }
    }
    let vault = ["--vault", &address, "--audit", "log"];
    let (code, said) = runs(folder, &["vault", "init", "--vault", &address]);
    assert!(code == Some(2) && said.contains("use --audit"), "a log for all is asked for: {said}");
    succeeds(folder, &[&["vault", "init"][..], &vault].concat());
    let (code, said) = runs(folder, &["vault", "init", "--vault", &address, "--audit", "other"]);
    assert!(code == Some(2) && !folder.join("other").exists(), "{said}");
    let open = ["redact", "one", "-o", "none", "--policy", "codes.toml", "--vault", &address];
    let (code, said) = runs(folder, &open);
    assert!(code == Some(2) && said.contains("use --audit") && !folder.join("none").exists(), "{said}");
    // Both desks meet the same people at the same time.
    let redact = |desk: &str| -> Child {
        let out = format!("out-{desk}");
        let arguments = ["redact", desk, "-o", &out, "--policy", "codes.toml"];
        command(folder, &[&arguments[..], &vault].concat()).stderr(Stdio::null()).spawn().unwrap()
    };
    let both = ["one", "two"].map(redact);
    for mut desk in both {
        assert!(desk.wait().unwrap().success());
    }
    for number in 0..60 {
        let read = |desk: &str| std::fs::read_to_string(folder.join(format!("out-{desk}/{number:02}.txt"))).unwrap();
        assert_eq!(read("one"), read("two"), "one person, one code");
        assert!(!read("one").contains("Winslow"));
    }
    let back = ["restore", "out-two/00.txt", "-o", "back.txt", "--reason", "the client asks"];
    succeeds(folder, &[&back[..], &vault].concat());
    assert_eq!(std::fs::read(folder.join("back.txt")).unwrap(), std::fs::read(folder.join("two/00.txt")).unwrap());
    // To a file and, under another schema, to the server again.
    succeeds(folder, &[&["vault", "backup", "copy"][..], &vault].concat());
    let elsewhere = cluster.address();
    succeeds(folder, &["vault", "restore", "copy", "--vault", &elsewhere, "--audit", "log"]);
    let back = ["restore", "out-two/00.txt", "-o", "again.txt", "--reason", "a test", "--vault", &elsewhere, "--audit", "log"];
    succeeds(folder, &back);
    succeeds(folder, &["audit", "verify", "log", "--vault", &elsewhere]);
    let shown = succeeds(folder, &["audit", "show", "log"]);
    for action in ["vault init", "redact", "restore", "vault backup", "vault restore"] {
        assert!(shown.contains(action), "{action}: {shown}");
    }
}

#[test]
fn a_vault_is_reached_over_tls_by_its_name_and_certificate_or_not_at_all() {
    let Some((cluster, port)) = postgres::over_tls() else { return };
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::copy(cluster.certificate(), folder.join("server.crt")).unwrap();
    let init = |host: &str, more: &str| {
        let address = format!("postgres://tester@{host}:{port}/postgres?hostaddr=127.0.0.1&{more}");
        (runs(folder, &["vault", "init", "--vault", &address, "--audit", "log"]), address)
    };
    // Whose certificate nobody vouches for, or is for another name, is not the server. The server itself takes no open connection.
    let authority = "sslrootcert=server.crt";
    for (host, more, why) in [
        (postgres::HOST, "", "certificate"),
        ("other.example.com", authority, "certificate"),
        (postgres::HOST, "sslmode=disable", "does not let this user in"),
        (postgres::HOST, "sslrootcert=none.crt", "none.crt: no certificates"),
    ] {
        let ((code, said), _) = init(host, more);
        assert!(code == Some(2) && said.contains(why), "{host} {more}: {said}");
        assert!(!folder.join("log").exists(), "{host} {more}: something was done");
    }
    let ((code, said), address) = init(postgres::HOST, authority);
    assert_eq!(code, Some(0), "{said}");
    std::fs::write(folder.join("codes.toml"), POLICY).unwrap();
    std::fs::write(folder.join("a.txt"), "Dear Mr. John Winslow,\n").unwrap();
    let vault = ["--vault", &address, "--audit", "log"];
    succeeds(folder, &[&["redact", "a.txt", "-o", "out.txt", "--policy", "codes.toml"][..], &vault].concat());
    succeeds(folder, &[&["restore", "out.txt", "-o", "back.txt", "--reason", "a test"][..], &vault].concat());
    assert_eq!(std::fs::read(folder.join("back.txt")).unwrap(), std::fs::read(folder.join("a.txt")).unwrap());
}

#[test]
fn addresses_hold_no_password_and_errors_tell_none() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (code, said) = runs(folder, &["vault", "stats", "--vault", "postgres://ada:canary@db.example.com/cases"]);
    assert!(code == Some(2) && said.contains("PGPASSFILE") && !said.contains("canary"), "{said}");
    // A password file that others can read is not used.
    let pass = folder.join("pass");
    std::fs::write(&pass, "*:*:*:*:canary\n").unwrap();
    let address = format!("postgres:///cases?host={}", folder.display());
    let stats = ["vault", "stats", "--vault", &address];
    let run = |mode: u32| {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&pass, std::fs::Permissions::from_mode(mode)).unwrap();
        let output = command(folder, &stats).env("PGPASSFILE", &pass).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(run(0o644).contains("others can read it"));
    let said = run(0o600);
    assert!(said.contains("cannot be reached") && !said.contains("canary"), "{said}");
}
