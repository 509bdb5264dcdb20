//! `subrosa check`: what somebody else's redaction left in a file, and where.
//!
//! The documents library asks its questions of the raw parts; the detector is run over everything that can be read, hidden or
//! not. Values are printed only with `--show-values`.

mod html;
mod json;
mod sarif;
mod sketch;
mod text;

use std::collections::{BTreeMap, HashSet};
use std::io::BufWriter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use subrosa_core::segment::Segment;
use subrosa_documents::audit::{Kind, PERSONAL_DATA, PageShape, Severity};
use subrosa_documents::formats::sniff;
use subrosa_documents::{Audit, Document, Refusal, Source, UnreadPart};

use crate::args::{Detection, Running};
use crate::engine::{Engine, threads};
use crate::exit::Exit;
use crate::inspect::{Inspected, Printer, Problem, inspect, stumbled};
use crate::read;
use crate::stats::Stats;
use crate::terminal::Color;
use crate::walk::Item;

const AFTER_HELP: &str = "\
What it looks for:
  text under black boxes, highlights and pictures; white, tiny, invisible, cut off text;
  redactions marked but not applied; older versions inside the file; recorded changes;
  comments and notes; hidden sheets, rows, columns and slides; attachments; scripts;
  names and paths in the properties; places and times in pictures; previews;
  and personal data that can still be read anywhere.

Examples:
  subrosa check released.pdf
  subrosa check outgoing/ --format html > findings.html
  subrosa check report.docx --severity high && send report.docx

Exit codes: 0 nothing found, 1 findings, 2 usage or I/O error, 3 a file that cannot be inspected.";

/// The arguments of `check`.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct CheckArgs {
    /// Files and folders, or - for stdin
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,

    /// What to print
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// Least severity to report
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    severity: Level,

    /// Print what was found, too: hidden text and personal data
    #[arg(long)]
    show_values: bool,

    #[command(flatten)]
    detection: Detection,

    #[command(flatten)]
    running: Running,
}

/// How findings are printed: for reading, as one JSON document, as SARIF 2.1.0, or as one page with sketches of PDF pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Sarif,
    Html,
}

/// The severities, as arguments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Level {
    High,
    Medium,
    #[default]
    Low,
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Self::High => Severity::High,
            Self::Medium => Severity::Medium,
            Self::Low => Severity::Low,
        }
    }
}

/// What was found in one file, with the shapes of its pages.
type Checked = Inspected<Finding, Vec<PageShape>>;

/// One finding.
struct Finding {
    kind: &'static Kind,
    place: String,
    detail: String,
    count: usize,
    page: Option<usize>,
    area: Option<[f64; 4]>,
    entity: Option<String>,
    /// Only with `--show-values`.
    values: Vec<String>,
}

/// Runs `check`.
///
/// # Errors
/// Usage errors, and output that cannot be written. Files that cannot be inspected are named on stderr.
pub fn run(args: &CheckArgs, color: Color) -> anyhow::Result<Exit> {
    let mut stats = Stats::start();
    let engine = Engine::new(&args.detection)?;
    let pool = threads(&args.running)?;
    let out = BufWriter::new(std::io::stdout());
    let mut printer: Box<dyn Printer<Finding, Vec<PageShape>> + Send> = match args.format {
        Format::Text => Box::new(text::Text::new(out, color.on_stdout())),
        Format::Json => Box::new(json::Json::new(out)),
        Format::Sarif => Box::new(sarif::Sarif::new(out)),
        Format::Html => Box::new(html::Html::new(out)),
    };
    let look = |item: &Item| check(&engine, item, args);
    let exit = pool.install(|| inspect(&args.paths, &args.running, "checked", &mut stats, look, printer.as_mut()))?;
    if args.running.stats {
        stats.print(&engine);
    }
    Ok(exit)
}

fn check(engine: &Engine, item: &Item, args: &CheckArgs) -> Checked {
    let mut checked = Checked::new(item.display());
    let bytes = match read::whole(item, engine.longest) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return checked.failed(Problem::Refused(read::too_long(engine.longest))),
        Err(error) => return checked.failed(Problem::Io(error)),
    };
    checked.bytes = bytes.len() as u64;
    let name = item.relative.to_string_lossy();
    let source = Source::new(&bytes, &name).with(engine.aids());
    match catch_unwind(AssertUnwindSafe(|| look(engine, &source, args, &mut checked))) {
        Ok(Ok(())) => checked,
        Ok(Err(refusal)) => checked.failed(Problem::Refused(refusal)),
        Err(_) => checked.failed(Problem::Refused(stumbled())),
    }
}

