//! Sealing bytes: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a random nonce before the text, so that one key can seal
//! any number of rows, and with what the bytes belong to as associated data.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use subrosa_core::key::Key;
use zeroize::Zeroizing;

use crate::error::{Result, VaultError};
use crate::wire::bind;

const NONCE: usize = 24;

/// Bytes from the system's randomness.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::NoRandomness)?;
    Ok(bytes)
}

/// A new random key.
pub(crate) fn random_key() -> Result<Key> {
    let mut bytes = random()?;
    Ok(Key::take(&mut bytes))
}

/// Seals `plain` for whoever has `key` and knows what it belongs to.
pub(crate) fn seal(key: &Key, belongs: &[&[u8]], plain: &[u8]) -> Result<Vec<u8>> {
    let nonce = random::<NONCE>()?;
    let aad = bind(belongs);
    let sealed = XChaCha20Poly1305::new(key.bytes().into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
        .map_err(|_| VaultError::Invalid("more than the cipher can seal".to_owned()))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// What was sealed; nothing when key, bytes or belongings are others.
pub(crate) fn open(key: &Key, belongs: &[&[u8]], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE>()?;
    let aad = bind(belongs);
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: &aad }).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_counts() {
        let (key, other) = (Key::new([1; 32]), Key::new([2; 32]));
        let sealed = seal(&key, &[b"a", b"b"], b"text").unwrap();
        assert_eq!(open(&key, &[b"a", b"b"], &sealed).unwrap().as_slice(), b"text");
        assert!(open(&other, &[b"a", b"b"], &sealed).is_none());
        assert!(open(&key, &[b"ab", b""], &sealed).is_none());
        for bit in 0..sealed.len() * 8 {
            let mut wrong = sealed.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&key, &[b"a", b"b"], &wrong).is_none(), "bit {bit}");
        }
        assert!(open(&key, &[], &[0; 10]).is_none());
        assert_ne!(sealed, seal(&key, &[b"a", b"b"], b"text").unwrap(), "no two seals are the same");
    }
}
