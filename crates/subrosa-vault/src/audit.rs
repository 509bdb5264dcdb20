//! The audit log: who did what to which document, when, under which policy, and on what ground.
//!
//! A log is a file of lines. Each line is one [`Entry`] in JSON; it holds the SHA-256 of the line before it and an Ed25519
//! signature over itself. Whoever has the public keys can tell that no entry was changed, moved, taken out or put in. That
//! entries are missing at the end shows only to somebody who knows how far the log had come: an [`Anchor`] keeps its [`Head`]
//! elsewhere, in the vault say, and a head written down on paper serves as well.
//!
//! # The line
//!
//! ```text
//! {"v":1,"seq":7,"time":"2026-03-01T09:30:00Z","actor":"billing","action":"redact","subjects":[…],"counts":{…},
//!  "reason":"…","policy":"<64 hex>","prev":"<64 hex>","key":"<32 hex>","sig":"<128 hex>"}
//! ```
//!
//! in one line without white space, the fields in this order, `reason` and `policy` left out when there is none, the names in
//! `counts` sorted by bytes. Texts are UTF-8; only `"`, `\` and the control characters below U+0020 are escaped, the latter as `\b`,
//! `\t`, `\n`, `\f`, `\r` or `\u00xx` in lower case. This is the only writing of an entry: a line that says the same otherwise is
//! taken for a forgery. So the log's bytes are its canonical form, and a change of any one of them shows.
//!
//! - `prev`: SHA-256 (FIPS 180-4) of the line before, without its line end; 64 zeros in the first entry.
//! - `key`: the first 16 bytes of the SHA-256 of the signer's public key (32 bytes, RFC 8032), see [`key_id`].
//! - `sig`: Ed25519 (RFC 8032, section 5.1) over `subrosa audit entry 1`, a line feed, and the line without the field `sig`:
//!   from its first `{` to the end of `key`'s value, and `}`.
//!
//! The schema is `docs/schemas/audit.v1.json`.
//!
//! # Crashes
//!
//! An entry is written at once, flushed to the disk, and counts when its line end is there. A process that is killed while
//! it writes leaves the beginning of an entry behind the last line end: a *torn* line. It is told from forgery by its being
//! the beginning of just the entry that would have come next. The next append cuts it off and says so in an entry of its own,
//! [`REPAIR`], with its length and hash. A whole entry that only lacks its line end is not cut off; it gets one.
//!
//! Appends from several processes queue for a lock on the file (`flock` or the system's like). The lock is advisory: it keeps
//! this program's processes apart, not a forger out.
//!
//! # What it does not do
//!
//! It keeps nobody from deleting the file, only from doing so unseen where there is an anchor. It does not know whether the
//! clock was right. It takes what it is told: whoever calls it sees to it that subjects and reasons hold no values.

mod append;
mod entry;
mod head;
mod read;
mod tail;
mod time;
mod verify;

use std::path::PathBuf;

pub use append::Appended;
pub use entry::{Entry, KeyId, Record, Subject, key_id};
pub use head::{Anchor, Hash, Head, InvalidHead};
pub use read::Entries;
pub use time::{InvalidTime, Time};
pub use verify::{Fault, Verified};

/// The action of the entry that tells of a torn line. Only [`Log::append`] writes it.
pub const REPAIR: &str = "repair";

/// Most bytes of a line. A run over more files than fit names its report instead, which lists them.
pub const LONGEST: usize = 1 << 20;

/// A log at a path. The file is made by the first append, for its owner's eyes only.
#[derive(Clone, Debug)]
pub struct Log {
    path: PathBuf,
}

impl Log {
    /// The log in this file.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

/// Why the log was not read, or nothing was appended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuditError {
    /// The system said no.
    #[error("cannot {doing} the audit log")]
    Io {
        /// What was tried: `open`, `read`, `lock`, `write`.
        doing: &'static str,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The log is not as it was written.
    #[error("line {line}: {fault}")]
    Broken {
        /// The line, from 1. Where entries were taken out, the first after them.
        line: u64,
        /// What is wrong with it.
        fault: Fault,
    },
    /// What was to be recorded cannot be.
    #[error("no entry: {0}")]
    Invalid(String),
    /// The place where the head is kept gave an error.
    #[error("the head of the audit log: {0}")]
    Anchor(String),
}

impl AuditError {
    fn io(doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { doing, source }
    }
}
