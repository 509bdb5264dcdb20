//! Line numbers of a text, counted only when somebody asks.

use std::sync::OnceLock;

/// Bytes of text for which one count is kept.
const BLOCK: usize = 1024;

/// Where the lines of a text begin. The text is passed to each call, always the same one.
#[derive(Default)]
pub(crate) struct Lines {
    first: u64,
    blocks: OnceLock<Vec<Block>>,
}

/// What is known of the text before a block.
#[derive(Clone, Copy, Default)]
struct Block {
    line_ends: u64,
    line_start: usize,
}

impl Lines {
    /// For a text whose first line has the number `first`.
    pub(crate) fn starting_at(first: u64) -> Self {
        Self { first, blocks: OnceLock::new() }
    }

    /// The number of the line that holds the byte at `offset`, and the offset at which that line begins. Cost: one block,
    /// after a first call that reads the text once.
    fn find(&self, text: &str, offset: usize) -> (u64, usize) {
        let blocks = self.blocks.get_or_init(|| {
            let mut before = Block::default();
            let blocks = text.as_bytes().chunks(BLOCK).enumerate().map(|(number, block)| {
                let this = before;
                before.line_ends += line_ends(block);
                before.line_start = memchr::memrchr(b'\n', block).map_or(before.line_start, |end| number * BLOCK + end + 1);
                this
            });
            blocks.collect()
        });
        let offset = offset.min(text.len());
        let number = (offset / BLOCK).min(blocks.len().saturating_sub(1));
        let block = blocks.get(number).copied().unwrap_or_default();
        let inside = text.as_bytes().get(number * BLOCK..offset).unwrap_or_default();
        let start = memchr::memrchr(b'\n', inside).map_or(block.line_start, |end| number * BLOCK + end + 1);
        (self.first + block.line_ends + line_ends(inside), start)
    }

    /// `line 12`.
    pub(crate) fn line(&self, text: &str, offset: usize) -> String {
        format!("line {}", self.find(text, offset).0)
    }

    /// `line 12, byte 34`, both from 1.
    pub(crate) fn line_and_byte(&self, text: &str, offset: usize) -> String {
        let (line, start) = self.find(text, offset);
        format!("line {line}, byte {}", offset.saturating_sub(start) + 1)
    }
}

/// Line ends in `bytes`.
pub(crate) fn line_ends(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}
