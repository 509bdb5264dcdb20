//! Names of files and folders that hold a denied term.
//!
//! Only what the user denied is taken out of names. A date or a place in a name often is what a folder is sorted by, and a
//! detector made for running text is a poor judge of names; a denied term is a plain wish.

use std::path::{Component, Path, PathBuf};

use subrosa_core::apply::Applier;
use subrosa_core::segment::Segment;

use crate::engine::{Engine, is_denied};

/// The path with denied terms replaced in each of its parts. `_` counts as a blank: `John_Smith.txt` holds `John Smith`.
pub fn redacted(engine: &Engine, path: &Path) -> PathBuf {
    if !engine.denies {
        return path.to_owned();
    }
    path.components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str().map_or_else(|| name.into(), |name| redacted_part(engine, name).into()),
            other => other.as_os_str().to_owned(),
        })
        .collect()
}

fn redacted_part(engine: &Engine, name: &str) -> String {
    let segments = [Segment::new(name.replace('_', " "))];
    let mut findings = engine.detect(&segments);
    for of_name in &mut findings {
        of_name.retain(|finding| is_denied(&finding.entity));
    }
    let edits = Applier::new(&engine.policy).avoiding(engine.denied()).apply(&segments, &findings);
    let mut result = String::with_capacity(name.len());
    let mut done = 0;
    for edit in edits.iter().flatten() {
        // A blank has the length of `_`, so offsets hold for the name itself.
        result.push_str(name.get(done..edit.span.start).unwrap_or_default());
        result.push_str(&edit.replacement.replace(['/', '\\', '\0', ':'], "_"));
        done = edit.span.end;
    }
    result.push_str(name.get(done..).unwrap_or_default());
    if result.is_empty() || result == "." || result == ".." { "[REDACTED]".to_owned() } else { result }
}
