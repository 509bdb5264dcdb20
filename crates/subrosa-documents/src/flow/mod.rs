//! Flows: text of a package that reads on as one, gathered from slots of its markup, and the way back.
//!
//! [`collector`] gathers segments and keeps their slots, [`readings`] gives the other readings of a text with tracked changes,
//! [`tables`] labels cells, [`edits`] turns edits of segments into splices of parts. Which elements begin a flow, and what
//! belongs to it, is each format's business.

pub(crate) mod collector;
mod drawn;
pub(crate) mod edits;
pub(crate) mod readings;
pub(crate) mod tables;
pub(crate) mod view;

use std::sync::Arc;

pub(crate) use collector::{Carrier, Collector, Entry, Piece, Reading};
pub(crate) use drawn::drawn;
pub(crate) use tables::Table;

/// A story under construction.
#[derive(Default)]
pub(crate) struct Flow {
    /// What has been read so far.
    pub(crate) text: String,
    /// Its stretches that have a slot.
    pub(crate) pieces: Vec<Piece>,
    /// The field names that hold for it, nearest first.
    pub(crate) labels: Vec<Arc<str>>,
    /// Where it stands, for people.
    pub(crate) place: String,
    /// Ends of lines that belong to one reading only: their offsets, ascending.
    pub(crate) changed_ends: Vec<(usize, Reading)>,
}

impl Flow {
    /// A story that stands at this place.
    pub(crate) fn at(place: impl Into<String>) -> Self {
        Self { place: place.into(), ..Self::default() }
    }

    /// Ends a line, unless nothing has been said yet.
    pub(crate) fn end_line(&mut self, reading: Reading) {
        if !self.text.is_empty() {
            if reading != Reading::Every {
                self.changed_ends.push((self.text.len(), reading));
            }
            self.text.push('\n');
        }
    }
}
