//! Opening a vault: which one, as whom, and with what. Secrets come from files, the environment or a terminal, never from an
//! argument, which every user of the machine can read.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use subrosa_vault::{Costs, Identities, Lock, OWNER, Opener, Passphrase, Recipient, Vault};
use zeroize::Zeroizing;

/// Where a passphrase may stand when no file is named.
const VARIABLE: &str = "SUBROSA_PASSPHRASE";

/// Which vault, as whom, with what.
#[derive(Args)]
pub struct Unlock {
    /// Vault that keeps which code stands for which value; see `vault init`
    #[arg(long, value_name = "FILE")]
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
    /// The vault's file.
    ///
    /// # Errors
    /// None was named.
    pub fn path(&self) -> anyhow::Result<&Path> {
        self.vault.as_deref().context("which vault? use --vault")
    }

    /// Opens the vault that was named.
    ///
    /// # Errors
    /// None was named, or it does not open.
    pub fn open(&self) -> anyhow::Result<Vault> {
        let path = self.path()?;
        ensure!(path.is_file(), "{}: there is no such vault", path.display());
        Vault::open(path, &self.role, &self.opener()?, today()?).with_context(|| path.display().to_string())
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
        None => match from_environment().filter(|_| environment) {
            Some(passphrase) => passphrase,
            None => {
                let first = ask(&prompt)?;
                ensure!(*first == *ask("The same again")?, "the two passphrases differ");
                Passphrase::new(&first)
            }
        },
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
        return Ok(Passphrase::new(&*read(file)?));
    }
    match from_environment() {
        Some(passphrase) => Ok(passphrase),
        None => Ok(Passphrase::new(&*ask(prompt)?)),
    }
}

fn from_environment() -> Option<Passphrase> {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let text = std::env::var(VARIABLE).ok().filter(|text| !text.is_empty()).map(Zeroizing::new)?;
    Some(Passphrase::new(&text))
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
