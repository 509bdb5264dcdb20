//! Builds the tables that [`StaticMap`] reads. Used by the project's generators and by tests, never while detecting.
//!
//! The same entries give the same bytes, in whatever order they come: seeds are tried in turn, and no floating point, clock
//! or randomness takes part.

use super::static_map::{FORMAT, HEADER, Layout, MAGIC, PADDING, StaticMap, fingerprint, low_bits, packed_len};

/// Why a table could not be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Two entries have the same key. Two terms collide, or a term was given twice.
    #[error("key {0:#018x} occurs twice")]
    DuplicateKey(u64),
    /// A value is zero, which stands for absence, or needs more bits than it was given.
    #[error("value {value} of key {key:#018x} does not fit into {bits} bits, or is zero")]
    Value {
        /// Key of the entry.
        key: u64,
        /// Its value.
        value: u32,
        /// Bits there are for it.
        bits: u32,
    },
    /// Cells wider than 32 bits, or no fingerprint at all.
    #[error("a cell of {value_bits} value bits and {fingerprint_bits} fingerprint bits is not possible")]
    Width {
        /// Bits of the value asked for.
        value_bits: u32,
        /// Bits of the fingerprint asked for.
        fingerprint_bits: u32,
    },
    /// No seed worked. Not seen; the chance falls with every size tried.
    #[error("no arrangement of {0} entries found")]
    NoArrangement(usize),
}

/// Builds a table; `fingerprint_bits` sets the chance of a false hit, 2^-bits.
///
/// # Errors
/// See [`BuildError`].
pub fn build(entries: &[(u64, u32)], value_bits: u32, fingerprint_bits: u32) -> Result<Vec<u8>, BuildError> {
    let width = value_bits.saturating_add(fingerprint_bits);
    if width > 32 || fingerprint_bits == 0 || value_bits == 0 {
        return Err(BuildError::Width { value_bits, fingerprint_bits });
    }
    let mut entries = entries.to_vec();
    entries.sort_unstable();
    if let Some(pair) = entries.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(BuildError::DuplicateKey(pair[0].0));
    }
    if let Some(&(key, value)) = entries.iter().find(|&&(_, value)| value == 0 || value > low_bits(value_bits)) {
        return Err(BuildError::Value { key, value, bits: value_bits });
    }
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let (layout, order) = arrange(&entries)?;
    let mut cells = vec![0; layout.cells() as usize];
    for &(entry, at) in order.iter().rev() {
        let (key, value) = entries[entry as usize];
        let hash = layout.hash(key);
        let wanted = fingerprint(hash, width) & !low_bits(value_bits) | value;
        // The key's own cell is still zero, so all three may take part.
        cells[at as usize] = layout.cells_of(hash).into_iter().fold(wanted, |xor, i| xor ^ cells[i as usize]);
    }
    let bytes = encode(layout, entries.len(), width, value_bits, &cells);
    debug_assert!(StaticMap::open(&bytes).is_some_and(|map| entries.iter().all(|&(key, value)| map.get(key) == value)));
    Ok(bytes)
}

/// Finds a layout in which the entries can be taken away one by one, each being alone in some cell when its turn comes.
/// Gives that order, with the cell.
fn arrange(entries: &[(u64, u32)]) -> Result<(Layout, Vec<(u32, u32)>), BuildError> {
    // log base 3.33 of 15 n, as the paper found best, in integers.
    let mut segment_length = 1_u32;
    let mut reached = 100_u64;
    while reached <= 1500 * entries.len() as u64 && segment_length < 1 << 18 {
        reached = reached * 333 / 100;
        segment_length *= 2;
    }
    segment_length = (segment_length / 2).max(4);
    let smallest = entries.len() as u64 * 9 / 8;
    for growth in 0..64 {
        let cells = smallest + smallest * growth / 64;
        let segments = cells.div_ceil(u64::from(segment_length)).saturating_sub(2).max(1);
        for seed in 0..8 {
            let layout = Layout {
                seed: super::hash::finish(growth * 8 + seed + 1),
                segment_length,
                span: segments as u32 * segment_length,
            };
            if let Some(order) = peel(entries, layout) {
                return Ok((layout, order));
            }
        }
    }
    Err(BuildError::NoArrangement(entries.len()))
}

