//! What a run tells the person who started it, on stderr.

use subrosa_core::report::{FileReport, Report};

use super::Plan;
use crate::terminal::{say, visible};

/// Names every refused file with its reason. The report has the redacted path; here stands what the user typed.
pub fn name_refused(plan: &Plan, files: &[FileReport]) {
    for (job, file) in plan.jobs.iter().zip(files) {
        if let Some(refusal) = &file.refusal {
            say(format_args!("refused {}: {}", job.item.display(), visible(&refusal.reason)));
        }
    }
}

/// What a person should know of what was written: of one file every note, of many how many there are.
pub fn notes(plan: &Plan, files: &[FileReport]) {
    if let ([job], [file]) = (plan.jobs.as_slice(), files) {
        for note in &file.notes {
            say(format_args!("note on {}: {}", job.item.display(), visible(note)));
        }
        return;
    }
    let notes: usize = files.iter().map(|file| file.notes.len()).sum();
    if notes > 0 {
        let of = files.iter().filter(|file| !file.notes.is_empty()).count();
        say(format_args!("the report has {notes} notes on {of} files: parts left out, or not looked into"));
    }
}

/// Counts by entity, then one line about the files.
pub fn print(report: &Report) {
    let mut sums = std::collections::BTreeMap::new();
    for (entity, count) in report.files.iter().filter(|file| file.refusal.is_none()).flat_map(|file| &file.findings.by_entity) {
        *sums.entry(entity.as_str()).or_insert(0) += count;
    }
    let width = sums.keys().map(|entity| entity.len()).max().unwrap_or_default();
    for (entity, count) in sums {
        say(format_args!("  {entity:width$} {count:>7}"));
    }
    law(report);
    undecided(report);
    let totals = &report.totals;
    let files = if totals.files == 1 { "file" } else { "files" };
    say(format_args!(
        "{} {files}: {} redacted, {} clean, {} kept, {} refused{}",
        totals.files,
        totals.redacted,
        totals.clean,
        totals.kept,
        totals.refused,
        if report.complete { "" } else { "; interrupted" }
    ));
}

/// What the law of the policy wants said, and how its list is covered.
fn law(report: &Report) {
    let Some(law) = &report.policy.law else { return };
    say(format_args!("policy {}, {}:", report.policy.name, law.basis));
    for (name, value) in &report.policy.parameters {
        say(format_args!("  {name}: {}", visible(value)));
    }
    for covered in &report.coverage {
        say(format_args!("  {} {:>6}  {}", covered.letter, covered.found, covered.what));
    }
    for line in &law.says {
        say(format_args!("  {line}"));
    }
    for line in &law.undecided {
        say(format_args!("  not decided: {line}"));
    }
}

/// What a person has still to decide.
fn undecided(report: &Report) {
    let open = report.totals.undecided;
    if open > 0 {
        let values = if open == 1 { "value is" } else { "values are" };
        say(format_args!("{open} {values} left to a person to decide, and labelled until then; see `subrosa plan`"));
    }
}
