//! Vault.
mod authority;
mod code;
mod codes;
mod database;
mod error;
mod file;
mod hatch;
mod keyring;
mod lock;
mod role;
mod rows;
mod seal;
mod stats;
#[cfg(test)]
mod tests;
mod vault;
mod wire;

pub use error::{Result, VaultError};
pub use lock::{Costs, Identities, Lock, Opener, Passphrase, Recipient};
pub use role::{Abilities, Ability, Categories, OWNER, RoleInfo};
pub use stats::Stats;
pub use vault::Vault;
