//! How a run ends for the record: its report, the report's signature, its entry in the audit log.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use subrosa_core::report::Report;
use subrosa_vault::Vault;
use subrosa_vault::audit::{Anchor, Log, Record};

use crate::audit::record::{self, Who};
use crate::output;
use crate::sign::{Signer, signature_path};
use crate::unlock;

/// What is signed, and by whom.
#[derive(Args)]
pub struct Signing {
    /// Sign the report with this Ed25519 key (PEM); the signature goes beside it, see `receipt`
    #[arg(long, value_name = "FILE")]
    sign_key: Option<PathBuf>,

    /// Add an entry to this audit log; with a vault it is VAULT.audit.jsonl beside it when not given. Entries are signed by the
    /// vault's role, or else with the key of --sign-key; see `audit`
    #[arg(long, value_name = "FILE")]
    audit: Option<PathBuf>,

    /// Who does this, for the audit log; the vault's role or the name of the account when not given
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,

    /// On what ground, for the audit log. Name no person in it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Key and log, ready.
pub struct Ready<'v> {
    signer: Option<Signer>,
    vault: Option<&'v Vault>,
    audit: Option<(Log, Who)>,
}

impl Signing {
    /// Loads the key and sees that the log takes entries: what cannot be recorded is not begun. Whatever is done with a vault is
    /// recorded.
    ///
    /// # Errors
    /// No key, or a log that cannot be written or is not as it was written.
    pub fn ready<'v>(&self, vault: Option<&'v Vault>) -> anyhow::Result<Ready<'v>> {
        let signer = self.sign_key.as_deref().map(Signer::load).transpose()?;
        let log = match (&self.audit, vault) {
            (named, Some(vault)) => Some(unlock::log(vault.location(), named.as_deref())?),
            (Some(path), None) => Some(Log::at(path)),
            (None, None) => None,
        };
        let Some(log) = log else {
            let idle = [("--actor", self.actor.is_some()), ("--reason", self.reason.is_some())];
            if let Some((name, _)) = idle.iter().find(|(_, given)| *given) {
                bail!("{name}: it is for the audit log; use --audit or --vault");
            }
            return Ok(Ready { signer, vault, audit: None });
        };
        ensure!(signer.is_some() || vault.is_some(), "--audit: an entry is signed; use --sign-key or --vault");
        let path = log.path().display().to_string();
        match vault {
            Some(vault) => unlock::check(&log, vault)?,
            None => drop(log.check().with_context(|| path)?),
        }
        let who = Who::new(self.actor.as_deref().or(vault.map(Vault::role)), self.reason.clone())?;
        Ok(Ready { signer, vault, audit: Some((log, who)) })
    }
}

impl Ready<'_> {
    /// Sees that there will be something to sign, and room beside it.
    ///
    /// # Errors
    /// Neither a report nor a log, or a signature that is there already.
    pub fn check(&self, report: Option<&Path>, force: bool) -> anyhow::Result<()> {
        if self.signer.is_none() {
            return Ok(());
        }
        let Some(report) = report else {
            if self.audit.is_some() {
                return Ok(());
            }
            bail!("there is no report to sign; use --report");
        };
        let signature = signature_path(report);
        if signature.exists() && !force {
            bail!("{} is there already; use --force to replace it", signature.display());
        }
        Ok(())
    }

    /// Writes and signs the report, and adds the entry, to which `more` may add. Each is tried even when the other fails, since the outputs are written.
    ///
    /// # Errors
    /// The first thing that failed.
    pub fn finish(
        &self,
        action: &str,
        report: &Report,
        path: Option<&Path>,
        force: bool,
        more: impl FnOnce(&mut Record),
    ) -> anyhow::Result<()> {
        let mut json = serde_json::to_vec_pretty(report)?;
        json.push(b'\n');
        let written = path.map_or(Ok(()), |path| self.write(path, &json, force));
        let recorded = self.record(|who| {
            let mut record = record::of_run(who, action, report, path.map(|path| (path, json.as_slice())));
            more(&mut record);
            record
        });
        written.and(recorded)
    }

    fn write(&self, path: &Path, json: &[u8], force: bool) -> anyhow::Result<()> {
        let put = |path: &Path, bytes: &[u8]| {
            output::write(path, bytes, force).with_context(|| format!("cannot write {}", path.display()))
        };
        put(path, json)?;
        self.signer.as_ref().map_or(Ok(()), |signer| put(&signature_path(path), &signer.sign(json)))
    }

    /// Adds an entry, if there is a log.
    fn record(&self, record: impl FnOnce(&Who) -> Record) -> anyhow::Result<()> {
        if let Some((log, who)) = &self.audit {
            let anchor = self.vault.map(|vault| vault as &dyn Anchor);
            let roles = self.vault.map(Vault::signer);
            // A vault's log is verified with the keys of its roles.
            let key = roles.as_ref().map(subrosa_vault::Signer::key).or(self.signer.as_ref().map(Signer::key));
            let key = key.context("no key to sign with")?;
            log.append(record(who), key, anchor).context("what was done is not in the audit log")?;
        }
        Ok(())
    }
}
