//! Finds what a case sheet names.

use super::variants::{Stands, Term, of};
use super::{CaseSheet, RECOGNIZER};
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::explanation::{Explanation, Step};
use crate::finding::Finding;
use crate::fold::{alphanumerics, fold};
use crate::lists::{Terms, whole_words};
use crate::span::Span;

/// Kinds of values that may hold a name and are found by their own form: the whole of it is the person's.
const HOLDERS: &[&str] = &["EMAIL_ADDRESS", "USERNAME"];

/// Every writing of a case sheet in one automaton. Building costs some milliseconds a person, searching one pass.
#[derive(Default)]
pub(crate) struct Finder {
    automaton: Terms,
    terms: Vec<Term>,
}

impl Finder {
    /// A finder for a sheet.
    pub(crate) fn new(sheet: &CaseSheet) -> Self {
        let terms: Vec<Term> = sheet.people().iter().flat_map(of).collect();
        let automaton = Terms::new(terms.iter().map(|term| (fold(&term.text), term.stands != Stands::Anywhere)));
        Self { automaton, terms }
    }

    /// Where a writing stands in `text` as a word of its own, and what it is. What may be a slip of the keyboard is left out.
    pub(crate) fn words(&self, text: &str) -> impl Iterator<Item = (Span, &Entity)> {
        self.automaton.words(text).filter_map(move |(index, span)| {
            let term = self.terms.get(index).filter(|term| !term.slip)?;
            counts(term.stands, span.of(text)).then_some((span, &term.entity))
        })
    }

    /// Adds a finding for each writing in `text`. What is found beside it by its own form and holds it, such as a mail
    /// address with the name, becomes as certain.
    pub(crate) fn add(&self, text: &str, findings: &mut Vec<Finding>) {
        if self.terms.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for (index, place) in self.automaton.matches(text) {
            let Some(term) = self.terms.get(index) else { continue };
            let Some(written) = text.get(place.clone()) else { continue };
            if !counts(term.stands, written) {
                continue;
            }
            let span = match term.stands {
                Stands::Anywhere => whole_words(text, &place),
                _ => Span::new(place.start, place.end),
            };
            let holder = findings.iter().find(|finding| HOLDERS.contains(&finding.entity.id()) && finding.span.contains(span));
            let (span, entity) = match holder {
                Some(holder) => (holder.span, holder.entity.clone()),
                None => (span, term.entity.clone()),
            };
            found.push(Finding {
                span,
                entity,
                confidence: Confidence::FULL,
                explanation: Explanation {
                    recognizer: RECOGNIZER,
                    pattern: "writing",
                    base: Confidence::FULL,
                    steps: vec![Step::Known],
                },
            });
        }
        // The longest writing at a place says it; shorter ones inside it add nothing.
        found.sort_by_key(|finding| (finding.span.start, std::cmp::Reverse(finding.span.end)));
        let mut end = 0;
        for finding in found {
            if finding.span.end > end {
                end = finding.span.end;
                findings.push(finding);
            }
        }
    }
}

fn counts(stands: Stands, written: &str) -> bool {
    match stands {
        Stands::Anywhere | Stands::Alone => true,
        Stands::Capitalised => written.chars().find(|sign| sign.is_alphabetic()).is_some_and(char::is_uppercase),
        Stands::Capitals => alphanumerics(written) > 1 && !written.chars().any(char::is_lowercase),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overlap;

    const SHEET: &str = "
        version = 1
        [[people]]
        role = 'client'
        names = ['Jane Ann Winslow-Roe']
        nicknames = ['Janie']
        born = [1980-05-02]
        addresses = ['12 Elm Street, Springfield']
        phones = ['+1 (555) 010-0199']
        emails = ['jw@example.com']
        numbers = { MEDICAL_RECORD_NUMBER = ['A-77 12'] }
        terms = ['blue bakery']
        [[people]]
        role = 'relative'
        names = ['Jürgen May']
    ";

    #[track_caller]
    fn case(text: &str, expected: &[(&str, &str)]) {
        let finder = Finder::new(&CaseSheet::parse(SHEET).unwrap());
        let mut findings = Vec::new();
        finder.add(text, &mut findings);
        overlap::resolve(&mut findings);
        let shown: Vec<_> = findings.iter().map(|finding| (finding.entity.id(), finding.span.of(text))).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn names_in_their_writings() {
        for writing in [
            "Jane Ann Winslow-Roe",
            "JANE WINSLOW ROE",
            "Winslow-Roe, Jane",
            "J. A. Winslow-Roe",
            "J. Winslow-Roe",
            "Janie",
            "jane winslow-\nroe",
            "Winslow-Roe",
            "Winslow",
            "jane.winslowroe",
            "J.A.W.",
            "Winslwo",
            "Jürgen May",
            "Juergen May",
            "Jurgen",
            "JÜRGEN",
        ] {
            case(&format!("so {writing}, then"), &[("PERSON", writing)]);
        }
        case("Winslow's and Jürgens Brief", &[("PERSON", "Winslow"), ("PERSON", "Jürgens")]);
    }

    #[test]
    fn words_that_are_names_too_need_their_capital() {
        case("it may rain in May", &[("PERSON", "May")]);
        case("a roe deer", &[]);
    }

    #[test]
    fn dates_addresses_and_numbers() {
        case(
            "born 5/2/1980, 02.05.80 or May 2nd, 1980",
            &[("DATE_OF_BIRTH", "5/2/1980"), ("DATE_OF_BIRTH", "02.05.80"), ("DATE_OF_BIRTH", "May 2nd, 1980")],
        );
        case("at 12 Elm  Street", &[("STREET_ADDRESS", "12 Elm  Street")]);
        case("12 Elm Street,\nSpringfield.", &[("STREET_ADDRESS", "12 Elm Street,\nSpringfield")]);
        case(
            "call (555) 010-0199 or 555.010.0199 or +15550100199",
            &[("PHONE_NUMBER", "(555) 010-0199"), ("PHONE_NUMBER", "555.010.0199"), ("PHONE_NUMBER", "+15550100199")],
        );
        case("no. A7712, a-77-12", &[("MEDICAL_RECORD_NUMBER", "A7712"), ("MEDICAL_RECORD_NUMBER", "a-77-12")]);
        case("works at the Blue Bakery", &[("DENIED_TERM", "Blue Bakery")]);
        case("15/2/19801", &[]);
    }

    #[test]
    fn a_mail_address_with_the_name_stays_one() {
        let text = "jane.winslow@example.com";
        let finder = Finder::new(&CaseSheet::parse(SHEET).unwrap());
        let explanation = Explanation { recognizer: "x", pattern: "x", base: Confidence::FULL, steps: Vec::new() };
        let entity = crate::entity::Entity::EMAIL_ADDRESS;
        let mut findings = vec![Finding {
            span: Span::new(0, text.len()),
            entity: entity.clone(),
            confidence: Confidence::new(900),
            explanation,
        }];
        finder.add(text, &mut findings);
        overlap::resolve(&mut findings);
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].entity.clone(), findings[0].confidence), (entity, Confidence::FULL));
    }
}
