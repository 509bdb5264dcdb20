//! Entries for other programs.

use std::borrow::Cow;
use std::io;

use clap::ValueEnum;
use subrosa_vault::audit::{Entry, Subject};

use super::Printer;

/// The kinds of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Csv,
    Jsonl,
}

impl Format {
    /// What writes it.
    pub fn printer(self) -> Box<dyn Printer> {
        match self {
            Self::Csv => Box::new(Csv),
            Self::Jsonl => Box::new(Lines),
        }
    }
}

/// The lines of the log, so that their hashes and signatures hold.
struct Lines;

impl Printer for Lines {
    fn entry(&mut self, entry: &Entry, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "{}", entry.line().map_err(io::Error::other)?)
    }
}

/// RFC 4180, a row for each subject of each entry.
struct Csv;

const COLUMNS: [&str; 13] = [
    "seq",
    "time",
    "actor",
    "action",
    "subject",
    "outcome",
    "sha256_in",
    "sha256_out",
    "counts",
    "reason",
    "policy",
    "key",
    "hash",
];

impl Printer for Csv {
    fn head(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        write!(out, "{}\r\n", COLUMNS.join(","))
    }

    fn entry(&mut self, entry: &Entry, out: &mut dyn io::Write) -> io::Result<()> {
        let none = [Subject::default()];
        let text = |hash: Option<subrosa_vault::audit::Hash>| hash.map(|hash| hash.to_string()).unwrap_or_default();
        let counts: Vec<String> = entry.counts.iter().map(|(what, count)| format!("{what}={count}")).collect();
        for subject in if entry.subjects.is_empty() { &none } else { entry.subjects.as_slice() } {
            let row: [Cow<'_, str>; COLUMNS.len()] = [
                entry.seq.to_string().into(),
                entry.time.as_str().into(),
                (&entry.actor).into(),
                (&entry.action).into(),
                (&subject.name).into(),
                subject.outcome.as_deref().unwrap_or_default().into(),
                text(subject.sha256_in).into(),
                text(subject.sha256_out).into(),
                counts.join(" ").into(),
                entry.reason.as_deref().unwrap_or_default().into(),
                text(entry.policy).into(),
                entry.key.to_string().into(),
                entry.head().hash.to_string().into(),
            ];
            write!(out, "{}\r\n", row.map(|field| quoted(&field)).join(","))?;
        }
        Ok(())
    }
}

/// A field. What a spreadsheet would take for a formula gets an apostrophe in front.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_no_formulas() {
        assert_eq!(["a b", "a,b", "a\"b", "=1+1", "-a,b"].map(quoted), ["a b", "\"a,b\"", "\"a\"\"b\"", "'=1+1", "\"'-a,b\""]);
    }
}
