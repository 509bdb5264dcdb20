//! An open vault: the file, the keys of one role, and what is remembered of both.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use ed25519_dalek::SigningKey;
use subrosa_core::key::Key;

use crate::authority::{Authority, State, Witness};
use crate::database::Database;
use crate::error::{Result, VaultError};
use crate::file;
use crate::hatch::{Hatch, post};
use crate::keyring::{Epoch, Keyring};
use crate::lock::{Lock, Opener};
use crate::role::{Abilities, Ability, Categories, OWNER, RoleInfo, category, role_name};
use crate::rows::{CategoryRow, LockRow, RoleRow, Tag};
use crate::seal::{random, random_key};
use crate::wire::{Reader, Writer};

/// A vault, opened by one role. Can be asked from many threads at once.
pub struct Vault {
    path: PathBuf,
    /// Days since 1970, as the caller says: the library reads no clock.
    pub(crate) today: u32,
    pub(crate) role: Who,
    /// The file. Locked before `known`, never the other way round.
    desk: Mutex<Desk>,
    known: RwLock<Known>,
}

/// Who opened the vault, and what does not change while it is open.
pub(crate) struct Who {
    pub(crate) name: String,
    hatch: Hatch,
    pub(crate) signing: SigningKey,
    pub(crate) witness: Witness,
}

/// The file, and what this process wrote in it.
pub(crate) struct Desk {
    pub(crate) database: Database,
    /// The seals this process put its rows under, with their keys, by epoch and category.
    pub(crate) seals: HashMap<(u32, String), (i64, Key)>,
    /// Keys of other processes' seals, as far as opened.
    pub(crate) opened: HashMap<i64, Key>,
    /// How many writes there were, and how many of them the disk has for sure.
    pub(crate) written: u64,
    pub(crate) flushed: u64,
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
}

/// What a role's secret is: everything else of it comes from the seed.
struct Secret {
    seed: Key,
    authority: [u8; 32],
}

impl Secret {
    fn hatch(&self) -> Hatch {
        Hatch::new(&self.seed.derive("subrosa role 1 hatch"))
    }

    fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(self.seed.derive("subrosa role 1 signing").bytes())
    }
}

