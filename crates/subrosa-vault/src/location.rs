//! Where a vault is: a file, or tables on a server.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::Result;

/// Where a vault is.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Location {
    /// A file on a local disk.
    File(PathBuf),
    /// Tables on a PostgreSQL server.
    #[cfg(feature = "postgres")]
    Server(crate::Server),
}

impl Location {
    /// What a user wrote: `postgres://user@host/database`, else the path of a file.
    ///
    /// # Errors
    /// [`VaultError::Invalid`](crate::VaultError::Invalid) for an address that is none, or that holds a password; also where the
    /// program was built without servers.
    pub fn parse(written: &Path) -> Result<Self> {
        let Some(address) = written.to_str().filter(|text| SCHEMES.iter().any(|scheme| text.starts_with(scheme))) else {
            return Ok(Self::File(written.to_owned()));
        };
        #[cfg(feature = "postgres")]
        return crate::Server::parse(address).map(Self::Server);
        #[cfg(not(feature = "postgres"))]
        {
            let _ = address;
            Err(crate::VaultError::Invalid("this program was built without PostgreSQL".to_owned()))
        }
    }

    /// The file, where it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            #[cfg(feature = "postgres")]
            Self::Server(_) => None,
        }
    }
}

const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// As the user wrote it; there is no password in it.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            #[cfg(feature = "postgres")]
            Self::Server(server) => server.fmt(f),
        }
    }
}

impl From<&Path> for Location {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<&PathBuf> for Location {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl From<&Location> for Location {
    fn from(location: &Location) -> Self {
        location.clone()
    }
}
