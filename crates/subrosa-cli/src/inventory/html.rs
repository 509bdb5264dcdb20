//! One page that needs nothing beside it: figures, plots, tables that can be sorted and searched. Its policy allows its own
//! script and nothing else; without a script it shows the same.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

use super::breach::{Breach, Range, Threshold};
use super::plots::{Bar, bars, columns};
use super::report::{File, Person, Report};
use super::risk::Risk;
use super::text::plural;
use crate::scan::html::escaped;
use crate::scan::write_line;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Rows of a table. More make a page that no browser likes; CSV has all.
const MOST_ROWS: usize = 5000;
/// Kinds in the plot.
const MOST_KINDS: usize = 15;
/// Columns of the plot of people; the last stands for all above.
const MOST_COLUMNS: usize = 12;

/// Prints the page.
///
/// # Errors
/// The output cannot be written.
pub fn print(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    let allowed = base64(&Sha256::digest(SCRIPT.as_bytes()));
    write_line(
        out,
        format_args!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<title>Inventory of personal information</title>\n<style>\n{STYLE}</style>\n<main>\n\
             <h1>Inventory of personal information</h1>\n<p class=\"limits\">{}</p>",
            escaped(report.limits)
        ),
    )?;
    not_looked_into(report, out)?;
    figures(report, out)?;
    if let Some(breach) = &report.breach {
        notice(breach, out)?;
    }
    plots(report, out)?;
    people(report, out)?;
    doubts(report, out)?;
    files(report, out)?;
    tables(report, out)?;
    kinds(report, out)?;
    write!(out, "</main>\n<script>{SCRIPT}</script>\n</html>\n").context("cannot write")
}

fn not_looked_into(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    if report.not_looked_into.is_empty() {
        return Ok(());
    }
    write_line(
        out,
        format_args!("<section class=\"alert\">\n<h2>Not looked into</h2>\n<p>These may hold anything about anybody.</p>"),
    )?;
    let rows = report.not_looked_into.iter().map(|not| {
        let part = not.part.as_deref().unwrap_or("the whole file");
        [path(&not.path), cell(part), cell(&not.reason)].concat()
    });
    table(out, "not-looked-into", &["File", "Part", "Why"], rows)?;
    write_line(out, format_args!("</section>"))
}

fn figures(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    let totals = &report.totals;
    let figures = [
        (totals.people, "people found"),
        (totals.findings, "findings"),
        (totals.with_findings, "files with findings"),
        (totals.files, "files"),
        (totals.not_looked_into + totals.partly_looked_into, "files not or not wholly looked into"),
        (totals.unassigned, "findings of nobody in particular"),
    ];
    let items = figures.map(|(count, what)| format!("<li><b>{count}</b> {what}</li>"));
    write_line(out, format_args!("<ul class=\"figures\">{}</ul>", items.concat()))
}

fn plots(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    let mut by_kinds: BTreeMap<usize, u64> = BTreeMap::new();
    for person in &report.people {
        *by_kinds.entry(person.kinds.len().min(MOST_COLUMNS)).or_default() += 1;
    }
    let last = by_kinds.keys().max().copied().unwrap_or(0);
    let people = (1..=last).map(|count| Bar {
        label: if count == MOST_COLUMNS { format!("{count}+") } else { count.to_string() },
        count: by_kinds.get(&count).copied().unwrap_or_default(),
        class: "bar",
    });
    let risks = [Risk::High, Risk::Medium, Risk::Low, Risk::None].map(|risk| Bar {
        label: if risk == Risk::None { "nothing found".to_owned() } else { format!("{} risk", risk.name()) },
        count: report.files.iter().filter(|file| file.risk == risk).count() as u64,
        class: risk.name(),
    });
    let not = Bar { label: "not looked into".to_owned(), count: report.totals.not_looked_into, class: "high" };
    let mut kinds: Vec<&super::report::Kind> = report.kinds.iter().collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.mentions));
    let kinds = kinds.iter().take(MOST_KINDS);
    let kinds = kinds.map(|kind| Bar { label: kind.entity.clone(), count: kind.mentions, class: "bar" });
    let plots = [
        (
            "People by number of kinds of data",
            columns("People by number of kinds of data", "kinds of data", &people.collect::<Vec<_>>()),
        ),
        ("Files by risk", bars("Files by risk", &[not].into_iter().chain(risks).collect::<Vec<_>>())),
        ("Findings by kind", bars("Findings by kind", &kinds.collect::<Vec<_>>())),
    ];
    write_line(out, format_args!("<h2>At a glance</h2>\n<div class=\"plots\">"))?;
    for (title, svg) in plots {
        write_line(out, format_args!("<figure><figcaption>{title}</figcaption>{svg}</figure>"))?;
    }
    write_line(out, format_args!("</div>"))
}

