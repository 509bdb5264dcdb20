//! One document: read, detect, apply, write, verify. Bytes in, bytes out.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sha2::{Digest, Sha256};
use subrosa_core::apply::Applier;
use subrosa_core::policy::OnUnread;
use subrosa_core::report::{FileReport, Findings, RefusalReport, Unread, Verdict};
use subrosa_documents::formats::sniff;
use subrosa_documents::{Format, Refusal, Source};

use crate::engine::Engine;

/// What became of a document.
pub struct Treated {
    /// Everything but the path.
    pub report: FileReport,
    /// The redacted document; nothing when it was refused.
    pub output: Option<Vec<u8>>,
}

/// Redacts one document. A panic on the way, which is a bug here, refuses this document and no other.
pub fn treat(engine: &Engine, bytes: &[u8], name: &Path) -> Treated {
    let name = name.to_string_lossy();
    let source = Source { bytes, name: Some(&name) };
    treat_as(engine, &source, || sniff(&source))
}

/// As [`treat`], with a format of the caller's choice.
fn treat_as<'f>(engine: &Engine, source: &Source<'_>, format: impl FnOnce() -> Result<&'f dyn Format, Refusal>) -> Treated {
    let mut report = FileReport {
        path: String::new(),
        verdict: Verdict::Refused,
        format: None,
        bytes_in: source.bytes.len() as u64,
        bytes_out: None,
        sha256_in: Some(sha256(source.bytes)),
        sha256_out: None,
        findings: Findings::default(),
        unread: Vec::new(),
        refusal: None,
    };
    let ended = catch_unwind(AssertUnwindSafe(|| {
        let format = format()?;
        report.format = Some(format.id().to_owned());
        redacted(engine, source, format, &mut report)
    }));
    let ended = ended.unwrap_or_else(|_| Err(Refusal::Internal("the program stumbled over this file".to_owned())));
    match ended {
        Ok(output) => {
            report.bytes_out = Some(output.len() as u64);
            report.sha256_out = Some(sha256(&output));
            Treated { report, output: Some(output) }
        }
        Err(refusal) => {
            report.verdict = Verdict::Refused;
            report.refusal = Some(RefusalReport { kind: refusal.kind().to_owned(), reason: refusal.to_string() });
            Treated { report, output: None }
        }
    }
}

fn redacted(engine: &Engine, source: &Source<'_>, format: &dyn Format, report: &mut FileReport) -> Result<Vec<u8>, Refusal> {
    let document = format.read(source, &engine.limits)?;
    report.unread =
        document.unread.iter().map(|unread| Unread { part: unread.part.clone(), reason: unread.reason.clone() }).collect();
    if let (Some(first), OnUnread::Fail) = (document.unread.first(), engine.policy.on_unread()) {
        return Err(Refusal::uninspectable(&first.part, &first.reason));
    }
    let findings = engine.detect(&document.segments);
    let mut applier = Applier::new(&engine.policy).avoiding(engine.denied());
    let edits = applier.apply(&document.segments, &findings);
    report.findings = Findings::from(applier.tally());
    let output = document.body.write(&edits)?;
    format.read(&Source { bytes: &output, name: source.name }, &engine.limits)?;
    report.verdict = if edits.iter().any(|edits| !edits.is_empty()) {
        Verdict::Redacted
    } else if applier.tally().findings() > 0 {
        Verdict::Kept
    } else {
        Verdict::Clean
    };
    Ok(output)
}

fn sha256(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
