//! Opening a vault: which one, as whom, and with what. Secrets come from files, the environment or a terminal, never from an
//! argument, which every user of the machine can read.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use ed25519_dalek::SigningKey;
use subrosa_core::key::Key;
use subrosa_vault::audit::{Anchor as _, Log};
use subrosa_vault::{Costs, Identities, Location, Lock, OWNER, Opener, Passphrase, Recipient, Vault};
use zeroize::Zeroizing;

/// Where a passphrase may stand when no file is named.
const VARIABLE: &str = "SUBROSA_PASSPHRASE";

/// Which vault, as whom, with what.
#[derive(Args)]
pub struct Unlock {
    /// Vault that keeps which code stands for which value; see `vault init`
    #[arg(long, value_name = "FILE|URL")]
    pub vault: Option<PathBuf>,

    /// Role to open the vault as
    #[arg(long, value_name = "NAME", default_value = OWNER)]
    pub role: String,

    /// File with the role's passphrase, instead of SUBROSA_PASSPHRASE or a prompt
    #[arg(long, value_name = "FILE", conflicts_with = "identity")]
    pub passphrase_file: Option<PathBuf>,

    /// File with an identity of age, for a role granted to its recipient
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
}

impl Unlock {
    /// Where the vault is.
    ///
    /// # Errors
    /// None was named, or an address is none.
    pub fn location(&self) -> anyhow::Result<Location> {
        location(self.vault.as_deref().context("which vault? use --vault")?)
    }

    /// Opens the vault that was named.
    ///
    /// # Errors
    /// None was named, or it does not open.
    pub fn open(&self) -> anyhow::Result<Vault> {
        let location = self.location()?;
        ensure!(location.file().is_none_or(Path::is_file), "{location}: there is no such vault");
        Vault::open(&location, &self.role, &self.opener()?, today()?).with_context(|| location.to_string())
    }

    /// What the role is opened with.
    ///
    /// # Errors
    /// Files that cannot be read or hold no identity; no passphrase.
    pub fn opener(&self) -> anyhow::Result<Opener> {
        let Some(file) = &self.identity else {
            let prompt = format!("Passphrase of `{}`", self.role);
            return passphrase(self.passphrase_file.as_deref(), &prompt).map(Opener::Passphrase);
        };
        let text = read(file)?;
        Ok(Opener::Identities(Identities::parse(&text).with_context(|| file.display().to_string())?))
    }
}

/// A file, or a server with what is needed to get in: the user's name and password from where PostgreSQL's own programs look.
///
/// # Errors
/// An address that is none, a password file that others can read.
pub fn location(written: &Path) -> anyhow::Result<Location> {
    let location = Location::parse(written)?;
    #[cfg(feature = "postgres")]
    if let Location::Server(mut server) = location {
        if let Some(user) = variable("PGUSER").or_else(|| variable("USER")) {
            server.or_user(&user);
        }
        if let Some(password) = variable("PGPASSWORD") {
            server.set_password(&password);
        } else if let Some(path) = password_file() {
            let others = others_can_read(&path);
            ensure!(!others, "{}: others can read it; chmod 600 it", path.display());
            server.take_password_from(&read(&path)?);
        }
        return Ok(Location::Server(server));
    }
    Ok(location)
}

#[cfg(feature = "postgres")]
fn password_file() -> Option<PathBuf> {
    if let Some(named) = variable("PGPASSFILE") {
        return Some(PathBuf::from(named.as_str()));
    }
    let home = PathBuf::from(variable("HOME")?.as_str()).join(".pgpass");
    home.is_file().then_some(home)
}

#[cfg(all(feature = "postgres", unix))]
fn others_can_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o077 != 0)
}

#[cfg(all(feature = "postgres", not(unix)))]
fn others_can_read(_: &Path) -> bool {
    false
}