impl Vault {
    /// Makes a vault in a new file that only the user can read, with the role [`OWNER`], and opens it. `categories` are those
    /// that roles who may write and not restore can use from the start.
    ///
    /// # Errors
    /// [`VaultError::Exists`] where there is a file; whatever the disk says.
    pub fn create<'a>(path: &Path, lock: &Lock, categories: impl IntoIterator<Item = &'a str>, today: u32) -> Result<Self> {
        let draft = file::Draft::beside(path)?;
        let (authority, id) = (random_key()?, random()?);
        let epochs = vec![Epoch::of_root(1, random_key()?)];
        let keyring = Keyring { epochs, purposes: Some(random_key()?), authority: Some(authority.clone()) };
        let state = State { id, epoch: 1, leaving: 0, keep_days: 0, changes: 0 };
        let names: Vec<&str> = categories.into_iter().collect();
        names.iter().try_for_each(|name| category(name))?;
        let database = Database::create(draft.path())?;
        let secret = database.write_durably(|rows| {
            set_state(rows, &authority, state)?;
            for name in names {
                add_category(rows, &Authority::new(&authority), state, &keyring, name)?;
            }
            add_role(rows, &keyring, state, OWNER, Abilities::ALL, &Categories::All, lock, today)
        })?;
        drop(database);
        // Opened under its new name, so that the journal beside it has the right name too.
        draft.place(path)?;
        Self::with_secret(path, OWNER, &secret, today)
    }

    /// Opens a vault as one of its roles. `today` is in days since 1970.
    ///
    /// # Errors
    /// [`VaultError::NoRole`], [`VaultError::Revoked`], [`VaultError::WrongSecret`]; [`VaultError::Tampered`] where something
    /// is not as an administrator signed it; whatever the disk says.
    pub fn open(path: &Path, role: &str, opener: &Opener, today: u32) -> Result<Self> {
        let database = Database::open(path)?;
        let row = database.role(role)?.ok_or_else(|| VaultError::NoRole(role.to_owned()))?;
        if row.revoked {
            return Err(VaultError::Revoked(role.to_owned()));
        }
        let (bytes, _) = state_bytes(&database)?;
        let state = State::from_bytes(&bytes).ok_or(VaultError::NotAVault("its state is missing"))?;
        for locked in database.locks(role)? {
            if let Some(secret) = opener.open(&locked, &[&state.id, role.as_bytes()])? {
                let mut reader = Reader(&secret);
                let (Some(seed), Some(authority)) = (reader.key(), reader.array()) else { break };
                drop(database);
                return Self::with_secret(path, role, &Secret { seed, authority }, today);
            }
        }
        Err(VaultError::WrongSecret { role: role.to_owned(), with: opener.name() })
    }

    fn with_secret(path: &Path, role: &str, secret: &Secret, today: u32) -> Result<Self> {
        let database = Database::open(path)?;
        let tampered = || VaultError::Tampered(format!("the role `{role}`"));
        let witness = Witness::new(&secret.authority).ok_or_else(tampered)?;
        let role = Who { name: role.to_owned(), hatch: secret.hatch(), signing: secret.signing(), witness };
        let known = database.read(|rows| Known::load(rows, &role))?;
        let desk = Desk { database, seals: HashMap::new(), opened: HashMap::new(), written: 0, flushed: 0 };
        Ok(Self { path: path.to_owned(), today, role, desk: Mutex::new(desk), known: RwLock::new(known) })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
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
    /// Whatever the disk says.
    pub fn flush(&self) -> Result<()> {
        let mut desk = self.desk();
        if desk.flushed == desk.written {
            return Ok(());
        }
        // The journal is synced as a whole, with what other transactions put there.
        desk.database.write_durably(|rows| rows.set_meta("flushed", &[]))?;
        if desk.flushed == 0 {
            file::sync_folder(&self.path)?;
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

    pub(crate) fn desk(&self) -> MutexGuard<'_, Desk> {
        // A panic elsewhere rolled its transaction back; what is remembered besides is only ever added whole.
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
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
        let Desk { database, seals, opened, written, .. } = desk;
        let mut fresh = Seals { vault: self, seals, opened, new: Vec::new() };
        let ended = database.write(|rows| {
            self.refresh(rows, &mut fresh)?;
            work(rows, &mut fresh)
        });
        *written += 1;
        let new = fresh.new;
        if ended.is_err() {
            // Seals that were rolled back are none.
            for place in new {
                seals.remove(&place);
            }
        }
        ended
    }

    /// Runs `work` on one unchanging state of the file.
    pub(crate) fn read<T>(&self, desk: &mut Desk, work: impl FnOnce(&Database, &mut Seals<'_>) -> Result<T>) -> Result<T> {
        let Desk { database, seals, opened, .. } = desk;
        let mut seals = Seals { vault: self, seals, opened, new: Vec::new() };
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
        seals.seals.clear();
        seals.opened.clear();
        self.change(|old| *old = known);
        Ok(())
    }

    /// Takes the state and keys that a copy of the vault has.
    pub(crate) fn learn(&self, desk: &mut Desk, copy: &Database) -> Result<()> {
        let Desk { seals, opened, .. } = desk;
        self.refresh(copy, &mut Seals { vault: self, seals, opened, new: Vec::new() })
    }

    /// Runs `work` with keys of seals that are remembered only meanwhile.
    pub(crate) fn with_seals<T>(&self, work: impl FnOnce(&mut Seals<'_>) -> Result<T>) -> Result<T> {
        let (mut seals, mut opened) = (HashMap::new(), HashMap::new());
        work(&mut Seals { vault: self, seals: &mut seals, opened: &mut opened, new: Vec::new() })
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
        })
    }
}

/// The keys that rows are sealed with.
pub(crate) struct Seals<'a> {
    vault: &'a Vault,
    seals: &'a mut HashMap<(u32, String), (i64, Key)>,
    opened: &'a mut HashMap<i64, Key>,
    /// What this transaction added.
    new: Vec<(u32, String)>,
}

