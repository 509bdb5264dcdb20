//! Gathers the texts of a file as segments.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use subrosa_core::segment::Segment;

use super::body::{Entry, Kid, Spliced, Way};
use super::{Code, Mapped, Piece};
use crate::document::{Document, Part, Records, UnreadPart};
use crate::encoding::Decoded;
use crate::flow::view::Marks;
use crate::formats::Source;
use crate::limits::Limits;
use crate::lines::Lines;
use crate::nested::{self, Children};
use crate::refusal::Refusal;

/// The segments of a file as they are found, and their places.
pub(crate) struct Builder<C> {
    pub(crate) segments: Vec<Segment>,
    pub(super) unread: Vec<UnreadPart>,
    pub(super) entries: Vec<Entry<C>>,
    pub(super) pieces: Vec<Piece<C>>,
    pub(super) children: Children,
    pub(super) kids: Vec<Kid<C>>,
    /// What the residue search is to see of documents inside, where only that is wanted.
    raw: Option<Vec<Part>>,
    /// Bytes that documents inside may still expand to.
    left: u64,
    records: Records,
    labels: HashMap<String, Arc<str>>,
    /// What a view is to know of the file, for formats whose texts have shapes.
    pub(crate) marks: Option<fn(&str) -> Marks>,
    /// Equal values under one label are one segment.
    known: HashMap<(Option<Arc<str>>, String), usize>,
}

/// A document inside the file, as it stands there.
pub(crate) struct Inside<'a, C> {
    /// What the part is called.
    pub(crate) part: String,
    /// Its file name, for the extension.
    pub(crate) name: &'a str,
    /// Its bytes.
    pub(crate) bytes: &'a [u8],
    /// Its place in the decoded file.
    pub(crate) raw: Range<usize>,
    /// How it stands there.
    pub(crate) code: C,
    /// What may stand in its place when it cannot be read and is to be removed.
    pub(crate) empty: &'static str,
}

