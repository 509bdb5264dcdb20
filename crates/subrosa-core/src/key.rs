//! A secret key, and what is made of it.
//!
//! One key of 32 bytes serves every keyed operator: each purpose has a key of its own, derived with HKDF-SHA-256 (RFC 5869),
//! so that what one purpose gives away tells nothing of another. The key is made outside (core has no randomness) and
//! overwritten when dropped.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

/// Bytes of a key.
pub const LENGTH: usize = 32;
/// What a key file starts with; the version is part of it.
const HEADER: &str = "subrosa-key-1:";

/// A secret key of 32 bytes.
#[derive(Clone)]
pub struct Key([u8; LENGTH]);

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no key: a key is one line, `{HEADER}` and 64 hexadecimal digits")]
pub struct InvalidKey;

impl Key {
    /// A key of these bytes, which have to be secret and random.
    pub fn new(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }

    /// The key in a key file: one line, `subrosa-key-1:` and 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`InvalidKey`], also for a key of zeros only.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let digits = text.trim().strip_prefix(HEADER).ok_or(InvalidKey)?.as_bytes();
        let mut key = Self([0; LENGTH]);
        let (pairs, []) = digits.as_chunks::<2>() else { return Err(InvalidKey) };
        if pairs.len() != LENGTH {
            return Err(InvalidKey);
        }
        for (byte, [high, low]) in key.0.iter_mut().zip(pairs) {
            let digit = |sign: u8| char::from(sign).to_digit(16).ok_or(InvalidKey);
            *byte = (digit(*high)? * 16 + digit(*low)?) as u8;
        }
        if key.0 == [0; LENGTH] { Err(InvalidKey) } else { Ok(key) }
    }

    /// The key as the line that [`parse`](Self::parse) reads.
    pub fn to_text(&self) -> Zeroizing<String> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = Zeroizing::new(String::with_capacity(HEADER.len() + 2 * LENGTH + 1));
        text.push_str(HEADER);
        for byte in self.0 {
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        text.push('\n');
        text
    }

    /// The key of a purpose, for example `operator pseudonym`.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Self {
        let mut derived = Self([0; LENGTH]);
        self.expand(purpose, &mut derived.0);
        derived
    }

    /// Fills `out` with key material for a purpose; at most 8160 bytes.
    ///
    /// # Panics
    /// When `out` is longer than that.
    pub fn expand(&self, purpose: &str, out: &mut [u8]) {
        let filled = Hkdf::<Sha256>::new(None, &self.0).expand(purpose.as_bytes(), out);
        assert!(filled.is_ok(), "more key material than the scheme gives");
    }

    /// HMAC-SHA-256 (RFC 2104) over the parts, each preceded by its length, so that no two lists of parts look alike.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; LENGTH] {
        // A key of any length is a key; the error is there for other schemes.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { unreachable!("HMAC takes keys of any length") };
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// The bytes, for a cipher.
    pub fn bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }

    /// Takes a buffer's content as the key and overwrites the buffer.
    pub fn take(bytes: &mut [u8; LENGTH]) -> Self {
        let key = Self(*bytes);
        bytes.zeroize();
        key
    }
}

/// Nothing of the key.
impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key::new(std::array::from_fn(|i| i as u8))
    }

    #[test]
    fn a_key_file_is_read_as_it_is_written() {
        let text = key().to_text();
        assert_eq!(text.len(), HEADER.len() + 65);
        assert_eq!(Key::parse(&text).unwrap().bytes(), key().bytes());
        assert_eq!(Key::parse(&text.to_uppercase().replace("SUBROSA-KEY", "subrosa-key")).unwrap().bytes(), key().bytes());
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let zeros = format!("{HEADER}{}", "0".repeat(64));
        let signs = format!("{HEADER}{}", "+1".repeat(32));
        let wide = format!("{HEADER}{}", "é".repeat(32));
        let text = key().to_text();
        for wrong in
            ["", "subrosa-key-1:", &text[1..], &text[..text.len() - 2], &format!("{}00", text.trim()), &zeros, &signs, &wide]
        {
            assert_eq!(Key::parse(wrong).unwrap_err(), InvalidKey, "{wrong}");
        }
    }

    #[test]
    fn purposes_and_parts_do_not_run_together() {
        assert_ne!(key().derive("a").bytes(), key().derive("b").bytes());
        assert_ne!(key().mac(&[b"ab", b"c"]), key().mac(&[b"a", b"bc"]));
        assert_ne!(key().mac(&[b"ab"]), key().mac(&[b"ab", b""]));
    }

    /// RFC 5869 derivation and RFC 2104 are the libraries' to test; these bytes pin how they are put together, for a change
    /// would give every archive new pseudonyms.
    #[test]
    fn derived_values_never_change() {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        assert_eq!(hex(key().derive("test").bytes()), "ee2d74b5581380b94518efd1a6da0de5655d58b2f082dccc9f645e52e0ebfbdb");
        assert_eq!(hex(&key().mac(&[b"Jane", b"Doe"])), "bf9a49698585abbee99b37baad8636c97f6fdef91588da893e18c3a93d41e611");
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", key()), "Key(..)");
    }
}
