//! Vault.
pub mod audit;
mod authority;
mod backup;
mod code;
mod codes;
mod database;
mod erase;
mod error;
mod file;
mod hatch;
mod keyring;
mod lock;
mod records;
mod restoring;
mod role;
mod rotate;
mod rows;
mod seal;
mod signer;
mod stats;
#[cfg(test)]
mod tests;
mod vault;
mod wire;

pub use erase::Erased;
pub use error::{Result, VaultError};
pub use lock::{Costs, Identities, Lock, Opener, Passphrase, Recipient, SHORTEST_PASSPHRASE};
pub use restoring::{Answer, Record, RestoreEvent, Restoring};
pub use role::{ALL_CATEGORIES, Abilities, Ability, Categories, OWNER, RoleInfo};
pub use signer::{AuditHead, Signer};
pub use stats::Stats;
pub use vault::Vault;
