//! `subrosa check`: what somebody else's redaction left in a file, and where.
//!
//! The documents library asks its questions of the raw parts; the detector is run over everything that can be read, hidden or
//! not. Values are printed only with `--show-values`.

mod html;
mod json;
mod sarif;
mod sketch;
mod text;

use std::io::BufWriter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use subrosa::Engine;
use subrosa::check::{self, Checked, Leak};
use subrosa_documents::Source;
use subrosa_documents::audit::{Kind, PageShape, Severity};

use crate::args::{Detection, Running};
use crate::engine::{self, threads};
use crate::exit::Exit;
use crate::inspect::{Inspected, Printer, Problem, inspect};
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
type Looked = Inspected<Leak, Vec<PageShape>>;

/// Runs `check`.
///
/// # Errors
/// Usage errors, and output that cannot be written. Files that cannot be inspected are named on stderr.
pub fn run(args: &CheckArgs, color: Color) -> anyhow::Result<Exit> {
    let mut stats = Stats::start();
    let engine = engine::new(&args.detection)?;
    let pool = threads(&args.running)?;
    let out = BufWriter::new(std::io::stdout());
    let mut printer: Box<dyn Printer<Leak, Vec<PageShape>> + Send> = match args.format {
        Format::Text => Box::new(text::Text::new(out, color.on_stdout())),
        Format::Json => Box::new(json::Json::new(out)),
        Format::Sarif => Box::new(sarif::Sarif::new(out)),
        Format::Html => Box::new(html::Html::new(out)),
    };
    let look = |item: &Item| look(&engine, item, args);
    let exit = pool.install(|| inspect(&args.paths, &args.running, "checked", &mut stats, look, printer.as_mut()))?;
    if args.running.stats {
        stats.print(&engine);
    }
    Ok(exit)
}

fn look(engine: &Engine, item: &Item, args: &CheckArgs) -> Looked {
    let mut checked = Looked::new(item.display());
    let bytes = match read::whole(item, engine.longest) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return checked.failed(Problem::Refused(read::too_long(engine.longest))),
        Err(error) => return checked.failed(Problem::Io(error)),
    };
    checked.bytes = bytes.len() as u64;
    let name = item.relative.to_string_lossy();
    let source = Source::new(&bytes, &name).with(engine.aids());
    match catch_unwind(AssertUnwindSafe(|| check::check(engine, &source, args.show_values))) {
        Ok(Ok(Checked { leaks, unread, pages })) => {
            checked.findings = leaks.into_iter().filter(|leak| leak.kind.severity >= args.severity.severity()).collect();
            checked.unread = unread;
            checked.more = pages;
            checked
        }
        Ok(Err(refusal)) => checked.failed(Problem::Refused(refusal)),
        Err(_) => checked.failed(Problem::Refused(subrosa::redact::stumbled())),
    }
}

/// How many findings of each severity: high, medium, low.
fn by_severity<'f>(findings: impl IntoIterator<Item = &'f Leak>) -> [usize; 3] {
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
fn by_kind(findings: &[Leak]) -> Vec<(&'static Kind, Vec<&Leak>)> {
    let mut kinds: Vec<(&'static Kind, Vec<&Leak>)> = Vec::new();
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
