//! Line numbers of a text, counted only when somebody asks.

use std::sync::OnceLock;

/// Bytes of text for which one count is kept.
const BLOCK: usize = 64 * 1024;

/// Where the lines of a text begin. The text is passed to each call, always the same one.
#[derive(Default)]
pub(crate) struct Lines {
    first: u64,
    /// Line ends before each block.
    before: OnceLock<Vec<u64>>,
}

impl Lines {
    /// For a text whose first line has the number `first`.
    pub(crate) fn starting_at(first: u64) -> Self {
        Self { first, before: OnceLock::new() }
    }

    /// The number of the line that holds the byte at `offset`. Cost: one block, after a first call that reads the text once.
    pub(crate) fn number(&self, text: &str, offset: usize) -> u64 {
        let before = self.before.get_or_init(|| {
            let blocks = text.as_bytes().chunks(BLOCK);
            let ends = blocks.scan(0, |total, block| Some(std::mem::replace(total, *total + line_ends(block))));
            ends.collect()
        });
        let offset = offset.min(text.len());
        let block = (offset / BLOCK).min(before.len().saturating_sub(1));
        let inside = text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        self.first + before.get(block).copied().unwrap_or(0) + line_ends(inside)
    }

    /// `line 12`.
    pub(crate) fn place(&self, text: &str, offset: usize) -> String {
        format!("line {}", self.number(text, offset))
    }
}

/// Line ends in `bytes`.
pub(crate) fn line_ends(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}
