//! Terms that a user names: what always goes, and what always stays.
//!
//! Both are compared folded ([`crate::fold`]): without regard to case, accents' encoding, hyphens and line breaks.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::explanation::{Explanation, Step};
use crate::finding::Finding;
use crate::fold::{Folded, alphanumerics, fold};
use crate::span::Span;
use crate::titles;

/// A denied term of at least this many letters and digits is found inside longer words, too.
const ANYWHERE: usize = 4;
/// Farthest that a match is widened to the ends of its word, in bytes.
const WIDEST: usize = 64;

/// Terms that always go.
///
/// A term of four letters and digits or more goes wherever its letters stand one after the other: inside a longer word, over
/// a line break or hyphen, and the whole word with it. That takes more than was meant now and then, but leaves nothing: half a
/// name beside a label tells the name. A shorter term goes only as a word of its own.
#[derive(Default)]
pub struct DenyList {
    terms: Terms,
}

/// Terms that always stay, and what is found only inside them.
#[derive(Default)]
pub struct AllowList {
    terms: Terms,
}

/// Folded terms and the automaton that finds them.
#[derive(Default)]
pub(crate) struct Terms {
    automaton: Option<AhoCorasick>,
    /// For each term, whether it must stand as a word of its own.
    bounded: Vec<bool>,
}

impl Terms {
    /// Terms, each with whether it must stand as a word of its own. A term that folds to nothing is never found.
    pub(crate) fn new(terms: impl IntoIterator<Item = (String, bool)>) -> Self {
        let (folded, bounded): (Vec<_>, Vec<_>) = terms.into_iter().unzip();
        if folded.iter().all(String::is_empty) {
            return Self::default();
        }
        // Building fails only over 2^31 states; then nothing would be searched, so the longest terms are all that could be lost.
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&folded).ok();
        Self { automaton, bounded }
    }

    /// Which terms stand where in `text`, overlapping ones too.
    pub(crate) fn matches(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        self.matching(text, false)
    }

    /// Where any of the terms stands as a word of its own.
    pub(crate) fn words(&self, text: &str) -> impl Iterator<Item = (usize, Span)> {
        self.matching(text, true).into_iter().map(|(term, place)| (term, Span::new(place.start, place.end)))
    }

    fn matching(&self, text: &str, alone: bool) -> Vec<(usize, Range<usize>)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        if text.is_empty() {
            return Vec::new();
        }
        let folded = Folded::new(text);
        automaton
            .find_overlapping_iter(folded.text())
            .filter(|found| !found.is_empty())
            .filter_map(|found| {
                let term = found.pattern().as_usize();
                let place = folded.place(found.range());
                let fits = !(alone || self.bounded[term]) || folded.bounded(&place);
                fits.then_some((term, place))
            })
            .collect()
    }

    /// Where any of the terms stands.
    fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.matches(text).into_iter().map(|(_, place)| place)
    }
}

/// Terms with whether each must stand as a word of its own.
fn folded(terms: &[String], bounded: impl Fn(&str) -> bool) -> Terms {
    Terms::new(terms.iter().map(|term| fold(term)).map(|term| (term.clone(), bounded(&term))))
}

impl DenyList {
    /// A list of terms.
    pub fn new(terms: &[String]) -> Self {
        Self { terms: folded(terms, |term| alphanumerics(term) < ANYWHERE) }
    }

    /// Whether `text` holds a denied term.
    pub fn is_in(&self, text: &str) -> bool {
        self.terms.places(text).next().is_some()
    }

    /// Where a denied term stands in `text` as a word of its own, also a term that would be found inside longer words.
    pub fn words(&self, text: &str) -> impl Iterator<Item = Span> {
        self.terms.words(text).map(|(_, span)| span)
    }

    /// Adds a finding for each denied term in `text`.
    pub(crate) fn add_denied(&self, text: &str, findings: &mut Vec<Finding>) {
        for place in self.terms.places(text) {
            findings.push(Finding {
                span: whole_words(text, &place),
                entity: Entity::DENIED_TERM,
                confidence: Confidence::FULL,
                explanation: Explanation {
                    recognizer: "deny-list",
                    pattern: "term",
                    base: Confidence::FULL,
                    steps: vec![Step::Denied],
                },
            });
        }
    }
}

