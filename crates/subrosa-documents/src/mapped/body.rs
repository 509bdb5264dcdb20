//! The way back from edits of mapped texts to the file.

use std::ops::Range;

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::{Code, Piece};
use crate::document::{Body, Record, Records};
use crate::encoding::{Decoded, Splice};
use crate::flow::view::Marks;
use crate::lines::Lines;
use crate::nested::Children;
use crate::refusal::Refusal;
use crate::view::Block;

/// A segment's place; a segment whose text stands in the file several times has several.
pub(super) struct Entry<C> {
    pub(super) segment: u32,
    pub(super) way: Way<C>,
}

/// How edits of a segment are written.
pub(super) enum Way<C> {
    /// In these pieces.
    Pieces(Range<u32>),
    /// By writing the whole value anew.
    Whole {
        /// Its place.
        raw: Range<u32>,
        /// What it says now.
        text: Box<str>,
        /// How it is written.
        code: C,
    },
}

/// A document inside the file, or a part that cannot be read.
pub(super) struct Kid<C> {
    pub(super) part: String,
    /// Its number among the children; nothing when it cannot be read.
    pub(super) child: Option<usize>,
    pub(super) raw: Range<usize>,
    pub(super) code: C,
    pub(super) empty: &'static str,
    pub(super) removed: bool,
}

/// The body of a format whose texts are [`Mapped`](super::Mapped).
pub(crate) struct Spliced<C> {
    pub(super) decoded: Decoded,
    pub(super) lines: Lines,
    /// By segment.
    pub(super) entries: Vec<Entry<C>>,
    pub(super) pieces: Vec<Piece<C>>,
    pub(super) children: Children,
    pub(super) kids: Vec<Kid<C>>,
    pub(super) records: Records,
    /// What a view is to know of the file; nothing where its segments are fields, or texts without a shape.
    pub(super) marks: Option<fn(&str) -> Marks>,
}

fn outside() -> Refusal {
    Refusal::Internal("an edit lies outside its segment".to_owned())
}

/// The text with the edits made.
fn edited(text: &str, edits: &[Edit]) -> Result<String, Refusal> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(text.get(done..edit.span.start).ok_or_else(outside)?);
        out.push_str(&edit.replacement);
        done = edit.span.end;
    }
    out.push_str(text.get(done..).ok_or_else(outside)?);
    Ok(out)
}

impl<C: Code> Body for Spliced<C> {
    /// The line, and the byte in it, since a whole file is often one line.
    fn place(&self, segment: usize, span: Span) -> String {
        let first = self.entries.partition_point(|entry| (entry.segment as usize) < segment);
        let Some(entry) = self.entries.get(first).filter(|entry| entry.segment as usize == segment) else {
            return self.children.place(segment, span).unwrap_or_else(|| "unknown place".to_owned());
        };
        let at = match &entry.way {
            Way::Whole { raw, .. } => raw.start as usize,
            Way::Pieces(range) => {
                let pieces = self.pieces.get(range.start as usize..range.end as usize).unwrap_or_default();
                let piece = pieces.get(pieces.partition_point(|piece| piece.text_end as usize <= span.start)).or(pieces.last());
                piece.map_or(0, |piece| {
                    let inside = if piece.atom { 0 } else { span.start.saturating_sub(piece.text as usize) };
                    piece.raw as usize + inside
                })
            }
        };
        self.lines.line_and_byte(&self.decoded.text, at)
    }

