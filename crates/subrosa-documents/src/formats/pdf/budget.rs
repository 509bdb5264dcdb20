//! Counts what one document costs, against the limits.

use std::cell::Cell;

use crate::limits::Limits;
use crate::refusal::Refusal;

/// Most operations, glyphs and placed glyphs of one document.
const MAX_OPERATIONS: u64 = 40_000_000;
const MAX_GLYPHS: u64 = 12_000_000;

/// What has been used so far.
pub(super) struct Budget {
    limits: Limits,
    input: u64,
    expanded: Cell<u64>,
    operations: Cell<u64>,
    glyphs: Cell<u64>,
}

impl Budget {
    pub(super) fn new(limits: &Limits, input: usize) -> Self {
        Self { limits: *limits, input: input as u64, expanded: Cell::new(0), operations: Cell::new(0), glyphs: Cell::new(0) }
    }

    /// Most bytes that one stream may decode to.
    pub(super) fn stream_limit(&self) -> usize {
        let by_ratio = self.input.saturating_mul(self.limits.expansion_ratio).max(16 << 20);
        usize::try_from(by_ratio.min(self.limits.expanded_bytes)).unwrap_or(usize::MAX >> 1)
    }

    pub(super) fn expand(&self, bytes: usize) -> Result<(), Refusal> {
        self.expanded.set(self.expanded.get().saturating_add(bytes as u64));
        if self.expanded.get() > self.stream_limit() as u64 {
            return Err(Refusal::Limit("the streams expand to too much".to_owned()));
        }
        Ok(())
    }

    pub(super) fn operation(&self) -> Result<(), Refusal> {
        self.operations.set(self.operations.get() + 1);
        if self.operations.get() > MAX_OPERATIONS {
            Err(Refusal::Limit("too many content operations".to_owned()))
        } else {
            Ok(())
        }
    }

    pub(super) fn glyphs(&self, count: usize) -> Result<(), Refusal> {
        self.glyphs.set(self.glyphs.get().saturating_add(count as u64));
        if self.glyphs.get() > MAX_GLYPHS { Err(Refusal::Limit("too many glyphs".to_owned())) } else { Ok(()) }
    }
}
