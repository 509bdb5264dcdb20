//! What a role is locked with: a passphrase (Argon2id, RFC 9106) or keys of the `age` program (age-encryption.org/v1, X25519).

use std::io::{Read as _, Write as _};

use argon2::{Algorithm, Argon2, Params, Version};
use subrosa_core::key::Key;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::{Zeroize as _, Zeroizing};

use crate::error::{Result, VaultError};
use crate::seal::{open, random, seal};
use crate::wire::{Reader, Writer};

/// Fewest characters of a new passphrase.
pub const SHORTEST_PASSPHRASE: usize = 12;
/// Most memory that a file may ask for to try a passphrase, in KiB.
const MOST_MEMORY: u32 = 4 << 20;

/// A passphrase. Overwritten when dropped.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// The passphrase, without the line end behind it, in the composed form of Unicode: keyboards differ in how they write `é`.
    pub fn new(text: &str) -> Self {
        let line = text.strip_suffix('\n').unwrap_or(text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut composed = Zeroizing::new(String::with_capacity(4 * line.len()));
        composed.extend(line.nfc());
        Self(composed)
    }
}

/// Nothing of it.
impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// What it costs to try one passphrase. The default takes 64 MiB and some tenths of a second, the second choice of RFC 9106;
/// less is for tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// KiB of memory.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for Costs {
    fn default() -> Self {
        Self { memory: 64 << 10, passes: 3, lanes: 4 }
    }
}

impl Costs {
    fn key(self, passphrase: &Passphrase, salt: &[u8; 16]) -> Result<Key> {
        let wrong = |_| VaultError::Invalid("impossible costs of a passphrase".to_owned());
        if self.memory > MOST_MEMORY || self.passes > 64 || self.lanes > 64 {
            return Err(wrong(argon2::Error::MemoryTooMuch));
        }
        let params = Params::new(self.memory, self.passes, self.lanes, Some(32)).map_err(wrong)?;
        let mut key = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.0.as_bytes(), salt, &mut key)
            .map_err(wrong)?;
        Ok(Key::take(&mut key))
    }
}

/// A public key of `age`, for somebody who holds the identity of it.
#[derive(Clone, Debug)]
pub struct Recipient(age::x25519::Recipient);

impl Recipient {
    /// The recipient in a text: `age1...`.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] where it is none.
    pub fn parse(text: &str) -> Result<Self> {
        let parsed = text.trim().parse().map(Self);
        parsed.map_err(|_| VaultError::Invalid("no recipient of age; one starts with age1".to_owned()))
    }
}

/// Private keys of `age`.
pub struct Identities(Vec<age::x25519::Identity>);

impl Identities {
    /// The identities in a file that `age-keygen` wrote: lines with `AGE-SECRET-KEY-1...`, empty ones, remarks behind `#`.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] where a line is something else, or there is no identity.
    pub fn parse(text: &str) -> Result<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let identities: Result<Vec<_>, _> = lines.map(str::parse).collect();
        match identities {
            Ok(identities) if !identities.is_empty() => Ok(Self(identities)),
            _ => Err(VaultError::Invalid("no identities of age; age-keygen makes one".to_owned())),
        }
    }
}

/// Nothing of them.
impl std::fmt::Debug for Identities {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identities({})", self.0.len())
    }
}

/// What a new role is to be locked with.
#[derive(Clone, Debug)]
pub enum Lock {
    /// A passphrase.
    Passphrase(Passphrase, Costs),
    /// Each of these alone can open it.
    Recipients(Vec<Recipient>),
}

/// What a role is opened with.
#[derive(Debug)]
pub enum Opener {
    /// A passphrase.
    Passphrase(Passphrase),
    /// Identities, of which one has to fit.
    Identities(Identities),
}

impl Opener {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Passphrase(_) => "passphrase",
            Self::Identities(_) => "identity",
        }
    }
}

/// A locked secret as it is kept.
pub(crate) struct Locked {
    pub(crate) kind: Kind,
    pub(crate) parameters: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Passphrase = 1,
    Age = 2,
}

impl Lock {
    /// Locks a secret. `belongs` is what it is bound to.
    pub(crate) fn lock(&self, belongs: &[&[u8]], secret: &[u8]) -> Result<Locked> {
        match self {
            Self::Passphrase(passphrase, costs) => {
                if passphrase.0.chars().count() < SHORTEST_PASSPHRASE {
                    return Err(VaultError::Invalid(format!("a passphrase has {SHORTEST_PASSPHRASE} characters at least")));
                }
                let salt = random::<16>()?;
                let writer = Writer::default().number(costs.memory.into()).number(costs.passes.into());
                let parameters = writer.number(costs.lanes.into()).bytes(&salt).done().to_vec();
                let mut bound: Vec<&[u8]> = vec![b"subrosa lock 1", &parameters];
                bound.extend_from_slice(belongs);
                let sealed = seal(&costs.key(passphrase, &salt)?, &bound, secret)?;
                Ok(Locked { kind: Kind::Passphrase, parameters, sealed })
            }
            Self::Recipients(recipients) => {
                // Age has no associated data: what the secret belongs to is sealed with it.
                let bound = crate::wire::bind(belongs);
                let plain = Writer::with_room(16 + bound.len() + secret.len()).bytes(&bound).bytes(secret).done();
                let recipients = recipients.iter().map(|recipient| &recipient.0 as &dyn age::Recipient);
                let encryptor = age::Encryptor::with_recipients(recipients)
                    .map_err(|_| VaultError::Invalid("a role needs a passphrase or a recipient".to_owned()))?;
                let mut sealed = Vec::new();
                let mut writer = encryptor.wrap_output(&mut sealed)?;
                writer.write_all(&plain)?;
                writer.finish()?;
                Ok(Locked { kind: Kind::Age, parameters: Vec::new(), sealed })
            }
        }
    }
}

