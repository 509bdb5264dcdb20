//! Maps whose keys are hashes already, and so need no hashing of their own.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by [`word_hash`](crate::dictionary::word_hash) or another hash whose bits are well mixed.
pub(crate) type ByHash<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// Takes a hash for its own.
#[derive(Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
