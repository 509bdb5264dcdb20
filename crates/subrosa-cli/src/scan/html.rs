//! One page, complete in itself: no script, nothing fetched, and a policy that forbids both.

use std::borrow::Cow;
use std::io::Write;

use anyhow::Context as _;

use super::{Hit, Scanned, write_line};
use crate::inspect::{Printer, Problem};

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Findings</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c; background: #fff }
  h2 { font-size: 1rem; margin: 2rem 0 .25rem; overflow-wrap: anywhere }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #ddd; overflow-wrap: anywhere }
  .problem { color: #a00000 }
</style>
<h1>Findings</h1>
"#;

/// Prints the page.
pub struct Html<W> {
    out: W,
    started: bool,
    documents: usize,
    findings: usize,
}

impl<W: Write> Html<W> {
    /// Prints to `out`.
    pub fn new(out: W) -> Self {
        Self { out, started: false, documents: 0, findings: 0 }
    }

    fn start(&mut self) -> anyhow::Result<()> {
        if !std::mem::replace(&mut self.started, true) {
            self.out.write_all(HEAD.as_bytes()).context("cannot write")?;
        }
        Ok(())
    }
}

impl<W: Write> Printer<Hit> for Html<W> {
    fn file(&mut self, document: &Scanned) -> anyhow::Result<()> {
        self.start()?;
        self.documents += 1;
        self.findings += document.findings.len();
        if document.findings.is_empty() && document.unread.is_empty() && document.problem.is_none() {
            return Ok(());
        }
        let out = &mut self.out;
        write_line(out, format_args!("<h2>{}</h2>", escaped(&document.path)))?;
        let problem = document.problem.as_ref().map(Problem::text);
        let unread = document.unread.iter().map(|unread| format!("not inspected: {}: {}", unread.part, unread.reason));
        for line in problem.into_iter().chain(unread) {
            write_line(out, format_args!("<p class=\"problem\">{}</p>", escaped(&line)))?;
        }
        if document.findings.is_empty() {
            return Ok(());
        }
        let values = document.findings.iter().any(|hit| hit.value.is_some());
        let header = if values { "<th>Value" } else { "" };
        write_line(out, format_args!("<table>\n<tr><th>Place<th>Entity<th>Confidence{header}</tr>"))?;
        for hit in &document.findings {
            let value = hit.value.as_deref().map(|value| format!("<td>{}", escaped(value))).unwrap_or_default();
            let (place, entity, confidence) = (escaped(&hit.place), &hit.entity, hit.confidence);
            write_line(out, format_args!("<tr><td>{place}<td>{entity}<td>{confidence}{value}</tr>"))?;
        }
        write_line(out, format_args!("</table>"))
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.start()?;
        write_line(&mut self.out, format_args!("<p>{} findings in {} files.</p>\n</html>", self.findings, self.documents))?;
        self.out.flush().context("cannot write")
    }
}

/// Text for the inside of elements and attributes.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escaped("<a href='x'>\"&"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }
}
