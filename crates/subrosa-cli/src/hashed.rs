//! Bytes counted and hashed on their way.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

use subrosa_core::hex::hex;

/// Counts and hashes what goes through.
pub struct Hashed<T> {
    inner: T,
    digest: Sha256,
    /// Bytes that went through.
    pub bytes: u64,
}

impl<T> Hashed<T> {
    /// Reads from, or writes to, `inner`.
    pub fn new(inner: T) -> Self {
        Self { inner, digest: Sha256::new(), bytes: 0 }
    }

    /// SHA-256 of what went through, in lower-case hex.
    pub fn sha256(&self) -> String {
        hex(self.digest.clone().finalize())
    }

    /// What is behind it.
    pub fn into_inner(self) -> T {
        self.inner
    }

    fn note(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
    }
}

impl<T: Read> Read for Hashed<T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.note(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

impl<T: Write> Write for Hashed<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.note(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
