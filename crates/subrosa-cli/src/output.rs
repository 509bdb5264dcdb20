//! Writing files so that nobody ever sees half of one.
//!
//! A file is written under another name in its own folder and renamed when it is whole. An existing file is replaced only
//! when the caller says so.

use std::fs::Permissions;
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file, making the folders above it.
///
/// # Errors
/// As the system says; [`io::ErrorKind::AlreadyExists`] when there is a file and `replace` is false.
pub fn write(path: &Path, bytes: &[u8], replace: bool, permissions: Option<Permissions>) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".subrosa-").suffix(".partial").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.flush()?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    let renamed = if replace { file.persist(path) } else { file.persist_noclobber(path) };
    renamed.map(drop).map_err(|error| error.error)
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
        write(&path, b"one", false, None).unwrap();
        assert_eq!(write(&path, b"two", false, None).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        write(&path, b"two", true, None).unwrap();
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
