//! What can go wrong. Messages name roles, categories and codes, never a value.

use crate::role::Ability;

/// Why the vault did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The file is no vault, or its making was interrupted.
    #[error("no vault: {0}")]
    NotAVault(&'static str),
    /// There is a file already where one is to be made.
    #[error("there is a file already")]
    Exists,
    /// A vault that a later version of the program made.
    #[error("a vault of version {0}, which this program does not know")]
    Version(i64),
    /// Nobody granted such a role.
    #[error("the vault has no role `{0}`")]
    NoRole(String),
    /// The role was taken back.
    #[error("the role `{0}` was revoked")]
    Revoked(String),
    /// The passphrase or identity opens nothing.
    #[error("this {with} does not open the role `{role}`")]
    WrongSecret {
        /// Whom it should have opened.
        role: String,
        /// `passphrase` or `identity`.
        with: &'static str,
    },
    /// The role was not given the ability.
    #[error("the role `{role}` may not {ability}")]
    NotAllowed {
        /// Who asked.
        role: String,
        /// For what.
        ability: Ability,
    },
    /// The role holds no key of the category.
    #[error("the role `{role}` has no key for {category}")]
    NoKey {
        /// Who asked.
        role: String,
        /// Of what.
        category: String,
    },
    /// Something in the file is not as a holder of its keys wrote it.
    #[error("{0} is not as it was written: the vault was tampered with, or holds parts of another vault")]
    Tampered(String),
    /// Nobody to forget.
    #[error("the vault has nothing of this person or code")]
    UnknownPerson,
    /// Values are given back for a reason only.
    #[error("a reason is needed, of 3 to 500 characters in one line")]
    NoReason,
    /// Other processes kept the vault to themselves for too long.
    #[error("the vault is busy: another process has been writing for half a minute")]
    Busy,
    /// No room is left; what was written before is whole.
    #[error("no room is left on the disk; the vault is as it was before")]
    Full,
    /// Codes that were given before are not in the vault.
    #[error("codes that were given before could not be written ({0}); documents with them must not go out: run it again")]
    Lost(String),
    /// What was to go is gone from the tables, but the file could not be rewritten.
    #[error("it is done, but the file may still hold traces of what is gone ({0}); `vault rotate` removes them")]
    Traces(Box<VaultError>),
    /// The system said no.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The database said no.
    #[error("the vault's database: {0}")]
    Database(String),
    /// The system gives no randomness.
    #[error("the system gives no randomness")]
    NoRandomness,
    /// An argument that makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// Somebody has to be able to administer the vault.
    #[error("`{0}` is the last role that can administer the vault")]
    LastAdministrator(String),
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DiskFull) => Self::Full,
            Some(Code::NotADatabase) => Self::NotAVault("the file is something else"),
            Some(Code::DatabaseCorrupt) => Self::Database("the file is damaged; use a backup".to_owned()),
            Some(Code::CannotOpen) => Self::Database("the file cannot be opened".to_owned()),
            Some(Code::ReadOnly) => Self::Database("the file cannot be written".to_owned()),
            // SQL is constant and values are bound, so messages hold no value; the extended code tells kinds of I/O apart.
            _ => Self::Database(error.to_string()),
        }
    }
}

/// What the vault gives back.
pub type Result<T, E = VaultError> = std::result::Result<T, E>;
