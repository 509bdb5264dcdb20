//! A PostgreSQL server for tests: a cluster of its own in a temporary folder, on a socket there, gone when the test program is.
//!
//! It needs the programs `initdb` and `postgres`, which Debian keeps in `/usr/lib/postgresql/*/bin`. Where they are not, tests say
//! that they are skipped. PostgreSQL does not run as root; a test that does hands the cluster to the user `postgres`.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A running server.
pub(crate) struct Cluster {
    folder: PathBuf,
    /// The shell that looks after it ends it when this is closed, and so also when this program is killed.
    _alive: ChildStdin,
    _shell: Child,
}

/// Makes and starts a cluster, prints a line when it takes connections, and waits until nobody is left to use it.
const LOOK_AFTER: &str = r#"
set -e
folder=$1
as=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as="runuser -u postgres --"
fi
cd "$folder"
$as "$2/initdb" -D "$folder/data" -A trust -U tester -E UTF8 --no-sync --locale=C >"$folder/log" 2>&1
$as "$2/postgres" -D "$folder/data" -c listen_addresses= -c unix_socket_directories="$folder" -c fsync=off \
    -c max_connections=64 >>"$folder/log" 2>&1 </dev/null &
trap 'kill -INT "$(head -n 1 "$folder/data/postmaster.pid")"; wait; rm -rf "$folder"' EXIT
for _ in $(seq 200); do
    if grep -q "ready to accept connections" "$folder/log"; then echo ready; break; fi
    sleep 0.1
done
exec >/dev/null
cat >/dev/null
"#;

/// The server of this test program; nothing, said once, where there can be none.
pub(crate) fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    let cluster = CLUSTER.get_or_init(|| {
        let started = programs().and_then(start);
        if started.is_none() {
            eprintln!("skipped: tests with a PostgreSQL server, for there is none that can be started");
        }
        started
    });
    cluster.as_ref()
}

impl Cluster {
    /// The address of a vault that nobody else uses.
    pub(crate) fn address(&self) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        format!("postgres://tester@/postgres?host={}&schema=vault_{number}", self.folder.display())
    }
}

/// The folder of the server's programs, the latest version where there are several.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<_> = versions.map(|version| version.path().join("bin")).collect();
    versions.sort();
    std::env::split_paths(&path).chain(versions.into_iter().rev()).find(|folder| folder.join("initdb").is_file())
}

fn start(programs: PathBuf) -> Option<Cluster> {
    let folder = tempfile::Builder::new().prefix("subrosa-postgres-").tempdir().ok()?.keep();
    let mut shell = Command::new("sh")
        .args(["-c", LOOK_AFTER, "look-after"])
        .args([&folder, &programs])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let (alive, said) = (shell.stdin.take()?, shell.stdout.take()?);
    let mut line = String::new();
    BufReader::new(said).read_line(&mut line).ok()?;
    (line == "ready\n").then_some(Cluster { folder, _alive: alive, _shell: shell })
}
