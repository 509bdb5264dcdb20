//! A PostgreSQL server for tests: a cluster of its own in a temporary folder, on a socket there, gone when the test program is.
//!
//! For tests of encrypted connections there is another, that takes nothing else, at a port of the machine, with a certificate for
//! [`HOST`] that `openssl` makes and signs with its own key.
//!
//! It needs the programs `initdb` and `postgres`, which Debian keeps in `/usr/lib/postgresql/*/bin`. Where they are not, tests say
//! that they are skipped. PostgreSQL does not run as root; a test that does hands the cluster to the user `postgres`.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
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
address=
port=5432
if [ -n "$3" ]; then
    address=127.0.0.1
    port=$3
    $as openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=db.example.com -addext basicConstraints=critical,CA:FALSE \
        -addext subjectAltName=DNS:db.example.com -keyout data/server.key -out data/server.crt >>"$folder/log" 2>&1
    echo "ssl = on" | $as tee -a data/postgresql.conf >/dev/null
    echo "hostssl all all 127.0.0.1/32 trust" | $as tee data/pg_hba.conf >/dev/null
fi
$as "$2/postgres" -D "$folder/data" -c listen_addresses=$address -c port=$port -c unix_socket_directories="$folder" \
    -c max_connections=64 >>"$folder/log" 2>&1 </dev/null &
trap 'kill -INT "$(head -n 1 "$folder/data/postmaster.pid")"; wait; rm -rf "$folder"' EXIT
for _ in $(seq 200); do
    if grep -q "ready to accept connections" "$folder/log"; then echo ready; break; fi
    sleep 0.1
done
exec >/dev/null
cat >/dev/null
"#;

/// The name that the certificate is for.
#[allow(dead_code, reason = "not every test connects over a network")]
pub(crate) const HOST: &str = "db.example.com";

/// A server of its own that is reached over TLS only, with its port; nothing, said, where there can be none.
#[allow(dead_code, reason = "not every test connects over a network")]
pub(crate) fn over_tls() -> Option<(Cluster, u16)> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
    let started = programs().and_then(|programs| start(&programs, &port.to_string()));
    if started.is_none() {
        eprintln!("skipped: tests of encrypted connections, for no PostgreSQL server with a certificate can be started");
    }
    started.map(|cluster| (cluster, port))
}

/// The server of this test program; nothing, said once, where there can be none.
pub(crate) fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    let cluster = CLUSTER.get_or_init(|| {
        let started = programs().and_then(|programs| start(&programs, ""));
        if started.is_none() {
            eprintln!("skipped: tests with a PostgreSQL server, for there is none that can be started");
        }
        started
    });
    cluster.as_ref()
}

impl Cluster {
    /// The file of the server's certificate.
    #[allow(dead_code, reason = "not every test connects over a network")]
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.join("data/server.crt")
    }

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

fn start(programs: &Path, port: &str) -> Option<Cluster> {
    let folder = tempfile::Builder::new().prefix("subrosa-postgres-").tempdir().ok()?.keep();
    let mut shell = Command::new("sh")
        .args(["-c", LOOK_AFTER, "look-after"])
        .args([folder.as_path(), programs, Path::new(port)])
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
