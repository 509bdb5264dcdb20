//! Copies that are whole and known to open.

use std::path::Path;

use crate::codes::{check_proof, open_entry};
use crate::database::Database;
use crate::error::{Result, VaultError};
use crate::file::{self, Draft};
use crate::location::Location;
use crate::lock::Opener;
use crate::records::{open_list, tampered};
use crate::vault::Vault;

const STEP: u32 = 1000;

impl Vault {
    /// Copies the vault, as it is at one moment, into a new file that only the user can read, and checks the copy: the file is
    /// sound, and every row is as it was written, as far as the role's keys show that. Others can go on writing meanwhile.
    ///
    /// # Errors
    /// [`VaultError::Exists`] where there is a file; [`VaultError::Tampered`]; whatever the disk says.
    pub fn backup(&self, to: &Path) -> Result<u64> {
        let draft = Draft::beside(to)?;
        let checked = {
            let mut desk = self.desk();
            desk.database.copy_to(draft.path())?;
            let copy = Database::open_file(draft.path())?;
            // Another process may have changed keys a moment before.
            self.learn(&mut desk, &copy)?;
            let checked = self.check(&copy)?;
            copy.unshare()?;
            checked
        };
        draft.place(to)?;
        Ok(checked)
    }

    /// Puts a backup where the vault was or shall be, after checking it as [`backup`](Self::backup) does. What stands there is
    /// moved aside, with `.before-restore` behind its name (a schema: `_before_restore`), when `replace`; returns where to. A
    /// backup of a file can be put on a server, and the other way round: they hold the same rows.
    ///
    /// # Errors
    /// As [`open`](Self::open) of the backup; [`VaultError::Exists`] where there is a vault and `replace` is false;
    /// [`VaultError::Tampered`]; whatever the disk or the server says.
    pub fn restore_backup(
        from: &Path,
        to: impl Into<Location>,
        role: &str,
        opener: &Opener,
        today: u32,
        replace: bool,
    ) -> Result<Option<Location>> {
        match to.into() {
            Location::File(to) => {
                if to.symlink_metadata().is_ok() && !replace {
                    return Err(VaultError::Exists);
                }
                let draft = Draft::for_replacing(&to)?;
                file::copy(from, draft.path())?;
                {
                    let copy = Self::open(draft.path(), role, opener, today)?;
                    let desk = copy.desk();
                    copy.check(&desk.database)?;
                    desk.database.unshare()?;
                }
                let aside = file::move_aside(&to)?;
                draft.place(&to)?;
                Ok(aside.map(Location::File))
            }
            #[cfg(feature = "postgres")]
            Location::Server(server) => {
                // Opened as a copy, for an open vault has files beside it.
                let draft = Draft::for_replacing(from)?;
                file::copy(from, draft.path())?;
                let copy = Self::open(draft.path(), role, opener, today)?;
                let desk = copy.desk();
                let (_, aside) = Database::create_on(&server, replace, |rows| {
                    rows.take_over(&desk.database)?;
                    copy.check(rows)
                })?;
                Ok(aside.map(Location::Server))
            }
        }
    }

    /// Looks at every row of a copy, as far as the role's keys reach. Returns how many were shown to be as they were written.
    fn check(&self, rows: &Database) -> Result<u64> {
        rows.check()?;
        self.with_seals(|seals| {
            let vault = self.id();
            let mut checked = 0;
            let mut at = 0;
            loop {
                let entries = rows.entries_after(at, STEP)?;
                let Some(last) = entries.last() else { break };
                at = last.id;
                for entry in &entries {
                    let lookup = self.known().keyring.epoch(entry.epoch).and_then(|epoch| epoch.lookup.key(&entry.category));
                    if let Some(lookup) = &lookup {
                        check_proof(lookup, &vault, entry)?;
                    }
                    let opened = open_entry(rows, seals, &vault, entry)?.is_some();
                    checked += u64::from(opened || lookup.is_some());
                }
            }
            let mut at = 0;
            loop {
                let outputs = rows.outputs_after(at, STEP)?;
                let Some(last) = outputs.last() else { break };
                at = last.id;
                for output in &outputs {
                    let manifest = self.manifest(output)?;
                    let parts = rows.removed_of(output.id)?;
                    if !parts.iter().map(|part| &part.category).eq(manifest.counts.keys()) {
                        return Err(tampered());
                    }
                    for part in &parts {
                        open_list(rows, seals, &vault, output, part)?;
                    }
                    checked += 1;
                }
            }
            Ok(checked)
        })
    }
}
