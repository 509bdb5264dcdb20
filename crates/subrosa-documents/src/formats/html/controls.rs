//! Form fields: which label names which.

use std::collections::HashMap;
use std::sync::Arc;

use super::code::Code;
use super::tables;
use crate::mapped::Builder;

/// The labels and fields of a file.
#[derive(Default)]
pub(crate) struct Controls {
    /// The text of labels, by number.
    texts: Vec<Option<Arc<str>>>,
    /// The number of the label for an identifier.
    by_id: HashMap<String, usize>,
    open: Option<Open>,
    /// Segments that wait for a label.
    waiting: Vec<Waiting>,
}

struct Open {
    number: usize,
    frame: usize,
    at: usize,
}

struct Waiting {
    segment: usize,
    id: Option<String>,
    around: Option<usize>,
}

impl Controls {
    /// A label begins at `at` of the text of frame `frame`.
    pub(crate) fn open(&mut self, id: Option<String>, frame: usize, at: usize) {
        let number = self.texts.len();
        self.texts.push(None);
        if let Some(id) = id {
            self.by_id.insert(id, number);
        }
        self.open = Some(Open { number, frame, at });
    }

    /// The label that is open ends with the text of its frame.
    pub(crate) fn close(&mut self, frame: usize, text: &str) {
        let Some(open) = self.open.take().filter(|open| open.frame == frame) else { return };
        let label = text.get(open.at..).and_then(|text| tables::label(text, true));
        if let (Some(slot), Some(label)) = (self.texts.get_mut(open.number), label) {
            *slot = Some(Arc::from(label.trim_end_matches([':', '*', ' ', '\u{a0}'])));
        }
    }

    /// The value of a field.
    pub(crate) fn field(&mut self, segment: usize, id: Option<String>) {
        self.waiting.push(Waiting { segment, id, around: self.open.as_ref().map(|open| open.number) });
    }

    /// Puts the labels before those the segments have.
    pub(crate) fn label(self, builder: &mut Builder<Code>) {
        for waiting in self.waiting {
            let number = waiting.id.and_then(|id| self.by_id.get(&id).copied()).or(waiting.around);
            let label = number.and_then(|number| self.texts.get(number).cloned().flatten());
            if let (Some(label), Some(segment)) = (label, builder.segments.get_mut(waiting.segment)) {
                segment.labels.insert(0, label);
            }
        }
    }
}
