//! Looks for removed values in a written document, before anybody gets it.
//!
//! The written bytes are read again by the format, as if they came from elsewhere. Two questions are asked of them.
//!
//! **Do the segments say what they should?** What they should say is known: the original's segments with the edits made. If
//! the two are equal, nothing but the edits happened. Formats may divide their text otherwise when they read it again, so if
//! not, every removed value is counted in both, and there must not be more of it than there should be. A value may rightly
//! stay elsewhere (an age of 45 is removed, a dose of 45 is not), which is why this is a count and not a search. What stands in a
//! label, `NHS` in `[UK_NHS]`, is the label's.
//!
//! **Do the raw parts hold a value that no segment should?** Raw parts are what the format gives beyond its segments: decoded
//! streams, names, the bytes between. A value that should be in no segment any more must be in no raw part either. What the user
//! listed, as a term to deny say, is looked for there though no segment held it, so though nothing was removed.
//!
//! What counts as the same value: the folded text ([`subrosa_core::fold`]), standing for itself and not inside a longer word
//! or number; in segments, of a person's name, also each of its words of four letters or more; in raw parts also behind percent, entity
//! and `\u` escapes. A term from the deny list is stricter: it must be nowhere, not even inside a longer word. Values of
//! fewer than four letters and digits are counted in segments only, since raw parts hold every short sequence; a single letter
//! or digit is not looked for at all.
//!
//! Of bytes that are no text as a whole (fonts, objects of other programs, private elements, what stands beside the pixels of a
//! picture) a format gives what may be text in one byte a letter, UTF-8 and UTF-16 of both byte orders: see the module
//! `readable`, which also says how chance is kept out.
//!
//! Not called residue in raw parts, because it is the format's own syntax and there for ever: see the modules `syntax` and
//! `vocabulary`.
//!
//! What this cannot see: a value in a part that the format gives neither as a segment nor as a raw part; what detection
//! never found; pictures.

mod removed;
mod search;
mod syntax;
mod vocabulary;
mod words;

use std::borrow::Cow;
use std::collections::BTreeSet;

use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use crate::document::{Document, Part};
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::refusal::Refusal;

pub use removed::{Removed, Tally};
use search::{Hits, Pattern, Search};

/// What was looked at, for the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Segments of the written document.
    pub segments: usize,
    /// Raw parts of it.
    pub parts: usize,
    /// Distinct values looked for.
    pub values: usize,
}

/// Tells where a text holds what the user listed to go: denied terms, what a case sheet names.
pub type Listed<'a> = dyn Fn(&str) -> Vec<Span> + 'a;

/// Reads what was written and looks for what should be gone. The name of `written` does not matter.
///
/// # Errors
/// [`Refusal::Residue`] naming the part when a removed value is left, [`Refusal::Uninspectable`] when a part of the written
/// document cannot be read that could be read before, and what [`Format::read`] refuses.
pub fn verify(
    format: &dyn Format,
    original: &Document,
    edits: &[Vec<Edit>],
    written: &Source<'_>,
    limits: &Limits,
) -> Result<Verified, Refusal> {
    verify_listed(format, original, edits, written, limits, None)
}

/// As [`verify`], and looks for what was listed to go in the raw parts, where the segments hold none of it.
///
/// # Errors
/// As [`verify`].
pub fn verify_listed(
    format: &dyn Format,
    original: &Document,
    edits: &[Vec<Edit>],
    written: &Source<'_>,
    limits: &Limits,
    listed: Option<&Listed<'_>>,
) -> Result<Verified, Refusal> {
    let name = format!("x.{}", format.id());
    let written = Source { name: Some(&name), ..*written };
    let (again, parts) = format.read_again(&written, limits)?;
    compare_listed(original, edits, &again, &parts, listed)
}

/// As [`verify`], for a written document that was already read again: a piece of a stream, say.
///
/// # Errors
/// As [`verify`].
pub fn compare(original: &Document, edits: &[Vec<Edit>], again: &Document, parts: &[Part]) -> Result<Verified, Refusal> {
    compare_listed(original, edits, again, parts, None)
}

