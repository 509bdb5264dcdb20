//! A JSON object a line: `path`, `place`, `segment`, `start`, `end` (UTF-8 bytes in the segment's text), `entity`,
//! `confidence`, and `value` when asked for.

use std::io::Write;

use anyhow::Context as _;
use serde::Serialize;

use super::{Hit, Scanned};
use crate::inspect::Printer;

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    place: &'a str,
    segment: usize,
    start: usize,
    end: usize,
    entity: &'a str,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
}

/// Prints JSON lines.
pub struct Jsonl<W> {
    out: W,
}

impl<W: Write> Jsonl<W> {
    /// Prints to `out`.
    pub fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Printer<Hit> for Jsonl<W> {
    fn file(&mut self, document: &Scanned) -> anyhow::Result<()> {
        for hit in &document.findings {
            let line = Line {
                path: &document.path,
                place: &hit.place,
                segment: hit.segment,
                start: hit.span.start,
                end: hit.span.end,
                entity: hit.entity.id(),
                confidence: hit.confidence.unit(),
                value: hit.value.as_deref(),
            };
            serde_json::to_writer(&mut self.out, &line)?;
            self.out.write_all(b"\n").context("cannot write")?;
        }
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.out.flush().context("cannot write")
    }
}
