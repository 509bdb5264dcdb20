//! `subrosa redact`: redacted copies and a report.

mod names;
mod pieces;
mod plan;
mod summary;
mod treat;

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use rayon::prelude::*;
use subrosa_core::policy::OnUnread;
use subrosa_core::report::{FileReport, PolicyUsed, RefusalReport, Report, Tool, Verdict};
use subrosa_documents::formats::sniff;
use subrosa_documents::{Refusal, Source};

use crate::args::{Detection, Running};
use crate::engine::{Engine, threads};
use crate::exit::Exit;
use crate::output::Draft;
use crate::read::{self, LONG, Opened, PIECE};
use crate::signing::Signing;
use crate::stats::Stats;
use crate::walk::{Input, walk};
use crate::{interrupt, progress};
use pieces::InPieces;
use plan::{Job, Plan};
use treat::treat;

/// The arguments of `redact`.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct RedactArgs {
    /// Files and folders, or - for stdin
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Folder for the copies; a file name for a single file, - for stdout
    #[arg(long, short, value_name = "OUT")]
    output: PathBuf,

    #[command(flatten)]
    detection: Detection,

    /// What to do with a file that has parts nobody could read, instead of the policy's choice: fail, remove, blank, keep
    #[arg(long, value_name = "ACTION", value_parser = on_unread)]
    on_unread: Option<OnUnread>,

    #[command(flatten)]
    signing: Signing,

    /// Where the report goes instead of OUT/report.json
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// Replace outputs that are already there
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    running: Running,
}

const AFTER: &str = "\
The contents of a folder come directly under OUT; of several folders, each under its own name.
A file that cannot be redacted safely is refused: it is named, nothing is written for it, and the
exit code is 3. The others are written. A name of a file or folder that holds a denied term is
redacted too. The report counts findings; it never holds a value.";

