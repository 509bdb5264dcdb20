//! Plain text: notes, logs, Markdown, source code, anything whose bytes are what a person reads.
//!
//! The whole file is one segment without labels; line ends stay as they are. An edit replaces exactly its own characters.
//! Deliberately not interpreted: Markdown's and other mark-up in the text (`J&ouml;rg`, a name cut by `**`), escapes of
//! programming languages, terminal colours. Kinds whose *whole* text is written in such a way (HTML, RTF, mail) are refused
//! before they reach this reader.

use subrosa_core::edit::Edit;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use crate::document::{Body, Document, Part};
use crate::encoding::{self, Decoded, Splice};
use crate::formats::{Aids, Format, Source, looks};
use crate::limits::Limits;
use crate::lines::{Lines, line_ends};
use crate::refusal::Refusal;
use crate::stream::{Cut, Prologue, Streamable};
use crate::view::{Block, Face, Shape, Views};

/// The reader and writer of plain text.
pub(crate) struct Text;

impl Format for Text {
    fn id(&self) -> &'static str {
        "txt"
    }

    fn claims(&self, source: &Source<'_>) -> bool {
        looks::unsupported(source).is_none()
    }

    fn read(&self, source: &Source<'_>, _: &Limits) -> Result<Document, Refusal> {
        Ok(document(encoding::decode(source.bytes)?, 1))
    }

    fn raw_parts(&self, _: &Source<'_>, _: &Limits) -> Result<Vec<Part>, Refusal> {
        Ok(Vec::new())
    }

    fn stream(&self) -> Option<&dyn Streamable> {
        Some(self)
    }
}

impl Streamable for Text {
    fn prologue(&self, _: &str, _: &str) -> Prologue {
        Prologue::default()
    }

    /// Up to a blank line in the last quarter, so that nothing is looked for across a cut; else all.
    fn whole_records(&self, _: &Prologue, text: &str) -> Option<Cut> {
        let late = text.floor_char_boundary(text.len() - text.len() / 4);
        let tail = text.get(late..).unwrap_or_default();
        let blank = ["\n\n", "\n\r\n"].into_iter().filter_map(|blank| Some(tail.rfind(blank)? + blank.len())).max();
        let length = blank.map_or(text.len(), |blank| late + blank);
        Some(Cut { length, records: line_ends(text.as_bytes().get(..length).unwrap_or_default()) })
    }

    fn breakable(&self) -> bool {
        true
    }

    fn read_piece(&self, piece: Decoded, _: &Prologue, first: u64, _: Aids<'_>, _: &Limits) -> Result<Document, Refusal> {
        Ok(document(piece, first))
    }
}

/// A document of one segment, whose first line has the number `first_line`.
fn document(decoded: Decoded, first_line: u64) -> Document {
    let mut segments = Vec::new();
    if !decoded.text.is_empty() {
        segments.push(Segment::new(decoded.text.clone()));
    }
    Document { segments, unread: Vec::new(), body: Box::new(TextBody { lines: Lines::starting_at(first_line), decoded }) }
}

struct TextBody {
    decoded: Decoded,
    lines: Lines,
}

impl Body for TextBody {
    fn place(&self, _: usize, span: Span) -> String {
        self.lines.line(&self.decoded.text, span.start)
    }

    /// Paragraphs between blank lines; a file of lines that each begin anew, as a log, stays in lines.
    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        let mut views = Views::of(segments);
        let face = Face::text(views.section("Text"));
        for (number, segment) in segments.iter().enumerate() {
            if reads_on(&segment.text) {
                views.paragraphs(number, 0..segment.text.len(), &face);
            } else {
                views.whole(number, &face.clone().shaped(Shape::Line));
            }
        }
        views.finish()
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let edits = edits.first().map(Vec::as_slice).unwrap_or_default();
        let splices: Vec<Splice> =
            edits.iter().map(|edit| Splice { range: edit.span.range(), text: edit.replacement.clone() }).collect();
        self.decoded.splice(&splices)
    }
}

/// Lines that are looked at to tell prose from other text.
const SAMPLE: usize = 400;

/// Whether lines read on as prose does: most of those that begin with a letter follow a blank line or go on with a small one.
fn reads_on(text: &str) -> bool {
    let (mut lines, mut prose, mut after_blank) = (0_usize, 0_usize, true);
    for line in text.lines().take(SAMPLE) {
        let first = line.chars().next();
        let blank = line.trim().is_empty();
        if !blank {
            lines += 1;
            prose += usize::from(after_blank || first.is_some_and(char::is_lowercase));
        }
        after_blank = blank;
    }
    prose * 5 > lines * 2
}