/// The audit log of a vault: the one that is named, or else the one beside its file.
///
/// # Errors
/// A vault that is no file, and no log named.
pub fn log(vault: &Location, named: Option<&Path>) -> anyhow::Result<Log> {
    if let Some(path) = named {
        return Ok(Log::at(path));
    }
    let file = vault.file().context("which audit log? A vault on a server has one for all who use it: use --audit")?;
    Ok(log_beside(file))
}

/// The audit log of what is done with a file, a vault or a key.
pub fn log_beside(file: &Path) -> Log {
    let mut name = file.as_os_str().to_owned();
    name.push(".audit.jsonl");
    Log::at(name)
}

/// What entries about restorations with a key are signed with: whoever has the key can verify them.
pub fn signing_key(key: &Key) -> SigningKey {
    SigningKey::from_bytes(key.derive("subrosa audit 1 signature").bytes())
}

/// Sees that a log takes entries, and is not shorter than the vault knows it.
///
/// # Errors
/// A log that cannot be written, is not as it was written, or is another vault's or an older copy.
pub fn check(log: &Log, vault: &Vault) -> anyhow::Result<()> {
    // Asked first: meanwhile others may add to both.
    let known = vault.head().map_err(anyhow::Error::msg)?;
    let path = || log.path().display().to_string();
    let head = log.check().with_context(path)?;
    if known.is_some_and(|known| known.count > head.count) {
        bail!("{}: it ends before where the vault saw its log end; a vault has one audit log", path());
    }
    Ok(())
}

/// The lock of a new role: recipients of age, else a passphrase.
///
/// # Errors
/// Files that cannot be read, recipients that are none, no passphrase.
pub fn new_lock(recipients: &[String], file: Option<&Path>, environment: bool, whose: &str) -> anyhow::Result<Lock> {
    if !recipients.is_empty() {
        let parsed: Result<Vec<_>, _> = recipients.iter().map(|text| Recipient::parse(text)).collect();
        return Ok(Lock::Recipients(parsed?));
    }
    let prompt = format!("New passphrase of `{whose}`");
    let passphrase = match file {
        Some(_) => passphrase(file, &prompt)?,
        None => {
            if let Some(passphrase) = from_environment().filter(|_| environment) {
                passphrase
            } else {
                let first = ask(&prompt)?;
                ensure!(*first == *ask("The same again")?, "the two passphrases differ");
                Passphrase::new(&first)
            }
        }
    };
    Ok(Lock::Passphrase(passphrase, Costs::default()))
}

/// Days since 1970.
///
/// # Errors
/// The clock stands before that.
pub fn today() -> anyhow::Result<u32> {
    #[allow(clippy::disallowed_methods, reason = "the command line reads the clock")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?;
    u32::try_from(now.as_secs() / 86_400).context("the clock stands too far ahead")
}

fn passphrase(file: Option<&Path>, prompt: &str) -> anyhow::Result<Passphrase> {
    if let Some(file) = file {
        return Ok(Passphrase::new(&read(file)?));
    }
    match from_environment() {
        Some(passphrase) => Ok(passphrase),
        None => Ok(Passphrase::new(&ask(prompt)?)),
    }
}

fn from_environment() -> Option<Passphrase> {
    variable(VARIABLE).map(|text| Passphrase::new(&text))
}

fn variable(name: &str) -> Option<Zeroizing<String>> {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    std::env::var(name).ok().filter(|text| !text.is_empty()).map(Zeroizing::new)
}

fn ask(prompt: &str) -> anyhow::Result<Zeroizing<String>> {
    if !std::io::stdin().is_terminal() {
        bail!("no passphrase: use --passphrase-file, {VARIABLE} or a terminal");
    }
    rpassword::prompt_password(format!("{prompt}: ")).map(Zeroizing::new).context("cannot read a passphrase")
}

fn read(path: &Path) -> anyhow::Result<Zeroizing<String>> {
    #[allow(clippy::disallowed_methods, reason = "the command line opens files")]
    std::fs::read_to_string(path).map(Zeroizing::new).with_context(|| format!("cannot read {}", path.display()))
}
