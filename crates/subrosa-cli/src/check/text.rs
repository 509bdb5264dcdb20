//! For reading: a block for each file, in it one for each kind of finding, with what it means and what to do.

use std::io::Write;

use anyhow::Context as _;
use subrosa_documents::audit::{PageShape, Severity};

use super::{Leak, Looked, by_kind, by_severity, plural};
use crate::inspect::Printer;
use crate::scan::write_line;
use crate::terminal::{say, visible};

/// Most places that are listed of one kind in one file.
const MOST_PLACES: usize = 25;
/// Most characters of a value that are printed.
const MOST_SIGNS: usize = 120;

/// Prints blocks.
pub struct Text<W> {
    out: W,
    color: bool,
    files: usize,
    findings: usize,
    with_findings: usize,
}

impl<W: Write> Text<W> {
    /// Prints to `out`.
    pub fn new(out: W, color: bool) -> Self {
        Self { out, color, files: 0, findings: 0, with_findings: 0 }
    }

    fn paint(&self, code: &'static str) -> &'static str {
        if self.color { code } else { "" }
    }
}

impl<W: Write> Printer<Leak, Vec<PageShape>> for Text<W> {
    fn file(&mut self, file: &Looked) -> anyhow::Result<()> {
        self.files += 1;
        self.findings += file.findings.len();
        let (bold, dim, plain) = (self.paint("\u{1b}[1m"), self.paint("\u{1b}[2m"), self.paint("\u{1b}[0m"));
        if file.problem.is_some() {
            return Ok(());
        }
        if file.findings.is_empty() {
            let how = if file.unread.is_empty() { "nothing found" } else { "nothing found in what could be inspected" };
            return write_line(&mut self.out, format_args!("{bold}{}{plain}: {how}", file.path));
        }
        self.with_findings += 1;
        let [high, medium, low] = by_severity(&file.findings);
        let counts = [(high, "high"), (medium, "medium"), (low, "low")];
        let counts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect();
        let total = plural(file.findings.len(), "finding");
        write_line(&mut self.out, format_args!("{bold}{}{plain}: {total} ({})", file.path, counts.join(", ")))?;
        for (kind, findings) in by_kind(&file.findings) {
            let colour = self.paint(match kind.severity {
                Severity::High => "\u{1b}[1;31m",
                Severity::Medium => "\u{1b}[1;33m",
                Severity::Low => "\u{1b}[1m",
            });
            let level = kind.severity.name().to_uppercase();
            write_line(
                &mut self.out,
                format_args!("\n  {colour}{level:<6}{plain} {bold}{}{plain} {dim}[{}]{plain}", kind.title, kind.id),
            )?;
            for finding in findings.iter().take(MOST_PLACES) {
                let values: Vec<String> = finding.values.iter().map(|value| format!(" \"{}\"", short(value))).collect();
                let (place, detail, values) = (visible(&finding.place), visible(&finding.detail), values.join(","));
                write_line(&mut self.out, format_args!("         - {place}: {detail}{values}"))?;
            }
            if let Some(more) = findings.len().checked_sub(MOST_PLACES).filter(|more| *more > 0) {
                write_line(
                    &mut self.out,
                    format_args!("         - and {}; --format json lists them all", plural(more, "more place")),
                )?;
            }
            write_line(&mut self.out, format_args!("         {dim}Why:{plain} {}", kind.why))?;
            write_line(&mut self.out, format_args!("         {dim}Do:{plain}  {}", kind.advice))?;
        }
        write_line(&mut self.out, format_args!(""))
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.out.flush().context("cannot write")?;
        let (findings, files) = (plural(self.findings, "finding"), plural(self.files, "file"));
        say(format_args!("{findings} in {} of {files}", self.with_findings));
        Ok(())
    }
}

/// The beginning of a value on one line.
fn short(value: &str) -> String {
    let one_line: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let safe = visible(&one_line);
    if safe.chars().count() <= MOST_SIGNS {
        return safe.into_owned();
    }
    safe.chars().take(MOST_SIGNS).chain(std::iter::once('…')).collect()
}
