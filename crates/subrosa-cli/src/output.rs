//! Writing files so that nobody ever sees half of one.
//!
//! A file is written under another name in its own folder and renamed when it is whole. An existing file is replaced only
//! when the caller says so.

use std::fs::Permissions;
use std::io::{self, BufWriter, Seek as _, Write};
use std::path::{Path, PathBuf};

use subrosa_core::report::Encrypted;
use tempfile::NamedTempFile;

use crate::encrypt::{Encryption, Sealing};

/// An output that nobody sees until it is whole.
pub struct Draft {
    file: Sink,
    /// Stdout when nothing.
    path: Option<PathBuf>,
}

/// What a draft is written to.
enum Sink {
    Plain(BufWriter<NamedTempFile>),
    Sealed(Box<Sealing>),
}

impl Draft {
    /// A file to be, next to where it will stand. Makes the folders above it.
    ///
    /// # Errors
    /// As the system says.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let file = tempfile::Builder::new().prefix(".subrosa-").suffix(".partial").tempfile_in(folder)?;
        Ok(Self { file: Sink::Plain(BufWriter::new(file)), path: Some(path.to_owned()) })
    }

    /// What is to go to stdout, which cannot be taken back either.
    ///
    /// # Errors
    /// As the system says.
    pub fn of_stdout() -> io::Result<Self> {
        Ok(Self { file: Sink::Plain(BufWriter::new(NamedTempFile::new()?)), path: None })
    }

    /// Encrypts what is written from now on, which has to be all of it.
    ///
    /// # Errors
    /// As the system says.
    pub fn sealed(self, encryption: &Encryption) -> io::Result<Self> {
        let file = match self.file {
            Sink::Plain(file) => Sink::Sealed(Box::new(encryption.seal(file)?)),
            sealed @ Sink::Sealed(_) => sealed,
        };
        Ok(Self { file, ..self })
    }

    /// Puts the output in its place, and says of an encrypted one how it stands there.
    ///
    /// # Errors
    /// As the system says; [`io::ErrorKind::AlreadyExists`] when there is a file and `replace` is false.
    pub fn commit(self, replace: bool, permissions: Option<Permissions>) -> io::Result<Option<Encrypted>> {
        let (file, encrypted) = match self.file {
            Sink::Plain(file) => (file, None),
            Sink::Sealed(sealing) => sealing.finish().map(|(file, encrypted)| (file, Some(encrypted)))?,
        };
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        let Some(path) = self.path else {
            file.rewind()?;
            let mut stdout = io::stdout().lock();
            io::copy(&mut file, &mut stdout)?;
            return stdout.flush().map(|()| encrypted);
        };
        let renamed = if replace { file.persist(path) } else { file.persist_noclobber(path) };
        let file = renamed.map_err(|error| error.error)?;
        // Only now: a draft that is left behind is private. Where the system knows no permissions, the output stays so.
        if let Some(permissions) = permissions {
            file.set_permissions(permissions).ok();
        }
        Ok(encrypted)
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Sink::Plain(file) => file.write(bytes),
            Sink::Sealed(sealing) => sealing.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.file {
            Sink::Plain(file) => file.flush(),
            Sink::Sealed(sealing) => sealing.flush(),
        }
    }
}

/// Writes a file at once.
///
/// # Errors
/// As [`Draft::commit`].
pub fn write(path: &Path, bytes: &[u8], replace: bool) -> io::Result<()> {
    let mut draft = Draft::of_file(path)?;
    draft.write_all(bytes)?;
    draft.commit(replace, None).map(drop)
}

/// Whether an error only says that the reader of our output went away.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind)
                == Some(io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests read files")]
mod tests {
    use super::*;

    #[test]
    fn replaces_only_when_told_to_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.txt");
        write(&path, b"one", false).unwrap();
        assert_eq!(write(&path, b"two", false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        write(&path, b"two", true).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_broken_pipe_is_told_from_other_errors() {
        let pipe = || io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(is_broken_pipe(&anyhow::Error::new(pipe()).context("cannot write")));
        assert!(is_broken_pipe(&anyhow::Error::new(serde_json::Error::io(pipe()))));
        assert!(!is_broken_pipe(&anyhow::anyhow!("something else")));
    }
}
