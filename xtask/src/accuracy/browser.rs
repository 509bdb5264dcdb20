//! `cargo xtask accuracy --html FILE`: one page to look at what was missed and what was found in error.
//!
//! The page holds its data, script and style, and asks the network for nothing. It groups by corpus, type and kind of error,
//! gathers equal values, the most frequent first, and draws only what is in view, so that ten thousand errors are no trouble.
//! It shows text of the corpora: such a page is for the one who measures, and not for publishing.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;
use subrosa_core::span::Span;

/// The page without its data.
const PAGE: &str = include_str!("browser.html");
/// Where the data goes.
const PLACE: &str = "/*DATA*/";
/// Characters shown on each side of a value.
const AROUND: usize = 90;

/// What was missed or found in error.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Row {
    /// Which corpus.
    pub(crate) corpus: &'static str,
    /// `FN`, missed, or `FP`, found in error.
    pub(crate) what: &'static str,
    /// The type that was missed or wrongly given.
    pub(crate) kind: &'static str,
    /// The document.
    pub(crate) id: String,
    /// The text before it.
    pub(crate) before: String,
    /// The text itself.
    pub(crate) value: String,
    /// The text after it.
    pub(crate) after: String,
    /// What it was taken for, or is, instead; empty if nothing.
    pub(crate) instead: String,
    /// Confidence and pattern of the finding, if there is one.
    pub(crate) why: String,
}

/// The figures of a corpus as its text in `tests/accuracy/` gives them.
#[derive(Serialize)]
pub(crate) struct Figures {
    /// Which corpus.
    pub(crate) corpus: &'static str,
    /// The text.
    pub(crate) text: String,
}

/// All that the page shows.
#[derive(Default, Serialize)]
pub(crate) struct Browser {
    /// One for each corpus.
    pub(crate) figures: Vec<Figures>,
    /// In the order of the documents.
    pub(crate) rows: Vec<Row>,
}

impl Browser {
    /// Writes the page.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let page = self.page()?;
        std::fs::write(path, page).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}: {} errors in {} corpora", path.display(), self.rows.len(), self.figures.len());
        Ok(())
    }

    fn page(&self) -> Result<String> {
        // Within a script element, `</script` and `<!--` in a string would end it.
        let data = serde_json::to_string(self)?.replace('<', "\\u003c");
        let (head, tail) = PAGE.split_once(PLACE).context("the page has no place for its data")?;
        Ok([head, &data, tail].concat())
    }
}

/// The text around a span, cut at characters: before, inside, after.
pub(crate) fn context(text: &str, span: Span) -> (String, String, String) {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    (
        cut(from > 0).to_owned() + before.get(from..).unwrap_or_default(),
        span.of(text).to_owned(),
        after.get(..to).unwrap_or_default().to_owned() + cut(to < after.len()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_cannot_leave_its_script() {
        let (before, value, after) = context("éé </script><b> éé", Span::new(5, 14));
        assert_eq!((before.as_str(), value.as_str(), after.as_str()), ("éé ", "</script>", "<b> éé"));
        let row = Row {
            corpus: "own",
            what: "FP",
            kind: "URL",
            id: "1".to_owned(),
            before,
            value,
            after,
            instead: String::new(),
            why: String::new(),
        };
        let page = Browser { figures: Vec::new(), rows: vec![row] }.page().unwrap();
        assert_eq!(page.matches("</script>").count(), 1);
        assert!(page.contains(r"\u003c/script>") && !page.contains(PLACE));
        assert!(!page.contains("http://") && !page.contains("https://"), "the page asks the network for nothing");
    }

    #[test]
    fn a_span_at_the_ends_has_no_context() {
        assert_eq!(context("Ada", Span::new(0, 3)), (String::new(), "Ada".to_owned(), String::new()));
        let long = "x".repeat(500);
        let (before, _, after) = context(&long, Span::new(200, 201));
        assert_eq!((before.chars().count(), after.chars().count()), (AROUND + 1, AROUND + 1));
        assert!(before.starts_with('…') && after.ends_with('…'));
    }
}