fn people(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    write_line(out, format_args!("<h2 id=\"people\">People</h2>"))?;
    search(out, "people-table", "Find a person, kind or file")?;
    let named = report.people.iter().any(|person| person.name.is_some());
    let mut head = vec!["Person"];
    head.extend(named.then_some("Name"));
    head.extend(["Role", "State", "Types of information", "Kinds", "What was found", "Files"]);
    let mut sorted: Vec<&Person> = report.people.iter().collect();
    sorted.sort_by_key(|person| std::cmp::Reverse(person.kinds.len()));
    let rows = sorted.into_iter().map(|person| {
        let kinds = person.kinds.iter().map(|kind| {
            let guessed = if kind.guessed > 0 { format!(" ({} guessed)", kind.guessed) } else { String::new() };
            let shown = if kind.shown.is_empty() { String::new() } else { format!(": {}", kind.shown.join(" | ")) };
            format!("<li>{} {}{guessed}{}</li>", escaped(&kind.entity), kind.values, escaped(&shown))
        });
        let name = if named { cell(person.name.as_deref().unwrap_or_default()) } else { String::new() };
        let files = person.files.iter().map(|file| format!("<li>{}</li>", escaped(file)));
        [
            cell(&person.id),
            name,
            cell(person.role.unwrap_or_default()),
            cell(person.state.unwrap_or_default()),
            cell(&person.types.join(", ")),
            number(person.kinds.len() as u64),
            format!("<td class=\"what\"><ul class=\"plain\">{}</ul></td>", kinds.collect::<String>()),
            format!("<td class=\"path\"><ul class=\"plain\">{}</ul></td>", files.collect::<String>()),
        ]
        .concat()
    });
    table(out, "people-table", &head, rows)
}

fn doubts(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    if report.may_be_the_same.is_empty() {
        return Ok(());
    }
    write_line(
        out,
        format_args!(
            "<h2>May be the same</h2>\n<p class=\"quiet\">Nobody was merged on these grounds. A case sheet decides.</p>"
        ),
    )?;
    let rows = report.may_be_the_same.iter().map(|same| {
        let more = if same.more > 0 { format!(" and {} more", same.more) } else { String::new() };
        [format!("<td class=\"path\">{}{more}</td>", escaped(&same.people.join(", "))), cell(&same.why)].concat()
    });
    table(out, "doubts", &["People", "Why"], rows)
}

fn files(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    write_line(out, format_args!("<h2>Files</h2>"))?;
    search(out, "files-table", "Find a file, kind or reason")?;
    let mut sorted: Vec<&File> = report.files.iter().collect();
    sorted.sort_by_key(|file| std::cmp::Reverse(file.risk));
    let rows = sorted.into_iter().map(|file| {
        let list = |items: Vec<String>| {
            let items: Vec<String> = items.iter().map(|item| format!("<li>{}</li>", escaped(item))).collect();
            format!("<td><ul class=\"plain\">{}</ul></td>", items.concat())
        };
        let kinds = file.counts.iter().map(|kind| {
            let unassigned =
                if kind.unassigned > 0 { format!(" ({} of nobody in particular)", kind.unassigned) } else { String::new() };
            format!("{} {}{unassigned}", kind.entity, kind.mentions)
        });
        let combinations =
            file.combinations.iter().map(|of| format!("{}: {}", of.of.join(" + "), plural(of.people, "person", "people")));
        [
            path(&file.path),
            format!("<td data-sort=\"{}\"><span class=\"tag {1}\">{1}</span></td>", file.risk as u8, file.risk.name()),
            list(file.reasons.clone()),
            number(file.people),
            list(kinds.collect()),
            list(combinations.collect()),
        ]
        .concat()
    });
    table(out, "files-table", &["File", "Risk", "Why", "People", "Findings", "Told apart by"], rows)
}

fn tables(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    let mut rows = report.files.iter().flat_map(|file| file.tables.iter().map(move |table| (file, table))).peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    write_line(
        out,
        format_args!(
            "<h2>Tables</h2>\n<p class=\"quiet\">How many rows share the same values in the columns that tell people apart together: k is the size of the smallest group, as the values are written.</p>"
        ),
    )?;
    let rows = rows.map(|(file, table)| {
        let columns =
            table.columns.iter().map(|column| format!("{} ({})", column.name, column.is)).collect::<Vec<_>>().join(", ");
        [
            path(&file.path),
            cell(&table.table),
            cell(&columns),
            number(table.rows),
            number(u64::from(table.smallest_class)),
            number(table.unique_rows),
            number(table.rows_in_small_classes),
        ]
        .concat()
    });
    table(out, "tables", &["File", "Table", "Columns", "Rows", "k", "Unique rows", "Rows in groups under 5"], rows)
}

