//! A way in without a way out: whoever knows a public key agrees on a fresh key with its owner (X25519, RFC 7748), and cannot
//! read what others put in. By this a role can write values of a category that it may not restore.

use subrosa_core::key::Key;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::error::{Result, VaultError};
use crate::seal::{open, random_key, seal};

/// The private side.
pub(crate) struct Hatch(StaticSecret);

/// The public side.
pub(crate) type Slot = [u8; 32];

impl Hatch {
    /// The hatch of a secret.
    pub(crate) fn new(secret: &Key) -> Self {
        Self(StaticSecret::from(*secret.bytes()))
    }

    /// Its public side.
    pub(crate) fn slot(&self) -> Slot {
        PublicKey::from(&self.0).to_bytes()
    }

    /// The key that somebody agreed on with `half`.
    pub(crate) fn key(&self, half: &[u8; 32], purpose: &[&[u8]]) -> Option<Key> {
        agreed(&self.0, half, half, &self.slot(), purpose)
    }

    /// Opens what [`post`] sealed.
    pub(crate) fn take_out(&self, posted: &[u8], belongs: &[&[u8]]) -> Option<Zeroizing<Vec<u8>>> {
        let (half, sealed) = posted.split_first_chunk::<32>()?;
        open(&self.key(half, belongs)?, belongs, sealed)
    }
}

/// A fresh key that the owner of `slot` can make from the half returned with it.
pub(crate) fn agree(slot: &Slot, purpose: &[&[u8]]) -> Result<([u8; 32], Key)> {
    let ours = StaticSecret::from(*random_key()?.bytes());
    let half = PublicKey::from(&ours).to_bytes();
    let key = agreed(&ours, slot, &half, slot, purpose).ok_or_else(|| VaultError::Tampered("a public key".to_owned()))?;
    Ok((half, key))
}

/// Seals bytes for the owner of `slot`.
pub(crate) fn post(slot: &Slot, belongs: &[&[u8]], plain: &[u8]) -> Result<Vec<u8>> {
    let (half, key) = agree(slot, belongs)?;
    Ok([half.as_slice(), &seal(&key, belongs, plain)?].concat())
}

fn agreed(ours: &StaticSecret, theirs: &[u8; 32], half: &[u8; 32], slot: &Slot, purpose: &[&[u8]]) -> Option<Key> {
    let shared = ours.diffie_hellman(&PublicKey::from(*theirs));
    // A point of small order would make the shared secret known to all.
    if !shared.was_contributory() {
        return None;
    }
    let mut parts: Vec<&[u8]> = vec![b"subrosa hatch 1", half, slot];
    parts.extend_from_slice(purpose);
    Some(Key::take(&mut Key::new(shared.to_bytes()).mac(&parts)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_owner_can_take_out() {
        let (owner, other) = (Hatch::new(&Key::new([3; 32])), Hatch::new(&Key::new([4; 32])));
        let posted = post(&owner.slot(), &[b"row"], b"text").unwrap();
        assert_eq!(owner.take_out(&posted, &[b"row"]).unwrap().as_slice(), b"text");
        assert!(owner.take_out(&posted, &[b"other row"]).is_none());
        assert!(other.take_out(&posted, &[b"row"]).is_none());
        assert!(owner.take_out(&posted[..31], &[b"row"]).is_none());
        assert!(owner.take_out(&[0; 80], &[b"row"]).is_none(), "a point of small order");
        assert!(post(&[0; 32], &[], b"").is_err());
    }
}
