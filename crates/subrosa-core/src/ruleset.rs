//! One hash over all that decides what is found.
//!
//! Two programs with the same hash find the same in the same text: the command line and a page that was built at another time, say.

use sha2::{Digest as _, Sha256};

use crate::data::SUMS;
use crate::hex::hex;
use crate::registry;

/// SHA-256, in hexadecimal digits, of the program's version, its dictionaries, its weights, and every recognizer with its words
/// and examples. Costs as much as hashing a hundred kilobytes.
pub fn hash() -> String {
    let mut digest = Sha256::new();
    let mut add = |text: &str| {
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text);
    };
    add(env!("CARGO_PKG_VERSION"));
    add(SUMS);
    for recognizer in registry::all() {
        let info = recognizer.info();
        add(info.module);
        add(info.entity.id());
        for words in [info.context, info.negative_context, info.hits, info.misses] {
            add(&words.len().to_string());
            words.iter().copied().for_each(&mut add);
        }
    }
    hex(digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_one() {
        assert_eq!(hash().len(), 64);
        assert_eq!(hash(), hash());
        assert_eq!(SUMS.lines().count(), 6);
    }
}
