//! A run of text from a document.

use std::sync::Arc;

/// A run of text that belongs together (a story, a table cell, a property), with the field names that stand around it.
///
/// Nothing is found across two segments, but a name accepted in one is looked for in all segments of the document.
#[derive(Clone, Default)]
pub struct Segment {
    /// The text, in reading order. Lines and paragraphs end in `\n`, cells that share a segment in `\t`.
    pub text: String,
    /// Field names that hold for the whole segment, nearest first: a column header, a JSON key, the cell to the left, the
    /// name of a document property. Shared, since a column gives the same label to all its cells.
    pub labels: Vec<Arc<str>>,
    /// Names of the format's own making (fonts, styles): nothing is detected in them, but denied terms and values accepted
    /// elsewhere in the document are found here, too.
    pub structural: bool,
}

impl Segment {
    /// A segment without labels.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A segment under one label.
    pub fn labelled(text: impl Into<String>, label: impl Into<Arc<str>>) -> Self {
        Self { text: text.into(), labels: vec![label.into()], structural: false }
    }

    /// A name of the format's own making.
    pub fn structural(text: impl Into<String>) -> Self {
        Self { text: text.into(), labels: Vec::new(), structural: true }
    }
}

/// Lengths only: the text is what must not reach a log.
impl std::fmt::Debug for Segment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Segment({} bytes, {} labels)", self.text.len(), self.labels.len())
    }
}