impl Seals<'_> {
    /// The seal that this process puts rows of a category under, made when there is none yet.
    pub(crate) fn ours(&mut self, rows: &Database, epoch: u32, category: &str) -> Result<(i64, Key)> {
        let place = (epoch, category.to_owned());
        if let Some((id, key)) = self.seals.get(&place) {
            return Ok((*id, key.clone()));
        }
        let known = self.vault.known();
        let slot = match known.keyring.epoch(epoch).and_then(|epoch| epoch.hatch.key(category)) {
            Some(secret) => Hatch::new(&secret).slot(),
            None => {
                let row = rows.category(epoch, category)?.ok_or_else(|| self.vault.no_key(category))?;
                self.vault.role.witness.check_category(&known.state.id, &row)?;
                row.slot
            }
        };
        let (half, key) = crate::hatch::agree(&slot, &seal_purpose(&known.state.id, category, &epoch.to_be_bytes()))?;
        let id = rows.add_seal(&crate::rows::SealRow { epoch, category: category.to_owned(), half })?;
        self.seals.insert(place.clone(), (id, key.clone()));
        self.new.push(place);
        Ok((id, key))
    }

    /// The key of a seal of any process; nothing where the role has no hatch for the category.
    pub(crate) fn key(&mut self, rows: &Database, id: i64, epoch: u32, category: &str) -> Result<Option<Key>> {
        let known = self.vault.known();
        let Some(secret) = known.keyring.epoch(epoch).and_then(|epoch| epoch.hatch.key(category)) else { return Ok(None) };
        if let Some(key) = self.opened.get(&id) {
            return Ok(Some(key.clone()));
        }
        let tampered = || VaultError::Tampered(format!("a seal of {category}"));
        let row = rows.seal(id)?.ok_or_else(tampered)?;
        if row.epoch != epoch || row.category != category {
            return Err(tampered());
        }
        let purpose = seal_purpose(&known.state.id, category, &epoch.to_be_bytes()).map(<[u8]>::to_vec);
        let purpose: Vec<&[u8]> = purpose.iter().map(Vec::as_slice).collect();
        let key = Hatch::new(&secret).key(&row.half, &purpose).ok_or_else(tampered)?;
        self.opened.insert(id, key.clone());
        Ok(Some(key))
    }
}

fn seal_purpose<'a>(vault: &'a [u8; 16], category: &'a str, epoch: &'a [u8; 4]) -> [&'a [u8]; 4] {
    [b"seal", vault, category.as_bytes(), epoch]
}

fn keyring_belongs<'a>(vault: &'a [u8; 16], role: &'a str) -> [&'a [u8]; 3] {
    [b"keyring", vault, role.as_bytes()]
}

fn state_bytes(rows: &Database) -> Result<(Vec<u8>, Vec<u8>)> {
    let missing = || VaultError::NotAVault("its state is missing");
    Ok((rows.meta("state")?.ok_or_else(missing)?, rows.meta("state signature")?.ok_or_else(missing)?))
}

fn set_state(rows: &Database, authority: &Key, state: State) -> Result<()> {
    rows.set_meta("state", &state.to_bytes())?;
    rows.set_meta("state signature", &Authority::new(authority).sign_state(state))
}

