//! The weights.

use super::TAGS;
use super::features::ROW_BITS;

/// Numbers of a row: one for each tag, and one unused so that a row is eight bytes.
pub const LANES: usize = 8;
/// Rows of the table.
pub const ROWS: usize = 1 << ROW_BITS;
/// Bytes before the rows: magic, format, row bits, two unused; then the scale in millionths, little endian.
const HEADER: usize = 12;
const MAGIC: [u8; 4] = *b"SRTG";

/// Sums of weights, one for each tag, all too high by the same: four lanes of sixteen bits in each number, so that one addition
/// is four.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    even: u64,
    odd: u64,
}

impl Sums {
    /// Added to every weight, so that none is below zero.
    const LIFT: u64 = 0x8080_8080_8080_8080;
    /// The even bytes of eight.
    const EVEN: u64 = 0x00ff_00ff_00ff_00ff;

    /// The sum of one tag; only what it has more than another's means something.
    pub const fn of(&self, tag: usize) -> u16 {
        let lanes = if tag.is_multiple_of(2) { self.even } else { self.odd };
        (lanes >> (tag / 2 * 16)) as u16
    }

    #[inline]
    const fn add(&mut self, weights: [u8; LANES]) {
        // Of a signed byte, one hundred and twenty-eight more is the same bits but for the first.
        let lifted = u64::from_le_bytes(weights) ^ Self::LIFT;
        // 255 rows fit into sixteen bits.
        self.even = self.even.wrapping_add(lifted & Self::EVEN);
        self.odd = self.odd.wrapping_add(lifted >> 8 & Self::EVEN);
    }
}

/// A table of small integer weights, read in place.
#[derive(Clone, Copy)]
pub struct Model<'a> {
    rows: &'a [[u8; LANES]; ROWS],
    /// What one unit of weight is worth, in log odds.
    scale: f32,
}

impl<'a> Model<'a> {
    /// Reads the header; `None` when the bytes are no table of this format and size.
    pub const fn open(bytes: &'a [u8]) -> Option<Self> {
        let Some((header, rows)) = bytes.split_first_chunk::<HEADER>() else { return None };
        let [b'S', b'R', b'T', b'G', 1, bits, _, _, s0, s1, s2, s3] = *header else { return None };
        let (rows, rest) = rows.as_chunks::<LANES>();
        let Some((rows, [])) = rows.split_first_chunk() else { return None };
        if bits as u32 != ROW_BITS || !rest.is_empty() {
            return None;
        }
        Some(Self { rows, scale: u32::from_le_bytes([s0, s1, s2, s3]) as f32 / 1e6 })
    }

    /// The bytes of a table with these weights, [`LANES`] a row.
    pub fn write(weights: &[i8], scale: f32) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([1, ROW_BITS as u8, 0, 0]);
        bytes.extend(((scale * 1e6) as u32).to_le_bytes());
        bytes.extend(weights.iter().map(|weight| weight.to_le_bytes()[0]));
        bytes
    }

    /// Adds the weights of `rows` to `sums`.
    #[inline]
    pub fn add(&self, rows: &[u32], sums: &mut Sums) {
        let mut total = *sums;
        for row in rows {
            // A row is below `ROWS` anyway; so written, nothing is left to check.
            total.add(self.rows[*row as usize % ROWS]);
        }
        *sums = total;
    }

    /// Sums as log odds, all too high by the same.
    pub fn logits(&self, sums: &Sums) -> [f32; TAGS] {
        std::array::from_fn(|tag| f32::from(sums.of(tag)) * self.scale)
    }
}

/// e to the power of `x`, by multiplication alone, so that every machine gives the same bits. Good to one in ten thousand.
pub fn exp(x: f32) -> f32 {
    let mut power = 1.0 + x.clamp(-30.0, 30.0) / 4096.0;
    for _ in 0..12 {
        power *= power;
    }
    power
}

/// The weights that come with the library.
///
/// # Panics
/// Never where they are compiled in: then the bytes are checked by the compiler.
pub fn builtin() -> Model<'static> {
    const WRONG: &str = "data/tagger.bin has another format: run `cargo xtask train`";
    #[cfg(feature = "embedded-data")]
    const MODEL: Model<'static> = match Model::open(include_bytes!("../../data/tagger.bin")) {
        Some(model) => model,
        None => panic!("{}", WRONG),
    };
    #[cfg(not(feature = "embedded-data"))]
    static MODEL: std::sync::LazyLock<Model<'static>> =
        std::sync::LazyLock::new(|| Model::open(crate::data::file("tagger")).unwrap_or_else(|| panic!("{WRONG}")));
    #[cfg(feature = "embedded-data")]
    return MODEL;
    #[cfg(not(feature = "embedded-data"))]
    *MODEL
}

/// Probabilities that belong to log odds.
pub fn softmax(logits: &[f32; TAGS]) -> [f32; TAGS] {
    let most = logits.iter().copied().fold(f32::MIN, f32::max);
    let powers = logits.map(|logit| exp(logit - most));
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}