fn kinds(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    write_line(out, format_args!("<h2>Kinds</h2>"))?;
    let rows = report
        .kinds
        .iter()
        .map(|kind| [cell(&kind.entity), number(kind.mentions), number(kind.people), number(kind.files)].concat());
    table(out, "kinds", &["Kind", "Findings", "People", "Files"], rows)
}

fn notice(breach: &Breach, out: &mut impl Write) -> anyhow::Result<()> {
    write_line(out, format_args!("<h2>Notice of a breach</h2>\n<p class=\"quiet\">{}.</p>\n<dl>", escaped(breach.basis)))?;
    let mut term = |name: &str, said: &str| write_line(out, format_args!("<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(said)));
    term("Individuals", &range(breach.individuals))?;
    term("Media, more than 500 residents of a State (164.406)", breach.media.name())?;
    term("Secretary at once, 500 individuals or more (164.408)", breach.secretary.name())?;
    match (&breach.discovered, &breach.notify_by, &breach.annual_log_by) {
        (Some(discovered), Some(by), Some(log)) => {
            term("Discovered", discovered)?;
            term("Notify without unreasonable delay, at the latest on", by)?;
            if breach.secretary != Threshold::Reached {
                term("Fewer than 500: tell the Secretary by", log)?;
            }
        }
        _ => term("Notify", "without unreasonable delay, at the latest 60 calendar days after discovery")?,
    }
    write_line(out, format_args!("</dl>"))?;
    let rows = breach.types.iter().map(|of| [cell(of.kind), number(of.people)].concat());
    table(out, "types", &["Type of information", "People"], rows)?;
    let states = breach.states.iter().map(|state| (state.state, state.people, state.media.name()));
    let rows = states
        .chain([("not told", breach.state_unknown, "")])
        .map(|(state, people, media)| [cell(state), number(people.at_least), number(people.at_most), cell(media)].concat());
    table(out, "states", &["State", "At least", "At most", "More than 500 residents"], rows)?;
    write_line(out, format_args!("<h2>What the notice has to contain (164.404(c)(1))</h2>"))?;
    let rows = breach.notice.iter().map(|element| {
        let known = element.known.as_deref().unwrap_or("nothing");
        [cell(&format!("({})", element.letter)), cell(element.asks), cell(known), cell(element.missing)].concat()
    });
    table(out, "notice", &["Part", "Asks for", "Known from the files", "To be added"], rows)
}

fn range(range: Range) -> String {
    if range.at_least == range.at_most { range.at_most.to_string() } else { format!("{} to {}", range.at_least, range.at_most) }
}

fn search(out: &mut impl Write, table: &str, what: &str) -> anyhow::Result<()> {
    write_line(out, format_args!("<label class=\"find\" hidden>{what} <input type=\"search\" data-table=\"{table}\"></label>"))
}

fn table(out: &mut impl Write, id: &str, head: &[&str], rows: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let cells: Vec<String> = head.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
    write_line(
        out,
        format_args!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table class=\"sortable\" id=\"{id}\"><thead><tr>{}</tr></thead><tbody>",
            id.replace('-', " "),
            cells.concat()
        ),
    )?;
    let mut left_out = 0;
    for (number, row) in rows.enumerate() {
        if number < MOST_ROWS {
            write_line(out, format_args!("<tr>{row}</tr>"))?;
        } else {
            left_out += 1;
        }
    }
    write_line(out, format_args!("</tbody></table></div>"))?;
    if left_out > 0 {
        write_line(out, format_args!("<p>{left_out} more rows are left out here; --format json has all.</p>"))?;
    }
    Ok(())
}

fn cell(text: &str) -> String {
    format!("<td>{}</td>", escaped(text))
}

fn path(text: &str) -> String {
    format!("<td class=\"path\">{}</td>", escaped(text))
}

fn number(count: u64) -> String {
    format!("<td class=\"number\">{count}</td>")
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or_default()));
        for place in 0..4 {
            let sign = char::from(SIGNS[(bits >> (18 - 6 * place)) as usize & 63]);
            text.push(if place > chunk.len() { '=' } else { sign });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_the_specification() {
        for (bytes, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
    }

    #[test]
    fn nothing_in_the_page_is_fetched() {
        for fetched in ["http:", "https:", "url(", "@import", "src=", "fetch(", "eval", "innerHTML"] {
            assert!(!STYLE.contains(fetched) && !SCRIPT.contains(fetched), "{fetched}");
        }
    }
}
