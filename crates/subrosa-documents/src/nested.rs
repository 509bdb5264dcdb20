//! Documents inside documents: attachments, members of archives, embedded objects.
//!
//! [`read`] reads one as a document of its own; [`Children`] keeps those of one container together with the way back, so that
//! a container's format deals with its own syntax only. How deep they may nest is bounded by [`Limits::depth`].

use std::ops::Range;

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use crate::document::{Body, Document, Part, Record, UnreadPart};
use crate::formats::{Source, sniff};
use crate::limits::Limits;
use crate::picture::look::DOUBTFUL;
use crate::readable;
use crate::refusal::Refusal;
use crate::view::{Block, Views};

/// How much shallower a document inside a document may nest, so that containers cannot nest for ever.
const COST: usize = 48;

/// The limits inside a document, of which `left` bytes are still to be expanded.
///
/// # Errors
/// [`Refusal::Limit`] when it would be too deep.
fn inside(limits: &Limits, left: u64) -> Result<Limits, Refusal> {
    let depth = limits.depth.checked_sub(COST).filter(|depth| *depth >= COST);
    let depth = depth.ok_or_else(|| Refusal::Limit("documents inside documents are nested too deep".to_owned()))?;
    Ok(Limits { depth, expanded_bytes: left.min(limits.expanded_bytes), ..*limits })
}

/// Reads a document inside `outer`. `name` is its file name, for the extension; `left` is how many bytes it may still expand
/// to.
///
/// # Errors
/// As [`sniff`] and [`Format::read`](crate::Format::read); also when it is nested too deep.
pub(crate) fn read(outer: &Source<'_>, name: &str, bytes: &[u8], limits: &Limits, left: u64) -> Result<Document, Refusal> {
    let limits = inside(limits, left)?;
    let source = outer.inner(bytes, name);
    sniff(&source)?.read(&source, &limits)
}

/// Reads a picture that is shown by `outer`, when there is a reader of text at hand. Nothing when that cannot read it: whoever
/// shows the picture says that it was not looked into. A reading that is not certain is better than none, and the notes of the
/// picture say so: what is on a photograph is often taken for text.
pub(crate) fn picture(outer: &Source<'_>, name: &str, bytes: &[u8], limits: &Limits, left: u64) -> Option<Document> {
    outer.aids.ocr?;
    crate::picture::Kind::of(bytes)?;
    let mut document = read(outer, name, bytes, limits, left).ok()?;
    document.unread.retain(|unread| unread.reason != DOUBTFUL);
    document.unread.is_empty().then_some(document)
}

/// Adds what the residue search is to see of a document inside `outer` beyond its segments. Nothing for one that no format
/// claims: it is an unread part.
///
/// # Errors
/// As [`Format::raw_parts`](crate::Format::raw_parts).
pub(crate) fn raw_parts(
    outer: &Source<'_>,
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    parts: &mut Vec<Part>,
) -> Result<(), Refusal> {
    raw_parts_of(outer, name, name, bytes, limits, parts)
}

/// As [`raw_parts`], with another name for people: a file's name may be the very value that is to go.
///
/// # Errors
/// As [`Format::raw_parts`](crate::Format::raw_parts).
pub(crate) fn raw_parts_of(
    outer: &Source<'_>,
    part: &str,
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    parts: &mut Vec<Part>,
) -> Result<(), Refusal> {
    let limits = inside(limits, limits.expanded_bytes)?;
    let source = outer.inner(bytes, name);
    if let Ok(format) = sniff(&source) {
        let inner = format.raw_parts(&source, &limits)?;
        parts.extend(inner.into_iter().map(|inner| Part { name: format!("{part}, {}", inner.name), text: inner.text }));
    }
    Ok(())
}

/// As [`raw_parts_of`], and for what no format claims or can read its bytes read as text in the usual ways.
pub(crate) fn raw_parts_or_views(
    outer: &Source<'_>,
    part: &str,
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    parts: &mut Vec<Part>,
) {
    let before = parts.len();
    let given = sniff(&outer.inner(bytes, name)).is_ok() && raw_parts_of(outer, part, name, bytes, limits, parts).is_ok();
    // A format whose segments are the whole file gives no parts; bytes that are no text were not read by one.
    let text = std::str::from_utf8(bytes).is_ok() && memchr::memchr(0, bytes).is_none();
    if !given || parts.len() == before && !text {
        parts.truncate(before);
        views(part, bytes, parts);
    }
}

/// Adds what may be text in bytes.
pub(crate) fn views(part: &str, data: &[u8], parts: &mut Vec<Part>) {
    let texts = readable::texts(data).into_iter();
    parts.extend(texts.map(|(writing, text)| Part { name: readable::named(part, writing), text }));
}

