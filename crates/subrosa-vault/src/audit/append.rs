//! Appending.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

use ed25519_dalek::SigningKey;

use super::entry::{Entry, Record, Subject};
use super::head::{Anchor, Hash, Head};
use super::read::Entries;
use super::tail::{Behind, tail};
use super::verify::Fault;
use super::{AuditError, Log, REPAIR};

/// What an append did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The log's new head.
    pub head: Head,
    /// Bytes of a torn line that were cut off first.
    pub cut: u64,
}

impl Log {
    /// Appends an entry and waits until it is on the disk. Waits for other processes that append to the same file.
    ///
    /// Checks the end of the log and the anchor, not the whole log: time does not grow with it.
    ///
    /// # Errors
    /// What the system says; [`AuditError::Broken`] when the end of the log is forged or the log does not hold the head that the
    /// anchor remembers; [`AuditError::Invalid`] for a record that cannot be one. The log is then as it was.
    pub fn append(&self, record: Record, key: &SigningKey, anchor: Option<&dyn Anchor>) -> Result<Appended, AuditError> {
        let mut file = self.open()?;
        let tail = tail(&mut file)?;
        let mut head = tail.head;
        let mut bytes = Vec::new();
        let mut from = tail.end;
        let mut cut = 0;
        match tail.behind {
            Behind::Nothing => {}
            Behind::Unended => {
                from += tail.rest.len() as u64;
                bytes.push(b'\n');
                head = Head { count: head.count + 1, hash: Hash::of(&tail.rest) };
            }
            Behind::Torn => {
                cut = tail.rest.len() as u64;
                let repair = repair(&record, &tail.rest);
                head = add(&mut bytes, &Entry::signed(repair, &head, key)?)?;
            }
        }
        if let Some(anchor) = anchor {
            let held = anchor.head().map_err(AuditError::Anchor)?;
            // A line that was cut off or ended just now is after anything that an anchor was told of.
            held.map_or(Ok(()), |held| self.holds(&held, &tail.head, &tail.rest))?;
        }
        head = add(&mut bytes, &Entry::signed(record, &head, key)?)?;
        write(&mut file, from, &bytes).map_err(|error| {
            // What a full disk took of the entry goes again; if that fails too, it is a torn line.
            drop(file.set_len(from).and_then(|()| file.sync_all()));
            AuditError::Io { doing: "write", source: error }
        })?;
        if let Some(anchor) = anchor {
            anchor.advance(&head).map_err(AuditError::Anchor)?;
        }
        Ok(Appended { head, cut })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether an append would find its way, without one: the file can be written and its end is as it should be.
    ///
    /// # Errors
    /// As [`Log::append`].
    pub fn check(&self) -> Result<Head, AuditError> {
        let mut file = self.open()?;
        Ok(tail(&mut file)?.head)
    }

    /// Opens the file under the lock that appends take, and makes it where there is none.
    fn open(&self) -> Result<File, AuditError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        // Not by `create` alone: whether the folder has to be flushed, too, depends on it.
        let file = match options.open(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let made = owners(&mut options).create(true).open(&self.path);
                made.and_then(|file| flush_folder(&self.path).map(|()| file))
            }
            opened => opened,
        };
        let file = file.map_err(AuditError::io("open"))?;
        file.lock().map_err(AuditError::io("lock"))?;
        Ok(file)
    }

    /// Whether the log goes through a head.
    fn holds(&self, held: &Head, last: &Head, rest: &[u8]) -> Result<(), AuditError> {
        let other = |line| AuditError::Broken { line, fault: Fault::OtherHistory { head: *held } };
        let unended = Head { count: last.count.saturating_add(1), hash: Hash::of(rest) };
        if held == last || held.count == 0 || (*held == unended && !rest.is_empty()) {
            return Ok(());
        }
        if held.count > last.count {
            return Err(AuditError::Broken { line: last.count.saturating_add(1), fault: Fault::RolledBack { head: *held } });
        }
        for line in Entries::lines(&self.path)? {
            let (number, line) = line?;
            if number == held.count {
                return if Hash::of(&line) == held.hash { Ok(()) } else { Err(other(number)) };
            }
        }
        Err(other(last.count))
    }
}

/// Adds the line of an entry, and gives the head that it makes.
fn add(bytes: &mut Vec<u8>, entry: &Entry) -> Result<Head, AuditError> {
    let line = entry.line()?;
    bytes.extend_from_slice(line.as_bytes());
    bytes.push(b'\n');
    Ok(Head { count: entry.seq, hash: Hash::of(line.as_bytes()) })
}

/// What tells of a torn line, in the name of who found it.
fn repair(of: &Record, torn: &[u8]) -> Record {
    Record {
        time: of.time.clone(),
        actor: of.actor.clone(),
        action: REPAIR.to_owned(),
        subjects: vec![Subject { name: "torn line".to_owned(), sha256_in: Some(Hash::of(torn)), ..Subject::default() }],
        counts: BTreeMap::from([("bytes".to_owned(), torn.len() as u64)]),
        reason: None,
        policy: None,
    }
}

fn write(file: &mut File, from: u64, bytes: &[u8]) -> std::io::Result<()> {
    file.set_len(from)?;
    file.seek(SeekFrom::Start(from))?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
fn owners(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600)
}

#[cfg(not(unix))]
fn owners(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Makes a new file's name last.
#[cfg(unix)]
fn flush_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    OpenOptions::new().read(true).open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn flush_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}
