//! What the audit log needs of a vault: a key to sign with, the keys of everybody who ever signed, and a place for the log's head.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::audit::{Anchor, Hash, Head};
use crate::database::Database;
use crate::error::{Result, VaultError};
use crate::vault::Vault;
use crate::wire::{Reader, Writer, bind};

const HEAD: &str = "audit head";

/// Signs as the role that opened the vault (Ed25519, RFC 8032). The public half is in [`Vault::roles`], also after the role was
/// revoked, so that its signatures can be checked for ever.
#[derive(Clone, Copy)]
pub struct Signer<'v>(&'v Vault);

impl Signer<'_> {
    /// The role.
    pub fn role(&self) -> &str {
        self.0.role()
    }

    /// The public half of its key.
    pub fn verifying_key(&self) -> [u8; 32] {
        self.0.role.signing.verifying_key().to_bytes()
    }

    /// The key itself, for what signs by its own rules.
    pub fn key(&self) -> &'_ SigningKey {
        &self.0.role.signing
    }

    /// The signature of `bytes`.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.role.signing.sign(bytes).to_bytes()
    }
}

/// Where the audit log ended when it was last written: who cuts entries off cannot make it end there again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// How many entries it had.
    pub count: u64,
    /// The hash of the last.
    pub hash: [u8; 32],
}

/// The vault remembers how far the audit log had come.
impl Anchor for Vault {
    fn head(&self) -> std::result::Result<Option<Head>, String> {
        let head = self.audit_head().map_err(|error| error.to_string())?;
        Ok(head.map(|head| Head { count: head.count, hash: Hash(head.hash) }))
    }

    fn advance(&self, head: &Head) -> std::result::Result<(), String> {
        self.set_audit_head(AuditHead { count: head.count, hash: head.hash.0 }).map_err(|error| error.to_string())
    }
}

impl Vault {
    /// Signs for the audit log.
    pub fn signer(&self) -> Signer<'_> {
        Signer(self)
    }

    /// The head of the audit log, nothing before there is an entry. A log with entries and a vault without head do not belong
    /// together.
    ///
    /// # Errors
    /// [`VaultError::Tampered`] where no role of this vault signed it.
    pub fn audit_head(&self) -> Result<Option<AuditHead>> {
        let mut desk = self.desk();
        self.read(&mut desk, |rows, _| self.head(rows))
    }

    /// Sets the head of the audit log, for sure: the disk has it when this returns. A head never goes back.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] for a head with fewer entries than the present one; whatever the disk says.
    pub fn set_audit_head(&self, head: AuditHead) -> Result<()> {
        self.with_audit_head(|_| Ok(head))
    }

    /// Sets the head of the audit log to what `append` makes of the present one, while all other processes wait: between
    /// looking at the head and setting it nobody else can append. `append` can sign; anything else it asked of the vault would
    /// wait for ever.
    ///
    /// # Errors
    /// Those of `append`; as [`set_audit_head`](Self::set_audit_head).
    pub fn with_audit_head(&self, append: impl FnOnce(Option<AuditHead>) -> Result<AuditHead>) -> Result<()> {
        let mut desk = self.desk();
        self.write(&mut desk, |rows, _| {
            let before = self.head(rows)?;
            let head = append(before)?;
            if before.is_some_and(|before| head.count < before.count) {
                return Err(VaultError::Invalid("the audit log has fewer entries than it had".to_owned()));
            }
            let signature = self.signer().sign(&text(&self.id(), head));
            let bytes = Writer::default().number(head.count).bytes(&head.hash).text(self.role()).bytes(&signature).done();
            rows.set_meta(HEAD, &bytes)
        })?;
        drop(desk);
        self.flush()
    }

    fn head(&self, rows: &Database) -> Result<Option<AuditHead>> {
        let Some(bytes) = rows.meta(HEAD)? else { return Ok(None) };
        let tampered = || VaultError::Tampered("the head of the audit log".to_owned());
        let mut reader = Reader(&bytes);
        let read = (reader.number(), reader.array(), reader.text(), reader.array::<64>());
        let (Some(count), Some(hash), Some(role), Some(signature)) = read else { return Err(tampered()) };
        let head = AuditHead { count, hash };
        let role = rows.role(role)?.ok_or_else(tampered)?;
        let vault = self.id();
        self.role.witness.check_role(&vault, &role)?;
        let key = VerifyingKey::from_bytes(&role.verifying_key).map_err(|_| tampered())?;
        key.verify_strict(&text(&vault, head), &Signature::from_bytes(&signature)).map_err(|_| tampered())?;
        Ok(Some(head))
    }
}

fn text(vault: &[u8; 16], head: AuditHead) -> Vec<u8> {
    bind(&[b"subrosa audit head 1", vault, &head.count.to_be_bytes(), &head.hash])
}
