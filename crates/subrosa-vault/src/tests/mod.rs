//! What the vault promises as a whole: tests over several of its files.

mod codes;
mod records;
mod tampering;
mod upkeep;

use std::path::{Path, PathBuf};

use subrosa_core::entity::Entity;
use subrosa_core::restore::Removed;
use subrosa_core::span::Span;
use subrosa_core::store::{Ask, CodeForm};
use tempfile::TempDir;

use crate::lock::tests::CHEAP;
use crate::role::{Abilities, Ability, Categories};
use crate::{Answer, Lock, OWNER, Opener, Passphrase, Result, Vault};

/// The passphrase of a role in tests.
fn passphrase(role: &str) -> Passphrase {
    Passphrase::new(&format!("passphrase of {role}"))
}

fn lock(role: &str) -> Lock {
    Lock::Passphrase(passphrase(role), CHEAP)
}

/// A folder, and in it a vault open as its owner.
struct Place {
    folder: TempDir,
    vault: Vault,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::create(&folder.path().join("vault"), &lock(OWNER), ["PERSON", "IBAN_CODE"], 20_000).unwrap();
        Self { folder, vault }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    fn open(&self, role: &str) -> Result<Vault> {
        open(&self.path(), role)
    }

    fn grant(&self, role: &str, abilities: &[Ability], categories: &[&str]) -> Result<()> {
        let categories = Categories::of(categories.iter().copied())?;
        self.vault.grant(role, Abilities::of(abilities), &categories, &lock(role))
    }
}

fn open(path: &Path, role: &str) -> Result<Vault> {
    Vault::open(path, role, &Opener::Passphrase(passphrase(role)), 20_000)
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
