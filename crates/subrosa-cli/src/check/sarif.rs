//! SARIF 2.1.0: one run, a rule for each kind of finding, a result for each finding.

use std::io::Write;

use anyhow::Context as _;
use serde_json::{Value, json};
use subrosa_documents::audit::{Severity, kinds};

use super::{Checked, Finding, Printer};
use crate::scan::sarif::{line, uri};

/// Collects results and prints one document at the end.
pub struct Sarif<W> {
    out: W,
    results: Vec<Value>,
    notifications: Vec<Value>,
}

impl<W: Write> Sarif<W> {
    /// Prints to `out`.
    pub fn new(out: W) -> Self {
        Self { out, results: Vec::new(), notifications: Vec::new() }
    }

    fn notify(&mut self, path: &str, text: &str) {
        self.notifications.push(json!({
            "level": "error",
            "message": { "text": text },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } }],
        }));
    }
}

impl<W: Write> Printer for Sarif<W> {
    fn file(&mut self, file: &Checked) -> anyhow::Result<()> {
        if let Some(problem) = &file.problem {
            self.notify(&file.path, &problem.text());
        }
        for unread in &file.unread {
            self.notify(&file.path, &format!("not inspected: {}: {}", unread.part, unread.reason));
        }
        self.results.extend(file.findings.iter().map(|finding| result(&file.path, finding)));
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        let rules: Vec<Value> = kinds()
            .map(|kind| {
                json!({
                    "id": kind.id,
                    "shortDescription": { "text": kind.title },
                    "fullDescription": { "text": kind.why },
                    "help": { "text": kind.advice },
                    "defaultConfiguration": { "level": level(kind.severity) },
                })
            })
            .collect();
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "subrosa", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
                "invocations": [{
                    "executionSuccessful": self.notifications.is_empty(),
                    "toolExecutionNotifications": std::mem::take(&mut self.notifications),
                }],
                "columnKind": "unicodeCodePoints",
                "results": std::mem::take(&mut self.results),
            }],
        });
        serde_json::to_writer_pretty(&mut self.out, &log)?;
        self.out.write_all(b"\n").and_then(|()| self.out.flush()).context("cannot write")
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn result(path: &str, finding: &Finding) -> Value {
    let mut place = json!({ "artifactLocation": { "uri": uri(path) } });
    if let Some(line) = line(&finding.place) {
        place["region"] = json!({ "startLine": line });
    }
    let values = if finding.values.is_empty() { String::new() } else { format!(": {}", finding.values.join(", ")) };
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
    json!({
        "ruleId": finding.kind.id,
        "level": level(finding.kind.severity),
        "message": { "text": format!("{}: {} at {}{values}", finding.kind.title, finding.detail, finding.place) },
        "locations": [{
            "physicalLocation": place,
            "logicalLocations": [{ "fullyQualifiedName": finding.place }],
        }],
        "properties": properties,
    })
}