    fn record(&self, segment: usize) -> Option<Record> {
        self.children.record(segment).or_else(|| self.records.of(segment))
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        self.view(segments)
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        match on_unread {
            OnUnread::Keep => true,
            OnUnread::Remove => {
                for kid in self.kids.iter_mut().filter(|kid| kid.child.is_none()) {
                    kid.removed = true;
                }
                self.children.settle(on_unread)
            }
            _ => false,
        }
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let mut splices = Vec::new();
        let mut at = 0;
        for (segment, edits) in edits.iter().enumerate().filter(|(_, edits)| !edits.is_empty()) {
            at += self.entries.get(at..).unwrap_or_default().partition_point(|entry| (entry.segment as usize) < segment);
            for entry in self.entries.get(at..).unwrap_or_default().iter().take_while(|entry| entry.segment as usize == segment) {
                match &entry.way {
                    Way::Pieces(range) => {
                        let pieces = self.pieces.get(range.start as usize..range.end as usize).unwrap_or_default();
                        for edit in edits {
                            Self::edit(pieces, edit, &mut splices)?;
                        }
                    }
                    Way::Whole { raw, text, code } => {
                        let range = raw.start as usize..raw.end as usize;
                        splices.push(Splice { range, text: code.whole(&edited(text, edits)?) });
                    }
                }
            }
        }
        self.kids(edits, &mut splices)?;
        self.finish(splices)
    }

    fn notes(&self) -> Vec<String> {
        let removed = self.kids.iter().filter(|kid| kid.removed);
        let mut notes: Vec<String> = removed.map(|kid| format!("{} is left out: it could not be read", kid.part)).collect();
        notes.extend(self.children.notes());
        notes
    }
}

impl<C: Code> Spliced<C> {
    /// The changes that make one edit in the pieces of its segment: the replacement goes to the first piece it covers, and
    /// what it covers of the others goes.
    fn edit(pieces: &[Piece<C>], edit: &Edit, splices: &mut Vec<Splice>) -> Result<(), Refusal> {
        let Span { start, end } = edit.span;
        let from = pieces.partition_point(|piece| piece.text_end as usize <= start);
        let mut replacement = Some(edit.replacement.as_str());
        for piece in pieces.get(from..).unwrap_or_default() {
            if piece.text as usize >= end && !(start == end && replacement.is_some()) {
                break;
            }
            let text = replacement.take().unwrap_or_default();
            let (low, high) = (start.saturating_sub(piece.text as usize), end.min(piece.text_end as usize) - piece.text as usize);
            let (raw, raw_end) = (piece.raw as usize, piece.raw_end as usize);
            if piece.atom {
                // Goes as a whole. What an edit leaves of several characters that it stands for is lost rather than left.
                splices.push(Splice { range: raw..raw_end, text: piece.code.encode(text) });
            } else {
                splices.push(Splice { range: raw + low..raw + high.max(low), text: piece.code.encode(text) });
            }
        }
        // An edit of a gap alone has no place; one that brings text must have one.
        if replacement.is_some_and(|text| !text.is_empty()) && !edit.span.is_empty() {
            return Err(Refusal::uninspectable("text", "an edit covers nothing that stands in the file"));
        }
        Ok(())
    }

    fn kids(&self, edits: &[Vec<Edit>], splices: &mut Vec<Splice>) -> Result<(), Refusal> {
        for kid in &self.kids {
            let text = match kid.child {
                _ if kid.removed => kid.empty.to_owned(),
                Some(child) if self.children.is_edited(child, edits) || self.children.is_changed(child) => {
                    kid.code.document(&self.children.write(child, edits)?)?
                }
                _ => continue,
            };
            splices.push(Splice { range: kid.raw.clone(), text });
        }
        Ok(())
    }

    /// Sorts the changes, and lets those of one atom be one.
    fn finish(&self, mut splices: Vec<Splice>) -> Result<Vec<u8>, Refusal> {
        splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
        let mut disjoint: Vec<Splice> = Vec::with_capacity(splices.len());
        for splice in splices {
            match disjoint.last_mut() {
                Some(last) if splice.range.start < last.range.end => {
                    last.range.end = last.range.end.max(splice.range.end);
                    last.text.push_str(&splice.text);
                }
                _ => disjoint.push(splice),
            }
        }
        self.decoded.splice(&disjoint)
    }
}
