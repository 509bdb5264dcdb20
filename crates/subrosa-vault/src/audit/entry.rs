//! One entry: what it says, how it is written, how it is signed.

use std::collections::BTreeMap;
use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::head::{Hash, Head, hex, unhex};
use super::time::Time;
use super::verify::Fault;
use super::{AuditError, LONGEST};

/// What is signed begins with this, so that no signature on an entry is one on anything else.
const CONTEXT: &[u8] = b"subrosa audit entry 1\n";

/// What is to be recorded. No field may hold a value of a document; of paths, those that reports have are to be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When.
    pub time: Time,
    /// Who, as a role or a person the log's readers know.
    pub actor: String,
    /// What was done: `redact`, `restore`, `vault grant`. Lower-case words.
    pub action: String,
    /// To what.
    pub subjects: Vec<Subject>,
    /// How much of what: findings by entity, decisions by kind.
    pub counts: BTreeMap<String, u64>,
    /// On what ground.
    pub reason: Option<String>,
    /// [`Policy::hash`] of the policy kept to.
    ///
    /// [`Policy::hash`]: https://docs.rs/subrosa-core/latest/subrosa_core/policy/struct.Policy.html#method.hash
    pub policy: Option<String>,
}

/// What something was done to: a document, a role, a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Its name: a path as the report has it, `role billing`.
    pub name: String,
    /// What became of it: `redacted`, `refused`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// SHA-256 of the file before, in lower-case hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256_in: Option<Hash>,
    /// SHA-256 of the file after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256_out: Option<Hash>,
}

/// An entry of the log. Its fields are in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Version of the format: 1.
    pub v: u32,
    /// Its number, from 1.
    pub seq: u64,
    /// When.
    pub time: Time,
    /// Who.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subjects: Vec<Subject>,
    /// How much of what.
    pub counts: BTreeMap<String, u64>,
    /// On what ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The policy's hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Hash>,
    /// SHA-256 of the line before; zeros in the first entry.
    pub prev: Hash,
    /// Who signed.
    pub key: KeyId,
    /// The signature, in lower-case hex.
    pub sig: String,
}

/// Which key signed: the first 16 bytes of the SHA-256 of the public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyId([u8; 16]);

/// The id of a public key.
pub fn key_id(key: &VerifyingKey) -> KeyId {
    let digest: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(key.as_bytes()).into();
    let mut id = [0; 16];
    id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    KeyId(id)
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<KeyId> for String {
    fn from(id: KeyId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for KeyId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        unhex(&text).map(Self).ok_or("a key id has 32 digits of lower-case hex")
    }
}

/// What stands between the signed part of a line and the signature.
const BEFORE_SIGNATURE: &str = ",\"sig\":\"";

impl Entry {
    /// The next entry after `head`, signed.
    pub(super) fn signed(record: Record, head: &Head, key: &SigningKey) -> Result<Self, AuditError> {
        check(&record)?;
        let Record { time, actor, action, subjects, counts, reason, policy } = record;
        let policy = policy.map(Hash::try_from).transpose();
        let policy = policy.map_err(|_| AuditError::Invalid("the policy's hash has 64 digits of lower-case hex".to_owned()))?;
        let seq = head.count.checked_add(1).ok_or_else(|| AuditError::Invalid("the log is full".to_owned()))?;
        let id = key_id(&key.verifying_key());
        let mut entry = Self {
            v: 1,
            seq,
            time,
            actor,
            action,
            subjects,
            counts,
            reason,
            policy,
            prev: head.hash,
            key: id,
            sig: String::new(),
        };
        let line = entry.line()?;
        let body = line.strip_suffix("\"}").and_then(|line| line.strip_suffix(BEFORE_SIGNATURE));
        let body = body.ok_or_else(|| AuditError::Invalid("it cannot be written".to_owned()))?;
        entry.sig = hex(&key.sign(&to_sign(body)).to_bytes());
        if entry.line()?.len() > LONGEST {
            return Err(AuditError::Invalid(format!("it has more than {LONGEST} bytes")));
        }
        Ok(entry)
    }

    /// The head of a log that ends in this entry.
    pub fn head(&self) -> Head {
        Head { count: self.seq, hash: self.line().map_or_else(|_| Hash::default(), |line| Hash::of(line.as_bytes())) }
    }

    /// The entry as it stands in the log, without the line end.
    ///
    /// # Errors
    /// [`AuditError::Invalid`], which no entry of a log gives.
    pub fn line(&self) -> Result<String, AuditError> {
        serde_json::to_string(self).map_err(|_| AuditError::Invalid("it cannot be written".to_owned()))
    }

    /// The entry on a line, if the line is its only writing.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let entry: Self = serde_json::from_slice(line).ok()?;
        (entry.v == 1 && entry.line().ok()?.as_bytes() == line).then_some(entry)
    }

    /// Whether the entry on this line was signed by one of these keys.
    pub(super) fn is_signed(&self, line: &[u8], trusted: &[VerifyingKey]) -> Result<(), Fault> {
        let key = trusted.iter().find(|key| key_id(key) == self.key).ok_or(Fault::UnknownKey { key: self.key })?;
        let body = std::str::from_utf8(line).ok().and_then(|line| line.strip_suffix("\"}"));
        let body =
            body.and_then(|line| line.strip_suffix(self.sig.as_str())).and_then(|line| line.strip_suffix(BEFORE_SIGNATURE));
        let (Some(body), Some(signature)) = (body, unhex::<64>(&self.sig)) else { return Err(Fault::Signature) };
        key.verify_strict(&to_sign(body), &Signature::from_bytes(&signature)).map_err(|_| Fault::Signature)
    }
}

/// The signed bytes of a line whose signature and closing brace are left off.
fn to_sign(body: &str) -> Vec<u8> {
    [CONTEXT, body.as_bytes(), b"}"].concat()
}

/// Whether a record can be one. Texts with line ends or other controls would be possible in JSON, but not in a table.
fn check(record: &Record) -> Result<(), AuditError> {
    let plain = |text: &str, most: usize| (1..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b' ' | b'-');
    let is_action = plain(&record.action, 64) && record.action.bytes().all(word) && !record.action.starts_with(' ');
    let objection = if !plain(&record.actor, 200) {
        "an actor has 1 to 200 characters and no control characters"
    } else if !is_action {
        "an action has 1 to 64 characters, lower-case words"
    } else if record.reason.as_deref().is_some_and(|reason| !plain(reason, 2000)) {
        "a reason has 1 to 2000 characters and no control characters"
    } else {
        return Ok(());
    };
    Err(AuditError::Invalid(objection.to_owned()))
}
