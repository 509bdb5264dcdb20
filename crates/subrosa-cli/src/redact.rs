//! `subrosa redact`: redacted copies and a report.

mod names;
mod plan;
mod summary;
mod treat;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use rayon::prelude::*;
use subrosa_core::policy::OnUnread;
use subrosa_core::report::{FileReport, PolicyUsed, RefusalReport, Report, Tool, Verdict};

use crate::args::{Detection, Running};
use crate::engine::{Engine, threads};
use crate::exit::Exit;
use crate::stats::Stats;
use crate::walk::{Input, walk};
use crate::{interrupt, output, progress};
use plan::{Job, Plan};
use treat::{Treated, treat};

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

    /// What to do with a file that has parts nobody could read, instead of the policy's choice: fail, keep
    #[arg(long, value_name = "ACTION", value_parser = on_unread)]
    on_unread: Option<OnUnread>,

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

    let bar = progress::bar(plan.jobs.len());
    let redactor = Redactor { engine: &engine, force: args.force };
    let done: Vec<Option<FileReport>> = threads(&args.running)?.install(|| {
        let jobs = plan.jobs.par_iter().with_max_len(1);
        jobs.map(|job| (!interrupt::asked()).then(|| redactor.one(job)).inspect(|_| bar.inc(1))).collect()
    });
    bar.finish_and_clear();

    let complete = done.iter().all(Option::is_some);
    let files: Vec<FileReport> = done.into_iter().flatten().collect();
    summary::name_refused(&plan, &files);
    let tool = Tool { name: "subrosa".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
    let policy = PolicyUsed { name: engine.policy.name().to_owned(), sha256: engine.policy.hash() };
    let report = Report::new(tool, policy, complete, files);
    if let Some(path) = &plan.report {
        let mut json = serde_json::to_vec_pretty(&report)?;
        json.push(b'\n');
        output::write(path, &json, args.force, None).with_context(|| format!("cannot write {}", path.display()))?;
    }
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

impl Redactor<'_> {
    fn one(&self, job: &Job) -> FileReport {
        let mut report = FileReport {
            path: job.reported.clone(),
            verdict: Verdict::Refused,
            format: None,
            bytes_in: 0,
            bytes_out: None,
            sha256_in: None,
            sha256_out: None,
            findings: subrosa_core::report::Findings::default(),
            unread: Vec::new(),
            refusal: None,
        };
        let ended = match crate::read::bytes(&job.item) {
            Ok(bytes) => {
                // Reading stdin may take for ever; from here on it will not.
                interrupt::be_graceful();
                let Treated { report: of_content, output } = treat(self.engine, &bytes, &job.item.relative);
                report = FileReport { path: report.path, ..of_content };
                output.map_or(Ok(()), |output| self.write(job, &output))
            }
            Err(error) => Err(anyhow::Error::new(error).context("cannot read")),
        };
        if let Err(error) = ended {
            report.verdict = Verdict::Refused;
            report.bytes_out = None;
            report.sha256_out = None;
            report.refusal = Some(RefusalReport { kind: "io".to_owned(), reason: io_reason(&error) });
        }
        if report.verdict == Verdict::Refused && self.force {
            // What an earlier run left there is not what the report says of this one.
            if let Some(target) = &job.target {
                drop(std::fs::remove_file(target));
            }
        }
        report
    }

    fn write(&self, job: &Job, bytes: &[u8]) -> anyhow::Result<()> {
        let Some(target) = &job.target else {
            let mut stdout = std::io::stdout().lock();
            stdout.write_all(bytes).and_then(|()| stdout.flush()).context("cannot write")?;
            return Ok(());
        };
        let permissions = match &job.item.input {
            Input::File(path) => std::fs::metadata(path).ok().map(|metadata| metadata.permissions()),
            Input::Stdin => None,
        };
        if target.is_dir() {
            bail!("cannot write: there is a folder of this name");
        }
        output::write(target, bytes, self.force, permissions.filter(|permissions| !permissions.readonly()))
            .context("cannot write")
    }
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
        assert!(on_unread("ignore").unwrap_err().contains("fail, keep"));
    }
}
