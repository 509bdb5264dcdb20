//! Findings as SARIF, a rule for each entity.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use super::{Hit, Scanned};
use crate::entities;
use crate::inspect::Printer;
use crate::sarif::{self, Log};

/// Collects results and prints one document at the end.
pub struct Sarif<W> {
    out: W,
    log: Log,
    rules: BTreeMap<String, Value>,
}

impl<W: Write> Sarif<W> {
    /// Prints to `out`.
    pub fn new(out: W) -> Self {
        Self { out, log: Log::default(), rules: BTreeMap::new() }
    }
}

impl<W: Write> Printer<Hit> for Sarif<W> {
    fn file(&mut self, file: &Scanned) -> anyhow::Result<()> {
        self.log.problems(file);
        for hit in &file.findings {
            self.log.results.push(result(&file.path, hit));
            self.rules.entry(hit.entity.id().to_owned()).or_insert_with(|| rule(hit.entity.id()));
        }
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        let rules: Vec<_> = std::mem::take(&mut self.rules).into_values().collect();
        self.log.print(&mut self.out, &rules)
    }
}

fn rule(entity: &str) -> Value {
    match entities::summaries().get(entity) {
        Some(summary) => json!({ "id": entity, "shortDescription": { "text": summary } }),
        None => json!({ "id": entity }),
    }
}

fn result(path: &str, hit: &Hit) -> Value {
    let value = hit.value.as_deref().map(|value| format!(": {value}")).unwrap_or_default();
    let message = format!("{} at {}{value}", hit.entity, hit.place);
    let mut result = sarif::result(hit.entity.id(), "warning", &message, path, &hit.place);
    result["rank"] = json!(f64::from(hit.confidence.thousandths()) / 10.0);
    result
}