fn on_unread(name: &str) -> Result<OnUnread, String> {
    let choice = OnUnread::ALL.iter().find(|(known, _)| *known == name).map(|(_, choice)| *choice);
    choice.ok_or_else(|| format!("one of {}", OnUnread::ALL.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ")))
}

/// Runs `redact`.
///
/// # Errors
/// Usage errors, and what keeps the whole run from being done. Errors of single files are in the report.
pub fn run(args: &RedactArgs) -> anyhow::Result<Exit> {
    let mut stats = Stats::start();
    let mut engine = Engine::new(&args.detection)?;
    let signing = args.signing.ready()?;
    if let Some(on_unread) = args.on_unread {
        engine.policy = engine.policy.with_on_unread(on_unread);
    }
    if !args.paths.iter().any(|path| path.as_os_str() == "-") {
        interrupt::be_graceful();
    }
    let out = (args.output.as_os_str() != "-").then_some(args.output.as_path());
    if let Some(out) = out.and_then(|out| out.canonicalize().ok())
        && args.paths.iter().any(|path| path.is_dir() && path.canonicalize().is_ok_and(|path| path == out))
    {
        bail!("{} is both an input and the output; choose another output", args.output.display());
    }
    let walked = walk(&args.paths, args.running.stdin_filename.as_deref(), out.filter(|out| out.is_dir()))?;
    let plan = Plan::new(&engine, &args.paths, walked.items, out, args.report.as_deref(), args.force)?;
    signing.check(plan.report.as_deref(), args.force)?;

    let bar = progress::bar(plan.jobs.len());
    let redactor = Redactor { engine: &engine, force: args.force };
    let done: Vec<Option<FileReport>> = threads(&args.running)?.install(|| {
        let jobs = plan.jobs.par_iter().with_max_len(1);
        jobs.map(|job| redactor.one(job).inspect(|_| bar.inc(1))).collect()
    });
    bar.finish_and_clear();

    let complete = done.iter().all(Option::is_some);
    let files: Vec<FileReport> = done.into_iter().flatten().collect();
    summary::name_refused(&plan, &files);
    summary::notes(&plan, &files);
    let tool = Tool { name: "subrosa".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
    let policy = PolicyUsed { name: engine.policy.name().to_owned(), sha256: engine.policy.hash() };
    let report = Report::new(tool, policy, complete, files);
    signing.finish("redact", &report, plan.report.as_deref(), args.force)?;
    summary::print(&report);
    stats.bytes = report.totals.bytes_in;
    stats.findings = report.totals.findings;
    if args.running.stats {
        stats.print(&engine);
    }
    Ok(exit(&report, walked.failed))
}

fn exit(report: &Report, walk_failed: bool) -> Exit {
    let of_file = |file: &FileReport| match &file.refusal {
        Some(refusal) if refusal.kind == "io" => Exit::Error,
        Some(_) => Exit::Refused,
        None => Exit::Clean,
    };
    let worst = report.files.iter().map(of_file).max().unwrap_or(Exit::Clean);
    let worst = if walk_failed { worst.max(Exit::Error) } else { worst };
    if report.complete { worst } else { Exit::Interrupted }
}

/// Treats one file after another, from any thread.
struct Redactor<'a> {
    engine: &'a Engine,
    force: bool,
}

/// What ends the treatment of a file early.
enum End {
    Refused(Refusal),
    Io(anyhow::Error),
    Interrupted,
}

impl Redactor<'_> {
    /// The report on a file; nothing when the user interrupted first.
    fn one(&self, job: &Job) -> Option<FileReport> {
        if interrupt::asked() {
            return None;
        }
        let mut report = treat::unwritten(job.reported.clone());
        let refusal = match self.attempt(job, &mut report) {
            Ok(()) => return Some(report),
            Err(End::Interrupted) => return None,
            Err(End::Refused(refusal)) => treat::refusal_report(&refusal),
            Err(End::Io(error)) => RefusalReport { kind: "io".to_owned(), reason: io_reason(&error) },
        };
        report = FileReport { verdict: Verdict::Refused, bytes_out: None, sha256_out: None, refusal: Some(refusal), ..report };
        if let Some(target) = job.target.as_ref().filter(|_| self.force) {
            // What an earlier run left there is not what the report says of this one.
            drop(std::fs::remove_file(target));
        }
        Some(report)
    }

    fn attempt(&self, job: &Job, report: &mut FileReport) -> Result<(), End> {
        let reading = |error| End::Io(anyhow::Error::new(error).context("cannot read"));
        let opened = read::open(&job.item, LONG).map_err(reading)?;
        // Reading stdin may have taken for ever; from here on nothing does.
        interrupt::be_graceful();
        match opened {
            Opened::Whole(bytes) => self.whole(job, &bytes, report),
            Opened::Long { head, rest } => {
                let name = job.item.relative.to_string_lossy();
                let format = sniff(&Source::new(&head, &name)).ok();
                let Some(in_pieces) = format.and_then(InPieces::new) else {
                    let all = read::all(head, rest, self.engine.longest).map_err(reading)?;
                    let all = all.ok_or_else(|| End::Refused(read::too_long(self.engine.longest)))?;
                    return self.whole(job, &all, report);
                };
                let mut draft = draft(job)?;
                in_pieces.treat(self.engine, Cursor::new(head).chain(rest), PIECE, &mut draft, report)?;
                self.commit(job, draft)
            }
        }
    }

    fn whole(&self, job: &Job, bytes: &[u8], report: &mut FileReport) -> Result<(), End> {
        let treated = treat(self.engine, bytes, &job.item.relative);
        let path = std::mem::take(&mut report.path);
        *report = FileReport { path, ..treated.report };
        match treated.output {
            Ok(output) => {
                let mut draft = draft(job)?;
                draft.write_all(&output).map_err(writing)?;
                self.commit(job, draft)
            }
            Err(refusal) => Err(End::Refused(refusal)),
        }
    }

    fn commit(&self, job: &Job, draft: Draft) -> Result<(), End> {
        let permissions = match &job.item.input {
            Input::File(path) => std::fs::metadata(path).ok().map(|metadata| metadata.permissions()),
            Input::Stdin => None,
        };
        draft.commit(self.force, permissions.filter(|permissions| !permissions.readonly())).map_err(writing)
    }
}

fn draft(job: &Job) -> Result<Draft, End> {
    match &job.target {
        Some(target) if target.is_dir() => Err(End::Io(anyhow::anyhow!("cannot write: there is a folder of this name"))),
        Some(target) => Draft::of_file(target).map_err(writing),
        None => Draft::of_stdout().map_err(writing),
    }
}

fn writing(error: std::io::Error) -> End {
    End::Io(anyhow::Error::new(error).context("cannot write"))
}

/// What went wrong, without the paths that the system's messages hold: they can be names, and differ from run to run.
fn io_reason(error: &anyhow::Error) -> String {
    match error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>()) {
        Some(cause) => format!("{error}: {}", cause.kind()),
        None => error.to_string(),
    }
}

/// A path with `/` between its parts, on every system.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_slashes() {
        assert_eq!(slashed(&Path::new("a").join("b.txt")), "a/b.txt");
    }

    #[test]
    fn only_known_actions_for_unread_parts() {
        assert_eq!(on_unread("keep"), Ok(OnUnread::Keep));
        assert!(on_unread("ignore").unwrap_err().contains("fail, remove, blank, keep"));
    }
}
