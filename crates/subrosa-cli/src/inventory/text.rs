//! The summary for a terminal.

use std::io::Write;

use super::report::{Person, Report};
use super::risk::Risk;
use crate::scan::write_line;
use crate::terminal::visible;

/// People, doubts and files that a summary names.
const MOST: usize = 30;

/// Prints the summary.
///
/// # Errors
/// The output cannot be written.
pub fn print(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    if !report.not_looked_into.is_empty() {
        write_line(out, format_args!("Not looked into, may hold anything:"))?;
        for not in &report.not_looked_into {
            let part = not.part.as_deref().map(|part| format!(", {}", visible(part))).unwrap_or_default();
            write_line(out, format_args!("  {}{part}: {}", visible(&not.path), visible(&not.reason)))?;
        }
        write_line(out, format_args!(""))?;
    }
    let totals = &report.totals;
    write_line(
        out,
        format_args!(
            "{}, {} in {} of {}; of nobody in particular: {}",
            plural(totals.people, "person", "people"),
            plural(totals.findings, "finding", "findings"),
            totals.with_findings,
            plural(totals.files, "file", "files"),
            totals.unassigned,
        ),
    )?;
    people(report, out)?;
    if !report.may_be_the_same.is_empty() {
        write_line(out, format_args!("\nMay be the same"))?;
        for same in report.may_be_the_same.iter().take(MOST) {
            let more = if same.more > 0 { format!(" and {} more", same.more) } else { String::new() };
            write_line(out, format_args!("  {}{more}: {}", same.people.join(", "), same.why))?;
        }
        rest(report.may_be_the_same.len(), out)?;
    }
    if report.kinds.is_empty() {
        return write_line(out, format_args!("\n{}", report.limits));
    }
    write_line(out, format_args!("\nFiles by risk"))?;
    let mut files: Vec<_> = report.files.iter().filter(|file| file.risk > Risk::None).collect();
    files.sort_by_key(|file| std::cmp::Reverse(file.risk));
    for file in files.iter().take(MOST) {
        let people = plural(file.people, "person", "people");
        write_line(out, format_args!("  {:6} {}  {people}", file.risk.name(), visible(&file.path)))?;
        for reason in &file.reasons {
            write_line(out, format_args!("           {}", visible(reason)))?;
        }
        for table in &file.tables {
            let columns: Vec<_> = table.columns.iter().map(|column| visible(&column.name)).collect();
            let of = if table.table.is_empty() { String::new() } else { format!("{}: ", visible(&table.table)) };
            write_line(
                out,
                format_args!(
                    "           {of}k = {} by {}; {} of {} rows unique",
                    table.smallest_class,
                    columns.join(", "),
                    table.unique_rows,
                    table.rows
                ),
            )?;
        }
    }
    rest(files.len(), out)?;
    write_line(out, format_args!("\nKinds"))?;
    for kind in &report.kinds {
        let of = plural(kind.people, "person", "people");
        let files = plural(kind.files, "file", "files");
        write_line(out, format_args!("  {:24} {:6}  {of}, {files}", kind.entity, kind.mentions))?;
    }
    breach(report, out)?;
    write_line(out, format_args!("\n{}", report.limits))
}

fn people(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    let mut people: Vec<&Person> = report.people.iter().collect();
    people.sort_by_key(|person| std::cmp::Reverse(person.kinds.len()));
    if !people.is_empty() {
        write_line(out, format_args!("\nPeople, those with most kinds first"))?;
    }
    for person in people.iter().take(MOST) {
        let who = [person.name.as_deref(), person.role, person.state].into_iter().flatten().map(|word| visible(word).to_string());
        let who: Vec<String> = who.collect();
        let who = if who.is_empty() { String::new() } else { format!(" ({})", who.join(", ")) };
        let files = plural(person.files.len() as u64, "file", "files");
        write_line(out, format_args!("  {}{who}: {}; {files}", person.id, person.types.join(", ")))?;
        let kinds = person.kinds.iter().map(|kind| {
            let guessed = if kind.guessed > 0 { format!(" ({} guessed)", kind.guessed) } else { String::new() };
            let shown: Vec<_> = kind.shown.iter().map(|value| visible(value).to_string()).collect();
            let shown = if shown.is_empty() { String::new() } else { format!(": {}", shown.join(" | ")) };
            format!("{} {}{guessed}{shown}", kind.entity, kind.values)
        });
        let kinds: Vec<String> = kinds.collect();
        if person.name.is_some() {
            for kind in kinds {
                write_line(out, format_args!("      {kind}"))?;
            }
        } else {
            write_line(out, format_args!("      {}", kinds.join(", ")))?;
        }
    }
    rest(people.len(), out)
}

fn breach(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    let Some(breach) = &report.breach else { return Ok(()) };
    write_line(out, format_args!("\nNotice of a breach ({})", breach.basis))?;
    let range = |range: super::breach::Range| {
        if range.at_least == range.at_most {
            format!("{}", range.at_most)
        } else {
            format!("{} to {}", range.at_least, range.at_most)
        }
    };
    write_line(out, format_args!("  individuals: {}", range(breach.individuals)))?;
    for state in &breach.states {
        write_line(out, format_args!("  residents of {}: {}", state.state, range(state.people)))?;
    }
    write_line(out, format_args!("  State not told: {}", range(breach.state_unknown)))?;
    write_line(out, format_args!("  media, more than 500 residents of a State (164.406): {}", breach.media.name()))?;
    write_line(out, format_args!("  Secretary at once, 500 individuals or more (164.408): {}", breach.secretary.name()))?;
    match (&breach.discovered, &breach.notify_by, &breach.annual_log_by) {
        (Some(discovered), Some(by), Some(log)) => {
            write_line(out, format_args!("  discovered {discovered}: notify without unreasonable delay, at the latest on {by}"))?;
            write_line(out, format_args!("  fewer than 500: to the Secretary's log by {log}"))?;
        }
        _ => write_line(out, format_args!("  notify within 60 calendar days of discovery; --discovered gives the day"))?,
    }
    for of in &breach.types {
        write_line(out, format_args!("  {}: {}", of.kind, plural(of.people, "person", "people")))?;
    }
    write_line(out, format_args!("  What the notice has to contain (164.404(c)(1)):"))?;
    for element in &breach.notice {
        write_line(out, format_args!("    ({}) {}", element.letter, element.asks))?;
        if let Some(known) = &element.known {
            write_line(out, format_args!("        known: {known}"))?;
        }
        write_line(out, format_args!("        to be added: {}", element.missing))?;
    }
    Ok(())
}

fn rest(all: usize, out: &mut impl Write) -> anyhow::Result<()> {
    match all.checked_sub(MOST).filter(|more| *more > 0) {
        Some(more) => write_line(out, format_args!("  and {more} more; --format csv has all")),
        None => Ok(()),
    }
}

/// `1 file`, `2 files`.
pub fn plural(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}
