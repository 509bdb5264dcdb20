//! A document as a person reads it.

use std::collections::BTreeSet;

use serde::Serialize;
use subrosa_core::span::Span;
use subrosa_documents::Document;

use crate::utf16::Offsets;

/// As `Block` in `types.ts`.
#[derive(Serialize)]
pub struct Block {
    node: usize,
    start: usize,
    end: usize,
    text: String,
    shape: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    section: String,
    visible: bool,
}

/// The blocks of a document.
pub fn blocks(document: &Document) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (node, segment) in document.segments.iter().enumerate() {
        let offsets = Offsets::new(&segment.text);
        let mut start = 0;
        for line in segment.text.split_inclusive('\n') {
            let text = line.trim_end_matches('\n');
            let span = Span::new(start, start + text.len());
            start += line.len();
            if text.is_empty() {
                continue;
            }
            blocks.push(Block {
                node,
                start: offsets.of_byte(span.start),
                end: offsets.of_byte(span.end),
                text: text.to_owned(),
                shape: if segment.labels.is_empty() { "paragraph" } else { "field" },
                label: segment.labels.first().map(|label| label.to_string()),
                section: document.body.place(node, span).split(',').next().unwrap_or_default().to_owned(),
                visible: !segment.structural,
            });
        }
    }
    blocks
}

/// Segments that the page does not show.
#[derive(Default)]
pub struct Hidden(BTreeSet<usize>);

impl Hidden {
    /// Of a document.
    pub fn of(document: &Document) -> Self {
        let hidden = document.segments.iter().enumerate().filter(|(_, segment)| segment.structural);
        Self(hidden.map(|(index, _)| index).collect())
    }

    /// Whether a place is not shown.
    pub fn covers(&self, segment: usize, _start: usize) -> bool {
        self.0.contains(&segment)
    }
}
