//! Findings as SARIF, a rule for each kind.

use std::io::Write;

use serde_json::{Value, json};
use subrosa_documents::audit::{PageShape, Severity, kinds};

use super::{Leak, Looked};
use crate::inspect::Printer;
use crate::sarif::{self, Log};

/// Collects results and prints one document at the end.
pub struct Sarif<W> {
    out: W,
    log: Log,
}

impl<W: Write> Sarif<W> {
    /// Prints to `out`.
    pub fn new(out: W) -> Self {
        Self { out, log: Log::default() }
    }
}

impl<W: Write> Printer<Leak, Vec<PageShape>> for Sarif<W> {
    fn file(&mut self, file: &Looked) -> anyhow::Result<()> {
        self.log.problems(file);
        self.log.results.extend(file.findings.iter().map(|finding| result(&file.path, finding)));
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        let rules = kinds().map(|kind| {
            json!({
                "id": kind.id,
                "shortDescription": { "text": kind.title },
                "fullDescription": { "text": kind.why },
                "help": { "text": kind.advice },
                "defaultConfiguration": { "level": level(kind.severity) },
            })
        });
        self.log.print(&mut self.out, &rules.collect::<Vec<_>>())
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn result(path: &str, finding: &Leak) -> Value {
    let values = if finding.values.is_empty() { String::new() } else { format!(": {}", finding.values.join(", ")) };
    let message = format!("{}: {} at {}{values}", finding.kind.title, finding.detail, finding.place);
    let mut result = sarif::result(finding.kind.id, level(finding.kind.severity), &message, path, &finding.place);
    let mut properties = json!({ "count": finding.count });
    if let Some(page) = finding.page {
        properties["page"] = json!(page);
    }
    if let Some(area) = finding.area {
        properties["area"] = json!(area);
    }
    if let Some(entity) = &finding.entity {
        properties["entity"] = json!(entity);
    }
    result["properties"] = properties;
    result
}
