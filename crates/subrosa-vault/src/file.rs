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
        // SQLite would take what it finds there for the new vault's journal.
        if BESIDE.iter().any(|suffix| with_suffix(path, suffix).symlink_metadata().is_ok()) {
            return Err(VaultError::Invalid(
                "the journal of another vault is in the way; remove the files -wal and -shm".to_owned(),
            ));
        }
        sync(&self.0)?;
        self.0.persist_noclobber(path).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => VaultError::Exists,
            _ => error.error.into(),
        })?;
        sync_folder(path)
    }
}

/// What SQLite keeps beside an open file.
const BESIDE: [&str; 2] = ["-wal", "-shm"];
/// What stands behind the name of a vault that made room for its backup.
const ASIDE: &str = ".before-restore";

/// Moves a vault with its journal out of the way; nothing when there is none.
pub(crate) fn move_aside(path: &Path) -> Result<Option<PathBuf>> {
    let aside = with_suffix(path, ASIDE);
    let mut moved = None;
    for suffix in ["", BESIDE[0], BESIDE[1]] {
        let (from, to) = (with_suffix(path, suffix), with_suffix(&aside, suffix));
        if from.symlink_metadata().is_err() {
            continue;
        }
        if to.symlink_metadata().is_ok() {
            return Err(VaultError::Invalid(format!("{} is in the way", to.display())));
        }
        std::fs::rename(from, to)?;
        moved = Some(aside.clone());
    }
    Ok(moved)
}

/// Copies a vault that nobody has open.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    if with_suffix(from, BESIDE[0]).metadata().is_ok_and(|journal| journal.len() > 0) {
        return Err(VaultError::Invalid("it is in use, or was not closed; copy a vault with `backup`".to_owned()));
    }
    #[allow(clippy::disallowed_methods, reason = "a vault is a file")]
    let mut from = File::open(from)?;
    let mut to = File::options().write(true).open(to)?;
    io::copy(&mut from, &mut to)?;
    Ok(to.sync_all()?)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
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

/// The folder that a file is in.
pub(crate) fn folder(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}
