//! Gathers the blocks of a view, and sees to it that nothing is left out or shown twice.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::{Block, Run, Shape};
use crate::document::{Body, Record};

/// What stands in blocks that no format has placed.
const ELSEWHERE: &str = "Other text";
/// What the format's own names stand under.
const NAMES: &str = "Names";

/// How blocks are shown.
#[derive(Clone)]
pub(crate) struct Face {
    pub(crate) section: Arc<str>,
    pub(crate) shape: Shape,
    pub(crate) visible: bool,
    pub(crate) label: Option<Arc<str>>,
    pub(crate) again: bool,
}

impl Face {
    /// Paragraphs that a reader sees.
    pub(crate) fn text(section: Arc<str>) -> Self {
        Self { section, shape: Shape::Paragraph, visible: true, label: None, again: false }
    }

    /// Of another shape.
    pub(crate) fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    /// A field with a name, where there is one.
    pub(crate) fn field(self, label: Option<Arc<str>>) -> Self {
        let shape = if label.is_some() { Shape::Field } else { self.shape };
        Self { shape, label, ..self }
    }

    /// Whether a reader sees it.
    pub(crate) fn seen(self, visible: bool) -> Self {
        Self { visible, ..self }
    }
}

/// The blocks of a view as they are found, in reading order.
pub(crate) struct Views<'s> {
    segments: &'s [Segment],
    blocks: Vec<Block>,
    sections: HashMap<String, Arc<str>>,
    /// Tables so far, by what the format calls them.
    tables: HashMap<String, u32>,
    last_table: u32,
}

impl<'s> Views<'s> {
    /// A view of these segments.
    pub(crate) fn of(segments: &'s [Segment]) -> Self {
        Self { segments, blocks: Vec::new(), sections: HashMap::new(), tables: HashMap::new(), last_table: 0 }
    }

    /// One shared copy of a section's name.
    pub(crate) fn section(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.sections.get(name) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = Arc::from(name);
        self.sections.insert(name.to_owned(), Arc::clone(&shared));
        shared
    }

    /// The number of a table that the format calls so.
    pub(crate) fn table(&mut self, name: &str) -> u32 {
        if let Some(known) = self.tables.get(name) {
            return *known;
        }
        self.last_table += 1;
        self.tables.insert(name.to_owned(), self.last_table);
        self.last_table
    }

    /// A cell, from its record; nothing for records without columns.
    pub(crate) fn cell(&mut self, record: &Record) -> Option<Shape> {
        let row = u32::try_from(record.row).ok().filter(|row| *row > 0)?;
        (record.column > 0).then(|| Shape::Cell { table: self.table(&record.table), row, column: record.column })
    }

    /// A block. `runs` may reach beyond it; those that look like the rest are left out.
    pub(crate) fn push(&mut self, segment: usize, span: Span, face: &Face, runs: &[Run]) {
        let inside = runs.iter().filter(|run| run.span.overlaps(span) && !run.is_plain()).map(|run| {
            let span = Span::new(run.span.start.max(span.start), run.span.end.min(span.end));
            Run { span, ..*run }
        });
        let mut runs: Vec<Run> = Vec::new();
        for run in inside {
            match runs.last_mut() {
                Some(last) if last.span.end == run.span.start && (Run { span: run.span, ..*last }) == run => {
                    last.span.end = run.span.end;
                }
                _ => runs.push(run),
            }
        }
        if let Shape::Cell { table, .. } = face.shape {
            self.last_table = self.last_table.max(table);
        }
        let Face { section, shape, visible, label, again } = face.clone();
        let mut block = Block { segment, span, shape, section, visible, again, label, runs, shown: None };
        block.visible = block.shows(span);
        self.blocks.push(block);
    }

    /// What a reader sees in place of the last block's text.
    pub(crate) fn shown_as(&mut self, shown: String) {
        if let Some(last) = self.blocks.last_mut() {
            last.shown = Some(shown.into());
        }
    }

    /// The lines of a part of a segment, a block each.
    pub(crate) fn lines(&mut self, segment: usize, range: Range<usize>, face: &Face, runs: &[Run]) {
        for span in lines(self.text(segment), range) {
            let from = runs.partition_point(|run| run.span.end <= span.start);
            self.push(segment, span, face, runs.get(from..).unwrap_or_default());
        }
    }

    /// The paragraphs of a part of a segment: lines that follow each other without a blank one.
    pub(crate) fn paragraphs(&mut self, segment: usize, range: Range<usize>, face: &Face) {
        let text = self.text(segment);
        let mut open: Option<Span> = None;
        for span in lines(text, range) {
            let between = |open: &Span| text.get(open.end..span.start).unwrap_or_default().matches('\n').count();
            if let Some(last) = &mut open {
                let prose = span.of(text).starts_with(|first: char| first.is_alphanumeric());
                if prose && between(last) < 2 && !span.of(text).trim().is_empty() {
                    last.end = span.end;
                    continue;
                }
                self.push(segment, *last, face, &[]);
            }
            open = Some(span);
        }
        if let Some(last) = open {
            self.push(segment, last, face, &[]);
        }
    }

    /// All lines of a segment.
    pub(crate) fn whole(&mut self, segment: usize, face: &Face) {
        self.lines(segment, 0..self.text(segment).len(), face, &[]);
    }

