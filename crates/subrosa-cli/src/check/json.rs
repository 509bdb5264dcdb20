//! One JSON document, as `docs/schemas/check.v1.json` says.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Context as _;
use serde::Serialize;
use subrosa_documents::audit::{Kind, PageShape};

use super::{Leak, Looked, by_severity};
use crate::inspect::{Printer, Problem};

#[derive(Serialize)]
struct Report {
    schema: u32,
    tool: Tool,
    totals: Totals,
    kinds: BTreeMap<&'static str, Explained>,
    files: Vec<File>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Default, Serialize)]
struct Totals {
    files: usize,
    with_findings: usize,
    not_inspected: usize,
    findings: usize,
    high: usize,
    medium: usize,
    low: usize,
}

#[derive(Serialize)]
struct Explained {
    severity: &'static str,
    title: &'static str,
    why: &'static str,
    advice: &'static str,
}

#[derive(Serialize)]
struct File {
    path: String,
    verdict: &'static str,
    findings: Vec<Entry>,
    unread: Vec<Unread>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

#[derive(Serialize)]
struct Unread {
    part: String,
    reason: String,
}

#[derive(Serialize)]
struct Entry {
    kind: &'static str,
    severity: &'static str,
    place: String,
    detail: String,
    count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<[f64; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<String>,
}

/// Collects files and prints one document at the end.
pub struct Json<W> {
    out: W,
    totals: Totals,
    kinds: BTreeMap<&'static str, Explained>,
    files: Vec<File>,
}

impl<W: Write> Json<W> {
    /// Prints to `out`.
    pub fn new(out: W) -> Self {
        Self { out, totals: Totals::default(), kinds: BTreeMap::new(), files: Vec::new() }
    }
}

impl<W: Write> Printer<Leak, Vec<PageShape>> for Json<W> {
    fn file(&mut self, file: &Looked) -> anyhow::Result<()> {
        let [high, medium, low] = by_severity(&file.findings);
        let verdict = match (&file.problem, file.findings.is_empty(), file.unread.is_empty()) {
            (Some(_), ..) | (None, true, false) => "not_inspected",
            (None, false, _) => "findings",
            (None, true, true) => "clean",
        };
        self.totals.files += 1;
        self.totals.with_findings += usize::from(verdict == "findings");
        self.totals.not_inspected += usize::from(verdict == "not_inspected");
        self.totals.findings += file.findings.len();
        self.totals.high += high;
        self.totals.medium += medium;
        self.totals.low += low;
        for finding in &file.findings {
            self.kinds.entry(finding.kind.id).or_insert_with(|| explained(finding.kind));
        }
        self.files.push(File {
            path: file.path.clone(),
            verdict,
            findings: file.findings.iter().map(entry).collect(),
            unread: file.unread.iter().map(|one| Unread { part: one.part.clone(), reason: one.reason.clone() }).collect(),
            problem: file.problem.as_ref().map(Problem::text),
        });
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        let report = Report {
            schema: 1,
            tool: Tool { name: "subrosa", version: env!("CARGO_PKG_VERSION") },
            totals: std::mem::take(&mut self.totals),
            kinds: std::mem::take(&mut self.kinds),
            files: std::mem::take(&mut self.files),
        };
        serde_json::to_writer_pretty(&mut self.out, &report)?;
        self.out.write_all(b"\n").and_then(|()| self.out.flush()).context("cannot write")
    }
}

fn explained(kind: &Kind) -> Explained {
    Explained { severity: kind.severity.name(), title: kind.title, why: kind.why, advice: kind.advice }
}

fn entry(finding: &Leak) -> Entry {
    Entry {
        kind: finding.kind.id,
        severity: finding.kind.severity.name(),
        place: finding.place.clone(),
        detail: finding.detail.clone(),
        count: finding.count,
        page: finding.page,
        area: finding.area.map(|area| area.map(|value| (value * 100.0).round() / 100.0)),
        entity: finding.entity.clone(),
        values: finding.values.clone(),
    }
}
