//! `cargo xtask bench`: runs the benches and prints what criterion measured, one line a kind of text, in MB a second.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::project::{cargo, succeed, target};

/// Runs all benches of the workspace.
pub(crate) fn run() -> Result<()> {
    succeed(&mut cargo(&["bench", "--workspace", "--benches", "--", "--quiet"]))?;
    let mut speeds = Speeds::new();
    collect(&target().join("criterion"), &mut speeds)?;
    print!("{:<24}", "MB/s");
    for column in COLUMNS {
        print!(" {column:>12}");
    }
    println!();
    for (kind, speeds) in speeds {
        print!("{kind:<24}");
        for column in COLUMNS {
            print!(" {:>12}", speeds.get(*column).map_or_else(|| "-".to_owned(), |speed| format!("{speed:.1}")));
        }
        println!();
    }
    Ok(())
}

/// What is measured of each kind of text.
const COLUMNS: &[&str] = &["detect", "memchr", "expressions"];

/// Kind of text, then what was measured, then megabytes a second.
type Speeds = BTreeMap<String, BTreeMap<String, f64>>;

/// The speed of each result below `folder`.
fn collect(folder: &Path, speeds: &mut Speeds) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if !path.is_dir() {
            continue;
        }
        if path.file_name().is_some_and(|name| name == "new") {
            let bench = json(&path.join("benchmark.json"))?;
            let estimates = json(&path.join("estimates.json"))?;
            let nanoseconds = estimates["mean"]["point_estimate"].as_f64().unwrap_or_default().max(1.0);
            let bytes = bench["throughput"]["Bytes"].as_f64().unwrap_or_default();
            let word = |field: &str| bench[field].as_str().unwrap_or("?").to_owned();
            speeds.entry(word("group_id")).or_default().insert(word("function_id"), bytes * 1e3 / nanoseconds);
        } else {
            collect(&path, speeds)?;
        }
    }
    Ok(())
}

fn json(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("no JSON: {}", path.display()))
}
