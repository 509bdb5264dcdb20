//! What the vault promises as a whole: tests over several of its files. Each runs on a vault in a file and, where there is a
//! server, on one in PostgreSQL.

/// Makes of each of these functions a test with a file and one with a server.
macro_rules! on_both_stores {
    ($($name:ident),* $(,)?) => {
        mod in_a_file {
            $(#[test] fn $name() { super::$name(crate::tests::Store::File); })*
        }
        #[cfg(all(feature = "postgres", unix))]
        mod on_a_server {
            $(#[test] fn $name() { crate::tests::on_a_server(super::$name); })*
        }
    };
}

mod codes;
mod records;
#[cfg(all(feature = "postgres", unix))]
mod stores;
mod tampering;
mod upkeep;

#[cfg(all(feature = "postgres", unix))]
#[path = "../../../../tests/support/postgres.rs"]
#[allow(clippy::disallowed_methods, clippy::print_stderr, reason = "a test starts a server")]
pub(crate) mod postgres;

use std::path::{Path, PathBuf};

use subrosa_core::entity::Entity;
use subrosa_core::restore::Removed;
use subrosa_core::span::Span;
use subrosa_core::store::{Ask, CodeForm};
use tempfile::TempDir;

use crate::lock::tests::CHEAP;
use crate::role::{Abilities, Ability, Categories};
use crate::{Answer, Location, Lock, OWNER, Opener, Passphrase, Result, Vault};

/// The passphrase of a role in tests.
fn passphrase(role: &str) -> Passphrase {
    Passphrase::new(&format!("passphrase of {role}"))
}

fn lock(role: &str) -> Lock {
    Lock::Passphrase(passphrase(role), CHEAP)
}

/// What holds the vaults of a test.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Store {
    File,
    #[cfg(all(feature = "postgres", unix))]
    Server,
}

/// Runs a test with vaults on a server, where there is one.
#[cfg(all(feature = "postgres", unix))]
fn on_a_server(test: impl FnOnce(Store)) {
    if postgres::cluster().is_some() {
        test(Store::Server);
    }
}

impl Store {
    /// Where a vault can be made.
    fn room(self, folder: &TempDir) -> Location {
        match self {
            Self::File => Location::File(folder.path().join("vault")),
            #[cfg(all(feature = "postgres", unix))]
            Self::Server => Location::parse(Path::new(&postgres::cluster().unwrap().address())).unwrap(),
        }
    }
}

/// A folder, and in it or on a server a vault open as its owner.
struct Place {
    folder: TempDir,
    vault: Vault,
}

impl Place {
    fn new(store: Store) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::create(store.room(&folder), &lock(OWNER), ["PERSON", "IBAN_CODE"], 20_000).unwrap();
        Self { folder, vault }
    }

    fn location(&self) -> &Location {
        self.vault.location()
    }

    fn open(&self, role: &str) -> Result<Vault> {
        open(self.location(), role)
    }

    /// All that the store holds: the bytes of the vault's files, or of the rows of its tables.
    fn bytes(&self) -> Vec<u8> {
        self.location().file().map_or_else(|| self.vault.desk().database.dump(), bytes)
    }

    /// Puts all rows of another vault's table in the place of this one's.
    fn steal(&self, other: &Self, table: &str) {
        let database = &self.vault.desk().database;
        let (before, theirs, after) = match other.location() {
            Location::File(path) => (format!("ATTACH '{}' AS other;", path.display()), "other", "; DETACH other"),
            #[cfg(feature = "postgres")]
            Location::Server(server) => (String::new(), server.schema(), ""),
        };
        database.tamper_all(&format!("{before} DELETE FROM {table}; INSERT INTO {table} SELECT * FROM {theirs}.{table}{after}"));
    }

    fn grant(&self, role: &str, abilities: &[Ability], categories: &[&str]) -> Result<()> {
        let categories = Categories::of(categories.iter().copied())?;
        self.vault.grant(role, Abilities::of(abilities), &categories, &lock(role))
    }
}

fn open(location: impl Into<Location>, role: &str) -> Result<Vault> {
    Vault::open(location, role, &Opener::Passphrase(passphrase(role)), 20_000)
}

fn code(vault: &Vault, entity: &Entity, value: &str) -> Result<String> {
    let identity = subrosa_core::identity::of(value);
    let code = vault.code_of(&Ask { entity, identity: &identity, value, word: "CLIENT", form: CodeForm::Random });
    // Others see it now and not some milliseconds later.
    drop(vault.desk());
    code
}

fn person(vault: &Vault, value: &str) -> String {
    code(vault, &Entity::PERSON, value).unwrap()
}

/// What the vault says a code stands for, `-` where the role may not see it, nothing where it is unknown.
fn value(vault: &Vault, code: &str) -> Result<Option<String>> {
    Ok(match vault.restoring("a test")?.value_of(code)? {
        Answer::Value { value, .. } => Some(value),
        Answer::Withheld(_) => Some("-".to_owned()),
        Answer::Unknown => None,
    })
}

fn removed(entity: &Entity, at: usize, value: &str, replacement: &str) -> Removed {
    let span = Span::new(at, at + replacement.len());
    let (value, replacement) = (value.to_owned(), replacement.to_owned());
    Removed { segment: 0, span, entity: entity.clone(), value, replacement, before: String::new(), after: String::new() }
}

/// All bytes of the vault's files.
#[allow(clippy::disallowed_methods, reason = "tests read files")]
fn bytes(path: &Path) -> Vec<u8> {
    let mut all = std::fs::read(path).unwrap();
    for suffix in ["-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        all.extend(std::fs::read(PathBuf::from(name)).unwrap_or_default());
    }
    all
}

fn holds(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|window| window == sought)
}
