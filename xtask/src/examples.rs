//! The documents in `examples/`: making those that have sources, and redacting all of them and looking at the result with
//! programs that are not ours.

mod views;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::project::{cargo, output, root, scratch, succeed, target};
use views::{fold, views};

/// Flat OpenDocument sources in `xtask/examples/`, and what LibreOffice makes of them.
const MADE: &[(&str, &str)] = &[
    ("discharge-letter.fodt", "docx"),
    (
        "lawyers-letter.fodt",
        r#"pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}"#,
    ),
];

/// Makes the documents.
pub(crate) fn make() -> Result<()> {
    let profile = scratch("office")?;
    for (source, kind) in MADE {
        convert(&root().join("xtask/examples").join(source), kind, &root().join("examples"), &profile)?;
    }
    Ok(())
}

/// Redacts `examples/`; none of the values listed in `tests/examples_values.txt` may be left, and all of the words in
/// `tests/examples_kept.txt` must be.
pub(crate) fn check() -> Result<()> {
    succeed(&mut cargo(&["build", "--quiet", "--release", "--package", "subrosa-cli"]))?;
    let examples = root().join("examples");
    let out = scratch("examples")?;
    let mut redact = Command::new(target().join("release/subrosa"));
    redact.arg("redact").arg(&examples).arg("-o").arg(&out);
    succeed(&mut redact)?;

    let values = list("tests/examples_values.txt")?;
    let kept = list("tests/examples_kept.txt")?;
    let mut seen = vec![false; values.len()];
    let mut wrong = Vec::new();
    for original in files(&examples)? {
        let name = original.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let redacted = out.join(&name);
        ensure!(redacted.is_file(), "{name} was not written");
        let before = views(&original)?;
        let after = views(&redacted)?;
        for (index, (number, value)) in values.iter().enumerate() {
            seen[index] |= before.iter().any(|view| view.text.contains(value.as_str()));
            for view in after.iter().filter(|view| view.text.contains(value.as_str())) {
                wrong.push(format!("{name}: line {number} of examples_values.txt is still there ({})", view.name));
            }
        }
        for (number, word) in &kept {
            let has = |views: &[views::View]| views.iter().any(|view| view.text.contains(word.as_str()));
            if has(&before) && !has(&after) {
                wrong.push(format!("{name}: line {number} of examples_kept.txt is gone"));
            }
        }
    }
    for ((number, _), _) in values.iter().zip(&seen).filter(|(_, seen)| !**seen) {
        wrong.push(format!("line {number} of examples_values.txt stands in no example"));
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    opens(&out)?;
    println!("{} values gone, {} words kept, every document opens", values.len(), kept.len());
    Ok(())
}

/// Whether the redacted documents open in LibreOffice and give text.
fn opens(out: &Path) -> Result<()> {
    let profile = scratch("office")?;
    let texts = scratch("opened")?;
    for document in files(out)?.iter().filter(|path| path.extension().is_some_and(|kind| kind == "docx")) {
        convert(document, "txt:Text (encoded):UTF8", &texts, &profile)?;
        let text = texts.join(document.with_extension("txt").file_name().unwrap_or_default());
        let length = std::fs::metadata(&text).map_or(0, |metadata| metadata.len());
        ensure!(length > 200, "LibreOffice finds no text in {}", document.display());
    }
    Ok(())
}

fn convert(source: &Path, kind: &str, folder: &Path, profile: &Path) -> Result<()> {
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}", profile.display())).arg("--headless");
    office.args(["--convert-to", kind, "--outdir"]).arg(folder).arg(source);
    output(&mut office, &[0])?;
    let kind = kind.split(':').next().unwrap_or_default();
    let made = folder.join(source.with_extension(kind).file_name().unwrap_or_default());
    ensure!(made.is_file(), "LibreOffice made no {kind} of {}", source.display());
    Ok(())
}

/// The lines of a list, numbered and folded. Empty lines and those that begin with `#` are for people.
fn list(path: &str) -> Result<Vec<(usize, String)>> {
    let text = std::fs::read_to_string(root().join(path)).with_context(|| format!("cannot read {path}"))?;
    let lines = text.lines().map(str::trim).enumerate();
    let values = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    Ok(values.map(|(index, line)| (index + 1, fold(line))).collect())
}

/// The files of a folder, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
