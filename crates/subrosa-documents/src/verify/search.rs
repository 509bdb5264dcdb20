//! One pass over a text for all removed values together.

use std::borrow::Cow;
use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use subrosa_core::edit::Edit;
use subrosa_core::fold::{self, Folded};
use subrosa_core::span::Span;

use super::removed::{Removed, Value};
use super::syntax;
use super::vocabulary::Vocabulary;
use crate::document::Part;
use crate::readable;
use crate::refusal::Refusal;

/// Least letters and digits of a value that is looked for in raw parts, and of a denied term that is looked for in words.
const LEAST: usize = 4;

/// Segments are joined to about this many bytes, so that a table of small cells is searched like one text.
const BATCH: usize = 1 << 20;

/// Raw parts are joined to about this many bytes; a longer one is searched by itself. Small, so that it stays in the cache.
const RAW_BATCH: usize = 1 << 16;

/// What stands between two joined segments: folding keeps it, and no value holds it, so nothing is found across.
const SEPARATOR: char = '\u{1}';

/// Fewer values than this are looked for with the automaton that is built fastest.
const FEW: usize = 200;

/// The values, ready to be looked for.
pub(super) struct Search<'r> {
    automaton: AhoCorasick,
    patterns: Vec<Pattern<'r>>,
}

/// A value that is looked for.
pub(super) struct Pattern<'r> {
    /// Its place in the list.
    pub(super) index: usize,
    /// It must be nowhere, also inside longer words.
    pub(super) denied: bool,
    /// It is long enough for raw parts.
    raw: bool,
    folded: &'r str,
    value: &'r Value,
}

/// What was found in the segments.
pub(super) struct Hits {
    counts: Vec<usize>,
    first: Vec<Option<(usize, Span)>>,
}

impl Hits {
    /// How often a pattern was found.
    pub(super) fn count(&self, pattern: usize) -> usize {
        self.counts.get(pattern).copied().unwrap_or(0)
    }

    /// Segment and span of the first match.
    pub(super) fn first(&self, pattern: usize) -> Option<(usize, Span)> {
        self.first.get(pattern).copied().flatten()
    }
}

impl<'r> Search<'r> {
    /// # Errors
    /// [`Refusal::Limit`] when there are too many values for one automaton.
    pub(super) fn new(removed: &'r Removed) -> Result<Self, Refusal> {
        let patterns: Vec<Pattern<'r>> = removed
            .iter()
            .filter(|(folded, value)| !folded.contains(SEPARATOR) && (value.denied || fold::alphanumerics(folded) > 1))
            .enumerate()
            .map(|(index, (folded, value))| {
                let long = fold::alphanumerics(folded) >= LEAST;
                Pattern { index, denied: value.denied && long, raw: long && value.whole, folded, value }
            })
            .collect();
        // Few values are of a small document, where building a faster automaton takes longer than all searching.
        let kind = (patterns.len() < FEW).then_some(AhoCorasickKind::NoncontiguousNFA);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(kind)
            .build(patterns.iter().map(|pattern| pattern.folded))
            .map_err(|_| Refusal::Limit("too many removed values to look for".to_owned()))?;
        Ok(Self { automaton, patterns })
    }

