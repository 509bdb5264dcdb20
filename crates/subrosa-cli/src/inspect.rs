//! Looking at files without writing any: what `scan` and `check` share.

use std::path::PathBuf;

use rayon::prelude::*;
use subrosa_documents::{Refusal, UnreadPart};

use crate::args::Running;
use crate::exit::Exit;
use crate::progress;
use crate::stats::Stats;
use crate::terminal::{visible, warn};
use crate::walk::{Item, walk};

/// Why a file was not looked at.
pub enum Problem {
    /// The system's reason.
    Io(std::io::Error),
    /// The document's.
    Refused(Refusal),
}

impl Problem {
    /// What it is, for reports.
    pub fn text(&self) -> String {
        match self {
            Self::Io(error) => format!("cannot read: {error}"),
            Self::Refused(refusal) => refusal.to_string(),
        }
    }
}

/// What came of one file: findings, and what else a command wants to know of it.
pub struct Inspected<F, M = ()> {
    /// As the user gave it.
    pub path: String,
    /// Bytes read.
    pub bytes: u64,
    /// What was found; nothing when there was a problem, for a caller would take it for all there is.
    pub findings: Vec<F>,
    /// Parts that could not be inspected; nothing when there was a problem.
    pub unread: Vec<UnreadPart>,
    /// Why it was not looked at.
    pub problem: Option<Problem>,
    /// What else.
    pub more: M,
}

impl<F, M: Default> Inspected<F, M> {
    /// A file of which nothing is known yet.
    pub fn new(path: String) -> Self {
        Self { path, bytes: 0, findings: Vec::new(), unread: Vec::new(), problem: None, more: M::default() }
    }

    /// The file with a problem, and without what was found before it.
    pub fn failed(self, problem: Problem) -> Self {
        Self { bytes: self.bytes, problem: Some(problem), ..Self::new(self.path) }
    }
}

/// Prints what was found, file by file, in order.
pub trait Printer<F, M = ()> {
    /// One file.
    ///
    /// # Errors
    /// The output cannot be written.
    fn file(&mut self, file: &Inspected<F, M>) -> anyhow::Result<()>;

    /// The end.
    ///
    /// # Errors
    /// As [`Printer::file`].
    fn finish(&mut self) -> anyhow::Result<()>;
}

/// Looks at all files below `paths`, a batch at a time, so that the output is in order and memory is bounded. `done` says what
/// was done with a file, for those with which it was not: `scanned`.
///
/// # Errors
/// Paths that cannot be walked, output that cannot be written.
pub fn inspect<F: Send, M: Send>(
    paths: &[PathBuf],
    running: &Running,
    done: &str,
    stats: &mut Stats,
    look: impl Fn(&Item) -> Inspected<F, M> + Sync,
    printer: &mut (dyn Printer<F, M> + '_),
) -> anyhow::Result<Exit> {
    let walked = walk(paths, running.stdin_filename.as_deref(), None)?;
    let mut exit = if walked.failed { Exit::Error } else { Exit::Clean };
    let bar = progress::bar(walked.items.len());
    for batch in walked.items.chunks(rayon::current_num_threads() * 16) {
        let batch: Vec<_> = batch.par_iter().with_max_len(1).map(&look).collect();
        for file in batch {
            exit = exit.max(bar.suspend(|| report_problems(&file, done)));
            stats.bytes += file.bytes;
            stats.findings += file.findings.len() as u64;
            bar.suspend(|| printer.file(&file))?;
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    printer.finish()?;
    Ok(exit)
}

/// Names on stderr what was not inspected, for a clean exit must mean that everything was.
fn report_problems<F, M>(file: &Inspected<F, M>, done: &str) -> Exit {
    match &file.problem {
        Some(Problem::Io(error)) => {
            warn(format_args!("cannot read {}: {error}", file.path));
            return Exit::Error;
        }
        Some(Problem::Refused(refusal)) => {
            warn(format_args!("not {done}: {}: {}", file.path, visible(&refusal.to_string())));
            return Exit::Refused;
        }
        None => {}
    }
    for unread in &file.unread {
        warn(format_args!("not inspected: {}: {}: {}", file.path, visible(&unread.part), visible(&unread.reason)));
    }
    match (file.findings.is_empty(), file.unread.is_empty()) {
        (false, _) => Exit::Findings,
        (true, false) => Exit::Refused,
        (true, true) => Exit::Clean,
    }
}