/// Asks the questions, then runs the detector over everything that can be read.
fn look(engine: &Engine, source: &Source<'_>, args: &CheckArgs, checked: &mut Checked) -> Result<(), Refusal> {
    let audit = subrosa_documents::audit(source, &engine.limits)?;
    let document = sniff(source).and_then(|format| format.read(source, &engine.limits));
    let mut found = Vec::new();
    match document {
        Ok(document) => {
            found = personal_data(engine, &document, &audit, args.show_values);
            checked.unread.extend(document.unread);
        }
        // The questions about raw parts were answered; only the text as a whole could not be had.
        Err(refusal) if audit.understood => {
            let reason = format!("personal data was not looked for: {refusal}");
            checked.unread.push(UnreadPart { part: "text".to_owned(), reason });
            let empty = Vec::new();
            found.extend(in_segments(engine, &empty, &|_, _| String::new(), &audit, args.show_values));
        }
        Err(refusal) => return Err(refusal),
    }
    let Audit { observations, unread, pages, .. } = audit;
    checked.unread.extend(unread);
    checked.unread.dedup();
    checked.more = pages;
    let seen = observations.into_iter().map(|seen| Finding {
        kind: seen.kind,
        place: seen.place,
        detail: seen.detail,
        count: seen.count,
        page: seen.page,
        area: seen.area,
        entity: None,
        values: seen.value.filter(|_| args.show_values).into_iter().collect(),
    });
    checked.findings = seen.chain(found).filter(|finding| finding.kind.severity >= args.severity.severity()).collect();
    Ok(())
}

/// What the detector finds in a document, and in the texts that only the audit saw.
fn personal_data(engine: &Engine, document: &Document, audit: &Audit, show_values: bool) -> Vec<Finding> {
    in_segments(engine, &document.segments, &|segment, span| document.body.place(segment, span), audit, show_values)
}

type Place<'a> = dyn Fn(usize, subrosa_core::span::Span) -> String + 'a;

/// One finding for each entity in each place. A format may give a text more than once, in different orders: a value counts as
/// often as it stands in the one that has it most.
fn in_segments(engine: &Engine, segments: &[Segment], place: &Place<'_>, audit: &Audit, show_values: bool) -> Vec<Finding> {
    let mut counts: BTreeMap<(String, String), BTreeMap<String, BTreeMap<usize, usize>>> = BTreeMap::new();
    let mut order = Vec::new();
    let mut add = |place: String, entity: String, value: &str, segment: usize| {
        let key = (place, entity);
        if !counts.contains_key(&key) {
            order.push(key.clone());
        }
        *counts.entry(key).or_default().entry(value.to_owned()).or_default().entry(segment).or_default() += 1;
    };
    let mut known = HashSet::new();
    for (index, findings) in engine.find(segments).into_iter().enumerate() {
        let Some(segment) = segments.get(index) else { continue };
        for finding in findings {
            let value = segment.text.get(finding.span.range()).unwrap_or_default();
            known.insert((finding.entity.id().to_owned(), value.to_owned()));
            add(place(index, finding.span), finding.entity.id().to_owned(), value, index);
        }
    }
    let extra: Vec<Segment> = audit
        .texts
        .iter()
        .map(|found| match &found.label {
            Some(label) => Segment::labelled(found.text.clone(), label.as_str()),
            None => Segment::new(found.text.clone()),
        })
        .collect();
    for (index, findings) in engine.find(&extra).into_iter().enumerate() {
        let (Some(segment), Some(found)) = (extra.get(index), audit.texts.get(index)) else { continue };
        for finding in findings {
            let value = segment.text.get(finding.span.range()).unwrap_or_default();
            let id = finding.entity.id().to_owned();
            // Found in the document already: the readers see most of what the questions see.
            if !known.contains(&(id.clone(), value.to_owned())) {
                add(found.place.clone(), id, value, segments.len() + index);
            }
        }
    }
    let finding = |key: (String, String)| {
        let values = counts.get(&key).cloned().unwrap_or_default();
        let count = values.values().map(|by_segment| by_segment.values().copied().max().unwrap_or(0)).sum();
        let (place, entity) = key;
        Finding {
            kind: &PERSONAL_DATA,
            page: place.strip_prefix("page ").and_then(|rest| rest.split(',').next()?.parse().ok()),
            place,
            detail: if count == 1 { entity.clone() } else { format!("{entity}, {count} times") },
            count,
            area: None,
            entity: Some(entity),
            values: if show_values { values.into_keys().collect() } else { Vec::new() },
        }
    };
    order.into_iter().map(finding).collect()
}

/// How many findings of each severity: high, medium, low.
fn by_severity<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> [usize; 3] {
    let mut counts = [0; 3];
    for finding in findings {
        let [high, medium, low] = &mut counts;
        match finding.kind.severity {
            Severity::High => *high += 1,
            Severity::Medium => *medium += 1,
            Severity::Low => *low += 1,
        }
    }
    counts
}

/// The findings of a file by kind, the gravest kinds first, else in the order of the questions.
fn by_kind(findings: &[Finding]) -> Vec<(&'static Kind, Vec<&Finding>)> {
    let mut kinds: Vec<(&'static Kind, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        match kinds.iter_mut().find(|(kind, _)| kind.id == finding.kind.id) {
            Some((_, all)) => all.push(finding),
            None => kinds.push((finding.kind, vec![finding])),
        }
    }
    kinds.sort_by_key(|(kind, _)| std::cmp::Reverse(kind.severity));
    kinds
}

/// `1 file`, `2 files`.
fn plural(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
