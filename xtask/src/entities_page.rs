//! Makes `docs/entities.md` from the recognizers: what is found, how it is checked, an example of each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context as _, Result, ensure};
use subrosa_core::policy::safe_harbor;
use subrosa_core::recognizer::Recognizer;
use subrosa_core::registry;

use crate::project::root;

const INTRODUCTION: &str = "\
# What Subrosa finds

Made by `cargo xtask gen` from `crates/subrosa-core/src/recognizers`; a folder is a country (ISO 3166 code, `uk` for the United
Kingdom), or `generic` and `health` for what belongs to none. An identifier is written as Presidio writes it wherever Presidio
has the kind.

*Check* is what tells a value from others that are written alike; *chance* how many of those pass it without being one: of the
layouts of an identifier the one that lets most pass. A weak check makes a finding only together with a label or a word nearby.
*Letter* is the paragraph of 45 CFR 164.514(b)(2)(i), the Safe Harbor list, that the kind is removed under; without one the list
does not name it, and the preset `safe-harbor` keeps it.
";

const HEAD: &str = "| entity | what it is | letter | check | chance | example |\n| --- | --- | --- | --- | --- | --- |\n";

/// Writes the page; with `check`, only compares it with the one on disk.
pub(crate) fn run(check: bool) -> Result<()> {
    let path = root().join("docs/entities.md");
    let text = page()?;
    if check {
        let current = std::fs::read_to_string(&path).unwrap_or_default();
        ensure!(current == text, "not current, run `cargo xtask gen`: docs/entities.md");
        return Ok(());
    }
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn page() -> Result<String> {
    let mut folders: BTreeMap<&str, Vec<&dyn Recognizer>> = BTreeMap::new();
    for recognizer in registry::all() {
        folders.entry(folder(recognizer.info().module)).or_default().push(*recognizer);
    }
    let mut page = INTRODUCTION.to_owned();
    let neutral = |folder: &str| !matches!(folder, "generic" | "health");
    let mut names: Vec<_> = folders.keys().copied().collect();
    names.sort_by_key(|name| (neutral(name), *name));
    for name in names {
        let title = title(name)?;
        let _ = write!(page, "\n## {name}: {title}\n\n{HEAD}");
        let mut recognizers = folders.get(name).cloned().unwrap_or_default();
        recognizers.sort_by_key(|recognizer| recognizer.info().entity.id());
        page.extend(recognizers.into_iter().map(row));
    }
    Ok(page)
}

/// What a folder is for: the first line of its `mod.rs`.
fn title(folder: &str) -> Result<String> {
    let path = root().join(format!("crates/subrosa-core/src/recognizers/{folder}/mod.rs"));
    let source = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let line =
        source.lines().next().and_then(|line| line.strip_prefix("//! ")).context("a folder's mod.rs says what it is for")?;
    Ok(line.trim_end_matches('.').to_owned())
}

fn row(recognizer: &dyn Recognizer) -> String {
    let info = recognizer.info();
    let (method, chance) = match recognizer.check() {
        Some(check) if check.chance > 1 => (check.method, format!("1 in {}", check.chance)),
        Some(check) => (check.method, String::new()),
        None => ("", String::new()),
    };
    let method = if method == "none" { "" } else { method };
    let example = info.hits.first().map(|hit| example(hit)).unwrap_or_default();
    let letter = safe_harbor::letter(&info.entity).map(String::from).unwrap_or_default();
    format!("| `{}` | {} | {letter} | {} | {chance} | {example} |\n", info.entity, cell(info.summary), cell(method))
}

/// The example as code, the value marked.
fn example(hit: &str) -> String {
    format!("`{}`", cell(&hit.replace(['\n', '\t'], " ")).replace('`', "'"))
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The folder of `subrosa_core::recognizers::folder::file`.
fn folder(module: &'static str) -> &'static str {
    let path = module.split_once("recognizers::").map_or(module, |(_, path)| path);
    let folder = path.split("::").next().unwrap_or(path);
    folder.strip_prefix("r#").unwrap_or(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entity_has_its_row() {
        let page = page().unwrap();
        for recognizer in registry::all() {
            assert_eq!(page.matches(&format!("| `{}` |", recognizer.info().entity)).count(), 1);
        }
        assert!(page.contains("\n## in: India\n") && !page.contains("r#"));
    }
}
