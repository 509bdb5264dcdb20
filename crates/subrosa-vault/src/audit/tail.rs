//! The end of a log: its last entry, and what stands behind it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use super::entry::Entry;
use super::head::{Hash, Head};
use super::verify::Fault;
use super::{AuditError, LONGEST};

/// What stands behind the last line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// Nothing.
    Nothing,
    /// The beginning of an entry that a process did not come to finish.
    Torn,
    /// All of the next entry but its line end.
    Unended,
}

impl Behind {
    /// What `rest` is, behind a log with this head. Nothing when no append leaves such bytes.
    pub(super) fn of(rest: &[u8], head: &Head) -> Option<Self> {
        if rest.is_empty() {
            return Some(Self::Nothing);
        }
        if Entry::parse(rest).is_some_and(|entry| Some(entry.seq) == head.count.checked_add(1) && entry.prev == head.hash) {
            return Some(Self::Unended);
        }
        // A file system may have lengthened the file before the bytes came.
        let begins = format!("{{\"v\":1,\"seq\":{},\"time\":\"", head.count.checked_add(1)?);
        let is_beginning = begins.as_bytes().iter().zip(rest).all(|(should, is)| should == is);
        (rest.len() <= LONGEST && (is_beginning || rest.iter().all(|byte| *byte == 0))).then_some(Self::Torn)
    }
}

/// The end of a log.
pub(super) struct Tail {
    /// The last whole entry.
    pub(super) head: Head,
    /// What follows it.
    pub(super) behind: Behind,
    /// Its bytes.
    pub(super) rest: Vec<u8>,
    /// Where it begins.
    pub(super) end: u64,
}

/// Looks at the end of the file only, however long the log is.
pub(super) fn tail(file: &mut File) -> Result<Tail, AuditError> {
    let length = file.metadata().map_err(AuditError::io("read"))?.len();
    let (bytes, from) = last_lines(file, length).map_err(AuditError::io("read"))?;
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (lines, rest) = bytes.split_at(whole);
    let line = lines.strip_suffix(b"\n").unwrap_or_default();
    let line = line.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let broken = |line, fault| AuditError::Broken { line, fault };
    let head = if lines.is_empty() && from == 0 {
        Head::default()
    } else {
        // The number of a line that cannot be read is not known from the end.
        let entry = Entry::parse(line).ok_or_else(|| broken(count_lines(file).unwrap_or_default(), Fault::Unreadable))?;
        Head { count: entry.seq, hash: Hash::of(line) }
    };
    let behind = Behind::of(rest, &head).ok_or_else(|| broken(head.count.saturating_add(1), Fault::Unreadable))?;
    Ok(Tail { head, behind, rest: rest.to_vec(), end: from + whole as u64 })
}

/// The last bytes of the file, with at least the last whole line and what follows it, and where they begin.
fn last_lines(file: &mut File, length: u64) -> io::Result<(Vec<u8>, u64)> {
    let most = 2 * LONGEST as u64 + 2;
    let mut wanted = 1 << 14;
    loop {
        let from = length.saturating_sub(wanted);
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.by_ref().take(wanted).read_to_end(&mut bytes)?;
        let lines = bytes.split(|byte| *byte == b'\n').count();
        if from == 0 || lines > 2 || wanted >= most {
            return Ok((bytes, from));
        }
        wanted = (wanted * 4).min(most);
    }
}

fn count_lines(file: &mut File) -> io::Result<u64> {
    file.seek(SeekFrom::Start(0))?;
    let mut lines = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(lines);
        }
        lines += buffer.get(..read).unwrap_or_default().split(|byte| *byte == b'\n').count() as u64 - 1;
    }
}
