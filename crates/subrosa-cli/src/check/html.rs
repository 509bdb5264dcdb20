//! One page that needs nothing beside it: findings by file and kind, with sketches of the pages they stand on.

use std::io::Write;

use anyhow::Context as _;
use subrosa_documents::audit::PageShape;

use super::{Leak, Looked, by_kind, by_severity, plural, sketch};
use crate::inspect::Printer;
use crate::scan::html::escaped;
use crate::scan::write_line;

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<title>Subrosa check</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
h2 { margin-top: 2.5rem; overflow-wrap: anywhere; border-bottom: 1px solid #ccc; }
h3 { margin-bottom: .2rem; }
.tag { font-size: .75rem; font-weight: 700; padding: .1rem .5rem; border-radius: 1rem; color: #fff; vertical-align: middle; }
.tag.high { background: #b3261e; } .tag.medium { background: #9a5b00; } .tag.low { background: #5f6368; }
.why, .do { margin: .2rem 0; color: #444; }
.problem { color: #b3261e; }
ul { margin: .4rem 0; }
mark { background: #ffe9a8; }
.pages { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0; }
figure { margin: 0; width: 17rem; } figcaption { font-size: .85rem; color: #555; }
svg.page { width: 100%; border: 1px solid #bbb; }
svg .paper { fill: #fff; } svg .line { fill: #d8dbe0; }
svg .high { fill: #b3261e33; stroke: #b3261e; } svg .medium { fill: #9a5b0033; stroke: #9a5b00; }
svg .low { fill: #5f636833; stroke: #5f6368; }
</style>
<h1>What is still in the files</h1>";

/// Most places that are listed of one kind in one file.
const MOST_PLACES: usize = 200;

/// Prints one page.
pub struct Html<W> {
    out: W,
    begun: bool,
    files: usize,
    findings: usize,
}

impl<W: Write> Html<W> {
    /// Prints to `out`.
    pub fn new(out: W) -> Self {
        Self { out, begun: false, files: 0, findings: 0 }
    }

    fn begin(&mut self) -> anyhow::Result<()> {
        if !self.begun {
            self.begun = true;
            write_line(&mut self.out, format_args!("{HEAD}"))?;
        }
        Ok(())
    }
}

impl<W: Write> Printer<Leak, Vec<PageShape>> for Html<W> {
    fn file(&mut self, file: &Looked) -> anyhow::Result<()> {
        self.begin()?;
        self.files += 1;
        self.findings += file.findings.len();
        let out = &mut self.out;
        write_line(out, format_args!("<h2>{}</h2>", escaped(&file.path)))?;
        if let Some(problem) = &file.problem {
            return write_line(out, format_args!("<p class=\"problem\">Not checked: {}</p>", escaped(&problem.text())));
        }
        for unread in &file.unread {
            let (part, reason) = (escaped(&unread.part), escaped(&unread.reason));
            write_line(out, format_args!("<p class=\"problem\">Not inspected: {part}: {reason}</p>"))?;
        }
        let [high, medium, low] = by_severity(&file.findings);
        if file.findings.is_empty() {
            return write_line(out, format_args!("<p>Nothing found.</p>"));
        }
        write_line(out, format_args!("<p>{high} high, {medium} medium, {low} low.</p>"))?;
        for (kind, findings) in by_kind(&file.findings) {
            let level = kind.severity.name();
            write_line(out, format_args!("<h3><span class=\"tag {level}\">{level}</span> {}</h3>", escaped(kind.title)))?;
            write_line(out, format_args!("<p class=\"why\">{}</p>", escaped(kind.why)))?;
            write_line(out, format_args!("<p class=\"do\"><strong>What to do:</strong> {}</p>\n<ul>", escaped(kind.advice)))?;
            for finding in findings.iter().take(MOST_PLACES) {
                let values: Vec<String> =
                    finding.values.iter().map(|value| format!(" <mark>{}</mark>", escaped(value))).collect();
                let (place, detail) = (escaped(&finding.place), escaped(&finding.detail));
                write_line(out, format_args!("<li>{place}: {detail}{}", values.concat()))?;
            }
            if let Some(more) = findings.len().checked_sub(MOST_PLACES).filter(|more| *more > 0) {
                write_line(out, format_args!("<li>and {}", plural(more, "more place")))?;
            }
            write_line(out, format_args!("</ul>"))?;
        }
        let mut figures = Vec::new();
        for (index, shape) in file.more.iter().enumerate() {
            let on_page: Vec<&Leak> = file.findings.iter().filter(|finding| finding.page == Some(index + 1)).collect();
            if let Some(svg) = sketch::page(shape, &on_page) {
                figures.push(format!("<figure>{svg}<figcaption>page {}</figcaption></figure>", index + 1));
            }
        }
        if !figures.is_empty() {
            write_line(out, format_args!("<div class=\"pages\">\n{}\n</div>", figures.join("\n")))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.begin()?;
        let (findings, files) = (plural(self.findings, "finding"), plural(self.files, "file"));
        write_line(&mut self.out, format_args!("<p>{findings} in {files}.</p>\n</html>"))?;
        self.out.flush().context("cannot write")
    }
}
