//! What administrators vouch for: the state of the vault, its roles, the public sides of its categories. All are signed with one
//! key (Ed25519, RFC 8032), of which every role keeps the public half behind its own lock, so that whoever can write the file but
//! holds no administrator's role cannot slip in a role, a key or an old epoch of another vault.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use subrosa_core::key::Key;

use crate::error::{Result, VaultError};
use crate::rows::{CategoryRow, RoleRow};
use crate::wire::{Reader, bind};

/// What the vault is and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// Which vault.
    pub(crate) id: [u8; 16],
    /// The epoch that is written in.
    pub(crate) epoch: u32,
    /// The epoch whose rows are still being moved, 0 when none are.
    pub(crate) leaving: u32,
    /// Days that entries are kept, 0 for ever.
    pub(crate) keep_days: u32,
    /// Counts changes after which processes have to look again: rotation, forgetting, expiry.
    pub(crate) changes: u64,
}

impl State {
    pub(crate) fn to_bytes(self) -> Vec<u8> {
        let Self { id, epoch, leaving, keep_days, changes } = self;
        let numbers = [u64::from(epoch), leaving.into(), keep_days.into(), changes];
        let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
        bind(&[b"subrosa vault 1", &id, &numbers])
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        if reader.bytes()? != b"subrosa vault 1" {
            return None;
        }
        let id = reader.array()?;
        let mut numbers = Reader(reader.bytes()?);
        Some(Self {
            id,
            epoch: numbers.small()?,
            leaving: numbers.small()?,
            keep_days: numbers.small()?,
            changes: numbers.number()?,
        })
    }
}

/// The private half.
pub(crate) struct Authority(SigningKey);

impl Authority {
    pub(crate) fn new(secret: &Key) -> Self {
        Self(SigningKey::from_bytes(secret.bytes()))
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    pub(crate) fn sign_state(&self, state: State) -> [u8; 64] {
        self.0.sign(&state.to_bytes()).to_bytes()
    }

    pub(crate) fn sign_role(&self, vault: &[u8; 16], row: &mut RoleRow) {
        row.signature = self.0.sign(&role_text(vault, row)).to_bytes();
    }

    pub(crate) fn sign_category(&self, vault: &[u8; 16], row: &mut CategoryRow) {
        row.signature = self.0.sign(&category_text(vault, row)).to_bytes();
    }
}

/// The public half.
#[derive(Clone)]
pub(crate) struct Witness(VerifyingKey);

impl Witness {
    pub(crate) fn new(public: &[u8; 32]) -> Option<Self> {
        VerifyingKey::from_bytes(public).ok().map(Self)
    }

    fn holds(&self, text: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(text, &Signature::from_bytes(signature)).is_ok()
    }

    /// The state in these bytes, if an administrator signed it.
    pub(crate) fn state(&self, bytes: &[u8], signature: &[u8]) -> Result<State> {
        let wrong = || VaultError::Tampered("the state of the vault".to_owned());
        let signature: &[u8; 64] = signature.try_into().map_err(|_| wrong())?;
        if !self.holds(bytes, signature) {
            return Err(wrong());
        }
        State::from_bytes(bytes).ok_or_else(wrong)
    }

    /// Fails unless an administrator of this vault signed the role.
    pub(crate) fn check_role(&self, vault: &[u8; 16], row: &RoleRow) -> Result<()> {
        if self.holds(&role_text(vault, row), &row.signature) {
            return Ok(());
        }
        Err(VaultError::Tampered(format!("the role `{}`", row.name)))
    }

    /// Fails unless an administrator of this vault signed the category.
    pub(crate) fn check_category(&self, vault: &[u8; 16], row: &CategoryRow) -> Result<()> {
        if self.holds(&category_text(vault, row), &row.signature) {
            return Ok(());
        }
        Err(VaultError::Tampered(format!("the category {}", row.name)))
    }
}

fn role_text(vault: &[u8; 16], row: &RoleRow) -> Vec<u8> {
    let RoleRow { name, abilities, categories, slot, verifying_key, keyring, revoked, day, signature: _ } = row;
    let (abilities, day) = (abilities.to_be_bytes(), day.to_be_bytes());
    let parts: [&[u8]; 10] = [
        b"subrosa role 1",
        vault,
        name.as_bytes(),
        &abilities,
        categories.as_bytes(),
        slot,
        verifying_key,
        keyring,
        &[u8::from(*revoked)],
        &day,
    ];
    bind(&parts)
}

fn category_text(vault: &[u8; 16], row: &CategoryRow) -> Vec<u8> {
    bind(&[b"subrosa category 1", vault, &row.epoch.to_be_bytes(), row.name.as_bytes(), &row.slot])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_is_read_as_it_was_signed() {
        let state = State { id: [7; 16], epoch: 3, leaving: 2, keep_days: 30, changes: 9 };
        let authority = Authority::new(&Key::new([1; 32]));
        let witness = Witness::new(&authority.public()).unwrap();
        let (bytes, signature) = (state.to_bytes(), authority.sign_state(state));
        assert_eq!(witness.state(&bytes, &signature).unwrap(), state);
        let later = State { epoch: 4, ..state }.to_bytes();
        assert!(witness.state(&later, &signature).is_err());
        let other = Witness::new(&Authority::new(&Key::new([2; 32])).public()).unwrap();
        assert!(other.state(&bytes, &signature).is_err());
    }
}
