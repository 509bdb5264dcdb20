//! Compressed files that hold one file and nothing else.

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::paths;
use crate::document::{Body, Document, Part, Record, UnreadPart};
use crate::formats::{Format, Source};
use crate::limits::Limits;
use crate::nested::{self, Children};
use crate::package::{Budget, metered};
use crate::refusal::Refusal;
use crate::view::{Block, Views};

/// A way of compressing.
pub(super) trait Compression: Send + Sync {
    /// Name of the format and usual extension.
    fn id(&self) -> &'static str;

    /// Whether the bytes are of it.
    fn claims(&self, bytes: &[u8]) -> bool;

    /// The file inside, and its name where it is told. At most `most` bytes.
    fn expand(&self, bytes: &[u8], most: u64) -> Result<(Vec<u8>, Option<String>), Refusal>;

    /// Compresses a file; `name` tells its kind.
    fn compress(&self, data: &[u8], name: Option<&str>) -> Result<Vec<u8>, Refusal>;

    /// The compressed file as it is, without what it holds besides; `name` tells the kind of the file inside.
    fn copy(&self, bytes: &[u8], name: Option<&str>) -> Result<Vec<u8>, Refusal>;
}

/// A format of compressed files.
pub(crate) struct Single(pub(super) &'static dyn Compression);

/// How the file inside is called in places.
const INSIDE: &str = "compressed file";

impl Single {
    /// What is inside, and a name that tells its kind.
    fn open(&self, source: &Source<'_>, budget: &mut Budget) -> Result<(Vec<u8>, String), Refusal> {
        let (data, name) = self.0.expand(source.bytes, budget.left())?;
        budget.spend(data.len() as u64, INSIDE)?;
        let outer = paths::without_compression(source.name.unwrap_or_default());
        // A name inside tells a kind only where it has an extension.
        let name = name.filter(|name| paths::extension(name).is_some()).unwrap_or(outer);
        Ok((data, paths::kind_name(&name)))
    }
}

impl Format for Single {
    fn id(&self) -> &'static str {
        self.0.id()
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        self.0.claims(source.bytes)
    }

    fn read(&self, source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
        let mut budget = Budget::new(limits, source.bytes.len());
        let (data, name) = self.open(source, &mut budget)?;
        let (mut segments, mut unread) = (Vec::new(), Vec::new());
        let mut children = Children::default();
        let (document, expanded) = metered(|| nested::read(source, &name, &data, limits, budget.left()));
        budget.charge(expanded, INSIDE)?;
        let is_read = match document {
            Ok(document) => {
                children.adopt(INSIDE, document, &mut segments, &mut unread);
                true
            }
            Err(_) if data.is_empty() => false,
            Err(refusal @ Refusal::Limit(_)) => return Err(refusal),
            Err(refusal) => {
                unread.push(UnreadPart { part: INSIDE.to_owned(), reason: refusal.to_string() });
                false
            }
        };
        let name = paths::extension(&name).map(|_| name.clone());
        let body = SingleBody { compression: self.0, bytes: source.bytes.to_vec(), name, children, is_read };
        Ok(Document { segments, unread, body: Box::new(body) })
    }

    fn raw_parts(&self, source: &Source<'_>, limits: &Limits) -> Result<Vec<Part>, Refusal> {
        let mut budget = Budget::new(limits, source.bytes.len());
        let (data, name) = self.open(source, &mut budget)?;
        // What stands before the compressed data, names among it.
        let head = source.bytes.get(..HEAD).unwrap_or(source.bytes);
        let mut parts = vec![Part { name: "beginning".to_owned(), text: String::from_utf8_lossy(head).into_owned() }];
        nested::raw_parts_or_views(source, INSIDE, &name, &data, limits, &mut parts);
        Ok(parts)
    }
}

/// Bytes at the beginning that are looked at as text.
const HEAD: usize = 1024;

struct SingleBody {
    compression: &'static dyn Compression,
    bytes: Vec<u8>,
    name: Option<String>,
    children: Children,
    is_read: bool,
}

impl Body for SingleBody {
    fn place(&self, segment: usize, span: Span) -> String {
        self.children.place(segment, span).unwrap_or_else(|| INSIDE.to_owned())
    }

    fn record(&self, segment: usize) -> Option<Record> {
        self.children.record(segment)
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        let mut views = Views::of(segments);
        self.children.view(0, "", true, &mut views);
        views.finish()
    }

    /// What is inside cannot be left out; what is in it may be.
    fn settle(&mut self, on_unread: OnUnread) -> bool {
        (self.is_read || on_unread == OnUnread::Keep) && self.children.settle(on_unread)
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let name = self.name.as_deref();
        if self.is_read && (self.children.is_edited(0, edits) || self.children.is_changed(0)) {
            return self.compression.compress(&self.children.write(0, edits)?, name);
        }
        self.compression.copy(&self.bytes, name)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.children.notes();
        notes.push("names, comments and times that the compressed file holds are not carried over".to_owned());
        notes
    }
}
