//! Signatures on reports: Ed25519 (RFC 8032), keys as PEM in PKCS #8 (RFC 8410), so that other programs can make keys and
//! check signatures:
//!
//! ```text
//! openssl genpkey -algorithm ed25519 -out key.pem
//! openssl pkeyutl -verify -pubin -inkey key.pub -rawin -in report.json -sigfile report.json.sig
//! ```
//!
//! A signature is the 64 bytes of the scheme, in a file of its own beside the report, over the report's bytes as they are.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _, KeypairBytes,
};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::output::{self, Draft};

/// A private key. Its memory is overwritten when it is dropped.
pub struct Signer(SigningKey);

impl Signer {
    /// A new key from the system's randomness.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn generate() -> anyhow::Result<Self> {
        let mut secret = zeroize::Zeroizing::new([0; 32]);
        getrandom::fill(secret.as_mut_slice()).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
        Ok(Self(SigningKey::from_bytes(&secret)))
    }

    /// The key in a file.
    ///
    /// # Errors
    /// The file cannot be read, or holds no Ed25519 key.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let pem = zeroize::Zeroizing::new(read(path)?);
        let key = SigningKey::from_pkcs8_pem(&pem);
        Ok(Self(key.map_err(|_| anyhow::anyhow!("{}: no unencrypted Ed25519 private key in PEM", path.display()))?))
    }

    /// Writes the key, for its owner's eyes only, and its public half beside it with `.pub` behind the name.
    ///
    /// # Errors
    /// As the system says; also when one of the files is there already.
    pub fn save(&self, path: &Path) -> anyhow::Result<PathBuf> {
        // Version 1 of the structure, without the public key: OpenSSL reads no other.
        let pair = KeypairBytes { secret_key: self.0.to_bytes(), public_key: None };
        let private = pair.to_pkcs8_pem(LineEnding::LF).context("cannot encode the key")?;
        let public = self.0.verifying_key().to_public_key_pem(LineEnding::LF).context("cannot encode the key")?;
        let public_path = beside(path, "pub");
        let mut draft = Draft::of_file(path).with_context(|| format!("cannot write {}", path.display()))?;
        std::io::Write::write_all(&mut draft, private.as_bytes())?;
        // Drafts are made for the owner only.
        draft.commit(false, None).with_context(|| format!("cannot write {}", path.display()))?;
        output::write(&public_path, public.as_bytes(), false)
            .with_context(|| format!("cannot write {}", public_path.display()))?;
        Ok(public_path)
    }

    /// The key itself, for what signs by its own rules.
    pub fn key(&self) -> &SigningKey {
        &self.0
    }

    /// The signature of `bytes`.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }
}

/// A public key.
pub struct Verifier(VerifyingKey);

impl Verifier {
    /// The public key in a file, or the public half of a private one.
    ///
    /// # Errors
    /// The file cannot be read, or holds no Ed25519 key.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let pem = zeroize::Zeroizing::new(read(path)?);
        if let Ok(key) = VerifyingKey::from_public_key_pem(&pem) {
            return Ok(Self(key));
        }
        match SigningKey::from_pkcs8_pem(&pem) {
            Ok(key) => Ok(Self(key.verifying_key())),
            Err(_) => bail!("{}: no Ed25519 key in PEM", path.display()),
        }
    }

    /// The key itself.
    pub fn key(&self) -> &VerifyingKey {
        &self.0
    }

    /// Whether the signature is this key's over these bytes.
    pub fn holds(&self, bytes: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.0.verify_strict(bytes, &signature).is_ok())
    }
}

/// Where the signature of a report stands: beside it, with `.sig` behind its name.
pub fn signature_path(report: &Path) -> PathBuf {
    beside(report, "sig")
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn read(path: &Path) -> anyhow::Result<String> {
    #[allow(clippy::disallowed_methods, reason = "the command line opens files")]
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