impl<C: Code + PartialEq> Builder<C> {
    /// For a file that may expand as `limits` say.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            segments: Vec::new(),
            unread: Vec::new(),
            entries: Vec::new(),
            pieces: Vec::new(),
            children: Children::default(),
            kids: Vec::new(),
            raw: None,
            left: limits.expanded_bytes,
            records: Records::default(),
            labels: HashMap::new(),
            marks: None,
            known: HashMap::new(),
        }
    }

    /// For a file of which only the raw parts of the documents inside are wanted.
    pub(crate) fn for_raw_parts(limits: &Limits) -> Self {
        Self { raw: Some(Vec::new()), ..Self::new(limits) }
    }

    /// The raw parts of the documents inside.
    pub(crate) fn into_raw_parts(self) -> Vec<Part> {
        self.raw.unwrap_or_default()
    }

    /// What is added from now on belongs to this record; to none when nothing.
    pub(crate) fn begin_record(&mut self, record: Option<u64>) {
        self.records.begin(self.segments.len(), record);
    }

    /// One shared copy of a label.
    pub(crate) fn label(&mut self, label: &str) -> Arc<str> {
        if let Some(known) = self.labels.get(label) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = Arc::from(label);
        self.labels.insert(label.to_owned(), Arc::clone(&shared));
        shared
    }

    /// An empty segment, to be filled by [`fill`](Self::fill), so that it comes before those found meanwhile.
    pub(crate) fn reserve(&mut self) -> usize {
        self.segments.push(Segment::default());
        self.segments.len() - 1
    }

    /// Fills a reserved segment.
    pub(crate) fn fill(&mut self, number: usize, mapped: &Mapped<C>, labels: Vec<Arc<str>>) {
        if let Some(segment) = self.segments.get_mut(number) {
            segment.labels = labels;
            segment.text.clone_from(&mapped.text);
            self.place(number, mapped);
        }
    }

    /// A segment of its own. Gives its number.
    pub(crate) fn add(&mut self, mapped: Mapped<C>, labels: Vec<Arc<str>>, structural: bool) -> usize {
        let number = self.segments.len();
        self.place(number, &mapped);
        self.segments.push(Segment { text: mapped.text, labels, structural });
        number
    }

    /// A value that is written anew as a whole when it is edited, in place of `raw`. Gives the segment's number.
    pub(crate) fn add_whole(
        &mut self,
        text: String,
        labels: Vec<Arc<str>>,
        structural: bool,
        raw: Range<usize>,
        code: C,
    ) -> usize {
        let number = self.segments.len();
        self.place_whole(number, &text, &raw, code);
        self.segments.push(Segment { text, labels, structural });
        number
    }

    /// A value that may stand in the file many times under the same label: one segment.
    pub(crate) fn add_shared(&mut self, mapped: Mapped<C>, label: Option<Arc<str>>, structural: bool) {
        let key = (label, mapped.text.clone());
        if let Some(&known) = self.known.get(&key) {
            self.place(known, &mapped);
            return;
        }
        let number = self.add(mapped, key.0.iter().cloned().collect(), structural);
        self.known.insert(key, number);
    }

    /// As [`add_shared`](Self::add_shared), under several labels.
    pub(crate) fn add_labelled(&mut self, mapped: Mapped<C>, labels: Vec<Arc<str>>) {
        let key = (Some(Arc::from(labels.join("\n"))), mapped.text.clone());
        if let Some(&known) = self.known.get(&key) {
            self.place(known, &mapped);
            return;
        }
        let number = self.add(mapped, labels, false);
        self.known.insert(key, number);
    }

    /// As [`add_shared`](Self::add_shared), for a value that is written anew as a whole.
    pub(crate) fn add_shared_whole(
        &mut self,
        text: String,
        label: Option<Arc<str>>,
        structural: bool,
        raw: Range<usize>,
        code: C,
    ) {
        let key = (label, text);
        if let Some(&known) = self.known.get(&key) {
            self.place_whole(known, &key.1, &raw, code);
            return;
        }
        let number = self.add_whole(key.1.clone(), key.0.iter().cloned().collect(), structural, raw, code);
        self.known.insert(key, number);
    }

    fn place(&mut self, segment: usize, mapped: &Mapped<C>) {
        let start = self.pieces.len() as u32;
        self.pieces.extend_from_slice(&mapped.pieces);
        self.entries.push(Entry { segment: segment as u32, way: Way::Pieces(start..self.pieces.len() as u32) });
    }

    fn place_whole(&mut self, segment: usize, text: &str, raw: &Range<usize>, code: C) {
        let way = Way::Whole { raw: raw.start as u32..raw.end as u32, text: text.into(), code };
        self.entries.push(Entry { segment: segment as u32, way });
    }

    /// A document inside. One that cannot be read is an unread part.
    pub(crate) fn inside(&mut self, outer: &Source<'_>, limits: &Limits, inside: Inside<'_, C>) {
        let Inside { part, name, bytes, raw, code, empty } = inside;
        if let Some(parts) = &mut self.raw {
            // What is refused now was an unread part when the document was read.
            let _ = nested::raw_parts(outer, name, bytes, limits, parts);
            return;
        }
        let left = self.left;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        let read = nested::read(outer, name, bytes, limits, left);
        let child = match read {
            Ok(document) => Some(self.children.adopt(&part, document, &mut self.segments, &mut self.unread)),
            Err(refusal) => {
                self.unread.push(UnreadPart { part: part.clone(), reason: refusal.to_string() });
                None
            }
        };
        self.kids.push(Kid { part, child, raw, code, empty, removed: false });
    }

    /// Whether a document inside can be read as what it is called.
    ///
    /// # Errors
    /// As the reader of its kind.
    pub(crate) fn try_inside(&mut self, outer: &Source<'_>, limits: &Limits, inside: Inside<'_, C>) -> Result<(), Refusal> {
        let Inside { part, name, bytes, raw, code, empty } = inside;
        if let Some(parts) = &mut self.raw {
            return nested::raw_parts(outer, name, bytes, limits, parts);
        }
        let document = nested::read(outer, name, bytes, limits, self.left)?;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        let child = Some(self.children.adopt(&part, document, &mut self.segments, &mut self.unread));
        self.kids.push(Kid { part, child, raw, code, empty, removed: false });
        Ok(())
    }

    /// A part that cannot be read.
    pub(crate) fn unread(&mut self, part: String, reason: &str, raw: Range<usize>, code: C, empty: &'static str) {
        self.unread.push(UnreadPart { part: part.clone(), reason: reason.to_owned() });
        self.kids.push(Kid { part, child: None, raw, code, empty, removed: false });
    }

    /// The document.
    pub(crate) fn finish(self, decoded: Decoded, first_line: u64) -> Document {
        let Self { segments, unread, mut entries, pieces, children, kids, records, marks, .. } = self;
        entries.sort_by_key(|entry| entry.segment);
        let body = Spliced { decoded, lines: Lines::starting_at(first_line), entries, pieces, children, kids, records, marks };
        Document { segments, unread, body: Box::new(body) }
    }
}
