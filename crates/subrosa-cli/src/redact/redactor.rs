//! One file after another: open, treat, write.

use std::io::{Cursor, Read as _, Write as _};

use subrosa::redact::{refusal_report, unwritten};
use subrosa::{Automatic, Decide, Engine, redact};
use subrosa_core::report::{FileReport, RefusalReport, Verdict};
use subrosa_documents::formats::sniff;
use subrosa_documents::{Refusal, Source};
use subrosa_vault::Vault;

use super::pieces::InPieces;
use super::plan::Job;
use crate::encrypt::Encryption;
use crate::interrupt;
use crate::output::Draft;
use crate::read::{self, LONG, Opened, PIECE};
use crate::walk::Input;

/// Said of a document too long to be held in memory, of which the vault keeps no record.
const ONLY_CODES: &str = "The vault restores this document by its codes only, for it was written in pieces.";

/// Treats one file after another, from any thread.
pub struct Redactor<'a> {
    /// Detector, policy, limits.
    pub engine: &'a Engine,
    /// Keeps what is needed to bring values back.
    pub vault: Option<&'a Vault>,
    /// Whether outputs that are there are replaced.
    pub force: bool,
    /// Whom outputs are encrypted to.
    pub encryption: &'a Encryption,
    /// What somebody decided, in place of detection.
    pub decisions: Option<&'a dyn Decide>,
}

/// What ends the treatment of a file early.
pub enum End {
    /// Nothing is to be written for it.
    Refused(Refusal),
    /// The system said no.
    Io(anyhow::Error),
    /// The user did.
    Interrupted,
}

impl Redactor<'_> {
    /// The report on a file; nothing when the user interrupted first.
    pub fn one(&self, job: &Job) -> Option<FileReport> {
        if interrupt::asked() {
            return None;
        }
        let mut report = unwritten(job.reported.clone());
        let refusal = match self.attempt(job, &mut report) {
            Ok(()) => return Some(report),
            Err(End::Interrupted) => return None,
            Err(End::Refused(refusal)) => refusal_report(&refusal),
            Err(End::Io(error)) => RefusalReport { kind: "io".to_owned(), reason: io_reason(&error) },
        };
        report = FileReport {
            verdict: Verdict::Refused,
            bytes_out: None,
            sha256_out: None,
            encrypted: None,
            refusal: Some(refusal),
            ..report
        };
        if let Some(target) = job.target.as_ref().filter(|_| self.force) {
            // What an earlier run left there is not what the report says of this one.
            drop(std::fs::remove_file(target));
        }
        Some(report)
    }

    fn attempt(&self, job: &Job, report: &mut FileReport) -> Result<(), End> {
        let reading = |error| End::Io(anyhow::Error::new(error).context("cannot read"));
        let opened = read::open(&job.item, LONG).map_err(reading)?;
        // Reading stdin may have taken for ever; from here on nothing does.
        interrupt::be_graceful();
        match opened {
            Opened::Whole(bytes) => self.whole(job, &bytes, report),
            Opened::Long { head, rest } => {
                let name = job.item.relative.to_string_lossy();
                let format = sniff(&Source::new(&head, &name)).ok();
                // Decisions are of the whole.
                let Some(in_pieces) = format.filter(|_| self.decisions.is_none()).and_then(InPieces::new) else {
                    let all = read::all(head, rest, self.engine.longest).map_err(reading)?;
                    let all = all.ok_or_else(|| End::Refused(read::too_long(self.engine.longest)))?;
                    return self.whole(job, &all, report);
                };
                let mut draft = self.draft(job)?;
                in_pieces.treat(self.engine, Cursor::new(head).chain(rest), PIECE, &mut draft, report)?;
                if let Some(vault) = self.vault {
                    vault.flush().map_err(|error| End::Refused(Refusal::Untreated(format!("the vault: {error}"))))?;
                    report.notes.push(ONLY_CODES.to_owned());
                }
                self.commit(job, draft, report)
            }
        }
    }

    fn whole(&self, job: &Job, bytes: &[u8], report: &mut FileReport) -> Result<(), End> {
        let automatic = Automatic(self.engine);
        let name = job.item.relative.to_string_lossy();
        let redacted = redact(self.engine, &Source::new(bytes, &name), self.decisions.unwrap_or(&automatic));
        let path = std::mem::take(&mut report.path);
        *report = FileReport { path, ..redacted.report };
        match redacted.output {
            Ok(output) => {
                let mut draft = self.draft(job)?;
                draft.write_all(&output.bytes).map_err(writing)?;
                if let Some(vault) = self.vault {
                    // What cannot be restored although somebody counts on it is not to be written.
                    let kept = vault.keep(&output.sha256, &output.removed).and_then(|()| vault.flush());
                    kept.map_err(|error| End::Refused(Refusal::Untreated(format!("the vault: {error}"))))?;
                }
                self.commit(job, draft, report)
            }
            Err(refusal) => Err(End::Refused(refusal)),
        }
    }

    fn draft(&self, job: &Job) -> Result<Draft, End> {
        let draft = draft(job)?;
        if self.encryption.is_wanted() { draft.sealed(self.encryption).map_err(writing) } else { Ok(draft) }
    }

    fn commit(&self, job: &Job, draft: Draft, report: &mut FileReport) -> Result<(), End> {
        let permissions = match &job.item.input {
            Input::File(path) => std::fs::metadata(path).ok().map(|metadata| metadata.permissions()),
            Input::Stdin => None,
        };
        let permissions = permissions.filter(|permissions| !permissions.readonly());
        report.encrypted = draft.commit(self.force, permissions).map_err(writing)?;
        Ok(())
    }
}

fn draft(job: &Job) -> Result<Draft, End> {
    match &job.target {
        Some(target) if target.is_dir() => Err(End::Io(anyhow::anyhow!("cannot write: there is a folder of this name"))),
        Some(target) => Draft::of_file(target).map_err(writing),
        None => Draft::of_stdout().map_err(writing),
    }
}

pub fn writing(error: std::io::Error) -> End {
    End::Io(anyhow::Error::new(error).context("cannot write"))
}

/// What went wrong, without the paths that the system's messages hold: they can be names, and differ from run to run.
fn io_reason(error: &anyhow::Error) -> String {
    match error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>()) {
        Some(cause) => format!("{error}: {}", cause.kind()),
        None => error.to_string(),
    }
}