impl Opener {
    /// The secret; nothing where this does not open it.
    pub(crate) fn open(&self, locked: &Locked, belongs: &[&[u8]]) -> Result<Option<Zeroizing<Vec<u8>>>> {
        match (self, locked.kind) {
            (Self::Passphrase(passphrase), Kind::Passphrase) => {
                let mut reader = Reader(&locked.parameters);
                let read = (reader.small(), reader.small(), reader.small(), reader.array::<16>());
                let (Some(memory), Some(passes), Some(lanes), Some(salt)) = read else {
                    return Err(VaultError::Tampered("the lock of a role".to_owned()));
                };
                let key = Costs { memory, passes, lanes }.key(passphrase, &salt)?;
                let mut bound: Vec<&[u8]> = vec![b"subrosa lock 1", &locked.parameters];
                bound.extend_from_slice(belongs);
                Ok(open(&key, &bound, &locked.sealed))
            }
            (Self::Identities(identities), Kind::Age) => Ok(identities.open(&locked.sealed).and_then(|plain| {
                let mut reader = Reader(&plain);
                let bound = reader.bytes()? == crate::wire::bind(belongs);
                let secret = reader.bytes()?;
                bound.then(|| Zeroizing::new(secret.to_vec()))
            })),
            _ => Ok(None),
        }
    }
}

impl Identities {
    fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let decryptor = age::Decryptor::new(sealed).ok()?;
        let identities = self.0.iter().map(|identity| identity as &dyn age::Identity);
        // No lock is longer; room from the start, so that growing leaves no copies.
        let mut plain = Zeroizing::new(Vec::with_capacity(1024));
        let read = decryptor.decrypt(identities).ok()?.take(1024).read_to_end(&mut plain);
        if read.is_err() {
            plain.zeroize();
        }
        read.is_ok().then_some(plain)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use age::secrecy::ExposeSecret as _;

    pub(crate) const CHEAP: Costs = Costs { memory: 64, passes: 1, lanes: 1 };

    /// An identity as `age-keygen` writes it, and its recipient.
    pub(crate) fn identity() -> (String, Recipient) {
        let identity = age::x25519::Identity::generate();
        let text = format!("# made by a test\n{}\n", identity.to_string().expose_secret());
        (text, Recipient::parse(&identity.to_public().to_string()).unwrap())
    }

    #[test]
    fn a_passphrase_opens_what_it_locked_and_nothing_else() {
        let lock = Lock::Passphrase(Passphrase::new("correct horse battery\n"), CHEAP);
        let locked = lock.lock(&[b"vault", b"owner"], b"secret").unwrap();
        let open = |text: &str, belongs: &[&[u8]]| Opener::Passphrase(Passphrase::new(text)).open(&locked, belongs).unwrap();
        assert_eq!(open("correct horse battery", &[b"vault", b"owner"]).unwrap().as_slice(), b"secret");
        assert!(open("correct horse batterY", &[b"vault", b"owner"]).is_none());
        assert!(open("correct horse battery", &[b"vault", b"clerk"]).is_none());
        assert!(open("correct horse battery", &[b"other", b"owner"]).is_none());
    }

    #[test]
    fn a_passphrase_is_the_same_however_its_accents_are_written() {
        assert_eq!(*Passphrase::new("cafe\u{301} au lait").0, *Passphrase::new("café au lait\r\n").0);
    }

    #[test]
    fn each_recipient_opens_alone() {
        let ((one, to_one), (two, to_two), (other, _)) = (identity(), identity(), identity());
        let locked = Lock::Recipients(vec![to_one, to_two]).lock(&[b"vault"], b"secret").unwrap();
        let open =
            |text: &str, belongs: &[&[u8]]| Opener::Identities(Identities::parse(text).unwrap()).open(&locked, belongs).unwrap();
        assert_eq!(open(&one, &[b"vault"]).unwrap().as_slice(), b"secret");
        assert_eq!(open(&format!("{other}{two}"), &[b"vault"]).unwrap().as_slice(), b"secret");
        assert!(open(&other, &[b"vault"]).is_none());
        assert!(open(&one, &[b"other vault"]).is_none());
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert!(Recipient::parse("age1nothing").is_err());
        assert!(Identities::parse("# nothing\n").is_err());
        assert!(Identities::parse("AGE-SECRET-KEY-1NOTHING").is_err());
        assert!(Lock::Recipients(Vec::new()).lock(&[], b"").is_err());
        assert!(Lock::Passphrase(Passphrase::new("short"), CHEAP).lock(&[], b"").is_err());
        let locked = Locked { kind: Kind::Passphrase, parameters: vec![255; 48], sealed: vec![0; 80] };
        assert!(Opener::Passphrase(Passphrase::new("anything at all")).open(&locked, &[]).is_err(), "costs beyond reason");
    }

    #[test]
    fn debug_shows_nothing() {
        let shown = format!("{:?}", Lock::Passphrase(Passphrase::new("canary canary"), Costs::default()));
        assert!(!shown.contains("canary"));
    }
}
