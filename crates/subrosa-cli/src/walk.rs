//! Which files a command line means.
//!
//! Folders are walked whole: no ignore file hides anything, hidden files count, links are not followed. Order is that of the
//! paths, whatever the file system says.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use ignore::WalkBuilder;

use crate::terminal::{visible, warn};

/// Where the bytes of one document come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// A document to treat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Where it is.
    pub input: Input,
    /// Its path below the argument that led to it: the file's name, or the way from the folder.
    pub relative: PathBuf,
    /// Which argument led to it.
    pub argument: usize,
}

impl Item {
    /// The path for people, safe to print.
    pub fn display(&self) -> String {
        match &self.input {
            Input::Stdin => format!("<{}>", visible(&self.relative.to_string_lossy())),
            Input::File(path) => visible(&path.to_string_lossy()).into_owned(),
        }
    }
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walked {
    /// The documents, sorted by path, each once.
    pub items: Vec<Item>,
    /// Whether something could not be listed; it was named on stderr.
    pub failed: bool,
}

/// The documents that `paths` mean. `skip` is a folder below which nothing is taken, for an output folder inside an input.
///
/// # Errors
/// A path that is not there, or stdin among several.
pub fn walk(paths: &[PathBuf], stdin_filename: Option<&str>, skip: Option<&Path>) -> anyhow::Result<Walked> {
    let mut walked = Walked::default();
    let skip = skip.and_then(|path| path.canonicalize().ok());
    for (argument, path) in paths.iter().enumerate() {
        if path.as_os_str() == "-" {
            if paths.len() > 1 {
                bail!("`-` (stdin) cannot be joined with other paths");
            }
            let name = stdin_filename.and_then(|name| Path::new(name).file_name()).unwrap_or("stdin".as_ref());
            walked.items.push(Item { input: Input::Stdin, relative: name.into(), argument });
            continue;
        }
        let kind = std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
        if kind.is_dir() {
            walk_folder(path, argument, skip.as_deref(), &mut walked);
        } else {
            let name = path.file_name().with_context(|| format!("{} has no file name", path.display()))?;
            walked.items.push(Item { input: Input::File(path.clone()), relative: name.into(), argument });
        }
    }
    walked.items.sort();
    walked.items.dedup_by(|a, b| a.input == b.input);
    Ok(walked)
}

fn walk_folder(folder: &Path, argument: usize, skip: Option<&Path>, walked: &mut Walked) {
    let mut builder = WalkBuilder::new(folder);
    builder.standard_filters(false).follow_links(false);
    if let Some(skip) = skip.map(Path::to_owned) {
        // Only folders are compared: resolving every file would cost a call each.
        builder.filter_entry(move |entry| {
            !entry.file_type().is_some_and(|kind| kind.is_dir()) || entry.path().canonicalize().map_or(true, |path| path != skip)
        });
    }
    for entry in builder.build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                warn(format_args!("cannot list: {}", visible(&error.to_string())));
                walked.failed = true;
                continue;
            }
        };
        let Some(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            continue;
        }
        if !kind.is_file() {
            let what = if kind.is_symlink() { "link" } else { "special file" };
            warn(format_args!("skipped {what} {}", visible(&entry.path().to_string_lossy())));
            continue;
        }
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_owned();
        walked.items.push(Item { input: Input::File(entry.into_path()), relative, argument });
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests make files")]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn folders_are_walked_whole_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for file in ["b.txt", "a/z.txt", "a/.hidden", "a.txt", ".git/x", "out/old.txt"] {
            fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
            fs::write(root.join(file), "").unwrap();
        }
        fs::write(root.join(".gitignore"), "*.txt\n").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("b.txt"), root.join("link.txt")).unwrap();
        let walked = walk(&[root.to_owned(), root.join("b.txt")], None, Some(&root.join("out"))).unwrap();
        let names: Vec<String> = walked.items.iter().map(|item| item.relative.to_string_lossy().replace('\\', "/")).collect();
        assert_eq!(names, [".git/x", ".gitignore", "a/.hidden", "a/z.txt", "a.txt", "b.txt"]);
        assert!(!walked.failed);
    }

    #[test]
    fn stdin_stands_alone() {
        assert!(walk(&["-".into(), "x".into()], None, None).is_err());
        let walked = walk(&["-".into()], Some("notes/a.txt"), None).unwrap();
        assert_eq!(walked.items[0].relative, Path::new("a.txt"));
        assert!(walk(&["surely/not/there".into()], None, None).is_err());
    }
}
