//! An open vault: the file, the keys of one role, and what is remembered of both.

use std::collections::HashMap;
use std::sync::{MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use ed25519_dalek::SigningKey;
use subrosa_core::key::Key;

use crate::authority::{Authority, State, Witness};
use crate::database::Database;
use crate::desk::{Desk, Shared};
use crate::error::{Result, VaultError};
use crate::file;
use crate::grant::{Secret, add_category, add_role, keyring_belongs};
use crate::hatch::Hatch;
use crate::keyring::{Epoch, Keyring};
use crate::location::Location;
use crate::lock::{Lock, Opener};
use crate::mirror::Mirror;
use crate::role::{Abilities, Ability, Categories, OWNER, RoleInfo, category};
use crate::rows::Tag;
use crate::seal::{random, random_key};
use crate::seals::Seals;

/// A vault, opened by one role. Can be asked from many threads at once.
pub struct Vault {
    location: Location,
    /// Days since 1970, as the caller says: the library reads no clock.
    pub(crate) today: u32,
    pub(crate) role: Who,
    /// The file. Locked before `known`, never the other way round.
    desk: Shared,
    known: RwLock<Known>,
}

/// Who opened the vault, and what does not change while it is open.
pub(crate) struct Who {
    pub(crate) name: String,
    pub(crate) secret: Secret,
    pub(crate) hatch: Hatch,
    pub(crate) signing: SigningKey,
    pub(crate) witness: Witness,
}

/// What the role knows; made anew when another process changes it.
pub(crate) struct Known {
    pub(crate) state: State,
    pub(crate) abilities: Abilities,
    pub(crate) categories: Categories,
    pub(crate) keyring: Keyring,
    /// Keys of the present epoch's look-ups, by category.
    pub(crate) lookups: HashMap<String, Key>,
    /// Codes by tag. No value, so that a look into memory shows none.
    pub(crate) codes: HashMap<Tag, Box<str>>,
    /// What is known of the entries of a vault on a server; nothing until it is worth the while.
    pub(crate) mirror: Option<Mirror>,
}

/// Most codes that are remembered outside the store: some hundred MB.
pub(crate) const REMEMBERED: usize = 2 << 20;

impl Vault {
    /// Makes a vault in a new file that only the user can read, or in a new schema on a server, with the role [`OWNER`], and opens
    /// it. `categories` are those that roles who may write and not restore can use from the start.
    ///
    /// # Errors
    /// [`VaultError::Exists`] where there is a file or a schema that is not empty; whatever the disk or the server says.
    pub fn create<'a>(
        location: impl Into<Location>,
        lock: &Lock,
        categories: impl IntoIterator<Item = &'a str>,
        today: u32,
    ) -> Result<Self> {
        let location = location.into();
        let (authority, id) = (random_key()?, random()?);
        let epochs = vec![Epoch::of_root(1, random_key()?)];
        let keyring = Keyring { epochs, purposes: Some(random_key()?), authority: Some(authority.clone()) };
        let state = State { id, epoch: 1, leaving: 0, keep_days: 0, changes: 0 };
        let names: Vec<&str> = categories.into_iter().collect();
        names.iter().try_for_each(|name| category(name))?;
        let fill = |rows: &Database| {
            set_state(rows, &authority, state)?;
            for name in names {
                add_category(rows, &Authority::new(&authority), state, &keyring, name)?;
            }
            add_role(rows, &keyring, state, OWNER, Abilities::ALL, &Categories::All, lock, today)
        };
        let secret = match &location {
            Location::File(path) => {
                let draft = file::Draft::beside(path)?;
                let secret = Database::create_file(draft.path(), fill)?;
                // Opened under its new name, so that the journal beside it has the right name too.
                draft.place(path)?;
                secret
            }
            #[cfg(feature = "postgres")]
            Location::Server(server) => Database::create_on(server, false, fill)?.0,
        };
        Self::with_secret(location, OWNER, secret, today)
    }

    /// Opens a vault as one of its roles. `today` is in days since 1970.
    ///
    /// # Errors
    /// [`VaultError::NoRole`], [`VaultError::Revoked`], [`VaultError::WrongSecret`]; [`VaultError::Tampered`] where something
    /// is not as an administrator signed it; whatever the disk says.
    pub fn open(location: impl Into<Location>, role: &str, opener: &Opener, today: u32) -> Result<Self> {
        let location = location.into();
        let database = Database::open(&location)?;
        let row = database.role(role)?.ok_or_else(|| VaultError::NoRole(role.to_owned()))?;
        if row.revoked {
            return Err(VaultError::Revoked(role.to_owned()));
        }
        let (bytes, _) = state_bytes(&database)?;
        let state = State::from_bytes(&bytes).ok_or(VaultError::NotAVault("its state is missing"))?;
        for locked in database.locks(role)? {
            if let Some(secret) = opener.open(&locked, &[&state.id, role.as_bytes()])? {
                let Some(secret) = Secret::from_bytes(&secret) else { break };
                drop(database);
                return Self::with_secret(location, role, secret, today);
            }
        }
        Err(VaultError::WrongSecret { role: role.to_owned(), with: opener.name() })
    }

    fn with_secret(location: Location, role: &str, secret: Secret, today: u32) -> Result<Self> {
        let database = Database::open(&location)?;
        let tampered = || VaultError::Tampered(format!("the role `{role}`"));
        let witness = Witness::new(&secret.authority).ok_or_else(tampered)?;
        let role = Who { name: role.to_owned(), hatch: secret.hatch(), signing: secret.signing(), secret, witness };
        let known = database.read(|rows| Known::load(rows, &role))?;
        Ok(Self { location, today, role, desk: Shared::new(Desk::new(database)), known: RwLock::new(known) })
    }

    /// Where it is.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Which vault it is: 16 random bytes. A copy has the same.
    pub fn id(&self) -> [u8; 16] {
        self.known().state.id
    }

    /// The role that it was opened as.
    pub fn role(&self) -> &str {
        &self.role.name
    }

    /// What the role may do.
    pub fn abilities(&self) -> Abilities {
        self.known().abilities
    }

    /// What categories the role reaches.
    pub fn categories(&self) -> Categories {
        self.known().categories.clone()
    }

    /// The key of keyed operators and date shifts, for a purpose. It outlives rotations, for what was made with it is in documents.
    ///
    /// # Errors
    /// [`VaultError::NotAllowed`] for a role that may not write.
    pub fn key(&self, purpose: &str) -> Result<Key> {
        let purposes = self.known().keyring.purposes.as_ref().map(|key| key.derive(purpose));
        purposes.ok_or_else(|| self.not_allowed(Ability::Write))
    }

    /// Sees to it that the disk has all codes given so far. To be called before a document with such codes gets its name.
    ///
    /// # Errors
    /// [`VaultError::Lost`] where codes given before could not be written: no document may go out any more, until the vault is
    /// opened anew. Whatever the disk says.
    pub fn flush(&self) -> Result<()> {
        let mut desk = self.desk.lock();
        desk.settle()?;
        desk.whole()?;
        if desk.flushed == desk.written {
            return Ok(());
        }
        // The journal is synced as a whole, with what other transactions put there.
        desk.database.write_durably(|rows| rows.set_meta("flushed", &[]))?;
        if let (0, Some(path)) = (desk.flushed, self.location.file()) {
            file::sync_folder(path)?;
        }
        desk.flushed = desk.written;
        Ok(())
    }

    /// All roles, also revoked ones, sorted by name.
    ///
    /// # Errors
    /// [`VaultError::Tampered`] where no administrator signed one.
    pub fn roles(&self) -> Result<Vec<RoleInfo>> {
        let desk = self.desk();
        let id = self.id();
        let rows = desk.database.roles()?;
        rows.iter()
            .map(|row| {
                self.role.witness.check_role(&id, row)?;
                Ok(RoleInfo {
                    name: row.name.clone(),
                    abilities: Abilities::from_bits(row.abilities),
                    categories: Categories::of(row.categories.split(','))?,
                    revoked: row.revoked,
                    day: row.day,
                    verifying_key: row.verifying_key,
                })
            })
            .collect()
    }

    /// The file, with everything that was written in it committed.
    pub(crate) fn desk(&self) -> MutexGuard<'_, Desk> {
        let mut desk = self.desk.lock();
        // What went wrong is remembered, and told by the next `flush`.
        let _ = desk.settle();
        desk
    }

    /// The file, with a group of writes perhaps open.
    pub(crate) fn open_desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock()
    }

    /// Begins a group of writes, which ends by itself when nobody writes for a moment.
    pub(crate) fn begin_group(&self, desk: &mut Desk) -> Result<()> {
        desk.database.begin()?;
        let (database, mut seals) = desk.parts(self);
        let ready = self.refresh(database, &mut seals).and_then(|()| self.catch_up(database));
        if let Err(error) = ready {
            desk.database.roll_back();
            return Err(error);
        }
        desk.group = Some(0);
        self.desk.watch(desk);
        Ok(())
    }

    pub(crate) fn known(&self) -> RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Known) -> T) -> T {
        change(&mut self.known.write().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn not_allowed(&self, ability: Ability) -> VaultError {
        VaultError::NotAllowed { role: self.role.name.clone(), ability }
    }

    pub(crate) fn no_key(&self, category: &str) -> VaultError {
        VaultError::NoKey { role: self.role.name.clone(), category: category.to_owned() }
    }

    /// Fails unless the role has the ability. That it holds the keys is what protects; this makes the message clear.
    pub(crate) fn need(&self, ability: Ability) -> Result<()> {
        if self.known().abilities.has(ability) { Ok(()) } else { Err(self.not_allowed(ability)) }
    }

    /// Runs `work` as the only writer, after looking whether another process changed keys or took rows away.
    pub(crate) fn write<T>(&self, desk: &mut Desk, work: impl FnOnce(&Database, &mut Seals<'_>) -> Result<T>) -> Result<T> {
        desk.settle()?;
        let (database, mut seals) = desk.parts(self);
        let ended = database.write(|rows| {
            self.refresh(rows, &mut seals)?;
            work(rows, &mut seals)
        });
        if ended.is_err() {
            seals.forget_new();
        }
        desk.written += 1;
        ended
    }

    /// Runs `work` on one unchanging state of the file.
    pub(crate) fn read<T>(&self, desk: &mut Desk, work: impl FnOnce(&Database, &mut Seals<'_>) -> Result<T>) -> Result<T> {
        desk.settle()?;
        let (database, mut seals) = desk.parts(self);
        database.read(|rows| {
            self.refresh(rows, &mut seals)?;
            work(rows, &mut seals)
        })
    }

    fn refresh(&self, rows: &Database, seals: &mut Seals<'_>) -> Result<()> {
        let (bytes, _) = state_bytes(rows)?;
        if bytes == self.known().state.to_bytes() {
            return Ok(());
        }
        let known = Known::load(rows, &self.role)?;
        seals.clear();
        self.change(|old| *old = known);
        Ok(())
    }

    /// Takes the state and keys that a copy of the vault has.
    pub(crate) fn learn(&self, desk: &mut Desk, copy: &Database) -> Result<()> {
        let (_, mut seals) = desk.parts(self);
        self.refresh(copy, &mut seals)
    }

    /// Runs `work` with keys of seals that are remembered only meanwhile.
    pub(crate) fn with_seals<T>(&self, work: impl FnOnce(&mut Seals<'_>) -> Result<T>) -> Result<T> {
        let (mut seals, mut opened) = (HashMap::new(), HashMap::new());
        work(&mut Seals::new(self, &mut seals, &mut opened))
    }

    /// Writes a changed state, signed.
    pub(crate) fn set_state(&self, rows: &Database, state: State) -> Result<()> {
        let authority = self.known().keyring.authority.clone().ok_or_else(|| self.not_allowed(Ability::Administer))?;
        set_state(rows, &authority, state)
    }

    /// Learns anew what this process itself changed.
    pub(crate) fn reload(&self, desk: &mut Desk) -> Result<()> {
        self.read(desk, |_, _| Ok(()))
    }
}

/// Nothing of what it holds.
impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("role", &self.role.name).finish_non_exhaustive()
    }
}

impl Known {
    fn load(rows: &Database, who: &Who) -> Result<Self> {
        let (bytes, signature) = state_bytes(rows)?;
        let state = who.witness.state(&bytes, &signature)?;
        let row = rows.role(&who.name)?.ok_or_else(|| VaultError::NoRole(who.name.clone()))?;
        who.witness.check_role(&state.id, &row)?;
        if row.revoked {
            return Err(VaultError::Revoked(who.name.clone()));
        }
        let tampered = || VaultError::Tampered(format!("the keys of the role `{}`", who.name));
        let bytes = who.hatch.take_out(&row.keyring, &keyring_belongs(&state.id, &who.name)).ok_or_else(tampered)?;
        let keyring = Keyring::from_bytes(&bytes).ok_or_else(tampered)?;
        let has = |epoch| keyring.epoch(epoch).is_some();
        if !has(state.epoch) || state.leaving != 0 && !has(state.leaving) {
            return Err(tampered());
        }
        Ok(Self {
            state,
            abilities: Abilities::from_bits(row.abilities),
            categories: Categories::of(row.categories.split(','))?,
            keyring,
            lookups: HashMap::new(),
            codes: HashMap::new(),
            mirror: None,
        })
    }
}

fn state_bytes(rows: &Database) -> Result<(Vec<u8>, Vec<u8>)> {
    let missing = || VaultError::NotAVault("its state is missing");
    Ok((rows.meta("state")?.ok_or_else(missing)?, rows.meta("state signature")?.ok_or_else(missing)?))
}

fn set_state(rows: &Database, authority: &Key, state: State) -> Result<()> {
    rows.set_meta("state", &state.to_bytes())?;
    rows.set_meta("state signature", &Authority::new(authority).sign_state(state))
}
