//! A map from hashes to small values that is read in place from constant bytes.
//!
//! A static function: the keys are not stored. Each key selects three cells, whose XOR is the key's fingerprint and value.
//! A lookup touches three places in the table, whether it hits or misses, and nothing is decoded at start-up. A key that was
//! not in the map passes for one that was with a chance of 2^-f, f being the bits of the fingerprint; each table states its f.
//!
//! The layout of the three cells is that of binary fuse filters (Graf and Lemire, "Binary Fuse Filters: Fast and Smaller Than
//! Xor Filters", 2022): about 1.13 cells an entry. Cells are packed to the bit, since the bytes of such a table do not compress.

use super::hash::finish;

pub(super) const MAGIC: [u8; 4] = *b"SRSM";
pub(super) const FORMAT: u8 = 1;
/// Bytes before the cells: magic, format, width, value bits, 0; seed; entries; segment length; span; cells.
pub(super) const HEADER: usize = 32;
/// A cell is read with eight bytes; the last one needs them to exist.
pub(super) const PADDING: usize = 8;

/// A map from 64-bit hashes to values of a few bits, none of them zero.
#[derive(Clone, Copy)]
pub struct StaticMap<'a> {
    cells: &'a [u8],
    layout: Layout,
    width: u32,
    value_bits: u32,
    entries: u32,
}

impl<'a> StaticMap<'a> {
    /// Reads the header. No bytes at all are an empty map; `None` when the bytes are not such a table.
    pub const fn open(bytes: &'a [u8]) -> Option<Self> {
        if bytes.is_empty() {
            let layout = Layout { seed: 0, segment_length: 1, span: 0 };
            return Some(Self { cells: bytes, layout, width: 1, value_bits: 0, entries: 0 });
        }
        let Some((header, cells)) = bytes.split_first_chunk::<HEADER>() else {
            return None;
        };
        let [m0, m1, m2, m3, format, width, value_bits, _, ..] = *header;
        let layout = Layout {
            seed: u32_at(header, 8) as u64 | (u32_at(header, 12) as u64) << 32,
            segment_length: u32_at(header, 20),
            span: u32_at(header, 24),
        };
        let magic = m0 == MAGIC[0] && m1 == MAGIC[1] && m2 == MAGIC[2] && m3 == MAGIC[3] && format == FORMAT;
        let shape = width > value_bits && width <= 32 && value_bits < 32 && layout.segment_length.is_power_of_two();
        if !magic || !shape || cells.len() != packed_len(layout.cells(), width as usize) {
            return None;
        }
        Some(Self { cells, layout, width: width as u32, value_bits: value_bits as u32, entries: u32_at(header, 16) })
    }

    /// The value of a key, 0 when it has none. Constant time: three reads.
    #[inline]
    pub fn get(&self, key: u64) -> u32 {
        let hash = self.layout.hash(key);
        let cell = self.layout.cells_of(hash).into_iter().fold(0, |xor, at| xor ^ self.cell(at));
        let found = cell ^ fingerprint(hash, self.width) & !self.value_mask();
        if found & !self.value_mask() == 0 { found } else { 0 }
    }

    /// How many keys the map was built from.
    pub fn len(&self) -> usize {
        self.entries as usize
    }

    /// Whether it was built from none.
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// Bits of the fingerprint: a stranger is taken for a key once in 2^this.
    pub fn fingerprint_bits(&self) -> u32 {
        self.width - self.value_bits
    }

    fn value_mask(&self) -> u32 {
        (1 << self.value_bits) - 1
    }

    #[inline]
    fn cell(&self, at: u32) -> u32 {
        let bit = u64::from(at) * u64::from(self.width);
        let byte = (bit / 8) as usize;
        let Some(chunk) = self.cells.get(byte..).and_then(|c| c.first_chunk::<8>()) else {
            return 0;
        };
        (u64::from_le_bytes(*chunk) >> (bit % 8)) as u32 & low_bits(self.width)
    }
}

/// Which three cells a key has: one in each of three neighbouring segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) seed: u64,
    /// Cells in a segment, a power of two.
    pub(super) segment_length: u32,
    /// Cells in all the segments that a key's first cell may lie in.
    pub(super) span: u32,
}

impl Layout {
    #[inline]
    pub(super) fn hash(&self, key: u64) -> u64 {
        finish(key ^ self.seed)
    }

    #[inline]
    pub(super) fn cells_of(&self, hash: u64) -> [u32; 3] {
        let mask = self.segment_length - 1;
        let first = (((hash >> 32) * u64::from(self.span)) >> 32) as u32;
        let second = (first + self.segment_length) ^ ((hash >> 18) as u32 & mask);
        let third = (first + 2 * self.segment_length) ^ (hash as u32 & mask);
        [first, second, third]
    }

    /// Cells in all. In 64 bits, so that no header can overflow it.
    pub(super) const fn cells(&self) -> u64 {
        if self.span == 0 { 0 } else { self.span as u64 + 2 * self.segment_length as u64 }
    }
}

/// The fingerprint of a hash, already in the place it has in a cell of this width (the value's bits are the caller's to clear).
#[inline]
pub(super) fn fingerprint(hash: u64, width: u32) -> u32 {
    (hash.wrapping_mul(0xE703_7ED1_A0B4_28DB) >> 32) as u32 & low_bits(width)
}

pub(super) const fn low_bits(count: u32) -> u32 {
    if count >= 32 { u32::MAX } else { (1 << count) - 1 }
}

pub(super) const fn packed_len(cells: u64, width: usize) -> usize {
    ((cells * width as u64).div_ceil(8)) as usize + PADDING
}

const fn u32_at(bytes: &[u8; HEADER], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
