//! The rows of a vault as its database keeps them: sealed, tagged and signed already. No file here knows a key.

use crate::lock::Locked;

/// Bytes of a tag or proof: an HMAC cut to 128 bits.
pub(crate) type Tag = [u8; 16];

/// A code and the value it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Given by the database.
    pub(crate) id: i64,
    pub(crate) category: String,
    pub(crate) epoch: u32,
    /// Finds it by its identity.
    pub(crate) tag: Tag,
    pub(crate) code: String,
    /// When it was made, in days since 1970.
    pub(crate) day: u32,
    /// The seal that its value is under.
    pub(crate) seal: i64,
    pub(crate) sealed: Vec<u8>,
    /// Shows who may look it up but not open it that tag and code belong together.
    pub(crate) proof: Tag,
}

/// Half of an agreement on a key, which seals the rows that one process wrote.
pub(crate) struct SealRow {
    pub(crate) epoch: u32,
    pub(crate) category: String,
    pub(crate) half: [u8; 32],
}

/// The public side of a category.
pub(crate) struct CategoryRow {
    pub(crate) epoch: u32,
    pub(crate) name: String,
    pub(crate) slot: [u8; 32],
    pub(crate) signature: [u8; 64],
}

/// What is known of an output: which categories were removed from it, how often.
#[derive(Clone)]
pub(crate) struct OutputRow {
    pub(crate) id: i64,
    pub(crate) tag: Tag,
    pub(crate) epoch: u32,
    pub(crate) day: u32,
    pub(crate) sealed: Vec<u8>,
}

/// What was removed from an output, of one category.
#[derive(Clone)]
pub(crate) struct RemovedRow {
    pub(crate) id: i64,
    /// The output's.
    pub(crate) output: i64,
    pub(crate) category: String,
    pub(crate) epoch: u32,
    pub(crate) seal: i64,
    pub(crate) sealed: Vec<u8>,
}

/// A role.
#[derive(Clone)]
pub(crate) struct RoleRow {
    pub(crate) name: String,
    pub(crate) abilities: i64,
    pub(crate) categories: String,
    /// Where its keyring is posted.
    pub(crate) slot: [u8; 32],
    pub(crate) verifying_key: [u8; 32],
    /// The keyring, posted.
    pub(crate) keyring: Vec<u8>,
    pub(crate) revoked: bool,
    pub(crate) day: u32,
    pub(crate) signature: [u8; 64],
}

/// A way to open a role.
pub(crate) struct LockRow {
    pub(crate) role: String,
    pub(crate) locked: Locked,
}
