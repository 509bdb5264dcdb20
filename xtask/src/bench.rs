//! `cargo xtask bench`: runs the benches and prints what criterion measured, one line a bench.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::project::{cargo, succeed, target};

/// Runs all benches of the workspace.
pub(crate) fn run() -> Result<()> {
    succeed(&mut cargo(&["bench", "--workspace", "--benches", "--", "--quiet"]))?;
    let mut rows = Vec::new();
    collect(&target().join("criterion"), &mut rows)?;
    rows.sort();
    println!("{:<40} {:>12} {:>10}", "bench", "time", "MB/s");
    for (name, nanoseconds, bytes) in rows {
        let speed = bytes.map_or_else(|| "-".to_owned(), |bytes| format!("{:.1}", bytes as f64 * 1e3 / nanoseconds as f64));
        println!("{name:<40} {:>9.3} ms {speed:>10}", nanoseconds as f64 / 1e6);
    }
    Ok(())
}

/// Name, mean nanoseconds and bytes of each result below `folder`.
fn collect(folder: &Path, rows: &mut Vec<(String, u64, Option<u64>)>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if !path.is_dir() {
            continue;
        }
        if path.file_name().is_some_and(|name| name == "new") {
            let bench = json(&path.join("benchmark.json"))?;
            let estimates = json(&path.join("estimates.json"))?;
            let name = bench["full_id"].as_str().unwrap_or("?").to_owned();
            let mean = estimates["mean"]["point_estimate"].as_f64().unwrap_or_default();
            rows.push((name, (mean as u64).max(1), bench["throughput"]["Bytes"].as_u64()));
        } else {
            collect(&path, rows)?;
        }
    }
    Ok(())
}

fn json(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("no JSON: {}", path.display()))
}
