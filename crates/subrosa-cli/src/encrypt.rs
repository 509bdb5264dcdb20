//! Outputs that only their recipients can read: age files (age-encryption.org/v1) for X25519 recipients.
//!
//! A document is encrypted on its way to the temporary file, so that its text is never on the disk. The report stays as it is:
//! it holds no values, and says of each file the hash of its content and that of the encrypted file.

use std::io::{self, BufWriter, Write};
use std::str::FromStr as _;

use age::x25519::Recipient;
use clap::Args;
use subrosa_core::report::Encrypted;
use tempfile::NamedTempFile;

use crate::hashed::Hashed;

/// What stands behind the name of an encrypted file.
pub const EXTENSION: &str = "age";

/// Whom outputs are encrypted to.
#[derive(Args)]
pub struct Encryption {
    /// Encrypt outputs to this age recipient (age1...), as NAME.age; may be given several times
    #[arg(long = "encrypt-to", value_name = "RECIPIENT", value_parser = recipient)]
    to: Vec<Recipient>,
}

fn recipient(text: &str) -> Result<Recipient, String> {
    Recipient::from_str(text).map_err(|_| "not an age recipient of the form age1...".to_owned())
}

impl Encryption {
    /// Whether outputs are to be encrypted.
    pub fn is_wanted(&self) -> bool {
        !self.to.is_empty()
    }

    /// What encrypts all that is written to it.
    ///
    /// # Errors
    /// As the system says.
    pub fn seal(&self, file: BufWriter<NamedTempFile>) -> io::Result<Sealing> {
        let recipients = self.to.iter().map(|recipient| recipient as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(recipients).map_err(|error| io::Error::other(error.to_string()))?;
        let stream = encryptor.wrap_output(Hashed::new(file))?;
        Ok(Sealing { stream, recipients: self.to.len() as u64 })
    }
}

/// A file that is being encrypted.
pub struct Sealing {
    stream: age::stream::StreamWriter<Hashed<BufWriter<NamedTempFile>>>,
    recipients: u64,
}

impl Sealing {
    /// Ends it: without this nobody can decrypt it.
    ///
    /// # Errors
    /// As the system says.
    pub fn finish(self) -> io::Result<(BufWriter<NamedTempFile>, Encrypted)> {
        let hashed = self.stream.finish()?;
        let encrypted = Encrypted { recipients: self.recipients, bytes: hashed.bytes, sha256: hashed.sha256() };
        Ok((hashed.into_inner(), encrypted))
    }
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
