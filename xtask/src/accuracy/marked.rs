//! Texts that carry their annotation: `Seen by Dr. ⟦PERSON:Ada Poe⟧`.

use anyhow::{Context as _, Result, bail};
use subrosa_core::span::Span;

/// The text without marks, and what was marked.
pub(crate) fn parse(marked: &str) -> Result<(String, Vec<(Span, &str)>)> {
    let mut text = String::with_capacity(marked.len());
    let mut spans = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('⟦') {
        text.push_str(before);
        let (inside, after) = after.split_once('⟧').context("⟦ without ⟧")?;
        let (entity, value) = inside.split_once(':').context("⟦ without an entity")?;
        let start = text.len();
        text.push_str(value);
        spans.push((Span::new(start, text.len()), entity));
        rest = after;
    }
    if rest.contains('⟧') {
        bail!("⟧ without ⟦");
    }
    text.push_str(rest);
    Ok((text, spans))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let (text, spans) = parse("Dr. ⟦PERSON:Ada Poe⟧ at ⟦URL:http://example.com⟧.").unwrap();
        assert_eq!(text, "Dr. Ada Poe at http://example.com.");
        let shown: Vec<_> = spans.iter().map(|(span, entity)| (span.of(&text), *entity)).collect();
        assert_eq!(shown, [("Ada Poe", "PERSON"), ("http://example.com", "URL")]);
        for wrong in ["⟦PERSON:x", "⟦x⟧", "x⟧"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
