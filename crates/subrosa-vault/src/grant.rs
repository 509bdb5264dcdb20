//! Giving roles: a name, abilities, categories, the keys that go with them, and a lock.

use ed25519_dalek::SigningKey;
use subrosa_core::key::Key;

use crate::authority::{Authority, State};
use crate::database::Database;
use crate::error::{Result, VaultError};
use crate::hatch::{Hatch, post};
use crate::keyring::Keyring;
use crate::lock::Lock;
use crate::role::{Abilities, Ability, Categories, role_name};
use crate::rows::{CategoryRow, LockRow, RoleRow};
use crate::seal::random_key;
use crate::vault::Vault;
use crate::wire::{Reader, Writer};

/// What a role's secret is: everything else of it comes from the seed.
pub(crate) struct Secret {
    seed: Key,
    pub(crate) authority: [u8; 32],
}

impl Secret {
    /// The secret in the bytes that were under the lock.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        Some(Self { seed: reader.key()?, authority: reader.array()? })
    }

    /// Puts the secret under a lock, in the place of those that it was under.
    fn put_under(&self, lock: &Lock, rows: &Database, state: State, role: &str) -> Result<()> {
        let plain = Writer::with_room(96).bytes(self.seed.bytes()).bytes(&self.authority).done();
        let locked = lock.lock(&[&state.id, role.as_bytes()], &plain)?;
        rows.remove_locks(role)?;
        rows.add_lock(&LockRow { role: role.to_owned(), locked })
    }

    pub(crate) fn hatch(&self) -> Hatch {
        Hatch::new(&self.seed.derive("subrosa role 1 hatch"))
    }

    pub(crate) fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(self.seed.derive("subrosa role 1 signing").bytes())
    }
}

/// What a role's keys are bound to.
pub(crate) fn keyring_belongs<'a>(vault: &'a [u8; 16], role: &'a str) -> [&'a [u8]; 3] {
    [b"keyring", vault, role.as_bytes()]
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

/// Makes a role. Returns its secret, which is nowhere else but under its lock.
#[allow(clippy::too_many_arguments, reason = "a role is made of many things, in one place")]
pub(crate) fn add_role(
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
    secret.put_under(lock, rows, state, name)?;
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

    /// Changes what the role that opened the vault is opened with. Its keys stay: who has an older copy of the vault and the
    /// secret of that time can still make them. [`revoke`](Self::revoke) a role whose secret may be known.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] for a lock that is none; [`VaultError::Traces`]; whatever the disk says.
    pub fn relock(&self, lock: &Lock) -> Result<()> {
        let mut desk = self.desk();
        self.write(&mut desk, |rows, _| self.role.secret.put_under(lock, rows, self.known().state, &self.role.name))?;
        desk.database.scrub()
    }
}
