//! `cargo xtask new-recognizer uk/nhs`: the recognizer's file, its `mod` line, and its line in `ALL`.
//!
//! What it writes compiles and finds nothing. The walker test fails until the file has examples of its own.

use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

use crate::project::{cargo, root, succeed};

/// Folders whose name is not part of the entity.
const NEUTRAL: &[&str] = &["generic", "health"];

/// Adds the recognizer.
pub(crate) fn run(name: &str) -> Result<()> {
    let (folder, file) = name.split_once('/').context("name the file below recognizers/, such as uk/nhs or generic/passport")?;
    for part in [folder, file] {
        let well = part.starts_with(|first: char| first.is_ascii_lowercase())
            && part.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_');
        ensure!(well, "`{part}` is no module name: small letters, digits and _, a letter first");
    }
    let entity = if NEUTRAL.contains(&folder) { file.to_uppercase() } else { format!("{folder}_{file}").to_uppercase() };
    let recognizers = root().join("crates/subrosa-core/src/recognizers");
    let path = recognizers.join(folder).join(format!("{file}.rs"));
    if path.exists() {
        bail!("{} is there already", path.display());
    }
    let registry = recognizers.join("mod.rs");
    let mut source = read(&registry)?;
    let module = recognizers.join(folder).join("mod.rs");
    let of_folder = if module.exists() {
        read(&module)?
    } else {
        source = with_module(&source, folder)?;
        format!("//! Personal data of one country: {}.\n\n", folder.to_uppercase())
    };
    let of_folder = with_module(&of_folder, file)?;
    let source = with_entry(&source, &format!("&{folder}::{file}::RECOGNIZER"))?;

    std::fs::create_dir_all(recognizers.join(folder))?;
    write(&path, &template(&entity))?;
    write(&module, &of_folder)?;
    write(&registry, &source)?;
    succeed(&mut cargo(&["fmt", "--package", "subrosa-core"]))?;
    println!("{}", path.display());
    println!("Fill it in, then: cargo test -p subrosa-core recognizers");
    Ok(())
}

/// The source with `pub mod name;` in its place among the others.
fn with_module(source: &str, name: &str) -> Result<String> {
    let line = format!("pub mod {name};");
    ensure!(!source.lines().any(|other| other == line), "`{line}` is there already");
    let mut lines: Vec<&str> = source.lines().collect();
    let at = lines
        .iter()
        .position(|other| other.starts_with("pub mod ") && *other > line.as_str())
        .or_else(|| lines.iter().rposition(|other| other.starts_with("pub mod ")).map(|last| last + 1))
        .unwrap_or(lines.len());
    lines.insert(at, &line);
    Ok(lines.join("\n") + "\n")
}

/// The source with `entry` in its place in `ALL`.
fn with_entry(source: &str, entry: &str) -> Result<String> {
    let start = "ALL: &[&dyn Recognizer] = &[";
    let (before, rest) = source.split_once(start).context("recognizers/mod.rs has no ALL")?;
    let (inside, after) = rest.split_once("];").context("ALL in recognizers/mod.rs does not end")?;
    let mut entries: Vec<&str> = inside.split(',').map(str::trim).filter(|entry| !entry.is_empty()).collect();
    let at = entries.iter().position(|other| *other > entry).unwrap_or(entries.len());
    entries.insert(at, entry);
    let entries = entries.join(",\n    ");
    Ok(format!("{before}{start}\n    {entries},\n];{after}"))
}

fn template(entity: &str) -> String {
    format!(
        r#"//! WHAT IT IS (the standard or law that defines it): its format, and what its check digit is.
//!
//! *Misses by design*: what of this kind is not found, and why.
//! *Confuses with*: what else looks like it.
//! *References*: where the format is defined.

use crate::entity::Entity;
use crate::layout::Layout;
use crate::recognizer::{{Info, Trigger}};
use crate::recognizers::identifier::IdentifierRecognizer;
use crate::validators::Check;

/// WHAT IT IS.
pub static RECOGNIZER: IdentifierRecognizer = IdentifierRecognizer {{
    info: Info {{
        module: module_path!(),
        entity: Entity::new("{entity}"),
        summary: "WHAT IT IS, in one sentence.",
        context: &[],
        negative_context: &[],
        hits: &[],
        misses: &[],
    }},
    triggers: &[Trigger::Layouts(&[Layout::new("999-999-999", 100), Layout::new("9{{9}}", 60)])],
    check: Check::NONE,
}};
"#
    )
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_in_their_order() {
        let source = "//! Docs.\n\npub mod a;\npub mod c;\n";
        assert_eq!(with_module(source, "b").unwrap(), "//! Docs.\n\npub mod a;\npub mod b;\npub mod c;\n");
        assert_eq!(with_module(source, "d").unwrap(), "//! Docs.\n\npub mod a;\npub mod c;\npub mod d;\n");
        assert_eq!(with_module("//! Docs.\n\n", "d").unwrap(), "//! Docs.\n\npub mod d;\n");
        assert!(with_module(source, "a").is_err());
    }

    #[test]
    fn an_entry_goes_into_the_list() {
        let source = "pub static ALL: &[&dyn Recognizer] = &[&a::x::RECOGNIZER, &c::x::RECOGNIZER];\n";
        let wanted = "pub static ALL: &[&dyn Recognizer] = &[\n    &a::x::RECOGNIZER,\n    &b::x::RECOGNIZER,\n    &c::x::RECOGNIZER,\n];\n";
        assert_eq!(with_entry(source, "&b::x::RECOGNIZER").unwrap(), wanted);
    }
}
