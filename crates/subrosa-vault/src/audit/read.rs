//! Reading a log, line by line.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use super::entry::Entry;
use super::verify::Fault;
use super::{AuditError, LONGEST, Log};

/// The entries of a log in order. What stands behind the last line end is left out.
pub struct Entries {
    lines: Lines,
}

/// The lines of a log with their numbers, from 1, without their ends; the last one only when it has an end.
pub(super) struct Lines {
    file: BufReader<File>,
    number: u64,
    /// What stood behind the last line end.
    pub(super) rest: Vec<u8>,
}

impl Log {
    /// The entries, as they stand there: signatures and order are for [`Log::verify`].
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn entries(&self) -> Result<Entries, AuditError> {
        Ok(Entries { lines: Entries::lines(&self.path)? })
    }
}

impl Entries {
    pub(super) fn lines(path: &Path) -> Result<Lines, AuditError> {
        let file = OpenOptions::new().read(true).open(path).map_err(AuditError::io("open"))?;
        Ok(Lines { file: BufReader::new(file), number: 0, rest: Vec::new() })
    }
}

impl Lines {
    /// Waits until nobody appends; others wait until this is dropped.
    pub(super) fn lock(&self) -> Result<(), AuditError> {
        match self.file.get_ref().lock_shared() {
            // Somewhere without locks nobody can append either.
            Err(error) if error.kind() == std::io::ErrorKind::Unsupported => Ok(()),
            locked => locked.map_err(AuditError::io("lock")),
        }
    }
}

impl Iterator for Lines {
    type Item = Result<(u64, Vec<u8>), AuditError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Vec::new();
        match self.file.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut line) {
            Err(error) => return Some(Err(AuditError::Io { doing: "read", source: error })),
            Ok(0) => return None,
            Ok(_) => {}
        }
        if line.pop_if(|byte| *byte == b'\n').is_some() {
            self.number += 1;
            return Some(Ok((self.number, line)));
        }
        if line.len() > LONGEST {
            return Some(Err(AuditError::Broken { line: self.number + 1, fault: Fault::Unreadable }));
        }
        self.rest = line;
        None
    }
}

impl Iterator for Entries {
    type Item = Result<Entry, AuditError>;

    fn next(&mut self) -> Option<Self::Item> {
        let parsed =
            |(line, bytes): (u64, Vec<u8>)| Entry::parse(&bytes).ok_or(AuditError::Broken { line, fault: Fault::Unreadable });
        self.lines.next().map(|line| line.and_then(parsed))
    }
}