/// A part's name with a capital letter, as the beginning of a section's name.
pub(crate) fn in_words(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The documents inside one document, and which of its segments are theirs.
#[derive(Default)]
pub(crate) struct Children(Vec<Child>);

struct Child {
    /// How the part of the container is called in places and notes.
    name: String,
    segments: Range<usize>,
    unread: bool,
    /// Its unread parts were settled, so that it is written otherwise than it was read.
    settled: bool,
    body: Box<dyn Body>,
}

impl Children {
    /// Takes a document in: its segments and unread parts are added to those of the container. Gives its number.
    pub(crate) fn adopt(
        &mut self,
        name: &str,
        document: Document,
        segments: &mut Vec<Segment>,
        unread: &mut Vec<UnreadPart>,
    ) -> usize {
        let start = segments.len();
        segments.extend(document.segments);
        let nothing_unread = document.unread.is_empty();
        let inner = document.unread.into_iter();
        unread.extend(inner.map(|inner| UnreadPart { part: format!("{name}, {}", inner.part), reason: inner.reason }));
        self.0.push(Child {
            name: name.to_owned(),
            segments: start..segments.len(),
            unread: !nothing_unread,
            settled: false,
            body: document.body,
        });
        self.0.len() - 1
    }

    /// Where a span of a segment stands, when the segment is a child's.
    pub(crate) fn place(&self, segment: usize, span: Span) -> Option<String> {
        // In the order of their segments.
        let child = self.0.get(self.0.partition_point(|child| child.segments.end <= segment))?;
        let inner = segment.checked_sub(child.segments.start)?;
        let place = child.body.place(inner, span);
        Some(if place.is_empty() { child.name.clone() } else { format!("{}, {place}", child.name) })
    }

    /// The record of a segment, when the segment is a child's.
    pub(crate) fn record(&self, segment: usize) -> Option<Record> {
        let child = self.0.get(self.0.partition_point(|child| child.segments.end <= segment))?;
        let inner = segment.checked_sub(child.segments.start)?;
        child.body.record(inner).map(|record| record.inside(&child.name))
    }

    /// The child that a segment belongs to.
    pub(crate) fn of(&self, segment: usize) -> Option<usize> {
        let child = self.0.partition_point(|child| child.segments.end <= segment);
        self.0.get(child).filter(|child| child.segments.start <= segment).map(|_| child)
    }

    /// How the children are called.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|child| child.name.as_str())
    }

    /// Adds the view of a child to that of the container, under a name of its own.
    pub(crate) fn view(&self, child: usize, name: &str, visible: bool, views: &mut Views<'_>) {
        if let Some(child) = self.0.get(child) {
            views.inside(&*child.body, child.segments.clone(), name, visible);
        }
    }

    /// The view of a container: its own segments are shown by `own`, the children where their segments stand.
    pub(crate) fn among(&self, segments: &[Segment], own: &mut dyn FnMut(usize, &mut Views<'_>)) -> Vec<Block> {
        let mut views = Views::of(segments);
        let mut children = (0..self.0.len()).peekable();
        let mut number = 0;
        while number < segments.len() {
            let start = |child: &usize| self.0.get(*child).map_or(0, |child| child.segments.start);
            while let Some(child) = children.next_if(|child| start(child) <= number) {
                self.view_one(child, &mut views);
                number = self.0.get(child).map_or(number, |child| child.segments.end.max(number));
            }
            if self.of(number).is_none() && number < segments.len() {
                own(number, &mut views);
            }
            number += 1;
        }
        views.finish()
    }

    /// As [`view`](Self::view), under the name that places have.
    pub(crate) fn view_one(&self, child: usize, views: &mut Views<'_>) {
        if let Some(name) = self.0.get(child).map(|child| in_words(&child.name)) {
            self.view(child, &name, true, views);
        }
    }

    /// Adds the views of all children to that of the container, each under the name that places have.
    pub(crate) fn view_all(&self, views: &mut Views<'_>) {
        for child in &self.0 {
            views.inside(&*child.body, child.segments.clone(), &in_words(&child.name), true);
        }
    }

    /// Whether edits of the container change this child.
    pub(crate) fn is_edited(&self, child: usize, edits: &[Vec<Edit>]) -> bool {
        self.edits(child, edits).iter().any(|edits| !edits.is_empty())
    }

    /// The bytes of a child, with those of the container's `edits` that are its own.
    ///
    /// # Errors
    /// As [`Body::write`].
    pub(crate) fn write(&self, child: usize, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let missing = || Refusal::Internal("a document inside the document is missing".to_owned());
        self.0.get(child).ok_or_else(missing)?.body.write(self.edits(child, edits))
    }

    fn edits<'e>(&self, child: usize, edits: &'e [Vec<Edit>]) -> &'e [Vec<Edit>] {
        let range = self.0.get(child).map_or(0..0, |child| child.segments.clone());
        let end = range.end.min(edits.len());
        edits.get(range.start.min(end)..end).unwrap_or_default()
    }

    /// As [`Body::settle`], for every child that has unread parts.
    pub(crate) fn settle(&mut self, on_unread: OnUnread) -> bool {
        (0..self.0.len()).all(|child| self.settle_one(child, on_unread))
    }

    /// As [`Body::settle`], for one child; true when it has no unread parts.
    pub(crate) fn settle_one(&mut self, child: usize, on_unread: OnUnread) -> bool {
        let Some(child) = self.0.get_mut(child) else { return true };
        if child.unread || matches!(on_unread, OnUnread::Remove | OnUnread::Blank) {
            child.settled = child.body.settle(on_unread);
        }
        child.settled || !child.unread
    }

    /// Whether a child is to be written although no edit changes it: its unread parts were settled, or it leaves something
    /// out or has something else to say of what it writes.
    pub(crate) fn is_changed(&self, child: usize) -> bool {
        self.0.get(child).is_some_and(|child| child.settled || !child.body.notes().is_empty())
    }

    /// As [`Body::notes`], for every child.
    pub(crate) fn notes(&self) -> Vec<String> {
        let named = |child: &Child| child.body.notes().into_iter().map(|note| format!("{}: {note}", child.name)).collect();
        self.0.iter().flat_map::<Vec<String>, _>(named).collect()
    }
}
