//! SARIF 2.1.0 (OASIS, 27 March 2020): one run, a rule for each entity, a result for each finding.
//!
//! A place that names a line becomes a region; every place is a logical location, since most documents have no lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::{Hit, Printer, Problem, Scanned};
use crate::entities;

/// Collects results and prints one document at the end.
pub struct Sarif<W> {
    out: W,
    results: Vec<Value>,
    rules: BTreeMap<String, Value>,
    notifications: Vec<Value>,
}

impl<W: Write> Sarif<W> {
    /// Prints to `out`.
    pub fn new(out: W) -> Self {
        Self { out, results: Vec::new(), rules: BTreeMap::new(), notifications: Vec::new() }
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
    fn document(&mut self, document: &Scanned) -> anyhow::Result<()> {
        match &document.problem {
            Some(Problem::Io(error)) => self.notify(&document.path, &format!("cannot read: {error}")),
            Some(Problem::Refused(refusal)) => self.notify(&document.path, &refusal.to_string()),
            None => {}
        }
        for unread in &document.unread {
            self.notify(&document.path, &format!("not inspected: {}: {}", unread.part, unread.reason));
        }
        for hit in &document.hits {
            self.results.push(result(&document.path, hit));
            self.rules.entry(hit.entity.id().to_owned()).or_insert_with(|| rule(hit.entity.id()));
        }
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "subrosa",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": std::mem::take(&mut self.rules).into_values().collect::<Vec<_>>(),
                }},
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

fn rule(entity: &str) -> Value {
    match entities::summaries().get(entity) {
        Some(summary) => json!({ "id": entity, "shortDescription": { "text": summary } }),
        None => json!({ "id": entity }),
    }
}

fn result(path: &str, hit: &Hit) -> Value {
    let mut place = json!({ "artifactLocation": { "uri": uri(path) } });
    if let Some(line) = line(&hit.place) {
        place["region"] = json!({ "startLine": line });
    }
    let value = hit.value.as_deref().map(|value| format!(": {value}")).unwrap_or_default();
    json!({
        "ruleId": hit.entity.id(),
        "level": "warning",
        "rank": f64::from(hit.confidence.thousandths()) / 10.0,
        "message": { "text": format!("{} at {}{value}", hit.entity, hit.place) },
        "locations": [{
            "physicalLocation": place,
            "logicalLocations": [{ "fullyQualifiedName": hit.place }],
        }],
    })
}

/// The number of `line 12` or `line 12, ...`.
pub fn line(place: &str) -> Option<u64> {
    let digits = place.strip_prefix("line ")?;
    let end = digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

/// The path as a relative URI reference (RFC 3986, section 4.2).
pub fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_places() {
        assert_eq!(line("line 12"), Some(12));
        assert_eq!(line("line 7, column \"Name\""), Some(7));
        assert_eq!(line("page 2"), None);
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a b/é#1.txt"), "a%20b/%C3%A9%231.txt");
    }
}
