//! `subrosa scan`: what is found, and where.
//!
//! Values are printed only with `--show-values`. Findings are those that the policy would act on or keep knowingly: at or
//! above its thresholds.

pub mod html;
mod jsonl;
mod records;
pub mod sarif;
mod text;

use std::io::{BufWriter, Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use subrosa::Engine;
use subrosa_core::confidence::Confidence;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::formats::sniff;
use subrosa_documents::stream::{Pieces, StreamError};
use subrosa_documents::{Document, Refusal, Source, UnreadPart};

use crate::args::{Detection, Running};
use crate::engine::{self, threads};
use crate::exit::Exit;
use crate::inspect::{Inspected, Printer, Problem, inspect};
use crate::read::{self, LONG, Opened, PIECE};
use crate::stats::Stats;
use crate::terminal::Color;
use crate::walk::Item;

/// The arguments of `scan`.
#[derive(Args)]
pub struct ScanArgs {
    /// Files and folders, or - for stdin
    #[arg(required_unless_present = "records", value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    detection: Detection,

    /// What to print
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// Print the values found, too
    #[arg(long)]
    show_values: bool,

    /// Read JSON lines with `id` and `text` from stdin, write a JSON line with spans for each
    #[arg(long, conflicts_with_all = ["format", "show_values"])]
    records: bool,

    /// What the offsets of records count
    #[arg(long, value_enum, default_value_t, value_name = "UNIT", requires = "records")]
    offsets: Offsets,

    #[command(flatten)]
    running: Running,
}

/// How findings are printed: a line each, a JSON object each, SARIF 2.1.0 for code hosts and editors, or one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Jsonl,
    Sarif,
    Html,
}

/// What offsets count: UTF-8 bytes, code points as Python has them, or UTF-16 units as JavaScript and Java have them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Offsets {
    #[default]
    Bytes,
    Chars,
    Utf16,
}

/// What was found in one document.
type Scanned = Inspected<Hit>;

/// One finding.
struct Hit {
    place: String,
    segment: usize,
    span: Span,
    entity: Entity,
    confidence: Confidence,
    /// Only with `--show-values`.
    value: Option<String>,
}

/// Runs `scan`.
///
/// # Errors
/// Usage errors, and output that cannot be written. Documents that cannot be read are named on stderr.
pub fn run(args: &ScanArgs, color: Color) -> anyhow::Result<Exit> {
    let mut stats = Stats::start();
    let engine = engine::new(&args.detection)?;
    let pool = threads(&args.running)?;
    let exit = if args.records {
        if args.paths.iter().any(|path| path.as_os_str() != "-") {
            bail!("--records reads stdin; it takes no paths");
        }
        pool.install(|| records::run(&engine, args.offsets, &mut stats))?
    } else {
        let out = BufWriter::new(std::io::stdout());
        let mut printer: Box<dyn Printer<Hit> + Send> = match args.format {
            Format::Text => Box::new(text::Text::new(out, color.on_stdout())),
            Format::Jsonl => Box::new(jsonl::Jsonl::new(out)),
            Format::Sarif => Box::new(sarif::Sarif::new(out)),
            Format::Html => Box::new(html::Html::new(out)),
        };
        let look = |item: &Item| scan(&engine, item, args.show_values);
        pool.install(|| inspect(&args.paths, &args.running, "scanned", &mut stats, look, printer.as_mut()))?
    };
    if args.running.stats {
        stats.print(&engine);
    }
    Ok(exit)
}

fn scan(engine: &Engine, item: &Item, show_values: bool) -> Scanned {
    let mut found = Found { show_values, ..Found::default() };
    let looked = catch_unwind(AssertUnwindSafe(|| look(engine, item, &mut found)));
    let Found { bytes, hits, unread, .. } = found;
    let scanned = Scanned { bytes, findings: hits, unread, ..Scanned::new(item.display()) };
    match looked {
        Ok(Ok(())) => scanned,
        Ok(Err(problem)) => scanned.failed(problem),
        Err(_) => scanned.failed(Problem::Refused(subrosa::redact::stumbled())),
    }
}

/// Reads a file whole, or a long one whose format can be cut in pieces.
fn look(engine: &Engine, item: &Item, found: &mut Found) -> Result<(), Problem> {
    let name = item.relative.to_string_lossy();
    let whole = |bytes: &[u8], found: &mut Found| {
        found.bytes = bytes.len() as u64;
        let source = Source::new(bytes, &name).with(engine.aids());
        let document = sniff(&source).and_then(|format| format.read(&source, &engine.limits)).map_err(Problem::Refused)?;
        found.add(engine, document);
        Ok(())
    };
    match read::open(item, LONG).map_err(Problem::Io)? {
        Opened::Whole(bytes) => whole(&bytes, found),
        Opened::Long { head, rest } => {
            // The beginning alone need not tell the kind: the directory of a ZIP container stands at its end.
            let format = sniff(&Source::new(&head, &name)).ok();
            let Some((format, streamable)) = format.and_then(|format| Some((format, format.stream()?))) else {
                let all = read::all(head, rest, engine.longest).map_err(Problem::Io)?;
                return whole(&all.ok_or_else(|| Problem::Refused(read::too_long(engine.longest)))?, found);
            };
            let mut input = Counted { inner: Cursor::new(head).chain(rest), bytes: 0 };
            for piece in Pieces::new(&mut input, streamable, format.id(), PIECE) {
                let piece = piece.map_err(|error| match error {
                    StreamError::Io(error) => Problem::Io(error),
                    StreamError::Refused(refusal) => Problem::Refused(refusal),
                    other => Problem::Refused(Refusal::Internal(other.to_string())),
                })?;
                let (document, _) = piece.into_document(engine.aids(), &engine.limits).map_err(Problem::Refused)?;
                found.add(engine, document);
            }
            found.bytes = input.bytes;
            Ok(())
        }
    }
}

/// What was found so far in a file.
#[derive(Default)]
struct Found {
    show_values: bool,
    bytes: u64,
    segments: usize,
    hits: Vec<Hit>,
    unread: Vec<UnreadPart>,
}

impl Found {
    fn add(&mut self, engine: &Engine, document: Document) {
        let findings = engine.find(&document.segments);
        self.hits.reserve(findings.iter().map(Vec::len).sum());
        for (index, (segment, findings)) in document.segments.iter().zip(findings).enumerate() {
            for finding in findings {
                self.hits.push(Hit {
                    place: document.body.place(index, finding.span),
                    segment: self.segments + index,
                    span: finding.span,
                    value: self.show_values.then(|| segment.text.get(finding.span.range()).unwrap_or_default().to_owned()),
                    entity: finding.entity,
                    confidence: finding.confidence,
                });
            }
        }
        self.segments += document.segments.len();
        self.unread.extend(document.unread);
    }
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

/// Writes a line, with the context that an error needs.
pub fn write_line(out: &mut impl Write, line: std::fmt::Arguments<'_>) -> anyhow::Result<()> {
    writeln!(out, "{line}").context("cannot write")
}
