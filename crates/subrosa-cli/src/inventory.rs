//! `subrosa inventory`: which people are in a folder, with how many values of which kind, in which files, at what risk.
//!
//! It answers "this folder leaked: whom must we notify, about what?". People and values are shown only with `--show-values`.

mod breach;
mod columns;
pub mod csv;
mod facts;
mod gather;
mod html;
mod kinds;
mod people;
mod plots;
mod report;
mod risk;
mod rows;
mod states;
mod tables;
mod text;

use std::cell::RefCell;
use std::io::{BufWriter, Cursor, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use subrosa::Engine;
use subrosa_core::case::Date;
use subrosa_documents::formats::sniff;
use subrosa_documents::stream::{Pieces, StreamError};
use subrosa_documents::{Document, Refusal, Source, UnreadPart};

use crate::args::{Detection, Running};
use crate::engine::{self, threads};
use crate::exit::Exit;
use crate::inspect::{Inspected, Printer, Problem, inspect};
use crate::read::{self, LONG, Opened, PIECE};
use crate::stats::Stats;
use crate::walk::Item;

use facts::Facts;
use gather::Gather;
use people::resolve;
use report::{Looked, Maker, NotLooked};

const AFTER_HELP: &str = "\
Examples:
  subrosa inventory shared/
  subrosa inventory leaked/ --breach --discovered 2026-03-02 --format html > inventory.html
  subrosa inventory leaked/ --case case.toml --show-values --format csv > people.csv

Exit codes: 0 nothing found, 1 something found, 2 usage or I/O error, 3 a file that was not looked into.";

/// The arguments of `inventory`.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct InventoryArgs {
    /// Files and folders, or - for stdin
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// What to print
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// Print names and values, too
    #[arg(long)]
    show_values: bool,

    /// Key that people's codes are made with, the same in every inventory made with it; without it they are numbered
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,

    /// Add what a notice of a breach needs: individuals, States, thresholds, dates, contents (45 CFR 164.404 to 164.408)
    #[arg(long)]
    breach: bool,

    /// The day on which the breach was discovered
    #[arg(long, value_name = "YYYY-MM-DD", requires = "breach", value_parser = breach::parse_day)]
    discovered: Option<Date>,

    #[command(flatten)]
    detection: Detection,

    #[command(flatten)]
    running: Running,
}

/// How the inventory is printed: for reading, as one JSON document, as one table, or as one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Csv,
    Html,
}

/// What was gathered of one file.
type Gathered = Inspected<(), RefCell<Facts>>;

/// Runs `inventory`.
///
/// # Errors
/// Usage errors, and output that cannot be written. Files that cannot be read are named on stderr and in the report.
pub fn run(args: &InventoryArgs) -> anyhow::Result<Exit> {
    let mut stats = Stats::start();
    let mut engine = engine::new(&args.detection)?;
    if let Some(path) = &args.key_file {
        engine.key = Some(engine::key(path)?);
    }
    let pool = threads(&args.running)?;
    let mut all = All::default();
    let look = |item: &Item| gather(&engine, item, args.show_values);
    let exit = pool.install(|| inspect(&args.paths, &args.running, "looked into", &mut stats, look, &mut all))?;
    let All { files, not_looked_into, count, parts } = all;
    let resolved = resolve(parts);
    let alike = resolved.alike.clone();
    let maker = Maker { key: engine.secrets().key, case: engine.case(), show_values: args.show_values };
    let mut report = maker.report(files, not_looked_into, count, resolved);
    if args.breach {
        report.breach = Some(breach::view(&report.people, &alike, args.discovered));
    }
    let mut out = BufWriter::new(std::io::stdout());
    match args.format {
        Format::Text => text::print(&report, &mut out)?,
        Format::Csv => csv::print(&report, &mut out)?,
        Format::Html => html::print(&report, &mut out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &report).context("cannot write")?;
            writeln!(out).context("cannot write")?;
        }
    }
    out.flush().context("cannot write")?;
    if args.running.stats {
        stats.print(&engine);
    }
    Ok(exit)
}

