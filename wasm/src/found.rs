//! What was found in a document, in as little memory as it can be told from again: where it stands, and the rest by number.
//! Values and what stands around them are in the document.

use std::collections::HashMap;

use subrosa::plan::{Action, Origin, Planned};
use subrosa_core::span::Span;

/// Everything found, in the order of the plan.
#[derive(Default)]
pub struct Findings {
    all: Vec<Small>,
    words: Words,
}

/// One finding.
pub struct Kept<'a> {
    /// Its segment.
    pub segment: usize,
    /// Its place there.
    pub span: Span,
    /// What it is.
    pub entity: &'a str,
    /// Where it came from.
    pub origin: Origin,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// Why, a reason a line.
    pub why: &'a str,
    /// What the policy would put in its place.
    pub replacement: Option<&'a str>,
    /// What becomes of it.
    pub action: Action,
    /// The number of its value.
    pub group: u32,
    /// Whom it belongs to.
    pub person: Option<&'a str>,
}

/// A document is at most some hundred megabytes: 32 bits are enough for its places, in the browser as elsewhere.
struct Small {
    segment: u32,
    start: u32,
    end: u32,
    entity: u32,
    why: u32,
    replacement: Option<u32>,
    group: u32,
    person: Option<u32>,
    confidence: f32,
    origin: Origin,
    action: Action,
}

impl Findings {
    /// Adds the next.
    pub fn add(&mut self, planned: Planned) {
        self.all.push(Small {
            segment: planned.segment as u32,
            start: planned.start as u32,
            end: planned.end as u32,
            entity: self.words.number(planned.entity),
            why: self.words.number(planned.why.join("\n")),
            replacement: planned.replacement.map(|replacement| self.words.number(replacement)),
            group: planned.group.unwrap_or_default(),
            person: None,
            confidence: planned.confidence.unwrap_or_default() as f32,
            origin: planned.origin,
            action: planned.decision.action,
        });
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// One of them.
    pub fn get(&self, index: usize) -> Option<Kept<'_>> {
        let small = self.all.get(index)?;
        Some(Kept {
            segment: small.segment as usize,
            span: Span::new(small.start as usize, small.end as usize),
            entity: self.words.get(small.entity),
            origin: small.origin,
            // Confidences are thousandths.
            confidence: (f64::from(small.confidence) * 1000.0).round() / 1000.0,
            why: self.words.get(small.why),
            replacement: small.replacement.map(|number| self.words.get(number)),
            action: small.action,
            group: small.group,
            person: small.person.map(|number| self.words.get(number)),
        })
    }

    /// Says whom one belongs to.
    pub fn belongs(&mut self, index: usize, person: String) {
        let person = self.words.number(person);
        if let Some(small) = self.all.get_mut(index) {
            small.person = Some(person);
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Kept<'_>> {
        (0..self.count()).filter_map(|index| self.get(index))
    }

    /// Whether one begins within a span.
    pub fn any_in(&self, segment: usize, span: Span) -> bool {
        let from = self.all.partition_point(|small| (small.segment as usize, small.start as usize) < (segment, span.start));
        self.all.get(from).is_some_and(|small| small.segment as usize == segment && (small.start as usize) < span.end)
    }
}

/// Texts that occur many times, by number.
#[derive(Default)]
struct Words {
    numbers: HashMap<std::rc::Rc<str>, u32>,
    all: Vec<std::rc::Rc<str>>,
}

impl Words {
    fn number(&mut self, text: String) -> u32 {
        if let Some(number) = self.numbers.get(text.as_str()) {
            return *number;
        }
        let text: std::rc::Rc<str> = text.into();
        let number = self.all.len() as u32;
        self.all.push(text.clone());
        self.numbers.insert(text, number);
        number
    }

    fn get(&self, number: u32) -> &str {
        self.all.get(number as usize).map_or("", |text| text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use subrosa::plan::Decision;

    #[test]
    fn what_was_put_in_comes_out() {
        let mut findings = Findings::default();
        for (segment, start) in [(0, 4), (0, 30), (2, 0)] {
            findings.add(Planned {
                id: String::new(),
                segment,
                start,
                end: start + 5,
                origin: Origin::Found,
                entity: "PERSON".to_owned(),
                decision: Decision::of(Action::Redact),
                place: None,
                confidence: Some(0.947),
                why: vec!["0.90 a name".to_owned(), "`Dr` stands near".to_owned()],
                operator: None,
                group: Some(7),
                before: None,
                value: None,
                after: None,
                replacement: (start == 4).then(|| "[PERSON-1]".to_owned()),
            });
        }
        let first = findings.get(0).unwrap();
        assert_eq!((first.segment, first.span, first.entity, first.group), (0, Span::new(4, 9), "PERSON", 7));
        assert!((first.confidence - 0.947).abs() < f64::EPSILON, "{}", first.confidence);
        assert_eq!(first.why.lines().collect::<Vec<_>>(), ["0.90 a name", "`Dr` stands near"]);
        assert_eq!((first.replacement, findings.get(1).unwrap().replacement), (Some("[PERSON-1]"), None));
        assert_eq!(findings.words.all.len(), 3);
        assert!(findings.any_in(0, Span::new(25, 40)) && findings.any_in(2, Span::new(0, 1)));
        assert!(!findings.any_in(0, Span::new(31, 90)) && !findings.any_in(1, Span::new(0, 90)));
    }
}