impl AllowList {
    /// A list of terms.
    pub fn new(terms: &[String]) -> Self {
        Self { terms: folded(terms, |_| true) }
    }

    /// Drops findings that lie inside an allowed term, and persons that do so but for their title.
    pub(crate) fn drop_allowed(&self, text: &str, findings: &mut Vec<Finding>) {
        if findings.is_empty() {
            return;
        }
        let allowed: Vec<_> = self.terms.places(text).collect();
        if allowed.is_empty() {
            return;
        }
        findings.retain(|finding| {
            let is_person = finding.entity == Entity::PERSON;
            let span = if is_person { titles::without(text, finding.span) } else { finding.span };
            // Of a title alone nothing is left that could be allowed.
            let span = if span.is_empty() { finding.span } else { span };
            !allowed.iter().any(|place| Span::new(place.start, place.end).contains(span))
        });
    }
}

/// The match, widened to the ends of the words it begins and ends in.
pub(crate) fn whole_words(text: &str, place: &Range<usize>) -> Span {
    let in_word = |character: &char| character.is_alphanumeric() && (*character as u32) < 0x0e00;
    let back: usize = text[..place.start].chars().rev().take_while(in_word).map(char::len_utf8).sum();
    let on: usize = text[place.end..].chars().take_while(in_word).map(char::len_utf8).sum();
    let starts_in_word = text[place.clone()].chars().next().is_some_and(|first| in_word(&first));
    let ends_in_word = text[place.clone()].chars().next_back().is_some_and(|last| in_word(&last));
    let start = place.start - if starts_in_word && back <= WIDEST { back } else { 0 };
    let end = place.end + if ends_in_word && on <= WIDEST { on } else { 0 };
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denied(terms: &[&str], text: &str) -> Vec<String> {
        let list = DenyList::new(&terms.iter().map(|term| (*term).to_owned()).collect::<Vec<_>>());
        let mut findings = Vec::new();
        list.add_denied(text, &mut findings);
        crate::overlap::resolve(&mut findings);
        findings.iter().map(|finding| finding.span.of(text).to_owned()).collect()
    }

    #[test]
    fn long_terms_go_everywhere_short_ones_as_words() {
        assert_eq!(denied(&["smith"], "SMITH, Smith-\nson and blacksmiths"), ["SMITH", "Smith", "blacksmiths"]);
        assert_eq!(denied(&["Project Rose"], "the project-\nrose file"), ["project-\nrose"]);
        assert_eq!(denied(&["Ann"], "Ann is an annual guest of ann."), ["Ann", "ann"]);
    }

    #[test]
    fn words_are_whole() {
        let list = DenyList::new(&["rose".to_owned()]);
        let text = "Primrose, ROSE and ro-\nse";
        assert_eq!(list.words(text).map(|span| span.of(text)).collect::<Vec<_>>(), ["ROSE", "ro-\nse"]);
    }

    #[test]
    fn a_term_of_nothing_but_hyphens_changes_no_other() {
        assert_eq!(denied(&["--", "Ann", "smith"], "Ann annual Smithson"), ["Ann", "Smithson"]);
    }

    #[test]
    fn allowed_terms_shield_what_lies_inside() {
        let text = "St. Mary's Hospital and Mary";
        let finding = |start, end| Finding {
            span: Span::new(start, end),
            entity: Entity::PERSON,
            confidence: Confidence::FULL,
            explanation: Explanation { recognizer: "test", pattern: "test", base: Confidence::FULL, steps: Vec::new() },
        };
        let mut findings = vec![finding(4, 8), finding(24, 28)];
        AllowList::new(&["St. Mary's Hospital".to_owned()]).drop_allowed(text, &mut findings);
        assert_eq!(findings, [finding(24, 28)]);
    }
}