    /// Whether a term of the deny list is among the values.
    pub(super) fn denies(&self) -> bool {
        self.patterns.iter().any(|pattern| pattern.denied)
    }

    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern<'r>> {
        self.patterns.iter()
    }

    /// Counts every value in the segments, given by their texts in order.
    pub(super) fn segments<'s>(&self, texts: impl Iterator<Item = Result<Cow<'s, str>, Refusal>>) -> Result<Hits, Refusal> {
        let mut hits = Hits { counts: vec![0; self.patterns.len()], first: vec![None; self.patterns.len()] };
        let mut batch = String::new();
        // The segments of the batch: where each begins, and which it is.
        let mut starts: Vec<(usize, usize)> = Vec::new();
        for (index, text) in texts.enumerate() {
            starts.push((batch.len(), index));
            batch.push_str(&text?);
            batch.push(SEPARATOR);
            if batch.len() >= BATCH {
                self.batch(&batch, &starts, &mut hits);
                batch.clear();
                starts.clear();
            }
        }
        self.batch(&batch, &starts, &mut hits);
        Ok(hits)
    }

    fn batch(&self, text: &str, starts: &[(usize, usize)], hits: &mut Hits) {
        self.each(text, |pattern, place, _| {
            if let (Some(count), Some(first)) = (hits.counts.get_mut(pattern.index), hits.first.get_mut(pattern.index)) {
                *count += 1;
                let segment = starts.partition_point(|&(start, _)| start <= place.start).checked_sub(1);
                if let (None, Some(&(start, segment))) = (&first, segment.and_then(|segment| starts.get(segment))) {
                    *first = Some((segment, Span::new(place.start - start, place.end.saturating_sub(start))));
                }
            }
            false
        });
    }

    /// How often the replacements of the edits hold each denied term by themselves, as `[PERSON-1]` holds `person`.
    pub(super) fn in_replacements<'e>(&self, edits: impl Iterator<Item = &'e Edit>) -> Vec<usize> {
        let mut counts = vec![0; self.patterns.len()];
        if !self.denies() {
            return counts;
        }
        let mut replacements: BTreeMap<&str, usize> = BTreeMap::new();
        for edit in edits {
            *replacements.entry(&edit.replacement).or_default() += 1;
        }
        for (replacement, times) in replacements {
            self.each(replacement, |pattern, _, _| {
                if let Some(count) = counts.get_mut(pattern.index) {
                    *count += times;
                }
                false
            });
        }
        counts
    }

    /// The first raw part that holds a value that `gone` says must be gone, in any of its writings.
    pub(super) fn residue<'p>(&self, parts: &'p [Part], gone: impl Fn(&Pattern<'_>) -> bool) -> Option<&'p Part> {
        let mut batch = String::new();
        // The views in the batch: where each begins, and of which part it is.
        let mut starts: Vec<(usize, &Part)> = Vec::new();
        for part in parts {
            for view in syntax::views(&part.text) {
                if batch.len() + view.len() > RAW_BATCH {
                    if let Some(found) = self.residue_in(&batch, &starts, &gone) {
                        return Some(found);
                    }
                    batch.clear();
                    starts.clear();
                }
                if view.len() > RAW_BATCH {
                    if let Some(found) = self.residue_in(&view, &[(0, part)], &gone) {
                        return Some(found);
                    }
                } else {
                    starts.push((batch.len(), part));
                    batch.push_str(&view);
                    batch.push(SEPARATOR);
                }
            }
        }
        self.residue_in(&batch, &starts, &gone)
    }

    /// As [`Search::residue`], in views that stand in one text behind each other.
    fn residue_in<'p>(&self, text: &str, starts: &[(usize, &'p Part)], gone: impl Fn(&Pattern<'_>) -> bool) -> Option<&'p Part> {
        let mut residue = None;
        // Of the view that the last match was in, by its number.
        let mut vocabulary: Option<(usize, Vocabulary<'_>)> = None;
        self.each(text, |pattern, place, _| {
            if !pattern.raw || !gone(pattern) {
                return false;
            }
            // An excuse is looked for around the match, and in its own part only.
            let index = starts.partition_point(|&(start, _)| start <= place.start);
            let Some(&(start, part)) = index.checked_sub(1).and_then(|index| starts.get(index)) else { return false };
            let end = starts.get(index).map_or(text.len(), |&(next, _)| next);
            let view = text.get(start..end).unwrap_or_default();
            let view = view.strip_suffix(SEPARATOR).unwrap_or(view);
            let place = place.start - start..place.end.saturating_sub(start);
            if vocabulary.as_ref().is_none_or(|&(of, _)| of != index) {
                vocabulary = Some((index, Vocabulary::new(view)));
            }
            let tag = || readable::is_reading(&part.name) && syntax::font_tag(view, &place);
            let named = || vocabulary.as_ref().is_some_and(|(_, vocabulary)| vocabulary.names(&place));
            if !syntax::excused(view, &place, pattern.folded, &pattern.value.writings) && !named() && !tag() {
                residue = Some(part);
            }
            residue.is_some()
        });
        residue
    }

    /// How often a text holds a value.
    pub(super) fn hits(&self, text: &str, wanted: &Pattern<'_>) -> usize {
        let mut hits = 0;
        self.each(text, |pattern, _, _| {
            hits += usize::from(pattern.index == wanted.index);
            false
        });
        hits
    }

    /// Calls `hit` with every match that counts, until it says true: of a denied term any, of others those that stand for
    /// themselves.
    fn each(&self, text: &str, mut hit: impl FnMut(&Pattern<'_>, &std::ops::Range<usize>, &str) -> bool) {
        if text.is_empty() || self.patterns.is_empty() {
            return;
        }
        let folded = Folded::new(text);
        for found in self.automaton.find_overlapping_iter(folded.text()) {
            let Some(pattern) = self.patterns.get(found.pattern().as_usize()) else { continue };
            let place = folded.place(found.range());
            if (pattern.denied || folded.bounded(&place)) && !syntax::no_date(text, &place) && hit(pattern, &place, text) {
                return;
            }
        }
    }
}
