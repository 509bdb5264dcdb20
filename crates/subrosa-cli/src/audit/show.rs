//! Entries for people, one a line.

use std::io;

use subrosa_vault::audit::Entry;

use super::Printer;
use crate::terminal::visible;

/// Most subjects and counts that a line names.
const MOST: usize = 3;

/// Number, time, actor, action, subjects, counts, reason.
pub struct Table;

impl Printer for Table {
    fn entry(&mut self, entry: &Entry, out: &mut dyn io::Write) -> io::Result<()> {
        let subjects = entry.subjects.iter().map(|subject| match &subject.outcome {
            Some(outcome) => format!("{} {outcome}", subject.name),
            None => subject.name.clone(),
        });
        let counts = entry.counts.iter().map(|(what, count)| format!("{what} {count}"));
        let mut line = format!("{:>5}  {}  {:<12} {:<8}", entry.seq, entry.time, entry.actor, entry.action);
        let reason = entry.reason.as_ref().map(|reason| format!("\u{201c}{reason}\u{201d}"));
        for part in [some(subjects), some(counts), reason.unwrap_or_default()].iter().filter(|part| !part.is_empty()) {
            line.push_str("  ");
            line.push_str(part);
        }
        writeln!(out, "{}", visible(line.trim_end()))
    }
}

/// The first few, and how many more there are.
fn some(all: impl ExactSizeIterator<Item = String>) -> String {
    let more = all.len().saturating_sub(MOST);
    let first = all.take(MOST).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{first} and {more} more") } else { first }
}
