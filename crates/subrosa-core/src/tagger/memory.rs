//! What a document says of a word: how its other mentions were tagged.

use super::{NameKind, Tag};
use crate::by_hash::ByHash;

/// How the mentions of each word of a document were tagged in the first pass.
#[derive(Default)]
pub struct Memory {
    counts: ByHash<[u16; 4]>,
}

/// What the other mentions of a word say, as a small code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recall(u8);

impl Recall {
    /// In the first pass nothing is known.
    pub const UNKNOWN: Self = Self(0);
    /// There is no other mention.
    const ALONE: Self = Self(1);

    /// Whether there is another mention.
    pub const fn says(self) -> bool {
        self.0 > Self::ALONE.0
    }

    /// Below 64.
    pub const fn code(self) -> u8 {
        self.0
    }
}

impl Memory {
    /// Notes that a mention of `word` was given `tag`.
    pub fn note(&mut self, word: u64, tag: Tag) {
        let count = &mut self.counts.entry(word).or_default()[slot(tag.kind())];
        *count = count.saturating_add(1);
    }

    /// What the mentions of `word` say, but for one that was given `own`.
    pub fn recall(&self, word: u64, own: Option<Tag>) -> Recall {
        let Some(counts) = self.counts.get(&word) else { return Recall::ALONE };
        let mut counts = *counts;
        if let Some(own) = own {
            counts[slot(own.kind())] = counts[slot(own.kind())].saturating_sub(1);
        }
        let total: u32 = counts.iter().map(|count| u32::from(*count)).sum();
        if total == 0 {
            return Recall::ALONE;
        }
        let (best, most) =
            counts.iter().enumerate().fold((0, 0), |best, (slot, count)| if *count > best.1 { (slot, *count) } else { best });
        let pure = u32::from(u32::from(most) * 4 > total * 3);
        let often = u32::from(total > 1) + u32::from(total > 4);
        // 2..=25: which, how surely, how often.
        Recall((2 + best as u32 * 6 + pure * 3 + often) as u8)
    }

    /// Forgets all, keeping its room.
    pub fn clear(&mut self) {
        self.counts.clear();
    }
}

const fn slot(kind: Option<NameKind>) -> usize {
    match kind {
        None => 0,
        Some(kind) => 1 + kind as usize,
    }
}
