//! A document as the rest of the program sees it.

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use crate::refusal::Refusal;
use crate::view::{self, Block, Rectangle};

/// A document: its text in segments, what could not be read, and the format's own map back into the file.
pub struct Document {
    /// Every text the file holds, visible or not: stories, cells, properties, comments, attributes.
    pub segments: Vec<Segment>,
    /// Parts whose text could not be read. Unless the policy says otherwise by name, one of these refuses the file.
    pub unread: Vec<UnreadPart>,
    /// The format's own knowledge of where the text stands.
    pub body: Box<dyn Body>,
}

impl Document {
    /// Decides what becomes of the parts that could not be read. To be called before the document is written.
    ///
    /// Pictures that a document shows are no unread parts: with no reader of text at hand hardly an office file would be
    /// written. They stay, and the notes say so; whoever wants unread parts removed or blanked gets them blanked.
    ///
    /// # Errors
    /// [`Refusal::Uninspectable`] for the first unread part when unread parts are to fail, or when the format cannot remove or
    /// blank them.
    pub fn settle(&mut self, on_unread: OnUnread) -> Result<(), Refusal> {
        let Some(first) = self.unread.first() else {
            if matches!(on_unread, OnUnread::Remove | OnUnread::Blank) {
                self.body.settle(on_unread);
            }
            return Ok(());
        };
        if on_unread != OnUnread::Fail && self.body.settle(on_unread) {
            return Ok(());
        }
        Err(Refusal::uninspectable(&first.part, &first.reason))
    }
}

impl Document {
    /// Lets the format's map go: for a document that is written already and only compared with what was written. It can then
    /// be neither placed nor written.
    pub fn spend(&mut self) {
        self.body = Box::new(Spent);
    }
}

/// The body of a document that is written already.
struct Spent;

impl Body for Spent {
    fn place(&self, _: usize, _: Span) -> String {
        String::new()
    }

    fn write(&self, _: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        Err(Refusal::Internal("a document that is written already".to_owned()))
    }
}

/// A part of a document that could not be inspected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadPart {
    /// The part of the file: `page 3`, `word/media/image1.png`.
    pub part: String,
    /// Why it could not be read, without any text of it.
    pub reason: String,
}

/// A format's map from segments back to the file it read.
pub trait Body: Send + Sync {
    /// Where a span of a segment stands, for people: `line 12`, `page 2`, `word/header1.xml`, `row 3, column "Name"`.
    /// Holds no text of the document but field names.
    fn place(&self, segment: usize, span: Span) -> String;

    /// The record that a segment belongs to, where the format has records: a row of a table, an object, a card.
    fn record(&self, _segment: usize) -> Option<Record> {
        None
    }

    /// The document for a person to read, in reading order: see [`view`]. `segments` are those that were read
    /// with this body.
    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        view::plain(self, segments)
    }

    /// Where a span of a segment is drawn, for formats with pages; empty for others and for what is drawn nowhere.
    fn boxes(&self, _segment: usize, _span: Span) -> Vec<Rectangle> {
        Vec::new()
    }

    /// Decides what becomes of the unread parts when the document is written: they stay as they are unless this is called
    /// with something else. False when the format cannot do it with all of them.
    fn settle(&mut self, on_unread: OnUnread) -> bool {
        on_unread == OnUnread::Keep
    }

    /// The document with `edits` made, everything else as it was. `edits[i]` belongs to segment `i`, sorted and disjoint;
    /// missing trailing entries mean no edits. Metadata that a reader never sees may be dropped where the format's module
    /// documentation says so.
    ///
    /// # Errors
    /// A [`Refusal`] when an edit cannot be made for certain. Nothing is then to be written.
    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal>;

    /// What a person should know of the written document, one sentence a part: what is left out of it (an embedded object,
    /// a preview), what stays in it without having been looked into (a picture). Holds no text of the document.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

/// What is said together of one thing: a row of a table, an object of a list, a card, the lines of a message about one person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The table, among those of the document: `sheet 2`, `word/document.xml, table 1`; empty where there is only one.
    pub table: String,
    /// Its number in the table.
    pub row: u64,
    /// The column, from 1; 0 where records have no columns and fields are told by their labels.
    pub column: u32,
}

impl Record {
    /// The record of a document inside `part`.
    #[must_use]
    pub(crate) fn inside(self, part: &str) -> Self {
        let table = if self.table.is_empty() { part.to_owned() } else { format!("{part}, {}", self.table) };
        Self { table, ..self }
    }
}

/// Where records begin, for formats that read them one after the other: the first segment of each, and its number.
#[derive(Default)]
pub(crate) struct Records(Vec<(usize, Option<u64>)>);

impl Records {
    /// From `segment` on, everything belongs to this record; to none when nothing.
    pub(crate) fn begin(&mut self, segment: usize, record: Option<u64>) {
        if self.0.last().is_some_and(|(first, _)| *first == segment) {
            self.0.pop();
        }
        if self.0.last().and_then(|(_, last)| *last) != record {
            self.0.push((segment, record));
        }
    }

    /// The record of a segment.
    pub(crate) fn of(&self, segment: usize) -> Option<Record> {
        let before = self.0.partition_point(|(first, _)| *first <= segment).checked_sub(1)?;
        let row = self.0.get(before)?.1?;
        Some(Record { table: String::new(), row, column: 0 })
    }
}

/// One named piece of a written document, as [`verify`](crate::verify) searches it.
#[derive(Clone)]
pub struct Part {
    /// The part's name, as in [`UnreadPart::part`].
    pub name: String,
    /// Its text, or its bytes read as text.
    pub text: String,
}