/// Adds the public side of a category, in every epoch of the keyring that has none.
pub(crate) fn add_category(rows: &Database, authority: &Authority, state: State, keyring: &Keyring, name: &str) -> Result<()> {
    for epoch in &keyring.epochs {
        if rows.category(epoch.number, name)?.is_some() {
            continue;
        }
        let Some(secret) = epoch.hatch.key(name) else { continue };
        let slot = Hatch::new(&secret).slot();
        let mut row = CategoryRow { epoch: epoch.number, name: name.to_owned(), slot, signature: [0; 64] };
        authority.sign_category(&state.id, &mut row);
        rows.set_category(&row)?;
    }
    Ok(())
}

/// Posts a role its part of the keyring, and signs it.
pub(crate) fn equip(rows: &Database, keyring: &Keyring, authority: &Authority, state: State, row: &mut RoleRow) -> Result<()> {
    let categories = Categories::of(row.categories.split(','))?;
    let part = keyring.cut(Abilities::from_bits(row.abilities), &categories);
    row.keyring = post(&row.slot, &keyring_belongs(&state.id, &row.name), &part.to_bytes())?;
    authority.sign_role(&state.id, row);
    rows.set_role(row)
}

#[allow(clippy::too_many_arguments, reason = "a role is made of many things, in one place")]
fn add_role(
    rows: &Database,
    keyring: &Keyring,
    state: State,
    name: &str,
    abilities: Abilities,
    categories: &Categories,
    lock: &Lock,
    day: u32,
) -> Result<Secret> {
    role_name(name)?;
    let authority = keyring.authority.as_ref().map(Authority::new);
    let authority = authority.ok_or_else(|| VaultError::NotAllowed { role: name.to_owned(), ability: Ability::Administer })?;
    let secret = Secret { seed: random_key()?, authority: authority.public() };
    let plain = Writer::with_room(96).bytes(secret.seed.bytes()).bytes(&secret.authority).done();
    let locked = lock.lock(&[&state.id, name.as_bytes()], &plain)?;
    rows.remove_locks(name)?;
    rows.add_lock(&LockRow { role: name.to_owned(), locked })?;
    let mut row = RoleRow {
        name: name.to_owned(),
        abilities: abilities.bits(),
        categories: categories.to_string(),
        slot: secret.hatch().slot(),
        verifying_key: secret.signing().verifying_key().to_bytes(),
        keyring: Vec::new(),
        revoked: false,
        day,
        signature: [0; 64],
    };
    equip(rows, keyring, &authority, state, &mut row)?;
    Ok(secret)
}

impl Vault {
    /// Adds a role. Who has only some categories cannot reach others whatever program they use, for they have no keys.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] where there is such a role, also a revoked one, whose name stands in the audit log; or where a
    /// role that is to administer does not have all categories. [`VaultError::NotAllowed`] unless the vault was opened by an
    /// administrator.
    pub fn grant(&self, name: &str, abilities: Abilities, categories: &Categories, lock: &Lock) -> Result<()> {
        self.need(Ability::Administer)?;
        if abilities == Abilities::default() {
            return Err(VaultError::Invalid("a role needs an ability".to_owned()));
        }
        if abilities.administer && *categories != Categories::All {
            return Err(VaultError::Invalid("who administers holds every key: give all categories".to_owned()));
        }
        let mut desk = self.desk();
        let today = self.today;
        self.write(&mut desk, |rows, _| {
            let known = self.known();
            if let Some(row) = rows.role(name)? {
                let state = if row.revoked { "was revoked; take another name" } else { "is there already" };
                return Err(VaultError::Invalid(format!("the role `{name}` {state}")));
            }
            let authority = known.keyring.authority.as_ref().map(Authority::new);
            let authority = authority.ok_or_else(|| self.not_allowed(Ability::Administer))?;
            if let Categories::Some(names) = categories {
                for name in names {
                    add_category(rows, &authority, known.state, &known.keyring, name)?;
                }
            }
            add_role(rows, &known.keyring, known.state, name, abilities, categories, lock, today).map(drop)
        })?;
        drop(desk);
        self.flush()
    }
}