fn compare_listed(
    original: &Document,
    edits: &[Vec<Edit>],
    again: &Document,
    parts: &[Part],
    listed: Option<&Listed<'_>>,
) -> Result<Verified, Refusal> {
    if let Some(unread) = again.unread.iter().find(|unread| !original.unread.iter().any(|before| before.part == unread.part)) {
        return Err(Refusal::uninspectable(unread.part.as_str(), "it can no longer be read after the edits"));
    }
    let expected = || original.segments.iter().enumerate().map(|(index, segment)| edited(segment, edits.get(index)));
    let same = same_texts(expected(), &again.segments)?;
    let mut removed = Removed::collect(original, edits)?;
    if let Some(listed) = listed {
        for view in parts.iter().flat_map(|part| syntax::views(&part.text)) {
            listed(&view).into_iter().for_each(|span| removed.expect(view.get(span.range()).unwrap_or_default()));
        }
    }
    let verified = Verified { segments: again.segments.len(), parts: parts.len(), values: removed.values() };
    let denied = edits.iter().flatten().any(|edit| edit.entity == Entity::DENIED_TERM);
    if removed.values() == 0 || same && parts.is_empty() && !denied {
        return Ok(verified);
    }
    let search = Search::new(&removed)?;
    let wanted = search.segments(expected())?;
    let found =
        if same { None } else { Some(search.segments(again.segments.iter().map(|segment| Ok(Cow::from(&segment.text))))?) };
    let replacements = search.in_replacements(edits.iter().flatten());
    let replaced = |pattern: &Pattern<'_>| replacements.get(pattern.index).copied().unwrap_or(0);
    for pattern in search.patterns() {
        let allowed = if pattern.denied { replaced(pattern) } else { wanted.count(pattern.index) };
        let found = found.as_ref().unwrap_or(&wanted);
        let surplus = found.count(pattern.index).saturating_sub(allowed);
        if surplus > 0 && (pattern.denied || surplus > more_in_labels(&search, pattern, original, edits, again)?) {
            return Err(Refusal::Residue { part: place(again, found, pattern.index) });
        }
    }
    let gone = |pattern: &Pattern<'_>| if pattern.denied { replaced(pattern) == 0 } else { wanted.count(pattern.index) == 0 };
    match search.residue(parts, gone) {
        Some(part) => Err(Refusal::Residue { part: part.name.clone() }),
        None => Ok(verified),
    }
}

/// Where a pattern was first seen in the segments of the written document.
fn place(again: &Document, hits: &Hits, pattern: usize) -> String {
    hits.first(pattern).map_or_else(|| "the document".to_owned(), |(segment, span)| again.body.place(segment, span))
}

/// How many more hits of a pattern the labels of the edits make in the written document than they should: a format may give
/// one text in two readings, and then `[UK_NHS]` holds `NHS` once more.
fn more_in_labels(
    search: &Search<'_>,
    pattern: &Pattern<'_>,
    original: &Document,
    edits: &[Vec<Edit>],
    again: &Document,
) -> Result<usize, Refusal> {
    let is_label = |text: &&str| text.starts_with('[') && text.ends_with(']');
    let labels: BTreeSet<&str> = edits.iter().flatten().map(|edit| edit.replacement.as_str()).filter(is_label).collect();
    let mut more = 0_usize;
    for label in labels {
        let hits = search.hits(label, pattern);
        if hits > 0 {
            let count = |text: &str| text.matches(label).count();
            let mut wanted = 0;
            for (index, segment) in original.segments.iter().enumerate() {
                wanted += count(&edited(segment, edits.get(index))?);
            }
            let written: usize = again.segments.iter().map(|segment| count(&segment.text)).sum();
            more += hits * written.saturating_sub(wanted);
        }
    }
    Ok(more)
}

/// The text of a segment with its edits made.
fn edited<'s>(segment: &'s Segment, edits: Option<&Vec<Edit>>) -> Result<Cow<'s, str>, Refusal> {
    let Some(edits) = edits.filter(|edits| !edits.is_empty()) else { return Ok(Cow::from(&segment.text)) };
    let mut out = String::with_capacity(segment.text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(slice(&segment.text, Span::new(done, edit.span.start))?);
        out.push_str(&edit.replacement);
        done = edit.span.end;
    }
    out.push_str(slice(&segment.text, Span::new(done, segment.text.len().max(done)))?);
    Ok(out.into())
}

fn slice(text: &str, span: Span) -> Result<&str, Refusal> {
    text.get(span.range()).ok_or_else(|| Refusal::Internal("an edit lies outside its segment".to_owned()))
}

/// Whether the segments that are not empty have these texts, in order.
fn same_texts<'s>(expected: impl Iterator<Item = Result<Cow<'s, str>, Refusal>>, again: &[Segment]) -> Result<bool, Refusal> {
    let mut again = again.iter().filter(|segment| !segment.text.is_empty());
    for text in expected {
        let text = text?;
        if !text.is_empty() && again.next().is_none_or(|segment| segment.text != text) {
            return Ok(false);
        }
    }
    Ok(again.next().is_none())
}
