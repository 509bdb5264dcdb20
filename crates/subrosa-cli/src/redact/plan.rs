//! Where each output goes, checked before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::bail;
use subrosa::{Engine, names};

use super::slashed;
use crate::encrypt::EXTENSION;
use crate::walk::{Input, Item};

/// All outputs of a run.
pub struct Plan {
    /// One for each document.
    pub jobs: Vec<Job>,
    /// Where the report goes, if anywhere.
    pub report: Option<PathBuf>,
}

/// One document and its output.
pub struct Job {
    /// The document.
    pub item: Item,
    /// Its path in the report.
    pub reported: String,
    /// The output file; stdout when nothing.
    pub target: Option<PathBuf>,
}

/// Where outputs are to go, as the user said.
pub struct To<'a> {
    /// A folder or file; stdout when nothing.
    pub out: Option<&'a Path>,
    /// The report, where it is not to be beside them.
    pub report: Option<&'a Path>,
    /// Whether what is there is replaced.
    pub force: bool,
    /// Whether they are encrypted, which their names say.
    pub encrypt: bool,
}

impl Plan {
    /// The outputs of `items`.
    ///
    /// # Errors
    /// Two outputs of one name, an output that is an input, or one that is already there and not to be replaced.
    pub fn new(engine: &Engine, paths: &[PathBuf], items: Vec<Item>, to: &To<'_>) -> anyhow::Result<Self> {
        let To { out, report, force, encrypt } = *to;
        let single = !paths.iter().any(|path| path.is_dir()) && items.len() == 1;
        if out.is_none() && !single {
            bail!("`-o -` (stdout) takes a single file or stdin");
        }
        // `a.txt` and `a.txt.age` are the same where outputs are encrypted.
        let sealed = |path: &Path| path.extension().is_some_and(|extension| extension == EXTENSION);
        let named = out.map(|out| if encrypt && sealed(out) { out.with_extension("") } else { out.to_owned() });
        let as_file = named.filter(|out| single && is_file_name(out, items.first().map(|item| item.relative.as_path())));
        let mut taken = BTreeSet::new();
        let mut jobs = Vec::with_capacity(items.len());
        for item in items {
            let mirrored = mirrored(paths, &item);
            let mut relative = names::redacted(engine, &mirrored);
            let renamed = relative != mirrored;
            for number in 2.. {
                if taken.insert(relative.clone()) {
                    break;
                }
                if !renamed {
                    bail!("two files would become {}; redact their common folder", relative.display());
                }
                relative = numbered(&names::redacted(engine, &mirrored), number);
            }
            let target = out.map(|out| as_file.clone().unwrap_or_else(|| out.join(&relative)));
            let target = target.map(|target| if encrypt { behind(&target, EXTENSION) } else { target });
            jobs.push(Job { reported: slashed(&relative), item, target });
        }
        let report = match (report, out, &as_file) {
            (Some(report), ..) => Some(report.to_owned()),
            (None, None, _) => None,
            (None, Some(_), Some(file)) => Some(behind(file, "report.json")),
            (None, Some(folder), None) => Some(folder.join("report.json")),
        };
        let plan = Self { jobs, report };
        plan.check(force)?;
        Ok(plan)
    }

    fn check(&self, force: bool) -> anyhow::Result<()> {
        let targets = self.jobs.iter().filter_map(|job| job.target.as_deref());
        if let Some(report) = &self.report
            && targets.clone().any(|target| target == report)
        {
            bail!("{} would be both an output and the report; use --report", report.display());
        }
        let there: Vec<_> =
            targets.chain(self.report.as_deref()).filter_map(|target| Some((target, target.canonicalize().ok()?))).collect();
        if there.is_empty() {
            return Ok(());
        }
        // Only what is there already can be an input, through a link, say.
        let mut inputs = BTreeMap::new();
        for job in &self.jobs {
            if let Input::File(path) = &job.item.input
                && let Ok(whole) = path.canonicalize()
            {
                inputs.insert(whole, path);
            }
        }
        if let Some(input) = there.iter().find_map(|(_, whole)| inputs.get(whole)) {
            bail!("{} is an input and would be overwritten; choose another output", input.display());
        }
        match there.first() {
            Some((first, _)) if !force => {
                let more = if there.len() > 1 { format!(" and {} more are", there.len() - 1) } else { " is".to_owned() };
                bail!("{}{more} already there; choose another output, or --force", first.display())
            }
            _ => Ok(()),
        }
    }
}

/// The contents of a folder come directly under the output; of several paths, each folder under its own name.
fn mirrored(paths: &[PathBuf], item: &Item) -> PathBuf {
    let folder = paths.get(item.argument).filter(|path| paths.len() > 1 && path.is_dir());
    match folder.and_then(|folder| folder.canonicalize().ok()).as_deref().and_then(Path::file_name) {
        Some(name) => Path::new(name).join(&item.relative),
        None => item.relative.clone(),
    }
}

/// Whether the output of a single file is meant as a file name: nothing is there or a file, and it ends as the input does.
fn is_file_name(out: &Path, input: Option<&Path>) -> bool {
    let ends_alike = out.extension().is_some() && out.extension() == input.and_then(Path::extension);
    let ends_in_separator = out.to_string_lossy().ends_with(std::path::is_separator);
    !ends_in_separator && (out.is_file() || (!out.exists() && ends_alike))
}

/// `name.txt` as `name-2.txt`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = match path.extension() {
        Some(extension) => format!("{stem}-{number}.{}", extension.to_string_lossy()),
        None => format!("{stem}-{number}"),
    };
    path.with_file_name(name)
}

/// `notes.txt.report.json` for `notes.txt`.
fn behind(file: &Path, more: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(more);
    file.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_before_the_extension() {
        assert_eq!(numbered(Path::new("a/b.txt"), 2), Path::new("a/b-2.txt"));
        assert_eq!(numbered(Path::new("b"), 3), Path::new("b-3"));
        assert_eq!(behind(Path::new("a/b.txt"), "report.json"), Path::new("a/b.txt.report.json"));
    }

    #[test]
    fn an_output_is_a_file_only_when_it_looks_like_the_input() {
        let input = Some(Path::new("x/notes.txt"));
        assert!(is_file_name(Path::new("surely/not/there.txt"), input));
        assert!(!is_file_name(Path::new("surely/not/there"), input));
        assert!(!is_file_name(Path::new("surely/not/there.d"), input));
        assert!(!is_file_name(Path::new("surely/not/there.txt/"), input));
        assert!(!is_file_name(Path::new("."), input));
    }
}
