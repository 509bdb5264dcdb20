//! New keys for everything, in steps that a crash can stop anywhere: `leaving` in the state says that rows of the epoch before
//! are still being moved, and while they are, every role holds the keys of both epochs.

use crate::authority::{Authority, State};
use crate::codes::{Content, open_entry, proof_of, tag_of, tampered};
use crate::database::Database;
use crate::desk::Desk;
use crate::error::{Result, VaultError};
use crate::grant::{add_category, equip};
use crate::keyring::{Epoch, Keyring};
use crate::records::{move_output, open_list, seal_list};
use crate::role::{Abilities, Ability};
use crate::rows::{Entry, OutputRow};
use crate::seal::random_key;
use crate::seals::Seals;
use crate::vault::Vault;

/// Rows moved in one transaction: others wait some milliseconds at most.
const STEP: u32 = 500;

impl Vault {
    /// Gives the vault new keys and seals everything anew; ends a rotation that was interrupted instead, where one was. Codes
    /// stay as they are, and so does [`key`](Self::key). Returns how many rows were moved.
    ///
    /// # Errors
    /// [`VaultError::NotAllowed`] unless an administrator opened the vault; [`VaultError::Tampered`] where a row does not open:
    /// [`forget`](Self::forget) can remove it by its code; whatever the disk says. What was moved stays moved.
    pub fn rotate(&self) -> Result<u64> {
        self.need(Ability::Administer)?;
        let mut desk = self.desk();
        self.reload(&mut desk)?;
        if self.known().state.leaving == 0 {
            self.write(&mut desk, |rows, _| self.begin(rows))?;
        }
        self.move_all(&mut desk)
    }

    /// Takes a role back: its locks and keys are removed, and everything is sealed with new keys, so that who kept the old ones
    /// can do nothing with them. What the role saw and copied it still has.
    ///
    /// # Errors
    /// [`VaultError::NoRole`], [`VaultError::Revoked`]; [`VaultError::LastAdministrator`]; as [`rotate`](Self::rotate).
    pub fn revoke(&self, name: &str) -> Result<u64> {
        self.need(Ability::Administer)?;
        let mut desk = self.desk();
        self.reload(&mut desk)?;
        // Two rotations at once would leave three epochs.
        let before = if self.known().state.leaving == 0 { 0 } else { self.move_all(&mut desk)? };
        self.write(&mut desk, |rows, _| {
            let mut row = rows.role(name)?.ok_or_else(|| VaultError::NoRole(name.to_owned()))?;
            if row.revoked {
                return Err(VaultError::Revoked(name.to_owned()));
            }
            let administers = |bits| Abilities::from_bits(bits).administer;
            let others = rows.roles()?;
            let others = others.iter().filter(|other| other.name != name && !other.revoked && administers(other.abilities));
            if administers(row.abilities) && others.count() == 0 {
                return Err(VaultError::LastAdministrator(name.to_owned()));
            }
            if name == self.role() {
                return Err(VaultError::Invalid(
                    "a role cannot revoke itself: open the vault as another administrator".to_owned(),
                ));
            }
            let state = self.known().state;
            row.revoked = true;
            row.keyring = Vec::new();
            self.authority()?.sign_role(&state.id, &mut row);
            rows.set_role(&row)?;
            rows.remove_locks(name)?;
            self.begin(rows)
        })?;
        Ok(before + self.move_all(&mut desk)?)
    }

    pub(crate) fn authority(&self) -> Result<Authority> {
        let authority = self.known().keyring.authority.as_ref().map(Authority::new);
        authority.ok_or_else(|| self.not_allowed(Ability::Administer))
    }

    /// Starts an epoch, with keys for all roles that were not revoked.
    fn begin(&self, rows: &Database) -> Result<()> {
        let (state, keyring) = (self.known().state, self.known().keyring.clone());
        let number = state.epoch.checked_add(1).ok_or_else(|| VaultError::Invalid("no more epochs".to_owned()))?;
        let mut epochs = keyring.epochs;
        epochs.push(Epoch::of_root(number, random_key()?));
        let next = State { epoch: number, leaving: state.epoch, changes: state.changes + 1, ..state };
        let keyring = Keyring { epochs, ..keyring };
        let authority = self.authority()?;
        for category in rows.categories(state.epoch)? {
            self.role.witness.check_category(&state.id, &category)?;
            add_category(rows, &authority, next, &keyring, &category.name)?;
        }
        self.equip_all(rows, &keyring, next)?;
        self.set_state(rows, next)
    }