fn peel(entries: &[(u64, u32)], layout: Layout) -> Option<Vec<(u32, u32)>> {
    // For each cell, how many entries use it and the XOR of their numbers: when one is left, that is its number.
    let mut users = vec![(0_u32, 0_u32); layout.cells() as usize];
    let cells_of = |entry: usize| layout.cells_of(layout.hash(entries[entry].0));
    for entry in 0..entries.len() {
        for at in cells_of(entry) {
            let (count, xor) = &mut users[at as usize];
            *count += 1;
            *xor ^= entry as u32;
        }
    }
    let mut alone: Vec<u32> = (0..users.len() as u32).filter(|&at| users[at as usize].0 == 1).collect();
    let mut order = Vec::with_capacity(entries.len());
    while let Some(at) = alone.pop() {
        let (1, entry) = users[at as usize] else {
            continue;
        };
        order.push((entry, at));
        for used in cells_of(entry as usize) {
            let (count, xor) = &mut users[used as usize];
            *count -= 1;
            *xor ^= entry;
            if *count == 1 {
                alone.push(used);
            }
        }
    }
    (order.len() == entries.len()).then_some(order)
}

fn encode(layout: Layout, entries: usize, width: u32, value_bits: u32, cells: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + cells.len() * 4);
    bytes.extend(MAGIC);
    bytes.extend([FORMAT, width as u8, value_bits as u8, 0]);
    bytes.extend(layout.seed.to_le_bytes());
    bytes.extend((entries as u32).to_le_bytes());
    bytes.extend(layout.segment_length.to_le_bytes());
    bytes.extend(layout.span.to_le_bytes());
    bytes.extend(0_u32.to_le_bytes());
    let (mut pending, mut bits) = (0_u64, 0);
    for &cell in cells {
        pending |= u64::from(cell) << bits;
        bits += width;
        while bits >= 8 {
            bytes.push(pending as u8);
            pending >>= 8;
            bits -= 8;
        }
    }
    if bits > 0 {
        bytes.push(pending as u8);
    }
    bytes.extend([0; PADDING]);
    debug_assert_eq!(bytes.len(), HEADER + packed_len(cells.len() as u64, width as usize));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn strangers_pass_as_rarely_as_stated() {
        let entries: Vec<_> = (0..20_000).map(|n| (super::super::hash::finish(n), (n % 31 + 1) as u32)).collect();
        let bytes = build(&entries, 5, 11).unwrap();
        let map = StaticMap::open(&bytes).unwrap();
        for &(key, value) in &entries {
            assert_eq!(map.get(key), value);
        }
        let strangers = 2_000_000;
        let passed = (0..strangers).filter(|n| map.get(super::super::hash::finish(n + 1_000_000_000)) != 0).count();
        let expected = strangers as f64 / 2048.0;
        assert!((passed as f64 - expected).abs() < expected * 0.15, "{passed} of {strangers} passed, {expected} expected");
        assert!(bytes.len() < entries.len() * 2 * 13 / 10, "{} bytes", bytes.len());
    }

    #[test]
    fn order_does_not_matter() {
        let mut entries: Vec<_> = (1..500_u64).map(|n| (n * n, n as u32 % 7 + 1)).collect();
        let bytes = build(&entries, 3, 9).unwrap();
        entries.reverse();
        assert_eq!(build(&entries, 3, 9).unwrap(), bytes);
    }

    #[test]
    fn refuses_what_it_cannot_hold() {
        assert_eq!(build(&[(1, 1), (1, 2)], 2, 8), Err(BuildError::DuplicateKey(1)));
        assert_eq!(build(&[(1, 0)], 2, 8), Err(BuildError::Value { key: 1, value: 0, bits: 2 }));
        assert_eq!(build(&[(1, 4)], 2, 8), Err(BuildError::Value { key: 1, value: 4, bits: 2 }));
        assert_eq!(build(&[], 20, 20), Err(BuildError::Width { value_bits: 20, fingerprint_bits: 20 }));
    }

    #[test]
    fn damaged_tables_do_not_open() {
        let bytes = build(&[(1, 1), (2, 2)], 2, 8).unwrap();
        assert!(StaticMap::open(&bytes).is_some());
        assert!(StaticMap::open(&[]).is_some_and(|map| map.is_empty() && map.get(7) == 0));
        for len in 1..bytes.len() {
            assert!(StaticMap::open(&bytes[..len]).is_none(), "{len}");
        }
        for at in (0..8).chain(20..28) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0xFF;
            // Whatever opens must still answer without a panic.
            if let Some(map) = StaticMap::open(&damaged) {
                map.get(1);
            }
        }
    }

    proptest! {
        #[test]
        fn every_key_has_its_value(entries in prop::collection::btree_map(any::<u64>(), 1_u32..=255, 0..300), bits in 1_u32..=24) {
            let list: Vec<_> = entries.iter().map(|(&k, &v)| (k, v)).collect();
            let bytes = build(&list, 8, bits).unwrap();
            let map = StaticMap::open(&bytes).unwrap();
            let read: BTreeMap<_, _> = entries.keys().map(|&k| (k, map.get(k))).collect();
            prop_assert_eq!(read, entries);
        }
    }
}
