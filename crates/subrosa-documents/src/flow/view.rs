//! What a view needs of flows: which paragraph each stretch of a part belongs to, how it looks, and in which order all of it reads.
//!
//! A part's markup is walked once more when somebody asks for a view; what that walk notes ([`Marks`]) meets the pieces of the
//! segments by their offsets in the part.

use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::{Piece, Reading};
use crate::view::{Face, Run, Shape, Views, lines};

/// How text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) underline: bool,
    pub(crate) struck: bool,
    pub(crate) hidden: bool,
}

impl Look {
    fn run(self, span: Span) -> Run {
        let Self { bold, italic, underline, struck, hidden } = self;
        Run { span, bold, italic, underline, struck, hidden }
    }
}

/// A paragraph of a part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paragraph {
    pub(crate) shape: Shape,
    /// What of the part it stands in, where that is not the part's text.
    pub(crate) section: Option<&'static str>,
    /// Whether nobody sees it.
    pub(crate) hidden: bool,
}

impl Default for Paragraph {
    fn default() -> Self {
        Self { shape: Shape::Paragraph, section: None, hidden: false }
    }
}

/// From this place of a part on.
#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    paragraph: usize,
    look: Look,
}

/// A stretch of a segment and its place in the part.
#[derive(Clone, Copy)]
pub(crate) struct Stretch {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) at: usize,
    /// Whether it was deleted under tracked changes.
    pub(crate) deleted: bool,
}

impl From<&Piece> for Stretch {
    fn from(piece: &Piece) -> Self {
        Self { start: piece.start, end: piece.end, at: piece.slot.start, deleted: piece.reading == Reading::Before }
    }
}

/// What a walk over a part notes.
#[derive(Default)]
pub(crate) struct Marks {
    paragraphs: Vec<Paragraph>,
    marks: Vec<Mark>,
}

impl Marks {
    /// A paragraph begins: its number.
    pub(crate) fn begin(&mut self, paragraph: Paragraph) -> usize {
        self.paragraphs.push(paragraph);
        self.paragraphs.len() - 1
    }

    /// The paragraph with this number.
    pub(crate) fn paragraph(&mut self, number: usize) -> Option<&mut Paragraph> {
        self.paragraphs.get_mut(number)
    }

    /// What stands from `at` on belongs to this paragraph and looks like this. To be called in the order of the part.
    pub(crate) fn mark(&mut self, at: usize, paragraph: usize, look: Look) {
        if self.marks.last().is_none_or(|last| (last.paragraph, last.look) != (paragraph, look)) {
            self.marks.push(Mark { at, paragraph, look });
        }
    }

    /// The paragraph at a place of the part: its number, what it is, how text looks there.
    pub(crate) fn at(&self, at: usize) -> Option<(usize, Paragraph, Look)> {
        let before = self.marks.partition_point(|mark| mark.at <= at).checked_sub(1)?;
        let mark = self.marks.get(before)?;
        Some((mark.paragraph, *self.paragraphs.get(mark.paragraph)?, mark.look))
    }
}

/// Where a block stands among the others: the rank of its part, the part, what of the part it is, its place there.
pub(crate) type Key = (u8, usize, u8, usize);

/// The blocks of a view before they are in order.
#[derive(Default)]
pub(crate) struct Ordered(Vec<(Key, usize, Span, Face, Vec<Run>)>);

impl Ordered {
    /// A block.
    pub(crate) fn push(&mut self, key: Key, segment: usize, span: Span, face: Face, runs: Vec<Run>) {
        self.0.push((key, segment, span, face, runs));
    }

    /// The lines of a segment, each a block.
    pub(crate) fn whole(&mut self, key: Key, number: usize, segment: &Segment, face: &Face) {
        for span in lines(&segment.text, 0..segment.text.len()) {
            self.push(key, number, span, face.clone(), Vec::new());
        }
    }

    /// The paragraphs of a flow. `key` says all but the place in the part; `face` gives the face of a paragraph.
    pub(crate) fn flow(
        &mut self,
        key: (u8, usize, u8),
        (number, segment): (usize, &Segment),
        pieces: impl Iterator<Item = Stretch>,
        marks: Option<&Marks>,
        face: &mut dyn FnMut(Paragraph) -> Face,
    ) {
        // The paragraph of the last block.
        let mut open: Option<usize> = None;
        let mut pieces = pieces.peekable();
        for span in lines(&segment.text, 0..segment.text.len()) {
            while pieces.next_if(|piece| piece.end <= span.start).is_some() {}
            let mut runs: Vec<Run> = Vec::new();
            let mut at = None;
            while let Some(piece) = pieces.peek().filter(|piece| piece.start < span.end).copied() {
                let here = marks.and_then(|marks| marks.at(piece.at));
                at = at.or(Some((piece.at, here)));
                let mut look = here.map(|(.., look)| look).unwrap_or_default();
                (look.struck, look.hidden) = (look.struck || piece.deleted, look.hidden || piece.deleted);
                if look != Look::default() {
                    runs.push(look.run(Span::new(piece.start.max(span.start), piece.end.min(span.end))));
                }
                // One that goes on behind the line is of the next line, too.
                if piece.end > span.end {
                    break;
                }
                pieces.next();
            }
            let (offset, here) = at.unwrap_or_default();
            let (paragraph, about) = here.map_or((None, Paragraph::default()), |(number, about, _)| (Some(number), about));
            // A line break does not end a paragraph.
            if paragraph.is_some()
                && open == paragraph
                && let Some((_, _, block, _, block_runs)) = self.0.last_mut()
            {
                block.end = span.end;
                block_runs.extend(runs);
                continue;
            }
            open = paragraph;
            let face = face(about);
            let face = if about.hidden { face.seen(false) } else { face };
            self.push((key.0, key.1, key.2, offset), number, span, face, runs);
        }
    }

    /// Gives all blocks to a view, in order.
    pub(crate) fn into_views(mut self, views: &mut Views<'_>) {
        self.0.sort_by_key(|(key, segment, span, ..)| (*key, *segment, span.start));
        for (_, segment, span, face, runs) in self.0 {
            views.push(segment, span, &face, &runs);
        }
    }
}
