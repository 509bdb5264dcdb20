//! The vault's file on the disk: for its user's eyes only, in its place whole or not at all.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::error::{Result, VaultError};

/// A file that is to become a vault. Removed, with its journal, unless it is put in its place.
pub(crate) struct Draft(TempPath);

impl Draft {
    /// An empty file in the folder of `path`, with mode 600.
    pub(crate) fn beside(path: &Path) -> Result<Self> {
        if path.symlink_metadata().is_ok() {
            return Err(VaultError::Exists);
        }
        Self::for_replacing(path)
    }

    /// The same where a file may stand already.
    pub(crate) fn for_replacing(path: &Path) -> Result<Self> {
        let file = tempfile::Builder::new().prefix(".subrosa-").suffix(".partial").tempfile_in(folder(path))?;
        Ok(Self(file.into_temp_path()))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Gives it its name, which nobody else may have taken meanwhile.
    pub(crate) fn place(self, path: &Path) -> Result<()> {
        sync(&self.0)?;
        self.0.persist_noclobber(path).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => VaultError::Exists,
            _ => error.error.into(),
        })?;
        sync_folder(path)
    }

    /// Gives it its name in place of another file.
    pub(crate) fn replace(self, path: &Path) -> Result<()> {
        sync(&self.0)?;
        self.0.persist(path).map_err(|error| error.error)?;
        sync_folder(path)
    }
}

/// Waits until the disk knows the names in the folder of `path`.
pub(crate) fn sync_folder(path: &Path) -> Result<()> {
    // Folders cannot be opened everywhere; where they cannot, they need not be.
    if cfg!(unix) {
        sync(&folder(path))?;
    }
    Ok(())
}

fn sync(path: &Path) -> io::Result<()> {
    #[allow(clippy::disallowed_methods, reason = "a vault is a file")]
    File::open(path)?.sync_all()
}

fn folder(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}