/// What was gathered of all files, in their order.
#[derive(Default)]
struct All {
    files: Vec<Looked>,
    not_looked_into: Vec<NotLooked>,
    count: u64,
    parts: Vec<(usize, facts::Part)>,
}

impl Printer<(), RefCell<Facts>> for All {
    fn file(&mut self, file: &Gathered) -> anyhow::Result<()> {
        self.count += 1;
        if let Some(problem) = &file.problem {
            self.not_looked_into.push(NotLooked { path: file.path.clone(), part: None, reason: problem.text() });
            return Ok(());
        }
        let not_looked = |unread: &UnreadPart| NotLooked {
            path: file.path.clone(),
            part: Some(unread.part.clone()),
            reason: unread.reason.clone(),
        };
        self.not_looked_into.extend(file.unread.iter().map(not_looked));
        let Facts { parts, counts, unassigned, tables } = file.more.take();
        let number = self.files.len();
        self.parts.extend(parts.into_iter().map(|part| (number, part)));
        self.files.push(Looked { path: file.path.clone(), counts, unassigned, tables, unread_parts: file.unread.len() as u64 });
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        // Whole files before parts of files.
        self.not_looked_into.sort_by_key(|not| not.part.is_some());
        Ok(())
    }
}

fn gather(engine: &Engine, item: &Item, show_values: bool) -> Gathered {
    let mut gathered = Gathered::new(item.display());
    let mut gather = Gather::new(engine.case(), show_values);
    let looked = catch_unwind(AssertUnwindSafe(|| look(engine, item, &mut gather, &mut gathered)));
    match looked {
        Ok(Ok(())) => {
            let facts = gather.finish();
            let mentions: u64 = facts.counts.values().map(|count| count.mentions).sum();
            gathered.findings = vec![(); mentions as usize];
            gathered.more = RefCell::new(facts);
            gathered
        }
        Ok(Err(problem)) => gathered.failed(problem),
        Err(_) => gathered.failed(Problem::Refused(subrosa::redact::stumbled())),
    }
}

/// Reads a file whole, or a long one whose format can be cut in pieces.
fn look(engine: &Engine, item: &Item, gather: &mut Gather<'_>, gathered: &mut Gathered) -> Result<(), Problem> {
    let name = item.relative.to_string_lossy();
    let mut add = |document: Document, unread: &mut Vec<UnreadPart>| {
        gather.add(&document, &engine.find(&document.segments));
        unread.extend(document.unread);
    };
    let bytes = match read::open(item, LONG).map_err(Problem::Io)? {
        Opened::Whole(bytes) => bytes,
        Opened::Long { head, rest } => {
            let format = sniff(&Source::new(&head, &name)).ok();
            if let Some((format, streamable)) = format.and_then(|format| Some((format, format.stream()?))) {
                let mut input = Cursor::new(head).chain(rest);
                for piece in Pieces::new(&mut input, streamable, format.id(), PIECE) {
                    let piece = piece.map_err(|error| match error {
                        StreamError::Io(error) => Problem::Io(error),
                        StreamError::Refused(refusal) => Problem::Refused(refusal),
                        other => Problem::Refused(Refusal::Internal(other.to_string())),
                    })?;
                    gathered.bytes += PIECE as u64;
                    let (document, _) = piece.into_document(engine.aids(), &engine.limits).map_err(Problem::Refused)?;
                    add(document, &mut gathered.unread);
                }
                return Ok(());
            }
            let all = read::all(head, rest, engine.longest).map_err(Problem::Io)?;
            all.ok_or_else(|| Problem::Refused(read::too_long(engine.longest)))?
        }
    };
    gathered.bytes = bytes.len() as u64;
    let source = Source::new(&bytes, &name).with(engine.aids());
    let document = sniff(&source).and_then(|format| format.read(&source, &engine.limits)).map_err(Problem::Refused)?;
    add(document, &mut gathered.unread);
    Ok(())
}
