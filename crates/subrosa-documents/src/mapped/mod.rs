//! Texts put together from places of a decoded file, with the way back.
//!
//! A format that escapes its characters, or spreads a text over its mark-up, reads it into a [`Mapped`]: stretches that stand
//! in the file as they are, and *atoms*, places whose raw form stands for other characters as a whole (`&amp;`, `\x41`, `%C3%A9`,
//! a run of white space read as one space). [`Builder`] gathers such texts as segments and is the
//! [`Body`](crate::document::Body) in the end: an edit becomes changes of exactly the places that it covers, each
//! replacement written in the way its place demands ([`Code`]).
//!
//! What stands between two pieces without a place of its own (the line end that a block brings) cannot be edited, and needs not.

mod body;
mod builder;
mod view;

use std::ops::Range;

pub(crate) use builder::{Builder, Inside};

use crate::refusal::Refusal;

/// How a place writes its text.
pub(crate) trait Code: Copy + Send + Sync + 'static {
    /// `text` as it has to stand in such a place.
    fn encode(self, text: &str) -> String;

    /// A whole value after its edits, for values that are written anew as a whole (a number that becomes a string).
    fn whole(self, text: &str) -> String {
        self.encode(text)
    }

    /// A document that stands in such a place, written.
    ///
    /// # Errors
    /// When it cannot stand there.
    fn document(self, _: &[u8]) -> Result<String, Refusal> {
        Err(Refusal::Internal("no document stands in such a place".to_owned()))
    }
}

/// A stretch of a text and its place.
#[derive(Clone, Copy)]
pub(crate) struct Piece<C> {
    /// First byte in the text.
    text: u32,
    /// First byte after.
    text_end: u32,
    /// First byte in the decoded file.
    raw: u32,
    /// First byte after.
    raw_end: u32,
    /// Whether it goes as a whole only.
    atom: bool,
    code: C,
}

/// A text and its places.
#[derive(Clone)]
pub(crate) struct Mapped<C> {
    text: String,
    pieces: Vec<Piece<C>>,
}

impl<C> Default for Mapped<C> {
    fn default() -> Self {
        Self { text: String::new(), pieces: Vec::new() }
    }
}

impl<C: Code> Mapped<C> {
    /// The text so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Adds the text that stands at `at` of the file as it is.
    pub(crate) fn verbatim(&mut self, text: &str, at: usize, code: C)
    where
        C: PartialEq,
    {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let (end, raw) = (self.text.len() as u32, at as u32);
        if let Some(last) = self.pieces.last_mut()
            && !last.atom
            && last.raw_end == raw
            && last.text_end as usize == start
            && last.code == code
        {
            (last.text_end, last.raw_end) = (end, raw + text.len() as u32);
            return;
        }
        let raw_end = raw + text.len() as u32;
        self.pieces.push(Piece { text: start as u32, text_end: end, raw, raw_end, atom: false, code });
    }

    /// Adds text that the whole of `raw` stands for.
    pub(crate) fn atom(&mut self, text: &str, raw: Range<usize>, code: C) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let text_end = self.text.len() as u32;
        self.pieces.push(Piece { text: start, text_end, raw: raw.start as u32, raw_end: raw.end as u32, atom: true, code });
    }

    /// Adds text without a place.
    pub(crate) fn gap(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// This text with some of its stretches standing for others: `parts` are in order and disjoint, each a range of the text
    /// and what it stands for. The pieces get `code`.
    pub(crate) fn recoded(&self, parts: &[(Range<usize>, String)], code: C) -> Self
    where
        C: PartialEq,
    {
        let mut out = Self::default();
        let mut done = 0;
        let mut index = 0;
        for (range, meant) in parts {
            self.copy(done..range.start, code, &mut index, &mut out);
            if let Some(raw) = self.raw(range.clone()) {
                out.atom(meant, raw, code);
            }
            done = range.end;
        }
        self.copy(done..self.text.len(), code, &mut index, &mut out);
        out
    }

    /// Copies a range; `index` is the first piece that may reach into it.
    fn copy(&self, range: Range<usize>, code: C, index: &mut usize, out: &mut Self)
    where
        C: PartialEq,
    {
        let mut at = range.start;
        while at < range.end {
            while self.pieces.get(*index).is_some_and(|piece| piece.text_end as usize <= at) {
                *index += 1;
            }
            let Some(piece) = self.pieces.get(*index).filter(|piece| (piece.text as usize) < range.end) else {
                out.gap(self.text.get(at..range.end).unwrap_or_default());
                return;
            };
            let (from, to) = (piece.text as usize, (piece.text_end as usize).min(range.end));
            if from > at {
                out.gap(self.text.get(at..from).unwrap_or_default());
                at = from;
            }
            let text = self.text.get(at..to).unwrap_or_default();
            if piece.atom {
                out.atom(text, piece.raw as usize..piece.raw_end as usize, code);
            } else {
                out.verbatim(text, piece.raw as usize + (at - from), code);
            }
            at = to;
        }
    }

    /// Takes white space off the end.
    pub(crate) fn trim_end(&mut self) {
        let end = self.text.trim_end().len();
        if end == self.text.len() {
            return;
        }
        self.text.truncate(end);
        while self.pieces.last().is_some_and(|piece| piece.text as usize >= end) {
            self.pieces.pop();
        }
        if let Some(last) = self.pieces.last_mut()
            && last.text_end as usize > end
            && !last.atom
        {
            last.raw_end -= last.text_end - end as u32;
            last.text_end = end as u32;
        }
    }

    /// Adds another text with its places.
    pub(crate) fn append(&mut self, other: &Self) {
        let base = self.text.len() as u32;
        self.text.push_str(&other.text);
        let moved = other.pieces.iter().map(|piece| Piece { text: piece.text + base, text_end: piece.text_end + base, ..*piece });
        self.pieces.extend(moved);
    }

    /// A part of this text.
    pub(crate) fn part(&self, range: Range<usize>) -> Self
    where
        C: PartialEq,
    {
        let mut out = Self::default();
        let first = self.pieces.partition_point(|piece| piece.text_end as usize <= range.start);
        for piece in self.pieces.get(first..).unwrap_or_default() {
            let (from, to) = ((piece.text as usize).max(range.start), (piece.text_end as usize).min(range.end));
            if piece.text as usize >= range.end {
                break;
            }
            out.gap(self.text.get(range.start + out.text.len()..from).unwrap_or_default());
            let text = self.text.get(from..to).unwrap_or_default();
            if piece.atom {
                out.atom(text, piece.raw as usize..piece.raw_end as usize, piece.code);
            } else {
                out.verbatim(text, piece.raw as usize + (from - piece.text as usize), piece.code);
            }
        }
        out
    }

    /// The part of the file that this text comes from.
    pub(crate) fn place(&self) -> Option<Range<usize>> {
        self.raw(0..self.text.len())
    }

    /// The part of the file that a range of the text comes from, from its first place to its last.
    fn raw(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.pieces.partition_point(|piece| piece.text_end as usize <= range.start);
        let last = self.pieces.partition_point(|piece| (piece.text as usize) < range.end).checked_sub(1)?;
        let (first, last) = (self.pieces.get(first)?, self.pieces.get(last)?);
        let start = first.raw as usize + if first.atom { 0 } else { range.start.saturating_sub(first.text as usize) };
        let end =
            if last.atom { last.raw_end as usize } else { last.raw as usize + range.end.saturating_sub(last.text as usize) };
        Some(start..end.min(last.raw_end as usize).max(start))
    }
}
