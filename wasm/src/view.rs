//! A document as a person reads it, in JavaScript's offsets.

use serde::{Deserialize, Serialize};
use subrosa_core::span::Span;
use subrosa_documents::view::{Block, Rectangle, Shape};

use crate::utf16::Offsets;

/// As `Block` in `types.ts`.
#[derive(Serialize)]
pub struct BlockShown<'a> {
    node: usize,
    start: usize,
    end: usize,
    text: &'a str,
    shape: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    section: &'a str,
    visible: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    runs: Vec<Run>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<&'a str>,
}

/// A stretch that looks otherwise.
#[allow(clippy::struct_excessive_bools, reason = "as types.ts has it")]
#[derive(Serialize)]
struct Run {
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "is_false")]
    bold: bool,
    #[serde(skip_serializing_if = "is_false")]
    italic: bool,
    #[serde(skip_serializing_if = "is_false")]
    underline: bool,
    #[serde(skip_serializing_if = "is_false")]
    struck: bool,
    #[serde(skip_serializing_if = "is_false")]
    hidden: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// As `Box` in `types.ts`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    page: u32,
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

impl From<Rectangle> for Drawn {
    fn from(Rectangle { page, x, y, width, height }: Rectangle) -> Self {
        Self { page, x, y, width, height }
    }
}

impl From<Drawn> for Rectangle {
    fn from(Drawn { page, x, y, width, height }: Drawn) -> Self {
        Self { page, x, y, width, height }
    }
}

/// A block of a segment with this text.
pub fn shown<'a>(block: &'a Block, text: &'a str, offsets: &Offsets<'_>) -> BlockShown<'a> {
    let (mut level, mut place) = (None, [None; 3]);
    let shape = match block.shape {
        Shape::Paragraph => "paragraph",
        Shape::Heading(of) => {
            level = Some(of);
            "heading"
        }
        Shape::Item(of) => {
            level = Some(of);
            "item"
        }
        Shape::Cell { table, row, column } => {
            place = [Some(table), Some(row), Some(column)];
            "cell"
        }
        Shape::Field => "field",
        Shape::Line => "line",
    };
    let run = |run: &subrosa_documents::view::Run| Run {
        start: offsets.of_byte(run.span.start),
        end: offsets.of_byte(run.span.end),
        bold: run.bold,
        italic: run.italic,
        underline: run.underline,
        struck: run.struck,
        hidden: run.hidden,
    };
    let [table, row, column] = place;
    BlockShown {
        node: block.segment,
        start: offsets.of_byte(block.span.start),
        end: offsets.of_byte(block.span.end),
        text: text.get(block.span.range()).unwrap_or_default(),
        shape,
        level,
        table,
        row,
        column,
        label: block.label.as_deref(),
        section: &block.section,
        visible: block.visible,
        runs: block.runs.iter().map(run).collect(),
        shown: block.shown.as_deref(),
    }
}

/// The blocks of a document by segment and place, to ask what is seen.
pub struct Seen(Vec<(usize, Span, usize)>);

impl Seen {
    /// Of all blocks.
    pub fn new(blocks: &[Block]) -> Self {
        let mut places: Vec<_> = blocks.iter().enumerate().map(|(index, block)| (block.segment, block.span, index)).collect();
        places.sort();
        Self(places)
    }

    /// Whether a reader sees any of a span.
    pub fn shows(&self, blocks: &[Block], segment: usize, span: Span) -> bool {
        let from = self.0.partition_point(|(of, place, _)| (*of, place.end) <= (segment, span.start));
        let touching = self.0.get(from..).unwrap_or_default().iter();
        let mut touching = touching.take_while(|(of, place, _)| *of == segment && place.start < span.end);
        touching.any(|(_, _, index)| blocks.get(*index).is_some_and(|block| block.shows(span)))
    }
}
