//! Why a document was not read or written.

/// Why a document is refused as a whole. Nothing is written for it.
///
/// The texts go to reports and terminals: they name the part and the reason, never a value from the document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No format claims the bytes.
    #[error("unsupported kind of file: {0}")]
    Unsupported(String),
    /// A password is needed, or a protection would be lost.
    #[error("encrypted: {0}")]
    Encrypted(String),
    /// The file breaks its own format, so that nobody can say what it holds.
    #[error("damaged: {part}: {reason}")]
    Damaged {
        /// The part of the file: `word/document.xml`, `object 12`, `line 7`.
        part: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The encoding of the text cannot be told for certain.
    #[error("unknown encoding: {0}")]
    UnknownEncoding(String),
    /// A part may hold text that cannot be read: an image-only page, a glyph without meaning.
    #[error("cannot be inspected: {part}: {reason}")]
    Uninspectable {
        /// The part of the file.
        part: String,
        /// Why it cannot be read.
        reason: String,
    },
    /// A limit was passed.
    #[error("over the limit: {0}")]
    Limit(String),
    /// The written document still held a removed value. It was thrown away.
    #[error("residue: a removed value is still in {part}")]
    Residue {
        /// The part of the written file.
        part: String,
    },
    /// A value could not be treated as the policy says: the vault cannot be reached, say.
    #[error("a value cannot be treated: {0}")]
    Untreated(String),
    /// The decisions that are to be carried out are not of this document, or cannot be.
    #[error("plan: {0}")]
    Plan(String),
    /// A bug here, not in the file.
    #[error("internal error: {0}")]
    Internal(String),
}

impl Refusal {
    /// Shorthand for [`Refusal::Damaged`].
    pub fn damaged(part: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Damaged { part: part.into(), reason: reason.into() }
    }

    /// Shorthand for [`Refusal::Uninspectable`].
    pub fn uninspectable(part: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Uninspectable { part: part.into(), reason: reason.into() }
    }

    /// One word for tables and reports: `unsupported`, `encrypted`, `damaged`, `encoding`, `uninspectable`, `limit`,
    /// `residue`, `untreated`, `plan`, `internal`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unsupported(_) => "unsupported",
            Self::Encrypted(_) => "encrypted",
            Self::Damaged { .. } => "damaged",
            Self::UnknownEncoding(_) => "encoding",
            Self::Uninspectable { .. } => "uninspectable",
            Self::Limit(_) => "limit",
            Self::Residue { .. } => "residue",
            Self::Untreated(_) => "untreated",
            Self::Plan(_) => "plan",
            Self::Internal(_) => "internal",
        }
    }
}
