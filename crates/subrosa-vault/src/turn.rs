//! Who writes next. SQLite lets waiting writers try again and again, and one that writes without a pause can keep others out for
//! long. So whoever wants to write first takes a place in front of the door, which only one can have: a writer that comes back
//! finds it taken by the one who waits.
//!
//! The place is a lock on the vault's folder, which needs no file of its own. (A lock on the vault itself would undo SQLite's.)
//! Where folders cannot be locked, writers do without.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use crate::error::{Result, VaultError};

const PAUSE: Duration = Duration::from_millis(1);
/// As long as SQLite waits: half a minute.
const PAUSES: u32 = 30_000;

/// The door.
pub(crate) struct Turn(Option<File>);

/// The place in front of it.
pub(crate) struct Place<'a>(Option<&'a File>);

impl Turn {
    /// The door to a vault.
    pub(crate) fn of(vault: &Path) -> Self {
        #[allow(clippy::disallowed_methods, reason = "a vault is a file")]
        let folder = File::open(crate::file::folder(vault));
        Self(folder.ok().filter(|_| cfg!(unix)))
    }

    /// Waits for the place.
    pub(crate) fn take(&self) -> Result<Place<'_>> {
        let Some(folder) = &self.0 else { return Ok(Place(None)) };
        for _ in 0..PAUSES {
            match folder.try_lock() {
                Ok(()) => return Ok(Place(Some(folder))),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(_)) => return Ok(Place(None)),
            }
        }
        Err(VaultError::Busy)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(folder) = self.0 {
            let _ = folder.unlock();
        }
    }
}
