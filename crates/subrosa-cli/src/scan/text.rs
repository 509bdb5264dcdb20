//! A line for each finding: `path:place: ENTITY confidence`, and the value when asked for.

use std::io::Write;

use anyhow::Context as _;

use super::{Hit, Scanned, write_line};
use crate::inspect::Printer;
use crate::terminal::{say, visible};

/// Prints lines.
pub struct Text<W> {
    out: W,
    color: bool,
    documents: usize,
    findings: usize,
}

impl<W: Write> Text<W> {
    /// Prints to `out`.
    pub fn new(out: W, color: bool) -> Self {
        Self { out, color, documents: 0, findings: 0 }
    }
}

impl<W: Write> Printer<Hit> for Text<W> {
    fn file(&mut self, document: &Scanned) -> anyhow::Result<()> {
        self.documents += 1;
        self.findings += document.findings.len();
        let (dim, bold, plain) = if self.color { ("\u{1b}[2m", "\u{1b}[1m", "\u{1b}[0m") } else { ("", "", "") };
        for hit in &document.findings {
            let (path, place, entity, confidence) = (&document.path, visible(&hit.place), &hit.entity, hit.confidence);
            let value = hit.value.as_deref().map(|value| format!(" {}", visible(value))).unwrap_or_default();
            let line = format_args!("{dim}{path}:{place}:{plain} {bold}{entity}{plain} {confidence}{value}");
            write_line(&mut self.out, line)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.out.flush().context("cannot write")?;
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let (findings, documents) = (self.findings, self.documents);
        say(format_args!("{findings} finding{} in {documents} file{}", plural(findings), plural(documents)));
        Ok(())
    }
}
