//! `subrosa redact`: redacted copies and a report.

mod pieces;
pub mod plan;
pub mod redactor;
pub mod summary;

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use rayon::prelude::*;
use subrosa::Engine;
use subrosa_core::policy::OnUnread;
use subrosa_core::report::{FileReport, PolicyUsed, Report, Tool};

use crate::args::{Detection, Means, Running};
use crate::encrypt::Encryption;
use crate::engine::{self, threads};
use crate::exit::Exit;
use crate::signing::Signing;
use crate::stats::Stats;
use crate::walk::walk;
use crate::{interrupt, progress};
use plan::{Plan, To};
use redactor::Redactor;

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

    #[command(flatten)]
    means: Means,

    /// What to do with a file that has parts nobody could read, instead of the policy's choice: fail, remove, blank, keep
    #[arg(long, value_name = "ACTION", value_parser = on_unread)]
    on_unread: Option<OnUnread>,

    #[command(flatten)]
    encryption: Encryption,

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
redacted too. The report counts findings; it never holds a value. Where the policy leaves a
decision to a person, the value is labelled and the exit code is 1.";

/// The action on unread parts of this name.
pub fn on_unread(name: &str) -> Result<OnUnread, String> {
    let choice = OnUnread::ALL.iter().find(|(known, _)| *known == name).map(|(_, choice)| *choice);
    choice.ok_or_else(|| format!("one of {}", OnUnread::ALL.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ")))
}

/// Runs `redact`.
///
/// # Errors
/// Usage errors, and what keeps the whole run from being done. Errors of single files are in the report.
pub fn run(args: &RedactArgs) -> anyhow::Result<Exit> {
    let mut stats = Stats::start();
    let mut engine = engine::new(&args.detection)?;
    let vault = engine::entrust(&mut engine, &args.means)?;
    let vault = vault.as_deref();
    if let Some(on_unread) = args.on_unread {
        engine.policy = engine.policy.with_on_unread(on_unread);
    }
    let engine = engine;
    let signing = args.signing.ready(vault)?;
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
    let to = To { out, report: args.report.as_deref(), force: args.force, encrypt: args.encryption.is_wanted() };
    let plan = Plan::new(&engine, &args.paths, walked.items, &to)?;
    signing.check(plan.report.as_deref(), args.force)?;

    let bar = progress::bar(plan.jobs.len());
    let redactor = Redactor { engine: &engine, vault, force: args.force, encryption: &args.encryption, decisions: None };
    let done: Vec<Option<FileReport>> = threads(&args.running)?.install(|| {
        let jobs = plan.jobs.par_iter().with_max_len(1);
        jobs.map(|job| redactor.one(job).inspect(|_| bar.inc(1))).collect()
    });
    bar.finish_and_clear();

    let complete = done.iter().all(Option::is_some);
    let files: Vec<FileReport> = done.into_iter().flatten().collect();
    summary::name_refused(&plan, &files);
    summary::notes(&plan, &files);
    let report = report(&engine, complete, files);
    signing.finish("redact", &report, plan.report.as_deref(), args.force, |_| ())?;
    summary::print(&report);
    stats.bytes = report.totals.bytes_in;
    stats.findings = report.totals.findings;
    if args.running.stats {
        stats.print(&engine);
    }
    Ok(exit(&report, walked.failed))
}

/// The report on a run.
pub fn report(engine: &Engine, complete: bool, files: Vec<FileReport>) -> Report {
    let tool = Tool { name: "subrosa".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
    Report::new(tool, PolicyUsed::from(&engine.policy), complete, files).with_case(engine.case_used())
}

/// How a run ended.
pub fn exit(report: &Report, walk_failed: bool) -> Exit {
    let of_file = |file: &FileReport| match &file.refusal {
        Some(refusal) if refusal.kind == "io" => Exit::Error,
        Some(_) => Exit::Refused,
        None if file.findings.undecided.is_empty() => Exit::Clean,
        None => Exit::Findings,
    };
    let worst = report.files.iter().map(of_file).max().unwrap_or(Exit::Clean);
    let worst = if walk_failed { worst.max(Exit::Error) } else { worst };
    if report.complete { worst } else { Exit::Interrupted }
}

/// A path with `/` between its parts, on every system.
pub fn slashed(path: &Path) -> String {
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
