//! SARIF 2.1.0 (OASIS, 27 March 2020): one run, a rule for each kind of finding, a result for each finding.
//!
//! A place that names a line becomes a region; every place is a logical location, since most documents have no lines.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::inspect::Inspected;

/// What is to be printed at the end, as one document.
#[derive(Default)]
pub struct Log {
    /// The findings, each by [`result`].
    pub results: Vec<Value>,
    notifications: Vec<Value>,
}

impl Log {
    /// Says what of a file could not be inspected.
    pub fn problems<F, M>(&mut self, file: &Inspected<F, M>) {
        if let Some(problem) = &file.problem {
            self.notify(&file.path, &problem.text());
        }
        for unread in &file.unread {
            self.notify(&file.path, &format!("not inspected: {}: {}", unread.part, unread.reason));
        }
    }

    fn notify(&mut self, path: &str, text: &str) {
        self.notifications.push(json!({
            "level": "error",
            "message": { "text": text },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } }],
        }));
    }

    /// Prints all, and is empty then.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn print(&mut self, out: &mut impl Write, rules: &[Value]) -> anyhow::Result<()> {
        let Self { results, notifications } = std::mem::take(self);
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "subrosa", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
                "invocations": [{
                    "executionSuccessful": notifications.is_empty(),
                    "toolExecutionNotifications": notifications,
                }],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        serde_json::to_writer_pretty(&mut *out, &log)?;
        out.write_all(b"\n").and_then(|()| out.flush()).context("cannot write")
    }
}

/// A finding of a rule at a place of a file.
pub fn result(rule: &str, level: &str, message: &str, path: &str, place: &str) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(path) } });
    if let Some(line) = line(place) {
        physical["region"] = json!({ "startLine": line });
    }
    json!({
        "ruleId": rule,
        "level": level,
        "message": { "text": message },
        "locations": [{
            "physicalLocation": physical,
            "logicalLocations": [{ "fullyQualifiedName": place }],
        }],
    })
}

/// The number of `line 12` or `line 12, ...`.
fn line(place: &str) -> Option<u64> {
    let digits = place.strip_prefix("line ")?;
    let end = digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

/// The path as a relative URI reference (RFC 3986, section 4.2).
fn uri(path: &str) -> String {
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
