//! A document for a person to read and decide on: its text in blocks, in reading order, with what a plain page needs to draw
//! them, and where text stands on pages.
//!
//! A view is made by the reader that also knows the way back into the file, and only when somebody asks
//! ([`Body::blocks`](crate::Body::blocks), [`Body::boxes`](crate::Body::boxes)). What holds for every view:
//! - Every character of every segment that is no line end and no tab lies in exactly one block, so that nothing a person has to
//!   decide on is missing.
//! - The spans of a segment's blocks lie on character boundaries and share no byte.
//! - A section's name holds no text of the document but the names of sheets, fields and attachments.
//!
//! It shows what is said and how it is built (headings, lists, tables, emphasis), not what it looks like: no fonts, colours or
//! pictures.

mod views;

use std::sync::Arc;

use subrosa_core::span::Span;

pub(crate) use views::{Face, Views, lines, plain};

/// A piece of a document as a person reads it: a paragraph, a cell, a field, a line.
#[derive(Clone)]
pub struct Block {
    /// The segment that its text is in.
    pub segment: usize,
    /// Its place there.
    pub span: Span,
    /// What it is.
    pub shape: Shape,
    /// The part of the document, for people: `Text`, `Header`, `Comments`, `Sheet Clients`, `Page 2`.
    pub section: Arc<str>,
    /// Whether a reader sees any of it: false for metadata, comments, hidden text, names of the format's own.
    pub visible: bool,
    /// Whether it only says once more, read in another way, what other blocks say: a text before or after its tracked changes, a
    /// page in the order of its file. Where nobody has to decide on anything in it, a page may leave it out.
    pub again: bool,
    /// The name of the field or of the column.
    pub label: Option<Arc<str>>,
    /// Stretches that look otherwise than the rest, sorted and disjoint, in bytes of the segment.
    pub runs: Vec<Run>,
    /// What a reader sees in place of the whole text, where that is something else: a cell's number in its sheet's format.
    pub shown: Option<Box<str>>,
}

impl Block {
    /// Whether a reader sees any of a span of this block.
    pub fn shows(&self, span: Span) -> bool {
        let mut seen = span.start.max(self.span.start);
        let end = span.end.min(self.span.end);
        for run in self.runs.iter().filter(|run| run.hidden) {
            if run.span.start > seen {
                break;
            }
            seen = seen.max(run.span.end);
        }
        self.visible && (seen < end || span.is_empty())
    }
}

/// Lengths only: the text is what must not reach a log.
impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { segment, span, shape, visible, runs, .. } = self;
        write!(f, "Block(segment {segment}, {span:?}, {shape:?}, visible {visible}, {} runs)", runs.len())
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A paragraph.
    Paragraph,
    /// A heading, from 1.
    Heading(u8),
    /// An item of a list; how deep it lies, from 1.
    Item(u8),
    /// A cell of a table, or a part of one. Several blocks may be in one cell.
    Cell {
        /// Unique within the document.
        table: u32,
        /// From 1.
        row: u32,
        /// From 1.
        column: u32,
    },
    /// The value of a field that has a name.
    Field,
    /// A line that stands as it is: of a page, a log, a program.
    Line,
}

/// A stretch of a block that looks otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Its place in the segment.
    pub span: Span,
    /// Heavier.
    pub bold: bool,
    /// Slanted.
    pub italic: bool,
    /// With a line beneath.
    pub underline: bool,
    /// With a line through.
    pub struck: bool,
    /// Not seen: hidden text, a tracked deletion, white on white.
    pub hidden: bool,
}

impl Run {
    /// Whether it looks like the rest.
    pub(crate) fn is_plain(&self) -> bool {
        *self == Self { span: self.span, ..Self::default() }
    }
}

/// A rectangle on a page: PDF points (1/72 inch) from the upper left corner of the page as a viewer shows it, turned and cut; in
/// a picture, pixels from the upper left corner of a frame as they are stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rectangle {
    /// From 1.
    pub page: u32,
    /// From the left edge.
    pub x: f32,
    /// From the upper edge.
    pub y: f32,
    /// To the right.
    pub width: f32,
    /// Downwards.
    pub height: f32,
}
