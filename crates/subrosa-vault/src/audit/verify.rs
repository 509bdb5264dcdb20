//! Whether a log is as it was written.

use std::collections::BTreeMap;

use ed25519_dalek::VerifyingKey;

use super::entry::{Entry, KeyId};
use super::head::{Hash, Head};
use super::read::Entries;
use super::tail::Behind;
use super::time::Time;
use super::{AuditError, Log, REPAIR};

/// What is wrong with a log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The line is no entry, or one in another writing.
    #[error("it was changed: it is not written as entries are")]
    Unreadable,
    /// Nobody who is trusted has this key.
    #[error("it is signed with the key {key}, which is not among those to trust")]
    UnknownKey {
        /// The key's id.
        key: KeyId,
    },
    /// The signature is not over this entry.
    #[error("it was changed: its signature does not hold")]
    Signature,
    /// Entries were taken out, put in, or moved.
    #[error("it is entry {found}, not {expected}: entries were taken out, put in or moved")]
    Order {
        /// The number that should stand here.
        expected: u64,
        /// The number that does.
        found: u64,
    },
    /// The entry was written behind another one than stands before it.
    #[error("it does not follow from the entry before it: entries were replaced")]
    Chain,
    /// The log is shorter than it was.
    #[error("the log ends before entry {}, which it had: entries were cut off, or an older copy was put in its place", head.count)]
    RolledBack {
        /// The head that the log had.
        head: Head,
    },
    /// The log is another one than it was.
    #[error("entry {} is not the one that stood there: the log was replaced", head.count)]
    OtherHistory {
        /// The head that the log had.
        head: Head,
    },
}

/// A log that is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How far it has come.
    pub head: Head,
    /// Bytes behind the last entry that a killed process left. They belong to no entry; the next append cuts them off.
    pub torn: u64,
    /// Torn lines that were cut off.
    pub repairs: u64,
    /// The first and the last time in it.
    pub times: Option<(Time, Time)>,
    /// Entries that claim to be older than the one before them: somebody's clock was wrong.
    pub out_of_time: u64,
    /// Entries by the key that signed them.
    pub keys: BTreeMap<KeyId, u64>,
}

impl Log {
    /// Reads the whole log and checks every entry. With `head`, also that the log went through it.
    ///
    /// # Errors
    /// [`AuditError::Broken`] with the first line that is not as it was written, and what the system says.
    pub fn verify(&self, trusted: &[VerifyingKey], head: Option<&Head>) -> Result<Verified, AuditError> {
        let mut lines = Entries::lines(&self.path)?;
        lines.lock()?;
        let mut verified =
            Verified { head: Head::default(), torn: 0, repairs: 0, times: None, out_of_time: 0, keys: BTreeMap::new() };
        for line in lines.by_ref() {
            let (number, line) = line?;
            let entry = next(&line, &verified.head, trusted);
            let entry = entry.map_err(|fault| AuditError::Broken { line: number, fault })?;
            verified.note(&entry, &line);
            if let Some(head) = head.filter(|head| head.count == number && head.hash != verified.head.hash) {
                return Err(AuditError::Broken { line: number, fault: Fault::OtherHistory { head: *head } });
            }
        }
        let after = verified.head.count.saturating_add(1);
        let rest = std::mem::take(&mut lines.rest);
        match Behind::of(&rest, &verified.head) {
            Some(Behind::Nothing) => {}
            Some(Behind::Torn) => verified.torn = rest.len() as u64,
            Some(Behind::Unended) => {
                // Nobody was told that this entry is in the log. If it is genuine it will be.
                let entry = next(&rest, &verified.head, trusted);
                entry.map_err(|fault| AuditError::Broken { line: after, fault })?;
                verified.torn = rest.len() as u64;
            }
            None => return Err(AuditError::Broken { line: after, fault: Fault::Unreadable }),
        }
        match head {
            // An entry that only lacks its end was told of where the process died between its last steps.
            Some(head) if head.count == after && head.hash == Hash::of(&rest) => Ok(verified),
            Some(head) if head.count > verified.head.count => {
                Err(AuditError::Broken { line: after, fault: Fault::RolledBack { head: *head } })
            }
            Some(head) if head.count == 0 && head.hash != Hash::default() => {
                Err(AuditError::Broken { line: 1, fault: Fault::OtherHistory { head: *head } })
            }
            _ => Ok(verified),
        }
    }
}

/// The entry on a line that should follow `head`.
fn next(line: &[u8], head: &Head, trusted: &[VerifyingKey]) -> Result<Entry, Fault> {
    let entry = Entry::parse(line).ok_or(Fault::Unreadable)?;
    entry.is_signed(line, trusted)?;
    let expected = head.count.saturating_add(1);
    if entry.seq != expected {
        return Err(Fault::Order { expected, found: entry.seq });
    }
    if entry.prev == head.hash { Ok(entry) } else { Err(Fault::Chain) }
}

impl Verified {
    fn note(&mut self, entry: &Entry, line: &[u8]) {
        self.head = Head { count: entry.seq, hash: Hash::of(line) };
        self.repairs += u64::from(entry.action == REPAIR);
        *self.keys.entry(entry.key).or_default() += 1;
        match &mut self.times {
            None => self.times = Some((entry.time.clone(), entry.time.clone())),
            Some((_, last)) => {
                self.out_of_time += u64::from(entry.time < *last);
                last.clone_from(&entry.time);
            }
        }
    }
}
