//! How far a log has come.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A SHA-256, written in lower-case hex.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash(pub(crate) [u8; 32]);

impl Hash {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for Hash {
    type Error = InvalidHead;

    fn try_from(text: String) -> Result<Self, InvalidHead> {
        unhex(&text).map(Self).ok_or(InvalidHead)
    }
}

/// The number of entries of a log, and the hash of the last one's line. Written `COUNT:HASH`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Entries.
    pub count: u64,
    /// SHA-256 of the last line without its end; zeros when there is none.
    pub hash: Hash,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.count, self.hash)
    }
}

/// The text is no head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a head is written COUNT:HASH, the hash with 64 digits of lower-case hex")]
pub struct InvalidHead;

impl FromStr for Head {
    type Err = InvalidHead;

    fn from_str(text: &str) -> Result<Self, InvalidHead> {
        let (count, hash) = text.split_once(':').ok_or(InvalidHead)?;
        if !count.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidHead);
        }
        Ok(Self { count: count.parse().map_err(|_| InvalidHead)?, hash: Hash::try_from(hash.to_owned())? })
    }
}

/// A place apart from the log that remembers its head, so that entries cannot be cut off its end unseen.
///
/// An append asks for it and sets it under the log's lock. Killed in between, it leaves the anchor behind the log, never
/// before it; that is no fault.
pub trait Anchor {
    /// The head last set, if any.
    ///
    /// # Errors
    /// The reason, without values.
    fn head(&self) -> Result<Option<Head>, String>;

    /// Remembers a head.
    ///
    /// # Errors
    /// The reason, without values.
    fn advance(&self, head: &Head) -> Result<(), String>;
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The bytes of lower-case hex, if it is just that.
pub(super) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    if text.len() != N * 2 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let &[high, low] = pair else { return None };
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_written_and_read() {
        let head = Head { count: 12, hash: Hash::of(b"x") };
        assert_eq!(head.to_string().parse(), Ok(head));
        let hash = "ab".repeat(32);
        for wrong in [
            "",
            "1",
            "1:",
            "+1:00",
            "-1:00",
            &format!("1:{}", "AB".repeat(32)),
            &format!(":{hash}"),
            &format!("+1:{hash}"),
            &format!("1:{hash}0"),
        ] {
            assert_eq!(wrong.parse::<Head>(), Err(InvalidHead), "{wrong}");
        }
    }
}
