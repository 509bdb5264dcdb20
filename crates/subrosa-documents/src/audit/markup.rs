//! Walks XML parts for questions: elements with their attributes and the names above them.

use std::ops::Range;

use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::escape;
use crate::xml::{Name, Tag, TextKind, Visitor, scan};

/// What a walk meets. Names are without prefixes.
pub(super) enum Event<'e> {
    Open(&'e str, &'e dyn Fn(&str) -> Option<String>),
    Close(&'e str),
    Text(&'e str),
    Comment,
}

struct Walker<'t, F> {
    text: &'t str,
    /// The local names of the open elements.
    open: Vec<String>,
    each: F,
}

impl<'t, F: FnMut(&[String], Event<'_>)> Visitor<'t> for Walker<'t, F> {
    fn open(&mut self, tag: &Tag<'t>) -> Result<(), Refusal> {
        let value = |name: &str| tag.value(name);
        (self.each)(&self.open, Event::Open(tag.name.local, &value));
        self.open.push(tag.name.local.to_owned());
        Ok(())
    }

    fn close(&mut self, name: &Name<'t>, _end: usize) -> Result<(), Refusal> {
        self.open.pop();
        (self.each)(&self.open, Event::Close(name.local));
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal> {
        let raw = self.text.get(range).unwrap_or_default();
        match kind {
            TextKind::Plain => {
                let decoded = escape::decode(raw);
                (self.each)(&self.open, Event::Text(decoded.as_deref().unwrap_or(raw)));
            }
            TextKind::Cdata => (self.each)(&self.open, Event::Text(raw)),
            TextKind::Comment => (self.each)(&self.open, Event::Comment),
            TextKind::Instruction => {}
        }
        Ok(())
    }
}

/// Walks a part. `each` gets the names of the elements around each event, outermost first. What cannot be parsed ends the
/// walk: well-formedness is judged elsewhere.
pub(super) fn walk(name: &str, text: &str, limits: &Limits, each: impl FnMut(&[String], Event<'_>)) -> Result<(), Refusal> {
    scan(name, text, limits, &mut Walker { text, open: Vec::new(), each })
}

/// Whether an element lies within another.
pub(super) fn within(open: &[String], name: &str) -> bool {
    open.iter().any(|one| one == name)
}

/// `on` as office formats say it: there, and not switched off.
pub(super) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}
