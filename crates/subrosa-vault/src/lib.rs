//! Keeps which code stands for which value, so that documents can be shared with codes instead of names, and who may can have
//! the values back.
//!
//! A vault is one file: an SQLite database of rows that are sealed before they get there. Or it is the same rows on a PostgreSQL
//! server that a team shares ([`Location`]). Several processes can use it at once.
//! Whoever opens it has a *role*, with *abilities* (write, restore, administer) over *categories* (entities: `PERSON`,
//! `ACCOUNT_NUMBER`). What a role may not do it has no keys for, whatever program it uses.
//!
//! ```
//! use subrosa_core::entity::Entity;
//! use subrosa_core::store::{Ask, CodeForm, Store as _};
//! use subrosa_vault::{Answer, Costs, Lock, Passphrase, Vault};
//!
//! let folder = tempfile::tempdir()?;
//! let lock = Lock::Passphrase(Passphrase::new("correct horse battery staple"), Costs::default());
//! let vault = Vault::create(&folder.path().join("cases.vault"), &lock, ["PERSON"], 20_000)?;
//! let entity = &Entity::PERSON;
//! let ask = Ask { entity, identity: "janedoe", value: "Jane Doe", word: "CLIENT", form: CodeForm::Random };
//! let code = vault.code(&ask)?;
//! vault.flush()?;
//!
//! let mut restoring = vault.restoring("the client asked for her file")?;
//! assert!(matches!(restoring.value_of(&code)?, Answer::Value { value, .. } if value == "Jane Doe"));
//! let _for_the_audit_log = restoring.finish();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What protects against what
//!
//! *Somebody has the file and no secret.* They see how many codes there are and which, with their categories and the days they
//! were made on; names, abilities and categories of roles; how many outputs there are records of, and roughly how long each list
//! is. They see no value, and nothing made of one without a key, so guessing values leads nowhere. A passphrase can be guessed,
//! each try at the price of 64 MiB and some tenths of a second.
//!
//! *Somebody changes the file.* A row changed, swapped with another, or taken from another vault is noticed when it is used: a
//! value's seal is bound to vault, category, code, epoch, day and row (XChaCha20-Poly1305), a code to its look-up tag (HMAC), and
//! the state, the roles and the public keys of categories are signed by an administrator (Ed25519). A whole row can be deleted,
//! and then is missing; part of an output's record cannot be without being missed.
//!
//! *A role wants more than it was given.* Who may write gets a key that finds rows by their value, and a public key to seal
//! values with (X25519): such a role can tell whether a value it knows has a code, and cannot open anything. Who may restore gets
//! the private keys of its categories and can find nothing by value. Only administrators hold the root of all keys.
//!
//! *A role is revoked.* Everything is sealed with new keys, and what its keys opened is overwritten in the file. What it saw, and
//! copies of the file that it kept, stay open to it.
//!
//! *A process or the machine dies.* SQLite's write-ahead log brings the file back to the last whole transaction. After a crash of
//! the machine that is at least the last [`Vault::flush`].
//!
//! # What it deliberately does not protect against
//!
//! - An administrator. Who administers can read everything.
//! - A program that reads this one's memory, or a passphrase as it is typed. Keys are overwritten when they are no longer needed;
//!   values that were asked for belong to the caller.
//! - An older copy of the file in place of the newer. It is a vault in good order. The head of the audit log
//!   ([`Vault::audit_head`]) gives it away where the log itself was not replaced too.
//! - A former administrator who can still write the file: the key that vouches for roles is not replaced by a rotation. Such a
//!   person reads nothing written since, but can make roles of their own. Make a new vault then.
//! - A whole other vault in the place of this one, made for the same recipients of `age`. [`Vault::id`] tells vaults apart.
//! - Derived pseudonyms: [`Vault::key`] stays the same through rotations, so a role that could write can go on testing guesses
//!   against keyed hashes in documents.
//! - A server that answers with an older state, or not at all; what it keeps of deleted rows in its write-ahead log and backups.
//! - Deleted bytes below the file: blocks that a disk or its snapshots keep. And backups: what is forgotten stays in them.
//! - File systems of networks without proper locks, where SQLite cannot keep two writers apart.

pub mod audit;
mod authority;
mod backup;
mod code;
mod codes;
mod database;
mod desk;
mod erase;
mod error;
mod file;
mod grant;
mod hatch;
mod keyring;
mod location;
mod lock;
mod mirror;
mod records;
mod restoring;
mod role;
mod rotate;
mod rows;
mod seal;
mod seals;
#[cfg(feature = "postgres")]
mod server;
mod signer;
mod stats;
#[cfg(test)]
mod tests;
mod turn;
mod vault;
mod wire;

pub use code::is_random as is_code;
pub use erase::Erased;
pub use error::{Result, VaultError};
pub use location::Location;
pub use lock::{Costs, Identities, Lock, Opener, Passphrase, Recipient, SHORTEST_PASSPHRASE};
pub use restoring::{Answer, Record, RestoreEvent, Restoring};
pub use role::{ALL_CATEGORIES, Abilities, Ability, Categories, OWNER, RoleInfo};
#[cfg(feature = "postgres")]
pub use server::Server;
pub use signer::{AuditHead, Signer};
pub use stats::Stats;
pub use vault::Vault;