    /// A segment as the format's own name, which nobody sees.
    pub(crate) fn name(&mut self, segment: usize) {
        let section = self.section(NAMES);
        let label = self.segments.get(segment).and_then(|segment| segment.labels.first().cloned());
        self.whole(segment, &Face::text(section).shaped(Shape::Line).field(label).seen(false));
    }

    /// A segment as it is where a format has no view of its own: a cell where it has a record, a field where it has a label.
    pub(crate) fn plain(&mut self, number: usize, record: Option<Record>) {
        let Some(segment) = self.segments.get(number) else { return };
        if segment.structural {
            self.name(number);
            return;
        }
        let face = Face::text(self.section("Text")).field(segment.labels.first().cloned());
        let cell = record.and_then(|record| self.cell(&record));
        let shape = cell.unwrap_or(face.shape);
        self.whole(number, &face.shaped(shape));
    }

    /// A segment as a field under its first label.
    pub(crate) fn field(&mut self, segment: usize, section: &str, visible: bool) {
        let section = self.section(section);
        let label = self.segments.get(segment).and_then(|segment| segment.labels.first().cloned());
        self.whole(segment, &Face::text(section).field(label).seen(visible));
    }

    /// The view of a document inside, whose segments are `range` of these. Its sections are called after it.
    pub(crate) fn inside(&mut self, body: &dyn Body, range: Range<usize>, name: &str, visible: bool) {
        let Some(own) = self.segments.get(range.clone()) else { return };
        let inner = body.blocks(own);
        self.adopt(inner, name, visible, |segment| segment.checked_add(range.start));
    }

    /// Blocks of a document inside; `outer` says which segment of this document each of its own is.
    pub(crate) fn adopt(&mut self, inner: Vec<Block>, name: &str, visible: bool, outer: impl Fn(usize) -> Option<usize>) {
        let first_table = self.last_table;
        for mut block in inner {
            let Some(segment) = outer(block.segment) else { continue };
            block.segment = segment;
            block.section = match (&*block.section, name) {
                (_, "") => self.section(&block.section),
                ("Text" | "", _) => self.section(name),
                (inner, _) => self.section(&format!("{name}, {inner}")),
            };
            block.visible &= visible;
            if let Shape::Cell { table, .. } = &mut block.shape {
                *table = table.saturating_add(first_table);
                self.last_table = self.last_table.max(*table);
            }
            self.blocks.push(block);
        }
    }

    fn text(&self, segment: usize) -> &'s str {
        self.segments.get(segment).map_or("", |segment| segment.text.as_str())
    }

    /// The view. What no block holds follows at the end; what two would hold belongs to the first.
    pub(crate) fn finish(mut self) -> Vec<Block> {
        let mut order: Vec<(usize, usize, usize)> =
            self.blocks.iter().enumerate().map(|(index, block)| (block.segment, block.span.start, index)).collect();
        order.sort_unstable();
        let mut missing: Vec<(usize, Range<usize>)> = Vec::new();
        let mut void: Vec<usize> = Vec::new();
        let mut next = order.into_iter().peekable();
        for (number, segment) in self.segments.iter().enumerate() {
            let mut at = 0;
            while let Some((.., index)) = next.next_if(|(segment, ..)| *segment == number) {
                let Some(block) = self.blocks.get_mut(index) else { continue };
                let start = segment.text.floor_char_boundary(block.span.start.max(at));
                block.span = Span::new(start.max(at), segment.text.floor_char_boundary(block.span.end));
                let keeps = |run: &Run| block.span.contains(run.span) && !run.span.is_empty();
                block.runs.retain(keeps);
                if block.span.is_empty() {
                    void.push(index);
                    continue;
                }
                if at < start {
                    missing.push((number, at..start));
                }
                at = block.span.end;
            }
            if at < segment.text.len() {
                missing.push((number, at..segment.text.len()));
            }
        }
        // Blocks of segments that are not there.
        void.extend(next.map(|(.., index)| index));
        if !void.is_empty() {
            void.sort_unstable();
            let mut index = 0;
            self.blocks.retain(|_| {
                index += 1;
                void.binary_search(&(index - 1)).is_err()
            });
        }
        let section = self.section(ELSEWHERE);
        let face = Face::text(section).seen(false);
        for (segment, range) in missing {
            let all = range == (0..self.text(segment).len());
            if all && self.segments.get(segment).is_some_and(|segment| segment.structural) {
                self.name(segment);
            } else {
                self.lines(segment, range, &face, &[]);
            }
        }
        self.blocks
    }
}

/// The lines of a part of a text, without their ends; those that hold nothing but tabs are left out.
pub(crate) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Span> {
    let mut at = range.start;
    let end = range.end.min(text.len());
    std::iter::from_fn(move || {
        while at < end {
            let rest = text.as_bytes().get(at..end)?;
            let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            let span = Span::new(at, at + length);
            at += length + 1;
            if rest.get(..length)?.iter().any(|byte| *byte != b'\t') {
                return Some(span);
            }
        }
        None
    })
}

/// The view of a document whose format has none of its own: its lines, cells where it has records, under the labels that it
/// has, all of it seen but the format's own names.
pub(crate) fn plain(body: &(impl Body + ?Sized), segments: &[Segment]) -> Vec<Block> {
    let mut views = Views::of(segments);
    for number in 0..segments.len() {
        views.plain(number, body.record(number));
    }
    views.finish()
}