    fn equip_all(&self, rows: &Database, keyring: &Keyring, state: State) -> Result<()> {
        let authority = self.authority()?;
        for mut row in rows.roles()? {
            // A role that nobody vouches for gets no keys.
            self.role.witness.check_role(&state.id, &row)?;
            if !row.revoked {
                equip(rows, keyring, &authority, state, &mut row)?;
            }
        }
        Ok(())
    }

    /// Moves what is left of the epoch before, ends it, and removes what was written with its keys from the file's free places.
    fn move_all(&self, desk: &mut Desk) -> Result<u64> {
        let mut moved = 0;
        moved += self.move_rows(desk, Database::entries_after, |entry| entry.id, Self::move_entry)?;
        moved += self.move_rows(desk, Database::outputs_after, |output| output.id, Self::move_removed)?;
        self.write(desk, |rows, _| {
            let (state, mut keyring) = (self.known().state, self.known().keyring.clone());
            if rows.rows_of_epoch(state.leaving)? != 0 {
                return Err(VaultError::Busy);
            }
            keyring.epochs.retain(|epoch| epoch.number == state.epoch);
            let next = State { leaving: 0, changes: state.changes + 1, ..state };
            self.equip_all(rows, &keyring, next)?;
            rows.remove_epochs_before(state.epoch)?;
            self.set_state(rows, next)
        })?;
        self.reload(desk)?;
        desk.database.scrub()?;
        Ok(moved)
    }

    fn move_rows<T>(
        &self,
        desk: &mut Desk,
        page: impl Fn(&Database, i64, u32) -> Result<Vec<T>>,
        id: impl Fn(&T) -> i64,
        step: impl Fn(&Self, &Database, &mut Seals<'_>, &T) -> Result<bool>,
    ) -> Result<u64> {
        let (mut at, mut moved) = (0, 0);
        loop {
            let last = self.write(desk, |rows, seals| {
                let list = page(rows, at, STEP)?;
                for row in &list {
                    moved += u64::from(step(self, rows, seals, row)?);
                }
                Ok(list.last().map(&id))
            })?;
            match last {
                Some(last) => at = last,
                None => return Ok(moved),
            }
        }
    }

    fn move_entry(&self, rows: &Database, seals: &mut Seals<'_>, entry: &Entry) -> Result<bool> {
        let state = self.known().state;
        if entry.epoch == state.epoch {
            return Ok(false);
        }
        let opened = open_entry(rows, seals, &state.id, entry)?.ok_or_else(|| tampered(entry))?;
        let lookup = self.known().keyring.epoch(state.epoch).and_then(|epoch| epoch.lookup.key(&entry.category));
        let lookup = lookup.ok_or_else(|| self.no_key(&entry.category))?;
        let (seal, key) = seals.ours(rows, state.epoch, &entry.category)?;
        let tag = tag_of(&lookup, &opened.identity);
        let mut moved = Entry { epoch: state.epoch, tag, seal, ..entry.clone() };
        moved.sealed = Content { identity: &opened.identity, value: &opened.value }.seal(&key, &state.id, &moved)?;
        moved.proof = proof_of(&lookup, &state.id, &moved);
        rows.reseal_entry(&moved)?;
        Ok(true)
    }

    fn move_removed(&self, rows: &Database, seals: &mut Seals<'_>, output: &OutputRow) -> Result<bool> {
        let state = self.known().state;
        if output.epoch == state.epoch {
            return Ok(false);
        }
        let manifest = self.manifest(output)?;
        let epoch = self.known().keyring.epoch(state.epoch).cloned().ok_or_else(|| self.not_allowed(Ability::Administer))?;
        let moved = move_output(&epoch, &state.id, output, &manifest)?;
        for mut part in rows.removed_of(output.id)? {
            let list = open_list(rows, seals, &state.id, output, &part)?.ok_or_else(|| self.no_key(&part.category))?;
            let (seal, key) = seals.ours(rows, state.epoch, &part.category)?;
            (part.epoch, part.seal) = (state.epoch, seal);
            part.sealed = seal_list(&key, &state.id, &moved, &part, list.0.iter())?;
            rows.set_removed(&part)?;
        }
        rows.set_output(&moved)?;
        Ok(true)
    }
}
